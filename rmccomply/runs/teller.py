"""How a run tells things: to nobody by itself. What prints is in `cli` alone."""

from typing import Protocol


class Teller(Protocol):
    """Who hears what a run has to say while it works. `names` are those of hosts and files in a text, which stay."""

    def note(self, text: str, *names: str) -> None:
        """A sentence for whoever started the run, who may have asked not to hear such."""

    def warn(self, text: str, *names: str) -> None:
        """A sentence that is told in any case, though the run goes on."""

    def fault(self, text: str, *names: str) -> None:
        """What went wrong; a text of several lines is several faults."""

    def result(self, text: str) -> None:
        """Text that the run was asked for, whole. Raises OutputError."""
