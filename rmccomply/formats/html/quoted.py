"""Lines of evidence as the page quotes them: each place once, each line with its number in the file."""

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.section import spoken
from rmccomply.formats.html.shown import QuotedSource, Quotes, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmccomply.evidence.model import Reference
    from rmccomply.finding import Finding

_MOST: Final = 12
"""Places that are shown of one finding."""


def said_of(finding: "Finding", most: int = _MOST) -> Said:
    """What a finding says, with at most so many of the places that prove it."""
    return Said(finding.message, quotes_of(finding.evidence, most))


def quotes_of(references: "Sequence[Reference]", most: int = _MOST) -> Quotes:
    """The first places, and how many more there are."""
    found = groupby(references[:most], lambda one: (one.uri, one.request, one.exit_status))
    return Quotes(tuple(_source([*group]) for _, group in found), len(references[most:]))


def place_of(references: "Sequence[Reference]") -> str:
    """The first place, as file and line."""
    return f"{references[0].uri}:{references[0].start_line}" if references else ""


def _source(references: "Sequence[Reference]") -> QuotedSource:
    first = references[0]
    status = "" if first.exit_status is None else f" · exit {first.exit_status}"
    lines = tuple(line for one in references for line in _numbered(one))
    return QuotedSource(f"{first.uri}:{first.start_line}", f"{first.request}{status}{_decoding(first)}", lines)


def _numbered(reference: "Reference") -> "Iterable[tuple[str, str]]":
    """The lines with their numbers; what stands in hexadecimal on several lines is numbered by the first."""
    lines = spoken(reference.text).split("\n")
    if reference.end_line - reference.start_line + 1 != len(lines):
        return [(str(reference.start_line), lines[0]), *(("", line) for line in lines[1:])]
    return [(str(number), line) for number, line in enumerate(lines, reference.start_line)]


def _decoding(reference: "Reference") -> str:
    if reference.snippet is None:
        return ""
    return f" · hexadecimal, lines {reference.start_line} to {reference.end_line}"
