"""A file that appears whole or not at all: written beside its place, then renamed over it.

What is no plain file (a device, a pipe) is written to as it stands: renaming would put a file in its place, and
`/dev/null` would be one. A link stays, and the file that it leads to is replaced. A new report is its owner's alone,
since it carries evidence; one that is replaced keeps its permissions.
"""

import errno
import os
from pathlib import Path
from typing import BinaryIO

from rmccomply.errors import OutputError
from rmccomply.files import Draft


class FileSink:
    """A report file in the making."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._draft: Draft | None = None
        try:
            place = Path(os.path.realpath(path))
            if place.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            if place.is_file() or not place.exists():
                self._draft = Draft(place)
            self._file: BinaryIO = self._draft.file if self._draft else place.open("wb")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from None

    def write(self, text: str) -> None:
        """Take a piece."""
        try:
            self._file.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise self._failed(error) from None

    def close(self) -> None:
        """Let the file appear under its name."""
        try:
            self._file.flush()
            if self._draft is not None:
                self._draft.appear()
            self._file.close()
        except OSError as error:
            raise self._failed(error) from None

    def abandon(self) -> None:
        """Remove what was written; an earlier report of that name stays as it was."""
        try:
            self._file.close()
        except OSError:
            pass
        if self._draft is not None:
            self._draft.abandon()

    def _failed(self, error: OSError) -> OutputError:
        self.abandon()
        left = "nothing of it was left behind" if self._draft is not None else "what was there before is unchanged"
        return OutputError(f"{self._path}: was not written: {error.strerror}; {left}")


def open(path: str) -> FileSink:
    """A sink for this path. Raises OutputError where nothing can be written beside it."""
    return FileSink(path)
