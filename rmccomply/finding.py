"""Findings: one rule's outcome on one target (and subject), pass or not, with the lines that prove it."""

import hashlib
from typing import Final, NamedTuple

from rmccomply.evidence.model import Reference
from rmccomply.outcome import Outcome
from rmccomply.words import Disposition, Reason, Result, Severity

NO_RULE: Final = "rmccomply"
"""What stands for the rule in the one finding about a target that could not be judged: it is of no rule."""
NOT_JUDGED: Final = "The target could not be judged"


class Finding(NamedTuple):
    """A rule's verdict on a target.

    `disposition` is set exactly when `result` is fail, `reason` exactly when it is unknown. `tree` is the outcome that
    it was made of. `advice` says what to do about an unknown, and `settle` is the command that comes of it.
    """

    rule: str
    policy: str
    target: str
    subject: str
    result: Result
    reason: Reason | None
    severity: Severity
    disposition: Disposition | None
    message: str
    expected: str
    actual: str
    evidence: tuple[Reference, ...]
    remediation: str
    fingerprint: str
    settle: str = ""
    notes: tuple[str, ...] = ()
    tree: Outcome | None = None
    advice: str = ""


def not_judged(target: str, says: str) -> Finding:
    """The finding about a target that could not be judged."""
    mark = fingerprint(NO_RULE, target, "")
    return Finding(NO_RULE, "", target, "", "error", None, "critical", None, f"{says}.", "", "", (), "", mark)


def fingerprint(rule: str, target: str, subject: str) -> str:
    """What makes a finding the same finding next week: 64 hexadecimal digits over rule, target label and subject.

    Text, lines, values and times are left out, so that a finding keeps its identity while its evidence changes.
    """
    return hashlib.sha256("\0".join((rule, target, subject)).encode("utf-8", "surrogatepass")).hexdigest()
