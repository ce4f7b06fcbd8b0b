"""Mutants of a rule: the rule with one thing changed. Cases that are any good notice each of them.

A check or a part of it is negated or left out, a bound is moved by one, a word is left out, `when` is left out, `needs`
too, a platform is left out or added. A bound that a parameter stands for is moved from the value that the case has.
A mutant that says the same as its rule under every combination of values of their facts is no mutant: the enumeration
of `rmccomply.reasoning.possible` proves it.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final

from rmccomply.checks.combine import CombinedCheck, NotCheck
from rmccomply.checks.kind import CheckModel, Parameters, ParameterValue
from rmccomply.checks.number import NumberCheck
from rmccomply.checks.operands import value_text
from rmccomply.checks.parameter import ParameterCheck
from rmccomply.checks.version import VersionCheck
from rmccomply.checks.word import WordCheck
from rmccomply.evaluate import CompiledRule, compile_rules
from rmccomply.facts.model import FactValue
from rmccomply.policy.load import LoadedPolicy, LoadedRule
from rmccomply.policy.model import Parameter, Rule
from rmccomply.policy.select import ChosenRule
from rmccomply.reasoning.cases import CaseTarget, Setup, fits, is_of_no_image
from rmccomply.reasoning.possible import (
    ABSENT,
    MOST,
    Declared,
    Inapplicable,
    Space,
    Supposition,
    open_bounds,
    results_over,
)
from rmccomply.sources.shared.values import Version, parse_version
from rmccomply.tuples import NamedTuple
from rmccomply.words import PLATFORMS, Result

_STEPS: Final = {"+": 1, "-": -1}
_PARTS: Final = 4
"""Numbers of a version."""
_MOST_AROUND: Final = 2_000
"""Combinations that are looked at to tell what decides."""


class Variant(NamedTuple):
    """A check with one thing changed, at a place in it; `moved` names the bound that stands for a parameter's."""

    check: CheckModel
    loc: tuple[str | int, ...]
    says: str
    moved: str = ""


class Mutant(NamedTuple):
    """A rule with one thing changed; `loc` is the place in it, `says` what is not noticed."""

    rule: Rule
    loc: tuple[str | int, ...]
    says: str
    moved: str = ""

    def compiled(self, loaded: LoadedRule, setup: Setup) -> CompiledRule:
        """It ready to judge, in the place of its rule. What else there is in the policy keeps nothing unanswered."""
        policy = setup.policy._replace(values=_with_moved(setup.policy.values, self.moved), causes=())
        (found,) = compile_rules([ChosenRule(loaded._replace(rule=self.rule), policy)], setup.now)
        return found


def mutants(loaded: LoadedRule, policy: LoadedPolicy) -> Iterator[Mutant]:
    """Every mutant of a rule."""
    rule = loaded.rule
    for one in _variants(rule.check, ("check",), policy.values):
        yield Mutant(rule.model_copy(update={"check": one.check}), one.loc, one.says, one.moved)
    if rule.when is not None:
        for one in _variants(rule.when, ("when",), policy.values):
            yield Mutant(rule.model_copy(update={"when": one.check}), one.loc, one.says, one.moved)
        yield Mutant(rule.model_copy(update={"when": None}), ("when",), "that it is left out")
    for platform in PLATFORMS:
        rest = [one for one in rule.platforms if one != platform]
        if platform not in rule.platforms:
            more = [*rule.platforms, platform]
            yield Mutant(rule.model_copy(update={"platforms": more}), ("platforms",), f"that '{platform}' is added")
        elif rest:
            yield Mutant(rule.model_copy(update={"platforms": rest}), ("platforms",), f"that '{platform}' is left out")
    if rule.needs is not None and policy.images:
        yield Mutant(rule.model_copy(update={"needs": None}), ("needs",), "that it is left out")


