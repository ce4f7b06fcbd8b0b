"""Readings and facts: what one answer says, and what follows from all of them.

A *reading* is the record that a source made of one answer, or the reason why there is none. A *fact* is a named
value derived from readings, the thing that policies speak of; it keeps what it was derived from, so that a verdict
can be traced to its lines.
"""

from typing import Literal, cast

from rmccomply.evidence.model import Reference
from rmccomply.sources.shared.values import Version
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

State = Literal["known", "unknown", "not_applicable"]


class Item(NamedTuple):
    """One entry of a list fact: what a finding is about, and where it stands."""

    subject: str
    says: str
    evidence: tuple[Reference, ...]


FactValue = str | int | float | Version | tuple[Item, ...]
"""The value of a fact: a word or a text, a number, a version, or the entries of a list."""


class Fact(NamedTuple):
    """A value that policies can speak of, or why there is none.

    `says` is one sentence with its full stop. `evidence` are the lines that prove it, the most telling first.
    `basis` are the facts and statements it follows from. `settle` is the command that would settle an unknown.
    """

    name: str
    state: State
    value: FactValue | None
    says: str
    evidence: tuple[Reference, ...] = ()
    reason: Reason | None = None
    basis: tuple["Fact", ...] = ()
    settle: str = ""
    also: tuple[str, ...] = ()
    """Sentences that a reader should see beside the verdict, such as a dead second console."""
    step: str = ""
    """The sentence that goes before any remedy here, such as what to do first with a unit that is masked."""

    @property
    def word(self) -> str:
        """The word, or the text, of a fact that has one; else empty."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> int | float | None:
        """The number of a fact that has one."""
        return self.value if isinstance(self.value, (int, float)) else None

    @property
    def version(self) -> Version | None:
        """The version of a fact of versions, where it is known."""
        return cast("Version", self.value) if isinstance(self.value, tuple) else None

    @property
    def items(self) -> tuple[Item, ...]:
        """The entries of a list fact, where it is known; else none."""
        return cast("tuple[Item, ...]", self.value) if isinstance(self.value, tuple) else ()


def known(
    name: str,
    value: FactValue,
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
