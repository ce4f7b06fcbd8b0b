"""Problems over a fleet: each with the number of its targets, and the order in which they are told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rmccomply.words import RANK, Severity

if TYPE_CHECKING:
    from rmccomply.problems import Failing

FIRST_NAMES: Final = 24
"""Names that are kept of the partitions that have a problem."""


class Spread:
    """A problem over the fleet: on how many partitions, the first of them, its reasons, and who sees it too."""

    def __init__(self, severity: Severity) -> None:
        self.severity: Severity = severity
        self.targets = 0
        self.names: list[str] = []
        self.reasons: Counter[str] = Counter()
        self.covered: Counter[str] = Counter()

    def add(self, fault: "Failing", name: str) -> None:
        self.severity = min(self.severity, fault.severity, key=RANK.__getitem__)
        self.targets += 1
        self.reasons.update(fault.reasons)
        self.covered.update(fault.covered)
        if len(self.names) < FIRST_NAMES:
            self.names.append(name)


def in_order(problems: Mapping[str, Spread]) -> list[str]:
    """The rules of the problems: a reason before what follows from it, then by severity, number and rule.

    A reason counts as the worst of what follows from it. Where two are each other's reason, the graver stands first.
    """
    worst = {rule: RANK[one.severity] for rule, one in problems.items()}
    reasons = {rule: {why for why in one.reasons if why in problems} for rule, one in problems.items()}
    for _ in problems:
        for rule, whys in reasons.items():
            for why in whys:
                worst[why] = min(worst[why], worst[rule])

    def place(rule: str) -> tuple[int, int, int, str]:
        return worst[rule], RANK[problems[rule].severity], -problems[rule].targets, rule

    left, ordered = sorted(problems, key=place), list[str]()
    while left:
        free = next((rule for rule in left if reasons[rule].isdisjoint(left)), left[0])
        left.remove(free)
        ordered.append(free)
    return ordered


def informs(problems: Mapping[str, Spread], order: Sequence[str]) -> list[str]:
    """Those of severity info, which are told and are no problem, but for reasons of what is one."""
    grave = {rule for rule in order if problems[rule].severity != "info"}
    for rule in reversed(order):
        if rule in grave:
            grave |= problems[rule].reasons.keys() & problems.keys()
    return [rule for rule in order if rule not in grave]
