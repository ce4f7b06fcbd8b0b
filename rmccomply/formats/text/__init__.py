"""Text for people: what fails and what is unknown, worst first, each with the line that proves it.

No standard; the layout follows what rustc, ruff and zizmor have in common: a headline with mark, severity and rule,
the place as `file:line`, the line itself behind a gutter, then why it matters and what to do. Readings chosen:
targets with the worst findings come first and healthy ones last, a line each; no meaning is carried by colour
alone; evidence that is wider than the page has its blanks drawn together and is then cut with `…`, here and in no
other format; the exit status is explained in words.
"""

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from rmccomply.formats._states import ORDER, SHOWN, state_of
from rmccomply.formats.text.about import Note, about, notes_of, packed
from rmccomply.formats.text.brief import Brief, brief_of, drawn_brief
from rmccomply.formats.text.canvas import Canvas
from rmccomply.formats.text.heading import header
from rmccomply.formats.text.nothing import of_nothing
from rmccomply.formats.text.summary import summary, verdict
from rmccomply.formats.text.target import block
from rmccomply.spool import Grouped, Sorted, Spool
from rmccomply.terminal import Page, width_of
from rmccomply.words import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing

_MOST: Final = 0xFFFF_FFFF
_WIDEST: Final = 40
"""Columns of the names of targets of a line each; a longer one pushes what is said of it to the right."""
_APART: Final = "\n\n"


class TextFragment(NamedTuple):
    """A target in text: drawn, as a `block` with its `rank` (the less, the worse), or else as a `brief`.

    `counts` has state, severity and how many findings are so.
    """

    rank: str
    block: str
    brief: Brief | None
    counts: tuple[tuple[str, str, int], ...]
    notes: tuple[Note, ...]


def fragment(item: "Assessed", frame: "Frame") -> TextFragment:
    """A target as it is drawn."""
    canvas = _canvas(frame)
    counts: Counter[tuple[str, str]] = Counter((state_of(finding), finding.severity) for finding in item.findings)
    shown = [finding for finding in item.findings if canvas.show_all or state_of(finding) in SHOWN]
    return TextFragment(
        _rank(counts) if shown else "",
        block(item, shown, canvas) if shown else "",
        None if shown else brief_of(item, canvas.run),
        tuple((*key, count) for key, count in counts.items()),
        notes_of(item.notifications, item.target.id),
    )


class TextAssembly:
    """Text in the making. The worst target comes first, so all that is drawn goes through spools."""

    def __init__(self, frame: "Frame") -> None:
        self._canvas = _canvas(frame)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._blocks = Spool()
        self._worst_first = Sorted()
        self._briefs = Spool()
        self._widest = 0
        self._notes = Grouped()

    def begin(self) -> str:
        return ""

    def add(self, fragment: TextFragment) -> str:
        for state, severity, count in fragment.counts:
            self._counts[state, severity] += count
        if fragment.brief is None:
            self._worst_first.add(fragment.rank, str(self._blocks.add(fragment.block)))
        else:
            self._widest = max(self._widest, width_of(fragment.brief.name))
            self._briefs.add("\n".join(fragment.brief))
        self._note(fragment.notes)
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        page, run = self._canvas.page, self._canvas.run
        return map(page.plain, self._pieces(closing) if closing.targets else of_nothing(page, run, closing))

    def _pieces(self, closing: "Closing") -> "Iterator[str]":
        self._note(notes_of(closing.notifications, ""))
        page, run = self._canvas.page, self._canvas.run
        yield header(page, run, closing.targets)
        for _, place in self._worst_first:
            yield _APART + self._blocks.at(int(place))
        yield from self._brief(page)
        yield from about(page, self._notes)
        yield _APART + summary(page, self._counts, closing)
        yield _APART + verdict(page, closing, run) + "\n"

    def abandon(self) -> None:
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


def assembly(frame: "Frame") -> TextAssembly:
    """An empty report."""
    return TextAssembly(frame)


def _canvas(frame: "Frame") -> Canvas:
    page = Page(frame.style.width, color=frame.style.color, ascii=frame.style.ascii)
    return Canvas(page, frame.run, {card.id: card for card in frame.run.rules}, frame.style.show == "all")


def _rank(counts: Counter[tuple[str, str]]) -> str:
    """Sorts targets: by their fails from the worst severity on, then their unknowns, then their errors."""
    return "".join(f"{_MOST - counts[state, severity]:08x}" for state in ORDER[:3] for severity in SEVERITIES)
