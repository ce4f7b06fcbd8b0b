"""A policy with everything that it inherits, and where each part of it was written: for people, and as one TOML file.

The TOML extends nothing, so that it can be read, compared and kept by itself: it loads to the same rules under the same
values.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import tomli_w
from pydantic import BaseModel

from rmccomply.checks.kind import ParameterValue
from rmccomply.checks.operands import value_text
from rmccomply.guarded import toml_of
from rmccomply.policy.faults import Loc, Places
from rmccomply.policy.load import LoadedPolicy, LoadedRule
from rmccomply.policy.model import Cause, Parameter
from rmccomply.policy.waiver_terms import terms_lines
from rmccomply.policy.wording import needs_words, plain_lines
from rmccomply.tuples import NamedTuple
from rmccomply.words import blanked, counted

_UNITS: Final = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))

Table = dict[str, Any]
"""A table of TOML."""


class PolicyText(NamedTuple):
    """One file of a policy: its content and the lines of it."""

    uri: str
    content: Mapping[str, Any]
    places: Places

    def at(self, *loc: str | int) -> str:
        """`policies/rmc-core.toml:12`."""
        return _place(self, loc)


def _place(source: PolicyText, loc: Loc) -> str:
    line = source.places.line(loc)
    return source.uri if line is None else f"{source.uri}:{line}"


class ShownPolicy(NamedTuple):
    """A policy and its files, the file itself first, then what it extends."""

    policy: LoadedPolicy
    sources: tuple[PolicyText, ...]

    def set_by(self, name: str) -> tuple[str, str]:
        """Where a parameter got its value, and the reason that is given there."""
        for source in self.sources:
            for table in ("set", "parameters"):
                found = source.content.get(table, {}).get(name)
                if found is not None:
                    return source.at(table, name), str(found.get("reason", ""))
        return "", ""

    def changes(self, rule: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every change of a rule with its place, the last first."""
        for source in self.sources:
            for number, change in enumerate(source.content.get("change", [])):
                if change.get("rule") == rule:
                    yield source.at("change", number), change

    def written(self, cause: Cause) -> str:
        """Where a cause stands; one that is inherited may explain less here, where rules of it are left out."""
        said = _dump(cause)
        for source in self.sources[::-1]:
            for number, one in enumerate(source.content.get("causes", [])):
                whole = {**one, "of": [name for name in one.get("of", ()) if name in cause.of]}
                if all(whole.get(key) == value for key, value in said.items()):
                    return source.at("causes", number)
        return ""

    def disabled(self) -> Iterator[tuple[str, str, str]]:
        """The rules that are left out: each with the place and the reason."""
        for source in reversed(self.sources):
            for number, change in enumerate(source.content.get("change", [])):
                if change.get("disabled"):
                    yield str(change["rule"]), source.at("change", number), str(change.get("reason", ""))


def shown(policy: LoadedPolicy) -> ShownPolicy:
    """A loaded policy with its files, read again for their lines."""
    sources = []
    one: LoadedPolicy | None = policy
    while one is not None:
        text = one.path.read_text("utf-8")
        content = toml_of(text.encode("utf-8"))
        sources.append(PolicyText(one.uri, content, Places(one.uri, text, content)))
        one = one.parent
    return ShownPolicy(policy, tuple(sources))


def rows(policy: LoadedPolicy) -> list[str]:
    """For people, in rows."""
    found = shown(policy)
    lines = [f"{policy.id} {policy.version}  {policy.title}", f"  {policy.uri}  sha256 {policy.sha256}"]
    parent = policy.parent
    while parent is not None:
        lines.append(f"  extends {parent.id} {parent.version}  {parent.uri}")
        parent = parent.parent
    if policy.max_age is not None:
        lines.append(f"  evidence older than {_span(policy.max_age)} is stale")
    if policy.images:
        lines.append("  for images: rules that need a running system or a first boot do not apply where there is none")
    lines += [f"  {line}" for line in terms_lines(policy.waivers)]
    lines += ["", "Parameters", *_parameters(found), "", "Rules"]
    for loaded in policy.rules:
        lines += _rule(found, loaded)
    left_out = [f"  {rule}  {place}  {reason}".rstrip() for rule, place, reason in found.disabled()]
    lines += ["", "Left out", *left_out] if left_out else []
    lines += ["", "Causes", *_causes(found)] if policy.causes else []
    lines += ["", "Profiles", *_profiles(policy)] if policy.profiles else []
    return lines


