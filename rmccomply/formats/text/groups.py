"""Groups of a fleet by a label (wave, site, owner): of each how many partitions, how they stand, its worst problem."""

import re
from collections import Counter
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from rmccomply.formats.text.layout import NOTHING, WIDE, PagePart, cut_inside, filled
from rmccomply.formats.text.rows import severity_of
from rmccomply.spool import Sorted
from rmccomply.terminal import padded, width_of
from rmccomply.words import RANK, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rmccomply.formats.text.gist import Gist
    from rmccomply.report import RuleCard
    from rmccomply.terminal import Page
    from rmccomply.words import Severity

MOST: Final = 12
_NAME: Final = 30
_DIGITS: Final = re.compile(r"\d+")
_LONGEST: Final = 12
"""Digits that a number in a label is compared by."""
_TITLES: Final["Mapping[Standing, str]"] = {
    "failed": "with problems",
    "undecided": "undecided",
    "healthy": "healthy",
    "no_problems": "no problems",
    "not_applicable": "nothing applies",
    "error": "not judged",
}
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
        self._rows.add(group_key(gist.group), "\n".join((gist.group or "", gist.standing, *faults)))

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
        return "1"
    return "0" + _DIGITS.sub(lambda found: found[0].zfill(_LONGEST), flat_label(label)) + "\0" + flat_label(label)


def flat_label(label: str) -> str:
    """A label on one line."""
    return " ".join(label.split())


def _group(key: str, rows: "Iterable[Sequence[str]]") -> Group:
    standings: Counter[Standing] = Counter()
    faults: Counter[str] = Counter()
    for row in rows:
        standings[next(one for one in _TITLES if one == row[1])] += 1
        faults.update(row[2:])
    worst = min(faults, key=lambda one: (RANK[one.partition("\t")[2]], -faults[one], one), default="")
    rule, _, severity = worst.partition("\t")
    found = next(((rule, one) for one in RANK if one == severity), None)
    return Group(None if key == "1" else key.partition("\0")[2], standings, found)  # type: ignore[arg-type]


def group_section(
    page: "Page", label: str, groups: "Groups | None", cards: "Mapping[str, RuleCard]", *, whole: bool = False
) -> PagePart:
    """The groups as rows; where they are too many, those with most problems."""
    if groups is None:
        return NOTHING
    count = sum(1 for _ in groups)
    some = whole or count <= MOST
    found = list(groups) if some else nsmallest(MOST, groups, key=_gravest_first)
    if not found:
        return NOTHING
    titles = [one for one in _TITLES if one in _ALWAYS or any(group.standings[one] for group in found)]
    names = [_name(page, label, group) for group in found]
    most = page.width - sum(len(_TITLES[one]) + 2 for one in titles) - len("partitions") - 2
    width = max(min(_NAME, most, max(map(width_of, names))), min(most, len(_by(page, label))), 8)
    head = page.cut(_by(page, label), width)
    titled = "".join(_TITLES[one].rjust(len(_TITLES[one]) + 2) for one in titles)
    head = f"{padded(head, width)}  partitions{titled}" + ("   worst problem" if page.width >= WIDE else "")
    rows = [_row(page, name, group, titles, width, cards) for name, group in zip(names, found, strict=True)]

    def more(shown: int) -> list[str]:
        return [page.cut(f"{count - shown:,} more: --show partitions", page.width)]

    return PagePart([page.paint("bold", page.cut(head, page.width))], rows, more, 3, len(found), count - len(found))


def _gravest_first(group: Group) -> tuple[int, int, int, int]:
    rank = RANK[group.worst[1]] if group.worst else len(RANK)
    return rank, -group.standings["failed"], -group.standings["undecided"], -group.targets


def _by(page: "Page", label: str) -> str:
    return f"BY {page.visible(label).upper()}"


def _name(page: "Page", label: str, group: Group) -> str:
    return page.visible(group.label or "(empty)") if group.label is not None else f"(no {page.visible(label)})"


def _row(
    page: "Page", name: str, group: Group, titles: "Sequence[Standing]", width: int, cards: "Mapping[str, RuleCard]"
) -> list[str]:
    dot = page.plain("·")
    counts = "".join(str(group.standings[one] or dot).rjust(len(_TITLES[one]) + 2) for one in titles)
    line = f"{padded(cut_inside(page, name, width), width)}  {group.targets:>10,}{counts}"
    if group.worst is None:
        return [line]
    rule, severity = group.worst
    title = page.visible(cards[rule].fault)
    if page.width >= WIDE:
        room = page.width - width_of(line) - 3 - 10
        return [f"{line}   {severity_of(page, severity)}{page.cut(title, room)}" if room > 10 else line]
    return [line, *(f"  {each}" for each in filled(page, f"{severity}  {title}", page.width - 2, 1))]
