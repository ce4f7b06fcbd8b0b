"""Waivers: fails that somebody accepted, until a day.

A waiver names its rule, and targets by glob; it covers a fail up to the severity that was accepted.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from rmccomply.finding import Finding, WaiverCard
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity, WaiverState


class Waiver(NamedTuple):
    """An acceptance in force. `subject` is None where every subject of the rule is accepted."""

    id: str
    rule: str
    targets: tuple[str, ...]
    severity: Severity
    subject: str | None = None
    owner: str = ""
    approved_by: str = ""
    approved: str = ""
    ticket: str = ""
    reason: str = ""
    expires: str = ""
    state: WaiverState = "in_force"

    @property
    def card(self) -> WaiverCard:
        """What reports tell of it."""
        return WaiverCard(
            self.id,
            self.owner,
            self.approved_by,
            self.approved,
            self.ticket,
            self.reason,
            self.expires,
            self.state,
        )


def waiver_of(finding: Finding, waivers: Sequence[Waiver]) -> Waiver | None:
    """The first waiver that covers a finding."""
    return next((waiver for waiver in waivers if _covers(waiver, finding)), None)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.rule == finding.rule
        and waiver.subject in (None, finding.subject)
        and RANK[finding.severity] >= RANK[waiver.severity]
        and any(fnmatchcase(finding.target, glob) for glob in waiver.targets)
    )
