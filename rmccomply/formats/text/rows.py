"""Rows of a page: problems, what is undecided, partitions. A row is a line where the page is wide, else a few."""

import re
from typing import TYPE_CHECKING, Final

from rmccomply.formats.text.canvas import MARKS, SEVERITY_COLORS
from rmccomply.formats.text.fleet import GRAVE
from rmccomply.formats.text.layout import WIDE, broken, cut_inside, filled
from rmccomply.terminal import padded, width_of
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rmccomply.formats._spread import Spread
    from rmccomply.formats.text.fleet import PartitionLine
    from rmccomply.report import RuleCard
    from rmccomply.terminal import Page
    from rmccomply.undecided import UndecidedRow
    from rmccomply.words import Severity, Standing

SEVERITY: Final = 10
"""Columns of a severity with the blanks behind it."""
_RULE: Final = 16
_NAMES: Final = 24
"""Columns that names of partitions have at least."""
_BEGIN: Final = 20
"""Columns of the problem to begin with at least."""
_NAME: Final = 32
"""Columns of a name in a table at most."""
_SAYS: Final = 38
_LEAST: Final = 8
"""Columns of a name in a table at least."""
_UNDECIDED: Final = "undecided"
_APART: Final = "  "
_COMMAND: Final = "rmccomply "
_GOES_ON: Final = " \\"
_SHELL_WORD: Final = re.compile(r"(?:'[^']*'|[^\s'])+|'")
"""A word of a command line; what stands in quotes belongs to it."""
_SIGNS: Final["Mapping[Standing, str]"] = {
    "failed": MARKS["fail"],
    "undecided": MARKS["unknown"],
    "error": MARKS["error"],
    "no_problems": MARKS["waived"],
    "healthy": MARKS["pass"],
    "not_applicable": MARKS["not_applicable"],
}
_SIGN_COLORS: Final["Mapping[Standing, str]"] = {
    "failed": "bold red",
    "undecided": "bold magenta",
    "error": "bold red",
    "healthy": "green",
}
_STANDS: Final["Mapping[Standing, str]"] = {
    "undecided": "undecided",
    "error": "could not be judged",
    "no_problems": "no problems",
    "healthy": "healthy",
    "not_applicable": "no check applies",
}
_LEFT: Final["Mapping[Standing, str]"] = {
    "failed": "with problems",
    "error": "not judged",
    "undecided": "undecided",
    "no_problems": "without problems",
    "not_applicable": "to which no check applies",
    "healthy": "healthy",
}


def titled(page: "Page", text: str, count: str = "") -> str:
    """The head of a section."""
    return page.paint("bold", text) + (f"{_APART}{count}" if count else "")


def severity_of(page: "Page", severity: "Severity") -> str:
    """A severity in its colour and column."""
    return page.paint(SEVERITY_COLORS[severity], severity.ljust(SEVERITY))


def names_in(page: "Page", names: "Sequence[str]", count: int, room: int) -> str:
    """As many names as have room, with `…` where there are more; one too long is cut inside."""
    shown, more = "", page.plain(" …")
    for at, name in enumerate(names):
        last = at + 1 == count
        longer = f"{shown} {page.visible(name)}".lstrip(" ")
        if width_of(longer) + (0 if last else width_of(more)) > room:
            first = cut_inside(page, page.visible(name), room - (0 if last else width_of(more)))
            return (shown or first) + (more if shown or not last else "")
        shown = longer
    return shown if len(names) == count else shown + more


class ProblemColumns(NamedTuple):
    """How wide the columns of problems are on a wide page."""

    title: int
    rule: int
    number: int


def problem_columns(page: "Page", problems: "Sequence[tuple[RuleCard, Spread]]") -> ProblemColumns:
    """As the texts want it, and names of partitions still have room."""
    rule = min(max((width_of(page.visible(card.id)) for card, _ in problems), default=0), _RULE)
    count = max((len(f"{spread.targets:,}") for _, spread in problems), default=0)
    title = max((width_of(page.visible(card.fault)) for card, _ in problems), default=0)
    room = page.width - SEVERITY - rule - count - _NAMES - 3 * len(_APART)
    return ProblemColumns(min(title, max(room, _RULE)), rule, count)


