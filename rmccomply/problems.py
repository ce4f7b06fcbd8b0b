"""Problems: the active fails of one target as a person fixes them, and its unknowns by what settles them.

A problem is a rule that fails, with the fails that are the same fault (`covered_by`). What is the reason of others
stands before them, however mild it is; else the worse stands first.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rmccomply.finding import Because, Finding
from rmccomply.undecided import UndecidedKey, key_of, order_of
from rmccomply.words import RANK, SEVERITIES, NextStep, Reason, Severity, Standing, Way


class Problem(NamedTuple):
    """What is to be fixed. `findings` are of one rule, `covered` the same fault seen by others; `severity` the worst.

    `reasons` are the problems that can be the reason of it, among those that are active.
    """

    rule: str
    severity: Severity
    findings: tuple[Finding, ...]
    covered: tuple[Finding, ...] = ()
    reasons: tuple[Because, ...] = ()


class Undecided(NamedTuple):
    """Unknowns of one target that the same doing settles; `reason` stands for all of theirs."""

    step: NextStep | None
    reason: Reason
    first: str
    findings: tuple[Finding, ...]
    way: Way = "root"

    @property
    def key(self) -> UndecidedKey:
        return UndecidedKey(self.step, self.reason, self.first, self.way)


def problems_of(findings: Sequence[Finding]) -> tuple[Problem, ...]:
    """The active fails of one target as problems, in the order in which they are to be fixed."""
    active = {one.fingerprint: one for one in findings if one.disposition == "active"}
    heads: dict[str, list[Finding]] = {}
    covered: dict[str, list[Finding]] = {}
    for finding in active.values():
        head = _head(finding, active)
        (heads if head is finding else covered).setdefault(head.rule, []).append(finding)
    problems = [_problem(rule, found, covered.get(rule, ()), active) for rule, found in heads.items()]
    return tuple(_in_order(problems))


def _head(finding: Finding, active: dict[str, Finding]) -> Finding:
    """The finding that stands for this one: the end of what covers it."""
    seen = {finding.fingerprint}
    while finding.covered_by in active and finding.covered_by not in seen:
        finding = active[finding.covered_by]
        seen.add(finding.fingerprint)
    return finding


def _problem(rule: str, found: Sequence[Finding], also: Sequence[Finding], active: dict[str, Finding]) -> Problem:
    severity = SEVERITIES[min(RANK[one.severity] for one in (*found, *also))]
    reasons = {why.rule: why for one in found for why in one.caused_by if why.fingerprint in active}
    reasons.pop(rule, None)
    return Problem(rule, severity, tuple(found), tuple(also), tuple(reasons.values()))


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By severity, where a reason counts as the worst of what it brings about; a reason before that."""
    of_rule = {one.rule: one for one in problems}
    by_finding = {finding.fingerprint: one.rule for one in problems for finding in (*one.findings, *one.covered)}
    reasons = {one.rule: {by_finding[why.fingerprint] for why in one.reasons} - {one.rule} for one in problems}
    worst = {one.rule: RANK[one.severity] for one in problems}
    for _ in problems:
        for rule, whys in reasons.items():
            for why in whys:
                worst[why] = min(worst[why], worst[rule])
    ordered: list[Problem] = []
    left = sorted(of_rule, key=lambda rule: (worst[rule], RANK[of_rule[rule].severity], rule))
    while left:
        free = next((rule for rule in left if not reasons[rule] & set(left)), left[0])
        left.remove(free)
        ordered.append(of_rule[free])
    return ordered


def undecided_of(findings: Iterable[Finding]) -> tuple[Undecided, ...]:
    """The unknowns of one target by what settles them, what settles most first."""
    found: dict[UndecidedKey, list[Finding]] = {}
    for finding in findings:
        if (key := key_of(finding)) is not None:
            found.setdefault(key, []).append(finding)
    groups = [Undecided(key.step, key.reason, key.first, tuple(group), key.way) for key, group in found.items()]
    return tuple(sorted(groups, key=lambda one: (-len(one.findings), order_of(one.key))))


def standing_of(findings: Sequence[Finding], left_out: int) -> Standing:
    """What a target is by its findings; `left_out` rules of the policies were not judged."""
    results = {one.result for one in findings}
    if "error" in results:
        return "error"
    grave = [one for one in findings if one.severity != "info"]
    if any(one.disposition == "active" for one in grave):
        return "failed"
    if any(one.result == "unknown" for one in grave):
        return "undecided"
    if not results & {"pass", "fail", "unknown"}:
        return "not_applicable"
    whole = not left_out and "unknown" not in results and "pass" in results
    accepted = any(one.disposition in ("waived", "baseline") for one in findings)
    return "healthy" if whole and not accepted else "no_problems"
