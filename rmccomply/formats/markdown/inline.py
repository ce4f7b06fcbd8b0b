"""Text of others in Markdown: plain words stand as they are, and whatever else as code, in which nothing is markup.

GitHub Flavored Markdown (https://github.github.com/gfm/), and what GitHub and GitLab make of text beside it: mentions,
references (`#1`, `!1`, `%1`, `~bug`), commits, `:emoji:`, formulas, addresses. None of them looks into code, whereas a
backslash stops only some (GFM 6.9 takes an address for a link wherever it finds one). A code span may hold anything but
a run of backticks as long as its own; a `|` ends a cell also in code (GFM 4.10), so in a cell it is written out.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rmccomply.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE: Final = re.compile(r"`[^`]+`|[^\s`]+|`+|\s+")
_PLAIN: Final = re.compile(
    r"""[("'“‘]*[^\W_](?:[^\W_]|[.,'’/%+=-](?=[^\W_%]))*[%)"'”’.,;:!?…]*|[).,;:!?…"'”’·–—(]+|%"""
)
"""A word, with what stands before and behind one in prose, or marks alone."""
_MADE_OF: Final = re.compile(r"www\.|[0-9a-f]{7}|^gh-[0-9]|^[0-9]+[.)]$", re.IGNORECASE)
"""Words in it become a link of GitHub's (addresses, commits, `GH-1`), or at the beginning of a line a list."""
_BEHIND: Final = ".,;:!?"
_RUNS: Final = re.compile("`+")


def code(text: str, *, cell: bool = False) -> str:
    """A text as code, with what cannot be seen written out."""
    shown = visible(text)
    if cell:
        shown = shown.replace("|", "\\x7c")
    if not shown:
        return ""
    marks = "`" * (_longest(shown) + 1)
    padded = shown.strip(" ") and (shown[0] in " `" or shown[-1] in " `")
    return f"{marks} {shown} {marks}" if padded else f"{marks}{shown}{marks}"


@lru_cache(maxsize=1024)
def prose(text: str, *, cell: bool = False) -> str:
    """A sentence on one line: what is no plain word, and what stands between backticks, as code.

    >>> prose("Run `lssrc -a`: <b>x</b> |@root failed.")
    'Run `lssrc -a`: `<b>x</b> |@root` failed.'
    """
    shown: list[str] = []
    held = gap = ""
    for piece, is_code in _pieces(visible(text)):
        if piece.isspace():
            gap = piece
            continue
        if is_code:
            held = f"{held}{gap}{piece}" if held else piece
            shown += [gap] if gap and held == piece else []
        else:
            shown += [code(held, cell=cell)] if held else []
            shown += [gap, piece]
            held = ""
        gap = ""
    return "".join([*shown, code(held, cell=cell)]).strip(" ")


def fenced(lines: "Iterable[str]") -> str:
    """Lines as they are, each on a line of its own."""
    shown = [visible(line).rstrip() for line in lines]
    marks = "`" * max(3, *(_longest(line) + 1 for line in shown))
    return "\n".join([f"{marks}text", *shown, marks])


def _pieces(text: str) -> "Iterator[tuple[str, bool]]":
    """The words, what stands between them, and whether each is code."""
    for found in _PIECE.finditer(text):
        piece = found[0]
        if len(piece) > 2 and piece[0] == piece[-1] == "`":
            yield piece[1:-1], True
        else:
            is_plain = _is_plain(piece)
            word = piece if is_plain else piece.rstrip(_BEHIND) or piece
            yield word, not is_plain
            if behind := piece[len(word) :]:
                yield behind, False


@lru_cache(maxsize=4096)
def _is_plain(piece: str) -> bool:
    return piece.isspace() or (bool(_PLAIN.fullmatch(piece)) and not _MADE_OF.search(piece))


def _longest(text: str) -> int:
    return max(map(len, _RUNS.findall(text)), default=0)
