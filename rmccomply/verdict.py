"""Verdicts: what one rule says of one target and subject, without a name for the target and without a past."""

from rmccomply.evidence.model import Reference
from rmccomply.outcome import Outcome
from rmccomply.tuples import NamedTuple
from rmccomply.words import NextStep, Reason, Result, Severity, Way


class Verdict(NamedTuple):
    """What a rule says. `reason` is set exactly when `result` is unknown.

    `tree` is the outcome that it was made of; it stays with the process that judged. `advice` says what to do about an
    unknown, `settle` is the command that comes of it, `step` what kind of doing that is, and `first` the rule whose
    problem has to be fixed before (step `fix_first`); `way` is how the target is collected again.
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
    step: NextStep | None = None
    first: str = ""
    way: Way = "root"
    tree: Outcome | None = None
