"""What the commands of `baseline` do: write one of a report, and update one by a later report.

A baseline is written once and then only shrinks: what is fixed goes, what grew milder is noted as milder. What is new
enters where somebody names its fingerprint.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply.dispose.baseline import DECIDED, Baseline, BaselineEntry
from rmccomply.errors import OutputError, UsageError
from rmccomply.files import replace_whole
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, counted

if TYPE_CHECKING:
    from rmccomply.documents.report_1_rows import FindingRow, ReportDocument
    from rmccomply.runs.teller import Teller

_PARTS: Final = "; "


class Updated(NamedTuple):
    """A baseline after a report: its entries; how many are gone, narrowed and accepted; which fails it does not cover,
    worst first, each with whether an entry of it is there."""

    entries: tuple[BaselineEntry, ...]
    gone: tuple[BaselineEntry, ...]
    narrowed: tuple[BaselineEntry, ...]
    accepted: tuple[BaselineEntry, ...]
    candidates: tuple[tuple[BaselineEntry, bool], ...]


def write(report: Path, output: Path, teller: "Teller") -> None:
    """Write a baseline of the fails of a report. Raises InputError, UsageError where the file is there, OutputError."""
    from rmccomply.documents.report_file import read_report

    if output.exists():
        raise UsageError(
            f"{output}: is there already. 'rmccomply baseline update {report} {output}' takes out of it what is fixed; "
            "to begin anew, name another file"
        )
    document = read_report(report).document
    entries = entries_of(document)
    _put(output, entries)
    waived = sum(one.disposition == "waived" for one in document.findings)
    unknown = sum(one.result in ("unknown", "error") for one in document.findings)
    told = [counted(len(entries), "known fail")]
    if waived:
        told.append(f"{counted(waived, 'waived fail')} left out: a waiver goes before a baseline")
    if unknown:
        told.append(f"{counted(unknown, 'undecided check')} left out: no baseline covers one")
    teller.result(visible(f"{output}: {'; '.join(told)}") + "\n")


def update(report: Path, file: Path, accept: Sequence[str], teller: "Teller") -> None:
    """Update a baseline by a report. Raises InputError, UsageError for what cannot be accepted, OutputError."""
    from rmccomply.documents.baseline_1_reader import read_baseline
    from rmccomply.documents.report_file import read_report

    baseline, document = read_baseline(file), read_report(report).document
    after = updated(baseline, document, accept)
    if after.gone or after.narrowed or after.accepted:
        _put(file, after.entries)
    teller.result("".join(f"{visible(line)}\n" for line in _told(after, file)))


def entries_of(report: "ReportDocument") -> tuple[BaselineEntry, ...]:
    """The fails of a report that no waiver covers."""
    return tuple(_entry(one) for one in _fails(report).values() if one.disposition != "waived")


def _fails(report: "ReportDocument") -> dict[str, "FindingRow"]:
    """The fails of a report by their fingerprints; of several of one rule about one thing the first."""
    found: dict[str, FindingRow] = {}
    for one in report.findings:
        if one.result == "fail":
            found.setdefault(one.fingerprint, one)
    return found


def updated(baseline: Baseline, report: "ReportDocument", accept: Sequence[str] = ()) -> Updated:
    """A baseline after a report. Raises UsageError for what cannot be accepted."""
    fails = _fails(report)
    wanted = _accepted(accept, fails)
    decided = _decided(report.findings)
    before = {one.fingerprint: one for one in baseline.each()}
    after = dict(before)
    gone, narrowed = list[BaselineEntry](), list[BaselineEntry]()
    for name, entry in before.items():
        fail = fails.get(name)
        if fail is not None and (less := _narrowed(entry, fail)) != entry:
            after[name] = less
            narrowed.append(less)
        elif fail is None and (entry.target, entry.rule) in decided:
            del after[name]
            gone.append(entry)
    accepted = [entry for entry in map(_entry, wanted) if after.get(entry.fingerprint) != entry]
    after.update((one.fingerprint, one) for one in accepted)
    left = [
        one for one in fails.values() if one.disposition == "active" and not _covers(after.get(one.fingerprint), one)
    ]
    candidates = sorted(left, key=lambda one: (RANK[one.severity], one.rule, one.target, one.subject))
    return Updated(
        tuple(sorted(after.values())),
        tuple(sorted(gone)),
        tuple(sorted(narrowed)),
        tuple(sorted(accepted)),
        tuple((_entry(one), one.fingerprint in after) for one in candidates),
    )


def _accepted(accept: Sequence[str], fails: Mapping[str, "FindingRow"]) -> list["FindingRow"]:
    """The fails that are accepted by their fingerprints. Raises UsageError with all that cannot be."""
    faults: list[str] = []
    for name in accept:
        fail = fails.get(name)
        if fail is None:
            faults.append(f"--accept {name}: the report has no failing check of this fingerprint")
        elif fail.disposition == "waived":
            faults.append(f"--accept {name}: it is waived, and a waiver goes before a baseline")
    if faults:
        raise UsageError("\n".join(faults))
    return [fails[name] for name in dict.fromkeys(accept)]


def _decided(findings: Iterable["FindingRow"]) -> Set[tuple[str, str]]:
    """Each target with each rule that was decided on it: an entry of another one may still fail."""
    seen, not_decided = set[tuple[str, str]](), set[tuple[str, str]]()
    for one in findings:
        (seen if one.result in DECIDED else not_decided).add((one.target, one.rule))
    return seen - not_decided


def _entry(fail: "FindingRow") -> BaselineEntry:
    return BaselineEntry(fail.fingerprint, fail.rule, fail.target, fail.subject, fail.severity, fail.actual)


def _narrowed(entry: BaselineEntry, fail: "FindingRow") -> BaselineEntry:
    """The entry as far as the fail still is what it was: no more severe, and of no more parts."""
    milder = RANK[fail.severity] > RANK[entry.severity]
    fewer = set(fail.actual.split(_PARTS)) < set(entry.actual.split(_PARTS))
    return entry._replace(
        severity=fail.severity if milder else entry.severity,
        actual=fail.actual if fewer and RANK[fail.severity] >= RANK[entry.severity] else entry.actual,
    )


def _covers(entry: BaselineEntry | None, fail: "FindingRow") -> bool:
    return entry is not None and entry.actual == fail.actual and RANK[fail.severity] >= RANK[entry.severity]


def _put(file: Path, entries: Iterable[BaselineEntry]) -> None:
    """Let a baseline appear whole. Raises OutputError."""
    from rmccomply.documents.baseline_1 import baseline_bytes

    try:
        replace_whole(file, baseline_bytes(entries))
    except OSError as error:
        raise OutputError(f"{file}: cannot be written: {error.strerror or error}") from None


def _told(after: Updated, file: Path) -> Iterator[str]:
    for word, entries in (("gone", after.gone), ("narrowed", after.narrowed), ("accepted", after.accepted)):
        yield from (f"{word:<9} {_line(one)}" for one in entries)
    for one, known in after.candidates:
        yield f"{'updated' if known else 'new':<9} {_line(one)}  {one.fingerprint}"
    changes = (f"{len(some)} {word}" for word, some in zip(Updated._fields[1:4], after[1:4], strict=True) if some)
    yield f"{file}: {', '.join(changes) or 'nothing changes'}; {counted(len(after.entries), 'known fail')} in it"
    if after.candidates:
        them = "it" if len(after.candidates) == 1 else "them"
        yield f"{counted(len(after.candidates), 'fail')} not in it: mend {them}, or take one in by --accept FINGERPRINT"


def _line(entry: BaselineEntry) -> str:
    """`high     RMC-ID-001 on lpar0007: different`."""
    subject = f" {entry.subject}" if entry.subject else ""
    actual = "" if entry.actual in ("", entry.subject) else f": {entry.actual}"
    return f"{entry.severity:<8} {entry.rule}{subject} on {entry.target}{actual}"
