"""The report: what is counted, and how much of it is decided."""

from dataclasses import replace
from typing import Any

import pytest

from rmccomply.evidence.model import Notification
from rmccomply.finding import Finding
from rmccomply.report import Assessed, Closing, Tally, TargetCard
from rmccomply.words import RESULTS, Disposition
from tests.hosts.building import healthy_aix, judge
from tests.waivers import card_for

TARGET = TargetCard("lpar1", "aix", None, None, None, ())
ONE = judge(healthy_aix())["RMC-VER-001"]


def decided(**counts: int) -> float:
    return Closing({**dict.fromkeys(RESULTS, 0), **counts}, 1, 0).decided


DECIDED = [
    ({"pass": 1}, 1.0),
    ({"fail": 1}, 1.0),
    ({"unknown": 1}, 0.0),
    ({"error": 1}, 0.0),
    ({"pass": 1, "unknown": 1}, 0.5),
    ({"pass": 2, "unknown": 1}, 0.6666),
    ({"pass": 1, "not_applicable": 9}, 1.0),
    ({"not_applicable": 9}, 1.0),
    ({}, 1.0),
]


@pytest.mark.parametrize(("counts", "expected"), DECIDED)
def test_decided(counts: dict[str, int], expected: float) -> None:
    assert decided(**counts) == expected


@pytest.mark.parametrize("settled", [1, 9_999, 99_999, 10**7])
def test_one_unknown_among_any_number_is_never_rounded_away(settled: int) -> None:
    assert decided(**{"pass": settled, "unknown": 1}) < 1.0


def _with(finding: Finding, *, disposition: Disposition | None = None, **changes: Any) -> Finding:
    """The finding with another disposition and with these changes of its verdict."""
    verdict = finding.verdict._replace(**changes)
    return replace(finding, verdict=verdict, disposition=disposition, waiver=card_for(disposition))


def test_tally() -> None:
    tally = Tally()
    fail = _with(ONE, disposition="active", result="fail", severity="medium")
    unknown = _with(ONE, result="unknown", reason="timeout")
    tally.add(Assessed(TARGET, (ONE, fail, unknown, _with(unknown, severity="info"))))
    waived = _with(fail, disposition="waived", severity="critical")
    tally.add(Assessed(TARGET, (_with(fail, disposition="active", severity="low"), waived)))
    assert tally.counts == {"pass": 1, "fail": 3, "unknown": 2, "not_applicable": 0, "error": 0}
    assert (tally.targets, tally.worst_active, tally.gating_unknown) == (2, 2, 1)
    assert (tally.waived, tally.known, tally.accepted_on) == (1, 0, 1)


def test_tallies_of_parts_are_the_tally_of_all() -> None:
    fail = _with(ONE, disposition="active", result="fail", severity="medium")
    unknown = _with(ONE, result="unknown", reason="timeout")
    items = [
        Assessed(TARGET, (ONE, unknown)),
        Assessed(TARGET, (), (Notification("cut", "x", damage=True),)),
        Assessed(TARGET, (fail, _with(fail, disposition="active", severity="low"))),
        Assessed(TARGET, (unknown, ONE)),
    ]
    whole, merged = Tally(), Tally()
    for item in items:
        part = Tally()
        part.add(item)
        merged.merge(part)
        whole.add(item)
        assert vars(merged) == vars(whole)
    assert (merged.targets, merged.gating_unknown, merged.damaged) == (4, 2, True)


def test_a_tally_of_nothing() -> None:
    assert (Tally().worst_active, Tally().targets, set(Tally().counts.values())) == (None, 0, {0})
