"""What is written of a report is read back as it was, whatever its texts hold, and is written again as it was."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.documents.report_1 import (
    finding_line,
    notification_line,
    parameter_line,
    policy_line,
    report_text,
    rows,
    summary_line,
    target_line,
)
from rmccomply.documents.report_1_reader import read, read_row
from rmccomply.documents.report_1_rows import FindingRow, NotificationRow, SummaryRow
from rmccomply.evidence.model import Notification
from rmccomply.report import ParameterCard
from tests.cli.running import Program
from tests.documents.drawn import NOTIFICATIONS, PARAMETERS, POLICIES, REPORTS, SUMMARIES, TARGETS, findings
from tests.formats.awkward import ASSESSED, BY_ID, RUN, SICK_FINDINGS, write
from tests.hosts.building import NOW

ROOT = Path(__file__).parents[2]
ASCII = frozenset(map(chr, range(0x20, 0x7F)))
DRAWN = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], str]]] = {
    "finding": (findings(), lambda row: finding_line(row, row)),
    "policy": (POLICIES, policy_line),
    "parameter": (PARAMETERS, parameter_line),
    "target": (TARGETS, target_line),
    "notification": (NOTIFICATIONS, notification_line),
    "summary": (SUMMARIES, lambda row: summary_line(row.counts, row.decided)),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", LINES)
@DRAWN
@given(data=st.data())
def test_a_row_is_read_back_as_it_was(kind: str, data: st.DataObject) -> None:
    rows, line_of = LINES[kind]
    row = data.draw(rows)
    line = line_of(row)
    assert set(line) <= ASCII
    assert read_row(type(row), line) == row


@DRAWN
@given(REPORTS)
def test_a_report_is_read_back_as_it_was(report: Any) -> None:
    text = report_text(report)
    assert set(text) <= ASCII | {"\n"}
    assert read(text) == read(text.encode()) == report


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
def test_a_report_of_the_examples_is_written_again_as_it_was(
    policy: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    tuned = ("--param", "minimum_free_mib=16")
    for more in ((), tuned):
        text = program("check", "examples", "-p", policy, "--now", NOW, "-o", "json", *more).out
        report = read(text)
        assert (len(report.targets), bool(report.parameters)) == (5, bool(more))
        assert report_text(report) == text


def test_the_awkward_report_is_written_again_as_it_was() -> None:
    tuned = RUN._replace(parameters=(ParameterCard("levels", "3", "4", True, "rmc-core"),))
    for run in (RUN, tuned):
        text = write("json", run=run)
        assert report_text(read(text)) == text
    empty = write("json", items=())
    assert report_text(read(empty)) == empty


def test_a_row_says_all_that_the_finding_says() -> None:
    told = [one for item in ASSESSED for one in item.findings]
    of_rule = ("title", "problem", "controls")
    names = [field.name for field in fields(FindingRow) if field.name not in of_rule]
    assert [name for name in names if not any(getattr(one, name) for one in told)] == []
    for finding in told:
        line = finding_line(finding, BY_ID[finding.rule])
        row = read_row(FindingRow, line)
        assert list(json.loads(line)) == [field.name for field in fields(FindingRow)]
        same = [name for name in names if name not in ("evidence", "caused_by", "waiver")]
        assert [getattr(row, name) for name in same] == [getattr(finding, name) for name in same]
        assert [getattr(row, name) for name in of_rule] == [getattr(BY_ID[finding.rule], name) for name in of_rule]
        assert row.caused_by == tuple(why.fingerprint for why in finding.caused_by)
        assert (row.waiver and asdict(row.waiver)) == (finding.waiver and finding.waiver._asdict())
        assert [asdict(place) for place in row.evidence] == [place._asdict() for place in finding.evidence]


def test_a_finding_of_before_is_read_and_has_nothing_of_what_came_later() -> None:
    (found,) = [one for one in SICK_FINDINGS if one.rule == "RMC-FS-001"]
    whole = json.loads(finding_line(found, BY_ID[found.rule]))
    later = ("title", "problem", "controls", "step", "first", "caused_by", "covered_by", "blocked_by", "waiver")
    before = {name: value for name, value in whole.items() if name not in later}
    row = read_row(FindingRow, json.dumps(before))
    assert [getattr(row, name) for name in later] == ["", "", (), None, "", (), None, (), None]
    assert json.loads(finding_line(row, row)).items() >= before.items()


def test_a_report_of_before_is_written_again_without_what_came_later() -> None:
    document = json.loads(write("json"))
    del document["run"]
    for target in document["targets"]:
        for name in ("os", "cluster", "image", "standing", "counts"):
            del target[name]
    again = json.loads(report_text(read(json.dumps(document))))
    assert again == document


def test_a_notification_of_no_target_is_about_the_one_whose_evidence_it_is_about() -> None:
    for note, target in ((Notification("x"), "b"), (Notification("x", target="b"), "a")):
        assert read_row(NotificationRow, notification_line(note, target)).target == "b"
    assert read_row(NotificationRow, notification_line(Notification("x"))).target == ""


def test_a_summary_counts_each_result() -> None:
    counts = {"pass": 1, "fail": 2, "unknown": 3, "not_applicable": 4, "error": 5}
    row = read_row(SummaryRow, summary_line(counts, 0.5))
    assert (row.passed, row.fail, row.unknown, row.not_applicable, row.error, row.decided) == (1, 2, 3, 4, 5, 0.5)
    assert row.counts == counts


def test_rows_stand_on_lines_of_their_own() -> None:
    assert ["".join(rows(some)) for some in ((), ("1",), ("1", "2"))] == ["[]", "[\n1\n]", "[\n1,\n2\n]"]