def _span(seconds: int) -> str:
    """A time in the largest unit of which it is a whole number."""
    unit, name = next((size, name) for size, name in _UNITS if seconds % size == 0)
    return counted(seconds // unit, name)


def _parameters(found: ShownPolicy) -> Iterator[str]:
    for name in found.policy.parameters:
        place, reason = found.set_by(name)
        because = f"  ({reason})" if reason else ""
        yield f"  {name:<20} {value_text(found.policy.values[name]):<12} {place}{because}".rstrip()


def _rule(found: ShownPolicy, loaded: LoadedRule) -> Iterator[str]:
    rule = loaded.rule
    yield f"  {rule.id}  {rule.title}"
    yield f"    {loaded.severity}, {rule.confidence}, for {', '.join(rule.platforms)}  {loaded.uri}:{loaded.line}"
    for place, change in found.changes(rule.id):
        because = f"  ({change['reason']})" if "reason" in change else ""
        yield f"    severity {change.get('severity', loaded.severity)} by {place}{because}"
    if rule.effective is not None:
        yield f"    in effect from {rule.effective.isoformat()} (UTC); before that day a fail is info"
    yield from plain_lines(rule.check, 2)
    if rule.when is not None:
        yield "    only where this holds:"
        yield from plain_lines(rule.when, 2)
    if rule.needs is not None:
        yield f"    needs {needs_words(rule)}"
    if rule.informs is not None:
        yield "    of severity info where this holds:"
        yield from plain_lines(rule.informs, 2)


def _causes(found: ShownPolicy) -> Iterator[str]:
    for cause in found.policy.causes:
        names = ", ".join((*cause.of, *map(_quoted, cause.blocks)))
        how = "is the same fault as" if cause.certain else "can be the reason of" if cause.of else "blocks"
        yield f"  {cause.rule} {how} {names}  {found.written(cause)}".rstrip()
        yield f"    {cause.says}"
        if cause.same_line:
            yield "    only between fails that cite a line in common"
        for words, subjects in (("by a fail about", cause.subjects), ("of a fail about", cause.of_subjects)):
            if subjects:
                yield f"    only {words} {' or '.join(subjects)}"
        if cause.reasons:
            yield f"    only where the answer is: {', '.join(cause.reasons)}"
        if cause.when is not None:
            yield "    only where this holds:"
            yield from plain_lines(cause.when, 2)


def _quoted(request: str) -> str:
    return f"'{request}'"


def _profiles(policy: LoadedPolicy) -> Iterator[str]:
    for name, profile in policy.profiles.items():
        chosen = f"  {', '.join(profile.select)}" if profile.select else ""
        without = f"  without {', '.join(profile.ignore)}" if profile.ignore else ""
        values = "".join(f"  {key} = {value}" for key, value in profile.set.items())
        yield f"  {name:<20} {profile.title}{chosen}{without}{values}"


def toml(policy: LoadedPolicy) -> str:
    """As one file that extends nothing."""
    found = shown(policy)
    head: Table = {"schema": 1, "id": policy.id, "title": policy.title, "version": policy.version}
    if policy.max_age is not None:
        head["max_age"] = f"{policy.max_age}s"
    if policy.images:
        head["images"] = True
    pieces = [tomli_w.dumps(head)]
    if terms := _dump(policy.waivers):
        pieces.append(tomli_w.dumps({"waivers": terms}))
    for name, parameter in policy.parameters.items():
        place, reason = found.set_by(name)
        table = {"parameters": {name: _parameter(parameter, policy.values[name])}}
        pieces.append(_commented(f"{place}: {reason}" if reason else place, table))
    for loaded in policy.rules:
        places = [f"{loaded.uri}:{loaded.line}", *(place for place, _ in found.changes(loaded.rule.id))]
        rule = {**_dump(loaded.rule), "severity": loaded.severity}
        pieces.append(_commented(", ".join(places), {"rules": [rule]}))
    pieces += [_commented(found.written(cause), {"causes": [_dump(cause)]}) for cause in policy.causes]
    pieces += [tomli_w.dumps({"profiles": {name: _dump(profile)}}) for name, profile in policy.profiles.items()]
    return "\n".join(pieces)


def _commented(comment: str, table: Table) -> str:
    return f"# {blanked(comment)}\n{tomli_w.dumps(table)}"


def _parameter(parameter: Parameter, value: ParameterValue) -> Table:
    table = _dump(parameter)
    if value is not None:
        table["default"] = value_text(value) if parameter.type == "version" else value
    return table


def _dump(model: BaseModel) -> Table:
    return model.model_dump(by_alias=True, exclude_defaults=True)
