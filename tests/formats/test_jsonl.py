"""JSON Lines: the findings of the report, each with what it takes to understand it alone."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion

from rmccomply.documents.finding_1_rows import finding_schema
from rmccomply.finding import not_judged
from rmccomply.formats import Format, Frame, jsonl
from rmccomply.report import Assessed, TargetCard
from tests.formats import awkward
from tests.formats.awkward import ASSESSED, CLOSING, PLAIN, RUN, write

FITS: Format[str] = jsonl
"""The type checker sees that the module is a format."""


def lines() -> list[Any]:
    return [json.loads(line) for line in write("jsonl").splitlines()]


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    text = write("jsonl")
    assert text.encode() == snapshot(extension_class=awkward.snapshots_as("jsonl"))


def test_a_line_has_all_that_the_finding_has_in_report_json() -> None:
    findings = json.loads(write("json"))["findings"]
    assert len(lines()) == len(findings)
    assert all(line.items() >= finding.items() for line, finding in zip(lines(), findings, strict=True))


def test_a_line_says_what_run_and_what_target_it_is_of() -> None:
    sick = next(line for line in lines() if line["target"] == awkward.SICK and line["rule"] == "RMC-VER-001")
    assert {
        "schema": "rmccomply/finding/1",
        "run": awkward.RUN_ID,
        "now": RUN.now,
        "tool_version": "0.1.0",
        "policy": "powervs-import",
        "policy_version": "2026.2",
        "platform": "aix",
        "os": f"AIX 7.2 {awkward.BIDI}",
        "cluster": "unknown",
        "type_model": "9105-42A",
        "serial": "78A1B20",
        "lpar_id": 8,
        "labels": {"wave": awkward.HOSTILE},
        "collected": awkward.COLLECTED,
    }.items() <= sick.items()


def test_every_line_fits_its_schema_and_holds_nothing_that_it_does_not_name() -> None:
    schema: Any = finding_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for line in lines():
        assert [error.message for error in validator.iter_errors(line)] == []
        assert {*line} == {*schema["properties"]}


def test_a_target_that_could_not_be_judged_has_a_line() -> None:
    item = Assessed(TargetCard("a", "", None, None, None, ()), (not_judged("a", "too slow"),))
    (line,) = write("jsonl", PLAIN, (item,)).splitlines()
    assert (json.loads(line)["policy"], json.loads(line)["policy_version"]) == ("", "")
    assert Draft202012Validator(finding_schema()).is_valid(json.loads(line))


def test_all_lines_come_at_the_end_since_the_id_of_the_run_does() -> None:
    frame = Frame(RUN, PLAIN)
    made = jsonl.assembly(frame)
    assert [made.begin(), *(made.add(jsonl.fragment(item, frame)) for item in ASSESSED)] == [""] * (len(ASSESSED) + 1)
    assert [piece.count("\n") for piece in made.end(CLOSING)] == [len(item.findings) for item in ASSESSED]
    made.abandon()


def test_a_report_without_findings_is_empty() -> None:
    assert write("jsonl", PLAIN, (Assessed(TargetCard("a", "aix", None, None, None, ()), ()),)) == ""


def test_nothing_in_a_line_can_end_it_or_drive_a_terminal() -> None:
    assert set(write("jsonl")) <= {"\n", *map(chr, range(0x20, 0x7F))}
