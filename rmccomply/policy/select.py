"""What a run judges: the rules of all its policies, narrowed and tuned by the command line, each rule once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rmccomply.checks.operands import nearest, value_text
from rmccomply.errors import Fault, PolicyError, UsageError
from rmccomply.policy.families import among, families_and, patterns_of
from rmccomply.policy.load import LoadedPolicy, LoadedRule, is_looser, lineage
from rmccomply.policy.model import parameter_value
from rmccomply.tuples import NamedTuple


class Choice(NamedTuple):
    """What the command line asks for."""

    profile: str | None = None
    parameters: Mapping[str, str] | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()


class ChosenRule(NamedTuple):
    """A rule that is judged in this run, under the parameters of its policy. `others` are policies with the same."""

    loaded: LoadedRule
    policy: LoadedPolicy
    others: tuple[LoadedPolicy, ...] = ()


def policies_of(chosen: Sequence[ChosenRule]) -> Iterator[LoadedPolicy]:
    """The policies that have any of these rules, each once."""
    yield from {policy.id: policy for one in chosen for policy in (one.policy, *one.others)}.values()


class Changed(NamedTuple):
    """A parameter that the run gives another value than its policy, as reports write it."""

    name: str
    value: str
    of_policy: str
    looser: bool
    policy: str


def choose(policies: Sequence[LoadedPolicy], choice: Choice) -> tuple[tuple[LoadedPolicy, ...], tuple[ChosenRule, ...]]:
    """The tuned policies, and their rules in order, each once.

    Raises UsageError for a profile, parameter or rule that no policy has, PolicyError where two policies have one id or
    judge one rule differently.
    """
    choice = choice._replace(select=_ids(choice.select), ignore=_ids(choice.ignore))
    _refuse_namesakes(policies)
    _refuse_unknown(policies, choice)
    tuned = tuple(_tuned(policy, choice) for policy in policies)
    chosen: dict[str, ChosenRule] = {}
    faults: list[Fault] = []
    for policy in tuned:
        wanted = _wanted(policy, choice)
        for loaded in policy.rules:
            if not wanted(loaded.rule.id):
                continue
            one = ChosenRule(loaded, policy)
            before = chosen.setdefault(loaded.rule.id, one)
            if before is one:
                continue
            if _alike(before, one):
                chosen[loaded.rule.id] = before._replace(others=(*before.others, policy))
            else:
                both = f"{before.policy.id} and {policy.id}"
                says = f"is judged differently by the policies {both}: check them one by one"
                faults.append(Fault(policy.uri, loaded.line, loaded.rule.id, "", says))
    if faults:
        raise PolicyError(tuple(faults))
    return tuned, tuple(chosen.values())


def _ids(words: Sequence[str]) -> tuple[str, ...]:
    """Ids of rules as policies write them, which is in capitals."""
    return tuple(word.upper() for word in words)


def _alike(one: ChosenRule, other: ChosenRule) -> bool:
    return (
        one.loaded.rule == other.loaded.rule
        and one.loaded.severity == other.loaded.severity
        and one.policy.values == other.policy.values
        and one.policy.max_age == other.policy.max_age
        and one.policy.images == other.policy.images
    )


def _refuse_namesakes(policies: Sequence[LoadedPolicy]) -> None:
    """Reports name policies by their ids, so that in a run each id, of those that are extended too, means one file."""
    known: dict[str, LoadedPolicy] = {}
    for policy in (one for named in policies for one in lineage(named)):
        before = known.setdefault(policy.id, policy)
        if before.sha256 != policy.sha256:
            says = f"{before.path.as_posix()} is another policy of this id: give one of them an id of its own"
            raise PolicyError((Fault(policy.path.as_posix(), None, "", "id", says),))


def _refuse_unknown(policies: Sequence[LoadedPolicy], choice: Choice) -> None:
    ids = sorted({loaded.rule.id for policy in policies for loaded in policy.rules})
    known = {pattern for rule in ids for pattern in patterns_of(rule)}
    for pattern in (*choice.select, *choice.ignore):
        if pattern not in known:
            raise UsageError(f"no rule is '{pattern}' or begins with '{pattern}-'{nearest(pattern, families_and(ids))}")
    profiles = sorted({name for policy in policies for name in policy.profiles})
    if choice.profile is not None and choice.profile not in profiles:
        listed = ", ".join(profiles) or "none"
        raise UsageError(
            f"no policy has a profile '{choice.profile}'{nearest(choice.profile, profiles) or '.'} There are: {listed}"
        )
    parameters = sorted({name for policy in policies for name in policy.parameters})
    for name in choice.parameters or {}:
        if name not in parameters:
            near = nearest(name, parameters) or "."
            raise UsageError(f"no policy has a parameter '{name}'{near} There are: {', '.join(parameters)}")


def _tuned(policy: LoadedPolicy, choice: Choice) -> LoadedPolicy:
    given: dict[str, Any] = {}
    profile = policy.profiles.get(choice.profile or "")
    if profile is not None:
        given.update(profile.set)
    given.update({name: value for name, value in (choice.parameters or {}).items() if name in policy.parameters})
    if not given:
        return policy
    values = dict(policy.values)
    for name, value in given.items():
        parameter = policy.parameters[name]
        try:
            values[name] = parameter_value(parameter.type, parameter.values, value)
        except ValueError as error:
            raise UsageError(f"parameter {name}: {error}") from None
    return policy._replace(values=values)


def changed(before: Sequence[LoadedPolicy], tuned: Sequence[LoadedPolicy]) -> tuple[Changed, ...]:
    """The parameters that are not as their policies have them, each once."""
    found: dict[Changed, None] = {}
    for old, new in zip(before, tuned, strict=True):
        for name, parameter in new.parameters.items():
            was, value = old.values[name], new.values[name]
            if value != was:
                looser = is_looser(parameter, was, value)
                found[Changed(name, value_text(value), value_text(was), looser, new.id)] = None
    return tuple(found)


def _wanted(policy: LoadedPolicy, choice: Choice) -> Callable[[str], bool]:
    """Whether a rule of this policy is wanted. What the command line selects replaces what the profile does."""
    profile = policy.profiles.get(choice.profile or "")
    of_profile = profile.select if profile is not None else None
    only = frozenset(choice.select or of_profile or ())
    never = frozenset((*choice.ignore, *(profile.ignore if profile is not None and not choice.select else ())))
    return lambda rule: not among(never, rule) and (not only or among(only, rule))
