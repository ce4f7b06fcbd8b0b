"""JUnit XML: what readers count as passed, that no case is lost, and that evidence cannot leave its place."""

import re
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase
from syrupy.assertion import SnapshotAssertion

from rmccomply.finding import WaiverCard
from rmccomply.formats import Format, Frame, junit, write_whole
from rmccomply.formats._limits import JUNIT_OCTETS, XML_OBJECTS
from rmccomply.formats.junit import JunitFragment
from rmccomply.report import Assessed, Closing, TargetCard
from rmccomply.terminal import visible
from tests.cli.running import Program
from tests.formats import awkward, hostile, large
from tests.formats.awkward import ASSESSED, FAIR, SICK, closing, judged, write

FITS: Format[JunitFragment] = junit
"""The type checker sees that the module is a format."""
TestCase.__test__ = False
Read = dict[tuple[str, str], tuple[str, str, str, str]]
CLASS = {Failure: "failure", Error: "error", Skipped: "skipped"}


def read(text: str) -> Read:
    """Each case by its class and name: its element, and its type, message and text, as junitparser reads them."""
    found: Read = {}
    for suite in JUnitXml.fromstring(text.encode()):
        for case in suite:
            key = (case.classname, case.name)
            assert key not in found
            told = [(CLASS[type(one)], one.type or "", one.message or "", one.text or "") for one in case.result]
            assert len(told) < 2
            found[key] = told[0] if told else ("", "", "", "")
        assert suite.tests == len(list(suite))
    return found


def objects(text: str) -> int:
    """What a reader makes of a document: elements, attributes, and texts beside attributes or elements."""
    each = list(ElementTree.fromstring(text.encode()).iter())
    return sum(1 + len(one.attrib) + bool((one.text or "").strip() and one.attrib) for one in each)


def of(*items: Assessed, status: int = 1) -> str:
    return write("junit", items=items, end=closing(items, status))


def target(*findings: Any) -> Assessed:
    return Assessed(TargetCard("a", "aix", None, None, None, ()), findings)


def test_the_whole_document(snapshot: SnapshotAssertion) -> None:
    assert write("junit").encode() == snapshot(extension_class=awkward.snapshots_as("xml"))


SCHEMA: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name"}, {"time", "classname", "group"}, {"skipped", "error", "failure", "system-out", "system-err"}),
    "skipped": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "failure": (set(), {"type", "message"}, set()),
}
"""Each element of junit-10.xsd of Jenkins' xunit plug-in: attributes that it must and may have, and its children."""


@pytest.mark.parametrize("items", [ASSESSED, (), hostile.FLEET], ids=["awkward", "empty", "hostile"])
def test_it_is_valid_by_the_schema_of_jenkins(items: tuple[Assessed, ...]) -> None:
    for element in ElementTree.fromstring(write("junit", items=items, end=closing(items, 4)).encode()).iter():
        must, may, children = SCHEMA[element.tag]
        assert must <= {*element.attrib} <= must | may
        assert {child.tag for child in element} <= children
        assert not children or not (element.text or "").strip()


def test_what_each_finding_is() -> None:
    found = {key: told[:2] for key, told in read(write("junit")).items()}
    assert found[SICK, "RMC-ID-001"] == ("failure", "critical")
    assert found[SICK, "RMC-NET-001 10.1.2.3"] == ("error", "unknown")
    assert found[SICK, "RMC-OS-001"] == ("skipped", "info")
    assert found[FAIR, "RMC-VER-001"] == ("skipped", "waived")
    assert found[FAIR, "RMC-VER-002"] == ("skipped", "baseline")
    assert found[FAIR, "RMC-ID-001"] == ("skipped", "not_applicable")
    assert found[FAIR, "RMC-NET-001"] == ("error", "not_judged")
    assert found[FAIR, "RMC-SUB-001"] == ("", "")
    assert sum(name != "rmccomply" for name, _ in found) == sum(len(item.findings) for item in ASSESSED)


def test_missing_evidence_is_never_a_pass_nor_skipped() -> None:
    kinds = {
        read(of(target(judged("RMC-SUB-001", "a", "unknown", "x", reason=reason))))["a", "RMC-SUB-001"][0]
        for reason in ("not_collected", "denied", "inconclusive", "stale")
    }
    assert kinds == {"error"}


def test_a_failure_has_its_lines_and_what_to_do() -> None:
    kind, severity, message, text = read(write("junit"))[SICK, "RMC-VER-001"]
    assert (kind, severity) == ("failure", "high")
    assert message == (
        "RSCT is older than the image needs: RSCT is 3.1.5.3, older than 3.2.1.0. (bundles/lpar-%C3%B107.rmcc:1053)"
    )
    assert text.splitlines() == [
        "RSCT is 3.1.5.3, older than 3.2.1.0.",
        "bundles/lpar-%C3%B107.rmcc:1053  lslpp -Lcq rsct.*",
        f"  | {awkward.LSLPP}",
        "What to do: Ask the owner of the partition, then mend it in the next maintenance window.",
    ]


