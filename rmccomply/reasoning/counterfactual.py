"""What would have made a rule pass: the fewest facts that would have to be otherwise, and how little.

Each proposal was tried: the rule passes under it, and under no part of it. What the host is stays as it is, and so do
what only the condition of the rule looks at and facts that do not apply to the target; but one that does not apply
because of a fact that is otherwise is unknown until the proposal says how it is (the level of what is not installed).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

from rmccomply.checks.kind import Axis, CheckModel, Comparison, facts_of, leaves
from rmccomply.evaluate import CompiledRule, outcomes
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, FactValue, known, unknown
from rmccomply.policy.model import OF_EVERY_RULE
from rmccomply.reasoning.possible import Declared, values_of
from rmccomply.sources.reading import Readings
from rmccomply.tuples import NamedTuple

_MOST: Final = 20_000
_UNDECIDED: Final = -1
"""The number of the value of a fact that is unknown."""
_INAPPLICABLE: Final = -2
"""The number of the value of a fact that does not apply."""


ChangedFacts = Mapping[str, FactValue]
"""Fact to the value that it would have to have; of numbers and versions the lowest of those that will do."""


class Otherwise(Facts):
    """The facts of a target, some of them otherwise."""

    def __init__(self, facts: Facts, values: ChangedFacts) -> None:
        super().__init__(Readings(), facts.platform, facts.settings)
        self._real = facts
        self._values = values

    def fact(self, name: str) -> Fact:
        if name in self._values:
            return known(name, self._values[name], f"{name} is otherwise.")
        real = self._real.fact(name)
        if rests_on(real, self._values):
            return unknown(name, "inconclusive", f"{name} is open: what it rests on is otherwise.")
        return real


def rests_on(fact: Fact, names: Collection[str]) -> bool:
    """Whether a fact does not apply because of one of these."""
    return fact.state == "not_applicable" and any(one.name in names for one in fact.basis)


class Proposal(NamedTuple):
    """A change, and how each of its facts would have to be, in words."""

    change: ChangedFacts
    words: tuple[str, ...]


def would_pass(rule: CompiledRule, facts: Facts, change: ChangedFacts) -> bool:
    """Whether the rule passes once these facts are otherwise."""
    return all(outcome.result == "pass" for outcome in outcomes(rule, Otherwise(facts, change)))


def proposals(rule: CompiledRule, check: CheckModel, declared: Declared, facts: Facts) -> tuple[Proposal, ...]:
    """The smallest changes with which the rule passes; none where there is none, or too many would have to be tried."""
    asked = [facts.fact(name) for name in facts_of(check) if name not in OF_EVERY_RULE]
    names = [fact.name for fact in asked]
    open_ones = [fact for fact in asked if fact.state != "not_applicable" or rests_on(fact, names)]
    axes = [_axis(fact, check, declared) for fact in open_ones]
    passing: list[dict[str, int]] = []
    for tried, at in enumerate(_candidates(axes)):
        if tried > _MOST:
            return ()
        if any(part.items() <= at.items() for part in passing):
            continue
        if would_pass(rule, facts, _change(axes, at)):
            passing.append(at)
    kinds = {name: leaf for leaf in reversed(list(leaves(check))) for name in leaf.facts()}
    return tuple(_proposal(axes, at, passing, kinds) for at in _nearest(axes, passing))


def _axis(fact: Fact, check: CheckModel, declared: Declared) -> Axis:
    line = FACTS[fact.name]
    values = line.words if line.type == "word" else values_of(fact.name, [check], declared)
    return Axis(fact.name, tuple(values), _now(fact, values), line.unit)


def _now(fact: Fact, values: Sequence[FactValue]) -> int:
    """The number of the value that the fact has: of those in order the highest that it reaches."""
    if fact.value is None:
        return _INAPPLICABLE if fact.state == "not_applicable" else _UNDECIDED
    if isinstance(fact.value, str):
        return list(values).index(fact.value) if fact.value in values else _UNDECIDED
    here = _order(fact.value)
    return max((number for number, value in enumerate(values) if _order(value) <= here), default=_UNDECIDED)


def _order(value: FactValue) -> tuple[float, ...]:
    """Numbers and versions by their size, lists by their length."""
    if isinstance(value, (int, float)):
        return (value,)
    return tuple(part if isinstance(part, int) else 1 for part in value) if isinstance(value, tuple) else ()


def _candidates(axes: Sequence[Axis]) -> Iterator[dict[str, int]]:
    """Every change, of one fact first, then of two, and so on."""
    for count in range(1, len(axes) + 1):
        for some in combinations(axes, count):
            others = [[number for number in range(len(axis.values)) if number != axis.now] for axis in some]
            for numbers in product(*others):
                yield {axis.name: number for axis, number in zip(some, numbers, strict=True)}


def _change(axes: Sequence[Axis], at: Mapping[str, int]) -> ChangedFacts:
    return {axis.name: axis.values[at[axis.name]] for axis in axes if axis.name in at}


def _nearest(axes: Sequence[Axis], passing: Sequence[dict[str, int]]) -> Iterator[dict[str, int]]:
    """Of the changes to the same facts the one that changes them least."""
    by_facts: dict[tuple[str, ...], list[dict[str, int]]] = {}
    for at in passing:
        by_facts.setdefault(tuple(at), []).append(at)
    for several in by_facts.values():
        yield min(several, key=lambda at: _distance(axes, at))


def _distance(axes: Sequence[Axis], at: Mapping[str, int]) -> int:
    far = {axis.name: abs(at[axis.name] - axis.now) for axis in axes if _is_ordered(axis) and axis.name in at}
    return sum(far.values())


def _is_ordered(axis: Axis) -> bool:
    return FACTS[axis.name].type in ("version", "number")


def _proposal(
    axes: Sequence[Axis], at: dict[str, int], passing: Sequence[dict[str, int]], kinds: Mapping[str, Comparison]
) -> Proposal:
    words = []
    for axis in axes:
        if axis.name in at:
            good = {one[axis.name] for one in passing if one.keys() == at.keys() and _same_besides(one, at, axis.name)}
            words.append(_words(axis, at[axis.name], good, kinds[axis.name]))
    return Proposal(_change(axes, at), tuple(words))


def _same_besides(one: Mapping[str, int], other: Mapping[str, int], name: str) -> bool:
    return all(one[key] == other[key] for key in one if key != name)


def _words(axis: Axis, at: int, good: set[int], kind: Comparison) -> str:
    now = " (it is unknown)" if axis.now == _UNDECIDED else ""
    return f"{axis.name} {kind.otherwise(axis, at, good)}{now}"
