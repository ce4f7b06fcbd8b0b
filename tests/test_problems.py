"""Problems: every active fail is in one, reasons stand before what follows from them, and no order of input matters."""

from collections.abc import Sequence
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.finding import Because, Finding, fingerprint
from rmccomply.problems import (
    Failing,
    failing_of,
    informing,
    problems_of,
    shown_problems,
    standing_of,
    undecided_of,
)
from rmccomply.verdict import Verdict
from rmccomply.words import RANK, SEVERITIES, Disposition, Severity
from tests.waivers import card_for

RULES = [f"MY-{letter}-001" for letter in "ABCDEF"]


def mark(rule: str, subject: str = "") -> str:
    return fingerprint(rule, "lpar1", subject)


def fail(
    rule: str,
    severity: Severity = "high",
    *why: str,
    over: str = "",
    subject: str = "",
    disposition: Disposition = "active",
) -> Finding:
    """A fail of a rule, with the rules that can be the reason of it, and one that covers it."""
    return Finding(
        verdict=Verdict(rule, "mine", severity, "fail", f"{rule} fails.", subject=subject),
        target="lpar1",
        fingerprint=mark(rule, subject),
        disposition=disposition,
        caused_by=tuple(Because(mark(one), one, f"{one} can be the reason.") for one in why),
        covered_by=mark(over) if over else None,
        waiver=card_for(disposition),
    )


def order(*findings: Finding) -> list[str]:
    return [one.rule for one in problems_of(findings)]


A, B, C, D = RULES[:4]


def test_the_worse_stands_first_and_equals_stand_by_their_ids() -> None:
    assert order(fail(A, "low"), fail(C, "critical"), fail(B, "critical"), fail(D, "info")) == [B, C, A, D]


def test_a_reason_stands_before_what_it_brings_about_however_mild_it_is() -> None:
    assert order(fail(A, "critical", B), fail(B, "low")) == [B, A]


def test_a_chain_stands_together_before_an_unrelated_problem_as_bad_as_its_worst() -> None:
    assert order(fail(A, "critical"), fail(B, "critical", C), fail(C, "high")) == [C, B, A]
    assert order(fail(A, "critical"), fail(B, "high", C), fail(C, "low")) == [A, C, B]


def test_of_several_reasons_the_worse_stands_first_and_all_before_their_effect() -> None:
    assert order(fail(A, "critical", B, C, D), fail(B, "low"), fail(C, "high"), fail(D, "medium")) == [C, D, B, A]


def test_what_is_the_same_fault_is_one_problem_with_the_severity_of_its_worst() -> None:
    (one,) = problems_of([fail(A, "high"), fail(B, "critical", over=A), fail(C, "low", over=B)])
    assert (one.rule, one.severity) == (A, "critical")
    assert [other.rule for other in one.covered] == [B, C]


def test_findings_of_one_rule_are_one_problem() -> None:
    (one,) = problems_of([fail(A, subject="x"), fail(A, subject="y")])
    assert [finding.subject for finding in one.findings] == ["x", "y"]


def test_a_rule_may_be_seen_again_by_one_of_its_findings_alone() -> None:
    first, second = problems_of([fail(A), fail(B, subject="x", over=A), fail(B, subject="y")])
    assert [finding.subject for finding in first.covered] == ["x"]
    assert [finding.subject for finding in second.findings] == ["y"]


def test_a_fleet_counts_a_reason_by_the_problem_that_it_is_part_of() -> None:
    found = problems_of([fail(A, "critical", C), fail(B, "high"), fail(C, "low", over=B)])
    assert list(failing_of(found)) == [Failing(B, "high", (), (C,)), Failing(A, "critical", (B,))]


def test_a_problem_that_is_shown_keeps_a_reason_that_is_not() -> None:
    whole = [fail(A, "critical", B), fail(B, "low")]
    (shown,) = shown_problems(whole, whole[:1])
    assert (shown.rule, [why.rule for why in shown.reasons]) == (A, [B])


def test_of_severity_info_that_informs_which_explains_nothing_graver() -> None:
    found = tuple(failing_of(problems_of([fail(A, "high", B), fail(B, "info", C), fail(C, "info"), fail(D, "info")])))
    assert [one.rule for one in found] == [C, B, A, D]
    assert informing(found) == {D}


@pytest.mark.parametrize("disposition", ["waived", "baseline"])
def test_what_was_accepted_is_no_problem_and_neither_hides_nor_heads_one(disposition: Disposition) -> None:
    accepted = fail(A, "critical", disposition=disposition)
    (one,) = problems_of([accepted, fail(B, "high", A, over=A)])
    assert (one.rule, one.severity, one.covered, one.reasons) == (B, "high", (), ())
    assert problems_of([accepted]) == ()


