"""What is doubtful about a policy that loads: rules that cannot fail, conditions that always hold, settings unused.

Each remark has a short code that stays the same from release to release, and says what to do. A rule is called one that
cannot fail, or cannot pass, only where that was tried for every combination of values that its facts can take (see
`rmccomply.reasoning.possible`); numbers and versions that parameters stand for are taken as the policy has them, their
words as any that the policy allows.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from rmccomply.checks.combine import NotCheck
from rmccomply.checks.kind import CheckModel
from rmccomply.errors import Fault
from rmccomply.guarded import toml_of
from rmccomply.policy.families import patterns_of
from rmccomply.policy.faults import Loc, Places
from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.policy.model import Cause, Profile, Rule
from rmccomply.reasoning.circles import circles
from rmccomply.reasoning.possible import Declared, open_bounds, parameters_of, results, rule_results
from rmccomply.sources.requests import DUE, source_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import Platform, Result

_ON_DEMAND: Final = (
    "ctcas",
    "IBM.ERRM",
    "IBM.AuditRM",
    "IBM.LPRM",
    "IBM.SensorRM",
    "IBM.FSRM",
    "IBM.MicroSensorRM",
    "IBM.WLMRM",
)
_DEMANDS: Final = re.compile(r"\b(active|runs?|running|start(s|ed)?|restart(s|ed)?|up)\b", re.IGNORECASE)
_DENIES: Final = re.compile(r"\b(not|never|demand|nor|neither)\b|n't", re.IGNORECASE)
_OWN_MEANING: Final = frozenset({"management"})
"""Parameters that facts depend on, whether or not a rule compares with them."""

CODES: Final[dict[str, str]] = {
    "cannot-fail": "check for something that a host may lack, or remove the rule",
    "cannot-pass": "check for something that a host may have, or remove the rule",
    "never-applies": "remove the platform",
    "when-never": "correct the condition, or remove the rule",
    "when-always": "remove the condition",
    "informs-never": "correct this condition, or remove it",
    "constant-part": "correct this part, or remove it",
    "duplicate-part": "remove one of the two",
    "duplicate-rule": "remove one of the two, or let them check different things",
    "unused-parameter": "compare with '${name}' in a rule, or remove it",
    "profile-all": "select fewer rules, or set a parameter; without a profile all rules are checked anyway",
    "profile-none": "select more, or ignore less",
    "bare-reference": "say where it can be read",
    "no-problem": 'write what heads a fail of it, such as problem = "The RMC daemon (ctrmc) is not running"',
    "cause-circle": "let the reason explain its effect, and not the other way round",
    "cause-never": "correct the condition, or remove the cause",
    "cause-nowhere": "remove the rule that is never judged with the other, or the cause",
    "cause-unread": "name the beginning of a request that is read, or remove it",
    "on-demand": "require nothing that a healthy host stops by itself",
    "not-proved": "split the rule into smaller ones",
}
"""Code to what to do."""


class Remark(NamedTuple):
    """One doubt about a policy: where, what, and what to do."""

    code: str
    path: str
    line: int | None
    rule: str
    key: str
    says: str

    def __str__(self) -> str:
        fault = Fault(self.path, self.line, self.rule, self.key, self.says)
        return f"{fault}: {CODES[self.code].replace('{name}', self.key)} [{self.code}]"


def _table(content: Mapping[str, object], key: str) -> Mapping[str, object]:
    """A table of a policy file; an empty one where it has none."""
    found = content.get(key)
    return found if isinstance(found, dict) else {}


def _ids(content: Mapping[str, object]) -> Iterator[str]:
    """The ids of the rules that stand in a policy file, in their order."""
    rules = content.get("rules")
    for rule in rules if isinstance(rules, list) else ():
        yield str(rule.get("id")) if isinstance(rule, dict) else ""


class Lint:
    """One policy in its file, and the remarks about it."""

    def __init__(self, policy: LoadedPolicy, places: Places, content: Mapping[str, object]) -> None:
        self.policy = policy
        self.declared = Declared(policy.parameters, policy.values)
        self._places = places
        self._at = {name: number for number, name in enumerate(_ids(content))}
        self.own = [loaded for loaded in policy.rules if loaded.rule.id in self._at]
        self.content = content

    def remark(self, code: str, loc: Loc, says: str) -> Remark:
        """A remark at a place of the document."""
        fault = self._places.fault(loc, says)
        key = str(loc[-1]) if code == "unused-parameter" else fault.key
        return Remark(code, fault.path, fault.line, fault.rule, key, says)

    def has(self, rule: Rule) -> bool:
        """Whether the file itself has this rule, and does not inherit it."""
        return rule.id in self._at

    def at(self, rule: Rule, *keys: str | int) -> list[str | int]:
        """The place of a rule's key."""
        return ["rules", self._at[rule.id], *keys]


