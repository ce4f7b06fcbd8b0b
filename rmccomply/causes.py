"""Causes: which fails of one target explain which others, by what the policies of the run say and the facts bear out.

A link needs all of its chain in the evidence: the rule that is the reason fails, the other fails, and what the policy
demands besides (`when`, a line in common) holds. Results, severities and dispositions never change here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rmccomply.evaluate import Views
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.finding import Because, Finding
from rmccomply.outcome import Judge, combined
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.model import Cause
from rmccomply.policy.select import ChosenRule, policies_of
from rmccomply.policy.settings import settings_of
from rmccomply.tuples import NamedTuple


class CompiledCause(NamedTuple):
    """A cause ready for many targets: between two rules of the run, under the parameters of its policy."""

    rule: str
    of: str
    when: Judge | None
    certain: bool
    same_line: bool
    subjects: frozenset[str]
    of_subjects: frozenset[str]
    says: str
    settings: FactSettings


def compile_causes(chosen: Sequence[ChosenRule], now: str, platform: str = "") -> tuple[CompiledCause, ...]:
    """The causes of a run: those of its policies whose rules are all judged, each once."""
    judged = {one.loaded.rule.id for one in chosen}
    found: list[tuple[str, Cause, LoadedPolicy]] = []
    compiled: list[CompiledCause] = []
    for policy in policies_of(chosen):
        settings, before = settings_of(policy, now, platform), tuple(found)
        for cause in policy.causes:
            for of in cause.of if cause.rule in judged else ():
                if of in judged and not any(_same(of, cause, policy, *other) for other in before):
                    found.append((of, cause, policy))
                    compiled.append(_compiled(of, cause, policy, settings))
    return tuple(compiled)


def _same(of: str, cause: Cause, policy: LoadedPolicy, other_of: str, other: Cause, other_policy: LoadedPolicy) -> bool:
    """Whether two policies of a run, which inherit it, say the same."""
    return of == other_of and cause == other and policy.values == other_policy.values


def _compiled(of: str, cause: Cause, policy: LoadedPolicy, settings: FactSettings) -> CompiledCause:
    return CompiledCause(
        cause.rule,
        of,
        None if cause.when is None else cause.when.compile(policy.values),
        cause.certain,
        cause.same_line,
        frozenset(cause.subjects),
        frozenset(cause.of_subjects),
        cause.says,
        settings,
    )


def linked(findings: Sequence[Finding], causes: Sequence[CompiledCause], seen: Views) -> tuple[Finding, ...]:
    """The findings of one target, in their order, each with what explains it."""
    fails: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.result == "fail":
            fails.setdefault(finding.rule, []).append(finding)
    if not fails:
        return tuple(findings)
    found: dict[str, list[tuple[CompiledCause, Finding]]] = {}
    for cause in causes:
        if cause.rule in fails and cause.of in fails and _holds(cause, seen):
            for effect, reason in _pairs(cause, fails):
                found.setdefault(effect.fingerprint, []).append((cause, reason))
    return tuple(_explained(one, found.get(one.fingerprint, ()), fails) for one in findings)


def _pairs(cause: CompiledCause, fails: Mapping[str, Sequence[Finding]]) -> Iterator[tuple[Finding, Finding]]:
    """The fails of the one rule with those of the other that can be the reason of them."""
    reasons = [one for one in fails[cause.rule] if not cause.subjects or one.subject in cause.subjects]
    for effect in fails[cause.of]:
        if cause.of_subjects and effect.subject not in cause.of_subjects:
            continue
        for reason in reasons:
            if not (cause.same_line and set(effect.evidence).isdisjoint(reason.evidence)):
                yield effect, reason


def _holds(cause: CompiledCause, seen: Mapping[FactSettings, Facts]) -> bool:
    if cause.when is None:
        return True
    return cause.settings in seen and combined("all", cause.when(seen[cause.settings])).result == "pass"


def _explained(
    finding: Finding, why: Sequence[tuple[CompiledCause, Finding]], fails: Mapping[str, Sequence[Finding]]
) -> Finding:
    if finding.result == "unknown" and finding.first in fails:
        return replace(finding, blocked_by=tuple(one.fingerprint for one in fails[finding.first]))
    if not why:
        return finding
    reasons = tuple(dict.fromkeys(Because(one.fingerprint, one.rule, cause.says) for cause, one in why))
    covered = next((one.fingerprint for cause, one in why if cause.certain), None)
    return replace(finding, caused_by=reasons, covered_by=covered)
