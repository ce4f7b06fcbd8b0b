"""Dispose: what becomes of a fail: waived, known from a baseline, or active. Results never change here.

`dispose` looks at the findings of one target and at nothing else, so that targets can be disposed of in any order and
in several processes. What only a whole run can tell comes of `close`: what became of each waiver, entries of the
baseline that are gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rmccomply.dispose.baseline import Baseline, BaselineEntry, holds
from rmccomply.dispose.waiver_ends import UseSum, WaiverEnd, add_uses, ends_of
from rmccomply.dispose.waivers import NO_LABELS, Bearer, Meeting, Waiver, WaiverUse, Waiving
from rmccomply.finding import Finding
from rmccomply.tuples import NamedTuple


class Terms(NamedTuple):
    """What may take a fail out of the gate. A waiver goes before the baseline."""

    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline = Baseline()


NO_TERMS: Final = Terms()


class Used(NamedTuple):
    """What one target made of the terms."""

    waivers: tuple[WaiverUse, ...] = ()
    """What waivers made of the fails that they name."""
    met: frozenset[str] = frozenset()
    """Fingerprints of the baseline that still fail."""
    judged: frozenset[str] = frozenset()
    """Fingerprints of the baseline about which the target gave a verdict other than unknown or error."""


NOTHING_USED: Final = Used()


class Disposed(NamedTuple):
    """The findings of one target, in the order in which they came, with their dispositions."""

    findings: tuple[Finding, ...]
    used: Used = NOTHING_USED


class Leftover(NamedTuple):
    """What became of the terms: of each of the `waivers`; entries that are `absent`, though their rule was decided on
    their target; entries that were `not_assessed`."""

    waivers: tuple[WaiverEnd, ...]
    absent: tuple[BaselineEntry, ...]
    not_assessed: tuple[BaselineEntry, ...]


NOTHING_LEFT: Final = Leftover((), (), ())


class UsedSum:
    """What all targets made of the terms, summed up as they pass by: memory grows with the terms alone."""

    def __init__(self) -> None:
        self.uses: dict[tuple[str, Meeting], UseSum] = {}
        self.met: set[str] = set()
        self.judged: set[str] = set()

    def add(self, used: Used) -> None:
        """Add one target."""
        add_uses(self.uses, used.waivers)
        self.met |= used.met
        self.judged |= used.judged


def dispose(
    findings: Sequence[Finding], terms: Terms, labels: Mapping[str, str] = NO_LABELS, *, twin: bool = False
) -> Disposed:
    """The findings of one target with their dispositions. `labels` are those of the target by their names; `twin`:
    another target claims its name too."""
    if not findings or not (terms.waivers or terms.baseline.entries):
        return Disposed(tuple(findings))
    given, met, judged = list[Finding](), set[str](), set[str]()
    waiving = Waiving(terms.waivers, Bearer(findings[0].target, labels, twin))
    for finding in findings:
        entry = terms.baseline.entries.get(finding.fingerprint)
        if entry is not None and finding.result in ("pass", "fail", "not_applicable"):
            judged.add(finding.fingerprint)
        if finding.result != "fail":
            given.append(finding)
        elif (waiver := waiving.waiver_of(finding)) is not None:
            given.append(replace(finding, disposition="waived", waiver=waiver.card))
        elif entry is not None and holds(entry, finding):
            given.append(replace(finding, disposition="baseline"))
        else:
            given.append(finding)
        if entry is not None and finding.result == "fail":
            met.add(finding.fingerprint)
    return Disposed(tuple(given), Used(waiving.uses(), frozenset(met), frozenset(judged)))


def close(terms: Terms, by_target: Iterable[Used]) -> Leftover:
    """What is left of the terms after the last target."""
    used = UsedSum()
    for one in by_target:
        used.add(one)
    return left_of(terms, used)


def left_of(terms: Terms, used: UsedSum) -> Leftover:
    """What is left of the terms by the sum of all targets."""
    entries = sorted(terms.baseline.entries.values(), key=lambda entry: entry.fingerprint)
    gone, seen = used.judged - used.met, used.judged | used.met
    return Leftover(
        ends_of(terms.waivers, used.uses),
        tuple(entry for entry in entries if entry.fingerprint in gone),
        tuple(entry for entry in entries if entry.fingerprint not in seen),
    )