def lint(name: str) -> tuple[LoadedPolicy, tuple[Remark, ...]]:
    """A policy and all remarks about it, in the order of its file.

    Raises UsageError where there is no such policy, PolicyError with every fault of its file.
    """
    policy = load(name)
    text = policy.path.read_text("utf-8")
    content = toml_of(text.encode("utf-8"))
    one = Lint(policy, Places(policy.uri if name in shipped() else name, text, content), content)
    found = [*_rules(one), *_duplicates(one), *_inherited(one), *_parameters(one), *_profiles(one), *_causes(one)]
    return policy, tuple(sorted(found, key=lambda remark: (remark.line or 0, remark.rule, remark.key, remark.code)))


def _rules(one: Lint) -> Iterator[Remark]:
    for loaded in one.own:
        rule = loaded.rule
        yield from _judged(one, rule)
        yield from _informing(one, rule)
        yield from _references(one, rule)
        yield from _on_demand(one, rule)
        if rule.problem is None:
            yield one.remark(
                "no-problem", one.at(rule, "title"), "has no problem, so that what it demands heads its fails"
            )


def _judged(one: Lint, rule: Rule) -> Iterator[Remark]:
    """Remarks on what a rule can say: the outermost that holds, else those on its parts."""
    checks = [check for check in (rule.when, rule.check) if check is not None]
    if open_bounds(checks, one.declared):
        return
    says = {name: rule_results(rule.when, rule.check, one.declared, name) for name in rule.platforms}
    if any(found is None for found in says.values()):
        yield one.remark("not-proved", one.at(rule, "check"), "has too many combinations to be tried")
        return
    condition = list(_condition(one, rule))
    yield from condition
    if any(remark.code == "when-never" for remark in condition):
        return
    never = list(_nowhere(one, rule, says))
    yield from never
    if len(never) < len(says):
        yield from _verdicts(one, rule, frozenset().union(*(found or () for found in says.values())))


def _checks(rule: Rule) -> tuple[CheckModel | None, ...]:
    return rule.when, rule.check, rule.informs


def _condition(one: Lint, rule: Rule) -> Iterator[Remark]:
    """A condition that never holds, or always."""
    if rule.when is None:
        return
    can = _anywhere(one, rule, rule.when)
    if "pass" not in can:
        yield one.remark("when-never", one.at(rule, "when"), "never holds, so that the rule never applies")
    elif "fail" not in can:
        yield one.remark("when-always", one.at(rule, "when"), "holds wherever it applies")


def _informing(one: Lint, rule: Rule) -> Iterator[Remark]:
    """A condition of only informing that never holds."""
    if rule.informs is None or open_bounds([rule.informs], one.declared):
        return
    if "pass" not in _anywhere(one, rule, rule.informs):
        yield one.remark("informs-never", one.at(rule, "informs"), "never holds, so that it changes no severity")


def _nowhere(one: Lint, rule: Rule, says: Mapping[Platform, frozenset[Result] | None]) -> Iterator[Remark]:
    """Platforms on which nothing can decide the rule."""
    for platform, found in says.items():
        if found is not None and found <= {"not_applicable"}:
            text = f"never applies on {platform}: none of its facts has a value there that could decide it"
            yield one.remark("never-applies", one.at(rule, "platforms"), text)


def _verdicts(one: Lint, rule: Rule, can: frozenset[Result]) -> Iterator[Remark]:
    if "fail" not in can:
        yield one.remark("cannot-fail", one.at(rule, "check"), "cannot fail, whatever a host answers")
    elif "pass" not in can:
        yield one.remark("cannot-pass", one.at(rule, "check"), "cannot pass, whatever a host answers")
    else:
        yield from _parts(one, rule, rule.check, one.at(rule, "check"))
        if rule.when is not None:
            yield from _parts(one, rule, rule.when, one.at(rule, "when"))


