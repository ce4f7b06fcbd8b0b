"""A page of so many columns and lines: rows in sections, each cut with a count where the page has no room.

One screen holds about 60 lines of a hundred columns; a narrow page needs more lines for the same words. Whatever
stands on it, names of any length and characters of any width among it, no line is wider than the page.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rmccomply.terminal import width_of
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.terminal import Page

WIDE: Final = 100
"""Columns from which on a row is one line."""
_NARROW: Final = 60
_LINES: Final = 60
_LINES_NARROW: Final = 80
_BLANKS: Final = re.compile(r"\s{2,}")

Lines = Sequence[str]


class PagePart(NamedTuple):
    """A part of a page. `more` gives what stands behind so many shown rows where there are others.

    `least` rows are shown whatever the page holds besides, and `most` at most; `beyond` has no row here and is counted.
    """

    head: Lines
    rows: Sequence[Lines] = ()
    more: Callable[[int], Lines] | None = None
    least: int = 3
    most: int = 12
    beyond: int = 0


NOTHING: Final = PagePart(())


def lines_of(width: int) -> int:
    """The most lines that a page of so many columns may have."""
    return max(_LINES, min(_LINES_NARROW, _LINES + (WIDE - width) * (_LINES_NARROW - _LINES) // (WIDE - _NARROW)))


def fit(sections: Iterable[PagePart], room: int) -> list[str]:
    """The sections, one blank line apart, in at most so many lines: rows are added in turn while there is room."""
    parts = [part for part in sections if part.head or part.rows]
    whole = [min(part.most, len(part.rows)) for part in parts]
    if _height(parts, whole) <= room:
        return _joined(_drawn(part, count) for part, count in zip(parts, whole, strict=True))
    shown = [min(part.least, part.most, len(part.rows)) for part in parts]
    while _height(parts, shown) > room and any(shown):
        shown[max(range(len(parts)), key=shown.__getitem__)] -= 1
    growing = list(range(len(parts)))
    while growing:
        for at in tuple(growing):
            more = [*shown[:at], shown[at] + 1, *shown[at + 1 :]]
            if shown[at] >= min(parts[at].most, len(parts[at].rows)) or _height(parts, more) > room:
                growing.remove(at)
            else:
                shown = more
    return _joined(_drawn(part, count) for part, count in zip(parts, shown, strict=True))


def _height(parts: Sequence[PagePart], shown: Sequence[int]) -> int:
    return len(_joined(_drawn(part, count) for part, count in zip(parts, shown, strict=True)))


def _drawn(part: PagePart, count: int) -> list[str]:
    lines = [*part.head, *(line for row in part.rows[:count] for line in row)]
    cut = count < len(part.rows) + part.beyond
    return [*lines, *part.more(count)] if cut and part.more is not None else lines


def _joined(parts: Iterable[Lines]) -> list[str]:
    lines: list[str] = []
    for part in parts:
        lines += ["", *part] if lines else part
    return lines


def flattened(text: str) -> str:
    """A listing's row with its blanks drawn together."""
    return _BLANKS.sub("  ", text.strip())


def filled(page: "Page", text: str, room: int, most: int = 3) -> list[str]:
    """Words in lines of so many columns, `most` at most; a word that is wider is broken, and what is cut ends in `…`.

    The text is visible already.
    """
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if width_of(joined) <= room:
            lines[-1:] = [joined]
        elif word:
            lines += broken(word, room)
    lines = [line.rstrip(" ") for line in lines]
    if len(lines) > most:
        lines[most - 1 :] = [page.cut(" ".join(lines[most - 1 :]), room)]
    return lines


def broken(word: str, room: int) -> list[str]:
    """A text in pieces of so many columns, none of which begins with a mark that belongs to a letter before it."""
    if word.isascii():
        return [word[at : at + room] for at in range(0, len(word), room)] or [""]
    pieces = [""]
    for char in word:
        if width_of(pieces[-1] + char) <= room:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def cut_inside(page: "Page", text: str, room: int) -> str:
    """The text in at most so many columns: names of a fleet are told apart by their ends as well."""
    if width_of(text) <= room:
        return text
    mark = page.plain("…")
    half = (room - width_of(mark)) // 2
    if half < 1:
        return page.cut(text, room)
    head = next(text[:end] for end in range(half, -1, -1) if width_of(text[:end]) <= half)
    tail = next(text[start:] for start in range(len(text) - half, len(text) + 1) if width_of(text[start:]) <= half)
    return f"{head}{mark}{tail}"


def strung(page: "Page", parts: Iterable[str], room: int, most: int = 4) -> list[str]:
    """Parts with a dot between them, in lines of so many columns; a part is broken only where it is wider than that."""
    dot, lines = page.plain(" · "), list[str]()
    for part in parts:
        joined = f"{lines[-1]}{dot}{part}" if lines else part
        if width_of(joined) <= room:
            lines[-1:] = [joined]
        else:
            lines += filled(page, part, room, most)
    if len(lines) > most:
        lines[most - 1 :] = [page.cut(dot.join(lines[most - 1 :]), room)]
    return lines
