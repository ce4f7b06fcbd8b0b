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
- artifacts (3.14.15, 3.4.5): each file once, policies first. A location of a policy has the index of its artifact;
  one of evidence is told by its uri alone, so that what is said of a target depends on no other target.
- suppressions (3.35): a waived fail is an accepted external suppression; why it is accepted stands in its notes.
- executionSuccessful (3.20.14): false where a finding is an error or the exit status is 2.
- times (3.20.7, 3.20.8): both are the clock of the run, so that the same evidence gives the same bytes.
"""

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

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
from rmccomply.spool import Grouped, Spool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.evidence.model import Artifact, Notification, Reference
    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing, PolicyCard, RuleCard, Run
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
_BETWEEN: Final = ",\n"


class SarifFragment(NamedTuple):
    """A target in SARIF: its results and its notifications, joined as rows are, and its artifacts, each by its uri."""

    results: str
    notifications: str
    artifacts: tuple[tuple[str, str], ...]


class _KnownPlaces(NamedTuple):
    """What is known of a run by name: each rule with its index, and the index of each policy's artifact."""

    rules: dict[str, tuple[int, "RuleCard"]]
    policies: dict[str, int]


def fragment(item: "Assessed", frame: "Frame") -> SarifFragment:
    """The rows of a target."""
    known = _known(frame.run)
    notes = [_notification(each, item.target.id) for each in item.notifications]
    notes += [_fault(finding, known) for finding in item.findings if finding.result == "error"]
    results = [_result(finding, known) for finding in item.findings if finding.result != "error"]
    files = [each for each in item.target.evidence if each.uri not in known.policies]
    return SarifFragment(
        _BETWEEN.join(map(encode, results)),
        _BETWEEN.join(map(encode, notes)),
        tuple((each.uri, encode(_evidence_artifact(each))) for each in files),
    )


class SarifAssembly:
    """A log in the making. Artifacts and notifications, which stand at the end, go through spools."""

    def __init__(self, frame: "Frame") -> None:
        self._run = frame.run
        self._artifacts = Grouped()
        self._notifications = Spool()
        self._between = "\n"

    def begin(self) -> str:
        run = self._run
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

    def add(self, fragment: SarifFragment) -> str:
        for uri, row in fragment.artifacts:
            self._artifacts.add(uri, row)
        if fragment.notifications:
            self._notifications.add(fragment.notifications)
        if not fragment.results:
            return ""
        between, self._between = self._between, _BETWEEN
        return between + fragment.results

    def end(self, closing: "Closing") -> "Iterator[str]":
        if closing.notifications:
            self._notifications.add(_BETWEEN.join(encode(_notification(each, "")) for each in closing.notifications))
        policies = {card.uri: card for card in reversed(self._run.policies)}
        yield '\n],\n"artifacts":[\n'
        yield from _joined(
            chain(
                (encode(_policy_artifact(policies[uri])) for uri in _indexes(self._run)),
                (next(rows) for rows in self._artifacts),
            )
        )
        yield f'\n],\n"invocations":[{encode(_invocation(self._run, closing))[:-1]},"toolExecutionNotifications":[\n'
        yield from _joined(self._notifications.rows())
        yield "\n]}]\n}]}\n"

    def abandon(self) -> None:
        self._artifacts.close()
        self._notifications.close()


def assembly(frame: "Frame") -> SarifAssembly:
    """An empty log."""
    return SarifAssembly(frame)


def _joined(rows: "Iterator[str]") -> "Iterator[str]":
    """The rows with what stands between them, in pieces."""
    before = ""
    for row in rows:
        yield before + row
        before = _BETWEEN


def _known(run: "Run") -> _KnownPlaces:
    return _KnownPlaces({card.id: (at, card) for at, card in enumerate(run.rules)}, _indexes(run))


def _indexes(run: "Run") -> dict[str, int]:
    """The artifacts of policies, which stand before all others, by uri."""
    return {uri: at for at, uri in enumerate(dict.fromkeys(card.uri for card in run.policies))}


def _invocation(run: "Run", closing: "Closing") -> dict[str, object]:
    return {
        "executionSuccessful": not closing.summary["error"] and closing.exit_status != 2,
        "exitCode": closing.exit_status,
        "startTimeUtc": run.now,
        "endTimeUtc": run.now,
    }


def _notification(note: "Notification", target: str) -> dict[str, object]:
    row: dict[str, object] = {
        "descriptor": {"id": NOTIFICATION_IDS[EVIDENCE], "index": EVIDENCE},
        "level": note.level,
        "message": {"text": _sentence(_braced(_unlinked(note.text)))},
    }
    location: dict[str, object] = {}
    if note.uri:
        place = {"artifactLocation": {"uri": note.uri}}
        location["physicalLocation"] = place if note.line is None else {**place, "region": {"startLine": note.line}}
    if where := note.target or target:
        location["logicalLocations"] = _logical(where, "")
    if location:
        row["locations"] = [location]
    return row