def problem_row(page: "Page", card: "RuleCard", spread: "Spread", columns: ProblemColumns) -> list[str]:
    """A problem of the fleet: severity, title, rule, on how many partitions, and the first of them."""
    severity, title, rule = severity_of(page, spread.severity), page.visible(card.fault), page.visible(card.id)
    if page.width < WIDE:
        count = counted_of(spread.targets)
        first, *more = filled(page, title, page.width - SEVERITY - len(count) - 2, 2)
        room = page.width - SEVERITY - len(count)
        rule = cut_inside(page, rule, room // 2)
        names = names_in(page, spread.names, spread.targets, page.width - SEVERITY - width_of(rule) - 2)
        lines = [severity + padded(first, room) + count, *(" " * SEVERITY + line for line in more)]
        return [*lines, f"{' ' * SEVERITY}{rule}{_APART}{page.paint('faint', names)}"]
    first, *more = filled(page, title, columns.title, 2)
    rule = padded(cut_inside(page, rule, columns.rule), columns.rule)
    count = f"{spread.targets:,}".rjust(columns.number)
    before = SEVERITY + columns.title + columns.rule + columns.number + 3 * len(_APART)
    names = names_in(page, spread.names, spread.targets, page.width - before)
    line = _APART.join((padded(first, columns.title), rule, count, page.paint("faint", names)))
    return [severity + line, *(" " * SEVERITY + each for each in more)]


def counted_of(targets: int) -> str:
    """So many partitions."""
    return f"{targets:,} partition" + ("" if targets == 1 else "s")


def undecided_rows(page: "Page", rows: "Sequence[UndecidedRow]", fleet: bool) -> "Iterable[list[str]]":
    """What is undecided, by what settles it: how many checks, on how many partitions, why, and what to do."""
    checks = max((len(f"{row.checks:,}") for row in rows), default=0)
    targets = max((len(f"{row.targets:,}") for row in rows), default=0)
    says = min(max((width_of(page.visible(row.says)) for row in rows), default=0), _SAYS)
    for row in rows:
        on = f"on {row.targets:>{targets},}{_APART}" if fleet else ""
        before = f"{row.checks:>{checks + 1},}{_APART}{on}"
        yield _undecided_row(page, before, page.visible(row.says), page.visible(row.advice), says)


def _undecided_row(page: "Page", before: str, says: str, advice: str, column: int) -> list[str]:
    room = page.width - len(before)
    beside = room - column - 2
    if page.width >= WIDE and width_of(says) <= column and width_of(advice) <= beside:
        return [f"{before}{padded(says, column)}{_APART}{advice}".rstrip()]
    first, *more = filled(page, says, room, 2)
    indent = " " * len(before)
    lines = [before + first, *(indent + line for line in more)]
    return lines + [f"{indent}{line}" for line in _advised(page, advice, room) if line]


def _advised(page: "Page", advice: str, room: int) -> list[str]:
    """Advice in lines; a command of several can be copied as it stands, by a backslash before each end."""
    before, command, rest = advice.partition(_COMMAND)
    if not command or width_of(advice) <= room:
        return filled(page, advice, room, 3)
    lines: list[str] = []
    for word in _SHELL_WORD.findall(command + rest):
        joined = f"{lines[-1]} {word}" if lines else word
        if width_of(joined) <= room - len(_GOES_ON):
            lines[-1:] = [joined]
        else:
            lines.append(word)
    alone = width_of(command + rest) <= room
    return [*filled(page, before.rstrip(), room, 3), *([command + rest] if alone else _going_on(lines, room))]


def _going_on(lines: "Sequence[str]", room: int) -> list[str]:
    """The lines of a command; one that is too wide even alone is broken, as any word is."""
    pieces = [piece for line in lines[:-1] for piece in broken(line + _GOES_ON, room)]
    return [*pieces, *broken(lines[-1], room)]


class PartitionColumns(NamedTuple):
    """How wide a name is in a list of partitions, which severities it has, and the room of what to `begin` with.

    Where no table has room, `undecided` has no columns and counts are told in words.
    """

    name: int
    severities: "tuple[Severity, ...]"
    undecided: int
    begin: int


def partition_columns(page: "Page", widest: int, severities: "set[Severity]") -> PartitionColumns:
    """For names of that many columns at most, and counts by these severities."""
    found: tuple[Severity, ...] = tuple(severity for severity in GRAVE if severity in severities)
    undecided = len(_UNDECIDED)
    counts = sum(len(severity) + 2 for severity in found) + undecided + 2
    room = page.width - 2 - counts
    name = min(max(widest, len("PARTITIONS") - 2), _NAME, room)
    if name < _LEAST:
        return PartitionColumns(page.width - 2, found, 0, 0)
    beside = room - name - 3
    return PartitionColumns(name, found, undecided, beside if beside >= _BEGIN else 0)


def partition_head(page: "Page", title: str, columns: PartitionColumns) -> str:
    """The heads of the columns of a list of partitions."""
    if not columns.undecided:
        return page.paint("bold", title)
    counts = "".join(severity.rjust(len(severity) + 2) for severity in columns.severities)
    head = f"{title.ljust(columns.name + 2)}{counts}{_APART}{_UNDECIDED}"
    return page.paint("bold", head + ("   begin with" if columns.begin else ""))


def partition_row(
    page: "Page",
    one: "PartitionLine",
    columns: PartitionColumns,
    cards: "Mapping[str, RuleCard]",
    *,
    whole: bool = False,
) -> list[str]:
    """A partition: its mark, name, problems by severity, what is undecided, and the problem to begin with.

    A name that is too long is cut inside, or where it is to be `whole`, stands above its row.
    """
    sign = page.paint(_SIGN_COLORS.get(one.standing, "faint"), page.plain(_SIGNS[one.standing]))
    name, begin = page.visible(one.name), _begin(page, one, cards)
    above: list[str] = []
    if whole and width_of(name) > columns.name:
        pieces = [page.paint("bold", piece) for piece in broken(name, page.width - 2)]
        above, name, sign = [f"{sign} {pieces[0]}", *(f"  {piece}" for piece in pieces[1:])], "", " "
    shown = page.paint("bold", padded(cut_inside(page, name, columns.name), columns.name))
    line = f"{sign} {shown}{_counts(page, one, columns)}".rstrip()
    if columns.begin:
        return [*above, f"{line}   {page.cut(begin, columns.begin)}".rstrip()]
    lines = [line] if line else []
    if not columns.undecided:
        lines += [f"  {each}" for each in filled(page, _count_words(one), page.width - 2, 2)]
    return [*above, *lines, *(f"  {each}" for each in filled(page, begin, page.width - 2, 1) if begin)]


def _counts(page: "Page", one: "PartitionLine", columns: PartitionColumns) -> str:
    """The columns of counts."""
    if not columns.undecided:
        return ""
    found: dict[Severity, int] = dict(zip(GRAVE, one.counts, strict=True))
    dot = page.plain("·")
    counts = "".join(str(found[each] or dot).rjust(len(each) + 2) for each in columns.severities)
    return f"{counts}{_APART}{str(one.undecided or dot).rjust(columns.undecided)}"


def _count_words(one: "PartitionLine") -> str:
    """The counts of a partition in words."""
    found = [f"{count} {severity}" for severity, count in zip(GRAVE, one.counts, strict=True) if count]
    return ", ".join([*found, f"{one.undecided} {_UNDECIDED}"])


def _begin(page: "Page", one: "PartitionLine", cards: "Mapping[str, RuleCard]") -> str:
    """The problem to begin with; where there is none, what the partition is."""
    if one.rule in cards and one.standing != "error":
        return page.visible(cards[one.rule].fault)
    says = _STANDS.get(one.standing, "")
    return page.visible(f"{says}: {one.says}" if one.says else says)


def left_of(standings: "Mapping[Standing, int]") -> str:
    """`194 more with problems, 3 undecided, 1 healthy`."""
    parts = [f"{standings[one]:,} {words}" for one, words in _LEFT.items() if standings.get(one)]
    return ", ".join([parts[0].replace(" ", " more ", 1), *parts[1:]]) if parts else ""
