"""Sinks: where a report goes. One module each, and the table of them all."""

from typing import TYPE_CHECKING, Final, Protocol

from rmccomply.sinks import file, stdout


class Sink(Protocol):
    """A place that takes text piece by piece and shows it only when it is whole, where the place allows that."""

    def write(self, text: str) -> None:
        """Take a piece. Raises OutputError."""

    def close(self) -> None:
        """Let the report appear. Raises OutputError."""

    def abandon(self) -> None:
        """Leave nothing behind, as far as the place allows."""


class _Opens(Protocol):
    def open(self, path: str) -> Sink: ...


SINKS: Final[dict[str, _Opens]] = {"stdout": stdout, "file": file}
"""Name to module."""


def open_sink(path: str | None) -> Sink:
    """The sink for a path; None or `-` is standard output. Raises OutputError."""
    return SINKS["stdout" if path in (None, "-") else "file"].open(path or "-")


if TYPE_CHECKING:
    _CHECKED: tuple[Sink, ...] = (file.FileSink("x"), stdout.StdoutSink())
