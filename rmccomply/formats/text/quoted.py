"""Lines of evidence: the place where they stand, what gave them, and they themselves behind a gutter."""

from typing import TYPE_CHECKING, Final

from rmccomply.evidence.section import spoken
from rmccomply.formats.text.canvas import INNER, MOST_PLACES
from rmccomply.terminal import Page, width_of
from rmccomply.words import counted

if TYPE_CHECKING:
    from rmccomply.evidence.model import Reference

_GUTTER: Final = 4
"""Columns of a line's number at least."""


def quoted(page: Page, references: "tuple[Reference, ...]") -> list[str]:
    """The lines that prove a finding, as they stand; the place is named where it is another than before."""
    gutter = max(_GUTTER, *(len(str(each.end_line)) for each in references))
    lines: list[str] = []
    before = None
    for reference in references[:MOST_PLACES]:
        source = (reference.uri, reference.request, reference.exit_status)
        if source != before:
            lines += _source(page, reference, gutter)
        before = source
        lines += _quoted_lines(page, reference, gutter)
    if left := len(references[MOST_PLACES:]):
        lines.append(f"{INNER}{' ' * gutter} … {counted(left, 'more place')}, all in the JSON report")
    return lines


def _source(page: Page, reference: "Reference", gutter: int) -> list[str]:
    """Where and from what: on one line where it fits, since that is how places are copied and clicked."""
    place = page.visible(f"{reference.uri}:{reference.start_line}")
    status = "" if reference.exit_status is None else f" · exit {reference.exit_status}"
    asked = f"{page.visible(reference.request)}{page.plain(status + _decoding(reference))}"
    indent = INNER + " " * (gutter + 1)
    shown = indent + page.paint("cyan", place)
    if width_of(f"{indent}{place}  {asked}") <= page.width:
        return [f"{shown}  {page.paint('faint', asked)}"]
    return [shown, indent + page.paint("faint", page.cut(asked, page.width - len(indent)))]


def _quoted_lines(page: Page, reference: "Reference", gutter: int) -> list[str]:
    room, bar = page.width - len(INNER) - gutter - 3, page.plain("│")
    return [
        f"{INNER}{page.paint('faint', f'{number:>{gutter}} {bar}')} {page.fitted(page.visible(text), room)}".rstrip()
        for number, text in _numbered(reference)
    ]


def _numbered(reference: "Reference") -> list[tuple[int | str, str]]:
    """The quoted lines with their numbers; a decoded hex line stands on several and is numbered by the first."""
    lines = spoken(reference.text).split("\n")
    if reference.end_line - reference.start_line + 1 != len(lines):
        return [(reference.start_line, lines[0]), *(("", line) for line in lines[1:])]
    return list(enumerate(lines, reference.start_line))


def _decoding(reference: "Reference") -> str:
    """What a reader who opens the file finds there instead of the line that is quoted."""
    if reference.snippet is None:
        return ""
    return f" · hexadecimal, lines {reference.start_line} to {reference.end_line}"
