"""One bundle from every shell, by file and by standard input, and with the tools of other systems."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collect.hosts import BINARY, FORGERY, ONLY, evil_host
from tests.collect.running import FROM_FILE_ONLY, SHELLS, Host, Run, collect, need, normalised, sound

HANGING = ("net.links",)
TOOLS = (
    *("awk", "cat", "cksum", "cut", "date", "dd", "env", "fold", "grep", "id", "ls", "mkdir", "mv", "od", "printf"),
    *("ps", "rm", "rmdir", "sed", "sha256sum", "sleep", "tail", "tr", "uname", "wc", "sh"),
)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return evil_host(tmp_path_factory.mktemp("evil") / "host")


@pytest.fixture(scope="module")
def reference(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return evil(host, tmp_path_factory.mktemp("reference"), "dash")


def evil(host: Host, folder: Path, shell: str, *, by_input: bool = False, hang: bool = True, path: str = "") -> Run:
    skipped = [] if hang else ["--skip", ",".join(HANGING)]
    words = ["full", "--each", "1", "--only", ONLY, *skipped, "--replay", str(host.folder)]
    return collect(folder, *words, shell=shell, by_input=by_input, path=path)


@pytest.mark.exhaustive
def test_what_commands_wrote_comes_back_byte_for_byte(reference: Run) -> None:
    sound(reference, [note.text for note in reference.bundle.notifications if "replays" in note.text])
    assert reference.octets("uname -a") == FORGERY
    assert reference.octets("uname -a", error=True) == b"an error without an end"
    assert reference.answer("uname -a").exit_status == 3
    assert reference.octets("uname -M") == BINARY
    assert reference.octets("uname -u") == b"%2100s|\nlast".replace(b"%2100s", b" " * 2099 + b"x")
    assert reference.octets("/etc/ct_node_id") == b"9f684c509e74d650\r\n"
    assert reference.octets("lssrc -a") == b"\xe7\xe4\n"
    assert (reference.status, reference.errors) == (0, "")


@pytest.mark.exhaustive
def test_nothing_is_to_be_read_from_standard_input(reference: Run) -> None:
    assert reference.octets("uptime") == b"nothing was to read"


@pytest.mark.exhaustive
def test_each_end_of_a_command_is_told(reference: Run) -> None:
    states = {item.request: item.state for item in reference.bundle.evidence}
    assert states["netstat -in"] == "timeout"
    assert states["lspv"] == "signal"
    assert states["/var/ct/cfg/ct_node_id"] == "unreadable"
    assert reference.answer("lssrc -a").exit_status == 252
    assert reference.answer("df -k /var/ct /var /tmp /").exit_status == 1


def test_too_much_output_is_cut_and_says_so(reference: Run) -> None:
    answer = reference.answer("ifconfig -a")
    assert (answer.out.size, answer.out.cut) == (400000, True)
    assert answer.out.lines == tuple(f"{number:09d}" for number in range(26214))
    assert answer.damage is not None
    assert answer.damage.partial


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", [name for name in SHELLS if name != "dash"])
def test_a_file_gives_the_same_bundle_in_every_shell(shell: str, host: Host, reference: Run, tmp_path: Path) -> None:
    run = evil(host, tmp_path, shell)
    assert normalised(run.data) == normalised(reference.data)
    assert (run.status, run.errors) == (0, "")


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", [name for name in SHELLS if name not in FROM_FILE_ONLY])
def test_standard_input_gives_the_same_bundle_in_every_shell(
    shell: str, host: Host, reference: Run, tmp_path: Path
) -> None:
    run = evil(host, tmp_path, shell, by_input=True, hang=False)
    assert requests(run) == [request for request in requests(reference) if request[0] not in HANGING]
    assert run.bundle.head["collector_sum"] == "-"
    assert (run.status, run.errors) == (0, "")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("shell", "named"),
    [
        ("dash", "sh"),
        ("busybox", "sh"),
        *((shell, shell.partition("-")[0]) for shell in ("bash", "bash-posix", "posh", "yash", "zsh", "zsh-sh")),
    ],
)
def test_the_shell_that_ran_it_is_named(shell: str, named: str, host: Host, tmp_path: Path) -> None:
    run = collect(tmp_path, "full", "--only", "os.uname", "--replay", str(host.folder), shell=shell)
    assert run.bundle.head["shell"].split()[0] == named


def requests(run: Run) -> list[tuple[str, bytes]]:
    """Identifier and normalised text of each section, without its number."""
    text = normalised(run.data)
    parts = re.split(rb"^%sect \d+ ", text, flags=re.MULTILINE)[1:]
    return [(part.split(b" ", 1)[0].decode(), re.sub(rb"%(done|end)[^\n]*", b"", part)) for part in parts]


def userland(folder: Path, tools: dict[str, list[str]]) -> str:
    """A folder with these tools alone, each a command of its own."""
    folder.mkdir()
    for name, words in tools.items():
        path = folder / name
        if len(words) == 1:
            path.symlink_to(words[0])
        else:
            path.write_text(f'#!{need("dash")}\nexec {" ".join(words)} "$@"\n')
            path.chmod(0o755)
    return str(folder)


def userlands() -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Name, what it needs, and its tools; those that Debian leaves out of it are of GNU."""
    gnu = {name: [name] for name in TOOLS}
    yield "gnu with mawk", "mawk", gnu | {"awk": ["mawk"]}
    yield "original awk", "original-awk", gnu | {"awk": ["original-awk"]}
    lacks = {"awk", "sh", "dd", "fold", "tr"}
    yield "toybox", "toybox", {name: [name] if name in lacks else ["toybox", name] for name in TOOLS}
    lacks = {"cksum", "sh"}
    yield "busybox", "busybox", {name: [name] if name in lacks else ["busybox", name] for name in TOOLS}


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "needs", "tools"), [pytest.param(*one, id=one[0]) for one in userlands()])
def test_the_tools_of_other_systems_give_the_same_bundle(
    name: str, needs: str, tools: dict[str, list[str]], host: Host, reference: Run, tmp_path: Path
) -> None:
    need(needs)
    path = userland(tmp_path / "tools", {tool: [need(words[0]), *words[1:]] for tool, words in tools.items()})
    run = evil(host, tmp_path / "run", "dash", path=path)
    assert normalised(run.data).replace(b"note *", b"") == normalised(reference.data), name
    assert run.errors == ""


def test_without_cksum_the_sums_are_those_of_sha256(host: Host, tmp_path: Path) -> None:
    tools = {tool: [need(tool)] for tool in TOOLS if tool != "cksum"}
    run = evil(host, tmp_path / "run", "dash", hang=False, path=userland(tmp_path / "tools", tools))
    sound(run, [note.text for note in run.bundle.notifications if "replays" in note.text])
    sums = re.findall(rb"^%(?:done|end) [^\n]* sum=(\w+):", run.data, re.MULTILINE)
    assert len(sums) == 2 + len(run.bundle.evidence)
    assert set(sums) == {b"sha256"}


def test_without_any_sum_the_bundle_says_so(host: Host, tmp_path: Path) -> None:
    tools = {tool: [need(tool)] for tool in TOOLS if tool not in ("cksum", "sha256sum")}
    run = evil(host, tmp_path / "run", "dash", hang=False, path=userland(tmp_path / "tools", tools))
    assert run.octets("uname -M") == BINARY
    assert any("no checksum" in note.text for note in run.bundle.notifications)
