"""The exit status: 2, then 4, then 1, then 3, else 0."""

from dataclasses import replace
from typing import Any, cast

import pytest

from rmccomply.ending.status import STATUS, shut_by
from rmccomply.finding import Finding
from rmccomply.report import Assessed, Gate, Tally, TargetCard
from rmccomply.words import SEVERITIES
from tests.hosts.building import healthy_aix, judge
from tests.waivers import card_for

TARGET = TargetCard("lpar1", "aix", None, None, None, ())
ONE = judge(healthy_aix())["RMC-VER-001"]


def made(*findings: str) -> tuple[Finding, ...]:
    """Findings of one target; each is "RESULT SEVERITY [DISPOSITION]"."""
    found = []
    for text in findings:
        result, severity, *disposition = text.split()
        default = "active" if result == "fail" else None
        reason: Any = "timeout" if result == "unknown" else None
        verdict = ONE.verdict._replace(result=cast("Any", result), severity=cast("Any", severity), reason=reason)
        given: Any = disposition[0] if disposition else default
        found.append(replace(ONE, verdict=verdict, disposition=given, waiver=card_for(given)))
    return tuple(found)


def tally(*findings: str) -> Tally:
    """What a run of one target counted."""
    found = Tally()
    found.add(Assessed(TARGET, made(*findings)))
    return found


def status(*findings: str, decided: float = 1.0, faulty: bool = False, **gate: object) -> int:
    return STATUS[shut_by(tally(*findings), Gate(**gate), decided, "input" if faulty else None)]  # type: ignore[arg-type]


PASS, FAIL, UNKNOWN, NONE, ERROR = "pass high", "fail high", "unknown high", "not_applicable high", "error high"
PRECEDENCE = [
    ([PASS], 0),
    ([PASS, NONE], 0),
    ([FAIL, PASS], 1),
    ([UNKNOWN, PASS], 3),
    ([FAIL, UNKNOWN], 1),
    ([NONE], 4),
    ([NONE, NONE], 4),
    ([], 4),
    ([ERROR, PASS], 2),
    ([ERROR, FAIL], 2),
    ([ERROR, UNKNOWN, FAIL, NONE], 2),
]


@pytest.mark.parametrize(("findings", "expected"), PRECEDENCE)
def test_precedence(findings: list[str], expected: int) -> None:
    assert status(*findings) == expected


@pytest.mark.parametrize("findings", [findings for findings, _ in PRECEDENCE])
def test_a_fault_is_before_all(findings: list[str]) -> None:
    assert status(*findings, faulty=True) == 2


@pytest.mark.parametrize("fail_on", [*SEVERITIES, "never"])
@pytest.mark.parametrize("severity", SEVERITIES)
def test_fail_on(fail_on: str, severity: str) -> None:
    shuts = fail_on != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(fail_on)
    assert status(PASS, f"fail {severity}", fail_on=fail_on) == (1 if shuts else 0)


def test_the_gate_is_low_unless_told_otherwise() -> None:
    assert [status(f"fail {severity}") for severity in SEVERITIES] == [1, 1, 1, 1, 0]


def test_the_worst_failing_finding_decides() -> None:
    assert status("fail info", "fail critical", "fail low", fail_on="critical") == 1
    assert status("fail info", "fail high", fail_on="critical") == 0


@pytest.mark.parametrize("disposition", ["waived", "baseline"])
def test_only_an_active_fail_shuts_the_gate(disposition: str) -> None:
    assert status(f"fail critical {disposition}") == 0


@pytest.mark.parametrize(("on_unknown", "expected"), [("fail", 3), ("report", 0)])
def test_on_unknown(on_unknown: str, expected: int) -> None:
    assert status(PASS, UNKNOWN, on_unknown=on_unknown) == expected


def test_an_unknown_of_info_does_not_gate() -> None:
    assert status(PASS, "unknown info") == 0
    assert status(PASS, "unknown low") == 3


def test_never_ignores_fails_and_no_unknown() -> None:
    assert status(FAIL, UNKNOWN, fail_on="never") == 3
    assert status(FAIL, fail_on="never") == 0


MIN_DECIDED = [
    (0.95, 95, 0),
    (0.9499, 95, 3),
    (1.0, 100, 0),
    (0.9999, 100, 3),
    (0.57, 57, 0),
    (0.29, 29, 0),
    (0.573, 57.3, 0),
    (0.5729, 57.3, 3),
    (0.0, 0, 0),
    (0.9999, 99.994, 3),
]


@pytest.mark.parametrize(("decided", "percent", "expected"), MIN_DECIDED)
def test_min_decided(decided: float, percent: float, expected: int) -> None:
    assert status(PASS, UNKNOWN, decided=decided, on_unknown="report", min_decided=percent) == expected


def test_min_decided_is_after_a_fail() -> None:
    assert status(FAIL, decided=0.1, min_decided=90) == 1


@pytest.mark.parametrize(
    ("findings", "expected"),
    [([PASS], 0), ([FAIL], 0), ([UNKNOWN], 0), ([FAIL, UNKNOWN], 0), ([NONE], 4), ([], 4), ([ERROR, PASS], 2)],
)
def test_exit_zero_hides_neither_2_nor_4(findings: list[str], expected: int) -> None:
    assert status(*findings, exit_zero=True) == expected


def test_exit_zero_hides_no_fault() -> None:
    assert status(PASS, exit_zero=True, faulty=True) == 2


@pytest.mark.parametrize(
    ("findings", "on_unknown", "percent", "expected"),
    [
        ((PASS, UNKNOWN), "report", 90, 90),
        ((PASS, UNKNOWN), "fail", 90, None),
        ((PASS, UNKNOWN), "report", 50, None),
        ((PASS, FAIL), "report", 90, None),
        ((PASS,), "fail", None, None),
    ],
)
def test_what_is_short_of_the_demand_is_told_where_nothing_else_shuts_the_gate(
    findings: tuple[str, ...], on_unknown: str, percent: float | None, expected: float | None
) -> None:
    word = shut_by(tally(*findings), Gate(on_unknown=on_unknown, min_decided=percent), 0.5)
    assert (percent if word == "min_decided" else None) == expected


def test_a_damaged_input_is_no_clean_run() -> None:
    found = tally(PASS)
    found.damaged = True
    assert shut_by(found, Gate(), 1.0) == "damaged"
