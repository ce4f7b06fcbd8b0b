"""Every open finding, or all of them, each with the line that proves it: what `--show open` and `--show all` print."""

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from rmccomply.ending.narrowed import NOTHING_HIDDEN, Hidden, hidden_of, shown_of, shows_target, summed
from rmccomply.formats._states import ORDER, SHOWN, state_of
from rmccomply.formats.text.about import Note, about, notes_of, packed
from rmccomply.formats.text.brief import Brief, brief_of, drawn_brief
from rmccomply.formats.text.canvas import Canvas, page_of
from rmccomply.formats.text.heading import header
from rmccomply.formats.text.summary import summary, verdict
from rmccomply.formats.text.target import block
from rmccomply.spool import Grouped, Sorted, Spool
from rmccomply.terminal import Page, width_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmccomply.evidence.model import Notification
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing

_MOST: Final = 0xFFFF_FFFF
_WIDEST: Final = 40
"""Columns of the names of targets of a line each; a longer one pushes what is said of it to the right."""
_APART: Final = "\n\n"


class Drawn(NamedTuple):
    """A target as a `block` with its `rank` (the less, the worse), or else as a `brief`, or not at all.

    `counts` has state, severity and how many findings are so.
    """

    rank: str
    block: str
    brief: Brief | None
    counts: tuple[tuple[str, str, int], ...]
    notes: tuple[Note, ...]
    hidden: Hidden


def drawn_target(item: "Assessed", frame: "Frame") -> Drawn:
    """A target as it is drawn."""
    canvas = _canvas(frame)
    counts: Counter[tuple[str, str]] = Counter((state_of(finding), finding.severity) for finding in item.findings)
    shown = [finding for finding in shown_of(frame.style, item) if canvas.show_all or state_of(finding) in SHOWN]
    is_narrow = frame.style.severity is not None or frame.style.reasons
    is_brief = not shown and not is_narrow and shows_target(frame.style, item.target.id)
    return Drawn(
        _rank(counts) if shown else "",
        block(item, shown, canvas) if shown else "",
        brief_of(item, canvas.run) if is_brief else None,
        tuple((*key, count) for key, count in counts.items()),
        notes_of(item.notifications, item.target.id),
        hidden_of(frame.style, item),
    )


class WholeAssembly:
    """Text in the making. The worst target comes first, so all that is drawn goes through spools."""

    def __init__(self, frame: "Frame") -> None:
        self._canvas = _canvas(frame)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._blocks = Spool()
        self._worst_first = Sorted()
        self._briefs = Spool()
        self._widest = 0
        self._notes = Grouped()
        self._hidden = NOTHING_HIDDEN

    def add(self, drawn: Drawn) -> None:
        """Keep a target."""
        self._hidden = summed((self._hidden, drawn.hidden))
        for state, severity, count in drawn.counts:
            self._counts[state, severity] += count
        if drawn.block:
            self._worst_first.add(drawn.rank, str(self._blocks.add(drawn.block)))
        elif drawn.brief is not None:
            self._widest = max(self._widest, width_of(drawn.brief.name))
            self._briefs.add("\n".join(drawn.brief))
        self._note(drawn.notes)

    def end(self, closing: "Closing") -> "Iterator[str]":
        """The report, in pieces."""
        return map(self._canvas.page.plain, self._pieces(closing))

    def _pieces(self, closing: "Closing") -> "Iterator[str]":
        accepted, told = self._accepted(closing)
        self._note(notes_of(told, ""))
        page, run = self._canvas.page, self._canvas.run
        yield header(page, run, closing.targets)
        for _, place in self._worst_first:
            yield _APART + self._blocks.at(int(place))
        yield from self._brief(page)
        yield accepted
        yield from about(page, self._notes)
        yield _APART + summary(page, self._counts, closing)
        yield _APART + verdict(page, closing, run, self._hidden) + "\n"

    def _accepted(self, closing: "Closing") -> "tuple[str, Sequence[Notification]]":
        """What was accepted in the run, drawn; and what is to be said else."""
        counts, left = closing.counts, closing.leftover.waivers
        if not (left or counts.accepted_on):
            return "", closing.notifications
        from rmccomply.formats._accepted import others_of
        from rmccomply.formats.text.accepted import accepted_section

        page, on = self._canvas.page, counts.accepted_on if closing.targets > 1 else 0
        part = accepted_section(page, left, (counts.waived, counts.known), on, whole=True)
        lines = [*part.head, *(line for row in part.rows for line in row)]
        return "\n".join(["", "", page.rule(), *lines]) if lines else "", others_of(closing)

    def abandon(self) -> None:
        """Free what is kept."""
        for kept in (self._blocks, self._worst_first, self._briefs, self._notes):
            kept.close()

    def _note(self, notes: tuple[Note, ...]) -> None:
        for note in notes:
            self._notes.add(note.target, packed(note))

    def _brief(self, page: Page) -> "Iterator[str]":
        """The targets of which nothing is shown, one under the other."""
        widest = min(self._widest, _WIDEST)
        rows = (drawn_brief(page, Brief(*row.split("\n")), widest) for row in self._briefs.rows())
        first = next(rows, None)
        if first is not None:
            yield _APART + page.rule()
            yield from (f"\n{row}" for row in chain((first,), rows))


def _canvas(frame: "Frame") -> Canvas:
    return Canvas(
        page_of(frame.style), frame.run, {card.id: card for card in frame.run.rules}, frame.style.show == "all"
    )


def _rank(counts: Counter[tuple[str, str]]) -> str:
    """Sorts targets: by their fails from the worst severity on, then their unknowns, then their errors."""
    return "".join(f"{_MOST - counts[state, severity]:08x}" for state in ORDER[:3] for severity in SEVERITIES)
