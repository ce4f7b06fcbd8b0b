"""Load a policy: report all its faults at once, and resolve it against the policy that it extends."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeGuard, TypeVar

from pydantic import BaseModel, ValidationError

from rmccomply import data
from rmccomply.checks.kind import Parameters
from rmccomply.checks.operands import nearest
from rmccomply.errors import Fault, PolicyError, UsageError
from rmccomply.guarded import LARGEST_TOML, Unfit, bounded, toml_of
from rmccomply.policy.cause_faults import KnownRules, cause_faults
from rmccomply.policy.families import patterns_of
from rmccomply.policy.faults import Places, of_validation, rule_lines
from rmccomply.policy.find import find
from rmccomply.policy.model import (
    AGE,
    NO_WAIVER_TERMS,
    TYPES,
    Cause,
    Change,
    Parameter,
    Policy,
    Profile,
    Rule,
    Setting,
    Value,
    WaiverTerms,
    parameter_value,
)
from rmccomply.policy.waiver_terms import inherited_terms, terms_faults
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity

_LONGEST_CHAIN: Final = 16
"""Policies that extend one another."""


class LoadedRule(NamedTuple):
    """A rule with the severity that holds, and where it is written."""

    rule: Rule
    severity: Severity
    uri: str
    line: int


class LoadedPolicy(NamedTuple):
    """A policy with everything that it inherits. `values` are the parameters' values, None where unset.

    `parent` is the policy that it extends, `path` its file; reports name it by its `uri`. `waivers` are its own and
    those of its parent: of both the stricter.
    """

    id: str
    title: str
    version: str
    sha256: str
    uri: str
    rules: tuple[LoadedRule, ...]
    parameters: Mapping[str, Parameter]
    values: Parameters
    profiles: Mapping[str, Profile]
    max_age: int | None
    parent: "LoadedPolicy | None" = None
    path: Path = Path()
    causes: tuple[Cause, ...] = ()
    images: bool = False
    waivers: WaiverTerms = NO_WAIVER_TERMS


def lineage(policy: LoadedPolicy) -> Iterator[LoadedPolicy]:
    """A policy, the one that it extends, and so on."""
    found: LoadedPolicy | None = policy
    while found is not None:
        yield found
        found = found.parent


def load(name: str) -> LoadedPolicy:
    """A policy by the id of a shipped one or the path of a file.

    Raises UsageError where there is no such policy, PolicyError with every fault of its file.
    """
    path, uri = find(name)
    return _load(path, uri, ())


def _load(path: Path, uri: str, above: tuple[Path, ...]) -> LoadedPolicy:
    shown = uri if uri.startswith("policies/") and path.parent == data.folder("policies") else str(path)
    try:
        raw = bounded(path, LARGEST_TOML)
        content, text = toml_of(raw), raw.decode("utf-8")
    except Unfit as error:
        raise PolicyError((Fault(shown, error.line, "", "", error.says),)) from None
    except OSError as error:
        raise PolicyError((Fault(shown, None, "", "", f"cannot be read: {error.strerror or error}"),)) from None
    places = Places(shown, text, content)
    parent, faults = _parent(content, path, places, (*above, path.resolve()))
    policy, wrong = _validated(content, places, parent, known=not faults)
    faults += wrong + _repeated(content, places, parent) + _against_parent(content, places, parent)
    if parent is not None or "extends" not in content:
        parts = _parts(policy) if policy else _salvaged(content)
        faults += _faults(parts, places, parent) + _cause_faults(content, parts, policy, parent, places)
        known = (*(one.rule.id for one in parent.rules), *parts.rules) if parent else parts.rules
        faults += terms_faults(content, known, parent and parent.waivers, places)
    if policy is None or faults:
        raise PolicyError(tuple(_in_order(faults)))
    return _resolved(policy, parent, raw, text, uri)._replace(path=path)


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(set(faults), key=lambda fault: (fault.line or 0, fault.rule, fault.key, fault.says))


def _parent(
    content: dict[str, Any], path: Path, places: Places, above: tuple[Path, ...]
) -> tuple[LoadedPolicy | None, list[Fault]]:
    """The policy that is extended, or what is wrong with naming it. Its own faults are raised as they are."""
    name = content.get("extends")
    if not isinstance(name, str) or not name:
        return None, []
    try:
        found, uri = find(name, path)
    except UsageError as error:
        return None, [places.fault(["extends"], str(error))]
    if found.resolve() in above:
        return None, [places.fault(["extends"], "the policies extend each other in a circle")]
    if len(above) >= _LONGEST_CHAIN:
        says = f"more than {_LONGEST_CHAIN} policies extend one another, and no more are read"
        return None, [places.fault(["extends"], says)]
    return _load(found, uri, above), []


def _validated(
    content: dict[str, Any], places: Places, parent: LoadedPolicy | None, known: bool
) -> tuple[Policy | None, list[Fault]]:
    """The policy, or what its models refuse. `known`: the parameters of the policy that it extends are known."""
    declared = dict(parent.parameters) if parent else {}
    own = content.get("parameters")
    raw: dict[str, Any] = own if isinstance(own, dict) else {}
    types: dict[str, Any] = {name: parameter.type for name, parameter in declared.items()}
    words: dict[str, Any] = {name: parameter.values for name, parameter in declared.items()}
    for name, parameter in raw.items():
        if isinstance(parameter, dict):
            kind, allowed = parameter.get("type"), parameter.get("values")
            types[name] = kind if kind in TYPES else None
            words[name] = [word for word in allowed if isinstance(word, str)] if isinstance(allowed, list) else None
    known_words = {"parameters": types, "words": words} if known else {}
    try:
        return Policy.model_validate(content, context=known_words), []
    except ValidationError as error:
        return None, of_validation(error, places)


class Parts(NamedTuple):
    """The parts of a policy that are held against each other and against the policy that it extends.

    `rules` and `named` are the ids of its rules and the names of its parameters, well-formed or not.
    """

    set: Mapping[str, Setting]
    change: Sequence[Change | None]
    parameters: Mapping[str, Parameter]
    profiles: Mapping[str, Profile]
    rules: Sequence[str]
    named: Collection[str]


def _parts(policy: Policy) -> Parts:
    rules = [rule.id for rule in policy.rules]
    return Parts(policy.set, policy.change, policy.parameters, policy.profiles, rules, policy.parameters)


def _salvaged(content: dict[str, Any]) -> Parts:
    """The well-formed parts of a policy that as a whole is not, so that all its faults are found at once."""
    rules, parameters = content.get("rules"), content.get("parameters")
    return Parts(
        _named(Setting, content.get("set")),
        _listed(Change, content.get("change")),
        _named(Parameter, parameters),
        _named(Profile, content.get("profiles")),
        [str(rule.get("id")) for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else [],
        parameters if isinstance(parameters, dict) else (),
    )


M = TypeVar("M", bound=BaseModel)


def _named(model: type[M], raw: Any) -> dict[str, M]:
    found = {name: _valid(model, one) for name, one in raw.items()} if isinstance(raw, dict) else {}
    return {name: one for name, one in found.items() if one is not None}


def _listed(model: type[M], raw: Any) -> list[M | None]:
    return [_valid(model, one) for one in raw] if isinstance(raw, list) else []


def _valid(model: type[M], raw: Any) -> M | None:
    try:
        return model.model_validate(raw)
    except ValidationError:
        return None


def _repeated(content: dict[str, Any], places: Places, parent: LoadedPolicy | None) -> list[Fault]:
    """Rule ids that are given twice, here or in the policy that is extended."""
    seen = {loaded.rule.id: "the policy that this one extends" for loaded in parent.rules} if parent else {}
    faults = []
    rules = content.get("rules")
    for number, rule in enumerate(rules if isinstance(rules, list) else []):
        name = rule.get("id") if isinstance(rule, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            faults.append(places.fault(["rules", number, "id"], f"is already defined in {seen[name]}"))
        seen.setdefault(name, "this file")
    return faults


def _against_parent(content: dict[str, Any], places: Places, parent: LoadedPolicy | None) -> list[Fault]:
    """An id that is taken, and an age that lets pass what is stale for the policy that is extended."""
    if parent is None:
        return []
    faults = []
    if any(one.id == content.get("id") for one in lineage(parent)):
        faults.append(places.fault(["id"], "is the id of a policy that this one extends; give it one of its own"))
    if parent.images and content.get("images") is False:
        faults.append(places.fault(["images"], "is true in the policy that this one extends; leave it out"))
    age = content.get("max_age")
    if parent.max_age is not None and _is_age(age) and _seconds(age) > parent.max_age:
        says = f"is longer than the {parent.max_age} s of the policy that this one extends; it may only be shorter"
        faults.append(places.fault(["max_age"], says))
    return faults


def _faults(policy: Parts, places: Places, parent: LoadedPolicy | None) -> list[Fault]:
    """What is wrong between parts that are each well-formed."""
    faults: list[Fault] = []
    for name, setting in policy.set.items():
        faults += _set_faults(name, setting, places, parent, policy.named)
    faults += _change_faults(policy, places, parent)
    for name in policy.parameters:
        if parent and name in parent.parameters:
            says = "is a parameter of the policy that this one extends; give it a value in [set]"
            faults.append(places.fault(["parameters", name], says))
    return faults + _profile_faults(policy, places, parent)


def _set_faults(
    name: str, setting: Setting, places: Places, parent: LoadedPolicy | None, own: Collection[str]
) -> list[Fault]:
    if parent is None:
        return []
    known = parent.parameters
    if name in own:
        return [places.fault(["set", name], "is a parameter of this policy itself: change its default")]
    if name not in known:
        return [places.fault(["set", name], f"unknown parameter '{name}'{nearest(name, known)}")]
    parameter = known[name]
    try:
        value = parameter_value(parameter.type, parameter.values, setting.value)
    except ValueError as error:
        return [places.fault(["set", name, "value"], str(error))]
    before = parent.values[name]
    if setting.reason is None and is_looser(parameter, before, value):
        return [places.fault(["set", name], "is looser than in the policy that this one extends, so it needs a reason")]
    return []


def is_looser(parameter: Parameter, before: Any, value: Any) -> bool:
    """Whether a value asks for less than the one before. A parameter that does not tell is never looser."""
    if parameter.stricter is None or before is None:
        return False
    return bool(value < before if parameter.stricter == "higher" else value > before)


def _change_faults(policy: Parts, places: Places, parent: LoadedPolicy | None) -> list[Fault]:
    if parent is None:
        return []
    rules = {loaded.rule.id: loaded for loaded in parent.rules}
    faults = []
    for number, change in enumerate(policy.change):
        if change is None:
            continue
        loc: list[str | int] = ["change", number]
        if change.rule not in rules:
            says = f"unknown rule '{change.rule}' to change{nearest(change.rule, rules)}"
            faults.append(places.fault([*loc, "rule"], says))
            continue
        lower = change.severity is not None and RANK[change.severity] > RANK[rules[change.rule].severity]
        if change.reason is None and (change.disabled or lower):
            how = "disabled" if change.disabled else "lower severity"
            faults.append(places.fault(loc, f"weakens {change.rule} ({how}), so it needs a reason"))
    return faults


def _cause_faults(
    content: dict[str, Any], parts: Parts, policy: Policy | None, parent: LoadedPolicy | None, places: Places
) -> list[Fault]:
    raw = content.get("causes")
    rules = {loaded.rule.id: loaded.rule for loaded in parent.rules} if parent else {}
    left_out = {change.rule for change in parts.change if change is not None and change.disabled}
    ids = [rule for rule in (*rules, *parts.rules) if rule not in left_out]
    judged = KnownRules(ids, left_out, rules | {rule.id: rule for rule in (policy.rules if policy else ())})
    causes = policy.causes if policy else _listed(Cause, raw)
    return cause_faults(raw if isinstance(raw, list) else [], causes, parent.causes if parent else (), judged, places)


def _profile_faults(policy: Parts, places: Places, parent: LoadedPolicy | None) -> list[Fault]:
    parameters = {**(parent.parameters if parent else {}), **policy.parameters}
    ids = [loaded.rule.id for loaded in parent.rules] if parent else []
    ids += policy.rules
    known = {pattern for rule in ids for pattern in patterns_of(rule)}
    faults = []
    for name, profile in policy.profiles.items():
        for key, patterns in (("select", profile.select or []), ("ignore", profile.ignore)):
            for pattern in patterns:
                if pattern not in known:
                    says = f"'{pattern}' is neither a rule nor a prefix of one{nearest(pattern, ids)}"
                    faults.append(places.fault(["profiles", name, key], says))
        for parameter, value in profile.set.items():
            if parameter in policy.named and parameter not in parameters:
                continue
            faults += _profile_set_faults(name, parameter, value, parameters, places)
    return faults


def _profile_set_faults(
    profile: str, name: str, value: Value, parameters: Mapping[str, Parameter], places: Places
) -> list[Fault]:
    loc = ["profiles", profile, "set", name]
    if name not in parameters:
        return [places.fault(loc, f"unknown parameter '{name}'{nearest(name, parameters)}")]
    try:
        parameter_value(parameters[name].type, parameters[name].values, value)
    except ValueError as error:
        return [places.fault(loc, str(error))]
    return []


def _resolved(policy: Policy, parent: LoadedPolicy | None, raw: bytes, text: str, uri: str) -> LoadedPolicy:
    parameters = {**(parent.parameters if parent else {}), **policy.parameters}
    values = dict(parent.values) if parent else {}
    for name, parameter in policy.parameters.items():
        default = parameter.default
        values[name] = None if default is None else parameter_value(parameter.type, parameter.values, default)
    for name, setting in policy.set.items():
        values[name] = parameter_value(parameters[name].type, parameters[name].values, setting.value)
    changes = {change.rule: change for change in policy.change}
    left_out = {change.rule for change in policy.change if change.disabled}
    rules = [_changed(loaded, changes.get(loaded.rule.id)) for loaded in (parent.rules if parent else ())]
    lines = rule_lines(text)
    own = [LoadedRule(rule, rule.severity, uri, lines.get(rule.id, 1)) for rule in policy.rules]
    return LoadedPolicy(
        policy.id,
        policy.title,
        policy.version,
        hashlib.sha256(raw).hexdigest(),
        uri,
        tuple(rule for rule in (*rules, *own) if rule is not None),
        parameters,
        values,
        {**(parent.profiles if parent else {}), **policy.profiles},
        _seconds(policy.max_age) if policy.max_age else (parent.max_age if parent else None),
        parent,
        causes=(*_causes(parent.causes if parent else (), left_out), *policy.causes),
        images=policy.images or (parent is not None and parent.images),
        waivers=inherited_terms(policy.waivers, parent.waivers if parent else NO_WAIVER_TERMS),
    )


def _causes(inherited: Sequence[Cause], left_out: Collection[str]) -> Iterator[Cause]:
    """What is inherited, as far as its rules are still judged."""
    for cause in inherited:
        of = [rule for rule in cause.of if rule not in left_out]
        if cause.rule not in left_out and (of or cause.blocks):
            yield cause if len(of) == len(cause.of) else cause.model_copy(update={"of": of})


def _changed(loaded: LoadedRule, change: Change | None) -> LoadedRule | None:
    if change is None:
        return loaded
    if change.disabled:
        return None
    return LoadedRule(loaded.rule, change.severity or loaded.severity, loaded.uri, loaded.line)


def _is_age(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(AGE, value) is not None


def _seconds(age: str) -> int:
    return int(age[:-1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[age[-1]]
