"""Single alterations of the text of one capture: a value, a column, a line, a blank, its end.

Nothing here knows what a text means; what an altered text deserves is said by `tests/deserved.py`.
"""

import re
from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

_WORDS: Final = (
    ("active", "inoperative", "stopping", "inactive", "failed"),
    ("running", "exited", "dead"),
    ("LISTEN", "ESTAB", "ESTABLISHED", "TIME_WAIT"),
    ("C", "A", "B", "E", "O", "?"),
    ("COMMITTED", "APPLIED", "BROKEN"),
    ("I", "O", "i", "X", "Z", "Q", "A", "R"),
    ("Online", "Offline"),
    ("Yes", "No"),
    ("enabled", "disabled", "static", "masked"),
    ("once", "off", "respawn", "wait"),
    ("open", "refused", "timeout", "not-tried"),
    ("permit", "deny"),
    ("accept", "drop", "ACCEPT", "DROP"),
    ("UP", "DOWN"),
    ("tcp", "udp"),
    ("link", "global"),
    ("rootvg", "caavg_private"),
    ("S", "*Q*"),
    ("rsct", "rsct_rm", "ras"),
    ("ctrmc", "ctcas", "srcmstr", "IBM.DRM", "IBM.MgmtDomainRM", "IBM.CSMAgentRM"),
    ("-r", "-x"),
    ("True", "False"),
)
"""Words that stand for one another."""
_LIKE: Final = {word: tuple(other for other in group if other != word) for group in _WORDS for word in group}
_NUMBER: Final = re.compile(r"\d+")
_HEX: Final = re.compile(r"[0-9a-fA-F]{4,}")
_WORD: Final = re.compile(r"[^\s:=,\"<>(){};]+")
_CELL: Final = re.compile(r"[^\s]+")


@st.composite
def alterations(draw: st.DrawFn, text: str) -> str:
    """This text, which is not empty, after one alteration (or as it is, where it has no such value)."""
    kind = draw(st.sampled_from(sorted(_KINDS)))
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    at = draw(st.sampled_from(filled))
    return "\n".join(_KINDS[kind](draw, list(lines), at))


Lines = list[str]


def _in_line(draw: st.DrawFn, lines: Lines, at: int, pattern: re.Pattern[str], new: Callable[[str], str]) -> Lines:
    found = list(pattern.finditer(lines[at]))
    if not found:
        return lines
    one = draw(st.sampled_from(found))
    lines[at] = lines[at][: one.start()] + new(one.group()) + lines[at][one.end() :]
    return lines


def _number(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    def other(text: str) -> str:
        near = str(max(0, int(text) + draw(st.sampled_from((-1, 1, 10, 1000)))))
        return draw(st.sampled_from((near, "0", "1", "657", "658", "259", text + "0", text[1:], "-1", "x")))

    return _in_line(draw, lines, at, _NUMBER, other)


def _digit(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    def other(text: str) -> str:
        place = draw(st.integers(0, len(text) - 1))
        return text[:place] + draw(st.sampled_from("0123456789abcdefgF")) + text[place + 1 :]

    return _in_line(draw, lines, at, _HEX, other)


def _word(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    found = [one for one in _WORD.finditer(lines[at]) if one.group() in _LIKE]
    if not found:
        return lines
    one = draw(st.sampled_from(found))
    lines[at] = lines[at][: one.start()] + draw(st.sampled_from(_LIKE[one.group()])) + lines[at][one.end() :]
    return lines


def _drop_column(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    return _in_line(draw, lines, at, _CELL, lambda text: draw(st.sampled_from(("", " " * len(text)))))


def _drop_field(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    fields = lines[at].split(":")
    del fields[draw(st.integers(0, len(fields) - 1))]
    lines[at] = ":".join(fields)
    return lines


def _swap(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    for mark in (None, ":", "\t"):
        cells = lines[at].split(mark)
        if len(cells) > 1 and draw(st.booleans()):
            n, m = draw(st.integers(0, len(cells) - 1)), draw(st.integers(0, len(cells) - 1))
            cells[n], cells[m] = cells[m], cells[n]
            lines[at] = (mark or " ").join(cells)
            return lines
    return lines


def _repeat(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    lines.insert(draw(st.integers(0, len(lines) - 1)), lines[at])
    return lines


def _move(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    line = lines.pop(at)
    to = draw(st.integers(0, len(lines)))
    lines.insert(to, line)
    return lines


def _drop_line(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    del lines[at]
    return lines


def _drop_header(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    return lines[1:]


def _blank(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    return _in_line(draw, lines, at, re.compile("[ \t]"), lambda _: draw(st.sampled_from(("\t", "\xa0", "", "  "))))


def _join(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    if at + 1 == len(lines):
        return lines
    lines[at : at + 2] = [lines[at] + draw(st.sampled_from(("", " "))) + lines[at + 1]]
    return lines


def _break(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    place = draw(st.integers(0, len(lines[at])))
    lines[at : at + 1] = [lines[at][:place], lines[at][place:]]
    return lines


def _cut(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    place = draw(st.integers(0, len(lines[at])))
    return [*lines[:at], lines[at][:place]]


def _lose_letter(draw: st.DrawFn, lines: Lines, at: int) -> Lines:
    place = draw(st.integers(0, len(lines[at]) - 1))
    lines[at] = lines[at][:place] + lines[at][place + 1 :]
    return lines


_KINDS: Final[dict[str, Callable[[st.DrawFn, Lines, int], Lines]]] = {
    "number": _number,
    "digit": _digit,
    "word": _word,
    "column dropped": _drop_column,
    "field dropped": _drop_field,
    "columns swapped": _swap,
    "line repeated": _repeat,
    "line moved": _move,
    "line dropped": _drop_line,
    "header dropped": _drop_header,
    "blank": _blank,
    "lines joined": _join,
    "line broken": _break,
    "cut": _cut,
    "letter lost": _lose_letter,
}
