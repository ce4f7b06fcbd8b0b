"""JSON Lines: the findings of a report, one a line, each with what it takes to understand it alone.

JSON Lines (https://jsonlines.org): UTF-8, a JSON value a line, every line ended by LF. Readings chosen: a line is
printable ASCII, so no text of a host can end a line or drive a terminal; a report without findings is empty; what was
wrong with the assessment is not said here, which is what `-o json` is for. A line has the id of its run, which is known
only at the end, so all of them are written then.
"""

from typing import TYPE_CHECKING

from rmccomply.documents.finding_1 import head_of, rest_of_line, target_members
from rmccomply.report import cards_of
from rmccomply.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing


def fragment(item: "Assessed", frame: "Frame") -> str:
    """The lines of a target without their beginnings."""
    cards, target = cards_of(frame.run), target_members(item.target)
    versions = {card.id: card.version for card in frame.run.policies}
    return "\n".join(
        [rest_of_line(each, cards[each.rule], versions.get(each.policy, ""), target) for each in item.findings]
    )


class LinesAssembly:
    """The lines of all targets, which go through a spool."""

    def __init__(self, frame: "Frame") -> None:
        self._run = frame.run
        self._lines = Spool()

    def begin(self) -> str:
        return ""

    def add(self, fragment: str) -> str:
        if fragment:
            self._lines.add(fragment)
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        head = head_of(closing.run_id, self._run.now, self._run.version)
        for lines in self._lines.rows():
            yield head + lines.replace("\n", f"\n{head}") + "\n"

    def abandon(self) -> None:
        self._lines.close()


def assembly(frame: "Frame") -> LinesAssembly:
    """An empty report."""
    return LinesAssembly(frame)
