"""SARIF 2.1.0 with Errata 01: one run, written as results come.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html

Readings chosen, with the clause that leaves or makes the choice:

- kind and level (3.27.9, 3.27.10): only a fail has a level other than none. A failing rule of severity info is
  `informational`. A result that is unknown is `open`. An `error` is a fault of ours and so no result but a
  notification.
- locations (3.27.12): `locations[0]` is the first line that proves the verdict, since consumers show that one
  alone; a verdict without any line is located at its rule in the policy file, never at line 1 of nothing. The other
  lines and the rule are related locations.
- regions (3.30): from `start_column` to the end of the text, columns in Unicode code points; the snippet is what
  the file shows there. Over several lines the region ends with the last one. What the command wrote is the
  location's property `text` where the file shows it otherwise (a hex stream).
- messages (3.11): `text` is the rule's message string with its arguments filled in, braces doubled as 3.11.5 asks,
  and `](` broken by a backslash, so that no evidence can forge a link of 3.11.6.
- uris (3.4): evidence is relative and has no base; a policy is relative to `POLICIES`, which a reader may define
  (3.14.14 allows a base without a uri).
- suppressions (3.35): a waived fail is an accepted external suppression; why it is accepted stands in its notes.
- executionSuccessful (3.20.14): false where a finding is an error or the exit status is 2.
- times (3.20.7, 3.20.8): both are the clock of the run, so that the same evidence gives the same bytes.
"""

from typing import TYPE_CHECKING, Any, Final

from rmccomply.documents.report_1 import encode
from rmccomply.finding import NO_RULE
from rmccomply.formats._sarif_rules import (
    EVIDENCE,
    FAULT,
    LEVELS,
    NOTIFICATION_IDS,
    TEMPLATES,
    driver,
    taxonomies_of,
)

if TYPE_CHECKING:
    from rmccomply.evidence.model import Artifact, Notification, Reference
    from rmccomply.finding import Finding
    from rmccomply.report import Assessed, Closing, PolicyCard, RuleCard, Run, Style
    from rmccomply.words import Result, Severity

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
KINDS: Final[dict["Result", str]] = {
    "pass": "pass",
    "fail": "fail",
    "unknown": "open",
    "not_applicable": "notApplicable",
}
RANKS: Final[dict["Severity", float]] = {"critical": 95.0, "high": 80.0, "medium": 55.0, "low": 20.0}
_BASES: Final = {"POLICIES": {"description": {"text": "Where the policies of this run are kept."}}}


class Log:
    """The writer. Of each target it keeps its artifacts and its notifications until the end."""

    def __init__(self) -> None:
        self._run: Run
        self._rules: dict[str, tuple[int, RuleCard]] = {}
        self._artifacts: list[str] = []
        self._index: dict[str, int] = {}
        self._notifications: list[str] = []
        self._between = "\n"

    def begin(self, run: "Run") -> str:
        self._run = run
        self._rules = {card.id: (at, card) for at, card in enumerate(run.rules)}
        for card in run.policies:
            self._artifact(card.uri, _policy_artifact(card))
        taxonomies = taxonomies_of(run.rules)
        members = {
            "tool": {"driver": driver(run, taxonomies)},
            **({"taxonomies": taxonomies} if taxonomies else {}),
            "automationDetails": {"id": f"rmccomply/{'+'.join(card.id for card in run.policies)}/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": _BASES,
            **({"properties": {"parameters": [card._asdict() for card in run.parameters]}} if run.parameters else {}),
        }
        head = ",\n".join(f"{encode(key)}:{encode(value)}" for key, value in members.items())
        return f'{{"$schema":{encode(SCHEMA)},\n"version":"2.1.0",\n"runs":[{{\n{head},\n"results":['

    def assessed(self, item: "Assessed") -> str:
        for artifact in item.target.evidence:
            self._artifact(artifact.uri, _evidence_artifact(artifact))
        self._notify(item.notifications, item.target.id)
        pieces: list[str] = []
        for finding in item.findings:
            if finding.result == "error":
                self._notifications.append(encode(self._fault(finding)))
            else:
                pieces += (self._between, encode(self._result(finding)))
                self._between = ",\n"
        return "".join(pieces)

    def end(self, closing: "Closing") -> str:
        self._notify(closing.notifications, "")
        artifacts = ",\n".join(self._artifacts)
        return f'\n],\n"artifacts":[\n{artifacts}\n],\n"invocations":[{self._invocation(closing)}]\n}}]}}\n'

    def _invocation(self, closing: "Closing") -> str:
        head = {
            "executionSuccessful": not closing.summary["error"] and closing.exit_status != 2,
            "exitCode": closing.exit_status,
            "startTimeUtc": self._run.now,
            "endTimeUtc": self._run.now,
        }
        rows = ",\n".join(self._notifications)
        return f'{encode(head)[:-1]},"toolExecutionNotifications":[\n{rows}\n]}}'

    def _artifact(self, uri: str, artifact: dict[str, Any]) -> None:
        """Give a file its index, once: NDJSON has many targets in one file."""
        if uri not in self._index:
            self._index[uri] = len(self._artifacts)
            self._artifacts.append(encode(artifact))

    def _notify(self, notifications: "tuple[Notification, ...]", target: str) -> None:
        self._notifications += [encode(self._notification(each, target)) for each in notifications]

    def _notification(self, note: "Notification", target: str) -> dict[str, Any]:
        row: dict[str, Any] = {
            "descriptor": {"id": NOTIFICATION_IDS[EVIDENCE], "index": EVIDENCE},
            "level": note.level,
            "message": {"text": _sentence(_braced(_unlinked(note.text)))},
        }
        location: dict[str, Any] = {}
        if note.uri:
            location["physicalLocation"] = self._place(note.uri, note.line)
        if where := note.target or target:
            location["logicalLocations"] = _logical(where, "")
        if location:
            row["locations"] = [location]
        return row

    def _fault(self, finding: "Finding") -> dict[str, Any]:
        row: dict[str, Any] = {
            "descriptor": {"id": NOTIFICATION_IDS[FAULT], "index": FAULT},
            "level": "error",
            "message": {"text": _sentence(_braced(_unlinked(f"{finding.rule}: {finding.message}")))},
        }
        if finding.rule == NO_RULE:
            return {**row, "locations": [{"logicalLocations": _logical(finding.target, "")}]}
        at, card = self._rules[finding.rule]
        return {
            **row,
            "associatedRule": {"id": finding.rule, "index": at},
            "locations": [self._primary(finding, card)],
        }

    def _result(self, finding: "Finding") -> dict[str, Any]:
        at, card = self._rules[finding.rule]
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": at,
            **_judgement(finding),
            "message": _message(finding),
            "locations": [self._primary(finding, card)],
        }
        if related := self._related(finding, card):
            result["relatedLocations"] = related
        result["partialFingerprints"] = _fingerprints(finding.fingerprint)
        if finding.disposition == "waived":
            result["suppressions"] = [{"kind": "external", "status": "accepted"}]
        result["properties"] = _properties(finding)
        return result

    def _primary(self, finding: "Finding", card: "RuleCard") -> dict[str, Any]:
        first = finding.evidence[0] if finding.evidence else None
        location = self._rule_location(card) if first is None else self._location(first)
        location["logicalLocations"] = _logical(finding.target, finding.subject)
        return location

    def _related(self, finding: "Finding", card: "RuleCard") -> list[dict[str, Any]]:
        """All lines but the first, then the rule. GitHub refuses a related location without a message."""
        related = []
        for reference in finding.evidence[1:]:
            says = _sentence(_braced(_unlinked(f"Evidence: {reference.request}")))
            related.append({**self._location(reference), "message": {"text": says}})
        if finding.evidence:
            says = _braced(_unlinked(f"Rule {card.id} of policy {card.policy}."))
            related.append({**self._rule_location(card), "message": {"text": says}})
        return [{"id": at, **each} for at, each in enumerate(related, 1)]

    def _location(self, reference: "Reference") -> dict[str, Any]:
        place = self._place(reference.uri, None)
        place["region"] = _region(reference)
        return {"physicalLocation": place, "properties": _provenance(reference)}

    def _rule_location(self, card: "RuleCard") -> dict[str, Any]:
        place = self._place(card.uri, card.line)
        place["artifactLocation"]["uriBaseId"] = "POLICIES"
        return {"physicalLocation": place}

    def _place(self, uri: str, line: int | None) -> dict[str, Any]:
        file: dict[str, Any] = {"uri": uri}
        if uri in self._index:
            file["index"] = self._index[uri]
        return {"artifactLocation": file} if line is None else {"artifactLocation": file, "region": {"startLine": line}}


