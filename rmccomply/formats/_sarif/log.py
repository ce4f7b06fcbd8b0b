"""A SARIF log in the making: one run, written as results come.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html

Readings chosen, with the clause that leaves or makes the choice:

- uris (3.4): evidence is relative and has no base; a policy is relative to `POLICIES`, which a reader may define
  (3.14.14 allows a base without a uri).
- artifacts (3.14.15, 3.4.5): each file once, policies first.
- executionSuccessful (3.20.14): false where a finding is an error or the exit status is 2.
- times (3.20.7, 3.20.8): both are the clock of the run, so that the same evidence gives the same bytes.
- an `error` is a fault of ours and so no result but a notification.
- what is known at the end alone, the id of the run and its counts, are properties of the run (3.8, 3.14).
"""

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from rmccomply.documents.report_1 import encode
from rmccomply.finding import NO_RULE
from rmccomply.formats._sarif.places import KnownPlaces, Properties, logical, policy_indexes, primary
from rmccomply.formats._sarif.rules import EVIDENCE, FAULT, NOTIFICATION_IDS, driver, taxonomies_of
from rmccomply.formats._sarif.texts import sentence
from rmccomply.spool import Grouped, Spool
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmccomply.evidence.model import Artifact, Notification
    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing, PolicyCard, Run

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASES: Final = {"POLICIES": {"description": {"text": "Where the policies of this run are kept."}}}
_BETWEEN: Final = ",\n"


class SarifFragment(NamedTuple):
    """A target in SARIF: its results and its notifications, joined as rows are, its artifacts, each by its uri, and
    how many findings became what in this log."""

    results: str
    notifications: str
    artifacts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]


def fragment_of(
    item: "Assessed", known: KnownPlaces, results: "Iterable[Properties]", counts: "Counter[str]"
) -> SarifFragment:
    """The rows of a target with these results."""
    notes = [_notification(each, item.target.id) for each in item.notifications]
    notes += [_fault(finding, item, known) for finding in item.findings if finding.result == "error"]
    files = [each for each in item.target.evidence if each.uri not in known.policies]
    return SarifFragment(
        _BETWEEN.join(map(encode, results)),
        _BETWEEN.join(map(encode, notes)),
        tuple((each.uri, encode(_evidence_artifact(each))) for each in files),
        tuple(counts.items()),
    )


class SarifAssembly:
    """A log in the making. Artifacts and notifications, which stand at the end, go through spools.

    `counted` are the names of the counts of its fragments; `undecided` is the message string of the rule for what is
    undecided, where there is one; `part` names the log where a report has several, and `tool` is what another of them
    says of the tool, which is the same in all.
    """

    def __init__(
        self, frame: "Frame", counted: tuple[str, ...] = (), *, undecided: str = "", part: str = "", tool: str = ""
    ) -> None:
        self._run, self._undecided, self._part = frame.run, undecided, part
        self.tool = tool
        self._counts = Counter(dict.fromkeys(counted, 0))
        self._artifacts = Grouped()
        self._notifications = Spool()
        self._between = "\n"

    def begin(self) -> str:
        run = self._run
        taxonomies = taxonomies_of(run.rules)
        self.tool = self.tool or encode({"driver": driver(run, taxonomies, undecided=self._undecided)})
        members = {
            **({"taxonomies": taxonomies} if taxonomies else {}),
            "automationDetails": {"id": f"{category_of(run, self._part)}/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": _BASES,
        }
        head = ",\n".join(f"{encode(key)}:{encode(value)}" for key, value in members.items())
        return (
            f'{{"$schema":{encode(SCHEMA)},\n"version":"2.1.0",\n"runs":[{{\n"tool":{self.tool},\n{head},\n"results":['
        )

    def add(self, fragment: SarifFragment) -> str:
        self._counts.update(dict(fragment.counts))
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
                (encode(_policy_artifact(policies[uri])) for uri in policy_indexes(self._run)),
                (next(rows) for rows in self._artifacts),
            )
        )
        yield f'\n],\n"invocations":[{encode(_invocation(self._run, closing))[:-1]},"toolExecutionNotifications":[\n'
        yield from _joined(self._notifications.rows())
        yield f'\n]}}],\n"properties":{encode(_properties(self._run, closing, self._counts))}\n}}]}}\n'

    def abandon(self) -> None:
        self._artifacts.close()
        self._notifications.close()


def category_of(run: "Run", part: str = "") -> str:
    """What GitHub tells the logs of a tool apart by: the id of a log up to its last slash, the same in every run."""
    whole = f"rmccomply/{'+'.join(card.id for card in run.policies)}"
    return f"{whole}/{part}" if part else whole


def _joined(rows: "Iterator[str]") -> "Iterator[str]":
    """The rows with what stands between them, in pieces."""
    before = ""
    for row in rows:
        yield before + row
        before = _BETWEEN


def _invocation(run: "Run", closing: "Closing") -> Properties:
    return {
        "executionSuccessful": not closing.summary["error"] and closing.exit_status != 2,
        "exitCode": closing.exit_status,
        "startTimeUtc": run.now,
        "endTimeUtc": run.now,
    }


def _properties(run: "Run", closing: "Closing", counts: "Counter[str]") -> Properties:
    return {
        "id": closing.run_id,
        "gate": closing.shut_by,
        "targets": closing.targets,
        "findings": dict(closing.summary),
        "decided": closing.decided,
        "inThisLog": dict(counts),
        "settings": [card._asdict() for card in run.settings],
        **({"parameters": [card._asdict() for card in run.parameters]} if run.parameters else {}),
    }


def _notification(note: "Notification", target: str) -> Properties:
    row: Properties = {
        "descriptor": {"id": NOTIFICATION_IDS[EVIDENCE], "index": EVIDENCE},
        "level": note.level,
        "message": {"text": sentence(note.text)},
    }
    location: Properties = {}
    if note.uri:
        place = {"artifactLocation": {"uri": note.uri}}
        location["physicalLocation"] = place if note.line is None else {**place, "region": {"startLine": note.line}}
    if where := note.target or target:
        location["logicalLocations"] = logical(where)
    if location:
        row["locations"] = [location]
    return row


def _fault(finding: "Finding", item: "Assessed", known: KnownPlaces) -> Properties:
    row: Properties = {
        "descriptor": {"id": NOTIFICATION_IDS[FAULT], "index": FAULT},
        "level": "error",
        "message": {"text": sentence(f"{finding.rule}: {finding.message}")},
    }
    if finding.rule == NO_RULE:
        return {**row, "locations": [{"logicalLocations": logical(finding.target)}]}
    return {
        **row,
        "associatedRule": {"id": finding.rule, "index": known.rules[finding.rule]},
        "locations": [primary(finding, item.target, known)],
    }


def _policy_artifact(card: "PolicyCard") -> Properties:
    location = {"uri": card.uri, "uriBaseId": "POLICIES"}
    return {"location": location, "roles": ["policy"], "hashes": {"sha-256": card.sha256}}


def _evidence_artifact(artifact: "Artifact") -> Properties:
    return {"location": {"uri": artifact.uri}, "roles": ["analysisTarget"], "hashes": {"sha-256": artifact.sha256}}
