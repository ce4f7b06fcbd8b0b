"""Two bundles in one file, joined anywhere under anything: the first alone is judged, and nothing is ever healthy."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.ending.status import STATUS, shut_by
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.model import Bundle
from rmccomply.report import Assessed, Gate, Tally, TargetCard
from tests.cli.running import Program
from tests.hosts.building import bundle, command, judge, replaced
from tests.hosts.consoles import whole_aix
from tests.test_schemas import complaints

ROOT = Path(__file__).parents[1]
HEALTHY = bundle(whole_aix(), "good")
BROKEN = bundle(
    replaced(whole_aix(), command("lssrc -a", "Subsystem Group PID Status\n ctrmc rsct inoperative\n")), "bad"
)
NOISE = st.sampled_from(
    [b"", b"\n", b"\r", b"|", b"> ", b"$ exit\n", b"From: root\nTo: me\n\n", b"\xef\xbb\xbf", b"%", b"%end\n", b"\0\0"]
) | st.binary(max_size=12)
CARD = TargetCard("x", "aix", None, None, None, ())


def passes(read: Bundle) -> set[str]:
    return {rule for rule, found in judge(read.evidence, platform=read.platform).items() if found.result == "pass"}


def status(read: Bundle) -> int:
    tally = Tally()
    tally.add(Assessed(CARD, tuple(judge(read.evidence, platform=read.platform).values()), read.notifications))
    return STATUS[shut_by(tally, Gate(on_unknown="report", fail_on="never"), 1.0)]


@pytest.mark.exhaustive
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations([HEALTHY, BROKEN]), st.integers(1, 400), NOISE, st.booleans(), st.integers(0, 7))
def test_the_second_adds_nothing_to_the_first(
    two: list[bytes], at: int, noise: bytes, crlf: bool, skipped: int
) -> None:
    first = b"".join(two[0].splitlines(keepends=True)[:at])
    second = b"".join(two[1].splitlines(keepends=True)[skipped:])
    whole = first + noise + (second.replace(b"\n", b"\r\n") if crlf else second)
    if whole in (HEALTHY, BROKEN) or not is_bundle(whole):
        return
    read = read_bundle(whole, "x.rmcc")
    assert is_of_one_head(whole) or passes(read) <= passes(read_bundle(first, "x.rmcc"))
    assert status(read) == 3


def is_of_one_head(whole: bytes) -> bool:
    """Whether what is left of two heads is as one of which lines were lost or changed: no key of it stands twice."""
    head = re.split(rb"\n(?=%done 0 |%sect )", whole, maxsplit=1)[0].split(b"\n")[1:]
    keys = [line.split(b" ", 2)[1].strip() for line in head if line.startswith(b"%h ")]
    return len(set(keys)) == len(keys)


@pytest.mark.parametrize("noise", [b"", b"%", b"x\n", b"|x\n", b"%out enc=text\n", b"\r\n"])
@pytest.mark.parametrize("lines", [3, 4])
def test_a_second_head_without_its_first_line_is_no_part_of_the_first(lines: int, noise: bytes) -> None:
    first = b"".join(BROKEN.splitlines(keepends=True)[:lines])
    read = read_bundle(first + noise + HEALTHY.partition(b"\n")[2], "x.rmcc")
    assert read.evidence == ()
    assert any("another bundle begins here" in note.text and note.damage for note in read.notifications)
    assert status(read) == 3


@pytest.mark.parametrize("lines", [14, 40, 10_000])
def test_joined_examples_are_never_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, lines: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x").write_bytes(b"".join(HEALTHY.splitlines(keepends=True)[:lines]) + HEALTHY)
    ran = program("check", "x", "--on-unknown", "report", "--platform", "aix")
    assert ran.status == 3
    assert "another bundle begins here" in ran.out
    assert "an input is damaged" in ran.out or "unknown" in ran.out


def test_a_bundle_of_a_newer_version_is_never_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.rmcc").write_bytes(HEALTHY)
    Path("new.rmcc").write_bytes(HEALTHY.replace(b"evidence 1", b"evidence 2"))
    assert program("check", "old.rmcc").status == 0
    assert program("check", "old.rmcc", "new.rmcc", "--on-unknown", "report").status == 3


CUT = b"".join(HEALTHY.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("content", [CUT, HEALTHY + HEALTHY, HEALTHY.replace(b"evidence 1", b"evidence 2")])
def test_a_facts_document_carries_the_damage_of_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.rmcc").write_bytes(content)
    program("facts", "x.rmcc", "-o", "json=x.json")
    if content.startswith(b"#rmccomply evidence 1") or Path("x.json").stat().st_size:
        assert complaints("facts-1.schema.json", json.loads(Path("x.json").read_text("utf-8"))) == []
    open_ended = ("--on-unknown", "report", "--fail-on", "never", "-o", "json")
    direct, again = (program("check", name, *open_ended) for name in ("x.rmcc", "x.json"))
    assert (direct.status, again.status) == (3, 3)
    assert told(again.out) == told(direct.out) != []


def told(report: str) -> list[object]:
    return [(one["text"], one["uri"], one["line"]) for one in json.loads(report)["notifications"] if one["uri"] != ""]


@pytest.mark.parametrize(
    "damage", ["true", "{}", "[1]", "[{}]", '[{"text": 1, "uri": 2, "line": "x"}]', "[[]]", "0", '[{"line": -1}]']
)
def test_damage_that_is_told_in_other_words_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, damage: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.rmcc").write_bytes(HEALTHY)
    document = program("facts", "x.rmcc", "-o", "json").out
    assert '"damage"' not in document
    Path("x.json").write_text(document.replace('"target":{', f'"target":{{"damage":{damage},', 1), "utf-8")
    ran = program("check", "x.json", "-o", "json")
    assert ran.status == 3
    assert complaints("report-1.schema.json", json.loads(ran.out)) == []


def test_a_bundle_of_which_facts_cannot_be_given_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b").mkdir()
    Path("b/a.rmcc").write_bytes(HEALTHY)
    Path("b/b.rmcc").write_bytes(b"nothing of ours\n")
    Path("b/notes.txt").write_bytes(b"nothing of ours\n")
    ran = program("facts", "b", "-o", "json=x.json")
    assert ran.status == 3
    assert "b/b.rmcc: skipped: not evidence" in ran.err
    assert "notes.txt" not in ran.err
