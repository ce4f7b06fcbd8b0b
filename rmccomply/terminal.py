"""Text on a terminal: what is safe to show, how wide it is, and how it is coloured.

Colours are the SGR sequences of ECMA-48 (https://ecma-international.org/publications-and-standards/standards/ecma-48/),
only the eight base colours, bold and faint, so that the terminal's own theme, light or dark, decides how they look.
Width is what `wcwidth` tells: wide characters take two columns, combining ones and variation selectors none, ambiguous
ones one.
"""

import re
import textwrap
from typing import TYPE_CHECKING, Final

from rmccomply.words import is_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODES: Final = {
    "bold": "1",
    "faint": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "cyan": "36",
    "bold red": "1;31",
    "bold green": "1;32",
    "bold yellow": "1;33",
    "bold magenta": "1;35",
    "bold cyan": "1;36",
}
_ASCII: Final = str.maketrans(
    {
        "✗": "x",
        "✓": "+",
        "–": "-",
        "…": "...",
        "·": "-",
        "×": "x",
        "→": "->",
        "─": "-",
        "│": "|",
        "├": "|",
        "└": "`",
        "“": '"',
        "”": '"',
        "’": "'",
    }
)
"""The symbols that pages draw with, for a terminal that shows ASCII alone."""
_TAB: Final = 8
_NARROWEST: Final = 40
_HANG: Final = 2
"""Columns by which a row that is not of a paragraph goes on further to the right."""
_LISTED: Final = re.compile(r"[^\w\s] |[\w.]+: |.*\S {2,}\S")
"""How a row begins that is an item of a list, or is of columns."""
_QUOTED: Final = re.compile(r"`[^`]+`\S?")
_TIE: Final = "\xa0"
"""A blank that holds words together. It is no part of visible text."""
_CHARS: Final = 4
"""Characters in a column at most where text is cut: a letter and its marks."""


def visible(text: str) -> str:
    """The text with everything that could drive a terminal or reorder a line written out.

    Tabs become blanks. Controls, format characters (bidi marks and overrides among them), surrogates, separators
    other than the blank, unassigned characters and those that show nothing become `\\xNN`, `\\uNNNN` or `\\UNNNNNNNN`.
    """
    if is_seen(text):
        return text
    return "".join(char if is_seen(char) else _escaped(char) for char in text.expandtabs(_TAB))


def _to_ascii(text: str) -> str:
    """What is not ASCII written out."""
    return text if text.isascii() else "".join(char if char.isascii() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_ONE_COLUMN: Final = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("·–…─│✓✗")
"""What most pages hold of characters: each takes one column, and wcwidth, which takes long to load, need not say so."""


def width_of(text: str) -> int:
    """Columns that visible text takes."""
    if text.isascii() or _ONE_COLUMN.issuperset(text):
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def cut(text: str, width: int, mark: str = "…") -> str:
    """The text in at most that many columns, ending in the mark where something is left off."""
    if width_of(text) <= width:
        return text
    room = width - width_of(mark)
    if room < 0:
        return mark[: max(width, 0)]
    most = room if text.isascii() else _CHARS * room
    shown = next(end for end in range(min(len(text), most), -1, -1) if width_of(text[:end]) <= room)
    return f"{text[:shown]}{mark}"


def fitted(text: str, width: int, mark: str = "…") -> str:
    """A line of evidence in at most that many columns: listings are mostly blanks, and what they say stands last."""
    return text if width_of(text) <= width else cut(re.sub(" {3,}", "  ", text), width, mark)


def padded(text: str, width: int) -> str:
    """The text with blanks up to that many columns."""
    return text + " " * (width - width_of(text))


class Verbatim(str):
    """A row that stays whole, however wide: a command, a path, evidence."""

    __slots__ = ()


class Page:
    """Draws at one width (columns), with colours or without, and where it is `ascii`, with nothing but that.

    What stands in evidence and names is taken through `visible` first, before it is measured; what the page itself
    draws with, through `plain`.
    """

    def __init__(self, width: int, *, color: bool = False, ascii: bool = False) -> None:
        self._color = color
        self.ascii = ascii
        self.width = max(width, _NARROWEST)

    def plain(self, text: str) -> str:
        """Text of this program: symbols as they are, or in ASCII (`…` takes three columns there); all else escaped."""
        return _to_ascii(text.translate(_ASCII)) if self.ascii and not text.isascii() else text

    def visible(self, text: str) -> str:
        """Text of others, as `visible` gives it; on a page of ASCII, with all else written out."""
        return _to_ascii(visible(text)) if self.ascii else visible(text)

    def cut(self, text: str, width: int) -> str:
        """As `cut`, with the ellipsis of this page."""
        return cut(text, width, self.plain("…"))

    def fitted(self, text: str, width: int) -> str:
        """As `fitted`, with the ellipsis of this page."""
        return fitted(text, width, self.plain("…"))

    def paint(self, name: str, text: str) -> str:
        """The text in a colour, as it is where there are no colours."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self._color and text else text

    def rule(self) -> str:
        """A line across the page."""
        return self.paint("faint", self.plain("─" * self.width))

    def laid(self, rows: "Iterable[str]") -> str:
        """Rows as a text: harmless, and all but those that are `Verbatim` wrapped under themselves."""
        return "".join(f"{part}\n" for row in rows for part in self._laid(row))

    def _laid(self, row: str) -> list[str]:
        if isinstance(row, Verbatim):
            return [self.visible(row).rstrip()]
        shown = self.plain(visible(row)).rstrip()
        if width_of(shown) <= self.width:
            return [shown]
        words = shown.lstrip(" ")
        indent = shown[: len(shown) - len(words)]
        under = indent + " " * (_HANG if not indent or _LISTED.match(words) else 0)
        first, *more = _filled(words, self.width - len(under))
        return [indent + first, *(under + part for part in more)]

    def prose(self, text: str, indent: str) -> list[str]:
        """Sentences, wrapped and indented; a line that begins with a blank is a command and stays whole."""
        lines: list[str] = []
        for line in text.strip("\n").split("\n"):
            shown = self.plain(visible(line.rstrip()))
            lines += [indent + shown] if shown.startswith(" ") else self._wrapped(shown, indent)
        return lines

    def labelled(self, label: str, text: str, indent: str) -> list[str]:
        """Prose with a label in front of its first line."""
        lines = self.prose(text, indent + " " * len(label))
        return [indent + self.paint("bold", label) + lines[0].lstrip(" "), *lines[1:]]

    def _wrapped(self, line: str, indent: str) -> list[str]:
        room = self.width - len(indent)
        return [indent + row for row in _filled(line, room)] or [""]


PAGE: Final = Page(100)
"""What text is laid out on where nobody says."""


def _filled(line: str, room: int) -> list[str]:
    """Words are never broken, nor commands in backticks that have room on a row, so that they can be copied."""
    held = _QUOTED.sub(lambda found: found[0].replace(" ", _TIE) if width_of(found[0]) <= room else found[0], line)
    rows = textwrap.wrap(held, room, break_long_words=False, break_on_hyphens=False)
    if not line.isascii():
        rows = [part for row in rows for part in _refilled(row, room)]
    return [row.replace(_TIE, " ") for row in rows]


def _refilled(row: str, room: int) -> list[str]:
    """Fill again by columns where characters are wide."""
    parts = [""]
    for word in row.split(" "):
        longer = f"{parts[-1]} {word}" if parts[-1] else word
        if width_of(longer) <= room or not parts[-1]:
            parts[-1] = longer
        else:
            parts.append(word)
    return parts
