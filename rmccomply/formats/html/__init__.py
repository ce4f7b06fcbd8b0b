"""HTML: the front page as one file that asks nothing of a network, for those who would rather look.

HTML of the living standard (https://html.spec.whatwg.org/), made with Jinja (extra `report`). Readings chosen: no
script at all, so that `details` alone opens and closes; a Content Security Policy that allows the page's own style
sheet by its hash and nothing else; no meaning by colour alone; anchors are made of hashes and numbers, never of names,
so that nothing of a host stands in an attribute.
"""

from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from rmccomply.errors import UsageError
from rmccomply.tuples import NamedTuple

try:
    from rmccomply.formats.html.templating import policy_of_content, style_sheet, template
except ModuleNotFoundError as missing:
    if missing.name not in ("jinja2", "markupsafe"):
        raise
    raise UsageError(
        "-o html needs jinja2: pip install 'rmccomply[report]' (after pipx: pipx inject rmccomply jinja2)"
    ) from None

from rmccomply.age import seconds_between
from rmccomply.ending.narrowed import NOTHING_HIDDEN, Hidden, hidden_of, options_of, shown_of, shows_target, summed
from rmccomply.ending.verdict_line import EndWord, verdict_line
from rmccomply.formats._accepted import others_of
from rmccomply.formats._closing import decided
from rmccomply.formats._dates import Dates, collected_of
from rmccomply.formats._targets import platform_of
from rmccomply.formats.html.accepted import accepted_rows, accepted_told
from rmccomply.formats.html.front import (
    FIRST_NAMES,
    GroupSums,
    RuleSection,
    Sums,
    TableRow,
    natural,
    targets_told,
)
from rmccomply.formats.html.partition import (
    Rules,
    notes_of,
    shown_target,
    spelled,
)
from rmccomply.formats.html.shown import LinkedProblem, ShownTarget
from rmccomply.problems import Failing, failing_of, problems_of, shown_problems
from rmccomply.spool import Sorted, Spool
from rmccomply.undecided import UndecidedKey, tally
from rmccomply.words import SEVERITIES, Standing, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing

_MOST: Final = 0xFFFF
_CHUNK: Final = 200
_GRAVE: Final = SEVERITIES[:-1]
_SHAPES: "Final[dict[EndWord, tuple[str, str]]]" = {
    "PASSED": ("ok", "✓"),
    "LET PASS": ("open", "!"),
    "UNDECIDED": ("open", "?"),
}
_WRONG: Final = ("bad", "✗")


class HtmlFragment(NamedTuple):
    """A target in HTML: its section and its row, empty where it is not shown, and what is counted of it.

    `rank` sorts targets, the worst first; `undecided` are its checks by what settles them.
    """

    name: str
    anchor: str
    group: str
    rank: str
    standing: Standing
    platform: str
    age: int | None
    collected: str
    block: str
    row: str
    problems: tuple[Failing, ...]
    undecided: tuple[tuple[UndecidedKey, int], ...]
    hidden: Hidden


def fragment(item: "Assessed", frame: "Frame") -> HtmlFragment:
    """A target as it is drawn."""
    rules, target, findings = Rules(frame.run.rules), item.target, shown_of(frame.style, item)
    shown, age = shows_target(frame.style, target.id), seconds_between(target.collected, frame.run.now)
    view = shown_target(item, findings, frame, rules)
    grave = Counter(one.severity for one in problems_of(item.findings))
    unknown = sum(one.reason is not None for one in item.findings)
    counts = tuple(grave[severity] for severity in SEVERITIES)
    return HtmlFragment(
        name=target.id,
        anchor=view.anchor,
        group=target.labels.get(frame.style.group_by, "") if frame.style.group_by else "",
        rank=_rank(view.standing, counts, unknown),
        standing=view.standing,
        platform=target.platform,
        age=None if age is None else int(age),
        collected=target.collected or "",
        block=template("target").render(view=view, rules=rules) if shown else "",
        row=_row(view, target.platform, counts, unknown) if shown else "",
        problems=tuple(failing_of(shown_problems(item.findings, findings))),
        undecided=tally(findings),
        hidden=hidden_of(frame.style, item),
    )


def _rank(standing: Standing, grave: tuple[int, ...], unknown: int) -> str:
    """Those that were not judged, then by problems from the worst severity on, then by what is undecided."""
    counts = [int(standing == "error"), *grave[:-1], unknown, grave[-1]]
    return "".join(f"{_MOST - min(count, _MOST):04x}" for count in counts)


def _row(view: ShownTarget, platform: str, grave: tuple[int, ...], unknown: int) -> str:
    begin = next(iter(view.problems), None)
    first = None if begin is None else LinkedProblem(begin.anchor, begin.title)
    if view.errors:
        first = LinkedProblem(view.anchor, "it could not be judged")
    elif first is None and view.undecided:
        first = LinkedProblem("", view.undecided[0].says)
    counts = (*grave[: len(_GRAVE)], unknown)
    return template("row").render(
        view=view, platform=platform_of(platform) or "unknown platform", counts=counts, begin=first
    )