def _variants(check: CheckModel, loc: tuple[str | int, ...], values: Parameters) -> Iterator[Variant]:
    """A check with one thing changed in it, or the whole of it negated."""
    yield Variant(check.of if isinstance(check, NotCheck) else _negated(check), loc, "that it is negated")
    if isinstance(check, CombinedCheck):
        yield from _of_parts(check, loc, values)
    elif isinstance(check, NotCheck):
        for one in list(_variants(check.of, (*loc, "of"), values))[1:]:
            yield one._replace(check=check.model_copy(update={"of": one.check}))
    elif isinstance(check, NumberCheck | VersionCheck):
        yield from _of_bounds(check, loc, values)
    elif isinstance(check, WordCheck | ParameterCheck):
        yield from _of_words(check, loc)


def _negated(check: CheckModel) -> CheckModel:
    return NotCheck.model_construct(kind="not", of=check)


def _of_parts(check: CombinedCheck, loc: tuple[str | int, ...], values: Parameters) -> Iterator[Variant]:
    """One part left out, or changed. Of a single part the negation is that of the whole."""
    parts: Sequence[CheckModel] = check.of
    for number, part in enumerate(parts):
        place = (*loc, "of", number)
        rest = [one for at, one in enumerate(parts) if at != number]
        if rest:
            yield Variant(check.model_copy(update={"of": rest}), place, "that this part is left out")
        for one in list(_variants(part, place, values))[0 if rest else 1 :]:
            whole = [one.check if at == number else other for at, other in enumerate(parts)]
            yield one._replace(check=check.model_copy(update={"of": whole}))


def _of_bounds(check: NumberCheck | VersionCheck, loc: tuple[str | int, ...], values: Parameters) -> Iterator[Variant]:
    for key in ("at_least", "below"):
        bound = getattr(check, key)
        if bound is None:
            continue
        named = bound[1:] if isinstance(bound, str) and bound.startswith("$") else ""
        value = values[named] if named else parse_version(bound) if isinstance(bound, str) else bound
        for sign in _STEPS if value is not None else ():
            other = _stepped(value, sign)
            text = f"that it is {value_text(other)}, and not {value_text(value)}{f' ({bound})' if named else ''}"
            put: object = (
                f"${named} {sign} 1" if named else other if isinstance(other, int | float) else value_text(other)
            )
            moved = f"{named} {sign} 1" if named else ""
            yield Variant(check.model_copy(update={key: put}), (*loc, key), text, moved)


def _of_words(check: WordCheck | ParameterCheck, loc: tuple[str | int, ...]) -> Iterator[Variant]:
    """Without one of several words."""
    field, key, words = ("is_", "is", check.is_) if check.is_ is not None else ("is_not", "is_not", check.is_not or [])
    for word in words if len(words) > 1 else ():
        rest = [one for one in words if one != word]
        yield Variant(check.model_copy(update={field: rest}), (*loc, key), f"that '{word}' is left out")


def _stepped(value: ParameterValue, sign: str) -> ParameterValue:
    """A bound moved by one: a version upwards in its last number, downwards in the last that is above 0."""
    step = _STEPS[sign]
    if isinstance(value, tuple):
        parts = [*value, *[0] * (_PARTS - len(value))]
        at = _PARTS - 1 if step > 0 else max((at for at, part in enumerate(parts) if part), default=None)
        return _version([part + step if number == at else part for number, part in enumerate(parts)])
    return value + step if isinstance(value, int | float) else value


def _version(parts: Sequence[int]) -> Version | None:
    return parse_version(".".join(map(str, parts)))


def _with_moved(values: Parameters, moved: str) -> Parameters:
    """The values of parameters, and that of the bound that a mutant moves."""
    if not moved:
        return values
    name, sign, _ = moved.split(" ")
    return {**values, moved: _stepped(values[name], sign)}


def is_noticed(loaded: LoadedRule, mutant: Mutant, targets: Sequence[CaseTarget]) -> bool:
    """Whether a case expects something that the mutant does not say."""
    compiled: dict[int, CompiledRule] = {}
    for one in targets:
        setup = one.setup
        for expected in one.case.expect:
            if expected.rule == mutant.rule.id:
                rule = compiled.get(id(setup))
                if rule is None:
                    rule = compiled[id(setup)] = mutant.compiled(loaded, setup)
                if not fits(expected, one.outcome(rule)):
                    return True
    return False


