"""Results of a SARIF log, one for each finding.

- kind and level (3.27.9, 3.27.10): only a fail has a level other than none. A failing rule of severity info is
  `informational`. A result that is unknown is `open`.
- locations (3.27.12): `locations[0]` is the first line that proves the verdict, since consumers show that one alone; an
  unknown without any is located in the evidence of its target, any other at its rule, never at line 1 of nothing. The
  other lines, those of what can be the reason, and the rule are related locations.
- suppressions (3.35): a fail that is waived or known from a baseline is an accepted external suppression; its
  justification (3.35.4) says who accepted it, why and until when.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._sarif.places import KnownPlaces, Properties, line_of, primary, rule_of
from rmccomply.formats._sarif.rules import LEVELS, RANKS
from rmccomply.formats._sarif.texts import inner, message_of, sentence, templates_of
from rmccomply.formats._states import waiver_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rmccomply.finding import Finding
    from rmccomply.report import Assessed
    from rmccomply.words import Result

KINDS: Final[dict["Result", str]] = {
    "pass": "pass",
    "fail": "fail",
    "unknown": "open",
    "not_applicable": "notApplicable",
}


def result_of(
    finding: "Finding", item: "Assessed", known: KnownPlaces, blocks: int = 0, *, bare: bool = False
) -> Properties:
    """The result of a finding; `blocks` unknowns cannot be decided before it is fixed.

    `bare`: without the properties, the place of the rule, and suppressions, of which GitHub shows and heeds nothing.
    """
    result: Properties = {
        "ruleId": finding.rule,
        "ruleIndex": known.rules[finding.rule],
        **_judgement(finding),
        "message": _message(finding, known),
        "locations": [primary(finding, item.target, known)],
    }
    if related := _related(finding, _reasons_of(finding, item), known, bare):
        result["relatedLocations"] = related
    result["partialFingerprints"] = fingerprints(finding.fingerprint)
    if not bare and finding.disposition in ("waived", "baseline"):
        why = "Known from the baseline." if finding.waiver is None else waiver_told(finding.waiver)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": sentence(why)}]
    result["properties"] = _bare(finding, blocks) if bare else _properties(finding, blocks)
    return result


def numbered(related: list[Properties]) -> list[Properties]:
    """Related locations with the ids that a message may refer to."""
    return [{"id": at, **each} for at, each in enumerate(related, 1)]


def fingerprints(fingerprint: str) -> dict[str, str]:
    """GitHub matches by the first alone, and wants a `:` and a count behind the hash."""
    return {"primaryLocationLineHash": f"{fingerprint[:16]}:1", "rmccomply/v1": fingerprint}


def _reasons_of(finding: "Finding", item: "Assessed") -> "Mapping[str, Finding]":
    """The findings of the target by fingerprint, where one of them can be the reason of this one."""
    return {one.fingerprint: one for one in item.findings} if finding.caused_by else {}


def _bare(finding: "Finding", blocks: int) -> Properties:
    return {"severity": finding.severity, "disposition": finding.disposition, "blocks": blocks}


def _judgement(finding: "Finding") -> Properties:
    if finding.result != "fail":
        return {"kind": KINDS[finding.result], "level": "none"}
    if finding.severity == "info":
        return {"kind": "informational", "level": "none"}
    return {"kind": "fail", "level": LEVELS[finding.severity], "rank": RANKS[finding.severity]}


def _message(finding: "Finding", known: KnownPlaces) -> Properties:
    says = finding.message.removesuffix(".")
    arguments = [finding.target, inner(finding.message) if finding.result == "fail" else says]
    if finding.result == "unknown":
        arguments.append((finding.reason or "inconclusive").replace("_", " "))
    return message_of(finding.result, templates_of(known.cards[finding.rule])[finding.result], arguments)


def _related(finding: "Finding", others: "Mapping[str, Finding]", known: KnownPlaces, bare: bool) -> list[Properties]:
    """All lines but the first, then what can be the reason, then the rule. GitHub refuses one without a message."""
    related = [
        {**line_of(one), "message": {"text": sentence(f"Evidence: {one.request}")}} for one in finding.evidence[1:]
    ]
    related += [
        {**line_of(lines[0]), "message": {"text": sentence(f"{why.rule}: {why.says}")}}
        for why in finding.caused_by
        if why.fingerprint in others and (lines := others[why.fingerprint].evidence)
    ]
    if (finding.evidence or related) and not bare:
        card = known.cards[finding.rule]
        says = {"text": sentence(f"Rule {card.id} of policy {card.policy}")}
        related.append({**rule_of(finding.rule, known), "message": says})
    return numbered(related)


def _properties(finding: "Finding", blocks: int) -> Properties:
    return {
        "policy": finding.policy,
        "severity": finding.severity,
        "reason": finding.reason,
        "disposition": finding.disposition,
        **({"waiver": finding.waiver._asdict()} if finding.waiver else {}),
        "expected": finding.expected,
        "actual": finding.actual,
        "remediation": finding.remediation,
        "settle": finding.settle,
        "notes": list(finding.notes),
        "advice": finding.advice,
        "step": finding.step,
        "first": finding.first,
        "causedBy": [why.fingerprint for why in finding.caused_by],
        "coveredBy": finding.covered_by,
        "blockedBy": list(finding.blocked_by),
        **({"blocks": blocks} if finding.result == "fail" else {}),
    }
