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
from rmccomply.problems import problems_of, standing_of
from rmccomply.words import RESULTS, SEVERITIES

if TYPE_CHECKING:
    from rmccomply.documents.facts_1_rows import FactReference
    from rmccomply.documents.report_1_rows import (
        FindingRow,
        ImageRow,
        NotificationRow,
        ParameterRow,
        PolicyRow,
        ReferenceRow,
        ReportDocument,
        RunRow,
        SettingRow,
        TargetRow,
        WaiverRow,
    )
    from rmccomply.evidence.model import Notification, Reference
    from rmccomply.finding import Because, Finding, WaiverCard
    from rmccomply.report import Assessed, Closing, ParameterCard, PolicyCard, RuleCard, Run, SettingCard, TargetCard
    from rmccomply.words import GateWord

_ENCODER: Final = JSONEncoder(ensure_ascii=True, check_circular=False, allow_nan=False, separators=(",", ":"))

_OF_WAIVER: Final = ("id", "owner", "approved_by", "approved", "ticket", "reason", "expires", "state")
"""The members of a waiver."""

BETWEEN: Final = ",\n"
"""What stands between two rows."""
_NO_LINKS: Final = '"caused_by":[],"covered_by":null,"blocked_by":[]'

encode: Final = _ENCODER.encode
"""A value as JSON on one line, in printable ASCII whatever its texts hold."""


@lru_cache(maxsize=4096)
def _again(text: str | int | None) -> str:
    """As `encode`, for what stands in many findings: names, words, paths, remediations."""
    return encode(text)


@lru_cache(maxsize=1024)
def _rule(rule: str, policy: str, title: str, problem: str, controls: tuple[str, ...]) -> str:
    """The members that are the same in all findings of a rule."""
    return (
        f'"rule":{encode(rule)},"policy":{encode(policy)},"title":{encode(title)},"problem":{encode(problem)},'
        f'"controls":{encode(controls)}'
    )


@lru_cache(maxsize=1024)
def _result(result: str, reason: str | None, severity: str, disposition: str | None) -> str:
    """The members that are words of closed sets."""
    return (
        f'"result":{encode(result)},"reason":{encode(reason)},'
        f'"severity":{encode(severity)},"disposition":{encode(disposition)}'
    )


@lru_cache(maxsize=1024)
def _doing(step: str | None, first: str) -> str:
    """The members that say what settles an unknown."""
    return f'"step":{encode(step)},"first":{encode(first)}'


def finding_line(finding: "Finding | FindingRow", about: "RuleCard | FindingRow") -> str:
    """A finding as report JSON states it, on one line; the tree behind the verdict stays with `explain`."""
    return f"{{{finding_members(finding, about)}}}"


def finding_members(finding: "Finding | FindingRow", about: "RuleCard | FindingRow") -> str:
    """The members of a finding, without the braces around them; `about` has the words of its rule."""
    says = finding.verdict
    evidence, notes = ",".join(map(_reference, says.evidence)), ",".join(map(_text, says.notes))
    return (
        f"{_rule(says.rule, says.policy, about.title, about.problem, about.controls)},"
        f'"target":{_again(finding.target)},"subject":{_text(says.subject)},'
        f"{_result(says.result, says.reason, says.severity, finding.disposition)},"
        f'"message":{_text(says.message)},"expected":{_again(says.expected)},"actual":{_text(says.actual)},'
        f'"evidence":[{evidence}],"remediation":{_again(says.remediation)},'
        f'"fingerprint":"{finding.fingerprint}","settle":{_again(says.settle)},"notes":[{notes}],"advice":{_again(says.advice)},'
        f'{_doing(says.step, says.first)},{_links(finding)},"waiver":{_waiver(finding.waiver)}'
    )


def _links(finding: "Finding | FindingRow") -> str:
    """The members that name other findings of the target, by their fingerprints."""
    if not finding.caused_by and finding.covered_by is None and not finding.blocked_by:
        return _NO_LINKS
    caused = ",".join(f'"{_print_of(why)}"' for why in finding.caused_by)
    blocked = ",".join(f'"{one}"' for one in finding.blocked_by)
    return f'"caused_by":[{caused}],"covered_by":{encode(finding.covered_by)},"blocked_by":[{blocked}]'


def _waiver(card: "WaiverCard | WaiverRow | None") -> str:
    """What covers a fail."""
    return "null" if card is None else _card(*(getattr(card, name) for name in _OF_WAIVER))


@lru_cache(maxsize=4096)
def _card(*values: str) -> str:
    return encode(dict(zip(_OF_WAIVER, values, strict=True)))


