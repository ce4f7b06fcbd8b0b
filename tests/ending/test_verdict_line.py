"""The verdict on a run in one sentence: its word and the exit status agree, and it names what shut the gate."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.ending.narrowed import Hidden
from rmccomply.ending.status import STATUS, RunFault, shut_by
from rmccomply.ending.verdict_line import ENDS, VerdictLine, verdict_line
from rmccomply.evidence.model import Notification
from rmccomply.report import Assessed, Closing, Gate, Tally, TargetCard
from rmccomply.words import SEVERITIES
from tests.ending.test_status import made

TARGET = TargetCard("lpar1", "aix", None, None, None, ())
PASS, NONE, UNKNOWN, ERROR = "pass high", "not_applicable high", "unknown high", "error high"


def closed(
    *targets: tuple[str, ...],
    left_out: int = 0,
    fault: RunFault | None = None,
    damaged: bool = False,
    notes: tuple[Notification, ...] = (),
    **gate: Any,
) -> Closing:
    """How a run over these targets closes; their findings are told as `made` takes them."""
    tally = Tally()
    for findings in targets:
        tally.add(Assessed(TARGET, made(*findings)), left_out)
    tally.damaged = damaged
    decided = Closing(tally.counts, tally.targets, 0).decided
    word = shut_by(tally, Gate(**gate), decided, fault)
    counts, status = tally.sums(), STATUS[word]
    return Closing(tally.counts, tally.targets, status, notes, damaged, counts=counts, gate=Gate(**gate), shut_by=word)


def said(*targets: tuple[str, ...], left_out: int = 0, rules: int = 39, **asked: Any) -> str:
    return str(verdict_line(closed(*targets, left_out=left_out, **asked), rules, left_out))


MIXED = (*["fail critical"] * 4, *["fail high"] * 5, *[UNKNOWN] * 18, *[PASS] * 12, *[NONE] * 6)
LOW = ("fail low", PASS)
OF_ONE = [
    (MIXED, {}, "FAILED: 9 of 39 checks fail, 18 undecided, 12 pass (6 do not apply)"),
    ((*[UNKNOWN] * 8, PASS), {}, "UNDECIDED: No problems found, but 8 checks are undecided, 1 passes"),
    ((PASS, PASS, NONE), {}, "PASSED: The partition is healthy: 2 checks pass (1 does not apply)"),
    ((PASS, PASS, PASS), {"left_out": 36}, "PASSED: 3 of 3 selected checks pass"),
    ((NONE, NONE), {}, "NOTHING JUDGED: No check applies to this partition"),
    ((), {"rules": 0}, "NOTHING JUDGED: No check was selected"),
    ((ERROR,), {}, "NOT JUDGED: The partition could not be judged"),
    (LOW, {"fail_on": "high"}, "LET PASS: 1 of 2 checks fails, 1 passes; --fail-on high lets that pass"),
    (LOW, {"exit_zero": True}, "LET PASS: 1 of 2 checks fails, 1 passes; --exit-zero gives status 0"),
    (
        (UNKNOWN, PASS),
        {"on_unknown": "report"},
        "LET PASS: 1 of 2 checks undecided, 1 passes; --on-unknown report lets",
    ),
    (("fail high", PASS), {"fail_on": "high"}, "FAILED: 1 of 2 checks fails, 1 passes; the gate is --fail-on high"),
    (("fail info", PASS), {}, "PASSED: The partition is healthy: 1 check passes (1 only informs)"),
    (("fail info",), {}, "PASSED: No problems found: 1 check only informs"),
    (
        ("fail low", "fail info", PASS, NONE),
        {},
        "FAILED: 1 of 2 checks fails, 1 passes (1 only informs, 1 does",
    ),
    (("fail info", PASS), {"fail_on": "info"}, "FAILED: 1 check of severity info fails (--fail-on info)"),
    (("fail high waived", PASS), {}, "PASSED: No active problems: 1 of 2 checks waived, 1 passes"),
    ((PASS,), {"damaged": True}, "UNDECIDED: No problems found, but an input is damaged, and what was lost with it"),
    ((PASS,), {"fault": "report"}, "NOT WRITTEN: A report could not be written; 1 check passes"),
    (LOW, {"fail_on": "never", "damaged": True}, "UNDECIDED: 1 check fails, which --fail-on never lets pass, but an"),
]


@pytest.mark.parametrize(("findings", "asked", "says"), OF_ONE)
def test_of_one_partition(findings: tuple[str, ...], asked: dict[str, Any], says: str) -> None:
    assert said(findings, **asked).startswith(says)


MANY = [("fail critical", "fail low", PASS), ("fail high",), ("fail high",), (UNKNOWN, PASS), (PASS,)]
OF_MANY = [
    (MANY, {}, "FAILED: 3 of 5 partitions have problems (1 critical, 2 high), 1 undecided, 1 healthy"),
    (MANY[3:], {}, "UNDECIDED: No problems found, but 1 of 2 partitions is undecided (1 check), 1 healthy"),
    (MANY[4:] * 3, {}, "PASSED: All 3 partitions are healthy"),
    (MANY[4:] * 3, {"left_out": 9}, "PASSED: No problems found on 3 partitions, 3 selected checks pass"),
    ([(PASS,), (NONE,)], {}, "PASSED: 1 partition is healthy, no check applies to 1 other"),
    ([(NONE,), (NONE,)], {}, "NOTHING JUDGED: No check applies to any of the 2 partitions"),
    (
        [(ERROR,), *MANY[3:]],
        {},
        "NOT JUDGED: 1 of 3 partitions could not be judged; 1 of 3 partitions undecided, 1 healthy",
    ),
    ([(PASS,)] * 1200, {}, "PASSED: All 1,200 partitions are healthy"),
    ([], {}, "NOTHING JUDGED: No partition was found"),
    ([], {"fault": "input"}, "NOT JUDGED: No input could be used"),
]


@pytest.mark.parametrize(("targets", "asked", "says"), OF_MANY)
def test_of_many_partitions(targets: list[tuple[str, ...]], asked: dict[str, Any], says: str) -> None:
    assert said(*targets, **asked) == says


def test_the_share_that_is_decided_is_told_beside_the_demand_and_never_rounded_up_to_it() -> None:
    found = (*[PASS] * 11, *[UNKNOWN] * 7)
    assert "only 61.1 % of the checks are decided (--min-decided 90)" in said(
        found, on_unknown="report", min_decided=90.0
    )
    nearly = (*[PASS] * 1999, UNKNOWN)
    assert "only 99.9 %" in said(nearly, on_unknown="report", min_decided=99.96)


def test_inputs_that_could_not_be_used_are_counted() -> None:
    notes = (Notification("a: no such file", level="error"), Notification("b: no such file", level="error"))
    says = "NOT JUDGED: 2 inputs could not be used; 1 check passes"
    assert said((PASS,), fault="input", notes=notes) == says


def test_what_is_not_shown_is_said() -> None:
    hidden = Hidden(12, 1, 3, ("--severity high", "--target 'lpar00*'"))
    line = verdict_line(closed(MIXED), 39, 0, hidden)
    assert line.says.endswith(
        "; not shown: 12 failing checks and 1 undecided check on 3 partitions (--severity high --target 'lpar00*')"
    )


def test_each_word_stands_for_one_status_and_each_status_has_one() -> None:
    assert set(ENDS.values()) == set(STATUS.values()) == {0, 1, 2, 3, 4}


_SEVERITY = st.sampled_from(SEVERITIES)
_FINDING = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["pass", "fail", "unknown", "not_applicable"]), _SEVERITY),
    st.builds("fail {} {}".format, _SEVERITY, st.sampled_from(["waived", "baseline"])),
)
_TARGETS = st.lists(st.one_of(st.just((ERROR,)), st.lists(_FINDING, max_size=5).map(tuple)), max_size=4)
_GATES = st.fixed_dictionaries(
    {},
    optional={
        "fail_on": st.sampled_from([*SEVERITIES, "never"]),
        "on_unknown": st.sampled_from(["fail", "report"]),
        "min_decided": st.floats(0, 100),
        "exit_zero": st.booleans(),
    },
)


@given(_TARGETS, _GATES, st.sampled_from([None, "input", "report"]), st.booleans(), st.sampled_from([0, 3]))
def test_the_word_and_the_exit_status_agree(
    targets: list[tuple[str, ...]], gate: dict[str, Any], fault: RunFault | None, damaged: bool, left_out: int
) -> None:
    closing = closed(*targets, left_out=left_out, fault=fault, damaged=damaged, **gate)
    line = verdict_line(closing, 39, left_out)
    assert ENDS[line.word] == closing.exit_status
    _is_honest(line, closing, left_out)


def _is_honest(line: VerdictLine, closing: Closing, left_out: int) -> None:
    """No praise where something is open, and what is held open is named by its option."""
    problems = sum(closing.counts.active.values()) - closing.counts.active.get("info", 0)
    if line.word == "PASSED":
        assert (problems, closing.counts.gating_unknown, closing.damaged) == (0, 0, False)
    if line.word == "LET PASS":
        assert any(option in line.says for option in ("--exit-zero", "--fail-on", "--on-unknown"))
    if left_out:
        assert "healthy" not in line.says
    assert not re.search(r"\n|  |^ | $|^[a-z]", line.says)


@given(_TARGETS, _GATES)
def test_a_sentence_of_many_counts_each_partition_once(targets: list[tuple[str, ...]], gate: dict[str, Any]) -> None:
    closing = closed(*targets, **gate)
    assert sum(closing.counts.standings.values()) == closing.targets
    assert sum(closing.counts.worst.values()) == closing.counts.standings["failed"]
