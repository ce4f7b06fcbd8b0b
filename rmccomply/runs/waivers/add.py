"""What `waiver add` does: one more waiver at the end of a file, whole or not at all, whoever else adds one meanwhile.

What stands there stays as it is, comments among it: text is added, all of it is read again, and only a file that is
valid then takes the place of the one before.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply.dispose.bound import bound
from rmccomply.dispose.waiver_ends import ends_of
from rmccomply.dispose.waivers import Waiver, is_about, names, pin_of
from rmccomply.documents.report_file import read_report
from rmccomply.errors import OutputError, UsageError
from rmccomply.files import locked, replace_whole
from rmccomply.guarded import LARGEST_TOML, Unfit, bounded
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.runs.arguments import clock_of
from rmccomply.runs.teller import Teller
from rmccomply.runs.waivers import file_of
from rmccomply.runs.waivers.listing import bearers
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, SEVERITIES, Severity
from rmccomply.written.waiver_text import next_id, waiver_text
from rmccomply.written.waivers import WaiverFile, WrittenWaiver, raw_of

if TYPE_CHECKING:
    from rmccomply.documents.report_1_rows import FindingRow

_BEGIN: Final = b"schema = 1\n"
_MODEST: Final = "2026-12-31T23:59:59+01:00"


class WaiverAsked(NamedTuple):
    """What is accepted, as the command line says it. No `id`: the next one; no `approved`: the day of the run;
    `severity` and what it is pinned to come of `pin_from`, a report, where that is given."""

    rule: str
    targets: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    subject: str
    severity: str
    owner: str
    approved_by: str
    approved: str
    ticket: str
    reason: str
    expires: str
    id: str = ""
    pin_from: str = ""


def add(path: str, asked: WaiverAsked, policy_names: Sequence[str], now: str, teller: Teller) -> None:
    """Add a waiver to a file, which is made where there is none, and tell its id; where policies void it, that too.

    Raises UsageError with all that is wrong with it, or with the file as it is; OutputError where it cannot be written.
    """
    moment, policies = clock_of(now), [load(name) for name in policy_names]
    waiver = _written(asked, moment)
    place = Path(os.path.realpath(path))
    try:
        with locked(place):
            file = _added(path, place, waiver, policies, moment)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    (last,) = file.waivers[-1:]
    teller.result(visible(f"{path}: added {last.id}") + "\n")
    one = file._replace(waivers=(last,))
    for end in ends_of(bound(one, policies, (), moment), {}):
        if end.says:
            teller.warn(f"warning: {path}:{last.line}: waiver {last.id} {end.says}", path)


def _added(path: str, place: Path, waiver: WrittenWaiver, policies: Sequence[LoadedPolicy], now: str) -> WaiverFile:
    """The file with the waiver at its end, after it took the place of the one before."""
    try:
        before = bounded(place, LARGEST_TOML) if os.path.lexists(place) else b""
        ids = [one.id for one in file_of(raw_of(path, before), policies).waivers] if before.strip() else []
    except Unfit as error:
        raise UsageError(f"{path}{f':{error.line}' if error.line else ''}: {error.says}") from None
    if not waiver.id:
        waiver = waiver._replace(id=next_id(int(now[:4]), ids))
    after = _joined(before, waiver_text(waiver))
    try:
        raw = raw_of(path, after)
    except Unfit as error:
        says = (
            f"a waiver cannot be added at its end, line {error.line}: {error.says}. Write each as a table [[waivers]]"
        )
        raise UsageError(f"{path}: {says}") from None
    file = file_of(raw, policies)
    replace_whole(place, after)
    return file


def _joined(before: bytes, text: str) -> bytes:
    """The text behind what is there, one blank line apart, with the line ends of the file."""
    try:
        added = text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError("a text of the waiver is not UTF-8") from None
    head = before or _BEGIN
    head += b"" if head.endswith(b"\n") else b"\n"
    joint = head + (b"" if head.endswith((b"\n\n", b"\n\r\n")) else b"\n")
    if b"\r\n" in before:
        return before + (joint[len(before) :] + added).replace(b"\n", b"\r\n")
    return joint + added


def _written(asked: WaiverAsked, now: str) -> WrittenWaiver:
    """The waiver as it will stand there. Raises UsageError for what no file could say."""
    severity, pin = asked.severity, ""
    if asked.pin_from:
        worst, pin = _pinned(asked)
        severity = severity or worst
    if severity not in SEVERITIES:
        said = f"'{severity}' is not one of: {', '.join(SEVERITIES)}" if severity else "is missing"
        raise UsageError(f"--severity: {said}")
    return WrittenWaiver(
        asked.id,
        asked.rule,
        asked.targets,
        asked.labels,
        asked.subject,
        next(one for one in SEVERITIES if one == severity),
        asked.owner,
        asked.approved_by,
        _day(asked.approved) if asked.approved else datetime.fromisoformat(now).astimezone(UTC).date(),
        asked.ticket,
        asked.reason,
        _moment(asked.expires),
        pin,
        0,
    )


def _pinned(asked: WaiverAsked) -> tuple[Severity, str]:
    """The worst severity of the fails of a report that the waiver names, and what they say, which is one thing."""
    report = read_report(Path(asked.pin_from)).document
    about = Waiver("", asked.rule, asked.targets, "critical", asked.subject or None, labels=asked.labels)
    named = {bearer.label for bearer in bearers(report) if names(about, bearer)}
    fails = [one for one in report.findings if one.result == "fail" and one.target in named and is_about(about, one)]
    if not fails:
        raise UsageError(f"--pin-from: {asked.pin_from}: {asked.rule} does not fail there on such a target")
    pins = {pin_of(one): one.target for one in fails}
    if len(pins) > 1:
        told = ", ".join(sorted(pins.values())[:3])
        raise UsageError(f"--pin-from: the fails are not alike ({told}): give each a waiver of its own")
    return _worst(fails), next(iter(pins))


def _worst(fails: "Iterable[FindingRow]") -> Severity:
    return min((one.severity for one in fails), key=RANK.__getitem__)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--approved: '{text}' is not a day such as 2026-11-30") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--expires: '{text}' is not a time such as {_MODEST}") from None
    if moment.tzinfo is None:
        raise UsageError(f"--expires: '{text}' names no offset from UTC; write {_MODEST}, or with Z for UTC")
    return moment
