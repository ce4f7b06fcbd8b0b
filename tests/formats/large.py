"""Sixty thousand failing findings on three hundred hosts, with the sentences and lines that real ones have."""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Artifact, Reference
from rmccomply.finding import Finding, fingerprint
from rmccomply.report import Assessed, Closing, PolicyCard, RuleCard, Run, TargetCard
from rmccomply.verdict import Verdict
from rmccomply.words import RESULTS, SEVERITIES

HOSTS: Final = 300
POLICY: Final = PolicyCard("core", "A policy", "1", "a" * 64, "policies/core.toml")
PROSE: Final = "Find out why it is so before you change it, and ask the owners of the cluster, if there is one, first. "
RULES: Final = tuple(
    RuleCard(
        f"RMC-BIG-{at:03}",
        f"Rule {at} holds on this partition",
        SEVERITIES[at % 4],
        POLICY.id,
        POLICY.uri,
        at,
        PROSE,
        PROSE,
        problem=f"The resource manager number {at} does not run",
    )
    for at in range(1, 201)
)
RUN: Final = Run("1.0.0", "2026-11-20T04:00:00Z", (POLICY,), RULES)


def host(number: int, says: str = "inoperative") -> Assessed:
    """A host that fails every rule."""
    name = f"lpar{number:04}-prod-a"
    file = Artifact(f"bundles/2026-11/{name}.rmcc", "d" * 64)
    findings = tuple(_fail(rule, name, file.uri, says) for rule in RULES)
    return Assessed(TargetCard(name, "aix", "9105-42A", "78A1B20", number, (file,)), findings)


def _fail(rule: RuleCard, name: str, uri: str, says: str) -> Finding:
    line = 20 + rule.line
    message = f"The subsystem IBM.Part{rule.line}RM is {says}, and so it answers no request of a management console."
    shown = Reference(uri, line, line, f" IBM.Part{rule.line}RM    rsct_rm    {says}", "lssrc -a", 0, None)
    verdict = Verdict(rule.id, "core", rule.severity, "fail", message, evidence=(shown,), remediation=PROSE)
    return Finding(verdict=verdict, target=name, fingerprint=fingerprint(rule.id, name, ""), disposition="active")


def hosts(count: int = HOSTS) -> Iterator[Assessed]:
    """So many of them."""
    return (host(number) for number in range(count))


def closing(count: int = HOSTS) -> Closing:
    """The end of a run over so many of these."""
    return Closing({**dict.fromkeys(RESULTS, 0), "fail": count * len(RULES)}, count, 1, shut_by="failing")
