"""Readings and facts: what one answer says, and what follows from all of them.

A *reading* is the record that a source made of one answer, or the reason why there is none. A *fact* is a named
value derived from readings, the thing that policies speak of; it keeps what it was derived from, so that a verdict
can be traced to its lines.
"""

from typing import Any, Literal, NamedTuple

from rmccomply.evidence.model import WHOLE, Line, Provenance, Reference
from rmccomply.words import Reason


class Reading(NamedTuple):
    """What one answer says.

    `name` is the request (`lssrc -a`, `/etc/ct_node_id`). `record` is None exactly when `reason` is set; then
    `says` is the clause that tells why and `line` where. `partial` is set where rows prove presence only. `also` are
    the other answers to the request: equal ones, or those that it conflicts with.
    """

    name: str
    source: str
    argv: tuple[str, ...]
    record: Any
    provenance: Provenance
    reason: Reason | None = None
    says: str = ""
    line: Line = WHOLE
    partial: Reason | None = None
    also: tuple[Provenance, ...] = ()

    def at(self, line: Line) -> tuple[Reference, ...]:
        """References for a line of the answer: none where the file has no such line."""
        found = self.provenance.at(line)
        return () if found is None else (found,)

    def where(self) -> tuple[Reference, ...]:
        """Where an unknown reading failed, or the first line of the listing; of conflicting answers, all."""
        places = (self.provenance.at(self.line), *(other.at(WHOLE) for other in self.also))
        return tuple(place for place in places if place is not None)


State = Literal["known", "unknown", "not_applicable"]


class Fact(NamedTuple):
    """A value that policies can speak of, or why there is none.

    `says` is one sentence with its full stop. `evidence` are the lines that prove it, the most telling first.
    `basis` are the facts and statements it follows from. `settle` is the command that would settle an unknown.
    """

    name: str
    state: State
    value: Any
    says: str
    evidence: tuple[Reference, ...] = ()
    reason: Reason | None = None
    basis: tuple["Fact", ...] = ()
    settle: str = ""
    also: tuple[str, ...] = ()
    """Sentences that a reader should see beside the verdict, such as a dead second console."""
    step: str = ""
    """The sentence that goes before any remedy here, such as what to do first with a unit that is masked."""


class Item(NamedTuple):
    """One entry of a list fact: what a finding is about, and where it stands."""

    subject: str
    says: str
    evidence: tuple[Reference, ...]


def known(
    name: str,
    value: Any,
    says: str,
    evidence: tuple[Reference, ...] = (),
    *,
    basis: tuple[Fact, ...] = (),
    also: tuple[str, ...] = (),
    step: str = "",
) -> Fact:
    """A fact with a value."""
    return Fact(name, "known", value, says, _once_each(evidence), None, basis, "", also, step)


def unknown(
    name: str,
    reason: Reason,
    says: str,
    evidence: tuple[Reference, ...] = (),
    *,
    settle: str = "",
    basis: tuple[Fact, ...] = (),
) -> Fact:
    """A fact that could not be established; what is inconclusive for a contradiction in its basis is conflicting."""
    if reason == "inconclusive" and any(one.reason == "conflicting" for one in basis):
        reason = "conflicting"
    return Fact(name, "unknown", None, says, _once_each(evidence), reason, basis, settle)


def not_applicable(name: str, says: str, evidence: tuple[Reference, ...] = (), basis: tuple[Fact, ...] = ()) -> Fact:
    """A fact that this kind of host does not have."""
    return Fact(name, "not_applicable", None, says, _once_each(evidence), basis=basis)


def _once_each(evidence: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(evidence)) if len(evidence) > 1 else evidence
