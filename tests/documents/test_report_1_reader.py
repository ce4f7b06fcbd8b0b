"""The reader of reports and their schema refuse the same, and the reader says what, and where."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rmccomply.documents.report_1_reader import read, read_row, report_schema
from rmccomply.documents.report_1_rows import FindingRow
from rmccomply.errors import InputError
from tests.formats.awkward import write

VALIDATOR = Draft202012Validator(report_schema())
PLACE = {
    "uri": "bundles/a.rmcc",
    "start_line": 3,
    "end_line": 4,
    "start_column": 2,
    "text": "Subsystem",
    "request": "lssrc -a",
    "exit_status": 0,
    "collected": "2026-11-20T03:00:00Z",
    "snippet": "53 75",
}
FINDING: dict[str, Any] = {
    "rule": "RMC-SUB-001",
    "policy": "rmc-core",
    "target": "a",
    "subject": "",
    "result": "unknown",
    "reason": "denied",
    "severity": "high",
    "disposition": None,
    "message": "It was not allowed.",
    "expected": "active",
    "actual": "",
    "evidence": [PLACE],
    "remediation": "Ask as root.",
    "fingerprint": "0" * 64,
    "settle": "lssrc -a",
    "notes": ["a note"],
    "advice": "Collect as root.",
}
LATER: dict[str, Any] = {
    "title": "t",
    "problem": "p",
    "controls": ["c:1"],
    "step": "as_root",
    "first": "",
    "caused_by": ["1" * 64],
    "covered_by": None,
    "blocked_by": ["2" * 64],
}
"""Members of a finding that came later."""
COUNTED: dict[str, Any] = {
    "os": "AIX 7.2 TL5",
    "cluster": "ruled_out",
    "image": {"mode": "mounted_root", "sha256": "d" * 64},
    "standing": "failed",
    "counts": {
        "pass": 0,
        "fail": 1,
        "unknown": 1,
        "not_applicable": 0,
        "error": 0,
        "problems": {"critical": 0, "high": 1, "medium": 0, "low": 0, "info": 0},
    },
}
RAN: dict[str, Any] = {
    "id": "c" * 64,
    "now": "2026-11-21T08:30:00Z",
    "exit_status": 1,
    "gate": "failing",
    "settings": [{"name": "fail_on", "value": "low", "origin": "default"}],
}
REPORT: dict[str, Any] = {
    "schema": "rmccomply/report/1",
    "tool": {"name": "rmccomply", "version": "0.1.0"},
    "now": "2026-11-21T08:30:00Z",
    "policies": [{"id": "rmc-core", "title": "t", "version": "1", "sha256": "a" * 64, "uri": "policies/rmc-core.toml"}],
    "parameters": [{"name": "n", "value": "1", "of_policy": "2", "looser": True, "policy": "rmc-core"}],
    "findings": [FINDING, {**FINDING, **LATER, "result": "fail", "reason": None, "disposition": "active"}],
    "targets": [
        {
            "id": "a",
            "platform": "aix",
            "identity": {"type_model": "9105-42A", "serial": None, "lpar_id": 8},
            "labels": {"wave": "3"},
            "collected": None,
            "evidence": [{"uri": "bundles/a.rmcc", "sha256": "b" * 64}],
            **COUNTED,
        }
    ],
    "notifications": [{"level": "note", "text": "x", "uri": "", "line": 1, "target": ""}],
    "summary": {"pass": 0, "fail": 1, "unknown": 1, "not_applicable": 0, "error": 0, "decided": 0.5},
    "run": RAN,
}
ODD: list[Any] = [None, "", "x", "0" * 64, "fail", "unknown", "denied", 0, -1, 1, 7, 0.5, 1.5, True, [], [None], {}]


def accepted(document: Any) -> bool:
    try:
        read(json.dumps(document))
    except InputError:
        return False
    return True


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from places(inner, (*path, key))


def changed(document: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """A copy of a document with a change to the value that holds the last key of the path."""
    copy = json.loads(json.dumps(document))
    holder = copy
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return copy


def put(value: Any) -> Callable[[Any, Any], None]:
    """A change to this value."""
    return lambda holder, key: holder.__setitem__(key, value)


def test_a_whole_report_is_accepted() -> None:
    assert VALIDATOR.is_valid(REPORT)
    assert accepted(REPORT)
    assert accepted(json.loads(write("json")))


@pytest.mark.parametrize("path", list(places(REPORT)), ids=lambda path: ".".join(map(str, path)))
def test_reader_and_schema_agree_on_every_value(path: tuple[Any, ...]) -> None:
    """A whole number written with a decimal point is the one thing that only the schema takes: none is written so."""
    without = changed(REPORT, path, lambda holder, key: holder.pop(key))
    assert VALIDATOR.is_valid(without) == accepted(without), f"without {path}"
    for odd in ODD:
        other = changed(REPORT, path, put(odd))
        assert VALIDATOR.is_valid(other) == accepted(other), f"{odd!r} at {path}"


BROKEN: dict[str, tuple[tuple[Any, ...], Any]] = {
    "$.schema: must be 'rmccomply/report/1'": (("schema",), "rmccomply/report/2"),
    "$.tool.name: must be 'rmccomply'": (("tool", "name"), "other"),
    "$.now: must be a text": (("now",), 7),
    "$.policies: must be a list": (("policies",), {}),
    "$.policies[0]: must be a table": (("policies", 0), []),
    "$.policies[0].sha256: does not have the form ^[0-9a-f]{64}$": (("policies", 0, "sha256"), "a" * 63),
    "$.policies[0].uri: must not be empty": (("policies", 0, "uri"), ""),
    "$.parameters[0].looser: must be true or false": (("parameters", 0, "looser"), 1),
    "$.findings[0].result: must be 'pass', 'fail', 'unknown', 'not_applicable' or 'error'": (
        ("findings", 0, "result"),
        "green",
    ),
    "$.findings[0]: a reason is of an unknown, and every unknown has one": (("findings", 0, "reason"), None),
    "$.findings[1]: a reason is of an unknown, and every unknown has one": (("findings", 1, "reason"), "denied"),
    "$.findings[1]: a disposition is of a fail, and every fail has one": (("findings", 1, "disposition"), None),
    "$.findings[0]: a disposition is of a fail, and every fail has one": (("findings", 0, "disposition"), "active"),
    "$.findings[0].severity: must be 'critical', 'high', 'medium', 'low' or 'info'": (
        ("findings", 0, "severity"),
        "grave",
    ),
    "$.findings[0].evidence[0].start_line: must be at least 1": (("findings", 0, "evidence", 0, "start_line"), 0),
    "$.findings[0].evidence[0].exit_status: must be a whole number": (
        ("findings", 0, "evidence", 0, "exit_status"),
        "0",
    ),
    "$.findings[0].evidence[0].snippet: may be left out, but never be null": (
        ("findings", 0, "evidence", 0, "snippet"),
        None,
    ),
    "$.targets[0].id: must not be empty": (("targets", 0, "id"), ""),
    '$.targets[0].labels["two words"]: must be a text': (("targets", 0, "labels", "two words"), 3),
    "$.notifications[0].level: must be 'error', 'warning' or 'note'": (("notifications", 0, "level"), "fatal"),
    "$.summary.pass: must be a whole number": (("summary", "pass"), True),
    "$.summary.decided: must be at most 1": (("summary", "decided"), 1.5),
    "$.targets[0].standing: may be left out, but never be null": (("targets", 0, "standing"), None),
    "$.run: may be left out, but never be null": (("run",), None),
    "$.findings[1].caused_by[0]: does not have the form ^[0-9a-f]{64}$": (("findings", 1, "caused_by", 0), "x"),
    "$.summary.decided: must be a number": (("summary", "decided"), "all"),
}


@pytest.mark.parametrize("says", BROKEN)
def test_what_is_broken_is_refused_by_both_and_told_with_its_place(says: str) -> None:
    path, value = BROKEN[says]
    broken = changed(REPORT, path, put(value))
    assert not VALIDATOR.is_valid(broken)
    with pytest.raises(InputError) as refused:
        read(json.dumps(broken), "old.json")
    assert str(refused.value) == f"old.json: {says}"


def test_every_fault_is_told() -> None:
    broken = {**REPORT, "findings": [{**FINDING, "severity": "grave", "notes": [1, 2]}, {}]}
    with pytest.raises(InputError) as refused:
        read(json.dumps(broken))
    lines = str(refused.value).split("\n")
    assert len(lines) == 3 + len(FINDING)
    assert "the report: $.findings[0].notes[1]: must be a text" in lines
    assert "the report: $.findings[1].rule: is missing" in lines


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "the report: is not valid JSON: "),
        ("[]", "the report: $: must be a table"),
        ("\ud800", "the report: is not UTF-8 text: "),
        (b"\xff", "the report: is not UTF-8 text: "),
        (json.dumps({**REPORT, "more": float("nan")}), "the report: is not valid JSON: NaN is not a number"),
        (json.dumps({**REPORT, "more": 10**30}), "the report: cannot be used as JSON: "),
        ('{"a":' * 100_000, "the report: cannot be used as JSON: "),
    ],
)
def test_what_is_no_report_at_all(text: str | bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert str(refused.value).startswith(says)


def test_a_row_has_a_name_of_its_own() -> None:
    with pytest.raises(InputError, match=r"^old\.jsonl:7: \$: must be a table$"):
        read_row(FindingRow, "7", "old.jsonl:7")


def test_more_members_than_are_known_are_passed_over() -> None:
    more = {**REPORT, "later": 1, "findings": [{**FINDING, "causes": ["x"]}]}
    assert read(json.dumps(more)) == read(json.dumps({**REPORT, "findings": [FINDING]}))
    assert VALIDATOR.is_valid(more)


def test_the_schema_names_each_row_and_says_what_it_is() -> None:
    schema: Any = report_schema()
    Draft202012Validator.check_schema(schema)
    assert (schema["$id"], schema["title"]) == ("urn:rmccomply:schema:report:1", "rmccomply report, version 1")
    assert all(row["description"] and "title" not in row for row in schema["$defs"].values())
    assert schema["properties"]["findings"] == {"type": "array", "items": {"$ref": "#/$defs/finding"}}
    assert "parameters" not in schema["required"]
    assert "snippet" not in schema["$defs"]["reference"]["required"]
    assert not {"run", "parameters"} & {*schema["required"]}
    assert not {*LATER} & {*schema["$defs"]["finding"]["required"]}
    assert not {*COUNTED} & {*schema["$defs"]["target"]["required"]}
