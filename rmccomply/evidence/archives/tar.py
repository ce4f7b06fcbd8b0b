"""A tar archive, read forward, its content never written anywhere: old, ustar, pax and GNU forms.

Names are not trusted: one that is absolute, climbs by `..`, starts with a drive letter or holds a NUL is passed over.
Links and devices are seen and never followed. The header of a member has a sum, its content has none. What is read at
once is small whatever a header claims.
"""

import re
import tarfile
from collections.abc import Iterator
from typing import Final, Literal

from rmccomply.evidence.archives.compressed import Octets, Refused
from rmccomply.guarded import LIMITS
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

_HEADERS: Final = 3
"""How many headers a member may have."""
_BLOCK: Final = 512
_LONGEST_NAME: Final = 4096
_LONGEST_RECORDS: Final = 1024**2
_LONG_NAMES: Final = (b"L", b"K")
_RECORDS: Final = (b"x", b"X", b"g")
_PLAIN: Final = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS: Final = (tarfile.LNKTYPE, tarfile.SYMTYPE)
_EMPTY: Final = (*_LINKS, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE)
_SPARSE_MORE: Final = (482, 504)
_DRIVE: Final = re.compile(r"[A-Za-z]:")

TarEnd = Literal["marked", "cut", "damaged"]


class Member(NamedTuple):
    """What a header says. `path` is None where the name leads out of the archive."""

    path: str | None
    name: str
    kind: Literal["file", "link", "other"]
    size: int


class Tar:
    """A walk over the members, once. `end` tells afterwards whether all of them were seen."""

    def __init__(self, octets: Octets, most: int = LIMITS.members) -> None:
        self._most = most
        self._octets = octets
        self._left = 0
        self._padding = 0
        self._headers = 0
        self.end: TarEnd = "cut"

    def members(self) -> Iterator[Member]:
        """Each member; its content may be read until the next is asked for. Raises Unsound and Refused."""
        for _ in range(self._most):
            member = self._next()
            if member is None:
                return
            yield member
        raise Refused(f"it has more than {counted(self._most, 'member')} (--max-members)")

    def content(self) -> bytes:
        """The content of the member; shorter than its size where the archive is cut. Its size was looked at before."""
        size, self._left = self._left, 0
        return self._octets.read(size)

    def _next(self) -> Member | None:
        long_name = ""
        records: dict[str, str] = {}
        while (header := self._header()) is not None:
            if header.type in _LONG_NAMES:
                text = self._text(header.size, _LONGEST_NAME).partition(b"\0")[0]
                long_name = text.decode("utf-8", "surrogateescape") if header.type == b"L" else long_name
            elif header.type in _RECORDS:
                own = _records(self._text(header.size, _LONGEST_RECORDS))
                records = own if header.type != b"g" else records
            else:
                return self._member(header, long_name, records)
        return None

    def _header(self) -> tarfile.TarInfo | None:
        """The next header; None at the end, of which `end` then says what it is like."""
        self._headers += 1
        if self._headers > _HEADERS * self._most:
            raise Refused(f"it has more than {_HEADERS * self._most} headers")
        due = self._left + self._padding
        if self._octets.skip(due) < due:
            return None
        self._left = self._padding = 0
        block = self._octets.read(_BLOCK)
        if len(block) < _BLOCK:
            return None
        try:
            header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError:
            self.end = "damaged" if block.strip(b"\0") else "marked"
            return None
        if header.size < 0:
            self.end = "damaged"
            return None
        self._extend_sparse(header, block)
        self._due(0 if header.type in _EMPTY else header.size)
        return header

    def _due(self, size: int) -> None:
        self._left, self._padding = size, -size % _BLOCK

    def _extend_sparse(self, header: tarfile.TarInfo, block: bytes) -> None:
        """Pass over the further blocks of a map of holes."""
        first, next_one = _SPARSE_MORE
        more = header.type == tarfile.GNUTYPE_SPARSE and block[first] != 0
        while more:
            block = self._octets.read(_BLOCK)
            more = len(block) == _BLOCK and block[next_one] != 0

    def _text(self, size: int, most: int) -> bytes:
        if size > most:
            raise Refused(f"it has a header of {counted(size, 'byte')}")
        return self.content()

    def _member(self, header: tarfile.TarInfo, long_name: str, records: dict[str, str]) -> Member:
        size = records.get("size", "")
        if size.isascii() and size.isdigit() and len(size) < 20 and header.isreg():
            self._due(int(size))
        name = records.get("path") or long_name or header.name
        holes = any(key.startswith("GNU.sparse") for key in records)
        plain = header.type in _PLAIN and not holes and not name.endswith("/")
        kind: Literal["file", "link", "other"] = "link" if header.type in _LINKS else "file" if plain else "other"
        return Member(_inward(name), name, kind, self._left)


def _records(text: bytes) -> dict[str, str]:
    """The records of a pax header that say where and how large a member is: `30 path=...` and a line feed."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        digits = text[at : at + 8].partition(b" ")[0]
        size = int(digits) if digits.isdigit() else 0
        key, mark, value = text[at + len(digits) + 1 : at + size - 1].partition(b"=")
        if not mark or size <= len(digits):
            break
        name = key.decode("utf-8", "replace")
        if name in ("path", "size") or name.startswith("GNU.sparse"):
            found[name] = value.decode("utf-8", "surrogateescape")
        at += size
    return found


def _inward(name: str) -> str | None:
    """A name as a path below the archive, without `.` and doubled slashes; None where it leads out or is no name."""
    if name.startswith("/") or "\0" in name or _DRIVE.match(name) or len(name) > _LONGEST_NAME:
        return None
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or any(".." in part.split("\\") for part in parts):
        return None
    return "/".join(parts)