def _fault(finding: "Finding", known: _KnownPlaces) -> dict[str, object]:
    row: dict[str, object] = {
        "descriptor": {"id": NOTIFICATION_IDS[FAULT], "index": FAULT},
        "level": "error",
        "message": {"text": _sentence(_braced(_unlinked(f"{finding.rule}: {finding.message}")))},
    }
    if finding.rule == NO_RULE:
        return {**row, "locations": [{"logicalLocations": _logical(finding.target, "")}]}
    return {
        **row,
        "associatedRule": {"id": finding.rule, "index": known.rules[finding.rule][0]},
        "locations": [_primary(finding, known)],
    }


def _result(finding: "Finding", known: _KnownPlaces) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": known.rules[finding.rule][0],
        **_judgement(finding),
        "message": _message(finding),
        "locations": [_primary(finding, known)],
    }
    if related := _related(finding, known):
        result["relatedLocations"] = related
    result["partialFingerprints"] = _fingerprints(finding.fingerprint)
    if finding.disposition == "waived":
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    result["properties"] = _properties(finding)
    return result


def _primary(finding: "Finding", known: _KnownPlaces) -> dict[str, object]:
    where = _location(finding.evidence[0]) if finding.evidence else _rule_location(finding.rule, known)
    return {**where, "logicalLocations": _logical(finding.target, finding.subject)}


def _related(finding: "Finding", known: _KnownPlaces) -> list[dict[str, object]]:
    """All lines but the first, then the rule. GitHub refuses a related location without a message."""
    related = []
    for reference in finding.evidence[1:]:
        says = _sentence(_braced(_unlinked(f"Evidence: {reference.request}")))
        related.append({**_location(reference), "message": {"text": says}})
    if finding.evidence:
        card = known.rules[finding.rule][1]
        says = _braced(_unlinked(f"Rule {card.id} of policy {card.policy}."))
        related.append({**_rule_location(finding.rule, known), "message": {"text": says}})
    return [{"id": at, **each} for at, each in enumerate(related, 1)]


def _location(reference: "Reference") -> dict[str, object]:
    place = {"artifactLocation": {"uri": reference.uri}, "region": _region(reference)}
    return {"physicalLocation": place, "properties": _provenance(reference)}


def _rule_location(rule: str, known: _KnownPlaces) -> dict[str, object]:
    card = known.rules[rule][1]
    file: dict[str, object] = {"uri": card.uri}
    if card.uri in known.policies:
        file["index"] = known.policies[card.uri]
    file["uriBaseId"] = "POLICIES"
    return {"physicalLocation": {"artifactLocation": file, "region": {"startLine": card.line}}}


def _policy_artifact(card: "PolicyCard") -> dict[str, object]:
    location = {"uri": card.uri, "uriBaseId": "POLICIES"}
    return {"location": location, "roles": ["policy"], "hashes": {"sha-256": card.sha256}}


def _evidence_artifact(artifact: "Artifact") -> dict[str, object]:
    return {"location": {"uri": artifact.uri}, "roles": ["analysisTarget"], "hashes": {"sha-256": artifact.sha256}}


def _judgement(finding: "Finding") -> dict[str, object]:
    if finding.result != "fail":
        return {"kind": KINDS[finding.result], "level": "none"}
    if finding.severity == "info":
        return {"kind": "informational", "level": "none"}
    return {"kind": "fail", "level": LEVELS[finding.severity], "rank": RANKS[finding.severity]}


def _message(finding: "Finding") -> dict[str, object]:
    """Both `id` with `arguments` and `text`: GitHub reads the text alone."""
    arguments = [_unlinked(finding.target), _unlinked(finding.message).removesuffix(".")]
    if finding.result == "unknown":
        arguments.append((finding.reason or "inconclusive").replace("_", " "))
    text = TEMPLATES[finding.result].format(*map(_braced, arguments))
    return {"id": finding.result, "arguments": arguments, "text": text}


def _region(reference: "Reference") -> dict[str, object]:
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


def _provenance(reference: "Reference") -> dict[str, object]:
    known: dict[str, object] = {
        "request": reference.request,
        "exitStatus": reference.exit_status,
        "collected": reference.collected,
    }
    if reference.snippet is not None:
        known["text"] = reference.text
    return known


def _logical(target: str, subject: str) -> list[dict[str, object]]:
    name = f"{target}/{subject}" if subject else target
    return [{"name": name, "fullyQualifiedName": name, "kind": "resource"}]


def _fingerprints(fingerprint: str) -> dict[str, str]:
    """GitHub matches by the first alone, and wants a `:` and a count behind the hash."""
    return {"primaryLocationLineHash": f"{fingerprint[:16]}:1", "rmccomply/v1": fingerprint}


def _properties(finding: "Finding") -> dict[str, object]:
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
