"""Report JSON, version 1, as it is written: every row on one line, and what stands around the rows.

`report_1_rows` says what each row may hold, `report_1_reader` reads it back. The line of a finding is put together by
hand: this runs once for every finding of a fleet, and most of its texts are those of the finding before.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring_ascii as _text
from typing import TYPE_CHECKING, Final

from rmccomply.documents import REPORT_1

if TYPE_CHECKING:
    from rmccomply.documents.facts_1_rows import FactReference
    from rmccomply.documents.report_1_rows import (
        FindingRow,
        NotificationRow,
        ParameterRow,
        PolicyRow,
        ReferenceRow,
        ReportDocument,
        TargetRow,
    )
    from rmccomply.evidence.model import Notification, Reference
    from rmccomply.finding import Finding
    from rmccomply.report import ParameterCard, PolicyCard, TargetCard

_ENCODER: Final = JSONEncoder(ensure_ascii=True, check_circular=False, allow_nan=False, separators=(",", ":"))

BETWEEN: Final = ",\n"
"""What stands between two rows."""

encode: Final = _ENCODER.encode
"""A value as JSON on one line, in printable ASCII whatever its texts hold."""


@lru_cache(maxsize=4096)
def _again(text: str | int | None) -> str:
    """As `encode`, for what stands in many findings: names, words, paths, remediations."""
    return encode(text)


@lru_cache(maxsize=1024)
def _rule(rule: str, policy: str) -> str:
    """The members that are the same in all findings of a rule."""
    return f'"rule":{encode(rule)},"policy":{encode(policy)}'


@lru_cache(maxsize=1024)
def _result(result: str, reason: str | None, severity: str, disposition: str | None) -> str:
    """The members that are words of closed sets."""
    return (
        f'"result":{encode(result)},"reason":{encode(reason)},'
        f'"severity":{encode(severity)},"disposition":{encode(disposition)}'
    )


def finding_line(finding: "Finding | FindingRow") -> str:
    """A finding as report JSON states it, on one line; the tree behind the verdict stays with `explain`."""
    says = finding.verdict
    evidence, notes = ",".join(map(_reference, says.evidence)), ",".join(map(_text, says.notes))
    return (
        f'{{{_rule(says.rule, says.policy)},"target":{_again(finding.target)},"subject":{_text(says.subject)},'
        f"{_result(says.result, says.reason, says.severity, finding.disposition)},"
        f'"message":{_text(says.message)},"expected":{_again(says.expected)},"actual":{_text(says.actual)},'
        f'"evidence":[{evidence}],"remediation":{_again(says.remediation)},'
        f'"fingerprint":"{finding.fingerprint}","settle":{_again(says.settle)},"notes":[{notes}],"advice":{_again(says.advice)}}}'
    )


def _reference(place: "Reference | ReferenceRow") -> str:
    return f"{{{reference_members(place)}}}"


def reference_members(place: "Reference | ReferenceRow | FactReference") -> str:
    """The members of a reference, without the braces around them; facts documents write them too."""
    snippet = "" if place.snippet is None else f',"snippet":{_text(place.snippet)}'
    return (
        f'"uri":{_again(place.uri)},"start_line":{place.start_line},"end_line":{place.end_line},'
        f'"start_column":{place.start_column},"text":{_text(place.text)},"request":{_again(place.request)},'
        f'"exit_status":{_again(place.exit_status)},"collected":{_again(place.collected)}{snippet}'
    )


def policy_line(card: "PolicyCard | PolicyRow") -> str:
    """A policy of the run."""
    return encode({"id": card.id, "title": card.title, "version": card.version, "sha256": card.sha256, "uri": card.uri})


def parameter_line(card: "ParameterCard | ParameterRow") -> str:
    """A parameter that the run gave another value than its policy."""
    return encode(
        {
            "name": card.name,
            "value": card.value,
            "of_policy": card.of_policy,
            "looser": card.looser,
            "policy": card.policy,
        }
    )


def target_line(card: "TargetCard | TargetRow") -> str:
    """A target of the run."""
    return encode(
        {
            "id": card.id,
            "platform": card.platform,
            "identity": {"type_model": card.type_model, "serial": card.serial, "lpar_id": card.lpar_id},
            "labels": dict(card.labels),
            "collected": card.collected,
            "evidence": [{"uri": each.uri, "sha256": each.sha256} for each in card.evidence],
        }
    )


def notification_line(note: "Notification | NotificationRow", target: str = "") -> str:
    """A notification; one that names no target is about `target`, empty for none."""
    where = note.target or target
    return encode({"level": note.level, "text": note.text, "uri": note.uri, "line": note.line, "target": where})


def summary_line(counts: Mapping[str, int], decided: float) -> str:
    """How many findings have each result, and the share of applicable ones that is decided, 0 to 1."""
    return encode({**counts, "decided": decided})


def rows(lines: Iterable[str]) -> Iterator[str]:
    """A list of rows, each on a line of its own, in pieces."""
    before = "[\n"
    for line in lines:
        yield before + line
        before = BETWEEN
    yield "[]" if before == "[\n" else "\n]"


def opening_text(
    version: str,
    now: str,
    policies: "Iterable[PolicyCard | PolicyRow]",
    parameters: "Iterable[ParameterCard | ParameterRow]" = (),
) -> str:
    """All before the first finding: the list of findings is left open. `version` is that of the program."""
    tool = encode({"name": "rmccomply", "version": version})
    head = f'{{"schema":{encode(REPORT_1)},\n"tool":{tool},\n"now":{encode(now)}'
    tuned = "".join(rows(map(parameter_line, parameters)))
    middle = "" if tuned == "[]" else f',\n"parameters":{tuned}'
    return f'{head},\n"policies":{"".join(rows(map(policy_line, policies)))}{middle},\n"findings":['


def closing_pieces(findings: bool, targets: Iterable[str], notifications: Iterable[str], summary: str) -> Iterator[str]:
    """All behind the last finding, of lines; `findings` says whether there was any."""
    yield "\n]" if findings else "]"
    yield ',\n"targets":'
    yield from rows(targets)
    yield ',\n"notifications":'
    yield from rows(notifications)
    yield f',\n"summary":{summary}}}\n'


def report_text(report: "ReportDocument") -> str:
    """A report that was read, as it was written."""
    opening = opening_text(report.tool.version, report.now, report.policies, report.parameters)
    lines = BETWEEN.join(map(finding_line, report.findings))
    closing = closing_pieces(
        bool(report.findings),
        map(target_line, report.targets),
        map(notification_line, report.notifications),
        summary_line(report.summary.counts, report.summary.decided),
    )
    return "".join((opening, "\n" if lines else "", lines, *closing))
