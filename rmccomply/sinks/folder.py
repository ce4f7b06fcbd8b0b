"""A folder of files that appears whole or not at all: written beside its place, then renamed to it.

A name among the pieces (`FileName`) begins the next file. What an earlier run wrote there is replaced as a whole, and
is told by its index; a folder that holds anything else is refused, since it would be lost. New files are their owner's
alone, as those of the sink `file`; a folder that is replaced gives its permissions.
"""

import errno
import os
import re
import shutil
from pathlib import Path
from typing import BinaryIO, Final

from rmccomply.errors import OutputError
from rmccomply.files import open_private, part_path, private_folder
from rmccomply.report import FileName

_OURS: Final = re.compile(r"index\.json|part-[0-9]+\.[a-z]+")
_INDEX: Final = b'{"schema":"rmccomply/'


class FolderSink:
    """A folder in the making."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._place = Path(os.path.realpath(path))
        self._file: BinaryIO | None = None
        if os.path.lexists(self._place) and not _is_replaceable(self._place):
            what = "has files in it that are of no such report" if self._place.is_dir() else "is not a folder"
            raise OutputError(f"{path}: {what}; name a new folder, or one that an earlier run wrote")
        self._part = part_path(self._place)
        try:
            private_folder(self._part, new=True)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from None

    def write(self, text: str) -> None:
        """Take a piece, or begin the file of a name."""
        try:
            if isinstance(text, FileName):
                self._finish()
                self._file = open_private(self._part / text)
            elif self._file is not None:
                self._file.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise self._failed(error) from None

    def close(self) -> None:
        """Let the folder appear under its name."""
        try:
            self._finish()
            self._appear()
        except OSError as error:
            raise self._failed(error) from None

    def abandon(self) -> None:
        """Remove what was written; an earlier folder of that name stays as it was."""
        if self._file is not None:
            try:
                self._file.close()
            except OSError:
                pass
        shutil.rmtree(self._part, ignore_errors=True)

    def _finish(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _appear(self) -> None:
        if not self._place.is_dir():
            self._part.rename(self._place)
            return
        if not _is_replaceable(self._place):
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
        shutil.copymode(self._place, self._part)
        for file in self._part.iterdir():
            if (before := self._place / file.name).is_file():
                shutil.copymode(before, file)
        old = part_path(self._place)
        self._place.rename(old)
        try:
            self._part.rename(self._place)
        except OSError:
            old.rename(self._place)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _failed(self, error: OSError) -> OutputError:
        self.abandon()
        return OutputError(f"{self._path}: was not written: {error.strerror}; nothing of it was left behind")


def _is_replaceable(folder: Path) -> bool:
    """Whether a folder is empty, or holds what an earlier run wrote and nothing else."""
    if not folder.is_dir():
        return False
    try:
        entries = list(os.scandir(folder))
        if not entries:
            return True
        if not all(_OURS.fullmatch(one.name) and one.is_file(follow_symlinks=False) for one in entries):
            return False
        with (folder / "index.json").open("rb") as index:
            return index.read(len(_INDEX)) == _INDEX
    except OSError:
        return False


def open(path: str) -> FolderSink:
    """A sink for this path. Raises OutputError where nothing can be written beside it, or something would be lost."""
    return FolderSink(path)
