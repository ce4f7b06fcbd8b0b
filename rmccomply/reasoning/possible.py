"""What a check can say at all: judged under every combination of values that its facts may take.

Values that no comparison of the check tells apart are tried once, so that the combinations are few. A fact is tried as
not applicable too; as unknown it need not be, for by Kleene's logic what an unknown leaves undecided some value
decides, and never the other way round. The checks are those that judge targets: nothing is said of them here.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from enum import Enum
from math import prod
from typing import Final

from rmccomply.checks.kind import CheckModel, Operand, Parameters, all_leaves, facts_of
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, FactValue, known, not_applicable
from rmccomply.outcome import combined
from rmccomply.policy.model import Parameter
from rmccomply.sources.reading import Readings
from rmccomply.tuples import NamedTuple
from rmccomply.words import Result


class Inapplicable(Enum):
    """Stands for a fact that does not apply."""

    ABSENT = 1


ABSENT: Final = Inapplicable.ABSENT
MOST: Final = 50_000
"""Combinations that are tried; of more nothing is said."""
_RANGES: Final[Mapping[str, tuple[float, float | None]]] = {"%": (0, 100), "MiB": (0, None)}
_PLATFORM: Final = "host.platform"
_NO_VERSION: Final = (0, 0, 0, 0)

Supposition = Mapping[str, FactValue | Inapplicable | None]
"""Fact to value, ABSENT where it does not apply; `$name` to the value of a word parameter."""


class Supposed(Facts):
    """Facts that have the values they are supposed to have."""

    def __init__(self, values: Supposition) -> None:
        super().__init__(Readings())
        self._supposed = values

    def fact(self, name: str) -> Fact:
        value = self._supposed[name]
        return known(name, value, "") if isinstance(value, (str, int, float, tuple)) else not_applicable(name, "")


class Declared(NamedTuple):
    """The parameters of a policy and their values."""

    parameters: Mapping[str, Parameter]
    values: Parameters


def _stands_for(operand: Operand) -> str:
    """The parameter that an operand names; empty for a literal."""
    return operand[1:] if isinstance(operand, str) and operand.startswith("$") else ""


def parameters_of(*checks: CheckModel | None) -> list[str]:
    """The parameters that checks compare with, each once."""
    found: dict[str, None] = {}
    for leaf in all_leaves(checks):
        found.update(dict.fromkeys(leaf.named()))
        found.update(dict.fromkeys(filter(None, map(_stands_for, leaf.operands()))))
    return list(found)


def values_of(name: str, checks: Iterable[CheckModel], declared: Declared) -> tuple[FactValue, ...]:
    """One value of a fact for each way in which these checks tell its values apart."""
    own = [leaf.values(declared.values) for leaf in all_leaves(checks) if name in leaf.facts()]
    line = FACTS[name]
    if line.type == "word":
        return _told_apart(line.words, own)
    if line.type == "list":
        return tuple(sorted(dict.fromkeys(itertools.chain(*own)), key=_length))
    if line.type == "version":
        return tuple(sorted({_NO_VERSION, *(one for values in own for one in values if isinstance(one, tuple))}))
    bounds = {one for values in own for one in values if isinstance(one, (int, float))}
    lowest, highest = _RANGES.get(line.unit, (min(bounds, default=0) - 1, None))
    return tuple(sorted({lowest, *(one for one in bounds if lowest <= one and (highest is None or one <= highest))}))


def _length(value: FactValue) -> int:
    return len(value) if isinstance(value, tuple) else 0


def _told_apart(words: Sequence[str], own: Sequence[Sequence[FactValue]]) -> tuple[str, ...]:
    """The first word of each group that no check tells apart."""
    groups = {tuple(word in one for one in own): word for word in reversed(words)}
    first = frozenset(groups.values())
    return tuple(word for word in words if word in first)


def _words_of(name: str, checks: Iterable[CheckModel], declared: Declared) -> tuple[str | None, ...]:
    """The words of a parameter; any word where the policy names none, nothing where it may be unset."""
    own = [leaf.values(declared.values) for leaf in all_leaves(checks) if name in leaf.named()]
    named = [word for values in own for word in values if isinstance(word, str)]
    parameter = declared.parameters[name]
    words: tuple[str, ...] = tuple(parameter.values or (*named, "".join(named) + "?"))
    told = _told_apart(words, own)
    return told if parameter.default is not None else (*told, None)


class Space:
    """The combinations under which a rule is judged on one platform."""

    def __init__(self, checks: Sequence[CheckModel], declared: Declared, platform: str) -> None:
        self._declared = declared
        self.axes: dict[str, tuple[FactValue | Inapplicable | None, ...]] = {}
        for name in facts_of(*checks):
            self.axes[name] = self._axis(name, checks, platform)
        for name in (name for leaf in all_leaves(checks) for name in leaf.named()):
            self.axes[f"${name}"] = _words_of(name, checks, declared)

    def _axis(self, name: str, checks: Sequence[CheckModel], platform: str) -> tuple[FactValue | Inapplicable, ...]:
        if name == _PLATFORM:
            return (platform,)
        if platform not in FACTS[name].platforms:
            return (ABSENT,)
        return (*values_of(name, checks, self._declared), ABSENT)

    @property
    def size(self) -> int:
        return prod(map(len, self.axes.values()))

    def around(self, supposed: Supposition, names: Collection[str]) -> "Space":
        """The combinations in which only these may be otherwise than supposed."""
        around = copy(self)
        around.axes = {name: axis if name in names else (supposed[name],) for name, axis in self.axes.items()}
        return around

    def __iter__(self) -> Iterator[Supposition]:
        names = list(self.axes)
        return (dict(zip(names, values, strict=True)) for values in itertools.product(*self.axes.values()))


def open_bounds(checks: Sequence[CheckModel], declared: Declared) -> bool:
    """Whether a bound is a parameter without a value, which may become anything."""
    named = (_stands_for(bound) for leaf in all_leaves(checks) for bound in leaf.operands())
    return any(declared.values[name] is None for name in named if name)


ResultOf = Callable[[Facts], Result]


def result_of(check: CheckModel, declared: Declared, supposed: Supposition) -> ResultOf:
    """A check as a function of facts to its result, under the words that parameters are supposed to have."""
    words = {name[1:]: value if isinstance(value, str) else None for name, value in supposed.items() if name[0] == "$"}
    judge = check.compile({**declared.values, **words})
    return lambda facts: combined("all", judge(facts)).result


def results(check: CheckModel, declared: Declared, platform: str) -> frozenset[Result] | None:
    """Everything that a check can say on a platform; None where the combinations are too many, or a bound is open."""
    return rule_results(None, check, declared, platform)


def rule_results(
    when: CheckModel | None, check: CheckModel, declared: Declared, platform: str
) -> frozenset[Result] | None:
    """Everything that a rule can say on a platform: where its `when` does not pass, it does not apply."""
    checks = [one for one in (when, check) if one is not None]
    space = Space(checks, declared, platform)
    if open_bounds(checks, declared) or space.size > MOST:
        return None
    return frozenset(results_over(space, when, check, declared))


def results_over(space: Space, when: CheckModel | None, check: CheckModel, declared: Declared) -> Iterator[Result]:
    """What a rule says under each combination of a space, in their order."""
    compiled: dict[tuple[FactValue | Inapplicable | None, ...], tuple[ResultOf | None, ResultOf]] = {}
    names = [name for name in space.axes if name.startswith("$")]
    for supposed in space:
        words = tuple(supposed[name] for name in names)
        if words not in compiled:
            first = None if when is None else result_of(when, declared, supposed)
            compiled[words] = (first, result_of(check, declared, supposed))
        applies, judge = compiled[words]
        facts = Supposed(supposed)
        yield judge(facts) if applies is None or applies(facts) == "pass" else "not_applicable"
