"""What a fleet adds up to: counts and a few names, in memory that does not grow with its targets."""

from collections import Counter
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Final

from rmccomply.ending.narrowed import NOTHING_HIDDEN, Hidden, summed
from rmccomply.formats._dates import Dates
from rmccomply.formats._spread import FIRST_NAMES, Spread
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import UndecidedKey
from rmccomply.words import SEVERITIES, Severity, Standing

if TYPE_CHECKING:
    from rmccomply.formats.text.about import Note
    from rmccomply.formats.text.gist import Gist

WORST: Final = 12
"""Partitions that are kept as the worst."""
_TEXTS: Final = 24
"""Different notes that are kept."""
_MOST: Final = 0xFFFF_FFFF
_STANDINGS: Final[tuple[Standing, ...]] = ("failed", "undecided", "error", "no_problems", "not_applicable", "healthy")
_LEVELS: Final = ("error", "warning", "note")
GRAVE: Final = tuple(severity for severity in SEVERITIES if severity != "info")


class Notes:
    """What was wrong with the evidence, counted by its words; of too many words the rest is counted as one."""

    def __init__(self) -> None:
        self.count = 0
        self.told: dict[tuple[str, str], tuple[int, str]] = {}
        self.others = 0

    def add(self, note: "Note") -> None:
        self.count += 1
        key = (note.level, note.text)
        if key in self.told:
            count, place = self.told[key]
            self.told[key] = (count + 1, place)
        elif len(self.told) < _TEXTS:
            self.told[key] = (1, note.place or note.target)
        else:
            self.others += 1

    def rows(self) -> list[tuple[str, str, int, str]]:
        """Level, words, how often, and the first place; errors first."""
        found = [(level, text, count, place) for (level, text), (count, place) in self.told.items()]
        return sorted(found, key=lambda row: _LEVELS.index(row[0]))


class PartitionLine(NamedTuple):
    """A partition in a list: problems by their severities from critical on, what is undecided, what to begin with."""

    name: str
    standing: Standing
    counts: tuple[int, ...]
    undecided: int
    rule: str
    says: str


class Fleet:
    """The targets of a run as one page tells them. Of the first that is shown, all is kept."""

    def __init__(self) -> None:
        self.total = self.shown = self.listed = 0
        self.platforms: Counter[str] = Counter()
        self.standings: Counter[Standing] = Counter()
        self.severities: set[Severity] = set()
        self.dates = Dates()
        self.problems: dict[str, Spread] = {}
        self.undecided: dict[UndecidedKey, tuple[int, int]] = {}
        self.failures: list[tuple[str, str]] = []
        self.hidden: Hidden = NOTHING_HIDDEN
        self.notes = Notes()
        self.first: Gist | None = None
        self._worst: list[tuple[str, int, PartitionLine]] = []

    def add(self, gist: "Gist") -> None:
        self.total += 1
        self.hidden = summed((self.hidden, gist.hidden))
        if not gist.shown:
            return
        self.shown += 1
        self.first = self.first or gist
        self.platforms[gist.platform] += 1
        self.dates.add(gist.age, gist.date)
        for note in gist.notes:
            self.notes.add(note)
        if gist.shown > 1:
            self._list(gist)

    def _list(self, gist: "Gist") -> None:
        self.listed += 1
        self.standings[gist.standing] += 1
        for fault in gist.faults:
            self.problems.setdefault(fault.rule, Spread(fault.severity)).add(fault, gist.name)
            self.severities.add(fault.severity)
        for key, count in gist.undecided:
            checks, targets = self.undecided.get(key, (0, 0))
            self.undecided[key] = (checks + count, targets + 1)
        if gist.standing == "error" and len(self.failures) < FIRST_NAMES:
            self.failures.append((gist.name, gist.says))
        one = listed_of(gist)
        kept = (_turned(rank_of(one)), -self.total, one)
        if len(self._worst) < WORST:
            heappush(self._worst, kept)
        else:
            heappushpop(self._worst, kept)

    def worst(self) -> list[PartitionLine]:
        """The worst partitions, the worst first, then in the order of the run."""
        return [one for _, _, one in sorted(self._worst, reverse=True)]


def listed_of(gist: "Gist") -> PartitionLine:
    """The line of a partition."""
    counts = Counter(fault.severity for fault in gist.faults)
    undecided = sum(count for _, count in gist.undecided)
    rule = gist.faults[0].rule if gist.faults else ""
    return PartitionLine(gist.name, gist.standing, tuple(counts[one] for one in GRAVE), undecided, rule, gist.says)


def rank_of(one: PartitionLine) -> str:
    """Sorts partitions: what could not be judged, then by problems from the worst severity on, then by unknowns."""
    digits = "".join(f"{_MOST - number:08x}" for number in (*one.counts, one.undecided))
    return f"{int(one.standing != 'error')}{digits}{_STANDINGS.index(one.standing)}"


def _turned(rank: str) -> str:
    """A key that sorts the other way."""
    return "".join(f"{15 - int(digit, 16):x}" for digit in rank)
