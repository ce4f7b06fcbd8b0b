"""CSV of findings: a row each, whatever its result, for spreadsheets; `_cells` says how it is written.

Columns have the names of their members in JSON Lines. `proof` is the first line that proves the verdict, and `text`
what stands there; `problem` is given for fails alone; findings that explain others are named by their rules. The last
columns say of a waived fail what covers it.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._cells import row
from rmccomply.formats._sheet import SheetAssembly, labels_of, place_of
from rmccomply.report import cards_of

if TYPE_CHECKING:
    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, RuleCard

COLUMNS: Final = (
    *("target", "platform", "severity", "result", "reason", "disposition", "rule", "title", "problem", "message"),
    *("subject", "expected", "actual", "proof", "text", "request", "remediation", "advice", "settle", "step", "first"),
    *("caused_by", "covered_by", "blocked_by", "notes", "policy", "policy_version", "controls"),
    *("os", "cluster", "type_model", "serial", "lpar_id", "labels", "collected", "fingerprint"),
    *("waiver", "waiver_owner", "waiver_ticket", "waiver_expires"),
)


def fragment(item: "Assessed", frame: "Frame") -> str:
    """The rows of a target."""
    card, cards = item.target, cards_of(frame.run)
    versions = {policy.id: policy.version for policy in frame.run.policies}
    of_target = (
        card.os,
        card.cluster,
        card.type_model,
        card.serial,
        card.lpar_id,
        labels_of(card.labels),
        card.collected,
    )
    rules = {finding.fingerprint: finding.rule for finding in item.findings}
    return "".join(
        row(
            (
                *(finding.target, card.platform, *_judged(finding, cards[finding.rule]), *_proof(finding)),
                *(finding.remediation, finding.advice, finding.settle, finding.step, finding.first),
                *_links(finding, rules),
                *("; ".join(finding.notes), finding.policy, versions.get(finding.policy, "")),
                *("; ".join(cards[finding.rule].controls), *of_target, finding.fingerprint),
                *_waived(finding),
            )
        )
        for finding in item.findings
    )


def assembly(frame: "Frame") -> SheetAssembly:
    """An empty report."""
    return SheetAssembly(COLUMNS)


def _judged(finding: "Finding", about: "RuleCard") -> tuple[str | None, ...]:
    problem = about.fault if finding.result == "fail" else ""
    return (
        *(finding.severity, finding.result, finding.reason, finding.disposition, finding.rule, about.title, problem),
        *(finding.message, finding.subject, finding.expected, finding.actual),
    )


def _proof(finding: "Finding") -> tuple[str, ...]:
    first = finding.evidence[:1]
    return (place_of(first), *((first[0].text, first[0].request) if first else ("", "")))


def _waived(finding: "Finding") -> tuple[str, ...]:
    card = finding.waiver
    return ("", "", "", "") if card is None else (card.id, card.owner, card.ticket, card.expires)


def _links(finding: "Finding", rules: dict[str, str]) -> tuple[str, ...]:
    """The findings that explain this one, by their rules."""
    covered = () if finding.covered_by is None else (finding.covered_by,)
    named = (tuple(why.fingerprint for why in finding.caused_by), covered, finding.blocked_by)
    return tuple("; ".join(dict.fromkeys(rules[one] for one in prints if one in rules)) for prints in named)
