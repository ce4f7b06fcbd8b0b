"""The front of the page: what is wrong, on how many, why, and what to do first, summed up over all targets."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rmccomply.formats._sentences import first_of
from rmccomply.formats._spread import Spread, in_order, informs
from rmccomply.formats._targets import STANDING_TITLES, platform_of
from rmccomply.formats.html.partition import STANDING_MARKS, Rules
from rmccomply.formats.html.settling import settled_by
from rmccomply.problems import Failing
from rmccomply.report import RuleCard
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import CollectedBy, UndecidedKey, rows, settled_in
from rmccomply.words import Severity, Standing

FIRST_NAMES: Final = 4
"""Names of targets beside a problem, or beside what is undecided."""
_WIDTH: Final = 1000
"""Units of the bar that shows how many targets stand how."""


class Standings(NamedTuple):
    """How many targets stand so, and their part of the bar."""

    standing: Standing
    mark: str
    word: str
    targets: int
    start: int
    width: int


class CountedReason(NamedTuple):
    """A problem that can be the reason of another, on so many targets."""

    title: str
    anchor: str
    targets: int


class ProblemRow(NamedTuple):
    """A problem with the number of its targets; `names` are the first of them, each with its anchor there."""

    anchor: str
    rule: str
    title: str
    severity: Severity
    targets: int
    reasons: tuple[CountedReason, ...]
    first: str
    remediation: str
    names: tuple[tuple[str, str], ...]


class UndecidedCount(NamedTuple):
    """What the same doing settles, on all targets; `names` are the first of them, each with its anchor."""

    says: str
    checks: int
    targets: int
    settles: str
    names: tuple[tuple[str, str], ...]


class RuleSection(NamedTuple):
    """What is said of a rule in general; `links` are the targets that have the problem, in pieces of HTML."""

    card: RuleCard
    anchor: str
    targets: int
    links: Iterator[str]


class GroupRow(NamedTuple):
    """The partitions of one word of a label, by where they stand; `anchor` is where their rows begin."""

    anchor: str
    name: str
    targets: int
    failed: int
    undecided: int
    healthy: int


class TableRow(NamedTuple):
    """A row of the table of partitions, as HTML; with the group that begins with it."""

    row: str
    begins: GroupRow | None = None


class Sums:
    """What is counted of targets as they pass by; memory grows with rules and reasons, and not with targets."""

    def __init__(self, rules: Rules, collected: CollectedBy | None = None) -> None:
        self._rules, self._collected = rules, collected
        self.standings: Counter[Standing] = Counter()
        self.platforms: Counter[str] = Counter()
        self.problems: dict[str, Spread] = {}
        self.first_names: dict[str, list[tuple[str, str]]] = {}
        self.undecided: dict[UndecidedKey, tuple[int, int]] = {}
        self._open_names: dict[UndecidedKey, list[tuple[str, str]]] = {}

    def add_problem(self, problem: Failing, name: str) -> None:
        """Count a problem of one target, and what can be the reason of it."""
        self.problems.setdefault(problem.rule, Spread(problem.severity)).add(problem, name)

    def add_undecided(self, key: UndecidedKey, checks: int, name: str, anchor: str) -> None:
        """Count checks of one target that the same doing settles."""
        key = settled_in(key, self._collected)
        before, targets = self.undecided.get(key, (0, 0))
        self.undecided[key] = (before + checks, targets + 1)
        names = self._open_names.setdefault(key, [])
        if len(names) < FIRST_NAMES:
            names.append((name, anchor))

    def targets(self, rule: str) -> int:
        """How many targets have the problem."""
        return self.problems[rule].targets if rule in self.problems else 0

    def rows(self) -> tuple[ProblemRow, ...]:
        """The problems in their order; those that only inform come last."""
        order = in_order(self.problems)
        last = informs(self.problems, order)
        return tuple(self._row(rule) for rule in (*(rule for rule in order if rule not in last), *last))

    def undecided_rows(self) -> tuple[UndecidedCount, ...]:
        """What is undecided, what settles most first."""
        titles = {rule: card.fault for rule, card in self._rules.cards.items()}
        return tuple(
            UndecidedCount(one.says, one.checks, one.targets, settled_by(one), tuple(self._open_names.get(one.key, ())))
            for one in rows(self.undecided, self.standings.total(), self._collected, titles)
        )

    def bar(self) -> tuple[Standings, ...]:
        """How many targets stand how, the worst first."""
        total, before, found = sum(self.standings.values()), 0, []
        for standing, word in STANDING_TITLES.items():
            if count := self.standings[standing]:
                start, end = (_WIDTH * done // total for done in (before, before + count))
                found.append(Standings(standing, STANDING_MARKS[standing], word, count, start, end - start))
                before += count
        return tuple(found)

    def _row(self, rule: str) -> ProblemRow:
        card, spread = self._rules.cards[rule], self.problems[rule]
        whys = ((why, count) for why, count in spread.reasons.items() if why in self.problems)
        return ProblemRow(
            anchor=self._rules.anchor(rule),
            rule=rule,
            title=card.fault,
            severity=spread.severity,
            targets=spread.targets,
            reasons=tuple(
                CountedReason(self._rules.title(why), self._rules.anchor(why), count)
                for why, count in sorted(whys, key=lambda one: (-one[1], one[0]))
            ),
            first=" ".join(first_of(card.remediation)),
            remediation=card.remediation,
            names=tuple(self.first_names.get(rule, ())),
        )


def targets_told(platforms: Mapping[str, int], total: int) -> str:
    """How many targets there are, by platform."""
    shares = sorted(platforms.items(), key=lambda one: (-one[1], one[0]))
    names = ", ".join(f"{count:,} {_kind(name)}" for name, count in shares)
    noun = "partition" if total == 1 else "partitions"
    return f"{total:,} {noun} ({names})" if len(shares) > 1 else f"{total:,} {noun}{_sole(shares)}"


def _sole(shares: Sequence[tuple[str, int]]) -> str:
    return f", {_kind(shares[0][0])}" if shares else ""


def _kind(platform: str) -> str:
    return platform_of(platform) or "of unknown platform"


def natural(text: str) -> str:
    """A key by which numbers in words stand in their order: wave 2 before wave 10."""
    return re.sub(r"[0-9]+", lambda found: found[0].zfill(12), text)


class GroupSums:
    """The partitions that are shown, counted by the words of a label; where there is no label, all are one group."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._counts: dict[str, list[int]] = {}

    @staticmethod
    def key(word: str) -> str:
        """By which groups are sorted: those without the label stand last."""
        return f"{int(not word)}{natural(word)}"

    def add(self, word: str, standing: Standing) -> None:
        """Count one partition."""
        counts = self._counts.setdefault(word, [0, 0, 0, 0])
        counts[0] += 1
        for at, standings in enumerate((("failed", "error"), ("undecided",), ("healthy",)), 1):
            counts[at] += standing in standings

    def targets(self) -> int:
        """How many partitions there are."""
        return sum(counts[0] for counts in self._counts.values())

    def rows(self) -> dict[str, GroupRow]:
        """The groups in their order, by their words; none without a label."""
        words = sorted(self._counts, key=self.key) if self._label else []
        return {
            word: GroupRow(f"g{at}", f"{self._label} {word}" if word else f"without {self._label}", *self._counts[word])
            for at, word in enumerate(words)
        }
