"""What becomes of fails, and what a run leaves of waivers and baseline."""

import pickle
from dataclasses import replace
from itertools import permutations

import pytest

from rmccomply.dispose import Disposed, Leftover, Terms, Used, close, dispose
from rmccomply.dispose.baseline import BaselineEntry, BaselineUse, LeftEntries, baseline_of
from rmccomply.dispose.waivers import Waiver, WaiverUse
from rmccomply.finding import Finding, findings_of
from rmccomply.verdict import Verdict
from rmccomply.words import Reason, Result, Severity


def found(
    result: Result, rule: str = "RMC-SUB-001", *, target: str = "lpar1", severity: Severity = "high", actual: str = "x"
) -> Finding:
    reason: Reason | None = "denied" if result == "unknown" else None
    (one,) = findings_of((Verdict(rule, "rmc-core", severity, result, "so", reason, actual=actual),), target)
    return one


def entry_of(finding: Finding, severity: Severity = "high", actual: str = "x") -> BaselineEntry:
    return BaselineEntry(finding.fingerprint, finding.rule, finding.target, finding.subject, severity, actual)


WAIVER = Waiver("W-1", "RMC-SUB-001", ("lpar*",), "high")


def disposition(finding: Finding, terms: Terms) -> str | None:
    (one,) = dispose([finding], terms).findings
    return one.disposition


@pytest.mark.parametrize("result", ["pass", "unknown", "error", "not_applicable"])
def test_only_a_fail_is_disposed_of(result: Result) -> None:
    finding = found(result)
    assert dispose([finding], Terms((WAIVER,), baseline_of([entry_of(finding)]))).findings == (finding,)


def test_a_fail_is_active_unless_a_term_covers_it() -> None:
    assert disposition(found("fail"), Terms()) == "active"
    assert disposition(found("fail"), Terms((WAIVER,))) == "waived"
    assert disposition(found("fail"), Terms((), baseline_of([entry_of(found("fail"))]))) == "baseline"
    assert disposition(found("fail"), Terms((WAIVER,), baseline_of([entry_of(found("fail"))]))) == "waived"


@pytest.mark.parametrize(
    "waiver",
    [
        WAIVER._replace(rule="RMC-SUB-002"),
        WAIVER._replace(targets=("lpar2", "LPAR*")),
        WAIVER._replace(severity="medium"),
        WAIVER._replace(subject="ctrmc"),
        WAIVER._replace(targets=()),
    ],
)
def test_a_waiver_covers_what_it_names_and_no_more(waiver: Waiver) -> None:
    assert disposition(found("fail"), Terms((waiver,))) == "active"


def test_a_waiver_covers_what_is_less_severe() -> None:
    assert disposition(found("fail", severity="low"), Terms((WAIVER,))) == "waived"


def test_a_waiver_may_name_its_subject() -> None:
    (ctrmc,) = findings_of((Verdict("RMC-SUB-001", "rmc-core", "high", "fail", "so", subject="ctrmc"),), "lpar1")
    assert disposition(ctrmc, Terms((WAIVER._replace(subject="ctrmc"),))) == "waived"


def test_what_a_target_used_of_the_terms() -> None:
    waived, known, passed, new = (
        found("pass" if number == 3 else "fail", f"RMC-SUB-00{number}") for number in (1, 2, 3, 4)
    )
    terms = Terms((WAIVER,), baseline_of(entry_of(one) for one in (waived, known, passed)))
    assert dispose([waived, known, passed, new], terms) == Disposed(
        (
            replace(waived, disposition="waived", waiver=WAIVER.card),
            replace(known, disposition="baseline"),
            passed,
            new,
        ),
        Used((WaiverUse("W-1", "covers", 1, "lpar1", "high"),), BaselineUse("lpar1", 2, (entry_of(passed),))),
    )


def test_what_is_left_is_counted_and_the_first_of_it_named() -> None:
    gone, still, unseen = ([found("fail", target=f"lpar{number}{letter}") for number in range(5)] for letter in "gsu")
    terms = Terms((), baseline_of(map(entry_of, (*gone, *still, *unseen))))
    passed = [found("pass", target=one.target) for one in gone]
    told = [dispose([one], terms).used for one in (*passed, *still)]
    first = [LeftEntries(5, tuple(map(entry_of, some[:3]))) for some in (gone, unseen)]
    assert close(terms, told) == Leftover((), *first)


@pytest.mark.parametrize(("severity", "actual"), [("medium", "x"), ("high", "y")])
def test_a_fail_that_grew_worse_or_is_another_is_active(severity: Severity, actual: str) -> None:
    terms = Terms((), baseline_of([entry_of(found("fail"), severity, actual)]))
    assert disposition(found("fail"), terms) == "active"
    assert close(terms, [dispose([found("fail")], terms).used]) == Leftover()


@pytest.mark.parametrize("result", ["pass", "not_applicable"])
def test_an_entry_is_absent_only_where_its_target_was_decided(result: Result) -> None:
    entry = entry_of(found("fail"))
    terms = Terms((), baseline_of([entry]))
    assert close(terms, [dispose([found(result)], terms).used]).absent == LeftEntries(1, (entry,))
    for undecided in ([found("unknown")], [found("error")], [found("pass", target="lpar2")], []):
        left = close(terms, [dispose(undecided, terms).used])
        assert (left.absent, left.not_assessed) == (LeftEntries(), LeftEntries(1, (entry,)))


def test_a_waiver_that_covers_no_fail_is_unused() -> None:
    other = WAIVER._replace(id="W-2", rule="RMC-VER-001")
    terms = Terms((WAIVER, other))
    left = close(terms, [dispose([found("fail"), found("pass", "RMC-VER-001")], terms).used])
    assert [(one.waiver, one.state, one.findings) for one in left.waivers] == [
        (WAIVER, "in_force", 1),
        (other, "unused", 0),
    ]


def test_targets_are_disposed_of_in_any_order_and_elsewhere() -> None:
    targets = [[found("fail", target=f"lpar{number}"), found("pass", "RMC-VER-001")] for number in range(3)]
    entries = [entry_of(targets[1][0]), entry_of(found("fail"))]
    terms = pickle.loads(pickle.dumps(Terms((WAIVER._replace(targets=("lpar0",)),), baseline_of(entries))))
    told = [pickle.loads(pickle.dumps(dispose(one, terms))) for one in targets]
    left = [close(terms, some) for some in permutations(one.used for one in told)]
    assert {(len(one.waivers), one.absent.total, one.not_assessed.total) for one in left} == {(1, 0, 0)}
    assert [one.findings[0].disposition for one in told] == ["waived", "baseline", "active"]


def test_the_first_of_two_entries_with_one_fingerprint_counts() -> None:
    first = entry_of(found("fail"))
    assert [*baseline_of([first, first._replace(actual="y")]).each()] == [first]


def test_a_finding_keeps_all_but_its_disposition() -> None:
    finding = found("fail")
    assert dispose([finding], Terms((WAIVER,))).findings == (
        replace(finding, disposition="waived", waiver=WAIVER.card),
    )
