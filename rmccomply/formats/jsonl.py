"""JSON Lines: the findings of report JSON, version 1, one a line, written as they come, and nothing else.

JSON Lines (https://jsonlines.org): UTF-8, a JSON value a line, every line ended by LF. Readings chosen: a line is
printable ASCII, so no text of a host can end a line or drive a terminal; a report without findings is empty; what
was wrong with the assessment is not said here, which is what `-o json` is for.
"""

from typing import TYPE_CHECKING

from rmccomply.documents.report_1 import finding_line

if TYPE_CHECKING:
    from rmccomply.report import Assessed, Closing, Run, Style


class Lines:
    """The writer."""

    def begin(self, run: "Run") -> str:
        return ""

    def assessed(self, item: "Assessed") -> str:
        return "".join(f"{finding_line(finding)}\n" for finding in item.findings)

    def end(self, closing: "Closing") -> str:
        return ""


def writer(style: "Style") -> Lines:
    """A writer for one report."""
    return Lines()
