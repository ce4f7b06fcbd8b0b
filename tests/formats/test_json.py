"""Report JSON, version 1: its schema, and text that means harm."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for
from syrupy.assertion import SnapshotAssertion

from rmccomply.documents.report_1 import finding_line
from rmccomply.documents.report_1_reader import report_schema
from rmccomply.finding import NOT_JUDGED, not_judged
from rmccomply.formats import Format
from rmccomply.formats import json as report_json
from rmccomply.reference.pages import schema_text
from rmccomply.report import Assessed, TargetCard
from rmccomply.words import RESULTS, SEVERITIES
from tests.formats import awkward
from tests.formats.awkward import PLAIN, RULES, SICK_FINDINGS, write

FITS: Format[report_json.JsonFragment] = report_json
"""The type checker sees that the module is a format."""

SCHEMA = Path(__file__).parents[2] / "schemas" / "report-1.schema.json"


def report() -> Any:
    return json.loads(write("json"))


def closed(schema: Any) -> Any:
    """The schema with no room for what it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **inner} if "required" in inner else inner


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    text = write("json")
    assert text.encode() == snapshot(extension_class=awkward.snapshots_as("json"))


def test_the_schema_file_is_what_the_code_says() -> None:
    assert SCHEMA.read_text() == schema_text("report"), "generate it anew: see schemas/README.md"


def test_the_schema_is_one() -> None:
    validator_for(report_schema()).check_schema(report_schema())


def test_a_report_is_valid_and_holds_nothing_that_the_schema_does_not_name() -> None:
    schema = closed(report_schema())
    assert [error.message for error in validator_for(schema)(schema).iter_errors(report())] == []


@pytest.mark.parametrize(
    "change",
    [
        {"result": "unknown", "reason": None, "disposition": None},
        {"result": "pass", "reason": "denied", "disposition": None},
        {"result": "fail", "disposition": None},
        {"result": "pass"},
        {"severity": "grave"},
        {"fingerprint": "short"},
        {"evidence": [{}]},
    ],
)
def test_the_schema_refuses(change: dict[str, Any]) -> None:
    document = report()
    document["findings"][5].update(change)
    assert not validator_for(report_schema())(report_schema()).is_valid(document)


def test_an_empty_report_is_valid() -> None:
    document = json.loads(write("json", PLAIN, (), awkward.closing((), 4)))
    validator_for(report_schema())(report_schema()).validate(document)
    assert document["findings"] == document["targets"] == document["notifications"] == []
    assert document["summary"]["decided"] == 1.0


def test_sections_and_findings_keep_their_order() -> None:
    assert list(report()) == [
        *("schema", "tool", "now", "policies", "findings", "targets", "notifications", "summary", "run"),
    ]
    findings = [(finding["target"], finding["rule"]) for finding in report()["findings"]]
    assert findings == [(each.target, each.rule) for item in awkward.ASSESSED for each in item.findings]


def test_counts_and_share() -> None:
    summary = report()["summary"]
    assert [summary[result] for result in RESULTS] == [2, 7, 2, 3, 1]
    assert summary["decided"] == 0.75


def test_a_target_says_what_it_is_and_counts_its_findings_and_its_problems() -> None:
    targets = {each["id"]: each for each in report()["targets"]}
    assert {name: each["standing"] for name, each in targets.items()} == {
        awkward.FAIR: "error",
        awkward.SICK: "failed",
        awkward.WELL: "healthy",
        awkward.NONE_APPLIED: "not_applicable",
    }
    assert targets[awkward.SICK]["counts"] == {
        "pass": 0,
        "fail": 5,
        "unknown": 2,
        "not_applicable": 0,
        "error": 0,
        "problems": {"critical": 1, "high": 1, "medium": 1, "low": 0, "info": 1},
    }
    assert targets[awkward.FAIR]["counts"]["problems"] == dict.fromkeys(SEVERITIES, 0)


def test_a_finding_has_the_words_of_its_rule() -> None:
    found = {each["rule"]: each for each in report()["findings"] if each["target"] == awkward.SICK}
    card = awkward.BY_ID["RMC-ID-001"]
    row = found["RMC-ID-001"]
    assert (row["title"], row["problem"], tuple(row["controls"])) == (card.title, card.problem, card.controls)
    assert row["problem"]


def test_findings_name_what_explains_them_by_fingerprint() -> None:
    found = {each["rule"]: each for each in report()["findings"] if each["target"] == awkward.SICK}
    full = found["RMC-FS-001"]["fingerprint"]
    old = found["RMC-VER-001"]["fingerprint"]
    assert (found["RMC-ID-001"]["caused_by"], found["RMC-ID-001"]["covered_by"]) == ([full], None)
    assert (found["RMC-VER-002"]["caused_by"], found["RMC-VER-002"]["covered_by"]) == ([old], old)
    unknown = found["RMC-SUB-001"]
    assert (unknown["blocked_by"], unknown["step"], unknown["first"]) == ([full], "fix_first", "RMC-FS-001")
    assert (found["RMC-NET-001"]["blocked_by"], found["RMC-NET-001"]["step"]) == ([], "as_root")


def test_a_target_that_could_not_be_judged_has_words_too() -> None:
    item = Assessed(TargetCard("a", "", None, None, None, ()), (not_judged("a", "too slow"),))
    (row,) = json.loads(write("json", PLAIN, (item,)))["findings"]
    assert (row["rule"], row["title"], row["problem"]) == ("rmccomply", NOT_JUDGED, NOT_JUDGED)


def test_the_run_says_how_it_was_asked_and_how_it_ended() -> None:
    run = report()["run"]
    assert {name: run[name] for name in ("id", "now", "exit_status", "gate")} == {
        "id": awkward.CLOSING.run_id,
        "now": awkward.RUN.now,
        "exit_status": 2,
        "gate": "not_judged",
    }
    assert run["settings"] == [
        {"name": "fail_on", "value": "low", "origin": "default"},
        {"name": "rmc-core.minimum_free_mib", "value": awkward.HOSTILE, "origin": "command line"},
    ]


def test_a_notification_names_its_target() -> None:
    assert [note["target"] for note in report()["notifications"]] == [awkward.SICK, awkward.SICK, *[""] * 6]


def test_a_snippet_is_there_only_where_the_file_shows_other_text() -> None:
    evidence = json.loads(finding_line(SICK_FINDINGS[0], RULES[0]))["evidence"]
    assert ["snippet" in entry for entry in evidence] == [True, False]


def test_hostile_text_is_kept_whole_and_written_in_printable_ascii() -> None:
    text = write("json")
    assert set(text) <= {"\n", *map(chr, range(0x20, 0x7F))}
    hostile = next(each for each in json.loads(text)["findings"] if each["rule"] == "RMC-FS-001")
    assert hostile["actual"] == awkward.HOSTILE


def test_a_lone_surrogate_does_no_harm() -> None:
    finding = awkward.judged("RMC-OS-001", "a", "pass", "odd \udc80 byte")
    item = Assessed(TargetCard("a", "aix", None, None, None, ()), (finding,))
    assert json.loads(write("json", PLAIN, (item,)))["findings"][0]["message"] == "odd \udc80 byte"


def test_one_finding_a_line() -> None:
    lines = write("json").splitlines()
    expected = [each for item in awkward.ASSESSED for each in item.findings]
    assert [json.loads(line.rstrip(","))["rule"] for line in lines if line.startswith('{"rule"')] == [
        each.rule for each in expected
    ]
