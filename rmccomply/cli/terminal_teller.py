"""What a run tells, on the streams of this process: the only Teller that prints."""

import os
import sys
from typing import TYPE_CHECKING, Final

from rmccomply.cli import complain, say

if TYPE_CHECKING:
    from rmccomply.runs.teller import Teller
    from rmccomply.terminal import Page

_NARROW: Final = 80
"""Columns of a terminal that does not tell them."""


class TerminalTeller:
    """Results on standard output, all else on standard error; where it is `quiet`, neither notes, outcome nor progress.

    Without `notes` there are none, though it is not quiet.
    """

    def __init__(self, *, quiet: bool = False, notes: bool = True) -> None:
        self._quiet, self._notes = quiet, notes

    def note(self, text: str, *names: str) -> None:
        """A line, unless none is wanted."""
        if self._notes and not self._quiet:
            complain(text, *names)

    def warn(self, text: str, *names: str) -> None:
        """A line in any case."""
        complain(text, *names)

    def fault(self, text: str, *names: str) -> None:
        """A line for each fault."""
        for line in text.split("\n"):
            complain(f"error: {line}", *names)

    def outcome(self, text: str, *names: str) -> None:
        """A line, unless none is wanted."""
        if not self._quiet:
            complain(text, *names)

    def result(self, text: str) -> None:
        """On standard output, whole. Raises OutputError."""
        say(text)

    def octets(self, data: bytes) -> None:
        """On standard output, as they are. Raises OutputError, and BrokenPipeError where their reader has enough."""
        from rmccomply.sinks.stdout import write_octets

        write_octets(data)

    def progress(self, text: str) -> None:
        """On standard error, at once."""
        sys.stderr.write(text)
        sys.stderr.flush()

    def page(self) -> "Page":
        """As wide as standard output."""
        from rmccomply.cli.options import shown
        from rmccomply.terminal import Page

        drawn = shown()
        return Page(drawn.width, ascii=drawn.ascii)

    def columns(self) -> int | None:
        """Those of standard error."""
        if self._quiet:
            return 0
        return (os.get_terminal_size(2).columns or _NARROW) if sys.stderr.isatty() else None


if TYPE_CHECKING:
    _CHECKED: Teller = TerminalTeller()
