"""Cells of CSV that are the same text in a program and in a spreadsheet, and never a formula.

RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), with LF for CR LF: Excel, LibreOffice and `csv` of Python read both,
and a shell would keep the CR in the last cell. UTF-8 with a mark at its beginning, by which Excel knows it for UTF-8.

What a spreadsheet would not take as the text that it is has an apostrophe before it, as a person would type it:

- a formula: `=`, `+`, `-` or `@`, in any width, behind any blanks (https://owasp.org/www-community/attacks/CSV_Injection);
- a number, a date or a time that would be written otherwise then: `3.10`, `007`, `1E5`, `9-12`, `mar1`; a whole number
  stays as it is;
- what begins with an apostrophe, so that the first of a cell is always one of ours.

There is no control character, no line end and no half of a character in a cell.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from rmccomply.words import blanked

MARK: Final = "\ufeff"
"""What stands before the first row."""
_LINE_END: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORMULA: Final = frozenset("=+-@'")
_WHOLE: Final = re.compile("0|[1-9][0-9]{0,14}")
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_AMOUNT: Final = r"[.,$€£¥(]?[ ]*\d[\d\s.,:/%$€£¥()+-]*(?:e[+-]?\d*)?"
_HOUR: Final = r"\d{1,2}(?::\d{1,2}){0,2} *[ap]m?"
_BENT: Final = re.compile(rf"{_AMOUNT}|{_HOUR}|{_MONTH}[\s./,-]*\d.*|\d+[\s./,-]*{_MONTH}.*", re.IGNORECASE)
"""What a spreadsheet takes for a number, a date or a time; whole numbers and levels are among them."""
_LEVEL: Final = re.compile(r"(?!\d+(?:\.\d{3})+$)\d+(?:\.\d+){3,}")
"""A level of four parts, or an address: no number, unless all its parts are groups of three digits."""


def row(cells: Iterable[str | int | None]) -> str:
    """A row with its end; None is an empty cell, and numbers are written as such."""
    return ",".join(["" if one is None else str(one) if isinstance(one, int) else cell(one) for one in cells]) + "\n"


@lru_cache(maxsize=4096)
def cell(text: str) -> str:
    """A text as a cell.

    >>> cell("=1+1"), cell("97"), cell("3.10"), cell("a, b")
    ("'=1+1", '97', "'3.10", '"a, b"')
    """
    shown = blanked(_LINE_END.sub(" / ", text.strip("\r\n")))
    if _is_bent(shown.strip()):
        shown = f"'{shown}"
    if '"' in shown or "," in shown or shown != shown.strip():
        return '"' + shown.replace('"', '""') + '"'
    return shown


def _is_bent(shown: str) -> bool:
    """Whether a spreadsheet would make something else of it than this text."""
    if normalize("NFKC", shown[:1])[:1] in _FORMULA:
        return bool(shown)
    return any(map(str.isdigit, shown[:40])) and _BENT.fullmatch(shown) is not None and not _is_kept(shown)


def _is_kept(shown: str) -> bool:
    return _WHOLE.fullmatch(shown) is not None or _LEVEL.fullmatch(shown) is not None
