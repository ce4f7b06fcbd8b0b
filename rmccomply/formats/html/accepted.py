"""What was accepted in a run, for the front of the page: those first that count for nothing any more."""

from typing import TYPE_CHECKING

from rmccomply.formats._accepted import is_listed, says_of_end, told_of
from rmccomply.words import counted

if TYPE_CHECKING:
    from rmccomply.report import Closing


def accepted_rows(closing: "Closing") -> list[tuple[bool, str, str]]:
    """A waiver a row: whether it is to be looked at, its id, and what is to be told of it."""
    return [
        (end.state != "in_force", end.waiver.id, says_of_end(end)) for end in closing.leftover.waivers if is_listed(end)
    ]


def accepted_told(closing: "Closing") -> str:
    """How much; empty where nothing was accepted, and no waiver is to be looked at."""
    counts = closing.counts
    if not counts.accepted_on and not accepted_rows(closing):
        return ""
    on = f" on {counted(counts.accepted_on, 'partition')}" if counts.accepted_on and closing.targets > 1 else ""
    return told_of((counts.waived, counts.known)) + on
