"""JSON Lines: the findings of report JSON, version 1, one a line, written as they come, and nothing else.

JSON Lines (https://jsonlines.org): UTF-8, a JSON value a line, every line ended by LF. Readings chosen: a line is
printable ASCII, so no text of a host can end a line or drive a terminal; a report without findings is empty; what
was wrong with the assessment is not said here, which is what `-o json` is for.
"""

from typing import TYPE_CHECKING

from rmccomply.documents.report_1 import finding_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing


def fragment(item: "Assessed", frame: "Frame") -> str:
    """The lines of a target."""
    return "".join(f"{finding_line(finding)}\n" for finding in item.findings)


class LinesAssembly:
    """The lines of all targets: what comes is passed on, and nothing kept."""

    def begin(self) -> str:
        return ""

    def add(self, fragment: str) -> str:
        return fragment

    def end(self, closing: "Closing") -> "Iterator[str]":
        return iter(())

    def abandon(self) -> None:
        pass


def assembly(frame: "Frame") -> LinesAssembly:
    """An empty report."""
    return LinesAssembly()
