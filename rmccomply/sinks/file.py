"""A file that appears whole or not at all: written beside its place, then renamed over it.

What is no plain file (a device, a pipe) is written to as it stands: renaming would put a file in its place, and
`/dev/null` would be one. A link stays, and the file that it leads to is replaced.
"""

import os
from pathlib import Path

from rmccomply.errors import OutputError


class FileSink:
    """A report file in the making."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        try:
            place = self._path.resolve()
            whole = place.is_file() or not place.exists()
            self._place, self._part = place, place.with_name(f".{place.name}.part") if whole else None
            if self._part is not None:
                self._part.unlink(missing_ok=True)
            self._file = (self._part or place).open(
                "x" if whole else "w", encoding="utf-8", newline="\n", errors="backslashreplace"
            )
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
            if self._part is not None:
                os.fsync(self._file.fileno())
            self._file.close()
            if self._part is not None:
                self._part.replace(self._place)
        except OSError as error:
            raise self._failed(error) from None

    def abandon(self) -> None:
        """Remove what was written; an earlier report of that name stays as it was."""
        try:
            self._file.close()
        except OSError:
            pass
        if self._part is not None:
            self._part.unlink(missing_ok=True)

    def _failed(self, error: OSError) -> OutputError:
        self.abandon()
        left = "nothing of it was left behind" if self._part is not None else "what was written before stays there"
        return OutputError(f"{self._path}: was not written: {error.strerror}; {left}")


def open(path: str) -> FileSink:
    """A sink for this path. Raises OutputError where nothing can be written beside it."""
    return FileSink(path)