class Survivor(NamedTuple):
    """A mutant that no case notices. `where` are facts under which a case would, `was` and `would` what the two say."""

    loaded: LoadedRule
    mutant: Mutant
    where: str = ""
    was: Result | None = None
    would: Result | None = None


def survivors(
    loaded: LoadedRule, policy: LoadedPolicy, targets: Sequence[CaseTarget], tried: Sequence[Mutant]
) -> Iterator[Survivor]:
    """Those of some mutants of a rule that no case notices and that are not proved to mean what their rule means."""
    asked = [one for one in targets if any(expected.rule == loaded.rule.id for expected in one.case.expect)]
    for mutant in tried:
        if not is_noticed(loaded, mutant, asked):
            found = _apart(loaded, mutant, policy)
            if found is not None:
                yield found


class _Both(NamedTuple):
    """A rule and a mutant of it, on one platform."""

    rule: Rule
    other: Rule
    declared: Declared
    platform: str

    def say(self, space: Space) -> Iterator[tuple[Result, Result]]:
        """What the two say under each combination."""
        yield from zip(self._says(self.rule, space), self._says(self.other, space), strict=True)

    def _says(self, rule: Rule, space: Space) -> Iterator[Result]:
        if self.platform in rule.platforms:
            yield from results_over(space, rule.when, rule.check, self.declared)
        else:
            yield from repeat("not_applicable", space.size)


def _apart(loaded: LoadedRule, mutant: Mutant, policy: LoadedPolicy) -> Survivor | None:
    """A mutant with facts under which it says something else than its rule; None where there are none."""
    rule, other = loaded.rule, mutant.rule
    if rule.needs != other.needs:
        return Survivor(loaded, mutant, "of the root of an image")
    if is_of_no_image(rule, policy):
        return None
    known = _with_declared(Declared(policy.parameters, policy.values), mutant.moved)
    checks = [one for one in (rule.when, rule.check, other.when, other.check) if one is not None]
    if open_bounds(checks, known):
        return Survivor(loaded, mutant)
    for platform in (one for one in PLATFORMS if one in rule.platforms or one in other.platforms):
        space, both = Space(checks, known, platform), _Both(rule, other, known, platform)
        if space.size > MOST:
            return Survivor(loaded, mutant)
        for supposed, (was, would) in zip(space, both.say(space), strict=True):
            if was != would:
                return Survivor(loaded, mutant, _told(_decisive(space, both, supposed), platform), was, would)
    return None


def _decisive(space: Space, both: _Both, supposed: Supposition) -> Supposition:
    """Of what is supposed that without which the two would not say this."""
    free: list[str] = []
    (said,) = both.say(space.around(supposed, ()))
    for name in supposed:
        around = space.around(supposed, [*free, name])
        if around.size <= _MOST_AROUND and all(one == said for one in both.say(around)):
            free.append(name)
    return {name: value for name, value in supposed.items() if name not in free}


def _with_declared(declared: Declared, moved: str) -> Declared:
    if not moved:
        return declared
    parameters: dict[str, Parameter] = {**declared.parameters, moved: declared.parameters[moved.split(" ")[0]]}
    return Declared(parameters, _with_moved(declared.values, moved))


def _told(supposed: Supposition, platform: str) -> str:
    """Facts in words: `on aix, where rsct.level is 3.2.1.0 and fixes.rmc_core does not apply`."""
    told = {name: value for name, value in supposed.items() if name != "host.platform"}
    facts = [f"{_named(name)} {_value(value)}" for name, value in told.items()]
    where = f", where {' and '.join(facts)}" if facts else ""
    return f"on {platform}{where}"


def _named(name: str) -> str:
    return f"the parameter {name[1:]}" if name.startswith("$") else name


def _value(value: FactValue | Inapplicable | None) -> str:
    if value is ABSENT:
        return "does not apply"
    if value is None:
        return "is not set"
    if isinstance(value, tuple) and not all(isinstance(part, int) for part in value):
        return "has an entry"
    return (
        "is empty"
        if value == ()
        else f"is {value_text(value)}"
        if isinstance(value, str | int | float)
        else _level(value)
    )


def _level(value: object) -> str:
    return f"is {'.'.join(map(str, value))}" if isinstance(value, tuple) else f"is {value}"
