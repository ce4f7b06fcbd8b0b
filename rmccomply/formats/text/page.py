"""The page in the making: one screen for one target and for many, or one of its lists whole."""

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from rmccomply.formats.text.about import notes_of
from rmccomply.formats.text.canvas import page_of
from rmccomply.formats.text.fleet import Fleet
from rmccomply.formats.text.fleet_page import fleet_head, fleet_sections
from rmccomply.formats.text.layout import NOTHING, PagePart, fit, lines_of
from rmccomply.formats.text.summary import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmccomply.evidence.model import Notification
    from rmccomply.formats import Frame
    from rmccomply.formats.text.gist import Gist
    from rmccomply.formats.text.groups import Groups
    from rmccomply.formats.text.lists import PartitionList, ProblemList
    from rmccomply.report import Closing

LISTED: Final = 2
"""What `Gist.shown` is of a target that lists have."""
_WHOLE: Final = 1 << 30
"""More lines than any page has."""


class PageAssembly:
    """A page in the making. Of targets only counts are kept, and of the first all; whole lists go through spools."""

    def __init__(self, frame: "Frame") -> None:
        style = frame.style
        self._run, self._style = frame.run, style
        self._page = page_of(style)
        self._cards = {card.id: card for card in frame.run.rules}
        self._fleet = Fleet()
        self._problems = _problem_list() if style.show == "problems" else None
        self._partitions = _partition_list(style.group_by) if style.show == "partitions" else None
        self._groups = _groups() if style.group_by else None
        self._accepted = NOTHING

    def add(self, gist: "Gist") -> None:
        """Count a target."""
        self._fleet.add(gist)
        if gist.shown < LISTED:
            return
        if self._problems is not None:
            self._problems.add(gist)
        if self._partitions is not None:
            self._partitions.add(self._page, gist)
        if self._groups is not None:
            self._groups.add(gist)

    def end(self, closing: "Closing") -> "Iterator[str]":
        """The page, a line at a time."""
        self._accepted, told = self._accepted_of(closing)
        for note in notes_of(told, ""):
            self._fleet.notes.add(note)
        last = verdict(self._page, closing, self._run, self._fleet.hidden).split("\n")
        for line in self._lines(len(last) + 1):
            yield line + "\n"
        yield "\n" + "\n".join(last) + "\n"

    def abandon(self) -> None:
        """Free what is kept."""
        for kept in (self._problems, self._partitions, self._groups):
            if kept is not None:
                kept.close()

    def _lines(self, taken: int) -> "Iterator[str]":
        page, fleet, cards = self._page, self._fleet, self._cards
        alone = fleet.first if fleet.shown == 1 else None
        if self._style.show == "summary":
            room = lines_of(page.width) - taken
            yield from self._target(alone, room) if alone else fit(self._sections(), room)
        elif self._problems is not None and alone is not None:
            yield from self._target(alone, _WHOLE)
        else:
            yield from fleet_head(page, fleet, self._run)
            groups = self._group_section(whole=True)
            yield from ("", *fit([groups], _WHOLE)) if groups.rows else ()
            if self._problems is not None:
                yield from self._problems.lines(page, fleet, cards)
            if self._partitions is not None:
                yield from self._partitions.lines(page, fleet, cards)
            yield from ("", *fit([self._accepted], _WHOLE)) if self._accepted.head else ()

    def _accepted_of(self, closing: "Closing") -> "tuple[PagePart, Sequence[Notification]]":
        """What was accepted, of the one target that is shown of several, else of the run; and what is said besides."""
        fleet, counts, left = self._fleet, closing.counts, closing.leftover.waivers
        one = fleet.first.detail if fleet.first is not None and fleet.shown == 1 else None
        accepted = (counts.waived, counts.known) if one is None else one.accepted
        if not (left or any(accepted)):
            return NOTHING, closing.notifications
        from rmccomply.dispose.waiver_ends import of_cards
        from rmccomply.formats._accepted import others_of
        from rmccomply.formats.text.accepted import accepted_section

        if one is not None and (fleet.total > 1 or not left):
            return accepted_section(self._page, of_cards(one.waivers), accepted), closing.notifications
        on, whole = 0 if one is not None else counts.accepted_on, self._style.show != "summary"
        return accepted_section(self._page, left, accepted, on, whole=whole), others_of(closing)

    def _sections(self) -> "Iterator[PagePart]":
        groups = self._group_section(whole=False)
        return fleet_sections(self._page, self._fleet, self._run, groups, self._accepted)

    def _group_section(self, *, whole: bool) -> PagePart:
        if self._groups is None:
            return NOTHING
        from rmccomply.formats.text.groups import group_section

        return group_section(self._page, self._style.group_by, self._groups, self._cards, whole=whole)

    def _target(self, gist: "Gist", room: int) -> "Iterator[str]":
        """The page of one target: as many problems with their evidence as the page has room for, and all by name."""
        from rmccomply.formats.text.target_page import target_sections

        detail = gist.detail
        if detail is None:
            return

        def parts(brief: int) -> "list[PagePart]":
            return list(target_sections(self._page, self._fleet, gist, detail, self._run, brief, self._accepted))

        brief = bisect_left(range(len(gist.faults)), True, key=lambda brief: len(fit(parts(brief), _WHOLE)) <= room)
        yield from fit(parts(brief), room)


def _problem_list() -> "ProblemList":
    """A list that is loaded where it is asked for."""
    from rmccomply.formats.text.lists import ProblemList

    return ProblemList()


def _partition_list(label: str) -> "PartitionList":
    from rmccomply.formats.text.lists import PartitionList

    return PartitionList(label)


def _groups() -> "Groups":
    from rmccomply.formats.text.groups import Groups

    return Groups()
