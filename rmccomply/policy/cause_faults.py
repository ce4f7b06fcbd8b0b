"""What is wrong with the causes of a policy, besides what its models refuse.

Rules and requests that nobody knows, a rule that is its own cause, the same cause twice. Causes are looked at as the
file has them, so that a fault elsewhere hides none of theirs.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TypeGuard

from rmccomply.checks import Check
from rmccomply.checks.kind import facts_of
from rmccomply.checks.operands import nearest
from rmccomply.errors import Fault
from rmccomply.facts.catalogue import FACTS
from rmccomply.policy.faults import Places
from rmccomply.policy.model import RULE_ID, Cause, Rule
from rmccomply.sources.source import head_of
from rmccomply.sources.table import SOURCES
from rmccomply.tuples import NamedTuple

_READS: Final = "cat"
_HEADS: Final = frozenset(head for source in SOURCES.values() for head in source.heads)


class KnownRules(NamedTuple):
    """What a policy judges: the ids of its rules, those that it leaves out itself, and its well-formed rules."""

    ids: Collection[str]
    left_out: Collection[str]
    rules: Mapping[str, Rule]


def cause_faults(
    raw: Sequence[object],
    causes: Sequence[Cause | None],
    inherited: Sequence[Cause],
    judged: KnownRules,
    places: Places,
) -> list[Fault]:
    """The faults of the causes that stand in a file: as it has them, and as far as they are well-formed."""
    faults: list[Fault] = []
    said: dict[tuple[str, str, str], list[tuple[ClaimedCause, str]]] = {}
    for one in inherited:
        for claim in _said(one):
            said.setdefault(claim[:3], []).append((claim, "the policy that this one extends says so too"))
    for number, (written, cause) in enumerate(zip(raw, causes, strict=True)):
        found = [*_names(written, judged), *_requests(written), *_subjects(written, judged)] if _is(written) else []
        own = list(_said(cause)) if cause is not None else []
        twice = next(((one, says) for one in own for other, says in said.get(one[:3], ()) if other == one), None)
        if twice is not None:
            found.append(((twice[0].key,), twice[1]))
        for claim in own:
            said.setdefault(claim[:3], []).append((claim, f"cause {number + 1} of this file says so too"))
        faults += [places.fault(["causes", number, *key], says) for key, says in found]
    return faults


Key = tuple[str | int, ...]
Told = Iterator[tuple[Key, str]]
"""Where in a cause, and what is wrong there."""


def _is(written: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(written, dict)


def _names(cause: Mapping[str, Any], judged: KnownRules) -> Told:
    """Rules that are not judged, are named twice, or explain themselves."""
    rule = cause.get("rule")
    if isinstance(rule, str) and _is_id(rule) and rule not in judged.ids:
        yield ("rule",), _no_rule(rule, judged)
    for at, of, before in _texts(cause, "of"):
        if of in before:
            yield ("of", at), f"'{of}' is named twice"
        elif of == rule:
            yield ("of", at), f"'{of}' is the rule itself, and no fail is the reason of itself"
        elif _is_id(of) and of not in judged.ids:
            yield ("of", at), _no_rule(of, judged)


def _is_id(name: str) -> bool:
    """Whether it can be a rule; of anything else the models say what it is not."""
    return re.search(RULE_ID, name) is not None


def _no_rule(name: str, judged: KnownRules) -> str:
    if name in judged.left_out:
        return f"the rule '{name}' is left out by this very policy"
    return f"unknown rule '{name}'{nearest(name, judged.ids)}"


def _requests(cause: Mapping[str, Any]) -> Told:
    """Beginnings of requests whose answers no source reads."""
    for at, block, before in _texts(cause, "blocks"):
        words = tuple(block.split())
        if block in before:
            yield ("blocks", at), f"'{block}' is named twice"
        elif block != " ".join(words):
            yield ("blocks", at), f"'{block}' has blanks that no request has"
        elif words[0] == _READS and len(words) == 1:
            yield ("blocks", at), "names no file: write the path after it, such as 'cat /etc/ct_node_id'"
        else:
            head = head_of("file", words[1:]) if words[0] == _READS else head_of("cmd", words)
            if head not in _HEADS:
                kind = "file" if words[0] == _READS else "command"
                yield ("blocks", at), f"no source reads the {kind} '{head}'{nearest(head, sorted(_HEADS))}"


def _subjects(cause: Mapping[str, Any], judged: KnownRules) -> Told:
    """Subjects that no fail of the rules is ever about, where their facts tell what they can be."""
    of = [name for _, name, _ in _texts(cause, "of")]
    for key, names in (("subjects", [str(cause.get("rule"))]), ("of_subjects", of)):
        if key not in cause:
            continue
        rules = [judged.rules[name] for name in names if name in judged.rules]
        facts = [FACTS[fact] for rule in rules for fact in facts_of(rule.check)]
        known = [subject for fact in facts for subject in fact.subjects]
        for at, subject, _ in _texts(cause, key):
            if rules and all(fact.type != "list" for fact in facts):
                yield (key, at), f"no fail of {', '.join(rule.id for rule in rules)} has a subject"
            elif known and all(fact.subjects or fact.type != "list" for fact in facts) and subject not in known:
                yield (key, at), f"no fail is ever about '{subject}'{nearest(subject, known)}"


def _texts(cause: Mapping[str, Any], key: str) -> Iterator[tuple[int, str, list[str]]]:
    """The texts of a list, each with its number and those before it."""
    raw = cause.get(key)
    texts = raw if isinstance(raw, list) else []
    for at, one in enumerate(texts):
        if isinstance(one, str) and one.strip():
            yield at, one, texts[:at]


class ClaimedCause(NamedTuple):
    """What a cause says of one rule or request: equal where two say the same, however they word it."""

    key: str
    name: str
    rule: str
    when: Check | None
    more: tuple[object, ...]


def _said(cause: Cause) -> Iterator[ClaimedCause]:
    for name in cause.of:
        yield ClaimedCause("of", name, cause.rule, cause.when, (cause.same_line, cause.subjects, cause.of_subjects))
    for name in cause.blocks:
        yield ClaimedCause("blocks", name, cause.rule, cause.when, (cause.reasons,))
