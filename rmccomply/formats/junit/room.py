"""How much of a report has room in one file: all of it, what is to be known, one sentence of each, or the gravest."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.formats._limits import JUNIT_OCTETS, XML_OBJECTS
from rmccomply.formats.junit.cases import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmccomply.formats.junit.cases import JunitCase

_AROUND: Final = 8_000
"""Octets of what stands around the suites, but for the names of kinds."""
_AROUND_OBJECTS: Final = 200
_SUITE: Final = 120
"""Octets of a suite beside its name and its cases."""
_SUITE_OBJECTS: Final = 6
_FIRST: Final = "0"


class Room:
    """Octets and objects that cases take, by rank."""

    def __init__(self) -> None:
        self.octets: Counter[str] = Counter()
        self.objects: Counter[str] = Counter()

    def add(self, rank: str, octets: int, objects: int) -> None:
        self.octets[rank] += octets
        self.objects[rank] += objects


class Chosen:
    """What is written of the cases. `left` counts those that are not, by kind; it is whole when all were asked for."""

    def __init__(self, ranks: str, *, is_brief: bool, octets: int, objects: int) -> None:
        """Cases of a rank below `ranks` are all taken, those of that rank while there is room, and no others."""
        self.is_brief = is_brief
        self.left: Counter[str] = Counter()
        self._below = ranks
        self._octets, self._objects = octets, objects

    def takes(self, name: str, case: "JunitCase") -> bool:
        """Whether a case is written."""
        if case.rank < self._below:
            return True
        if case.rank == self._below:
            octets, objects = _octets(case.brief(name)), case.objects(brief=True)
            if octets <= self._octets and objects <= self._objects:
                self._octets -= octets
                self._objects -= objects
                return True
        self.left[case.kind if case.rank != SETTLED else "not_applicable" if case.kind else ""] += 1
        return False


class Sizes:
    """What cases take, whole and in a sentence each; nothing of a target is kept."""

    def __init__(self) -> None:
        self._full, self._brief = Room(), Room()
        self._octets, self._objects = _AROUND, _AROUND_OBJECTS

    def add(self, name: str, cases: "Iterable[JunitCase]") -> None:
        """Count the cases of a target."""
        self._octets += _SUITE + _octets(name)
        self._objects += _SUITE_OBJECTS
        for case in cases:
            self._full.add(case.rank, _octets(case.full(name)), case.objects(brief=False))
            self._brief.add(case.rank, _octets(case.brief(name)), case.objects(brief=True))

    def chosen(self) -> Chosen:
        """The most of it that has room."""
        ranks = sorted(self._full.octets)
        told = [rank for rank in ranks if rank != SETTLED]
        for room, kept, is_brief in ((self._full, ranks, False), (self._full, told, False), (self._brief, told, True)):
            if self._has_room(room, kept):
                return Chosen("" if not kept else _after(kept[-1]), is_brief=is_brief, octets=0, objects=0)
        whole = next(at for at in range(len(told), -1, -1) if self._has_room(self._brief, told[:at]))
        octets, objects = self._taken(self._brief, told[:whole])
        return Chosen(told[whole], is_brief=True, octets=JUNIT_OCTETS - 1 - octets, objects=XML_OBJECTS - objects)

    def _has_room(self, room: Room, ranks: "Iterable[str]") -> bool:
        octets, objects = self._taken(room, ranks)
        return octets < JUNIT_OCTETS and objects <= XML_OBJECTS

    def _taken(self, room: Room, ranks: "Iterable[str]") -> tuple[int, int]:
        ranks = tuple(ranks)
        octets = self._octets + sum(room.octets[rank] for rank in ranks)
        return octets, self._objects + sum(room.objects[rank] for rank in ranks)


def _after(rank: str) -> str:
    """What is greater than this rank and all below it."""
    return f"{rank}~"


def _octets(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8"))
