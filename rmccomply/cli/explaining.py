"""What `explain` does once its options are read: find the rule and the target, judge, tell why."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from rmccomply.checks.operands import nearest
from rmccomply.errors import InputError, UsageError
from rmccomply.evaluate import compile_rules, evaluate, settings_of
from rmccomply.facts.gather import Facts
from rmccomply.guarded import LIMITS, Limits
from rmccomply.inputs.loaded import Failed, Loaded
from rmccomply.inputs.read import load_inputs
from rmccomply.isolation import Crash, isolated
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.reasoning.explain import Explained, explanation

_MOST_NAMES: Final = 20
_NOT_JUDGED: Final = "it cannot be judged"


class Wanted(NamedTuple):
    """What the command line asks of `explain`."""

    rule: str
    target: str | None
    policy: str
    parameters: Mapping[str, str]
    now: str
    platform: str
    limits: Limits = LIMITS


class Found(NamedTuple):
    """The targets of an input: the labels of all, and of those that were asked for what they answered."""

    labels: list[str]
    wanted: list[tuple[str, Loaded]]
    faults: list[str]


def explained(wanted: Wanted, source: str, root: Path, stdin: BinaryIO) -> tuple[str, list[str]]:
    """The explanation, and what is wrong with the input besides. Raises UsageError, PolicyError and InputError."""
    rule = _rule(wanted)
    found = _targets(load_inputs([source], root, stdin, wanted.limits), wanted)
    label, loaded = _one(found, wanted.target, source)
    told = isolated(partial(_told, rule, label, loaded, wanted), wanted.limits.seconds)
    if isinstance(told, Crash):
        raise InputError("\n".join((*found.faults, f"{label}: {_NOT_JUDGED}: {told.says}")))
    return told, found.faults


def _told(rule: ChosenRule, label: str, loaded: Loaded, wanted: Wanted) -> str:
    compiled = compile_rules([rule], wanted.now, wanted.platform)
    verdicts = evaluate(compiled, loaded.readings, loaded.platform)
    facts = Facts(loaded.readings, loaded.platform, settings_of(rule.policy, wanted.now, wanted.platform))
    return explanation(Explained(rule, compiled[0], facts, verdicts, label))


def _rule(wanted: Wanted) -> ChosenRule:
    _, rules = choose([load(wanted.policy)], Choice(parameters=wanted.parameters))
    by_id = {one.loaded.rule.id: one for one in rules}
    if wanted.rule not in by_id:
        raise UsageError(f"policy {rules[0].policy.id} has no rule '{wanted.rule}'{nearest(wanted.rule, by_id)}")
    return by_id[wanted.rule]


def _targets(items: Iterable[object], wanted: Wanted) -> Found:
    """All targets, one in memory at a time but for those that are asked for."""
    found = Found([], [], [])
    for item in items:
        if isinstance(item, Loaded):
            found.labels.append(item.label)
            if item.label == wanted.target or (wanted.target is None and not found.wanted):
                found.wanted.append((item.label, item))
        elif isinstance(item, Failed):
            found.faults.append(f"{item.name}: {_NOT_JUDGED}: {item.says}")
        elif isinstance(item, InputError):
            found.faults.append(str(item))
    return found


def _one(found: Found, target: str | None, source: str) -> tuple[str, Loaded]:
    """The target that is asked for. Raises InputError where there is none at all, UsageError where it is not told."""
    if not found.labels:
        raise InputError("\n".join(found.faults) or f"{source}: has no target")
    if target is not None and not found.wanted:
        known = nearest(target, found.labels) or "."
        raise UsageError(f"{source}: has no target '{target}'{known}{_listed(found.labels)}")
    if target is None and len(found.labels) > 1:
        raise UsageError(f"{source}: has several targets, so name one with --target.{_listed(found.labels)}")
    return found.wanted[0]


def _listed(labels: list[str]) -> str:
    more = f" and {len(labels) - _MOST_NAMES} more" if len(labels) > _MOST_NAMES else ""
    return f" There are: {', '.join(labels[:_MOST_NAMES])}{more}"
