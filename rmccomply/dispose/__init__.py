"""Dispose: what becomes of a fail: waived, known from a baseline, or active. Results never change here.

`dispose` looks at the findings of one target and at nothing else, so that targets can be disposed of in any order and
in several processes. What only a whole run can tell comes of `close`: waivers that nothing used, entries of the
baseline that are gone.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from rmccomply.dispose.baseline import (
    NO_ENTRIES,
    NO_USE,
    Baseline,
    BaselineSum,
    BaselineUse,
    LeftEntries,
    holds,
    use_of,
)
from rmccomply.dispose.waivers import Waiver, waiver_of
from rmccomply.finding import Finding, WaiverCard
from rmccomply.tuples import NamedTuple
from rmccomply.words import Disposition


class Terms(NamedTuple):
    """What may take a fail out of the gate. A waiver goes before the baseline."""

    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline = Baseline()


NO_TERMS: Final = Terms()


class Used(NamedTuple):
    """What one target made of the terms."""

    waivers: frozenset[str] = frozenset()
    """Ids of the waivers that cover a fail of the target."""
    baseline: BaselineUse = NO_USE


NOTHING_USED: Final = Used()


class Disposed(NamedTuple):
    """The findings of one target, in the order in which they came, with their dispositions."""

    findings: tuple[Finding, ...]
    used: Used = NOTHING_USED


class Leftover(NamedTuple):
    """What the terms name and the run has not: `unused` waivers by id; entries that are `absent`, since their rule was
    decided on their target; entries that were `not_assessed`."""

    unused: tuple[Waiver, ...] = ()
    absent: LeftEntries = NO_ENTRIES
    not_assessed: LeftEntries = NO_ENTRIES


NOTHING_LEFT: Final = Leftover()


def dispose(findings: Sequence[Finding], terms: Terms) -> Disposed:
    """The findings of one target with their dispositions."""
    if not terms.waivers and not terms.baseline.entries:
        return Disposed(tuple(findings))
    given, used = list[Finding](), set[str]()
    for finding in findings:
        if finding.result != "fail":
            given.append(finding)
        elif (waiver := waiver_of(finding, terms.waivers)) is not None:
            used.add(waiver.id)
            given.append(_disposed(finding, "waived", waiver.card))
        elif holds(terms.baseline, finding):
            given.append(_disposed(finding, "baseline"))
        else:
            given.append(finding)
    return Disposed(tuple(given), Used(frozenset(used), use_of(terms.baseline, findings)))


def _disposed(finding: Finding, disposition: Disposition, waiver: WaiverCard | None = None) -> Finding:
    """The finding with another disposition: what `dataclasses.replace` does, in a third of its time."""
    return Finding(
        verdict=finding.verdict,
        target=finding.target,
        fingerprint=finding.fingerprint,
        disposition=disposition,
        caused_by=finding.caused_by,
        covered_by=finding.covered_by,
        blocked_by=finding.blocked_by,
        waiver=waiver,
    )


class UsedSum:
    """What all targets made of the terms, summed up as they pass by: memory grows with the terms alone."""

    def __init__(self) -> None:
        self.waivers: set[str] = set()
        self.baseline = BaselineSum()

    def add(self, used: Used) -> None:
        """Add one target."""
        self.waivers |= used.waivers
        self.baseline.add(used.baseline)


def close(terms: Terms, by_target: Iterable[Used]) -> Leftover:
    """What is left of the terms after the last target."""
    used = UsedSum()
    for one in by_target:
        used.add(one)
    return left_of(terms, used)


def left_of(terms: Terms, used: UsedSum) -> Leftover:
    """What is left of the terms by the sum of all targets."""
    unused = tuple(waiver for waiver in terms.waivers if waiver.id not in used.waivers)
    return Leftover(unused, *used.baseline.left(terms.baseline))
