"""A file that appears whole or not at all: written beside its place, then renamed over it."""

import os
from pathlib import Path

from rmccomply.errors import OutputError


class FileSink:
    """A report file in the making."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._part = self._path.with_name(f".{self._path.name}.part")
        try:
            self._file = self._part.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from None

    def write(self, text: str) -> None:
        """Take a piece."""
        try:
            self._file.write(text)
        except OSError as error:
            raise self._failed(error) from None

    def close(self) -> None:
        """Let the file appear under its name."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)
        except OSError as error:
            raise self._failed(error) from None

    def abandon(self) -> None:
        """Remove what was written; an earlier report of that name stays as it was."""
        try:
            self._file.close()
        except OSError:
            pass
        self._part.unlink(missing_ok=True)

    def _failed(self, error: OSError) -> OutputError:
        self.abandon()
        return OutputError(f"{self._path}: was not written: {error.strerror}; nothing of it was left behind")


def open(path: str) -> FileSink:
    """A sink for this path. Raises OutputError where nothing can be written beside it."""
    return FileSink(path)
