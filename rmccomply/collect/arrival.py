"""What comes from a target, written down as it comes, with an eye on whether a bundle began and ended.

The first line that begins with the magic begins it, a line that begins with `%end ` behind that ends it. Whether what
stands between is sound is for the reader of bundles to say.
"""

from typing import IO, Final

from rmccomply.evidence.bundle import MAGIC

LARGEST: Final = 16 * 1024 * 1024
"""Octets after which a target is not listened to any more: a collector's bundle ends at 4 MiB."""
_END: Final = b"\n%end "
_SAID: Final = 4096


class Arrival:
    """A stream in the making. `begun`: any octet came. `magic`, `whole`: a bundle began, and its last line came."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._tail = b"\n"
        self._ending = False
        self._said = b""
        self.size = 0
        self.magic = False
        self.whole = False

    @property
    def begun(self) -> bool:
        """Whether any octet came."""
        return self.size > 0

    @property
    def heard(self) -> str:
        """The last line of what came, where no bundle began: a login that is not allowed says why."""
        if self.magic:
            return ""
        lines = [line.strip() for line in self._said.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
        return lines[-1][:300] if lines else ""

    @property
    def full(self) -> bool:
        """Whether more came than a bundle can hold."""
        return self.size > LARGEST

    def take(self, piece: bytes) -> None:
        """Write a piece down, and look at it together with the end of the one before."""
        self._file.write(piece)
        self.size += len(piece)
        seen = self._tail + piece
        if not self.magic:
            self._said = (self._said + piece)[-_SAID:]
        self.magic = self.magic or b"\n" + MAGIC in seen
        if self._ending:
            self.whole = self.whole or b"\n" in piece
        elif self.magic and (at := seen.rfind(_END)) >= 0:
            self._ending, self.whole = True, b"\n" in seen[at + 1 :]
        self._tail = seen[-max(len(MAGIC), len(_END)) :]
