"""The block of what was accepted: short whatever stands in it, and what counts for nothing any more first."""

from typing import Any

import pytest

from rmccomply.dispose.waiver_ends import UseSum, WaiverEnd, ends_of
from rmccomply.dispose.waivers import Meeting, Waiver
from rmccomply.evidence.model import Notification
from rmccomply.formats.text.accepted import accepted_section
from rmccomply.formats.text.layout import NOTHING, lines_of
from rmccomply.report import Style
from rmccomply.terminal import Page, width_of
from tests.formats.awkward import ASSESSED, HOSTILE, closing, judged, write
from tests.waivers import CARD


def ends(count: int, owner: str = "a@example.com") -> tuple[WaiverEnd, ...]:
    """Waivers of every state in turn."""
    states: Any = ("in_force", "soon", "expired", "void")
    waivers = [
        Waiver(f"W-{at}", "RMC-VER-001", ("*",), "high", None, owner, *CARD[2:7], states[at % 4], why="so", left=86_400)
        for at in range(count)
    ]
    sums: dict[tuple[str, Meeting], UseSum] = {(one.id, "covers"): UseSum(1, 1, "a", "high") for one in waivers}
    return ends_of(waivers, sums)


@pytest.mark.parametrize("owner", ["a@example.com", HOSTILE, "x" * 1000, "日本語" * 300])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_a_page_with_many_waivers_is_one_screen(width: int, owner: str) -> None:
    text = write("text", Style(width=width), end=closing(ASSESSED, 2, (), ends(60, owner)))
    lines = text.rstrip("\n").split("\n")
    assert len(lines) <= lines_of(width)
    assert max(map(width_of, lines)) <= width
    assert (
        "\nACCEPTED: 1 check waived, 1 in the baseline on 1 partition\n  W-2  ran out on 2027-01-31 23:59:59 +01:00"
        in text
    )
    assert " more waivers: --show all\n" in text
    assert [line for line in lines if line.startswith("warning  waiver")] == []


def test_what_is_told_first() -> None:
    part = accepted_section(Page(100), ends(8), (4, 0), 3)
    assert part.head == ["ACCEPTED: 4 checks waived on 3 partitions"]
    assert [row[0].split()[0] for row in part.rows] == ["W-2", "W-6", "W-3", "W-7", "W-1", "W-5", "W-0", "W-4"]
    assert part.most < len(part.rows)
    assert accepted_section(Page(100), ends(8), (4, 0), 3, whole=True).most == len(part.rows)


def test_where_nothing_is_accepted_there_is_no_block() -> None:
    assert accepted_section(Page(100), (), (0, 0)) == NOTHING
    unused = ends_of([Waiver("W-1", "RMC-VER-001", ("*",), "high")], {})
    assert accepted_section(Page(100), unused, (0, 0)) == NOTHING


def test_what_ran_out_is_told_where_nothing_is_accepted() -> None:
    old = ends(3)[:1]
    part = accepted_section(Page(100), old, (0, 0))
    assert (part.head, len(part.rows)) == (["ACCEPTED: no check"], 1)


def test_the_page_of_one_target_of_several_has_its_own_waivers() -> None:
    notes = (Notification("x"),)
    text = write("text", Style(targets=("vios1",)), end=closing(ASSESSED, 2, notes, ends(4)))
    assert "\nACCEPTED: 1 check waived, 1 in the baseline\n  W-2026-014  covers 1 check on 1 partition until" in text
    assert "waiver W-2 ran out" in text


def test_colour_names_what_is_to_be_looked_at() -> None:
    rows = accepted_section(Page(100, color=True), ends(4), (1, 0)).rows
    assert ["\x1b[1;31m" in rows[0][0], "\x1b[1;33m" in rows[2][0], "\x1b[1m" in rows[3][0]] == [True] * 3
    assert judged("RMC-VER-001", "a", "fail", "x", disposition="waived").waiver == CARD
