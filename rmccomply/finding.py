"""Findings: a verdict with the target that it is about, what makes it the same next week, and what became of it."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.outcome import Outcome
from rmccomply.record import record
from rmccomply.tuples import NamedTuple
from rmccomply.verdict import Verdict
from rmccomply.words import Disposition, NextStep, Reason, Result, Severity, WaiverState, Way

NO_RULE: Final = "rmccomply"
"""What stands for the rule in the one finding about a target that could not be judged: it is of no rule."""
NOT_JUDGED: Final = "The target could not be judged"


class Because(NamedTuple):
    """A failing finding of the same target that can be the reason of another, and the sentence that says so."""

    fingerprint: str
    rule: str
    says: str


class WaiverCard(NamedTuple):
    """The acceptance that covers a fail, as reports tell it. `approved` is a day, `expires` RFC 3339 as written."""

    id: str
    owner: str
    approved_by: str
    approved: str
    ticket: str
    reason: str
    expires: str
    state: WaiverState


@record(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict on a target. `disposition` is set exactly when the verdict is a fail. Raises ValueError otherwise.

    A fail may be `caused_by` others, or be the same fault as another one, which covers it (`covered_by`, its
    fingerprint). An unknown may be `blocked_by` fails: fingerprints of problems that have to be fixed first. A waived
    fail has its `waiver`.
    """

    verdict: Verdict
    target: str
    fingerprint: str
    disposition: Disposition | None = None
    caused_by: tuple[Because, ...] = ()
    covered_by: str | None = None
    blocked_by: tuple[str, ...] = ()
    waiver: WaiverCard | None = None

    def __post_init__(self) -> None:
        verdict = self.verdict
        if (self.disposition is not None) != (verdict.result == "fail"):
            raise ValueError("a disposition is of a fail, and every fail has one")
        if (verdict.reason is not None) != (verdict.result == "unknown"):
            raise ValueError("a reason is of an unknown, and every unknown has one")
        if (self.waiver is not None) != (self.disposition == "waived"):
            raise ValueError("a waiver is of a waived fail, and every waived fail has one")

    @property
    def rule(self) -> str:
        return self.verdict.rule

    @property
    def policy(self) -> str:
        return self.verdict.policy

    @property
    def severity(self) -> Severity:
        return self.verdict.severity

    @property
    def subject(self) -> str:
        return self.verdict.subject

    @property
    def result(self) -> Result:
        return self.verdict.result

    @property
    def reason(self) -> Reason | None:
        return self.verdict.reason

    @property
    def message(self) -> str:
        return self.verdict.message

    @property
    def expected(self) -> str:
        return self.verdict.expected

    @property
    def actual(self) -> str:
        return self.verdict.actual

    @property
    def evidence(self) -> tuple[Reference, ...]:
        return self.verdict.evidence

    @property
    def remediation(self) -> str:
        return self.verdict.remediation

    @property
    def settle(self) -> str:
        return self.verdict.settle

    @property
    def notes(self) -> tuple[str, ...]:
        return self.verdict.notes

    @property
    def advice(self) -> str:
        return self.verdict.advice

    @property
    def step(self) -> NextStep | None:
        return self.verdict.step

    @property
    def first(self) -> str:
        return self.verdict.first

    @property
    def way(self) -> Way:
        return self.verdict.way

    @property
    def tree(self) -> Outcome | None:
        return self.verdict.tree


def findings_of(verdicts: Iterable[Verdict], target: str) -> Iterator[Finding]:
    """The verdicts as findings about a target, every fail of them active."""
    for verdict in verdicts:
        yield Finding(
            verdict=verdict,
            target=target,
            fingerprint=fingerprint(verdict.rule, target, verdict.subject),
            disposition="active" if verdict.result == "fail" else None,
        )


def not_judged(target: str, says: str) -> Finding:
    """The finding about a target that could not be judged."""
    sentence = says if says.endswith(("?", ".")) else f"{says}."
    (found,) = findings_of((Verdict(NO_RULE, "", "critical", "error", sentence),), target)
    return found


def fingerprint(rule: str, target: str, subject: str) -> str:
    """What makes a finding the same finding next week: 64 hexadecimal digits over rule, target label and subject.

    Text, lines, values and times are left out, so that a finding keeps its identity while its evidence changes.
    """
    return hashlib.sha256("\0".join((rule, target, subject)).encode("utf-8", "surrogatepass")).hexdigest()
