"""Dispose: what becomes of a fail: waived, known from a baseline, or active. Results never change here.

`dispose` looks at the findings of one target and at nothing else, so that targets can be disposed of in any order and
in several processes. What only a whole run can tell comes of `close`: what became of each waiver, entries of the
baseline that are gone.
"""

from collections.abc import Iterable, Mapping, Sequence
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
from rmccomply.dispose.waiver_ends import UseSum, WaiverEnd, add_uses, ends_of
from rmccomply.dispose.waivers import NO_LABELS, Bearer, Meeting, Waiver, WaiverUse, Waiving
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

    waivers: tuple[WaiverUse, ...] = ()
    """What waivers made of the fails that they name."""
    baseline: BaselineUse = NO_USE


NOTHING_USED: Final = Used()


class Disposed(NamedTuple):
    """The findings of one target, in the order in which they came, with their dispositions."""

    findings: tuple[Finding, ...]
    used: Used = NOTHING_USED


class Leftover(NamedTuple):
    """What became of the terms: of each of the `waivers`; entries that are `absent`, since their rule was decided on
    their target; entries that were `not_assessed`."""

    waivers: tuple[WaiverEnd, ...] = ()
    absent: LeftEntries = NO_ENTRIES
    not_assessed: LeftEntries = NO_ENTRIES


NOTHING_LEFT: Final = Leftover()


class UsedSum:
    """What all targets made of the terms, summed up as they pass by: memory grows with the terms alone."""

    def __init__(self) -> None:
        self.uses: dict[tuple[str, Meeting], UseSum] = {}
        self.baseline = BaselineSum()

    def add(self, used: Used) -> None:
        """Add one target."""
        add_uses(self.uses, used.waivers)
        self.baseline.add(used.baseline)


def dispose(
    findings: Sequence[Finding], terms: Terms, labels: Mapping[str, str] = NO_LABELS, *, twin: bool = False
) -> Disposed:
    """The findings of one target with their dispositions. `labels` are those of the target by their names; `twin`:
    another target claims its name too."""
    if not findings or not (terms.waivers or terms.baseline.entries):
        return Disposed(tuple(findings))
    given = list[Finding]()
    waiving = Waiving(terms.waivers, Bearer(findings[0].target, labels, twin))
    for finding in findings:
        if finding.result != "fail":
            given.append(finding)
        elif (waiver := waiving.waiver_of(finding)) is not None:
            given.append(_disposed(finding, "waived", waiver.card))
        elif holds(terms.baseline, finding):
            given.append(_disposed(finding, "baseline"))
        else:
            given.append(finding)
    return Disposed(tuple(given), Used(waiving.uses(), use_of(terms.baseline, findings)))


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


def close(terms: Terms, by_target: Iterable[Used]) -> Leftover:
    """What is left of the terms after the last target."""
    used = UsedSum()
    for one in by_target:
        used.add(one)
    return left_of(terms, used)


def left_of(terms: Terms, used: UsedSum) -> Leftover:
    """What is left of the terms by the sum of all targets."""
    return Leftover(ends_of(terms.waivers, used.uses), *used.baseline.left(terms.baseline))
