"""Dispose: what becomes of a fail: waived, known from a baseline, or active. Results never change here.

`dispose` looks at the findings of one target and at nothing else, so that targets can be disposed of in any order and
in several processes. What only a whole run can tell comes of `close`: waivers that nothing used, entries of the
baseline that are gone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from rmccomply.dispose.baseline import Baseline, BaselineEntry, holds
from rmccomply.dispose.waivers import Waiver, waiver_of
from rmccomply.finding import Finding
from rmccomply.tuples import NamedTuple


class Terms(NamedTuple):
    """What may take a fail out of the gate. A waiver goes before the baseline."""

    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline = Baseline()


NO_TERMS: Final = Terms()


class Used(NamedTuple):
    """What one target made of the terms."""

    waivers: frozenset[str] = frozenset()
    """Ids of the waivers that cover a fail of the target."""
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
    """What the terms name and the run has not: `unused` waivers by id; entries that are `absent`, though their rule was
    decided on their target; entries that were `not_assessed`."""

    unused: tuple[Waiver, ...]
    absent: tuple[BaselineEntry, ...]
    not_assessed: tuple[BaselineEntry, ...]


NOTHING_LEFT: Final = Leftover((), (), ())


def dispose(findings: Sequence[Finding], terms: Terms) -> Disposed:
    """The findings of one target with their dispositions."""
    if not terms.waivers and not terms.baseline.entries:
        return Disposed(tuple(findings))
    given, used, met, judged = list[Finding](), set[str](), set[str](), set[str]()
    for finding in findings:
        entry = terms.baseline.entries.get(finding.fingerprint)
        if entry is not None and finding.result in ("pass", "fail", "not_applicable"):
            judged.add(finding.fingerprint)
        if finding.result != "fail":
            given.append(finding)
        elif (waiver := waiver_of(finding, terms.waivers)) is not None:
            used.add(waiver.id)
            given.append(replace(finding, disposition="waived", waiver=waiver.card))
        elif entry is not None and holds(entry, finding):
            given.append(replace(finding, disposition="baseline"))
        else:
            given.append(finding)
        if entry is not None and finding.result == "fail":
            met.add(finding.fingerprint)
    return Disposed(tuple(given), Used(frozenset(used), frozenset(met), frozenset(judged)))


def close(terms: Terms, by_target: Iterable[Used]) -> Leftover:
    """What is left of the terms after the last target."""
    used, met, judged = set[str](), set[str](), set[str]()
    for one in by_target:
        used |= one.waivers
        met |= one.met
        judged |= one.judged
    entries = sorted(terms.baseline.entries.values(), key=lambda entry: entry.fingerprint)
    return Leftover(
        tuple(waiver for waiver in terms.waivers if waiver.id not in used),
        tuple(entry for entry in entries if entry.fingerprint in judged - met),
        tuple(entry for entry in entries if entry.fingerprint not in judged | met),
    )
