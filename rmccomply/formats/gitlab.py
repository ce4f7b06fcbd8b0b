"""Code Quality of GitLab: a JSON array of what needs attention, which every tier shows beside a merge request.

https://docs.gitlab.com/ci/testing/code_quality/ and GitLab's `app/validators/json_schemas/codeclimate.json`. Readings
chosen: an entry is an active fail, one that is known from a baseline (GitLab compares with the target branch, and would
show it as solved if it were gone), what a partition has undecided, once for each doing that settles it, and what could
not be judged; a waived fail is none. GitLab takes entries with one fingerprint for one, and shows no more of one than
its description, so the partition stands in that. A path is relative and is no uri. What only informs is `info`.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.documents.report_1 import encode
from rmccomply.evidence.uris import decoded
from rmccomply.finding import fingerprint
from rmccomply.formats._limits import DESCRIPTION
from rmccomply.formats._sarif.places import known_places
from rmccomply.formats._sarif.rules import UNDECIDED_ID
from rmccomply.formats._sarif.undecided import identity_of, words_of
from rmccomply.problems import undecided_of
from rmccomply.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.problems import Undecided
    from rmccomply.report import Assessed, Closing, Run
    from rmccomply.words import Severity

SEVERITIES: Final[dict["Severity", str]] = {
    "critical": "blocker",
    "high": "critical",
    "medium": "major",
    "low": "minor",
    "info": "info",
}
_BETWEEN: Final = ",\n"


def fragment(item: "Assessed", frame: "Frame") -> str:
    """The entries of a target."""
    return _BETWEEN.join(_entries(item, frame.run))


class EntriesAssembly:
    """The array in the making."""

    def __init__(self) -> None:
        self._before = "\n"

    def begin(self) -> str:
        return "["

    def add(self, fragment: str) -> str:
        if not fragment:
            return ""
        before, self._before = self._before, _BETWEEN
        return before + fragment

    def end(self, closing: "Closing") -> "Iterator[str]":
        yield "\n]\n"

    def abandon(self) -> None:
        """Nothing is kept."""


def assembly(frame: "Frame") -> EntriesAssembly:
    """An empty array."""
    return EntriesAssembly()


def _entries(item: "Assessed", run: "Run") -> "Iterator[str]":
    cards, taken = {card.id: card for card in run.rules}, set[str]()
    file = next((each.uri for each in item.target.evidence), "")
    for finding in item.findings:
        if finding.disposition in ("active", "baseline") or finding.result == "error":
            says = finding.message if finding.result == "error" else f"{cards[finding.rule].fault}: {finding.message}"
            card = cards.get(finding.rule)
            place = _place(finding, file) or (card and (card.uri, card.line)) or (finding.target, 1)
            known = " (known from the baseline)" if finding.disposition == "baseline" else ""
            identity = _alone(finding, taken)
            yield _entry(finding.rule, f"{finding.target}: {says}{known}", identity, finding.severity, place)
    for group in undecided_of(finding for finding in item.findings if finding.severity != "info"):
        yield _undecided(group, item.target.id, file, run)


def _undecided(group: "Undecided", target: str, file: str, run: "Run") -> str:
    """The unknowns that the same doing settles. Its identity is that of the same result in SARIF."""
    count, (why, advice) = len(group.findings), words_of(group, known_places(run))
    are = "1 check is" if count == 1 else f"{count} checks are"
    rules = ", ".join(dict.fromkeys(one.rule for one in group.findings))
    says = f"{target}: {are} undecided: {why}. What to do: {advice.removesuffix('.')}. {rules}"
    place = next((place for place in (_place(one, "") for one in group.findings) if place), None)
    return _entry(UNDECIDED_ID, says, identity_of(group, target), "medium", place or (file or target, 1))


def _alone(finding: "Finding", taken: set[str]) -> str:
    """The fingerprint of a finding; of several findings of one rule about one thing each has one of its own."""
    identity, number = finding.fingerprint, 2
    while identity in taken:
        identity = fingerprint(finding.rule, finding.target, f"{finding.subject}\0{number}")
        number += 1
    taken.add(identity)
    return identity


def _place(finding: "Finding", file: str) -> "tuple[str, int] | None":
    """The first line that proves a finding, else the first file of its target."""
    if finding.evidence:
        return finding.evidence[0].uri, finding.evidence[0].start_line
    return (file, 1) if file else None


def _entry(rule: str, says: str, identity: str, severity: "Severity", place: tuple[str, int]) -> str:
    shown = visible(says)
    uri, line = place
    return encode(
        {
            "description": shown if len(shown) <= DESCRIPTION else f"{shown[: DESCRIPTION - 1]}…",
            "check_name": rule,
            "fingerprint": identity,
            "severity": SEVERITIES[severity],
            "location": {"path": visible(decoded(uri)), "lines": {"begin": max(line, 1)}},
        }
    )