def test_reasons_are_those_that_are_other_problems() -> None:
    covered = fail(B, "high", A, over=A)
    (one,) = problems_of([fail(A, "high", B), covered])
    assert one.reasons == ()
    first, second = problems_of([fail(C, "low"), fail(A), fail(B, "high", C, over=A)])
    assert (first.rule, second.rule, [why.rule for why in second.reasons]) == (C, A, [C])


def test_a_circle_of_reasons_is_stood() -> None:
    assert order(fail(A, "high", B), fail(B, "critical", A)) == [B, A]
    effect = fail(C, "critical", B)
    assert order(fail(A, "low", B), fail(B, "low", A), effect) == [A, B, C]
    before = fail(D, "info")
    assert order(fail(A, "low", B, D), fail(B, "low", A), effect, before) == [D, A, B, C]


def test_a_circle_of_what_covers_is_headed_by_its_worst() -> None:
    (one,) = problems_of([fail(A, "low", over=B), fail(B, "high", over=A), fail(C, "critical", over=A)])
    assert (one.rule, {other.rule for other in one.covered}, one.severity) == (B, {A, C}, "critical")


def test_of_many_equal_problems_the_order_is_found_in_time() -> None:
    names = [f"MY-N{number}-001" for number in range(300)]
    found = [fail(name, "high", *names[max(0, at - 3) : at]) for at, name in enumerate(names)]
    Random(7).shuffle(found)
    assert order(*found) == names


def test_every_order_of_input_gives_the_same_order() -> None:
    found = [fail(A, "critical", B), fail(B, "low", C), fail(C, "low", B), fail(D, "high")]
    assert {tuple(order(*one)) for one in permutations(found)} == {(B, C, A, D)}


@st.composite
def fails(draw: st.DrawFn) -> list[Finding]:
    """Any active and accepted fails, that explain and cover any others, in circles too."""
    rules = draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=6, unique=True))
    return [
        fail(
            rule,
            draw(st.sampled_from(SEVERITIES)),
            *draw(st.lists(st.sampled_from(RULES), max_size=3, unique=True)),
            over=draw(st.sampled_from(["", "", *RULES])),
            disposition=draw(st.sampled_from(["active", "active", "active", "waived"])),
        )
        for rule in rules
    ]


def reached(rule: str, reasons: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [*reasons[rule]]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += reasons[one]
    return found


@settings(max_examples=400)
@given(fails(), st.randoms(use_true_random=False))
def test_what_holds_of_any_fails(found: list[Finding], random: Random) -> None:
    problems = problems_of(found)
    held = [one.fingerprint for problem in problems for one in (*problem.findings, *problem.covered)]
    assert sorted(held) == sorted(one.fingerprint for one in found if one.disposition == "active")
    owner = {one.fingerprint: problem.rule for problem in problems for one in (*problem.findings, *problem.covered)}
    reasons = {one.rule: {owner[why.fingerprint] for why in one.reasons} for one in problems}
    place = {one.rule: number for number, one in enumerate(problems)}
    for rule in place:
        for why in reasons[rule]:
            assert place[why] < place[rule] or rule in reached(why, reasons)
    for one in problems:
        assert RANK[one.severity] == min(RANK[finding.severity] for finding in (*one.findings, *one.covered))
    random.shuffle(found)
    assert [one.rule for one in problems_of(found)] == [one.rule for one in problems]


def unknown(rule: str, first: str = "") -> Finding:
    verdict = Verdict(rule, "mine", "high", "unknown", "It is unknown.", "failed", step="fix_first", first=first)
    return Finding(verdict=verdict, target="lpar1", fingerprint=mark(rule))


def test_unknowns_stand_by_what_settles_them() -> None:
    most, least = undecided_of([unknown(A, D), unknown(B, C), unknown(C, D)])
    assert ([one.rule for one in most.findings], most.first) == ([A, C], D)
    assert ([one.rule for one in least.findings], least.first) == ([B], C)


def standing(*findings: Finding, left_out: int = 0) -> str:
    return standing_of(findings, left_out)


def passed(rule: str) -> Finding:
    return Finding(verdict=Verdict(rule, "mine", "high", "pass", "Good."), target="lpar1", fingerprint=mark(rule))


@pytest.mark.parametrize(
    ("findings", "left_out", "expected"),
    [
        ([passed(A)], 0, "healthy"),
        ([passed(A)], 1, "no_problems"),
        ([passed(A), fail(B, "info")], 0, "healthy"),
        ([passed(A), fail(B, "low")], 0, "failed"),
        ([passed(A), fail(B, "low", disposition="waived")], 0, "no_problems"),
        ([passed(A), unknown(B)], 0, "undecided"),
        ([unknown(A), fail(B)], 0, "failed"),
        ([], 0, "not_applicable"),
    ],
)
def test_what_a_target_is(findings: Sequence[Finding], left_out: int, expected: str) -> None:
    assert standing(*findings, left_out=left_out) == expected
