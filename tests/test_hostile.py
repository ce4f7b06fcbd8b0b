"""Hostile evidence ends in a clear word, in bounded time and memory, and is harmless in every format."""

import json
import re
from pathlib import Path

import pytest

from rmccomply.documents.report_1_reader import read
from rmccomply.evidence.bundle_write import Section, write_bundle
from tests.cli.running import Program
from tests.cost import cost
from tests.formats.parts import STREAMED
from tests.hosts.building import LSSRC, NOW, bundle, command, file, replaced
from tests.hosts.consoles import whole_aix

EVIL = (
    "\x1b]0;owned\x07\x1b[2J \u202eabc\u202c \u2066x\u2069 \x00 \x7f <script>alert(1)</script> "
    "=cmd|'/c calc'!A0 ](http://x) `x`"
)
CONTROLS = {chr(code) for code in range(32) if chr(code) != "\n"} | {"\x7f", "\u202e", "\u2066", "\u200f"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", STREAMED)
@pytest.mark.parametrize(
    "evidence",
    [
        [command("lssrc -a", f"Subsystem Group PID Status\n {EVIL} rsct 1 active\n")],
        [file("/etc/ct_node_id", f"{EVIL}\n")],
        [command("rmcdomainstatus -s ctrmc -a ip", f"Management Domain Status: Management Control Points\n{EVIL}\n")],
        [command("lsnodeid", "", 1, EVIL)],
        [command("uname -L", f"7 {EVIL}\n"), command("uname -M", f"IBM,{EVIL}\n")],
        [
            command(
                "df -k /var /tmp /",
                f"Filesystem 1024-blocks Free %Used Iused %Iused Mounted on\n/dev/x 9 9 1% 1 1% /var{EVIL}\n",
            )
        ],
    ],
)
def test_nothing_in_evidence_drives_a_terminal(
    folder: Path, program: Program, form: str, evidence: list[object]
) -> None:
    (folder / "x.rmcc").write_bytes(bundle(replaced(whole_aix(), *evidence)))  # type: ignore[arg-type]
    ran = program("check", "x.rmcc", "-o", form, "--now", NOW, "--show", "all", "-p", "powervs-import")
    assert ran.status in (0, 1, 3)
    assert not CONTROLS & set(ran.out + ran.err)


@pytest.mark.parametrize("form", STREAMED)
def test_names_of_targets_and_files_are_harmless(folder: Path, program: Program, form: str) -> None:
    name = "a\x1b[31mb\u202ec.rmcc"
    (folder / name).write_bytes(bundle(whole_aix(), "e\x1b[1mvil\u202e"))
    ran = program("check", name, "-o", form, "--now", NOW)
    assert ran.status == 0
    assert not CONTROLS & set(ran.out + ran.err)


def test_text_that_is_not_utf8_keeps_its_place(folder: Path, program: Program) -> None:
    sections = [Section("file", ("/etc/ct_node_id",), b"\xff\xfe1234\n", id="id.etc")]
    (folder / "x.rmcc").write_bytes(write_bundle({"host": "x", "os": "AIX"}, sections))
    report = json.loads(program("check", "x.rmcc", "-o", "json", "--select", "RMC-ID-003").out)
    (found,) = report["findings"]
    assert found["result"] == "fail"
    assert found["evidence"][0]["text"] == "\\xff\\xfe1234"


def test_no_break_spaces_are_blanks_to_a_source_and_stay_in_the_text(folder: Path, program: Program) -> None:
    (folder / "captures").mkdir()
    (folder / "captures" / "lssrc-a.txt").write_text(LSSRC.replace(" ", "\u00a0"))
    report = json.loads(program("check", "captures", "--platform", "aix", "-o", "json", "--select", "RMC-SUB-001").out)
    (found,) = report["findings"]
    assert (found["result"], "\u00a0" in found["evidence"][0]["text"]) == ("pass", True)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("line.rmcc", b"%rmccomply-evidence 1\n%h host " + b"A" * 30_000_000 + b"\n", 3),
        ("sections.rmcc", b"%rmccomply-evidence 1\n" + b"%sect 1 a kind=cmd\n" * 10_000, 3),
        ("huge.rmcc", b"%rmccomply-evidence 1\n" + b"A" * 100_000_000, 2),
        ("deep.json", b'{"schema": "rmccomply/facts/1", "facts": ' + b"[" * 200_000, 2),
        ("zeros.rmcc", b"\0" * 10_000_000, 2),
    ],
)
def test_size_is_bounded(folder: Path, name: str, content: bytes, status: int) -> None:
    (folder / name).write_bytes(content)
    ran = cost(folder, "check", name, "-o", "json")
    assert (ran.status, len(ran.out) < 5_000_000) == (status, True)
    assert ran.seconds < 20
    assert ran.mebibytes < 500


@pytest.mark.exhaustive
@pytest.mark.parametrize("uri", ["", "javascript:alert(1)", "/etc/x y", "%zz", "a\\b", "file:///x", "x#1"])
def test_a_facts_document_costs_a_fleet_no_report(program: Program, uri: str) -> None:
    """Consumers refuse a whole report for one place that is none, and for one sum that is none."""
    Path("b.rmcc").write_bytes(bundle(whole_aix(), "b"))
    facts = json.loads(program("facts", "b.rmcc", "-o", "json").out)
    sums = [
        {"uri": uri, "sha256": "0" * 64},
        {"uri": "b.rmcc", "sha256": "none"},
        {"uri": "x!/y%20z", "sha256": "1" * 64},
    ]
    facts["target"] |= {"id": "evil", "evidence": sums, "damage": [{"text": "x", "uri": uri, "line": None}]}
    for fact in facts["facts"].values():
        fact["evidence"] = [{**place, "uri": uri} for place in fact["evidence"]]
    Path("evil.json").write_text(json.dumps(facts))
    program("check", "b.rmcc", "evil.json", "--now", NOW, "-o", "json=r.json", "-o", "sarif=r.sarif")
    assert len(read(Path("r.json").read_bytes()).targets) == 2
    assert program("report", "validate", "r.json", "r.sarif").status == 0
    found = re.findall(r'"uri":"([^"]*)"', Path("r.json").read_text() + Path("r.sarif").read_text())
    assert "x!/y%20z" in found
    assert all(re.fullmatch(r"(?!/)(?:[A-Za-z0-9._~/!-]|%[0-9A-Fa-f]{2})*", one) for one in found)
