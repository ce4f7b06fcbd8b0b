"""Baseline: fails that were there before. One that grew worse, or is another than it was, is active again."""

from collections.abc import Iterable, Mapping

from rmccomply.finding import Finding
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity


class BaselineEntry(NamedTuple):
    """A fail as it was when the baseline was written."""

    fingerprint: str
    rule: str
    target: str
    subject: str
    severity: Severity
    actual: str


class Baseline(NamedTuple):
    """Entries by their fingerprints."""

    entries: Mapping[str, BaselineEntry] = {}


def baseline_of(entries: Iterable[BaselineEntry]) -> Baseline:
    """A baseline of these entries; of two with one fingerprint the first."""
    found: dict[str, BaselineEntry] = {}
    for entry in entries:
        found.setdefault(entry.fingerprint, entry)
    return Baseline(found)


def holds(entry: BaselineEntry, finding: Finding) -> bool:
    """Whether a fail is the one that was there: not more severe, and of the same value."""
    return RANK[finding.severity] >= RANK[entry.severity] and finding.actual == entry.actual
