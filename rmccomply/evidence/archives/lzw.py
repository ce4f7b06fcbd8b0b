"""`compress`, undone: the `.Z` of AIX snap, which no module of the standard library reads.

The format, as compress(1) of ncompress writes it: two magic octets, one with the largest width of a code (9 to 16) and
bit 7 for block mode, then codes of 9 bits and more, low bit first. Codes stand in groups of eight; where the width
changes, the rest of a group is padding. In block mode code 256 empties the table. There is no sum and no end mark, so
that damage to such a file need not show.

An entry of the table is its last octets and, where it is longer than `_TAIL`, the entry that comes before them: so a
long run of one octet takes no more memory than text does.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

_MAGIC: Final = b"\x1f\x9d"
_CLEAR: Final = 256
_NARROWEST: Final = 9
_WIDEST: Final = 16
_TAIL: Final = 64
_ALONE: Final = -1
_GIVEN: Final = 64 * 1024


class Broken(Exception):
    """A code that the table does not have, or a head of another form: the file is damaged."""


class _Table:
    """The entries so far. `last` is the entry of the code before; a table in block mode has no entry 256."""

    def __init__(self, widest: int, block: bool) -> None:
        self.limit = 1 << widest
        self.block = block
        self.empty()

    def empty(self) -> None:
        """Forget all but the single octets."""
        self.tails = [bytes((octet,)) for octet in range(256)]
        self.bases = [_ALONE] * 256
        self.last = _ALONE
        if self.block:
            self.tails.append(b"")
            self.bases.append(_ALONE)

    def of(self, code: int) -> bytes:
        """The entry of a code, and a new one made of the entry before and the first octet of this. Raises Broken."""
        last = self.last
        have = len(self.tails)
        if code > have or (code == have and (last < 0 or have >= self.limit)):
            raise Broken
        if last >= 0 and have < self.limit:
            octet = self._entry(last if code == have else code)[:1]
            tail = self.tails[last]
            long = len(tail) >= _TAIL
            self.tails.append(octet if long else tail + octet)
            self.bases.append(last if long else self.bases[last])
        self.last = code
        return self._entry(code)

    def _entry(self, code: int) -> bytes:
        base = self.bases[code]
        if base < 0:
            return self.tails[code]
        parts = [self.tails[code]]
        while base >= 0:
            parts.append(self.tails[base])
            base = self.bases[base]
        parts.reverse()
        return b"".join(parts)


def expanded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The content of a compressed file, piece by piece. Raises Broken."""
    take = _taker(iter(pieces))
    head = take(3)
    if len(head) < 3 or not head.startswith(_MAGIC) or head[2] & 0x60:
        raise Broken
    widest = max(head[2] & 0x1F, _NARROWEST + 1)
    if widest > _WIDEST:
        raise Broken
    out: list[bytes] = []
    size = 0
    for entry in _entries(take, _Table(widest, bool(head[2] & 0x80)), widest):
        out.append(entry)
        size += len(entry)
        if size >= _GIVEN:
            yield b"".join(out)
            out, size = [], 0
    yield b"".join(out)


def _entries(take: Callable[[int], bytes], table: _Table, widest: int) -> Iterator[bytes]:
    """The entries of all codes; a group ends early where the width changes or the table is emptied."""
    width = _NARROWEST
    while group := take(width):
        word = int.from_bytes(group, "little")
        mask = (1 << width) - 1
        for _ in range(len(group) * 8 // width):
            code = word & mask
            word >>= width
            if code == _CLEAR and table.block:
                table.empty()
                width = _NARROWEST
                break
            yield table.of(code)
            if len(table.tails) > mask and width < widest:
                width += 1
                break


def _taker(pieces: Iterator[bytes]) -> Callable[[int], bytes]:
    """Octets in the numbers asked for; fewer at the end."""
    rest, at = b"", 0

    def take(size: int) -> bytes:
        nonlocal rest, at
        while len(rest) - at < size:
            piece = next(pieces, b"")
            if not piece:
                break
            rest, at = rest[at:] + piece, 0
        taken = rest[at : at + size]
        at += size
        return taken

    return take
