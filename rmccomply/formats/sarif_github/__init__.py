"""SARIF 2.1.0 for GitHub code scanning: a folder of files that are each within its limits, and an index of them.

GitHub shows every result as an alert, whatever its kind, its level or its suppressions. So results are the fails above
info that are active or known from a baseline (an alert of these closes when they are gone), and for each target and
each thing that is to be done about unknowns one result of RMC-UNDECIDED whose message begins with "Unknown:". Readings
chosen: waived fails are no result, and what is left out is counted in the index and in each log; a target belongs to a
part by the hash of its label alone, so that no other target moves it; every part is written, also an empty one, with
all rules and a category of its own, since alerts close only where a newer log of their category has them no more;
results have few properties, for GitHub shows none.
"""

import hashlib
from array import array
from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.documents.report_1 import encode
from rmccomply.formats._sarif.attention import COUNTED, attention
from rmccomply.formats._sarif.log import SarifAssembly, SarifFragment, category_of
from rmccomply.formats._sarif.texts import UNKNOWN
from rmccomply.formats.sarif_github.sizes import PartSizes, gauged
from rmccomply.report import FileName
from rmccomply.spool import Spool
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing
    from rmccomply.words import Disposition

INDEX: Final = "index.json"
SCHEMA: Final = "rmccomply/sarif-parts/1"
_SHOWS: Final[tuple["Disposition", ...]] = ("active", "baseline")
_LEFT_OUT: Final = {
    "informing": "informing",
    "accepted": "waived",
    "blocked": "blocked",
    "passed": "passed",
    "notApplicable": "not_applicable",
    "errors": "errors",
}
"""What of the counts of a log is in no result, with its word in the index."""


class PartFragment(NamedTuple):
    """A target in a part: the hash of its label, and its rows."""

    place: int
    rows: SarifFragment


def fragment(item: "Assessed", frame: "Frame") -> PartFragment:
    """The rows of a target."""
    return PartFragment(place_of(item.target.id), attention(item, frame.run, _SHOWS, UNKNOWN, bare=True))


def place_of(label: str) -> int:
    """What decides in which part a target is, for any number of parts."""
    return int.from_bytes(hashlib.sha256(label.encode("utf-8", "surrogatepass")).digest()[:8])


def assembly(frame: "Frame") -> "PartsAssembly":
    """An empty folder."""
    return PartsAssembly(frame)


class PartsAssembly:
    """The logs in the making: rows go through a spool, and each part knows the places of its own."""

    def __init__(self, frame: "Frame") -> None:
        self._frame = frame
        self._rows = Spool()
        self._places = [array("Q") for _ in range(frame.parts)]
        self._sizes = PartSizes(frame.parts)
        self._counts = [Counter(dict.fromkeys(COUNTED, 0)) for _ in range(frame.parts)]
        self._tool = ""
        self._log: SarifAssembly | None = None

    def begin(self) -> str:
        return ""

    def add(self, fragment: PartFragment) -> str:
        rows, number = fragment.rows, fragment.place % self._frame.parts
        counts = dict(rows.counts)
        octets = len(rows.results) + len(rows.notifications) + sum(len(row) for _, row in rows.artifacts)
        self._counts[number].update(counts)
        self._sizes.add(fragment.place, _results(counts), octets)
        self._places[number].append(self._rows.add(_packed(rows)))
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        self._sizes.refuse_overfull(len(self._frame.run.rules) + 1)
        for number, places in enumerate(self._places):
            rows = (self._rows.at(place) for place in places)
            yield FileName(_file(number))
            yield from gauged(self._sizes, number, self._log_of(number, rows, closing))
        yield FileName(INDEX)
        yield self._index(closing)

    def abandon(self) -> None:
        self._rows.close()
        if self._log is not None:
            self._log.abandon()

    def _log_of(self, number: int, rows: "Iterable[str]", closing: "Closing") -> "Iterator[str]":
        """The log of a part. What is to be said of no target stands in the first."""
        self._log = log = SarifAssembly(self._frame, COUNTED, undecided=UNKNOWN, part=_name(number), tool=self._tool)
        yield log.begin()
        self._tool = log.tool
        for row in rows:
            yield log.add(_unpacked(row))
        yield from log.end(closing if not number else closing._replace(notifications=()))
        log.abandon()

    def _index(self, closing: "Closing") -> str:
        run, files = self._frame.run, [self._file_row(number) for number in range(self._frame.parts)]
        total = sum(self._counts, Counter[str]())
        members = {
            "schema": SCHEMA,
            "run": closing.run_id,
            "now": run.now,
            "tool_version": run.version,
            "exit_status": closing.exit_status,
            "parts": self._frame.parts,
            "targets": closing.targets,
            "results": _results(total),
            "findings": dict(closing.summary),
            **_told(total),
        }
        head = ",\n".join(f"{encode(key)}:{encode(value)}" for key, value in members.items())
        return f'{{{head},\n"files":[\n' + ",\n".join(map(encode, files)) + "\n]}\n"

    def _file_row(self, number: int) -> dict[str, object]:
        counts = self._counts[number]
        return {
            "file": _file(number),
            "category": category_of(self._frame.run, _name(number)),
            "targets": self._sizes.targets[number],
            "results": _results(counts),
            **_told(counts),
        }


def _told(counts: "Counter[str]") -> dict[str, object]:
    """The findings that results stand for, and those that are left out: together all."""
    left_out = {word: counts[name] for name, word in _LEFT_OUT.items()}
    return {"fails": counts["fails"], "undecided": counts["undecided"], "left_out": left_out}


def _name(number: int) -> str:
    return f"part-{number:02}"


def _file(number: int) -> str:
    return f"{_name(number)}.sarif"


def _results(counts: "Mapping[str, int]") -> int:
    return counts["fails"] + counts["undecidedResults"]


def _packed(rows: SarifFragment) -> str:
    """The rows of a target as one. No JSON holds the octet that stands between them, nor does a uri."""
    artifacts = (text for pair in rows.artifacts for text in pair)
    known = dict(rows.counts)
    counts = ",".join([str(known[name]) for name in COUNTED])
    return "\0".join((counts, rows.results, rows.notifications, *artifacts))


def _unpacked(row: str) -> SarifFragment:
    counts, results, notifications, *artifacts = row.split("\0")
    pairs = tuple(zip(artifacts[::2], artifacts[1::2], strict=True))
    return SarifFragment(results, notifications, pairs, tuple(zip(COUNTED, map(int, counts.split(",")), strict=True)))
