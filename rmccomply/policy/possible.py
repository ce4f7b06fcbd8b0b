"""What a check can say at all: judged under every combination of values that its facts may take.

Values that no comparison of the check tells apart are tried once, so that the combinations are few. A fact is tried as
not applicable too; as unknown it need not be, for by Kleene's logic what an unknown leaves undecided some value
decides, and never the other way round. The checks are those that judge targets: nothing is said of them here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, Final, NamedTuple

from rmccomply.checks import compile, facts_of, leaves
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts, Readings
from rmccomply.facts.model import Fact, Item, known, not_applicable
from rmccomply.facts.values import parse_version
from rmccomply.outcome import Judge, combined
from rmccomply.policy.model import Parameter
from rmccomply.words import Result

ABSENT: Final = object()
"""Stands for a fact that does not apply."""
ENTRY: Final = Item("something", "Something is there.", ())
"""Stands for whatever a list has."""
_MOST: Final = 50_000
_RANGES: Final[Mapping[str, tuple[float, float | None]]] = {"%": (0, 100), "MiB": (0, None)}
_PLATFORM: Final = "host.platform"

Supposition = Mapping[str, Any]
"""Fact to value, ABSENT where it does not apply; `$name` to the value of a word parameter."""


class Supposed(Facts):
    """Facts that have the values they are supposed to have."""

    def __init__(self, values: Supposition) -> None:
        super().__init__(Readings())
        self._supposed = values

    def fact(self, name: str) -> Fact:
        value = self._supposed[name]
        return not_applicable(name, "") if value is ABSENT else known(name, value, "")


class Declared(NamedTuple):
    """The parameters of a policy and their values."""

    parameters: Mapping[str, Parameter]
    values: Mapping[str, Any]


def operands(check: Any) -> Iterator[Any]:
    """The bounds of a comparison, as the policy writes them."""
    yield from (
        bound for bound in (getattr(check, "at_least", None), getattr(check, "below", None)) if bound is not None
    )


def parameters_of(*checks: Any) -> list[str]:
    """The parameters that checks compare with, each once."""
    found: dict[str, None] = {}
    for check in checks:
        for leaf in leaves(check) if check is not None else ():
            if leaf.kind == "parameter":
                found[leaf.name] = None
            found.update({bound[1:]: None for bound in operands(leaf) if str(bound).startswith("$")})
    return list(found)


def values_of(name: str, checks: Sequence[Any], declared: Declared) -> tuple[Any, ...]:
    """One value of a fact for each way in which these checks tell its values apart."""
    own = [leaf for check in checks for leaf in leaves(check) if getattr(leaf, "fact", None) == name]
    line = FACTS[name]
    if line.type == "word":
        return _told_apart(line.words, own)
    if line.type == "list":
        return ((), (ENTRY,))
    bounds = {_value(bound, declared.values) for leaf in own for bound in operands(leaf)} - {None}
    if line.type == "version":
        return tuple(sorted({(0, 0, 0, 0), *bounds}))
    lowest, highest = _RANGES.get(line.unit, (min(bounds, default=0) - 1, None))
    return tuple(sorted({lowest, *(one for one in bounds if lowest <= one and (highest is None or one <= highest))}))


def _value(bound: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(bound, str):
        return values[bound[1:]] if bound.startswith("$") else parse_version(bound)
    return bound


def _told_apart(words: Sequence[str], own: Sequence[Any]) -> tuple[str, ...]:
    """The first word of each group that no check tells apart."""
    named = [frozenset(leaf.is_ or leaf.is_not) for leaf in own]
    groups = {tuple(word in one for one in named): word for word in reversed(words)}
    first = frozenset(groups.values())
    return tuple(word for word in words if word in first)


def _words_of(name: str, checks: Sequence[Any], declared: Declared) -> tuple[str | None, ...]:
    """The words of a parameter; any word where the policy names none, nothing where it may be unset."""
    own = [leaf for check in checks for leaf in leaves(check) if getattr(leaf, "name", None) == name]
    named = [word for leaf in own for word in (leaf.is_ or leaf.is_not)]
    parameter = declared.parameters[name]
    words: tuple[str, ...] = tuple(parameter.values or (*named, "".join(named) + "?"))
    told = _told_apart(words, own)
    return told if parameter.default is not None else (*told, None)


class Space:
    """The combinations under which a rule is judged on one platform."""

    def __init__(self, checks: Sequence[Any], declared: Declared, platform: str) -> None:
        self._declared = declared
        self.axes: dict[str, tuple[Any, ...]] = {}
        for name in facts_of(*checks):
            self.axes[name] = self._axis(name, checks, platform)
        for leaf in (leaf for check in checks for leaf in leaves(check)):
            if leaf.kind == "parameter":
                self.axes[f"${leaf.name}"] = _words_of(leaf.name, checks, declared)

    def _axis(self, name: str, checks: Sequence[Any], platform: str) -> tuple[Any, ...]:
        if name == _PLATFORM:
            return (platform,)
        if platform not in FACTS[name].platforms:
            return (ABSENT,)
        return (*values_of(name, checks, self._declared), ABSENT)

    @property
    def size(self) -> int:
        return prod(map(len, self.axes.values()))

    def __iter__(self) -> Iterator[Supposition]:
        names = list(self.axes)
        return (dict(zip(names, values, strict=True)) for values in product(*self.axes.values()))


def open_bounds(checks: Sequence[Any], declared: Declared) -> bool:
    """Whether a bound is a parameter without a value, which may become anything."""
    values = declared.values
    return any(
        _value(bound, values) is None
        for check in checks
        for leaf in leaves(check)
        for bound in operands(leaf)
        if str(bound).startswith("$")
    )


Verdict = Callable[[Facts], Result]


def verdict(check: Any, declared: Declared, supposed: Supposition) -> Verdict:
    """A check as a function of facts to its result, under the words that parameters are supposed to have."""
    words = {name[1:]: value for name, value in supposed.items() if name.startswith("$")}
    judge: Judge = compile(check, {**declared.values, **words})
    return lambda facts: combined("all", judge(facts)).result


def results(check: Any, declared: Declared, platform: str) -> frozenset[Result] | None:
    """Everything that a check can say on a platform; None where the combinations are too many, or a bound is open."""
    return rule_results(None, check, declared, platform)


def rule_results(when: Any, check: Any, declared: Declared, platform: str) -> frozenset[Result] | None:
    """Everything that a rule can say on a platform: where its `when` does not pass, it does not apply."""
    checks = [one for one in (when, check) if one is not None]
    space = Space(checks, declared, platform)
    if open_bounds(checks, declared) or space.size > _MOST:
        return None
    return frozenset(_results(space, when, check, declared))


def _results(space: Space, when: Any, check: Any, declared: Declared) -> Iterator[Result]:
    compiled: dict[tuple[Any, ...], tuple[Verdict | None, Verdict]] = {}
    names = [name for name in space.axes if name.startswith("$")]
    for supposed in space:
        words = tuple(supposed[name] for name in names)
        if words not in compiled:
            first = None if when is None else verdict(when, declared, supposed)
            compiled[words] = (first, verdict(check, declared, supposed))
        applies, judge = compiled[words]
        facts = Supposed(supposed)
        yield judge(facts) if applies is None or applies(facts) == "pass" else "not_applicable"
