"""Verdicts: what one rule says of one target and subject, without a name for the target and without a past."""

from rmccomply.evidence.model import Reference
from rmccomply.outcome import Outcome
from rmccomply.record import NamedTuple
from rmccomply.words import Reason, Result, Severity


class Verdict(NamedTuple):
    """What a rule says. `reason` is set exactly when `result` is unknown.

    `tree` is the outcome that it was made of; it stays with the process that judged. `advice` says what to do about an
    unknown, and `settle` is the command that comes of it.
    """

    rule: str
    policy: str
    severity: Severity
    result: Result
    message: str
    reason: Reason | None = None
    subject: str = ""
    expected: str = ""
    actual: str = ""
    evidence: tuple[Reference, ...] = ()
    remediation: str = ""
    settle: str = ""
    notes: tuple[str, ...] = ()
    advice: str = ""
    tree: Outcome | None = None
