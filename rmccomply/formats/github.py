"""Workflow commands of GitHub Actions: problems as annotations of the run, on standard output of a step.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and the runner's own reader
(`ActionCommand.cs`). A step shows 10 errors and 10 warnings. So a problem is one annotation for all partitions that
have it, at the line that proves it on the first: an error where it is critical or high, else a warning, as is what is
undecided; the gravest come first, and one notice tells the verdict and counts the rest. Readings chosen: a command is
one line, whatever stands in evidence, for the runner looks for commands at the beginning of every line and for `##[`
within one; what cannot be seen is written out, then `%`, CR and LF are escaped as the runner takes them back, and in
properties `:` and `,` too.
"""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.ending.verdict_line import verdict_line
from rmccomply.evidence.section import spoken
from rmccomply.evidence.uris import decoded
from rmccomply.formats._limits import ERRORS, WARNINGS
from rmccomply.formats._sentences import first_of
from rmccomply.formats._spread import Spread, in_order, informs
from rmccomply.problems import Failing, failing_of, problems_of
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import UndecidedKey, rows, tally
from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing

_NAMES: Final = 5
_TITLE: Final = 250
_LONGEST: Final = 2_000


class FirstLine(NamedTuple):
    """Where a problem is seen first: the sentence, uri and line, and what stands there."""

    rule: str
    says: str
    uri: str
    line: int
    text: str


class AnnotatedTarget(NamedTuple):
    """A target in annotations. `lines` are of its problems; `accepted` fails are waived or known from a baseline."""

    name: str
    problems: tuple[Failing, ...]
    lines: tuple[FirstLine, ...]
    undecided: tuple[tuple[UndecidedKey, int], ...]
    not_judged: str
    accepted: int


class Annotation(NamedTuple):
    """A command: its word, where it points at, and what it says."""

    word: str
    title: str
    says: str
    uri: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = [f"file={_property(decoded(self.uri))}", f"line={self.line}"] if self.uri else []
        properties = ",".join([*place, f"title={_property(_cut(self.title, _TITLE))}"])
        return f"::{self.word} {properties}::{_data(_cut(self.says, _LONGEST))}\n"


def _shown(finding: "Finding") -> tuple[str, int, str]:
    """The uri of the line that proves it, its number, and what it says."""
    line = next(iter(finding.evidence), None)
    return ("", 0, "") if line is None else (line.uri, line.start_line, spoken(line.text))


def fragment(item: "Assessed", frame: "Frame") -> AnnotatedTarget:
    """What annotations need of a target."""
    problems = problems_of(item.findings)
    return AnnotatedTarget(
        item.target.id,
        tuple(failing_of(problems)),
        tuple(
            FirstLine(each.rule, each.findings[0].message, *_shown(each.findings[0]))
            for each in problems
            if each.findings
        ),
        tally(finding for finding in item.findings if finding.severity != "info"),
        next((finding.message for finding in item.findings if finding.result == "error"), ""),
        sum(finding.disposition in ("waived", "baseline") for finding in item.findings),
    )


def assembly(frame: "Frame") -> "AnnotationsAssembly":
    """No annotation yet."""
    return AnnotationsAssembly(frame)


class AnnotationsAssembly:
    """Annotations in the making. Which are the gravest is known at the end; memory grows with rules alone."""

    def __init__(self, frame: "Frame") -> None:
        self._run = frame.run
        self._problems: dict[str, Spread] = {}
        self._first: dict[str, FirstLine] = {}
        self._undecided: dict[UndecidedKey, tuple[int, int]] = {}
        self._not_judged: list[tuple[str, str]] = []
        self._counts: Counter[str] = Counter()

    def begin(self) -> str:
        return ""

    def add(self, fragment: AnnotatedTarget) -> str:
        self._counts.update(targets=1, accepted=fragment.accepted)
        for problem in fragment.problems:
            self._problems.setdefault(problem.rule, Spread(problem.severity)).add(problem, fragment.name)
        for line in fragment.lines:
            if not self._first.get(line.rule, line).uri or line.rule not in self._first:
                self._first[line.rule] = line
        for key, count in fragment.undecided:
            checks, targets = self._undecided.get(key, (0, 0))
            self._undecided[key] = (checks + count, targets + 1)
        if fragment.not_judged:
            self._counts["not judged"] += 1
            if len(self._not_judged) < ERRORS:
                self._not_judged.append((fragment.name, fragment.not_judged))
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        order = in_order(self._problems)
        last = set(informs(self._problems, order))
        found = [self._annotation(rule) for rule in order if rule not in last]
        errors = [_of_fault(*one) for one in self._not_judged] + [one for one in found if one.word == "error"]
        warnings = [one for one in found if one.word == "warning"] + list(self._of_undecided())
        yield from map(str, (*errors[:ERRORS], *warnings[:WARNINGS]))
        unnamed = self._counts["not judged"] - len(self._not_judged)
        left = len(errors[ERRORS:]) + len(warnings[WARNINGS:]) + unnamed
        yield str(Annotation("notice", "rmccomply", self._sums(closing, left, len(last))))

    def abandon(self) -> None:
        self._problems.clear()

    def _annotation(self, rule: str) -> Annotation:
        card = next(card for card in self._run.rules if card.id == rule)
        spread, line = self._problems[rule], self._first[rule]
        says = [f"{spread.severity}: {line.says}"]
        if spread.targets > 1 or self._counts["targets"] > 1:
            more = spread.targets - _NAMES
            names = ", ".join(map(visible, spread.names[:_NAMES])) + (f" and {more} more" if more > 0 else "")
            says = [f"{spread.severity}, on {counted(spread.targets, 'partition')}: {names}", line.says]
        if line.uri:
            says.append(f"{line.uri}:{line.line} | {line.text}")
        says.append(f"What to do: {' '.join(first_of(card.remediation))}" if card.remediation else "")
        word = "error" if spread.severity in ("critical", "high") else "warning"
        text = "\n".join(visible(one) for one in says if one)
        return Annotation(word, f"{card.fault} ({rule})", text, line.uri, line.line)

    def _of_undecided(self) -> "Iterator[Annotation]":
        titles = {card.id: card.fault for card in self._run.rules}
        for row in rows(self._undecided, self._counts["targets"], self._run.collected, titles):
            checks, targets = counted(row.checks, "check"), counted(row.targets, "partition")
            looks = row.advice.startswith("--show")
            advice = f"rmccomply check … {row.advice} quotes the lines" if looks else row.advice
            does = f"{row.says}\nWhat to do: {advice}"
            yield Annotation("warning", f"Undecided: {checks} on {targets}", does)

    def _sums(self, closing: "Closing", left: int, informing: int) -> str:
        """The verdict, and what has no annotation."""
        counts = [
            (left, "more problem or undecided group has", "more problems and undecided groups have"),
            (
                self._counts["accepted"],
                "check is waived or in the baseline and has",
                "checks are waived or in the baseline and have",
            ),
            (informing, "rule only informs and has", "rules only inform and have"),
        ]
        told = [f"{count} {one if count == 1 else several} no annotation" for count, one, several in counts if count]
        return "; ".join([str(verdict_line(closing, len(self._run.rules), self._run.left_out)), *told])


def _of_fault(name: str, says: str) -> Annotation:
    return Annotation("error", f"{name} could not be judged", visible(says))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _data(text: str) -> str:
    return "%0A".join(visible(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
