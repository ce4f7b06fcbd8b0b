"""Whole lists: every problem with all of its partitions, every partition with what it begins with.

They may be of any length, so what is listed goes through spools.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._sentences import first_of
from rmccomply.formats._spread import in_order
from rmccomply.formats.text.fleet import PartitionLine, listed_of, rank_of
from rmccomply.formats.text.groups import NO_LABEL, flat_label, group_key
from rmccomply.formats.text.layout import broken, filled
from rmccomply.formats.text.rows import (
    SEVERITY,
    counted_of,
    partition_columns,
    partition_head,
    partition_row,
    severity_of,
)
from rmccomply.spool import Sorted, Spool
from rmccomply.terminal import width_of
from rmccomply.words import STANDINGS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from rmccomply.formats._spread import Spread
    from rmccomply.formats.text.fleet import Fleet
    from rmccomply.formats.text.gist import Gist
    from rmccomply.report import RuleCard
    from rmccomply.terminal import Page

_ROOM: Final = 1 << 14
"""Octets that the names of one problem take in memory."""


class ProblemList:
    """The partitions of each problem."""

    def __init__(self) -> None:
        self._names: dict[str, Spool] = {}

    def add(self, gist: "Gist") -> None:
        """Keep the name of a partition with each of its problems."""
        for fault in gist.faults:
            if fault.rule not in self._names:
                self._names[fault.rule] = Spool(_ROOM)
            self._names[fault.rule].add(gist.name)

    def lines(self, page: "Page", fleet: "Fleet", cards: "Mapping[str, RuleCard]") -> "Iterator[str]":
        """Every problem, the right one first."""
        for rule in in_order(fleet.problems):
            yield ""
            yield from _problem(page, rule, fleet.problems[rule], cards)
            yield from _names(page, self._names[rule].rows(), " " * SEVERITY)

    def close(self) -> None:
        """Keep nothing any more."""
        for names in self._names.values():
            names.close()
        self._names.clear()


def _problem(page: "Page", rule: str, spread: "Spread", cards: "Mapping[str, RuleCard]") -> "Iterator[str]":
    """A problem: severity, title, rule, on how many partitions, who else sees it, its reasons, and what to do."""
    indent, room, card = " " * SEVERITY, page.width - SEVERITY, cards[rule]
    first, *more = filled(page, page.visible(card.fault), room, 4)
    yield severity_of(page, spread.severity) + page.paint("bold", first)
    yield from (indent + page.paint("bold", line) for line in more)
    yield from (indent + line for line in filled(page, page.visible(f"{card.id}  {counted_of(spread.targets)}"), room))
    for says in (*_seen_too(spread, cards), *_reasons(spread)):
        yield from (indent + line for line in filled(page, page.visible(says), room))
    does = page.visible(" ".join(first_of(card.remediation)))
    yield from (indent + line for line in filled(page, does, room, 6) if line)


def _seen_too(spread: "Spread", cards: "Mapping[str, RuleCard]") -> "Iterator[str]":
    """The rules that see the same fault, on how many partitions: advice elsewhere may name them."""
    for rule, count in _most_first(spread.covered):
        yield f"{rule} on {count:,} of them: {cards[rule].fault}"


def _reasons(spread: "Spread") -> "Iterator[str]":
    for rule, count in _most_first(spread.reasons):
        yield f"{rule} can be the reason on {count:,} of them."


def _most_first(counted: "Counter[str]") -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _names(page: "Page", names: "Iterator[str]", indent: str) -> "Iterator[str]":
    """Names one after the other, in lines as wide as the page."""
    room, line = page.width - len(indent), ""
    for name in names:
        for piece in broken(page.visible(name), room):
            longer = f"{line} {piece}".lstrip(" ")
            if width_of(longer) > room:
                yield indent + page.paint("faint", line)
                longer = piece
            line = longer
    if line:
        yield indent + page.paint("faint", line)


class PartitionList:
    """Every partition, the worst first; under their groups where there are any."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._rows = Sorted()
        self._widest = 0

    def add(self, page: "Page", gist: "Gist") -> None:
        """Keep a partition."""
        one = listed_of(gist)
        self._widest = max(self._widest, width_of(page.visible(one.name)))
        group = group_key(gist.group) if self._label else ""
        texts = (page.visible(flat_label(gist.group or "")), one.name, one.says)
        numbers = (one.standing, one.rule, str(one.undecided), *map(str, one.counts))
        self._rows.add(f"{group}\0{rank_of(one)}", "\n".join((*(_flat(each) for each in texts), *numbers)))

    def lines(self, page: "Page", fleet: "Fleet", cards: "Mapping[str, RuleCard]") -> "Iterator[str]":
        """The rows under their heads."""
        columns = partition_columns(page, self._widest, fleet.severities)
        before: str | None = None
        for key, row in self._rows:
            group, name, says, standing, rule, undecided, *counts = row.split("\n")
            if before is None or (self._label and key.rpartition("\0")[0] != before):
                before = key.rpartition("\0")[0]
                yield ""
                if self._label:
                    yield from _group_head(page, self._label, group if before != NO_LABEL else None)
                yield partition_head(page, "PARTITIONS", columns)
            stands = next(one for one in STANDINGS if one == standing)
            one = PartitionLine(name, stands, tuple(map(int, counts)), int(undecided), rule, says)
            yield from partition_row(page, one, columns, cards, whole=True)

    def close(self) -> None:
        """Keep nothing any more."""
        self._rows.close()


def _flat(text: str) -> str:
    """A text as a part of a row, shown as it will be."""
    return text.replace("\n", "\\x0a")


def _group_head(page: "Page", label: str, group: str | None) -> list[str]:
    text = f"no {page.visible(label)}" if group is None else f"{page.visible(label)} {group}"
    return [page.paint("bold", line) for line in filled(page, text, page.width, 2)]
