"""Groups of a fleet by a label (wave, site, owner): of each how many partitions, how they stand, its worst problem."""

import re
from collections import Counter
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rmccomply.formats._targets import STANDING_TITLES as TITLES
from rmccomply.formats.text.layout import NOTHING, WIDE, PagePart, cut_inside, filled, strung
from rmccomply.formats.text.rows import SEVERITY, counted_of, severity_of
from rmccomply.spool import Sorted
from rmccomply.terminal import padded, width_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, SEVERITIES, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rmccomply.formats.text.gist import Gist
    from rmccomply.report import RuleCard
    from rmccomply.terminal import Page
    from rmccomply.words import Severity

MOST: Final = 12
MOST_WHOLE: Final = 500
"""Groups that are told with whole lists, in which each has its partitions as well."""
_PARTITIONS: Final = "partitions"
_LEAST: Final = 12
"""Columns of a name, and of a title, at least."""
_NAME: Final = 30
NO_LABEL: Final = "1"
"""The key of those without the label, behind all others, which begin with 0."""
_DIGITS: Final = re.compile(r"\d+")
_LONGEST: Final = 12
"""Digits that a number in a label is compared by."""
_ALWAYS: Final = ("failed", "undecided", "healthy")


class Group(NamedTuple):
    """The partitions of one value of a label, or of none; `worst` is its gravest problem that most have."""

    label: str | None
    standings: "Counter[Standing]"
    worst: "tuple[str, Severity] | None"

    @property
    def targets(self) -> int:
        """How many partitions it has."""
        return self.standings.total()


class Groups:
    """Partitions by the value of a label, in memory that does not grow with them."""

    def __init__(self) -> None:
        self._rows = Sorted()

    def add(self, gist: "Gist") -> None:
        """Count a partition in its group."""
        faults = [f"{fault.rule}\t{fault.severity}" for fault in gist.faults if fault.severity != "info"]
        self._rows.add(group_key(gist.group), "\n".join((flat_label(gist.group or ""), gist.standing, *faults)))

    def __iter__(self) -> "Iterator[Group]":
        """The groups by their labels, numbers as numbers; at last those without."""
        for key, pairs in groupby(self._rows, key=itemgetter(0)):
            yield _group(key, (row.split("\n") for _, row in pairs))

    def close(self) -> None:
        """Keep nothing any more."""
        self._rows.close()


def group_key(label: str | None) -> str:
    """Sorts groups: by label, wave 2 before wave 10, and those without the label at last."""
    if label is None:
        return NO_LABEL
    return "0" + _DIGITS.sub(lambda found: found[0].zfill(_LONGEST), flat_label(label)) + "\0" + flat_label(label)


def flat_label(label: str) -> str:
    """A label on one line."""
    return " ".join(label.split())


def _group(key: str, rows: "Iterable[Sequence[str]]") -> Group:
    standings: Counter[Standing] = Counter()
    faults: Counter[str] = Counter()
    label = ""
    for row in rows:
        label = row[0]
        standings[next(one for one in TITLES if one == row[1])] += 1
        faults.update(row[2:])
    worst = min(faults, key=lambda one: (RANK[one.partition("\t")[2]], -faults[one], one), default="")
    rule, _, severity = worst.partition("\t")
    found = next(((rule, one) for one in SEVERITIES if one == severity), None)
    return Group(None if key == NO_LABEL else label, standings, found)


def group_section(
    page: "Page", label: str, groups: "Groups | None", cards: "Mapping[str, RuleCard]", *, whole: bool = False
) -> PagePart:
    """The groups as rows; where they are too many, those with most problems."""
    if groups is None:
        return NOTHING
    count, most = sum(1 for _ in groups), MOST_WHOLE if whole else MOST
    found = list(groups) if count <= most else nsmallest(most, groups, key=_gravest_first)
    if not found:
        return NOTHING
    if all(group.label is None for group in found):
        return _unlabelled(page, label)
    columns = _columns(page, label, found)
    rows = [_row(page, _name(page, label, group), group, columns, cards) for group in found]

    def more(shown: int) -> list[str]:
        return [f"{count - shown:,} more: --show partitions"]

    return PagePart([_head(page, label, columns)], rows, more, 3, len(found), count - len(found))


