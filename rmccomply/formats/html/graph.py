"""The causes of one target as a drawing: what can be the reason of what, from left to right.

A simple layered layout: a box stands one column to the right of the last of its reasons, and in a column in the order
in which problems are to be fixed. Columns of text are estimated, for a drawing without a script cannot measure any.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from rmccomply.terminal import cut, visible, width_of
from rmccomply.tuples import NamedTuple

COLUMNS: Final = 27
"""Columns of text in a box."""
_LINES: Final = 3
"""Lines of a title in a box; what is longer is cut, and whole in the list beside the drawing."""
_WIDTH, _APART, _BELOW, _LINE, _MARGIN = 216, 64, 16, 17, 10
"""Pixels: a box, what is between two columns, between two boxes of one, a line of text, the margin of a box."""
_ARROW: Final = 7


class Knot(NamedTuple):
    """What is drawn as a box: a problem, or checks that stay undecided. `whys` are the keys of its reasons."""

    key: str
    head: str
    title: str
    whys: tuple[str, ...] = ()
    word: str = ""


class Box(NamedTuple):
    """A box at its place, with its lines of text: each its baseline and itself."""

    x: int
    y: int
    height: int
    word: str
    head: tuple[int, str]
    lines: tuple[tuple[int, str], ...]


class Drawing(NamedTuple):
    """Boxes, and arrows as paths."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    box_width: int = _WIDTH
    margin: int = _MARGIN


def drawing_of(knots: Sequence[Knot]) -> Drawing | None:
    """The drawing of all that is joined to something; None where nothing is."""
    known = {one.key for one in knots}
    joined = {why for one in knots for why in one.whys if why in known and why != one.key}
    drawn = [one for one in knots if one.key in joined or joined & set(one.whys)]
    if not drawn:
        return None
    columns = _columns(drawn)
    boxes = _placed(drawn, columns)
    arrows = tuple(_arrow(boxes[why], boxes[key]) for key, whys in _nearest(drawn).items() for why in whys)
    width = (max(columns.values()) + 1) * (_WIDTH + _APART) - _APART
    height = max(box.y + box.height for box in boxes.values())
    return Drawing(width + 2, height + 2, tuple(boxes.values()), arrows)


def _nearest(knots: Sequence[Knot]) -> dict[str, list[str]]:
    """The reasons of each that an arrow leads from: none to which a longer way leads, for that tells it already."""
    whys = {one.key: [why for why in dict.fromkeys(one.whys) if why != one.key] for one in knots}
    whys = {key: [why for why in reasons if why in whys] for key, reasons in whys.items()}
    return {key: [why for why in reasons if not _is_told(why, key, whys)] for key, reasons in whys.items()}


def _is_told(why: str, key: str, whys: Mapping[str, Sequence[str]]) -> bool:
    """Whether another reason of it has this one behind it, and does not stand behind this one, as in a circle."""
    behind = {other: _behind(other, whys, {key}) for other in whys[key]}
    return any(why in found and other not in behind[why] for other, found in behind.items() if other != why)


def _behind(key: str, whys: Mapping[str, Sequence[str]], seen: set[str]) -> set[str]:
    """Everything that is a reason of it, at first or at second hand; what was seen is not gone through again."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        new = [why for why in whys[ahead.pop()] if why not in found and why not in seen]
        found.update(new)
        ahead += new
    return found


def _columns(knots: Sequence[Knot]) -> dict[str, int]:
    """The column of each: behind all of its reasons. A circle ends, for nothing stands further right than all."""
    columns = {one.key: 0 for one in knots}
    for _ in knots:
        for one in knots:
            behind = (columns[why] + 1 for why in one.whys if why in columns and why != one.key)
            columns[one.key] = min(max(behind, default=0), len(knots) - 1)
    return columns


def _placed(knots: Sequence[Knot], columns: Mapping[str, int]) -> dict[str, Box]:
    free: dict[int, int] = {}
    boxes: dict[str, Box] = {}
    for one in knots:
        column = columns[one.key]
        box = _box(one, 1 + column * (_WIDTH + _APART), free.get(column, 1))
        free[column] = box.y + box.height + _BELOW
        boxes[one.key] = box
    return boxes


def _box(knot: Knot, x: int, y: int) -> Box:
    rows = wrapped(knot.title)
    base = y + _MARGIN + 11
    lines = tuple((base + (at + 1) * _LINE, row) for at, row in enumerate(rows))
    height = 2 * _MARGIN + (len(rows) + 1) * _LINE - 3
    return Box(x, y, height, knot.word, (base, cut(visible(knot.head), COLUMNS + 6)), lines)


def _arrow(why: Box, of: Box) -> str:
    """From the right side of a reason to the left side of what it brings about, with a head."""
    x, y, to, at = why.x + _WIDTH, why.y + why.height // 2, of.x, of.y + of.height // 2
    bend = max(24, abs(to - x) // 2)
    head = f"M{to - _ARROW} {at - 4}L{to} {at}L{to - _ARROW} {at + 4}"
    return f"M{x} {y}C{x + bend} {y} {to - bend} {at} {to} {at}{head}"


def wrapped(text: str) -> list[str]:
    """A title in the lines of a box: words stay whole where they fit into one."""
    rows = [""]
    for word in visible(text).split(" "):
        while width_of(word) > COLUMNS:
            head = _fitting(word)
            rows.append(head)
            word = word[len(head) :]
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if width_of(longer) <= COLUMNS:
            rows[-1] = longer
        else:
            rows.append(word)
    rows = [row for row in rows if row]
    return rows if len(rows) <= _LINES else [*rows[: _LINES - 1], cut(" ".join(rows[_LINES - 1 :]), COLUMNS)]


def _fitting(word: str) -> str:
    """The longest beginning of a word that fits into a line."""
    return next(word[:end] for end in range(COLUMNS, 0, -1) if width_of(word[:end]) <= COLUMNS or end == 1)
