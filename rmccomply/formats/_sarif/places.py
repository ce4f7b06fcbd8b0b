"""Places in a SARIF log: lines of evidence, rules in their policies, and targets.

SARIF 2.1.0 sections 3.28 (location), 3.30 (region), 3.33 (logicalLocation). A location of a policy has the index of its
artifact; one of evidence is told by its uri alone, so that what is said of a target depends on no other target.
"""

from typing import TYPE_CHECKING

from rmccomply.report import RuleCard, Run, cards_of
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import CollectedBy

if TYPE_CHECKING:
    from rmccomply.evidence.model import Reference
    from rmccomply.finding import Finding
    from rmccomply.report import TargetCard

Properties = dict[str, object]
"""An object of a log."""


class KnownPlaces(NamedTuple):
    """What is known of a run by name: its rules, the index of each, and the index of each policy's artifact."""

    cards: dict[str, RuleCard]
    rules: dict[str, int]
    policies: dict[str, int]
    collected: CollectedBy | None = None


def known_places(run: Run) -> KnownPlaces:
    """The rules and policies of a run by name."""
    return KnownPlaces(
        cards_of(run), {card.id: at for at, card in enumerate(run.rules)}, policy_indexes(run), run.collected
    )


def policy_indexes(run: Run) -> dict[str, int]:
    """The artifacts of policies, which stand before all others, by uri."""
    return {uri: at for at, uri in enumerate(dict.fromkeys(card.uri for card in run.policies))}


def primary(finding: "Finding", target: "TargetCard", known: KnownPlaces) -> Properties:
    """Where a finding is shown: at the first line that proves it; of an unknown without one, in evidence of its target;
    else at its rule."""
    if finding.evidence:
        where = line_of(finding.evidence[0])
    elif finding.result == "unknown" and target.evidence:
        where = file_of(target)
    else:
        where = rule_of(finding.rule, known)
    return {**where, "logicalLocations": logical(finding.target, finding.subject)}


def line_of(reference: "Reference") -> Properties:
    """A line of evidence with what is written there."""
    place = {"artifactLocation": {"uri": reference.uri}, "region": _region(reference)}
    return {"physicalLocation": place, "properties": _provenance(reference)}


def file_of(target: "TargetCard") -> Properties:
    """The first file of a target, at its beginning: where the evidence is in which something is missing."""
    return {"physicalLocation": {"artifactLocation": {"uri": target.evidence[0].uri}, "region": {"startLine": 1}}}


def rule_of(rule: str, known: KnownPlaces) -> Properties:
    """A rule where its policy states it."""
    card = known.cards[rule]
    file: Properties = {"uri": card.uri}
    if card.uri in known.policies:
        file["index"] = known.policies[card.uri]
    file["uriBaseId"] = "POLICIES"
    return {"physicalLocation": {"artifactLocation": file, "region": {"startLine": card.line}}}


def logical(target: str, subject: str = "") -> list[Properties]:
    """A target, or what on it."""
    name = f"{target}/{subject}" if subject else target
    return [{"name": name, "fullyQualifiedName": name, "kind": "resource"}]


def _region(reference: "Reference") -> Properties:
    shown = reference.text if reference.snippet is None else reference.snippet
    last = shown.rpartition("\n")[2]
    before = reference.start_column if reference.start_line == reference.end_line else 1
    return {
        "startLine": reference.start_line,
        "startColumn": reference.start_column,
        "endLine": reference.end_line,
        "endColumn": before + len(last),
        "snippet": {"text": shown},
    }


def _provenance(reference: "Reference") -> Properties:
    known: Properties = {
        "request": reference.request,
        "exitStatus": reference.exit_status,
        "collected": reference.collected,
    }
    if reference.snippet is not None:
        known["text"] = reference.text
    return known