def writer(style: "Style") -> Log:
    """A writer for one report."""
    return Log()


def _policy_artifact(card: "PolicyCard") -> dict[str, Any]:
    location = {"uri": card.uri, "uriBaseId": "POLICIES"}
    return {"location": location, "roles": ["policy"], "hashes": {"sha-256": card.sha256}}


def _evidence_artifact(artifact: "Artifact") -> dict[str, Any]:
    return {"location": {"uri": artifact.uri}, "roles": ["analysisTarget"], "hashes": {"sha-256": artifact.sha256}}


def _judgement(finding: "Finding") -> dict[str, Any]:
    if finding.result != "fail":
        return {"kind": KINDS[finding.result], "level": "none"}
    if finding.severity == "info":
        return {"kind": "informational", "level": "none"}
    return {"kind": "fail", "level": LEVELS[finding.severity], "rank": RANKS[finding.severity]}


def _message(finding: "Finding") -> dict[str, Any]:
    """Both `id` with `arguments` and `text`: GitHub reads the text alone."""
    arguments = [_unlinked(finding.target), _unlinked(finding.message).removesuffix(".")]
    if finding.result == "unknown":
        arguments.append((finding.reason or "inconclusive").replace("_", " "))
    text = TEMPLATES[finding.result].format(*map(_braced, arguments))
    return {"id": finding.result, "arguments": arguments, "text": text}


def _region(reference: "Reference") -> dict[str, Any]:
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


def _provenance(reference: "Reference") -> dict[str, Any]:
    known: dict[str, Any] = {
        "request": reference.request,
        "exitStatus": reference.exit_status,
        "collected": reference.collected,
    }
    if reference.snippet is not None:
        known["text"] = reference.text
    return known


def _logical(target: str, subject: str) -> list[dict[str, Any]]:
    name = f"{target}/{subject}" if subject else target
    return [{"name": name, "fullyQualifiedName": name, "kind": "resource"}]


def _fingerprints(fingerprint: str) -> dict[str, str]:
    """GitHub matches by the first alone, and wants a `:` and a count behind the hash."""
    return {"primaryLocationLineHash": f"{fingerprint[:16]}:1", "rmccomply/v1": fingerprint}


def _properties(finding: "Finding") -> dict[str, Any]:
    return {
        "policy": finding.policy,
        "severity": finding.severity,
        "reason": finding.reason,
        "disposition": finding.disposition,
        "expected": finding.expected,
        "actual": finding.actual,
        "remediation": finding.remediation,
        "settle": finding.settle,
        "notes": list(finding.notes),
        "advice": finding.advice,
    }


def _unlinked(text: str) -> str:
    return text.replace("](", "\\](")


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
