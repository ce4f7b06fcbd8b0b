"""Text of a run without a target: what was there instead, and the verdict. There is no page to lay out."""

from typing import TYPE_CHECKING

from rmccomply.formats.text.about import about, notes_of, packed
from rmccomply.formats.text.summary import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.report import Closing, Run
    from rmccomply.terminal import Page


def of_nothing(page: "Page", run: "Run", closing: "Closing") -> "Iterator[str]":
    """All of it, in pieces. Faults of inputs are not told again: standard error has them."""
    notes = [note for note in closing.notifications if note.level != "error"]
    rows = map(packed, notes_of(notes, ""))
    if notes:
        yield "".join(about(page, (rows,))).lstrip("\n") + "\n\n"
    yield verdict(page, closing, run) + "\n"