def _print_of(why: "Because | str") -> str:
    return why if isinstance(why, str) else why.fingerprint


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


def assessed_line(item: "Assessed", left_out: int) -> str:
    """A target of the run with what it is by its findings; `left_out` rules of the policies were not judged."""
    counts: dict[str, int] = dict.fromkeys(RESULTS, 0)
    problems = dict.fromkeys(SEVERITIES, 0)
    for finding in item.findings:
        counts[finding.verdict.result] += 1
    for problem in problems_of(item.findings):
        problems[problem.severity] += 1
    members = _target(item.target)
    members["os"], members["cluster"] = item.target.os, item.target.cluster
    members["image"] = {"mode": item.target.image, "sha256": item.target.image_sha256}
    members["standing"] = standing_of(item.findings, left_out)
    members["counts"] = {**counts, "problems": problems}
    return encode(members)


def _image(row: "ImageRow | None") -> dict[str, object] | None:
    return None if row is None else {"mode": row.mode, "sha256": row.sha256}


def target_line(row: "TargetRow") -> str:
    """A target that was read, as it was written."""
    members = _target(row)
    later = (("os", row.os), ("cluster", row.cluster), ("image", _image(row.image)), ("standing", row.standing))
    members.update((name, value) for name, value in later if value is not None)
    if row.counts is not None:
        members["counts"] = row.counts.members
    return encode(members)


def _target(card: "TargetCard | TargetRow") -> dict[str, object]:
    return {
        "id": card.id,
        "platform": card.platform,
        "identity": {"type_model": card.type_model, "serial": card.serial, "lpar_id": card.lpar_id},
        "labels": dict(card.labels),
        "collected": card.collected,
        "evidence": [{"uri": each.uri, "sha256": each.sha256} for each in card.evidence],
    }


def notification_line(note: "Notification | NotificationRow", target: str = "") -> str:
    """A notification; one that names no target is about `target`, empty for none."""
    where = note.target or target
    return encode({"level": note.level, "text": note.text, "uri": note.uri, "line": note.line, "target": where})


def summary_line(counts: Mapping[str, int], decided: float) -> str:
    """How many findings have each result, and the share of applicable ones that is decided, 0 to 1."""
    return encode({**counts, "decided": decided})


def run_line(run: "Run", closing: "Closing") -> str:
    """The run: what it was asked, and how it ended."""
    head = _run_head(closing.run_id, run.now, closing.exit_status, closing.shut_by)
    whole = f'"left_out":{run.left_out},"damaged":{encode(closing.damaged)},'
    return f"{head}{whole}\n{_settings(run.settings)}}}"


def run_text(run: "RunRow") -> str:
    """A run that was read, as it was written."""
    later = (("left_out", run.left_out), ("damaged", run.damaged))
    whole = "".join(f'"{name}":{encode(value)},' for name, value in later if value is not None)
    return f"{_run_head(run.id, run.now, run.exit_status, run.gate)}{whole}\n{_settings(run.settings)}}}"


def _run_head(run_id: str, now: str, exit_status: int, gate: "GateWord") -> str:
    return f'{{"id":{encode(run_id)},"now":{encode(now)},"exit_status":{exit_status},"gate":{encode(gate)},'


def _settings(settings: "Iterable[SettingCard | SettingRow]") -> str:
    lines = [encode({"name": each.name, "value": each.value, "origin": each.origin}) for each in settings]
    return f'"settings":{"".join(rows(lines))}'


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


def closing_pieces(
    findings: bool, targets: Iterable[str], notifications: Iterable[str], summary: str, run: str = ""
) -> Iterator[str]:
    """All behind the last finding, of lines; `findings` says whether there was any."""
    yield "\n]" if findings else "]"
    yield ',\n"targets":'
    yield from rows(targets)
    yield ',\n"notifications":'
    yield from rows(notifications)
    yield f',\n"summary":{summary}'
    if run:
        yield f',\n"run":{run}'
    yield "}\n"


def report_text(report: "ReportDocument") -> str:
    """A report that was read, as it was written; one of before has all members of a finding then."""
    opening = opening_text(report.tool.version, report.now, report.policies, report.parameters)
    lines = BETWEEN.join(finding_line(row, row) for row in report.findings)
    run = report.run
    closing = closing_pieces(
        bool(report.findings),
        map(target_line, report.targets),
        map(notification_line, report.notifications),
        summary_line(report.summary.counts, report.summary.decided),
        "" if run is None else run_text(run),
    )
    return "".join((opening, "\n" if lines else "", lines, *closing))
