"""A baseline after a report: what goes, what narrows, what is left outside; by random reports, it never grows."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.dispose.baseline import BaselineEntry, baseline_of
from rmccomply.documents.baseline_1 import baseline_bytes
from rmccomply.documents.baseline_1_reader import read_baseline
from rmccomply.documents.report_1_reader import read
from rmccomply.documents.report_1_rows import FindingRow, ReportDocument
from rmccomply.errors import UsageError
from rmccomply.finding import fingerprint
from rmccomply.runs.baseline import entries_of, updated
from rmccomply.words import RANK, SEVERITIES, Disposition, Reason, Result, Severity
from tests.documents.test_baseline_1 import entry

EMPTY = read(
    '{"schema":"rmccomply/report/1","tool":{"name":"rmccomply","version":"1"},"now":"2026-11-20T04:00:00Z","policies":[],'
    '"findings":[],"targets":[],"notifications":[],"summary":{"pass":0,"fail":0,"unknown":0,"not_applicable":0,'
    '"error":0,"decided":1.0}}'
)


def row(
    rule: str = "R-1",
    target: str = "a",
    subject: str = "",
    *,
    result: Result = "fail",
    severity: Severity = "high",
    actual: str = "x",
    disposition: Disposition = "active",
) -> FindingRow:
    reason: Reason | None = "timeout" if result == "unknown" else None
    return FindingRow(
        rule=rule,
        policy="p",
        target=target,
        subject=subject,
        result=result,
        reason=reason,
        severity=severity,
        disposition=disposition if result == "fail" else None,
        message="m",
        expected="e",
        actual=actual,
        evidence=(),
        remediation="",
        fingerprint=fingerprint(rule, target, subject),
        settle="",
        notes=(),
        advice="",
    )


def report(*rows: FindingRow) -> ReportDocument:
    return replace(EMPTY, findings=rows)


FEW = st.sampled_from("ab")
ROWS = st.builds(
    lambda rule, target, subject, result, severity, actual, disposition: row(
        f"R-{rule}",
        target,
        subject,
        result=result,
        severity=severity,
        actual=actual,
        disposition=disposition,
    ),
    st.sampled_from("12"),
    FEW,
    st.sampled_from(("", "s")),
    st.sampled_from(("pass", "fail", "unknown", "error", "not_applicable")),
    st.sampled_from(SEVERITIES),
    st.sampled_from(("x", "x; y", "1 %", "2 %")),
    st.sampled_from(("active", "waived", "baseline")),
)
REPORTS = st.lists(ROWS, max_size=8, unique_by=lambda one: one.fingerprint)
KNOWN = st.builds(
    entry,
    st.sampled_from(("R-1", "R-2")),
    FEW,
    st.sampled_from(("", "s")),
    st.sampled_from(SEVERITIES),
    st.sampled_from(("x", "x; y", "1 %")),
)
ENTRIES = st.lists(KNOWN, max_size=6, unique_by=lambda one: one.fingerprint)


@given(ENTRIES, REPORTS)
def test_it_never_grows_by_itself(before: list[BaselineEntry], rows: list[FindingRow]) -> None:
    old = {one.fingerprint: one for one in before}
    found = updated(baseline_of(before), report(*rows))
    for one in found.entries:
        was = old[one.fingerprint]
        assert RANK[one.severity] >= RANK[was.severity]
        assert {*one.actual.split("; ")} <= {*was.actual.split("; ")}
    again = updated(baseline_of(found.entries), report(*rows))
    assert (again.entries, again.gone, again.narrowed) == (found.entries, (), ())


@given(ENTRIES, REPORTS)
def test_an_entry_goes_only_where_its_rule_was_decided_and_does_not_fail(
    before: list[BaselineEntry], rows: list[FindingRow]
) -> None:
    gone = {one.fingerprint for one in updated(baseline_of(before), report(*rows)).gone}
    for one in before:
        of_rule = [each for each in rows if (each.rule, each.target) == (one.rule, one.target)]
        fails = any(each.result == "fail" and each.subject == one.subject for each in of_rule)
        open_ones = any(each.result in ("unknown", "error") for each in of_rule)
        assert (one.fingerprint in gone) == (bool(of_rule) and not fails and not open_ones)


@given(REPORTS, REPORTS, st.randoms(use_true_random=False))
def test_order_places_and_more_partitions_change_no_byte(
    rows: list[FindingRow], more: list[FindingRow], random: Random
) -> None:
    made = baseline_bytes(entries_of(report(*rows)))
    moved = [replace(one, message="other", remediation="y") for one in rows]
    random.shuffle(moved)
    others = [replace(one, target="c", fingerprint=fingerprint(one.rule, "c", one.subject)) for one in more]
    assert baseline_bytes(entries_of(report(*moved))) == made
    lines = baseline_bytes(entries_of(report(*others, *moved))).splitlines()
    assert [one for one in lines if b'"target":"c"' not in one] == made.splitlines()
    after = updated(baseline_of(entries_of(report(*rows))), report(*others, *moved))
    assert baseline_bytes(after.entries) == made


def test_a_fail_that_is_milder_or_less_narrows_and_nothing_else() -> None:
    high = entry("R-1", "a", actual="x; y")
    for now, then in (
        (row(severity="low", actual="x; y"), ("low", "x; y")),
        (row(severity="low"), ("low", "x")),
        (row(severity="critical"), ("high", "x; y")),
        (row(actual="y"), ("high", "y")),
        (row(actual="z"), ("high", "x; y")),
        (row(severity="low", actual="z"), ("low", "x; y")),
        (row(actual="x; y; z"), ("high", "x; y")),
    ):
        (one,) = updated(baseline_of([high]), report(now)).entries
        assert (one.severity, one.actual) == then


def test_what_is_outside_is_listed_worst_first_with_whether_it_is_known() -> None:
    rows = [
        row("R-3", severity="low"),
        row("R-1", severity="critical"),
        row("R-2", subject="s"),
        row("R-4", disposition="waived"),
        row("R-5", disposition="baseline", actual="2 %"),
        row("R-6", result="unknown"),
    ]
    found = updated(baseline_of([entry("R-1", "a"), entry("R-5", "a", actual="1 %")]), report(*rows))
    assert [(one.rule, known) for one, known in found.candidates] == [("R-1", True), ("R-2", False), ("R-3", False)]


def test_what_is_accepted_enters_as_it_is() -> None:
    new, changed = row("R-2", subject="s"), row(severity="critical", actual="z")
    names = (new.fingerprint, changed.fingerprint, new.fingerprint)
    found = updated(baseline_of([entry("R-1", "a")]), report(new, changed), names)
    assert (
        found.entries == found.accepted == entries_of(report(*sorted((new, changed), key=lambda one: one.fingerprint)))
    )
    assert found.candidates == ()


def test_a_waived_fail_is_not_accepted() -> None:
    waived = row(disposition="waived")
    with pytest.raises(UsageError, match="it is waived"):
        updated(baseline_of([]), report(waived), [waived.fingerprint])


def test_of_two_fails_of_one_rule_about_one_thing_the_first_is_known(tmp_path: Path) -> None:
    found = report(row(actual="first"), row(actual="second"))
    assert [one.actual for one in entries_of(found)] == ["first"]
    file = tmp_path / "b.ndjson"
    file.write_bytes(baseline_bytes(entries_of(found)))
    known = read_baseline(file)
    after = updated(known, found)
    assert (known.total, after.entries, after.gone, after.narrowed) == (1, entries_of(found), (), ())