def test_a_waived_fail_says_who_accepted_it_and_until_when() -> None:
    card = WaiverCard("W-1", "a@b", "c@d", "2026-11-30", "CHG1", "Soon.", "2026-12-31T23:59:59+01:00", "in_force")
    fail = judged("RMC-ID-001", "a", "fail", "They differ.", disposition="waived")
    object.__setattr__(fail, "waiver", card)
    told = read(of(target(fail)))["a", "RMC-ID-001"]
    assert told[:2] == ("skipped", "waived")
    assert told[2] == "Waived by c@d until 2026-12-31T23:59:59+01:00: Soon. (W-1): They differ."


def test_equal_pairs_are_told_apart() -> None:
    twice = [judged("RMC-ID-001", "a", "fail", f"{n}", subject="x") for n in range(3)]
    alike = [judged("RMC-ID-001", "a", "fail", "y", subject=subject) for subject in ("\x1b", "\\x1b")]
    found = read(of(target(*twice, *alike)))
    names = ["RMC-ID-001 x", "RMC-ID-001 x (2)", "RMC-ID-001 x (3)", "RMC-ID-001 \\x1b", "RMC-ID-001 \\x1b (2)"]
    assert [name for _, name in found] == names
    items = [Assessed(TargetCard(name, "aix", None, None, None, ()), tuple(twice[:1])) for name in ("\x1b", "\\x1b")]
    assert [name for name, _ in read(of(*items))] == ["\\x1b", "\\x1b (2)"]


def test_hostile_names_and_lines_are_read_back_or_marked() -> None:
    text = of(*hostile.FLEET)
    assert not re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    assert "]]>" not in text
    found = read(text)
    assert len(found) == 5 * len(hostile.TEXTS)
    for one in hostile.TEXTS:
        shown = visible(one)
        name = f"RMC-SUB-001 {shown}".rstrip(" ")
        kind, _, message, told = found[shown, name]
        assert kind == "failure"
        assert visible(one).strip(" ") in message
        assert [f"  | {visible(line)}".rstrip() for line in one.split("\n")] == [
            line for line in told.splitlines() if line.startswith("  |")
        ]


def test_what_no_case_tells_has_one_of_its_own() -> None:
    verdicts = {
        name: told
        for status in (2, 4)
        for (name, _), told in read(write("junit", items=(), end=closing((), status, awkward.NOTIFICATIONS))).items()
    }
    assert [told[0] for told in verdicts.values()] == ["error"]
    (told,) = verdicts.values()
    assert told[3].startswith(("NOT JUDGED", "NOTHING JUDGED"))
    assert not [name for name, _ in read(of(ASSESSED[1])) if name == "rmccomply"]


def written(hosts: list[Assessed] | Any, end: Closing) -> str:
    return write_whole("junit", Frame(large.RUN, awkward.PLAIN), hosts, end)


@pytest.mark.exhaustive
def test_sixty_thousand_fails_are_each_there_within_the_limits() -> None:
    text = written(large.hosts(), large.closing())
    assert len(text.encode()) < JUNIT_OCTETS
    assert objects(text) <= XML_OBJECTS
    found = {key: told for key, told in read(text).items() if key[0] != "rmccomply"}
    assert len(found) == 60_000
    assert {told[0] for told in found.values()} == {"failure"}
    assert all(".rmcc:" in told[3] for told in found.values())


@pytest.mark.parametrize("objects_at_most", [400_000, 1_900, 1_300, 700])
def test_where_room_is_short_what_is_least_grave_is_left_out_and_counted(
    objects_at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rmccomply.formats.junit.room.XML_OBJECTS", objects_at_most)
    passing = judged("RMC-ID-001", "b", "pass", "x")
    items = [large.host(0), target(*([passing] * 100))]
    text = written(items, closing(items, 1))
    assert objects(text) <= objects_at_most
    found = read(text)
    kinds = Counter(told[0] for (name, _), told in found.items() if name != "rmccomply")
    root = ElementTree.fromstring(text)
    told = {one.get("name"): one.get("value") for one in root.iter("property")}
    left = {name: int(value or 0) for name, value in told.items() if name and name.startswith("left_out.")}
    assert kinds["failure"] + left.get("left_out.failure", 0) == 200
    assert kinds[""] + left.get("left_out.pass", 0) == 100
    if objects_at_most == 400_000:
        assert left == {}
    else:
        assert left["left_out.pass"] == 100
    if objects_at_most == 700:
        assert found["rmccomply", "left out"][0] == "failure"
        kept = {large.RULES[int(name[-3:]) - 1].severity for who, name in found if who != "rmccomply"}
        assert kept == {"critical", "high", "medium"}
    else:
        assert kinds["failure"] == 200


def test_where_octets_are_short_each_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rmccomply.formats.junit.room.JUNIT_OCTETS", 80_000)
    text = written([large.host(0)], large.closing(1))
    assert len(text.encode()) < 80_000
    found = [told for (name, _), told in read(text).items() if name != "rmccomply"]
    assert len(found) == 200
    assert all(told[3].startswith(("critical: ", "high: ", "medium: ", "low: ")) for told in found)


def test_it_is_written_to_a_file(program: Program, tmp_path: Any) -> None:
    place = tmp_path / "junit.xml"
    ran = program("check", "examples", "-o", f"junit={place}", "--now", "2026-11-20T04:00:00Z", "-q")
    assert ran.status == 1
    assert len(JUnitXml.fromfile(str(place))) == 6
