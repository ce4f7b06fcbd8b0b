"""What a run tells, on the streams of this process: the only Teller that prints."""

from typing import TYPE_CHECKING

from rmccomply.cli import complain, say

if TYPE_CHECKING:
    from rmccomply.runs.teller import Teller


class TerminalTeller:
    """Results on standard output, all else on standard error; where it is `quiet`, no notes."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    def note(self, text: str, *names: str) -> None:
        """A line, unless none is wanted."""
        if not self._quiet:
            complain(text, *names)

    def warn(self, text: str, *names: str) -> None:
        """A line in any case."""
        complain(text, *names)

    def fault(self, text: str, *names: str) -> None:
        """A line for each fault."""
        for line in text.split("\n"):
            complain(f"error: {line}", *names)

    def result(self, text: str) -> None:
        """On standard output, whole. Raises OutputError."""
        say(text)


if TYPE_CHECKING:
    _CHECKED: Teller = TerminalTeller()
