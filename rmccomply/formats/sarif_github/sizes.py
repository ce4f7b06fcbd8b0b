"""How much each part holds, whether GitHub takes that, and how many parts would fit.

Targets are kept as three numbers each, so that parts can be counted anew for another number of them.
"""

import zlib
from array import array
from typing import TYPE_CHECKING, Final

from rmccomply.errors import OutputError
from rmccomply.formats._limits import SARIF_GZIP_OCTETS, SARIF_RESULTS, SARIF_RULES
from rmccomply.report import MOST_PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPARE: Final = 1.1
"""How much larger than a measured part another may become after gzip."""
_GZIP: Final = 31
"""`wbits` of zlib for the form of gzip."""


class PartSizes:
    """What is counted of the targets of parts; `targets` is how many each part has."""

    def __init__(self, parts: int) -> None:
        self._parts = parts
        self.targets = [0] * parts
        self._places, self._results, self._octets = array("Q"), array("Q"), array("Q")
        self._lengths = [0] * parts

    def add(self, place: int, results: int, octets: int) -> None:
        """Count a target."""
        self._places.append(place)
        self._results.append(results)
        self._octets.append(octets)
        self.targets[place % self._parts] += 1
        self._lengths[place % self._parts] += octets

    def octets(self, number: int) -> int:
        """How long a part is about, before gzip."""
        return self._lengths[number]

    def refuse_overfull(self, rules: int) -> None:
        """Raises OutputError where a part has more than a log may have."""
        if rules > SARIF_RULES:
            raise OutputError(
                f"sarif-github: GitHub takes {SARIF_RULES:,} rules in a file, and the policies have {rules:,}; nothing "
                "of it was written: --select some of them"
            )
        for number, results in enumerate(self._of_parts(self._results, self._parts)):
            if results > SARIF_RESULTS:
                raise self._overfull(number, f"{results:,} results, and GitHub keeps {SARIF_RESULTS:,} of a file", 0)

    def too_long(self, number: int, octets: int) -> OutputError:
        """The fault of a part that has so many octets after gzip."""
        says = f"{octets / 1e6:.1f} MB after gzip, and GitHub takes {SARIF_GZIP_OCTETS // 10**6} MB"
        return self._overfull(number, says, octets / max(self.octets(number), 1) * _SPARE)

    def _overfull(self, number: int, says: str, ratio: float) -> OutputError:
        fitting = next((parts for parts in range(self._parts + 1, MOST_PARTS + 1) if self._fits(parts, ratio)), None)
        advice = f"--parts {fitting} fits" if fitting else "no number of parts fits: check fewer targets at a time"
        return OutputError(
            f"sarif-github: part {number + 1} of {self._parts} would have {says}; nothing of it was written: {advice}"
        )

    def _fits(self, parts: int, ratio: float) -> bool:
        """Whether so many parts are each within the limits, where gzip leaves this share of what was there."""
        if max(self._of_parts(self._results, parts)) > SARIF_RESULTS:
            return False
        return max(self._of_parts(self._octets, parts)) * ratio <= SARIF_GZIP_OCTETS

    def _of_parts(self, sizes: "array[int]", parts: int) -> list[int]:
        sums = [0] * parts
        for place, size in zip(self._places, sizes, strict=True):
            sums[place % parts] += size
        return sums


def gauged(sizes: PartSizes, number: int, pieces: "Iterator[str]") -> "Iterator[str]":
    """The pieces of a part. Raises OutputError behind the last where all of them are too long after gzip.

    What is shorter than the limit as it stands is not compressed to know that.
    """
    packs = sizes.octets(number) * 2 > SARIF_GZIP_OCTETS
    packer, length = zlib.compressobj(level=1, wbits=_GZIP), 0
    for piece in pieces:
        if packs:
            length += len(packer.compress(piece.encode("utf-8", "backslashreplace")))
        yield piece
    length += len(packer.flush())
    if length > SARIF_GZIP_OCTETS:
        raise sizes.too_long(number, length)
