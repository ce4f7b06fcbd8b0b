"""Outcomes: the laws of three-valued logic, for any operands."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.evidence.model import Reference
from rmccomply.facts.model import known, not_applicable, unknown
from rmccomply.outcome import Outcome, combined, facts_behind, negated, of_fact, of_value
from rmccomply.words import Result

KIND = st.sampled_from(("all", "any"))
RESULT = st.sampled_from(("pass", "fail", "unknown", "not_applicable"))
RESULTS = st.lists(RESULT, min_size=1, max_size=6)
Kind = Literal["all", "any"]


def outcomes(results: list[Result]) -> list[Outcome]:
    return [
        Outcome(result, f"{number} is {result}.", "timeout" if result == "unknown" else None)
        for number, result in enumerate(results)
    ]


def result(kind: Kind, results: list[Result]) -> Result:
    return combined(kind, outcomes(results)).result


@given(KIND, st.permutations(["pass", "fail", "unknown", "not_applicable"]), RESULTS)
def test_the_order_of_operands_decides_nothing(kind: Kind, order: list[Result], more: list[Result]) -> None:
    assert result(kind, order + more) == result(kind, more + order)


@given(KIND, RESULTS)
def test_what_does_not_apply_is_dropped(kind: Kind, results: list[Result]) -> None:
    kept: list[Result] = [one for one in results if one != "not_applicable"]
    assert result(kind, [*results, "not_applicable"]) == (result(kind, kept) if kept else "not_applicable")


@given(KIND, st.integers(1, 5))
def test_all_dropped_does_not_apply(kind: Kind, number: int) -> None:
    assert result(kind, ["not_applicable"] * number) == "not_applicable"


@given(RESULTS)
def test_a_fail_decides_all_and_a_pass_any(results: list[Result]) -> None:
    assert result("all", [*results, "fail"]) == "fail"
    assert result("any", [*results, "pass"]) == "pass"


@given(RESULTS)
def test_an_unknown_is_a_pass_of_nothing_but_any(results: list[Result]) -> None:
    assert result("all", [*results, "unknown"]) in ("fail", "unknown")
    assert result("any", [*results, "unknown"]) in ("pass", "unknown")


@given(KIND, RESULTS, RESULTS, RESULTS)
def test_grouping_decides_nothing(kind: Kind, one: list[Result], two: list[Result], three: list[Result]) -> None:
    left = [result(kind, [result(kind, one), result(kind, two)]), result(kind, three)]
    assert result(kind, left) == result(kind, [*one, *two, *three])


@given(RESULTS)
def test_de_morgan(results: list[Result]) -> None:
    parts = outcomes(results)
    assert negated(combined("all", parts)).result == combined("any", [negated(part) for part in parts]).result


@given(RESULT)
def test_twice_negated_is_itself(one: Result) -> None:
    (part,) = outcomes([one])
    assert negated(negated(part)).result == one


@given(KIND, RESULTS)
def test_only_an_unknown_has_a_reason(kind: Kind, results: list[Result]) -> None:
    found = combined(kind, outcomes(results))
    assert (found.reason is not None) == (found.result == "unknown")


@given(KIND, RESULTS)
def test_a_fault_of_ours_is_outvoted_by_nothing(kind: Kind, results: list[Result]) -> None:
    assert result(kind, [*results, "error"]) == "error"


@given(KIND, RESULT)
def test_one_operand_is_itself(kind: Kind, one: Result) -> None:
    (part,) = outcomes([one])
    assert combined(kind, [part]) is part


def test_the_parts_that_decide_speak_once_each() -> None:
    parts = [
        Outcome("fail", "A.", expected="x", actual="1", notes=("n",)),
        Outcome("pass", "B.", expected="y", actual="2"),
        Outcome("fail", "A.", expected="x", actual="3", notes=("n",)),
    ]
    found = combined("all", parts)
    assert (found.message, found.expected, found.actual, found.notes) == ("A.", "x", "1; 3", ("n",))
    assert (found.parts, found.settle, found.reason) == (tuple(parts), "", None)


def place(line: int) -> Reference:
    return Reference("test.rmcc", line, line, "the line", "lssrc -a", 0, None)


def test_where_none_decides_alone_all_that_apply_speak() -> None:
    parts = [
        Outcome("not_applicable", "A.", evidence=(place(1),)),
        Outcome("pass", "B.", expected="x", evidence=(place(2), place(3))),
        Outcome("pass", "C.", expected="y", evidence=(place(3), place(4))),
    ]
    found = combined("all", parts)
    assert (found.result, found.message, found.expected) == ("pass", "B. C.", "x; y")
    assert found.evidence == (place(2), place(3), place(4))
    assert found.parts == tuple(parts)


def test_a_contradiction_speaks_before_what_is_merely_missing() -> None:
    parts = [
        Outcome("unknown", "A.", "empty", settle="df -k /var"),
        Outcome("unknown", "B.", "conflicting", settle="lssrc -a"),
        Outcome("unknown", "C.", "denied"),
    ]
    found = combined("any", parts)
    assert (found.reason, found.message, found.settle) == ("conflicting", "B. A. C.", "lssrc -a")


def test_a_negation_says_what_is_not_asked_for() -> None:
    part = Outcome("fail", "A.", expected="up", actual="down", evidence=(place(1),))
    assert negated(part) == part._replace(result="pass", expected="not: up", parts=(part,))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (known("rsct.level", (1, 0, 0, 0), "Known."), ("error", None, "")),
        (unknown("rsct.level", "denied", "Unknown.", settle="lslpp"), ("unknown", "denied", "lslpp")),
        (not_applicable("rsct.level", "Not here."), ("not_applicable", None, "")),
    ],
)
def test_a_fact_that_is_not_compared_is_its_own_outcome(fact: object, expected: object) -> None:
    found = of_fact(fact)  # type: ignore[arg-type]
    assert (found.result, found.reason, found.settle) == expected
    assert (found.subject, found.expected, found.actual) == ("", "", "")


def test_what_a_part_says_among_others_is_not_said_again() -> None:
    free, used = Outcome("pass", "8 MiB are free."), Outcome("pass", "It is 3 % full.")
    assert combined("all", [free, combined("any", [used, free])]).message == "It is 3 % full. 8 MiB are free."
    assert combined("all", [free, Outcome("pass", "18 MiB are free.")]).message == "8 MiB are free. 18 MiB are free."


def test_a_combination_has_no_subject() -> None:
    entry = Outcome("fail", "B.", subject="b")
    for parts in ([Outcome("pass", "A."), entry], [entry, entry]):
        found = combined("all", parts)
        assert (found.message, found.subject, found.parts) == ("B.", "", tuple(parts))


def test_a_combination_of_nothing_does_not_apply() -> None:
    assert combined("all", []) == Outcome("not_applicable", "")


def test_the_facts_behind_an_outcome_are_those_of_parts_that_say_the_same() -> None:
    deep = known("rsct.level", (1, 0, 0, 0), "Deep.")
    two, one = (known(f"fact.{number}", number, "So.", basis=(deep,)) for number in (2, 1))
    top = known("fact.top", 3, "Top.", basis=(two, one))
    parts = (
        of_value(top, "fail", "A.", "", ""),
        of_value(one, "pass", "B.", "", ""),
        of_value(two, "fail", "C.", "", ""),
    )
    assert list(facts_behind(parts[0])) == [top, two, one, deep, deep]
    assert list(facts_behind(combined("all", parts))) == [top, two, one, deep, deep, two, deep]


def test_what_one_part_says_twice_is_said_once() -> None:
    found = combined("all", [Outcome("pass", "A."), Outcome("fail", "B.", evidence=(place(1),) * 2, notes=("n", "n"))])
    assert (found.evidence, found.notes) == ((place(1),), ("n",))


def test_a_combination_compares_no_fact_itself_and_very_many_parts_speak_in_turn() -> None:
    fact = known("rsct.level", (1, 0, 0, 0), "So.")
    assert combined("all", [Outcome("pass", "A."), of_value(fact, "fail", "B.", "", "")]).fact is None
    says = [f"{number} fails." for number in range(60)]
    assert combined("all", [Outcome("fail", one) for one in says]).message == " ".join(says)