def _unlabelled(page: "Page", label: str) -> PagePart:
    """What is said in place of groups where no partition has the label: it may be misspelt, or nobody gave any."""
    says = f"No partition has a label {page.visible(label)}: give labels in the inventory, or with --labels FILE."
    return PagePart([page.paint("bold", _by(page, label)), *filled(page, says, page.width, 3)])


class GroupColumns(NamedTuple):
    """How wide a name is in the table of groups, and the standings that have a column; none where no table has room."""

    name: int
    standings: "tuple[Standing, ...]"


def _columns(page: "Page", label: str, groups: "Sequence[Group]") -> GroupColumns:
    found = tuple(one for one in TITLES if one in _ALWAYS or any(group.standings[one] for group in groups))
    room = page.width - len(_PARTITIONS) - 2 - sum(len(TITLES[one]) + 2 for one in found)
    widest = max(width_of(text) for text in (_by(page, label), *(_name(page, label, group) for group in groups)))
    name = min(widest, _NAME, room)
    return GroupColumns(name, found) if name >= min(widest, _LEAST) else GroupColumns(page.width, ())


def _head(page: "Page", label: str, columns: GroupColumns) -> str:
    head = padded(page.cut(_by(page, label), columns.name), columns.name)
    if columns.standings:
        head += f"  {_PARTITIONS}" + "".join(TITLES[one].rjust(len(TITLES[one]) + 2) for one in columns.standings)
    title = "   worst problem"
    beside = page.width >= WIDE and width_of(head) + len(title) <= page.width
    return page.paint("bold", (head + (title if beside else "")).rstrip())


def _gravest_first(group: Group) -> tuple[int, int, int, int]:
    rank = RANK[group.worst[1]] if group.worst else len(RANK)
    return rank, -group.standings["failed"], -group.standings["undecided"], -group.targets


def _by(page: "Page", label: str) -> str:
    return f"BY {page.visible(label).upper()}"


def _name(page: "Page", label: str, group: Group) -> str:
    return page.visible(group.label or "(empty)") if group.label is not None else f"(no {page.visible(label)})"


def _row(page: "Page", name: str, group: Group, columns: GroupColumns, cards: "Mapping[str, RuleCard]") -> list[str]:
    if not columns.standings:
        return _words(page, name, group, cards)
    dot = page.plain("·")
    counts = "".join(str(group.standings[one] or dot).rjust(len(TITLES[one]) + 2) for one in columns.standings)
    name = padded(cut_inside(page, name, columns.name), columns.name)
    line = f"{name}  {group.targets:>{len(_PARTITIONS)},}{counts}"
    if group.worst is None:
        return [line]
    rule, severity = group.worst
    title, room = page.visible(cards[rule].fault), page.width - width_of(line) - SEVERITY - 3
    if page.width >= WIDE and room >= _LEAST:
        return [f"{line}   {severity_of(page, severity)}{page.cut(title, room)}"]
    return [line, *(f"  {each}" for each in filled(page, f"{severity}  {title}", page.width - 2, 1))]


def _words(page: "Page", name: str, group: Group, cards: "Mapping[str, RuleCard]") -> list[str]:
    """A group where a table has no room."""
    parts = [f"{group.standings[one]:,} {TITLES[one]}" for one in TITLES if group.standings[one]]
    parts += [f"{group.worst[1]}: {page.visible(cards[group.worst[0]].fault)}"] if group.worst else []
    return [
        cut_inside(page, name, page.width),
        *(f"  {line}" for line in strung(page, (counted_of(group.targets), *parts), page.width - 2, 3)),
    ]
