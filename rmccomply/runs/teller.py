"""How a run tells things: to nobody by itself. What prints is in `cli` alone."""

from typing import Final, Protocol

from rmccomply.terminal import Page

_WIDTH: Final = 100


class Teller(Protocol):
    """Who hears what a run has to say while it works. `names` are those of hosts and files in a text, which stay."""

    def note(self, text: str, *names: str) -> None:
        """A sentence for whoever started the run, who may have asked not to hear such."""

    def warn(self, text: str, *names: str) -> None:
        """A sentence that is told in any case, though the run goes on."""

    def fault(self, text: str, *names: str) -> None:
        """What went wrong; a text of several lines is several faults."""

    def outcome(self, text: str, *names: str) -> None:
        """How a run ended, where nothing else that is shown says it."""

    def result(self, text: str) -> None:
        """Text that the run was asked for, whole. Raises OutputError."""

    def octets(self, data: bytes) -> None:
        """What the run was asked for, octet for octet. Raises OutputError."""

    def progress(self, text: str) -> None:
        """A piece of what shows how far the run is, as it is: controls of terminals and line ends stand in it."""

    def page(self) -> Page:
        """What a result in text is laid out on."""

    def columns(self) -> int | None:
        """Columns of the terminal that shows progress: None where it goes to a file, 0 where nobody wants to see it."""


class Silent:
    """Hears all and tells nobody: for a run of which only what it gives is wanted."""

    def note(self, text: str, *names: str) -> None:
        """Nothing is said."""

    def warn(self, text: str, *names: str) -> None:
        """Nothing is said."""

    def fault(self, text: str, *names: str) -> None:
        """Nothing is said."""

    def outcome(self, text: str, *names: str) -> None:
        """Nothing is said."""

    def result(self, text: str) -> None:
        """Nothing is said."""

    def octets(self, data: bytes) -> None:
        """Nothing is said."""

    def progress(self, text: str) -> None:
        """Nothing is said."""

    def page(self) -> Page:
        """As wide as where nothing is known."""
        return Page(_WIDTH)

    def columns(self) -> int | None:
        """Nobody wants to see progress."""
        return 0


SILENT: Final[Teller] = Silent()
