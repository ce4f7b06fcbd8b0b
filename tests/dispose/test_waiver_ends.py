"""What is told of each waiver at the end of a run: one notification, with where it is written and why."""

from itertools import permutations

import pytest

from rmccomply.dispose.waiver_ends import add_uses, ends_of, moment_told, notes_of_waivers, of_cards, span_told
from rmccomply.dispose.waivers import Meeting, Waiver, WaiverUse
from rmccomply.evidence.model import Notification
from rmccomply.words import Severity
from tests.waivers import CARD

WAIVER = Waiver(
    *("W-1", "RMC-SUB-001", ("lpar*",), "high", None, "a@example.com", "b@example.com", "2026-11-20", "CHG1", "So."),
    *("2026-12-31T23:59:59+01:00", "in_force"),
    uri="w.toml",
    line=7,
)
CHANGED = "what it is pinned to has changed"
NOTHING = "covers nothing in this run: remove it, or look at its targets and its subject"
WHO = "(RMC-SUB-001, a@example.com, CHG1)"
END = "2026-12-31 23:59:59 +01:00"


def use(how: Meeting, findings: int = 1, target: str = "lpar1", severity: Severity = "high") -> WaiverUse:
    return WaiverUse("W-1", how, findings, target, severity)


def told(waiver: Waiver, *uses: WaiverUse) -> list[Notification]:
    sums: dict[tuple[str, Meeting], object] = {}
    add_uses(sums, uses)  # type: ignore[arg-type]
    return notes_of_waivers(ends_of((waiver,), sums))  # type: ignore[arg-type]


SOON = WAIVER._replace(state="soon", left=7 * 86_400 + 5)
TOLD = [
    (WAIVER, (use("covers"),), ""),
    (WAIVER, (), f"{NOTHING} {WHO}"),
    (
        SOON,
        (use("covers", 2), use("covers", 1, "lpar2")),
        f"runs out in 7 days, on {END}; it covers 3 checks on 2 partitions {WHO}",
    ),
    (
        SOON,
        (),
        f"{NOTHING}; it runs out in 7 days, on {END} {WHO}",
    ),
    (WAIVER._replace(state="expired"), (), f"ran out on {END} {WHO}"),
    (
        WAIVER._replace(state="expired"),
        (use("expired", 1),),
        f"ran out on {END}; 1 check on 1 partition counts again {WHO}",
    ),
    (
        WAIVER._replace(state="void", why="so it is"),
        (use("void", 2),),
        f"is void: so it is; 2 checks on 1 partition count again {WHO}",
    ),
    (
        WAIVER,
        (use("severity", 1, "lpar1", "critical"),),
        f"is void for 1 check on 1 partition: accepted as high, it is critical now (lpar1) {WHO}",
    ),
    (
        WAIVER,
        (use("pin"), use("covers")),
        f"is void for 1 check on 1 partition: {CHANGED} (lpar1); it still covers 1 check on 1 partition {WHO}",
    ),
]


@pytest.mark.parametrize(("waiver", "uses", "says"), TOLD)
def test_what_is_told(waiver: Waiver, uses: tuple[WaiverUse, ...], says: str) -> None:
    level = "note" if "covers nothing" in says else "warning"
    expected = [Notification(f"waiver W-1 {says}", "w.toml", 7, level)] if says else []  # type: ignore[arg-type]
    assert told(waiver, *uses) == expected


def test_one_of_a_rule_that_was_not_judged_is_not_unused() -> None:
    apart = [WAIVER._replace(id=f"W-{at}", judged=False) for at in range(12)]
    (note,) = notes_of_waivers(ends_of(apart, {}))
    names = ", ".join(f"W-{at}" for at in range(10))
    assert note.text == f"12 waivers of rules that this run does not judge: {names} and 2 more"
    assert note.level == "note"
    (late,) = told(WAIVER._replace(judged=False, state="expired"))
    assert late.text.startswith("waiver W-1 ran out")


def test_what_has_to_be_told_first_stands_first() -> None:
    states = ("in_force", "soon", "void", "expired")
    waivers = [WAIVER._replace(id=state, state=state) for state in states]  # type: ignore[arg-type]
    sums: dict[tuple[str, Meeting], object] = {}
    add_uses(sums, [use("covers")._replace(id=one) for one in ("in_force", "soon")])  # type: ignore[arg-type]
    assert [one.waiver.id for one in ends_of(waivers, sums)] == ["expired", "void", "soon", "in_force"]  # type: ignore[arg-type]


def test_the_sum_is_the_same_in_any_order() -> None:
    uses = [use("severity", 1, "b", "critical"), use("severity", 2, "a", "high"), use("severity", 1, "c", "high")]
    assert len({tuple(told(WAIVER, *order)) for order in permutations(uses)}) == 1
    assert "4 checks on 3 partitions" in told(WAIVER, *uses)[0].text
    assert "critical now (a)" in told(WAIVER, *uses)[0].text


def test_the_waivers_of_one_target_are_told_by_its_findings() -> None:
    soon = CARD._replace(id="W-9", state="soon")
    ends = of_cards([(CARD, "RMC-VER-001", "low"), (soon, "RMC-VER-002", "low"), (CARD, "RMC-VER-001", "low")])
    assert [(one.waiver.id, one.findings, one.targets, one.state) for one in ends] == [
        ("W-9", 1, 1, "soon"),
        ("W-2026-014", 2, 1, "in_force"),
    ]


def test_moments_and_spans_are_told_in_words() -> None:
    assert moment_told("2026-12-31T23:59:59-03:30") == "2026-12-31 23:59:59 -03:30"
    assert [span_told(left) for left in (0, 3599, 3600, 86_399, 86_400, 172_800)] == [
        *("less than an hour", "less than an hour", "1 hour", "23 hours", "1 day", "2 days"),
    ]
