"""Outcomes: what a check says of one target, three-valued, with the facts behind it.

Combination is Kleene's: operands that do not apply are dropped first; a fail decides `all`, a pass decides `any`,
otherwise an unknown stays unknown. A fault of ours is outvoted by nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, State
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason, Result


class Outcome(NamedTuple):
    """What a check says of one target and subject.

    `reason` is set exactly when `result` is unknown. `settle` is the command that would settle an unknown. `notes`
    are sentences that belong beside the verdict. `fact` and `parts` are the tree behind it: a comparison has the
    fact that it compared (which has its own basis), a combination has the outcomes that it combined.
    """

    result: Result
    message: str
    reason: Reason | None = None
    subject: str = ""
    expected: str = ""
    actual: str = ""
    evidence: tuple[Reference, ...] = ()
    settle: str = ""
    notes: tuple[str, ...] = ()
    fact: Fact | None = None
    parts: tuple["Outcome", ...] = ()


Judge = Callable[[Facts], tuple[Outcome, ...]]
"""A compiled check: from the facts of a target to one outcome, or to one for each subject."""

_FEW: Final = 50
"""Messages that are compared with each other, every one with all."""


_OF_STATE: Final[dict[State, Result]] = {"unknown": "unknown", "not_applicable": "not_applicable", "known": "error"}


def of_fact(fact: Fact, expected: str = "") -> Outcome:
    """The outcome of a fact that has no value to compare; a known one of another type is a fault of ours."""
    result = _OF_STATE[fact.state]
    return Outcome(result, fact.says, fact.reason, "", expected, "", fact.evidence, fact.settle, fact.also, fact)


def of_value(fact: Fact, result: Result, message: str, expected: str, actual: str) -> Outcome:
    """The outcome of a fact whose value was compared."""
    return Outcome(result, message, None, "", expected, actual, fact.evidence, "", fact.also, fact)


def combined(kind: Literal["all", "any"], parts: Sequence[Outcome]) -> Outcome:
    """One outcome of many by the rules of this module; the parts that decide speak for it."""
    if len(parts) == 1:
        return parts[0]
    applicable = [part for part in parts if part.result != "not_applicable"]
    if not applicable:
        return _spoken("not_applicable", parts, parts)
    for result in ("error", "fail" if kind == "all" else "pass", "unknown"):
        deciding = [part for part in applicable if part.result == result]
        if deciding:
            return _spoken(deciding[0].result, deciding, parts)
    return _spoken(applicable[0].result, applicable, parts)


def _spoken(result: Result, deciding: Sequence[Outcome], parts: Sequence[Outcome]) -> Outcome:
    """The deciding parts as one; a contradiction speaks before what is merely missing."""
    if len(deciding) == 1:
        (one,) = deciding
        places, notes = tuple(dict.fromkeys(one.evidence)), tuple(dict.fromkeys(one.notes))
        return one._replace(result=result, subject="", evidence=places, notes=notes, fact=None, parts=tuple(parts))
    deciding = sorted(deciding, key=lambda part: part.reason != "conflicting")
    return Outcome(
        result,
        _said([part.message for part in deciding]),
        deciding[0].reason if deciding else None,
        expected="; ".join(dict.fromkeys([part.expected for part in deciding if part.expected])),
        actual="; ".join(dict.fromkeys([part.actual for part in deciding if part.actual])),
        evidence=tuple(dict.fromkeys([place for part in deciding for place in part.evidence])),
        settle=next((part.settle for part in deciding if part.settle), ""),
        notes=tuple(dict.fromkeys([note for part in deciding for note in part.notes])),
        parts=tuple(parts),
    )


def _said(messages: Sequence[str]) -> str:
    """Each message once, whether a part says it alone or among others; of very many rows each speaks for itself."""
    once = dict.fromkeys(messages)
    if 1 < len(once) <= _FEW:
        return " ".join(one for one in once if not any(one != other and f" {one} " in f" {other} " for other in once))
    return " ".join(once)


def facts_behind(outcome: Outcome) -> Iterator[Fact]:
    """The facts that an outcome follows from, those of its parts that say the same as it, and what they rest on."""
    asked = [outcome.fact] if outcome.fact is not None else []
    for fact in asked:
        yield fact
        asked += fact.basis
    for part in outcome.parts:
        if part.result == outcome.result:
            yield from facts_behind(part)


def negated(outcome: Outcome) -> Outcome:
    """The outcome with pass and fail exchanged; what is unknown or does not apply stays so."""
    swap: dict[Result, Result] = {"pass": "fail", "fail": "pass"}
    if outcome.result not in swap:
        return outcome
    return outcome._replace(result=swap[outcome.result], expected=f"not: {outcome.expected}", parts=(outcome,))
