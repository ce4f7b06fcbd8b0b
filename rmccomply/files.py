"""Files that appear whole or not at all, and folders of evidence: seen by their owner alone.

What is written stands beside its place under a name of its own until it is whole, so that two runs with one output do
not meet: each replaces the file by a whole one, and the last wins.
"""

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
_PERMISSIONS: Final = 0o777
_DRAFT: Final = re.compile(r"\..+\.[0-9]+-[0-9a-f]{8}\.part", re.DOTALL)
_LONGEST: Final = 100
"""Octets of a name that are kept in that of its part, for a name has 255 at most."""


class Draft:
    """A file in the making. A file that it replaces gives it its permissions, else it is private."""

    def __init__(self, place: Path) -> None:
        """Begin it. Raises OSError where nothing can be written beside its place."""
        self.place = place
        self.part = part_path(place)
        number = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
        self.file: BinaryIO = os.fdopen(number, "wb")

    def appear(self) -> None:
        """Let it appear under its name. Raises OSError."""
        self.file.flush()
        if self.place.is_file():
            os.fchmod(self.file.fileno(), stat.S_IMODE(self.place.stat().st_mode) & _PERMISSIONS)
        put_in_place(self.file, self.part, self.place)

    def abandon(self) -> None:
        """Leave nothing of it behind, and what was there as it was."""
        try:
            self.file.close()
        except OSError:
            pass
        self.part.unlink(missing_ok=True)


def put_in_place(file: BinaryIO, part: Path, place: Path) -> None:
    """Let a whole file appear under its name: it is on the disk, and closed, before it has that. Raises OSError."""
    os.fsync(file.fileno())
    file.close()
    part.replace(place)


def part_path(place: Path) -> Path:
    """A hidden name beside a place that no other run takes."""
    name = os.fsdecode(os.fsencode(place.name)[:_LONGEST])
    return place.with_name(f".{name}.{os.getpid()}-{os.urandom(4).hex()}.part")


def is_part(name: str) -> bool:
    """Whether a file is called as those are that have not appeared yet.

    >>> is_part(part_path(Path("a/r.json")).name), is_part("lpar7.part")
    (True, False)
    """
    return _DRAFT.fullmatch(name) is not None


def replace_whole(place: Path, data: bytes) -> None:
    """Let a file appear whole or not at all. Raises OSError."""
    draft = Draft(place)
    try:
        draft.file.write(data)
        draft.appear()
    except BaseException:
        draft.abandon()
        raise


def open_private(path: Path, *, add: bool = False) -> BinaryIO:
    """A file that only its owner sees, emptied or to be added to; a link is not followed. Raises OSError."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | (os.O_APPEND if add else os.O_TRUNC)
    number = os.open(path, flags, PRIVATE)
    os.fchmod(number, PRIVATE)
    return os.fdopen(number, "a+b" if add else "w+b")


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner sees. Raises OSError."""
    with open_private(path) as file:
        file.write(data)


def private_folder(path: Path, *, new: bool = False) -> None:
    """A folder that only its owner sees, as those above it that are made for it: who may write into one of them could
    put another in its place. Raises FileExistsError for a `new` one.
    """
    for above in reversed(path.parents):
        if not above.exists():
            above.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    path.mkdir(mode=PRIVATE_FOLDER, exist_ok=not new)


@contextmanager
def whole_folder(place: Path) -> Iterator[Path]:
    """A private folder that appears whole or not at all: what is given stands beside its place until all is in it.

    Raises FileExistsError where something is there already.
    """
    if os.path.lexists(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    part = part_path(place)
    try:
        private_folder(part, new=True)
        yield part
        part.rename(place)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Alone among those who change a file so, and wait for one another. Raises OSError.

    The lock is on its folder, where nothing is left of it; where that cannot be locked, as on NFS, whose locks want a
    file that may be written, on one beside it that stays.
    """
    import fcntl

    number = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
        except OSError:
            os.close(number)
            beside = place.with_name(f".{place.name}.lock")
            number = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
            fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)
