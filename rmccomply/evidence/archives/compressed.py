"""The octets of an archive, in order and once: gzip, bzip2, xz and compress undone, in bounded time and memory.

gzip, bzip2 and xz sum what they hold, and the sum of a part stands behind it. So nothing of a file may be believed
before its end is reached: `Unsound` says that the end is missing or that a sum is wrong. `Refused` says that a file is
larger than any archive of answers, or made to be.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from rmccomply.evidence.archives.lzw import Broken, expanded
from rmccomply.words import counted

LARGEST: Final = 8 * 1024**3
LARGEST_SLOW: Final = 1024**3
"""Octets that an archive may hold, and one that `compress` made, which is undone a hundred times slower."""
HARMLESS: Final = 256 * 1024**2
STEEPEST: Final = 200
"""How many times its size a file may hold, once it holds more than `HARMLESS`; text shrinks to a tenth."""
_STEP: Final = 256 * 1024
_DICTIONARY: Final = 256 * 1024**2
_GZIP: Final = b"\x1f\x8b"
_BZIP2: Final = b"BZh"
_XZ: Final = b"\xfd7zXZ\0"
_COMPRESS: Final = b"\x1f\x9d"
_CUT: Final = "the compressed file is cut off: its end, and with it the checksum of the rest, is missing"
_BAD: Final = "the compressed file is damaged, and nothing in it is reliable"


class Unsound(Exception):
    """The compressed file is damaged or cut; `cut` tells which."""

    def __init__(self, says: str, *, cut: bool = False) -> None:
        super().__init__(says)
        self.cut = cut


class Refused(Exception):
    """This is no archive of answers: too large, or made to exhaust its reader."""


class Octets:
    """What a file holds when its compression is undone. `summed`: damage to it would be found."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._taken = 0
        self._given = 0
        self._rest = b""
        start = file.read(len(_XZ))
        self._start = start
        self._largest = LARGEST_SLOW if start.startswith(_COMPRESS) else LARGEST
        self._pieces, self.summed = self._opened(start)

    def read(self, size: int) -> bytes:
        """The next octets; fewer than asked for only at the end. Raises Unsound and Refused."""
        if len(self._rest) >= size:
            piece, self._rest = self._rest[:size], self._rest[size:]
            return piece
        found, have = [self._rest], len(self._rest)
        while have < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._count(len(piece))
            found.append(piece)
            have += len(piece)
        whole = b"".join(found)
        self._rest = whole[size:]
        return whole[:size]

    def skip(self, size: int) -> int:
        """Pass over so many octets, and say how many there were."""
        left = size - len(self._rest)
        if left <= 0:
            self._rest = self._rest[size:]
            return size
        self._rest = b""
        while left > 0:
            piece = next(self._pieces, b"")
            if not piece:
                return size - left
            self._count(len(piece))
            left -= len(piece)
            if left < 0:
                self._rest = piece[left:]
        return size

    def finish(self) -> None:
        """Read to the end, so that every sum was looked at."""
        self._rest = b""
        for piece in self._pieces:
            self._count(len(piece))

    def _count(self, size: int) -> None:
        self._given += size
        if self._given > self._largest:
            raise Refused(f"it holds more than {counted(self._largest, 'byte')}")
        if self._given > HARMLESS and self._given > STEEPEST * self._taken:
            raise Refused(f"it holds more than {STEEPEST} times its size, as no archive of answers does")

    def _more(self) -> bytes:
        piece = self._start or self._file.read(_STEP)
        self._start = b""
        self._taken += len(piece)
        return piece

    def _opened(self, start: bytes) -> tuple[Iterator[bytes], bool]:
        if start.startswith(_GZIP):
            return _undone(self._more, _Gzip, _GZIP), True
        if start.startswith(_BZIP2):
            return _undone(self._more, bz2.BZ2Decompressor, _BZIP2), True
        if start.startswith(_XZ):
            return _undone(self._more, _xz, _XZ), True
        if start.startswith(_COMPRESS):
            return _uncompressed(self._more), False
        return iter(self._more, b""), False


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_DICTIONARY)


class _Gzip:
    """zlib's decompressor in the form of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _undone(more: Callable[[], bytes], make: Callable[[], Any], magic: bytes) -> Iterator[bytes]:
    """The content of one compressed stream after the other; what follows the last and is none is not read."""
    data = more()
    while data.startswith(magic):
        one = make()
        while not one.eof:
            try:
                piece = one.decompress(data, _STEP)
            except (zlib.error, OSError, EOFError, lzma.LZMAError) as error:
                raise _fault(error) from None
            data = b""
            if piece:
                yield piece
            elif not one.eof and one.needs_input:
                data = more()
                if not data:
                    raise Unsound(_CUT, cut=True)
        data = one.unused_data.lstrip(b"\0") or more()
        if len(data) < len(magic):
            data += more()


def _fault(error: Exception) -> Exception:
    if "emory" in str(error):
        return Refused(f"unpacking it needs more than {_DICTIONARY} bytes of memory")
    return Unsound(_BAD)


def _uncompressed(more: Callable[[], bytes]) -> Iterator[bytes]:
    try:
        yield from expanded(iter(more, b""))
    except Broken:
        raise Unsound(_BAD) from None