def _anywhere(one: Lint, rule: Rule, check: CheckModel) -> frozenset[Result]:
    """What a check can say on any platform of its rule; everything, where that is not proved."""
    found = [results(check, one.declared, platform) for platform in rule.platforms]
    everything: frozenset[Result] = frozenset({"pass", "fail", "not_applicable"})
    return frozenset().union(*(everything if says is None else says for says in found))


_ALWAYS: Final[dict[frozenset[Result], str]] = {
    frozenset({"pass"}): "passes for every value that its fact can take",
    frozenset({"fail"}): "fails for every value that its facts can take",
    frozenset(): "never applies on the platforms of this rule",
}


def _parts(one: Lint, rule: Rule, check: CheckModel, loc: list[str | int]) -> Iterator[Remark]:
    """Parts of a combined check that are the same whatever a host answers, or are there twice."""
    inner = check.parts()
    first: dict[object, int] = {}
    for number, part in enumerate(inner):
        before = first.setdefault(_hashed(part), number)
        place = [*loc, "of"] if isinstance(check, NotCheck) else [*loc, "of", number]
        always = _ALWAYS.get(_anywhere(one, rule, part) - {"not_applicable"})
        if before < number:
            yield one.remark("duplicate-part", place, f"is the same as part {before}")
        elif always is not None:
            yield one.remark("constant-part", place, always)
        else:
            yield from _parts(one, rule, part, place)


def _references(one: Lint, rule: Rule) -> Iterator[Remark]:
    seen: set[object] = set()
    for number, link in enumerate(rule.references):
        place = one.at(rule, "references", number)
        if _hashed(link) in seen:
            yield one.remark("bare-reference", place, "is given twice")
        elif link.url == link.title or (link.url is None and _same(link.title, rule.title)):
            yield one.remark("bare-reference", place, "has a title that says nothing new")
        seen.add(_hashed(link))


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def _on_demand(one: Lint, rule: Rule) -> Iterator[Remark]:
    """Texts that demand a subsystem which starts when it is needed and stops by itself: both states are healthy."""
    keys = ("title", "remediation", "remediation_unseen", "remediation_unclustered")
    texts: list[tuple[tuple[str, ...], str]] = [((key,), getattr(rule, key) or "") for key in keys]
    for table in ("remediation_on", "remediation_for", "remediation_unseen_on", "remediation_unclustered_on"):
        texts += [((table, key), text) for key, text in getattr(rule, table).items()]
    for where, text in texts:
        for sentence in re.split(r"(?<=[.;])\s", text):
            named = next((name for name in _ON_DEMAND if re.search(rf"\b{re.escape(name)}\b", sentence)), None)
            if named and _DEMANDS.search(sentence) and not _DENIES.search(sentence):
                yield one.remark("on-demand", one.at(rule, *where), f"requires {named}, which starts on demand")
                break


def _duplicates(one: Lint) -> Iterator[Remark]:
    """Rules of this file that ask what another one asks, on a platform of both."""
    asked: dict[object, int] = {}
    for number, loaded in enumerate(one.policy.rules):
        rule = loaded.rule
        keys = [(platform, _hashed(rule.check), _hashed(rule.when)) for platform in rule.platforms]
        same = min((asked[key] for key in keys if key in asked), default=None)
        if same is not None and one.has(rule):
            says = f"checks the same as {one.policy.rules[same].rule.id}"
            yield one.remark("duplicate-rule", one.at(rule, "check"), says)
        for key in keys:
            asked.setdefault(key, number)


def _hashed(value: object) -> object:
    """A value of a policy as one that is equal to what it equals, and can be looked up."""
    if isinstance(value, BaseModel):
        return (type(value), *(_hashed(getattr(value, name)) for name in type(value).model_fields))
    return tuple(map(_hashed, value)) if isinstance(value, list) else value


def _inherited(one: Lint) -> Iterator[Remark]:
    """Values set here with which a rule of the extended policy can no longer fail, or no longer pass."""
    parent = one.policy.parent
    if parent is None:
        return
    before = Declared(parent.parameters, parent.values)
    for loaded in one.policy.rules:
        rule = loaded.rule
        names = [name for name in parameters_of(rule.when, rule.check) if name in _table(one.content, "set")]
        if one.has(rule) or not names:
            continue
        can, could = (_can(rule, declared) for declared in (one.declared, before))
        for result in ("fail", "pass"):
            if could is not None and can is not None and result in could - can:
                says = f"makes it impossible for {rule.id} to {result}"
                yield one.remark(f"cannot-{result}", ["set", names[-1]], says)


