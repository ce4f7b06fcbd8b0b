"""What `waiver list` and `waiver lint` do: the waivers of a file at a time, and those that are to be looked at."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply.assess import TWIN
from rmccomply.dispose.waiver_ends import UseSum, WaiverEnd, add_uses, ends_of, moment_told, span_told
from rmccomply.dispose.waivers import Bearer, Meeting, Waiver, Waiving
from rmccomply.documents.report_file import read_report
from rmccomply.policy.load import load
from rmccomply.runs.arguments import clock_of
from rmccomply.runs.lines import printed
from rmccomply.runs.teller import Teller
from rmccomply.runs.waivers import waivers_of
from rmccomply.words import WaiverState, counted

if TYPE_CHECKING:
    from rmccomply.documents.report_1_rows import ReportDocument

_SCHEMA: Final = "rmccomply/waivers/1"
_STATES: Final[dict[WaiverState, str]] = {"in_force": "in force", "expired": "ran out", "void": "void", "soon": "soon"}


def listed(path: str, names: Sequence[str], now: str, form: str, teller: Teller) -> None:
    """Tell the waivers of a file as they are at a time, under policies by id or path; `form` is text or json.

    Raises UsageError and PolicyError.
    """
    read = waivers_of(path, [load(name) for name in names], (), clock_of(now))
    ends = sorted(ends_of(read.waivers, {}), key=lambda one: one.state == "in_force")
    if form == "json":
        rows = [_row(one) for one in ends]
        document = {"schema": _SCHEMA, "now": clock_of(now), "sha256": read.sha256, "waivers": rows}
        teller.result(json.dumps(document, indent=2) + "\n")
        return
    lines = [line for one in ends for line in _lines(one.waiver)] or ["no waivers"]
    teller.result(printed(lines, teller.page()))


def lint(path: str, report: str | None, names: Sequence[str], now: str, teller: Teller) -> int:
    """Tell what is to be looked at in a file: 1 where a waiver is soon, expired, void or unused, else 0.

    What is unused is told by a `report` in JSON. Raises UsageError with every fault of the file, and InputError.
    """
    policies = [load(name) for name in names]
    document = None if report is None else read_report(Path(report)).document
    judged = frozenset[str]() if document is None else frozenset(one.rule for one in document.findings)
    read = waivers_of(path, policies, judged, clock_of(now))
    sums: dict[tuple[str, Meeting], UseSum] = {}
    if document is not None:
        _met(document, read.waivers, sums)
    remarks = [one for one in ends_of(read.waivers, sums) if one.says]
    for one in remarks:
        teller.warn(f"warning: {path}:{one.waiver.line}: waiver {one.waiver.id} {one.says}", path)
    doubtful = counted(len(remarks), "warning") if remarks else "sound"
    teller.result(printed([f"{path}: {counted(len(read.waivers), 'waiver')}, {doubtful}"], teller.page()))
    return 1 if remarks else 0


def bearers(report: "ReportDocument") -> Iterator[Bearer]:
    """The targets of a report."""
    twins = {note.target for note in report.notifications if note.text.startswith(TWIN)}
    for target in report.targets:
        yield Bearer(target.id, target.labels, target.id in twins)


def _met(report: "ReportDocument", waivers: tuple[Waiver, ...], sums: dict[tuple[str, Meeting], UseSum]) -> None:
    """What waivers make of the fails of a report."""
    waiving = {bearer.label: Waiving(waivers, bearer) for bearer in bearers(report)}
    for row in report.findings:
        if row.result == "fail" and row.target in waiving:
            waiving[row.target].waiver_of(row)
    for one in waiving.values():
        add_uses(sums, one.uses())


def _row(end: WaiverEnd) -> dict[str, object]:
    one = end.waiver
    return {
        "id": one.id,
        "state": end.state,
        "says": end.says,
        "line": one.line,
        "rule": one.rule,
        "targets": list(one.targets),
        "labels": dict(one.labels),
        "subject": one.subject or "",
        "severity": one.severity,
        "owner": one.owner,
        "approved_by": one.approved_by,
        "approved": one.approved,
        "ticket": one.ticket,
        "reason": one.reason,
        "expires": one.expires,
        "pin": one.pin,
    }


def _lines(one: Waiver) -> Iterator[str]:
    """A waiver for people: how it is, what it covers, whose it is."""
    until = f"{'since' if one.state == 'expired' else 'until'} {moment_told(one.expires)}"
    left = f" ({span_told(one.left)} left)" if one.state in ("in_force", "soon") else ""
    why = f": {one.why}" if one.why else ""
    yield f"{one.id}  {_STATES[one.state]}{why}, {until}{left}"
    where = [f"on {', '.join(one.targets)}"] if one.targets else []
    where += [f"where {' and '.join(f'{name} is {value}' for name, value in one.labels)}"] if one.labels else []
    where += [f"about {one.subject}"] if one.subject else []
    yield f"  {one.rule} up to {one.severity}, {', '.join(where)}{', pinned' if one.pin else ''}"
    yield f"  {one.owner}, approved by {one.approved_by} on {one.approved}, {one.ticket}"
    yield f"  {one.reason}"
