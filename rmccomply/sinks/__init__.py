"""Sinks: where a report goes. One module each, and the table of them all."""

from typing import TYPE_CHECKING, Final, Protocol


class Sink(Protocol):
    """A place that takes text piece by piece and shows it only when it is whole, where the place allows that."""

    def write(self, text: str) -> None:
        """Take a piece. Raises OutputError."""

    def close(self) -> None:
        """Let the report appear. Raises OutputError."""

    def abandon(self) -> None:
        """Leave nothing behind, as far as the place allows."""


SINKS: Final = ("stdout", "file", "folder")
"""The modules, each imported when something goes there."""


def open_sink(path: str | None, *, folder: bool = False) -> Sink:
    """The sink for a path; None or `-` is standard output; `folder`: several files come. Raises OutputError."""
    if folder:
        from rmccomply.sinks import folder as folders

        return folders.open(path or "-")
    if path is None or path == "-":
        from rmccomply.sinks import stdout

        return stdout.open("-")
    from rmccomply.sinks import file

    return file.open(path)


if TYPE_CHECKING:
    from rmccomply.sinks.file import FileSink
    from rmccomply.sinks.folder import FolderSink
    from rmccomply.sinks.stdout import StdoutSink

    _CHECKED: tuple[Sink, ...] = (FileSink("x"), FolderSink("x"), StdoutSink())
