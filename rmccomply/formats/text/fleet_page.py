"""The page of a fleet: what is wrong, on how many partitions, what is undecided, and which to begin with."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.formats._dates import collected_of
from rmccomply.formats._spread import in_order, informs
from rmccomply.formats.text.heading import policies_of, settings_of
from rmccomply.formats.text.layout import NOTHING, WIDE, PagePart, cut_inside, filled, strung
from rmccomply.formats.text.rows import (
    SEVERITY,
    ProblemColumns,
    counted_of,
    left_of,
    partition_columns,
    partition_head,
    partition_row,
    problem_columns,
    problem_row,
    titled,
    undecided_rows,
)
from rmccomply.terminal import width_of
from rmccomply.undecided import rows
from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmccomply.formats._spread import Spread
    from rmccomply.formats.text.fleet import Fleet, Notes
    from rmccomply.report import RuleCard, Run
    from rmccomply.terminal import Page

    ProblemRow = tuple[RuleCard, Spread]

_FEW: Final = 10
"""Partitions of a fleet that are listed one and all."""
_HEAD_LINES: Final = 4
_NOTES: Final = 4
_INFORMS: Final = 3
_LEVEL_COLORS: Final = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_CSV: Final = "fleet.csv"
_FAMILY: Final = "RMC-"
"""What the ids of shipped rules begin with, and what is left off behind another one."""


def fleet_sections(
    page: "Page", fleet: "Fleet", run: "Run", groups: PagePart = NOTHING, accepted: PagePart = NOTHING
) -> "Iterator[PagePart]":
    """The parts of the page in their order."""
    cards = {card.id: card for card in run.rules}
    order = in_order(fleet.problems)
    told = informs(fleet.problems, order)
    found = [(cards[rule], fleet.problems[rule]) for rule in order]
    columns = problem_columns(page, found)
    yield PagePart(fleet_head(page, fleet, run))
    yield _not_judged(page, fleet)
    yield _problems(page, [row for row in found if row[0].id not in told], columns)
    yield _informing(page, [row for row in found if row[0].id in told], columns)
    yield undecided_section(page, fleet, run)
    yield groups
    yield _partitions(page, fleet, cards)
    yield accepted
    yield notes_section(page, fleet.notes)


def fleet_head(page: "Page", fleet: "Fleet", run: "Run") -> list[str]:
    """How many of which kind, judged by what, and how old what is known of them is."""
    kinds = ", ".join(f"{count:,} {name or 'of unknown platform'}" for name, count in fleet.platforms.most_common())
    whose = f"{fleet.shown:,} of {counted_of(fleet.total)}" if fleet.shown < fleet.total else counted_of(fleet.total)
    parts = [whose + (f" ({kinds})" if kinds else ""), policies_of(run), collected_of(fleet.dates)]
    first, *more = strung(page, (page.visible(part) for part in parts if part), page.width, _HEAD_LINES)
    return [first.replace(whose, page.paint("bold", whose), 1), *more, *settings_of(page, run)]


def _not_judged(page: "Page", fleet: "Fleet") -> PagePart:
    """The partitions that could not be judged, each with the reason."""
    count, room = fleet.standings["error"], page.width - 2
    if not count:
        return NOTHING
    texts = [
        f"{cut_inside(page, page.visible(name), room // 2)}  {page.visible(says)}" for name, says in fleet.failures
    ]
    lines = [[f"  {line}" for line in filled(page, text, room, 2)] for text in texts]
    head = page.paint("bold red", f"NOT JUDGED: {counted_of(count)}")

    def more(shown: int) -> list[str]:
        return [f"{count - shown:,} more: --show partitions"]

    return PagePart([head], lines, more, 2, 3, count - len(lines))


def _problems(page: "Page", found: "Sequence[ProblemRow]", columns: ProblemColumns) -> PagePart:
    """What is wrong, the right one first."""
    if not found:
        return NOTHING
    lines = [problem_row(page, *one, columns) for one in found]

    def more(shown: int) -> list[str]:
        return [f"{counted(len(found) - shown, 'more problem')}: --show problems"]

    return PagePart([problems_head(page, columns)], lines, more, 5)


def problems_head(page: "Page", columns: ProblemColumns) -> str:
    """The head of the list of problems; on a wide page over its columns."""
    if page.width < WIDE:
        return titled(page, "PROBLEMS")
    before = SEVERITY + columns.title + 2 + columns.rule + 2 + columns.number
    return titled(page, "PROBLEMS" + "partitions".rjust(before - len("PROBLEMS")))


def _informing(page: "Page", found: "Sequence[ProblemRow]", columns: ProblemColumns) -> PagePart:
    """What only informs: it is no problem of a partition."""
    if not found:
        return NOTHING
    lines = [problem_row(page, *one, columns) for one in found]

    def more(shown: int) -> list[str]:
        return [f"{len(found) - shown:,} more: --show problems"]

    return PagePart([titled(page, "FOR INFORMATION")], lines, more, 1, _INFORMS)


def undecided_section(page: "Page", fleet: "Fleet", run: "Run", numbers: "Mapping[str, int] | None" = None) -> PagePart:
    """What is not known, by what settles it; on the page of one target problems have `numbers`."""
    total = sum(checks for checks, _ in fleet.undecided.values())
    if not total:
        return NOTHING
    titles = {card.id: card.problem for card in run.rules if card.problem}
    found = rows(fleet.undecided, fleet.shown, run.collected, titles)
    if numbers is None:
        found = tuple(row._replace(advice=_listed(row.advice, row.key.first, fleet)) for row in found)
    else:
        found = tuple(row._replace(advice=_numbered(row.advice, row.key.first, numbers)) for row in found)
    lines = list(undecided_rows(page, found, fleet=numbers is None))

    def more(shown: int) -> list[str]:
        left = sum(row.checks for row in found[shown:])
        return [f"{left:,} more for {counted(len(found) - shown, 'other reason')}: --show open"]

    head = page.paint("bold", f"UNDECIDED: {total:,} check" + ("" if total == 1 else "s"))
    return PagePart([head], lines, more, 3, 8)


def _listed(advice: str, rule: str, fleet: "Fleet") -> str:
    """The advice with the problem that the page lists, where that stands for a rule which sees the same fault."""
    if not rule or rule in fleet.problems:
        return advice
    heads = sorted(head for head, spread in fleet.problems.items() if rule in spread.covered)
    return advice.replace(f"fix {rule}", f"fix {heads[0]} (+{rule.removeprefix(_FAMILY)})", 1) if heads else advice


def _numbered(advice: str, rule: str, numbers: "Mapping[str, int]") -> str:
    return advice.replace(f"fix {rule}", f"fix {numbers[rule]}") if rule in numbers else advice


def _partitions(page: "Page", fleet: "Fleet", cards: "Mapping[str, RuleCard]") -> PagePart:
    """The worst of them; of a small fleet all."""
    all_fit = fleet.listed <= _FEW
    found = [one for one in fleet.worst() if all_fit or one.standing not in ("healthy", "not_applicable")]
    if not found:
        return NOTHING
    widest = max(width_of(page.visible(one.name)) for one in found)
    columns = partition_columns(page, widest, fleet.severities)
    lines = [partition_row(page, one, columns, cards) for one in found]

    def more(shown: int) -> list[str]:
        left = fleet.standings - Counter(one.standing for one in found[:shown])
        text, options = f"{page.plain('…')} {left_of(left)}:", f"--show partitions, or -o csv-targets={_CSV}"
        if len(text) + 1 + len(options) <= page.width:
            return [f"{text} {options}"]
        return [*filled(page, text, page.width, 2), *(f"  {row}" for row in filled(page, options, page.width - 2))]

    title = "PARTITIONS" if all_fit else "WORST"
    most = _FEW if all_fit else 10
    return PagePart([partition_head(page, title, columns)], lines, more, 3, most, fleet.listed - len(found))


def notes_section(page: "Page", notes: "Notes") -> PagePart:
    """What was wrong with the evidence: of each a line, faults first."""
    found, room = notes.rows(), page.width - 9
    if not found:
        return NOTHING
    lines = []
    for level, text, count, place in found:
        where = f"{count:,} times, first {place}" if count > 1 else place
        told = page.visible(f"{text} ({where})" if where else text)
        first, *rest = filled(page, told, room, 2)
        lines.append([page.paint(_LEVEL_COLORS[level], level.ljust(9)) + first, *(" " * 9 + line for line in rest)])

    def more(shown: int) -> list[str]:
        left = sum(count for _, _, count, _ in found[shown:]) + notes.others
        return [f"{counted(left, 'more note')}: --show open"]

    return PagePart([titled(page, "NOTES")], lines, more, 1, _NOTES, bool(notes.others))
