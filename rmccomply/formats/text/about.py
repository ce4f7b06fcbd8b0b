"""About the assessment: what was wrong with the evidence, target by target; what is said of several places, once."""

from typing import TYPE_CHECKING, Final

from rmccomply.ending.verdict_line import skipped_line
from rmccomply.formats.text.canvas import INDENT, INNER, MOST_PLACES, flat
from rmccomply.terminal import Page, visible
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmccomply.evidence.model import Notification

_LEVEL_COLORS: Final = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_LEVEL: Final = 9
"""Columns of a level."""


class Note(NamedTuple):
    """A notification as text tells it: of the run where `target` is empty, of no place where `place` is."""

    target: str
    level: str
    text: str
    place: str


class _Where:
    """The places of one note: the first of them, and how many there are."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.count = 0

    def add(self, place: str) -> None:
        self.count += 1
        if len(self.first) < MOST_PLACES:
            self.first.append(place)


def notes_of(notifications: "Iterable[Notification]", target: str) -> tuple[Note, ...]:
    """The notifications, of the target where they name none; files that are no evidence as one note."""
    each = tuple(notifications)
    notes = [Note(one.target or target, one.level, one.text, _place_of(one)) for one in each if not one.skipped]
    skipped = skipped_line(each)
    return (*notes, Note(target, "note", skipped, "")) if skipped else tuple(notes)


def packed(note: Note) -> str:
    """The note as a row."""
    import json

    return json.dumps(note)


def about(page: Page, by_target: "Iterable[Iterator[str]]") -> "Iterator[str]":
    """All that is to be said, in pieces, each with what stands before it; `by_target` has the notes as rows."""
    before = "\n".join(["\n", page.rule(), page.paint("bold", "About the assessment"), ""])
    for rows in by_target:
        import json

        yield before + "\n".join(_of_target(page, (Note(*json.loads(row)) for row in rows)))
        before = "\n"


def _of_target(page: Page, notes: "Iterator[Note]") -> list[str]:
    """What is said of one target, in the order in which each is said first."""
    target = ""
    told: dict[tuple[str, str], _Where] = {}
    for note in notes:
        target = note.target
        places = told.setdefault((note.level, note.text), _Where())
        if note.place:
            places.add(note.place)
    lines = ["", INDENT + visible(target or "the run")]
    return [*lines, *(line for (level, text), places in told.items() for line in _note(page, level, text, places))]


def _note(page: Page, level: str, text: str, places: _Where) -> list[str]:
    """What was said of one place, or of several in the same words."""
    sign = page.paint(_LEVEL_COLORS[level], level.ljust(_LEVEL))
    indent = INNER + " " * _LEVEL
    first, *more = page.prose(flat(text), indent)
    lines = [INNER + sign + first.lstrip(" "), *more]
    lines += [indent + page.paint("cyan", visible(place)) for place in places.first]
    if left := places.count - len(places.first):
        lines.append(f"{indent}… {counted(left, 'more place')}, all in the JSON report")
    return lines


def _place_of(note: "Notification") -> str:
    return f"{note.uri}:{note.line}" if note.uri and note.line is not None else note.uri
