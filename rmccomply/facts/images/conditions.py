"""Conditions that must all hold, each of which may be unknown."""

from collections.abc import Iterable
from typing import TypeVar

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Unread
from rmccomply.sources.source import Source
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

R = TypeVar("R")


class BootCondition(NamedTuple):
    """Whether something holds; None where that is unknown. `says` is a clause, `settle` the command that would tell."""

    holds: bool | None
    says: str
    evidence: tuple[Reference, ...] = ()
    reason: Reason = "inconclusive"
    settle: str = ""


def why_unknown(condition: BootCondition) -> str:
    """Why a condition is unknown, without what was unknown on the way."""
    return condition.says.rpartition(" is unknown: ")[2]


def every(conditions: Iterable[BootCondition]) -> BootCondition:
    """False where one does not hold, which needs nothing else to be known; then unknown where one is unknown."""
    found = tuple(conditions)
    failing = [one for one in found if one.holds is False]
    if failing:
        places = tuple(place for one in failing for place in one.evidence)
        return BootCondition(False, in_words(one.says for one in failing), places)
    unclear = next((one for one in found if one.holds is None), None)
    if unclear is not None:
        return unclear
    places = tuple(place for one in found for place in one.evidence)
    return BootCondition(True, in_words(one.says for one in found if one.says), places)


def in_words(clauses: Iterable[str]) -> str:
    """Clauses as one: "a, b, and c"."""
    *most, last = tuple(dict.fromkeys(clauses)) or ("",)
    return f"{', '.join(most)}, and {last}" if most else last


def some(conditions: Iterable[BootCondition], otherwise: BootCondition) -> BootCondition:
    """True where one holds, which needs nothing else to be known; `otherwise` where there is none."""
    found = tuple(conditions)
    for state in (True, None, False):
        best = next((one for one in found if one.holds is state), None)
        if best is not None:
            return best
    return otherwise


def not_read(facts: Facts, source: Source[R], request: str, settle: str, what: str) -> BootCondition:
    """Unknown, because a request was not answered."""
    failed = next((one for one in facts.answers(source) if one.name == request), None)
    if isinstance(failed, Unread):
        why = f": {failed.says}" if failed.says else ""
        return BootCondition(
            None, f"{what} is unknown, as `{request}` says nothing{why}", failed.where(), failed.reason, settle
        )
    return BootCondition(None, f"{what} is unknown: `{settle}` was not collected", (), "not_collected", settle)
