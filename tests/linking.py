"""How tests look at causes: a host judged by rmc-core, its unknowns behind what blocks them, its fails linked."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from rmccomply.causes import CompiledCause, compile_causes, linked
from rmccomply.evaluate import CompiledRule, Views, compile_rules, verdicts, views
from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding, findings_of
from rmccomply.outcome import facts_behind
from rmccomply.policy.blocks import CompiledBlock, compile_blocks
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.problems import problems_of
from rmccomply.sources.reading import Readings
from tests.hosts.building import NOW, facts

CHOSEN: Final = choose([load("rmc-core")], Choice())[1]
RULES: Final[tuple[CompiledRule, ...]] = compile_rules(CHOSEN, NOW)
CAUSES: Final[tuple[CompiledCause, ...]] = compile_causes(CHOSEN, NOW)
BLOCKS: Final[tuple[CompiledBlock, ...]] = compile_blocks(CHOSEN, NOW)
JOINED: Final = {(one.rule, one.of) for one in CAUSES}
"""Rules that the table of causes joins."""


def linked_host(evidence: Iterable[Evidence], platform: str) -> list[Finding]:
    """The findings on a host, each with what explains it."""
    seen = views(RULES, Readings(evidence), platform)
    found = list(findings_of(verdicts(RULES, seen), "node11"))
    fails = {one.rule for one in found if one.result == "fail"}
    return list(linked([_behind(one, fails, seen) for one in found], CAUSES, seen))


def _behind(finding: Finding, fails: set[str], seen: Views) -> Finding:
    """An unknown, with the first problem that keeps the request from an answer which would settle it."""
    tree = finding.tree
    if finding.reason is None or tree is None:
        return finding
    request = tree.settle or next((fact.settle for fact in facts_behind(tree) if fact.settle), "")
    at_hand = next(iter(seen.values()), facts())
    told = (
        one.rule for one in BLOCKS if one.rule in fails and one.asks(request, finding.reason) and one.holds(at_hand)
    )
    return replace(finding, verdict=finding.verdict._replace(first=next(told, "")))


def told(findings: Iterable[Finding]) -> list[str]:
    """The problems as a person reads them: `SUB-001 (+SUB-002) <- FS-001`."""
    lines = []
    for one in problems_of(list(findings)):
        covered = sorted({_short(other.rule) for other in one.covered})
        reasons = sorted(_short(why.rule) for why in one.reasons)
        also = f" (+{', '.join(covered)})" if covered else ""
        lines.append(f"{_short(one.rule)}{also}{f' <- {chr(44).join(reasons)}' if reasons else ''}")
    return lines


def _short(rule: str) -> str:
    return rule.removeprefix("RMC-")


def links(findings: Iterable[Finding]) -> set[tuple[str, str, bool]]:
    """Effect, reason, and whether the one is shown as the other: by their fingerprints."""
    return {
        (one.fingerprint, why.fingerprint, one.covered_by == why.fingerprint)
        for one in findings
        for why in one.caused_by
    }


def folds(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """The rules of fails that are shown as another, with the rule of that one."""
    all_of_them = list(findings)
    rule = {one.fingerprint: one.rule for one in all_of_them}
    return {(one.rule, rule[one.covered_by]) for one in all_of_them if one.covered_by is not None}