class HtmlAssembly:
    """The page in the making. What is wrong stands before everything, so all goes through spools."""

    def __init__(self, frame: "Frame") -> None:
        self._frame = frame
        self._rules = Rules(frame.run.rules)
        self._sums, self._dates = Sums(self._rules, frame.run.collected), Dates()
        self._hidden = NOTHING_HIDDEN
        self._groups = GroupSums(frame.style.group_by)
        self._blocks, self._rows, self._links = Spool(), Spool(), Spool()
        self._order, self._by_rule = Sorted(), Sorted()

    def begin(self) -> str:
        return ""

    def add(self, fragment: HtmlFragment) -> str:
        self._sums.standings[fragment.standing] += 1
        self._sums.platforms[fragment.platform] += 1
        self._dates.add(fragment.age, fragment.collected)
        self._hidden = summed((self._hidden, fragment.hidden))
        for part in fragment.problems:
            self._sums.add_problem(part, fragment.name)
            at = self._rules.anchor(part.rule)
            link = f"{fragment.anchor}-{at}\n{fragment.name}"
            self._by_rule.add(f"{at}\n{fragment.rank}{natural(fragment.name)}", link)
        for key, checks in fragment.undecided:
            self._sums.add_undecided(key, checks, fragment.name, fragment.anchor)
        if fragment.block:
            self._keep(fragment)
        return ""

    def _keep(self, fragment: HtmlFragment) -> None:
        places = f"{self._blocks.add(fragment.block)} {self._rows.add(fragment.row)}"
        self._order.add(
            f"{self._groups.key(fragment.group)}\n{fragment.rank}{natural(fragment.name)}",
            f"{places}\n{fragment.group}",
        )
        self._groups.add(fragment.group, fragment.standing)

    def end(self, closing: "Closing") -> "Iterator[str]":
        run, sums = self._frame.run, self._sums
        links = self._linked()
        problems, undecided = sums.rows(), sums.undecided_rows()
        verdict = verdict_line(closing, len(run.rules), run.left_out)
        shape, mark = _SHAPES.get(verdict.word, _WRONG)
        yield from template("page").generate(
            policy_of_content=policy_of_content(),
            style_sheet=style_sheet(),
            run=run,
            closing=closing,
            verdict=verdict,
            shape=shape,
            mark=mark,
            clock=f"judged {spelled(run.now)}",
            about=" · ".join(filter(None, (targets_told(sums.platforms, closing.targets), collected_of(self._dates)))),
            standings=sums.bar(),
            narrowing=" ".join(options_of(self._frame.style)),
            hidden=self._hidden_told(),
            problems=problems,
            undecided=undecided,
            undecided_count=sum(one.checks for one in undecided),
            accepted=accepted_rows(closing),
            accepted_told=accepted_told(closing),
            sole=closing.targets == 1,
            shown=self._groups.targets(),
            groups=list(self._groups.rows().values()),
            label=self._frame.style.group_by,
            rows=self._table(),
            blocks=self._shown_blocks(),
            rules=self._sections([one.rule for one in problems], links),
            decided=decided(closing.summary),
            run_notes=notes_of(others_of(closing)),
        )

    def abandon(self) -> None:
        for kept in (self._blocks, self._rows, self._links, self._order, self._by_rule):
            kept.close()

    def _hidden_told(self) -> str:
        hidden = self._hidden
        parts = [counted(hidden.problems, "failing check")] if hidden.problems else []
        parts += [counted(hidden.undecided, "undecided check")] if hidden.undecided else []
        return f"{' and '.join(parts)} on {counted(hidden.partitions, 'partition')}" if parts else ""

    def _linked(self) -> dict[str, tuple[int, int]]:
        """The targets of each problem, drawn: the place of the first piece, and how many pieces there are."""
        places: dict[str, tuple[int, int]] = {}
        for at, pairs in groupby(self._by_rule, key=lambda pair: pair[0].partition("\n")[0]):
            rows = (row.partition("\n") for _, row in pairs)
            names = self._sums.first_names.setdefault(self._frame.run.rules[int(at[1:])].id, [])
            while chunk := [(name, anchor) for anchor, _, name in islice(rows, _CHUNK)]:
                names += chunk[: FIRST_NAMES - len(names)]
                place = self._links.add(template("links").render(links=chunk))
                first, count = places.get(at, (place, 0))
                places[at] = (first, count + 1)
        return places

    def _sections(self, first: list[str], links: dict[str, tuple[int, int]]) -> list[RuleSection]:
        cards = self._rules.cards
        ordered = [cards[rule] for rule in dict.fromkeys([*first, *cards])]
        return [self._section(card.id, links) for card in ordered]

    def _section(self, rule: str, links: dict[str, tuple[int, int]]) -> RuleSection:
        anchor = self._rules.anchor(rule)
        place, count = links.get(anchor, (0, 0))
        drawn = islice(self._links.rows(place), count)
        return RuleSection(self._rules.cards[rule], anchor, self._sums.targets(rule), drawn)

    def _table(self) -> "Iterator[TableRow]":
        groups = self._groups.rows()
        for _, row in self._order:
            yield TableRow(self._rows.at(_place(row, 1)), groups.pop(row.partition("\n")[2], None))

    def _shown_blocks(self) -> "Iterator[str]":
        for _, row in self._order:
            yield self._blocks.at(_place(row, 0))


def _place(row: str, at: int) -> int:
    return int(row.partition("\n")[0].split(" ")[at])


def assembly(frame: "Frame") -> HtmlAssembly:
    """An empty page."""
    return HtmlAssembly(frame)