def _can(rule: Rule, declared: Declared) -> frozenset[Result] | None:
    found = [rule_results(rule.when, rule.check, declared, platform) for platform in rule.platforms]
    whole = [says for says in found if says is not None]
    return frozenset().union(*whole) if len(whole) == len(found) else None


def _parameters(one: Lint) -> Iterator[Remark]:
    used = {name for loaded in one.policy.rules for name in parameters_of(*_checks(loaded.rule))}
    used |= _OWN_MEANING.union(*(parameters_of(cause.when) for cause in one.policy.causes))
    for name in _table(one.content, "parameters"):
        if name not in used:
            yield one.remark("unused-parameter", ["parameters", name], "no rule compares with it")


def _profiles(one: Lint) -> Iterator[Remark]:
    ids = {loaded.rule.id for loaded in one.policy.rules}
    meant: dict[str, set[str]] = {}
    for rule in ids:
        for pattern in patterns_of(rule):
            meant.setdefault(pattern, set()).add(rule)
    for name in _table(one.content, "profiles"):
        profile = one.policy.profiles[name]
        chosen = _chosen(ids, meant, profile)
        if not chosen:
            yield one.remark("profile-none", ["profiles", name], "selects no rule")
        elif chosen == ids and not profile.set:
            yield one.remark("profile-all", ["profiles", name], "selects every rule and sets nothing")


def _chosen(ids: set[str], meant: Mapping[str, set[str]], profile: Profile) -> set[str]:
    """The rules that a profile selects; `meant` are those of each pattern."""
    nothing: set[str] = set()
    only = ids if profile.select is None else nothing.union(*(meant.get(one, nothing) for one in profile.select))
    return only.difference(*(meant.get(one, nothing) for one in profile.ignore))


def _causes(one: Lint) -> Iterator[Remark]:
    """Causes of this file that hold nowhere, or with which reasons go in a circle."""
    own = one.policy.causes[len(one.policy.causes) - len(_listed(one.content, "causes")) :]
    rules = {loaded.rule.id: loaded.rule for loaded in one.policy.rules}
    told: set[frozenset[str]] = set()
    for number, cause in enumerate(own):
        loc: list[str | int] = ["causes", number]
        yield from _held_nowhere(one, cause, rules, loc)
        for at, block in enumerate(cause.blocks):
            if not _is_read(block):
                says = f"no request that begins with '{block}' is read"
                yield one.remark("cause-unread", [*loc, "blocks", at], says)
        for circle in circles(one.policy.causes, cause):
            if frozenset(circle) not in told:
                told.add(frozenset(circle))
                says = f"goes in a circle: {' explains '.join((*circle, circle[0]))}"
                yield one.remark("cause-circle", [*loc, "of"], says)


def _listed(content: Mapping[str, object], key: str) -> list[object]:
    found = content.get(key)
    return found if isinstance(found, list) else []


def _is_read(block: str) -> bool:
    """Whether a source reads this request, or one that is due and begins so."""
    words = tuple(block.split())
    if words[0] == "cat" or source_of("cmd", words) is not None:
        return True
    asked = (text for texts in DUE.values() for one in texts for text in one.split(" or "))
    return any(f"{text} ".startswith(f"{block} ") for text in asked)


def _held_nowhere(one: Lint, cause: Cause, rules: Mapping[str, Rule], loc: list[str | int]) -> Iterator[Remark]:
    """A condition that can never pass where the rules are judged, and rules that are never judged on one host."""
    at = set(rules[cause.rule].platforms)
    apart = [of for of in cause.of if at.isdisjoint(rules[of].platforms)]
    for of in apart:
        says = f"{of} and {cause.rule} are for no platform in common"
        yield one.remark("cause-nowhere", [*loc, "of", cause.of.index(of)], says)
    both = at.intersection(*(rules[of].platforms for of in cause.of)) if not apart else at
    if cause.when is not None and both and not open_bounds([cause.when], one.declared):
        found = [results(cause.when, one.declared, platform) for platform in sorted(both)]
        if all(says is not None and "pass" not in says for says in found):
            yield one.remark("cause-never", [*loc, "when"], "never holds where its rules are judged")
