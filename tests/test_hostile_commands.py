"""Every command that prints evidence, names or somebody's policy prints harmless text, in every format.

All evidence here is constructed: the answers of healthy partitions, spoilt in several ways.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.policy.load import load
from tests.cli.running import Program, Ran
from tests.formats.parts import STREAMED
from tests.hosts.building import NOW, bundle, stream
from tests.hosts.consoles import whole_aix, whole_linux
from tests.policy.writing import changed, toml, write

DRIVES = "\x1b[2J\x1b]0;owned\x07\x9b31m"
TURNS = "abc\u202egnp.exe\u2066x\u2069\u200f\u061c\u2028y"
MARKS = "<script>alert(1)</script> =cmd|'/c calc'!A0 ](http://x) `x` {0} %s"
EVIL = f"{DRIVES} {TURNS} \x00\x7f\xa0 {MARKS}"
WHOLE = {"AIX": whole_aix, "Linux": whole_linux}
Spoil = Callable[[str], str]
SPOILT: dict[str, Spoil] = {
    "after each line": lambda text: "\n".join(f"{line} {EVIL}" for line in text.split("\n")),
    "before each line": lambda text: "\n".join(f"{EVIL}{line}" for line in text.split("\n")),
    "within each first word": lambda text: "\n".join(_within(line, 0) for line in text.split("\n")),
    "within each last word": lambda text: "\n".join(_within(line, -1) for line in text.split("\n")),
    "instead": lambda text: f"{EVIL}\n{EVIL}\n",
}


def _within(line: str, at: int) -> str:
    """The line with what is evil and has no blank in one of its words."""
    words = line.split(" ")
    filled = [number for number, word in enumerate(words) if word]
    if filled:
        word = words[filled[at]]
        words[filled[at]] = f"{word[:2]}{DRIVES}{TURNS}\x00{word[2:]}"
    return " ".join(words)


def spoilt(evidence: list[Evidence], spoil: Spoil) -> list[Evidence]:
    return [
        item._replace(out=stream(spoil("\n".join(item.out.lines)), 20)) if item.out.lines else item for item in evidence
    ]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_harmless(ran: Ran) -> None:
    """Nothing but printable characters and line ends, after the mark of CSV, and no crash."""
    odd = {char for char in ran.out.removeprefix("\ufeff") + ran.err if char != "\n" and not char.isprintable()}
    assert odd == set(), sorted(map(hex, map(ord, odd)))
    assert "fault of rmccomply" not in ran.err


@pytest.mark.exhaustive
@pytest.mark.parametrize("system", WHOLE)
@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize(
    "arguments",
    [
        *(("check", "x.rmcc", "-o", form, "--show", "all", "--now", NOW) for form in STREAMED),
        ("check", "x.rmcc", "-v", "--param", "management=novalink"),
        ("facts", "x.rmcc"),
        ("facts", "x.rmcc", "-o", "json"),
        ("bundle", "show", "x.rmcc"),
        ("bundle", "verify", "x.rmcc"),
        ("bundle", "extract", "x.rmcc", "no such request"),
    ],
    ids=" ".join,
)
def test_evidence_in_a_bundle(
    folder: Path, program: Program, arguments: tuple[str, ...], how: str, system: str
) -> None:
    (folder / "x.rmcc").write_bytes(bundle(spoilt(WHOLE[system](), SPOILT[how]), f"h{DRIVES}{TURNS}", system))
    ran = program(*arguments)
    assert_harmless(ran)
    assert ran.status in (0, 1, 2, 3)


@pytest.mark.exhaustive
@pytest.mark.parametrize("system", WHOLE)
@pytest.mark.parametrize("how", SPOILT)
def test_explained(folder: Path, program: Program, how: str, system: str) -> None:
    (folder / "x.rmcc").write_bytes(bundle(spoilt(WHOLE[system](), SPOILT[how]), f"h{DRIVES}{TURNS}", system))
    for loaded in load("rmc-core").rules:
        ran = program("explain", loaded.rule.id, "x.rmcc", "--now", NOW)
        assert_harmless(ran)
        assert ran.status == 0


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize(
    "arguments",
    [
        *(("check", "host", "-o", form, "--show", "all", "--now", NOW) for form in STREAMED),
        ("facts", "host"),
        ("facts", "host", "-o", "json"),
        ("explain", "RMC-SUB-001", "host"),
    ],
    ids=" ".join,
)
def test_evidence_in_captures(folder: Path, program: Program, arguments: tuple[str, ...], how: str) -> None:
    capture_folder(folder / "host", SPOILT[how])
    ran = program(*arguments)
    assert_harmless(ran)
    assert ran.status in (0, 1, 3)


def capture_folder(place: Path, spoil: Spoil) -> None:
    """A healthy AIX partition as captures of evil names, with bytes that are no UTF-8 and labels of its own."""
    place.mkdir()
    rows = [f"name = {json.dumps('n' + DRIVES + TURNS)}", 'platform = "aix"', "[requests]"]
    for number, item in enumerate(whole_aix()):
        name = f"{number}{DRIVES}{TURNS}.txt".replace("/", "")
        (place / name).write_bytes(spoil("\n".join(item.out.lines)).encode() + b"\n\xff\xfe\n")
        rows.append(f"{json.dumps(name)} = {json.dumps(item.argv)}")
    text = "\n".join([*rows, "[labels]", f"{json.dumps(TURNS)} = {json.dumps(EVIL)}"])
    (place / "target.toml").write_text(text.replace("\x7f", "\\u007f"), "utf-8")
    (place / f"other{TURNS}").write_bytes(b"\xff")


@pytest.mark.parametrize("form", STREAMED)
def test_names_of_files_that_are_no_input(folder: Path, program: Program, form: str) -> None:
    (folder / "in").mkdir()
    (folder / "in" / f"a{DRIVES}{TURNS}.rmcc").write_bytes(b"nothing")
    (folder / "in" / f"b{DRIVES}{TURNS}.json").write_bytes(b'{"schema": "rmccomply/facts/1"}')
    (folder / "in" / f"l{TURNS}").symlink_to("nowhere")
    assert_harmless(program("check", "in", "-o", form, f"no such{DRIVES}{TURNS}"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "NAME"),
        ("check", "-p", "NAME", "."),
        ("check", ".", "-o", "NAME"),
        ("check", ".", "-o", "json=NAME/x"),
        ("check", ".", "--labels", "NAME"),
        ("check", ".", "--param", "NAME=1"),
        ("check", ".", "--param", "full_percent=NAME"),
        ("check", ".", "--select", "NAME"),
        ("check", ".", "--now", "NAME"),
        ("check", ".", "--profile", "NAME"),
        ("check", "-NAME"),
        ("check", "--NAME"),
        ("check", ".", "--platform", "NAME"),
        ("facts", "NAME"),
        ("facts", ".", "-o", "NAME"),
        ("explain", "NAME", "."),
        ("explain", "RMC-SUB-001", "NAME"),
        ("explain", "RMC-SUB-001", "x.rmcc", "--target", "NAME"),
        ("bundle", "show", "NAME"),
        ("bundle", "verify", "NAME"),
        ("bundle", "extract", "x.rmcc", "NAME"),
        ("bundle", "extract", "x.rmcc", "--to", "NAME"),
        ("rules", "NAME"),
        ("rules", "-p", "NAME"),
        ("policy", "lint", "NAME"),
        ("policy", "show", "NAME"),
        ("policy", "schema", "NAME"),
        ("policy", "docs", "NAME"),
        ("report", "validate", "NAME"),
        ("NAME",),
        ("policy", "NAME"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("there", [False, True])
def test_what_the_command_line_names(folder: Path, program: Program, arguments: tuple[str, ...], there: bool) -> None:
    (folder / "x.rmcc").write_bytes(bundle(whole_aix()))
    name = f"n{DRIVES}{TURNS}"
    if there:
        (folder / name).mkdir() if arguments[:2] == ("policy", "docs") else (folder / name).write_text("x = 1\n")
    assert_harmless(program(*(word.replace("NAME", name) for word in arguments)))


def test_a_report_of_an_evil_name_is_held_to_its_schema(folder: Path, program: Program) -> None:
    (folder / "x.rmcc").write_bytes(bundle(whole_aix()))
    name = f"r{DRIVES}{TURNS}.json"
    program("check", "x.rmcc", "-o", f"json={name}")
    ran = program("report", "validate", name)
    assert_harmless(ran)
    assert ran.status == 0


def own_policy(folder: Path) -> str:
    """Somebody's policy with evil in every text that may hold it."""
    document = changed(
        title=EVIL,
        version=EVIL,
        parameters__management__default="hmc",
        parameters__minimum__doc=EVIL,
        parameters__management__values=["hmc", "none", EVIL],
        rules__0__title=EVIL,
        rules__0__rationale=EVIL,
        rules__0__remediation=EVIL,
        rules__0__references=[{"title": EVIL}],
        rules__1__title=EVIL,
    )
    name = f"p{DRIVES}{TURNS}.toml"
    write(folder, toml(document).replace("\x7f", "\\u007f"), name)
    return name


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules", "-p", "POLICY"),
        ("rules", "MY-VER-001", "-p", "POLICY"),
        ("policy", "lint", "POLICY"),
        ("policy", "show", "POLICY"),
        ("policy", "show", "POLICY", "-o", "toml"),
        ("explain", "MY-VER-001", "x.rmcc", "-p", "POLICY"),
        *(("check", "x.rmcc", "-p", "POLICY", "-o", form, "--show", "all") for form in STREAMED),
    ],
    ids=" ".join,
)
def test_somebody_s_own_policy(folder: Path, program: Program, arguments: tuple[str, ...]) -> None:
    (folder / "x.rmcc").write_bytes(bundle(whole_aix()))
    name = own_policy(folder)
    ran = program(*(word.replace("POLICY", name) for word in arguments))
    assert_harmless(ran)
    assert ran.status in (0, 1, 3), ran.err
