"""Problems: the active fails of one target as a person fixes them, and its unknowns by what settles them.

A problem is a rule that fails, with the fails that are the same fault (`covered_by`). What is the reason of others
stands before them, however mild it is, and together with them; else the worse stands first. A fail that was accepted
(by a waiver, or a baseline) is no problem, hides none and explains none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rmccomply.finding import Because, Finding
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import UndecidedKey, key_of, order_of
from rmccomply.words import RANK, SEVERITIES, NextStep, Reason, Severity, Standing, Way

_OPEN: Final = frozenset({"fail", "unknown"})


class Problem(NamedTuple):
    """What is to be fixed. `findings` are of one rule, `covered` the same fault seen by others; `severity` the worst.

    `reasons` are the problems that can be the reason of it, among those that are active.
    """

    rule: str
    severity: Severity
    findings: tuple[Finding, ...]
    covered: tuple[Finding, ...] = ()
    reasons: tuple[Because, ...] = ()


class Failing(NamedTuple):
    """A problem of a target as fleets count it.

    `reasons` are the rules of those that can be the reason of it, `covered` those that see it too.
    """

    rule: str
    severity: Severity
    reasons: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()


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
    heads = {name: _head(finding, active) for name, finding in active.items()}
    found: dict[str, list[Finding]] = {}
    covered: dict[str, list[Finding]] = {}
    for name, finding in active.items():
        head = heads[name]
        (found if head is finding else covered).setdefault(head.rule, []).append(finding)
    of_finding = {name: head.rule for name, head in heads.items()}
    problems = [_problem(rule, ones, covered.get(rule, ()), of_finding) for rule, ones in found.items()]
    return tuple(_in_order(problems, of_finding))


def shown_problems(findings: Sequence[Finding], shown: Sequence[Finding]) -> tuple[Problem, ...]:
    """The problems of which something is shown; a reason that is not shown is still named."""
    problems = problems_of(findings)
    if len(shown) == len(findings):
        return problems
    told = {one.fingerprint for one in shown}
    return tuple(each for each in problems if any(one.fingerprint in told for one in (*each.findings, *each.covered)))


def failing_of(problems: Sequence[Problem]) -> Iterator[Failing]:
    """The problems, with those of them that can be the reason of each."""
    heads = {one.fingerprint: each.rule for each in problems for one in (*each.findings, *each.covered)}
    for each in problems:
        reasons = dict.fromkeys(heads[why.fingerprint] for why in each.reasons if why.fingerprint in heads)
        reasons.pop(each.rule, None)
        covered = dict.fromkeys(one.rule for one in each.covered)
        yield Failing(each.rule, each.severity, tuple(reasons), tuple(covered))


def informing(problems: Sequence[Failing]) -> frozenset[str]:
    """The rules of those of severity info, in the order of fixing, that are no reason of a graver one."""
    grave: set[str] = set()
    for one in reversed(problems):
        if one.severity != "info" or one.rule in grave:
            grave |= {one.rule, *one.reasons}
    return frozenset(one.rule for one in problems if one.rule not in grave)


def _head(finding: Finding, active: Mapping[str, Finding]) -> Finding:
    """The finding that stands for this one: the end of what covers it, and of a circle its worst."""
    way = [finding]
    while (over := active.get(way[-1].covered_by or "")) is not None:
        if over in way:
            return min(way[way.index(over) :], key=lambda one: (RANK[one.severity], one.rule, one.fingerprint))
        way.append(over)
    return way[-1]


def _problem(rule: str, found: Sequence[Finding], also: Sequence[Finding], of_finding: Mapping[str, str]) -> Problem:
    severity = SEVERITIES[min(RANK[one.severity] for one in (*found, *also))]
    reasons: dict[str, Because] = {}
    for why in (why for one in (*found, *also) for why in one.caused_by):
        if of_finding.get(why.fingerprint, rule) != rule:
            reasons.setdefault(why.rule, why)
    return Problem(rule, severity, tuple(found), tuple(also), tuple(reasons.values()))


def _in_order(problems: Sequence[Problem], of_finding: Mapping[str, str]) -> Iterator[Problem]:
    """Chains one after the other, the worst first, and of equals the longest; in each a reason before its effects."""
    of_rule = {one.rule: one for one in problems}
    reasons = {one.rule: {of_finding[why.fingerprint] for why in one.reasons} for one in problems}
    chains = _chains(reasons)
    worst = {name: min(RANK[of_rule[rule].severity] for rule in chain) for name, chain in chains.items()}
    for name in sorted(chains, key=lambda name: (worst[name], -len(chains[name]), name)):
        chain = chains[name]
        if len(chain) == 1:
            yield of_rule[name]
        else:
            yield from (of_rule[rule] for rule in _fixed_in_turn(chain, reasons, of_rule))


def _chains(reasons: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The problems that hang together, each such chain by the first of its rules."""
    joined: dict[str, set[str]] = {rule: {rule} for rule in reasons}
    for rule, whys in reasons.items():
        whole = joined[rule].union(*(joined[why] for why in whys))
        for one in whole:
            joined[one] = whole
    return {min(chain): chain for chain in joined.values()}


def _fixed_in_turn(chain: set[str], reasons: Mapping[str, set[str]], of_rule: Mapping[str, Problem]) -> Iterator[str]:
    """The rules of a chain: what has no reason left first, and of those what brings about or is the worst.

    Where reasons go in a circle, one of the circle that nothing outside it explains goes first.
    """
    behind = {rule: _reached(rule, reasons) for rule in chain}
    rank = {rule: RANK[of_rule[rule].severity] for rule in chain}
    worst = {rule: min(rank[other] for other in chain if other == rule or rule in behind[other]) for rule in chain}
    left = sorted(chain, key=lambda rule: (worst[rule], rank[rule], rule))
    while left:
        free = next((rule for rule in left if behind[rule].intersection(left) <= {rule}), None)
        if free is None:
            free = next(rule for rule in left if all(rule in behind[why] for why in behind[rule].intersection(left)))
        left.remove(free)
        yield free


def _reached(rule: str, reasons: Mapping[str, set[str]]) -> set[str]:
    """All that is behind a problem, itself where it is in a circle."""
    found: set[str] = set()
    ahead = list(reasons[rule])
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += reasons[one]
    return found


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
    results = {one.verdict.result for one in findings}
    if "error" in results:
        return "error"
    open_ones = [one for one in findings if one.verdict.result in _OPEN] if results & _OPEN else []
    grave = [one for one in open_ones if one.severity != "info"]
    if any(one.disposition == "active" for one in grave):
        return "failed"
    if any(one.result == "unknown" for one in grave):
        return "undecided"
    if not results & {"pass", "fail", "unknown"}:
        return "not_applicable"
    whole = not left_out and "unknown" not in results and "pass" in results
    accepted = any(one.disposition in ("waived", "baseline") for one in open_ones)
    return "healthy" if whole and not accepted else "no_problems"
