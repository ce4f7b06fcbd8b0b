"""The collector on the very machine that runs the tests: it works, changes nothing, and needs no root."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rmccomply.collect.listing import TOOLS
from rmccomply.collect.plan import steps
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Bundle
from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Readings
from tests.collect.running import Host, Run, collect, lacking, need, need_another_user, script
from tests.collect.test_script import NEVER

WRITING = (
    "openat",
    "open",
    "creat",
    "unlink",
    "unlinkat",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "mkdirat",
    "rmdir",
)
OTHER = (
    "chmod",
    "fchmodat",
    "chown",
    "fchownat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "truncate",
    "mknod",
    "mknodat",
    "mount",
    "setxattr",
)
REACHING = ("connect", "bind", "listen", "sendto", "sendmsg")
PLAN = {step.argv[0] for step in steps("linux") if step.kind == "cmd"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return collect(tmp_path_factory.mktemp("real"), "full")


def facts_of(bundle: Bundle) -> Facts:
    return Facts(Readings(bundle.evidence), bundle.platform)


@pytest.mark.exhaustive
def test_an_ordinary_linux_is_collected_whole(run: Run) -> None:
    assert (run.status, run.errors) == (0, "")
    assert run.bundle.notifications == ()
    asked = {step.id for step in steps("linux") if step.id != "probe" and "full" in step.plans}
    asked -= {"log.cluster", "log.cluster.old"}
    assert {item.id for item in run.bundle.evidence if not item.id.startswith("log.cluster")} == asked
    head = run.bundle.head
    assert (head["os"], head["host"], head["machine"]) == ("Linux", os.uname().nodename, os.uname().machine)
    assert run.answer("uname -a").exit_status == 0
    assert run.octets("/etc/os-release") == Path("/etc/os-release").read_bytes()


@pytest.mark.exhaustive
def test_a_machine_that_is_not_power_is_told_and_no_fault(run: Run) -> None:
    if os.uname().machine.startswith("ppc64"):
        pytest.skip("this is a Power system")
    assert "not a Power system" in run.bundle.head["note"]
    kind = facts_of(run.bundle).fact("host.kind")
    assert (kind.state, kind.value) == ("known", "other_machine")


@pytest.mark.exhaustive
def test_without_root_it_works_too() -> None:
    user = need_another_user()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        file = script(folder)
        (folder / "closed").mkdir(mode=0o700)
        words = [need("dash"), str(file), "full", "--skip", "pkg.rpm,pkg.dpkg"]
        done = subprocess.run(words, capture_output=True, user=user, group=user, extra_groups=[], env={}, cwd="/")
    bundle = read_bundle(done.stdout, "host.rmcc")
    assert (done.returncode, done.stderr, bundle.head["uid"]) == (0, b"", "65534")
    assert bundle.notifications == ()


def test_a_file_in_a_closed_folder_is_denied_and_not_absent() -> None:
    user = need_another_user()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        cfg = folder / "mnt/var/ct/cfg"
        cfg.mkdir(parents=True)
        (cfg / "ct_node_id").write_text("1\n")
        (folder / "mnt/etc").mkdir()
        (folder / "mnt/etc/os-release").touch()
        (folder / "mnt/etc/ct_node_id").write_text("1\n")
        (folder / "mnt/etc/ct_node_id").chmod(0)
        cfg.chmod(0o700)
        words = [
            need("dash"),
            str(script(folder)),
            "image",
            "--only",
            "node.etc,node.var,net.services",
            "--root",
            f"{folder}/mnt",
        ]
        done = subprocess.run(words, capture_output=True, user=user, group=user, extra_groups=[], env={}, cwd="/")
    states = {item.request: item.state for item in read_bundle(done.stdout, "x").evidence}
    assert states == {
        "/etc/ct_node_id": "unreadable",
        "/var/ct/cfg/ct_node_id": "unreadable",
        "/etc/services": "absent",
    }


def test_the_environment_of_the_caller_does_not_reach_commands(tmp_path: Path) -> None:
    hostile = {"CT_CONTACT": "other", "CT_MANAGEMENT_SCOPE": "3", "DF_BLOCK_SIZE": "1", "LC_ALL": "de_DE"}
    hostile |= {"PS_FORMAT": "x", "TZ": "Asia/Tokyo", "IFS": "/", "GREP_OPTIONS": "-v"}
    run = collect(tmp_path, "full", "--only", "fs.space", environment=hostile)
    assert "1024-blocks" in run.answer("df -kPT /var/ct /var /tmp /").out.lines[0]


def test_what_is_passed_on_to_a_command_is_little(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", "env | grep -v -e '^_=' -e '^PWD=' -e '^OLDPWD=' -e '^SHLVL='")
    run = collect(
        tmp_path / "run",
        "full",
        "--only",
        "caa.disks",
        "--replay",
        str(host.folder),
        environment={"CT_CONTACT": "other"},
    )
    assert sorted(line.partition("=")[0] for line in run.answer("lspv").out.lines) == sorted(
        ["PATH", "HOME", "LC_ALL", "LANG", "TZ", "ODMDIR", "NLSPATH"]
    )


@pytest.fixture(scope="module", params=["as it is", "another user"])
def trace(request: pytest.FixtureRequest) -> Iterator[tuple[Path, list[str]]]:
    """Every call of a real run that could start, write or connect anything; and the temporary folder."""
    with TemporaryDirectory() as name:
        folder, user = Path(name), need_another_user() if request.param == "another user" else None
        room = folder / "room"
        room.mkdir()
        folder.chmod(0o755)
        room.chmod(0o777)
        calls = ",".join(f"?{name}" for name in ("execve", *WRITING, *OTHER, *REACHING))
        log = room / "log"
        words = [need("strace"), "-f", "-qq", "-s", "300", "-e", f"trace={calls}", "-o", str(log)]
        done = subprocess.run(
            [*words, need("dash"), str(script(folder)), "full"],
            capture_output=True,
            env={"TMPDIR": str(room)},
            timeout=200,
            cwd="/",
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
        if not log.is_file() or not done.stdout.startswith(b"%rmccomply-evidence 1\n"):
            lacking(f"strace may not run here: {done.stderr.decode()[:100]}")
        assert list(room.iterdir()) == [log]
        yield room, log.read_text("utf-8", "replace").splitlines()


@pytest.mark.exhaustive
def test_nothing_is_connected_and_nothing_is_waited_for(trace: tuple[Path, list[str]]) -> None:
    """But what asks this machine itself: its kernel by netlink, and the daemon that caches names of users."""
    _, calls = trace
    own = ("AF_NETLINK", "AF_UNIX, sun_path=")
    found = [call for call in calls if re.match(rf"\d+ +({'|'.join(REACHING)})\(", call)]
    assert [call for call in found if "sa_family=" in call and not any(f"sa_family={one}" in call for one in own)] == []
    assert [call for call in found if re.match(r"\d+ +listen\(", call)] == []


@pytest.mark.exhaustive
def test_sockets_are_listed_without_the_netlink_that_loads_modules(tmp_path: Path) -> None:
    need("ss")
    log = tmp_path / "log"
    words = [need("strace"), "-f", "-qq", "-e", "trace=execve,socket", "-o", str(log), need("dash")]
    done = subprocess.run([*words, str(script(tmp_path)), "full", "--only", "net.sockets"], capture_output=True, env={})
    if not log.is_file() or not done.stdout.startswith(b"%rmccomply-evidence 1\n"):
        lacking(f"strace may not run here: {done.stderr.decode()[:100]}")
    calls = log.read_text("utf-8", "replace")
    assert re.search(r'execve\("[^"]*/ss"', calls)
    assert "SOCK_DIAG" not in calls
    (answer,) = read_bundle(done.stdout, "x").evidence
    assert answer.exit_status == 0
    assert answer.out.lines[0].startswith("Netid")


@pytest.mark.exhaustive
def test_nothing_is_written_outside_the_temporary_folder(trace: tuple[Path, list[str]]) -> None:
    room, calls = trace
    found = []
    for call in calls:
        name = re.match(r"\d+ +(?:<\.\.\. )?(\w+)", call)
        if name is None or " = -1 " in call or "resumed" in call or name[1] in ("execve", *REACHING):
            continue
        changes = not name[1].startswith("open") or re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)", call)
        paths = re.findall(r'"([^"]*)"', call)
        if changes and not all(
            path.startswith(f"{room}/rmccomply.") or path in ("/dev/null", "/dev/tty") for path in paths
        ):
            found.append(call)
    assert found == []
    assert any("O_CREAT" in call and str(room) in call for call in calls), "the trace shows nothing at all"


@pytest.mark.exhaustive
def test_nothing_runs_but_the_plan_and_the_tools_that_the_list_names(trace: tuple[Path, list[str]]) -> None:
    """What a command of the plan starts itself is its own; but never anything of the deny list."""
    _, calls = trace
    ran = [re.findall(r'execve\("([^"]*)"', call) for call in calls if "execve(" in call and " = 0" in call]
    names = {path.rpartition("/")[2] for paths in ran for path in paths}
    assert names & set(NEVER) == set()
    assert {"uname", "date", "sed", "awk"} <= names
    by_commands = {"dpkg-query", "dash"}
    assert names - PLAN - set(TOOLS) - by_commands - {"mawk", "gawk", "busybox"} == set()
