"""The front of the page: the verdict, the problems by the number of their partitions, what is undecided, what to do."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.ending.verdict_line import EndWord, skipped_line, verdict_line
from rmccomply.formats._sentences import first_of
from rmccomply.formats._spread import Spread, in_order, informs
from rmccomply.formats._targets import STANDING_TITLES, platform_of
from rmccomply.formats.markdown.inline import code, prose
from rmccomply.formats.markdown.partition import settles
from rmccomply.undecided import UndecidedKey, rows
from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmccomply.evidence.model import Notification
    from rmccomply.problems import Failing
    from rmccomply.report import Closing, RuleCard, Run
    from rmccomply.words import Standing

_SIGNS: "Final[dict[EndWord, str]]" = {"PASSED": "✅", "LET PASS": "⚠️", "UNDECIDED": "❔"}
_WRONG: Final = "❌"
_NAMES: Final = 3
_MOST_ROWS: Final = 100
_MOST_NOTES: Final = 10
_FIRST: Final = 3
_LONGEST: Final = 300
"""Characters of a name or of what a policy says, in a row of a table."""


class Front:
    """What is counted of targets as they pass by; memory grows with rules and reasons alone."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._standings: Counter[Standing] = Counter()
        self._platforms: Counter[str] = Counter()
        self._accepted = [0, 0]
        self._problems: dict[str, Spread] = {}
        self._undecided: dict[UndecidedKey, tuple[int, int]] = {}
        self._failures: list[tuple[str, str]] = []

    def add(self, name: str, standing: "Standing", platform: str, accepted: tuple[int, int], failure: str) -> None:
        """Count a target; `accepted` of its fails are waived and in the baseline; why it could not be judged."""
        self._standings[standing] += 1
        self._platforms[platform] += 1
        self._accepted = [before + count for before, count in zip(self._accepted, accepted, strict=True)]
        if failure and len(self._failures) < _MOST_NOTES:
            self._failures.append((name, failure))

    def add_problem(self, problem: "Failing", name: str) -> None:
        """Count a problem of a target."""
        self._problems.setdefault(problem.rule, Spread(problem.severity)).add(problem, name)

    def add_undecided(self, key: UndecidedKey, checks: int) -> None:
        """Count checks of a target that the same doing settles."""
        before, targets = self._undecided.get(key, (0, 0))
        self._undecided[key] = (before + checks, targets + 1)

    def page(self, closing: "Closing") -> str:
        """The front, whole."""
        return "\n".join(self._lines(closing)) + "\n"

    def _lines(self, closing: "Closing") -> "Iterator[str]":
        run, verdict = self._run, verdict_line(closing, len(self._run.rules), self._run.left_out)
        yield f"## {_SIGNS.get(verdict.word, _WRONG)} {verdict.word}"
        yield from ("", f"{prose(verdict.says)}.", "", self._about(closing))
        for card in run.parameters:
            looser = ", looser than the policy" if card.looser else ""
            yield from ("", f"Changed: {code(f'{card.name} = {card.value}')} (policy: {code(card.of_policy)}){looser}")
        order = in_order(self._problems)
        told = informs(self._problems, order)
        cards = {card.id: card for card in run.rules}
        grave = [cards[rule] for rule in order if rule not in told]
        yield from self._not_judged()
        yield from self._table("Problems", grave)
        yield from self._first_steps(grave)
        yield from self._of_undecided()
        yield from self._table("For information", [cards[rule] for rule in told])
        yield from _notes(closing.notifications)
        yield ""

    def _about(self, closing: "Closing") -> str:
        platforms = self._platforms.most_common()
        kinds = ", ".join(f"{count:,} {platform_of(name) or 'unknown'}" for name, count in platforms)
        of_all = f"{counted(closing.targets, 'partition')}{f' ({kinds})' if kinds else ''}"
        titles = {**STANDING_TITLES, "no_problems": "without problems"}
        states = [f"{self._standings[one]:,} {word}" for one, word in titles.items() if self._standings[one]]
        policies = ", ".join(code(f"{card.id} {card.version}") for card in self._run.policies)
        if self._run.left_out:
            policies += f" ({len(self._run.rules)} of {len(self._run.rules) + self._run.left_out} rules selected)"
        waived, known = self._accepted
        accepted = [f"{counted(waived, 'check')} waived"] if waived else []
        accepted += [f"{counted(known, 'check')} in the baseline"] if known else []
        parts = [of_all, ", ".join(states) if closing.targets > 1 else "", policies, *accepted]
        parts.append(f"judged {code(self._run.now)}")
        return " · ".join(filter(None, parts))

    def _not_judged(self) -> "Iterator[str]":
        if count := self._standings["error"]:
            yield from ("", f"### Not judged: {counted(count, 'partition')}", "")
            yield from (f"- {code(name)}: {prose(says)}" for name, says in self._failures)
            yield from _left(count - len(self._failures), "partition", "-")

    def _table(self, title: str, cards: "Sequence[RuleCard]") -> "Iterator[str]":
        """What is wrong, the right one first, on how many partitions, and on which first."""
        if not cards:
            return
        yield from ("", f"### {title}", "", "| severity | what is wrong | rule | partitions | first |")
        yield "|---|---|---|--:|---|"
        for card in cards[:_MOST_ROWS]:
            spread = self._problems[card.id]
            more = spread.targets - _NAMES
            names = ", ".join(code(_short(name), cell=True) for name in spread.names[:_NAMES])
            names += f" and {more:,} more" if more > 0 else ""
            fault, rule = prose(_short(card.fault), cell=True), code(card.id, cell=True)
            yield f"| {spread.severity} | {fault} | {rule} | {spread.targets:,} | {names} |"
        yield from _left(len(cards[_MOST_ROWS:]), "problem")

    def _first_steps(self, cards: "Sequence[RuleCard]") -> "Iterator[str]":
        """What to do about the first problems: they are what brings about others, or the worst."""
        told = [card for card in cards if card.remediation][:_FIRST]
        if told:
            yield from ("", "### What to do first", "")
        for number, card in enumerate(told, 1):
            yield f"{number}. {code(card.id)} {prose(' '.join(first_of(_marked(card.remediation))))}"

    def _of_undecided(self) -> "Iterator[str]":
        """What is not known, by what settles it."""
        total = sum(checks for checks, _ in self._undecided.values())
        if not total:
            return
        titles = {card.id: card.fault for card in self._run.rules}
        found = rows(self._undecided, self._standings.total(), self._run.collected, titles)
        yield from (
            "",
            f"### Undecided: {counted(total, 'check')}",
            "",
            "| checks | partitions | why | what settles it |",
        )
        yield "|--:|--:|---|---|"
        for row in found[:_MOST_ROWS]:
            advice = settles(row.advice).removeprefix("What to do: ").removesuffix(".").replace("|", "\\x7c")
            says = prose(_short(row.says), cell=True)
            yield f"| {row.checks:,} | {row.targets:,} | {says} | {advice} |"
        yield from _left(len(found[_MOST_ROWS:]), "reason")


def _marked(remediation: str) -> str:
    """What to do as prose: a line that begins with a blank is a command, and stands between backticks."""
    lines = remediation.strip("\n").split("\n")
    return "\n".join(f"`{one.strip()}`" if one.startswith(" ") and "`" not in one else one for one in lines)


def _notes(notifications: "Sequence[Notification]") -> "Iterator[str]":
    """What is wrong with inputs, faults first; what is no evidence is counted."""
    each = [note for note in notifications if not note.skipped]
    each.sort(key=lambda note: ("error", "warning", "note").index(note.level))
    skipped = skipped_line(notifications)
    if each or skipped:
        yield from ("", "### Notes", "")
    yield from (f"- **{note.level}** {prose(note.text)}" for note in each[:_MOST_NOTES])
    yield from _left(len(each[_MOST_NOTES:]), "note", "-")
    if skipped:
        yield f"- {prose(skipped.partition(';')[0])}"


def _left(count: int, noun: str, mark: str = "") -> "Iterator[str]":
    if count > 0:
        yield f"{mark} and {counted(count, f'more {noun}')}" if mark else f"\nand {counted(count, f'more {noun}')}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
