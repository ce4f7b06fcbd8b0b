"""What a baseline covers, what of it is gone, and what nobody looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.checks.number import NumberCheck
from rmccomply.dispose.baseline import (
    Baseline,
    BaselineSum,
    LeftEntries,
    baseline_of,
    holds,
    is_same,
    notes_of_baseline,
    use_of,
    without_numbers,
)
from rmccomply.finding import Finding, findings_of
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.verdict import Verdict
from rmccomply.words import SEVERITIES, Reason, Result, Severity
from tests.dispose.test_dispose import entry_of

SWITCHES = {"RMC-IMG-007"}
"""Rules whose numbers are no measures: attributes that are 0 or 1."""


def of(rule: str, result: Result = "fail", *, target: str = "a", subject: str = "", actual: str = "x") -> Finding:
    reason: Reason | None = "timeout" if result == "unknown" else None
    (one,) = findings_of((Verdict(rule, "p", "high", result, "so", reason, subject, actual=actual),), target)
    return one


@pytest.mark.parametrize(
    ("before", "now", "measured", "other"),
    [
        ("91 %; 40 MiB", "97.5 %; 2 MiB", True, False),
        ("1e+06 MiB", "12 MiB", True, False),
        ("91 %; 40 MiB", "91 %; 41 MiB", False, True),
        ("91 %", "91 MiB", True, True),
        ("91 %", "91 %; 40 MiB", True, True),
        ("down", "pending", True, True),
    ],
)
def test_a_value_is_another_apart_from_measures(before: str, now: str, measured: bool, other: bool) -> None:
    assert is_same(before, now, measured=measured) != other
    known = baseline_of([entry_of(of("R-1"), actual=before)])._replace(measured=frozenset({"R-1"} if measured else ()))
    assert holds(known, of("R-1", actual=now)) != other


@given(st.text(alphabet="ab#%. "), st.integers(0), st.integers(0))
def test_numbers_alone_are_blanked(text: str, one: int, other: int) -> None:
    assert without_numbers(f"{text} {one} MiB") == without_numbers(f"{text} {other} MiB")
    assert without_numbers(text) == text


@pytest.mark.parametrize("accepted", SEVERITIES)
def test_a_fail_that_is_more_severe_is_no_longer_covered(accepted: Severity) -> None:
    known = baseline_of([entry_of(of("R-1"), severity=accepted)])
    assert holds(known, of("R-1")) == (accepted in ("critical", "high"))


def test_only_the_very_rule_target_and_subject_is_covered() -> None:
    known = baseline_of([entry_of(of("R-1", subject="s"))])
    assert holds(known, of("R-1", subject="s"))
    others = (of("R-1"), of("R-1", subject="t"), of("R-2", subject="s"), of("R-1", subject="s", target="b"))
    assert not any(holds(known, one) for one in others)


def test_a_value_that_is_the_subject_is_kept_as_that() -> None:
    same, other = entry_of(of("R-1", subject="s"), actual="s"), entry_of(of("R-1", subject="t"), actual="")
    known = baseline_of([same, other])
    assert [*known.each()] == [same, other]
    assert holds(known, of("R-1", subject="s", actual="s"))
    assert not holds(known, of("R-1", subject="s", actual=""))
    assert holds(known, of("R-1", subject="t", actual=""))
    assert not holds(known, of("R-1", subject="t", actual="t"))


def test_an_entry_is_gone_where_its_rule_was_decided_though_no_finding_has_its_subject() -> None:
    gone, still = entry_of(of("R-1", subject="src")), entry_of(of("R-2", subject="kept"))
    use = use_of(baseline_of([gone, still]), [of("R-1", "pass"), of("R-2", subject="kept"), of("R-2", subject="new")])
    assert (use.met, use.absent, use.not_decided) == (1, (gone,), ())


@pytest.mark.parametrize("result", ["unknown", "error"])
def test_nothing_is_gone_of_a_rule_that_is_undecided_about_anything(result: Result) -> None:
    entry = entry_of(of("R-1", subject="src"))
    for findings in ([of("R-1", result)], [of("R-1", subject="other"), of("R-1", result)], [of("R-2", "pass")]):
        use = use_of(baseline_of([entry]), findings)
        assert (use.met, use.absent, use.not_decided) == (0, (), (entry,))


def test_entries_of_partitions_that_did_not_come_were_not_assessed() -> None:
    entries = [entry_of(of("R-1", target=name, subject=str(number))) for name in "abc" for number in range(4)]
    known, whole = baseline_of(entries), BaselineSum()
    whole.add(use_of(known, [of("R-1", "pass", target="b")]))
    absent, rest = whole.left(known)
    assert (absent.total, absent.some) == (4, tuple(entries[4:7]))
    assert (rest.total, rest.some) == (8, tuple(entries[:3]))


def test_what_is_left_is_said_in_a_sentence_each() -> None:
    one, more = entry_of(of("R-1", subject="src")), entry_of(of("R-2", target="b"))
    assert [*notes_of_baseline(Baseline(file="b.jsonl"), LeftEntries(1, (one,)), LeftEntries(60_000, (more, one)))] == [
        "1 known fail of the baseline b.jsonl is gone (see 'rmccomply baseline update'): R-1 src on a",
        "60000 known fails of the baseline b.jsonl were not assessed: R-2 on b, R-1 src on a and 59998 more",
    ]
    assert [*notes_of_baseline(Baseline(), LeftEntries(), LeftEntries())] == []


@pytest.mark.parametrize("name", shipped())
def test_the_shipped_rules_whose_values_have_units_are_marked(name: str) -> None:
    """Words, versions and subjects are no measures; what `number` compares is one."""
    for one in load(name).rules:
        checks = [one.rule.check]
        for check in checks:
            checks += check.parts()  # type: ignore[arg-type]
        numbers = any(isinstance(check, NumberCheck) for check in checks)
        assert one.rule.measures == (numbers and one.rule.id not in SWITCHES), one.rule.id
