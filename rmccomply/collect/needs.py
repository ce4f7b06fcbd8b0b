"""What a policy needs of a partition: the requests of the collector whose answers its rules rest on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from rmccomply.checks.kind import facts_of
from rmccomply.collect.plan import SYSTEMS, Step, steps
from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.model import OF_EVERY_RULE, Rule
from rmccomply.sources.requests import source_of
from rmccomply.tuples import NamedTuple


class Need(NamedTuple):
    """A request, and the rules that rest on its answer; `every` where all do, since it tells what the host is."""

    step: Step
    rules: tuple[str, ...]
    every: bool


def needs(policies: Iterable[LoadedPolicy], platform: str, plan: str = "full") -> tuple[Need, ...]:
    """What the rules of these policies need of a platform, in the order in which the collector asks."""
    rules = [loaded.rule for policy in policies for loaded in policy.rules if platform in loaded.rule.platforms]
    behind = {rule.id: _behind(rule) for rule in rules}
    found = []
    for step in steps(platform):
        source = source_of(step.kind, step.argv)
        resting = tuple(name for name, sources in behind.items() if source in sources)
        if resting and plan in step.plans:
            found.append(Need(step, resting, source in _of_facts(OF_EVERY_RULE)))
    return tuple(found)


def _behind(rule: Rule) -> frozenset[str]:
    return _of_facts((*facts_of(rule.when, rule.check, rule.informs), *OF_EVERY_RULE))


def _of_facts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(source for name in names for source in sources_of(name))


def left_to_probes(policies: Iterable[LoadedPolicy]) -> tuple[str, ...]:
    """The rules whose own facts read probes, so that without them they may stay unknown."""
    return _resting_on(policies, dict.fromkeys(SYSTEMS, frozenset({"tcp_probe"})))


def left_to_full(policies: Iterable[LoadedPolicy]) -> tuple[str, ...]:
    """The rules whose own facts read what the plan quick does not ask for, so that they may stay unknown."""
    return _resting_on(
        policies, {platform: _asked(platform, "full") - _asked(platform, "quick") for platform in SYSTEMS}
    )


def _asked(platform: str, plan: str) -> frozenset[str | None]:
    found = (step for step in steps(platform) if plan in step.plans)
    return frozenset(source_of(step.kind, step.argv) for step in found)


def _resting_on(policies: Iterable[LoadedPolicy], sources: Mapping[str, frozenset[str | None]]) -> tuple[str, ...]:
    """The rules whose own facts read one of these sources of a platform of theirs."""
    found: dict[str, None] = {}
    for loaded in (loaded for policy in policies for loaded in policy.rules):
        rule = loaded.rule
        reads = {one for name in facts_of(rule.when, rule.check, rule.informs) for one in FACTS[name].reads}
        if any(reads & sources.get(platform, frozenset()) for platform in rule.platforms):
            found[rule.id] = None
    return tuple(found)


def needs_text(title: str, found: Sequence[Need]) -> str:
    """What is needed of a platform, for people."""
    lines = [title]
    for need in found:
        rules = "every rule" if need.every else ", ".join(need.rules)
        lines.append(f"  root {need.step.root:<4}  {need.step.limit:>3} s  {need.step.command}")
        lines += wrap(rules, 100, initial_indent=" " * 20, subsequent_indent=" " * 20, break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def needs_json(policies: Iterable[LoadedPolicy], found: Mapping[str, Sequence[Need]]) -> str:
    """The same for programs."""
    platforms = {
        platform: [
            {
                "kind": need.step.kind,
                "argv": need.step.argv,
                "root": need.step.root,
                "limit": need.step.limit,
                "why": need.step.why,
                "rules": need.rules,
            }
            for need in needs
        ]
        for platform, needs in found.items()
    }
    return json.dumps({"policies": [policy.id for policy in policies], "platforms": platforms}, indent=1) + "\n"
