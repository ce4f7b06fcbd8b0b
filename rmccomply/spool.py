"""Rows of text that are too many to be kept: in memory while they are few, then in a file without a name.

The file stands where TMPDIR says, else in /tmp, and is its owner's alone. It has no name (O_TMPFILE of open(2), or
unlinked as soon as it is open: https://docs.python.org/3/library/tempfile.html), so nothing of it is left behind,
whatever ends the run. What cannot be kept is an OutputError, for it is a report that cannot be written then.
"""

import os
from collections.abc import Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import BinaryIO, Final

from rmccomply.errors import OutputError

ROOM: Final = 1 << 20
"""Octets that a spool keeps in memory."""
_LENGTH: Final = 4
"""Octets that tell the length of a row; as many stand before each."""
_PAIR: Final = 200
"""Octets that a row and its key take in memory beside their characters."""
_DIGITS: Final = 12
"""Digits of a count of rows."""
_KEY: Final = itemgetter(0)


class Spool:
    """Rows in the order in which they are added."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._tail = bytearray()
        self._written = 0
        self._file: BinaryIO | None = None

    def add(self, row: str) -> int:
        """Keep a row. Gives the place where it can be read again. Raises OutputError."""
        octets = row.encode("utf-8", "surrogatepass")
        place = self._written + len(self._tail)
        self._tail += len(octets).to_bytes(_LENGTH)
        self._tail += octets
        if len(self._tail) > self._room:
            self._write()
        return place

    def at(self, place: int) -> str:
        """The row of a place. Raises OutputError."""
        return self._text(place + _LENGTH, self._length(place))

    def rows(self, place: int = 0) -> Iterator[str]:
        """The rows from a place on, in their order. Raises OutputError."""
        while place < self._written + len(self._tail):
            length = self._length(place)
            yield self._text(place + _LENGTH, length)
            place += _LENGTH + length

    def close(self) -> None:
        """Keep nothing any more."""
        self._tail.clear()
        self._written = 0
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self) -> None:
        """Put what is in memory behind what is in the file."""
        try:
            if self._file is None:
                self._file = _nameless()
            _put(self._file.fileno(), self._tail)
        except OSError as error:
            raise _failed(error) from None
        self._written += len(self._tail)
        self._tail.clear()

    def _length(self, place: int) -> int:
        return int.from_bytes(self._octets(place, _LENGTH))

    def _text(self, place: int, length: int) -> str:
        return self._octets(place, length).decode("utf-8", "surrogatepass")

    def _octets(self, place: int, length: int) -> bytes:
        if self._file is None or place >= self._written:
            start = place - self._written
            return bytes(self._tail[start : start + length])
        try:
            return os.pread(self._file.fileno(), length, place)
        except OSError as error:
            raise _failed(error) from None


class Sorted:
    """Rows by their keys; those of one key in the order in which they are added.

    Beside its room it takes one row in memory for every room that is filled.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._pairs: list[tuple[str, str]] = []
        self._size = 0
        self._runs: list[tuple[int, int]] = []
        self._spool = Spool(room)

    def add(self, key: str, row: str) -> None:
        """Keep a row. Raises OutputError."""
        self._pairs.append((key, row))
        self._size += len(key) + len(row) + _PAIR
        if self._size > self._room:
            self._put_by()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Key and row, sorted by key. Raises OutputError."""
        return merge(*(self._run(*run) for run in self._runs), sorted(self._pairs, key=_KEY), key=_KEY)

    def close(self) -> None:
        """Keep nothing any more."""
        self._pairs.clear()
        self._runs.clear()
        self._size = 0
        self._spool.close()

    def _put_by(self) -> None:
        """Let what is in memory be one more sorted run."""
        places = [self._spool.add(text) for pair in sorted(self._pairs, key=_KEY) for text in pair]
        self._runs.append((places[0], len(self._pairs)))
        self._pairs.clear()
        self._size = 0

    def _run(self, place: int, count: int) -> Iterator[tuple[str, str]]:
        rows = self._spool.rows(place)
        return islice(zip(rows, rows, strict=True), count)


class Grouped:
    """Rows by group: groups in the order of their first rows, the rows of each in the order in which they are added."""

    def __init__(self, room: int = ROOM) -> None:
        self._by_name = Sorted(room)
        self._by_first = Sorted(room)
        self._count = 0

    def add(self, group: str, row: str) -> None:
        """Keep a row. Raises OutputError."""
        self._by_name.add(group, f"{self._count:0{_DIGITS}}{row}")
        self._count += 1

    def __iter__(self) -> Iterator[Iterator[str]]:
        """The rows of each group, to be read before those of the next. Raises OutputError."""
        self._by_first.close()
        for _, pairs in groupby(self._by_name, key=_KEY):
            first = ""
            for _, row in pairs:
                first = first or row[:_DIGITS]
                self._by_first.add(first, row[_DIGITS:])
        for _, pairs in groupby(self._by_first, key=_KEY):
            yield (row for _, row in pairs)

    def close(self) -> None:
        """Keep nothing any more."""
        self._by_name.close()
        self._by_first.close()
        self._count = 0


def _nameless() -> BinaryIO:
    from tempfile import TemporaryFile

    return TemporaryFile(buffering=0)


def _put(number: int, octets: bytearray) -> None:
    """Write all of it: a write may take less than it is given."""
    with memoryview(octets) as given:
        done = 0
        while done < len(given):
            done += os.write(number, given[done:])


def _failed(error: OSError) -> OutputError:
    return OutputError(f"a temporary file could not be used: {error.strerror}; TMPDIR names the folder for such files")
