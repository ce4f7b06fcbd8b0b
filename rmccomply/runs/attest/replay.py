"""What `report verify` does: judge the same inputs again as a report says that they were, and compare the octets.

A report names its policies with their digests, every setting with where it came from, and its clock. Files that the run
read besides are named there without their folders, so who verifies names them again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, Final

from rmccomply.attest.difference import first_difference
from rmccomply.documents.report_1_rows import PolicyRow, ReportDocument, RunRow
from rmccomply.documents.report_file import read_report
from rmccomply.errors import UsageError
from rmccomply.guarded import Limits
from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedPolicy, lineage, load
from rmccomply.policy.select import Choice
from rmccomply.report import Gate
from rmccomply.runs.check import write
from rmccomply.runs.plan import CheckAsked, planned, under_baseline, under_waivers
from rmccomply.runs.reports import ReportPlace
from rmccomply.runs.teller import SILENT
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple
from rmccomply.version import VERSION

if TYPE_CHECKING:
    from rmccomply.runs.teller import Teller

_GIVEN: Final = ("command line", "environment", "file", "argument")
"""Where a parameter comes from that is not as the policies have it."""
_FILES: Final = ("labels", "secrets", "baseline", "waivers", "against")
"""Settings that name a file which the run read besides."""
_ROOT: Final = "--root-uri names the folder that paths of evidence are relative to"


class Replay(NamedTuple):
    """What a report is judged again by: the inputs, and the files that it read besides by the names of their options.

    `policies` are files of policies that do not ship, `against` evidence of others.
    """

    inputs: tuple[str, ...]
    root: Path
    policies: tuple[str, ...] = ()
    files: Mapping[str, str] = {}
    labels: Mapping[str, Mapping[str, str]] = {}
    against: tuple[str, ...] = ()
    stdin: BinaryIO | None = None


class _Differs(Exception):
    """The report cannot come of this program or these policies."""


def verify(report: Path, replay: Replay, teller: "Teller") -> int:
    """Whether the same inputs give the same report: 0 where they do, 1 where not, and what differs first.

    Raises InputError and UsageError for what cannot be read or is not named.
    """
    file = read_report(report)
    document, run = file.document, file.document.run
    try:
        if document.tool.version != VERSION:
            says = f"it is of release {document.tool.version}, and this is {VERSION}: verify it with that release"
            raise _Differs(says)
        if run is None:
            raise _Differs("it does not say how it was made")
        again = _judged(_asked(document, run, replay), _gate(_values(run)))
    except (KeyError, ValueError):
        teller.fault(f"{report}: it does not name all settings of a run")
        return 1
    except _Differs as differs:
        teller.fault(f"{report}: {differs}")
        return 1
    if says := first_difference(file.raw, again):
        hint = f" ({_ROOT})" if "uri:" in says else ""
        teller.fault(f"{report}: judged again it differs, first in {says}{hint}")
        return 1
    teller.result(visible(f"{report}: judged again it is the same, octet for octet") + "\n")
    return 0


def _judged(asked: CheckAsked, gate: Gate) -> bytes:
    """The report that a run writes."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "report.json"
        write(asked, [ReportPlace("json", str(place))], SILENT, gate=gate)
        return place.read_bytes()


def _asked(document: ReportDocument, run: RunRow, replay: Replay) -> CheckAsked:
    """What the run was asked. Raises UsageError for files that are not named, _Differs for policies that are others."""
    values = _values(run)
    if missing := [f"{values[name]} (--{name})" for name in _FILES if values.get(name) and not _is_named(name, replay)]:
        raise UsageError(f"the run read other files too, which are to be named again: {', '.join(missing)}")
    loaded = _policies(document, _listed(values.get("policy", "")), replay)
    ids = {one.id for one in loaded}
    given = {
        name: each.value
        for each in run.settings
        for policy, _, name in (each.name.partition("."),)
        if policy in ids and each.origin in _GIVEN
    }
    choice = Choice(
        values.get("profile") or None, given, _listed(values.get("select", "")), _listed(values.get("ignore", ""))
    )
    origins = {each.name: each.origin for each in run.settings if "." not in each.name}
    asked = CheckAsked(
        inputs=replay.inputs,
        plan=planned(loaded, choice, document.now),
        platform=values.get("platform", ""),
        given=replay.labels,
        labels_file=replay.files.get("labels", ""),
        root=replay.root,
        limits=Limits(*(int(values[f"max_{name}"]) for name in Limits._fields)),
        stdin=replay.stdin,
        secrets_file=replay.files.get("secrets", ""),
        origins={} if "argument" in origins.values() else origins,
        against=replay.against,
        config_file=values.get("config", ""),
    )
    asked = under_baseline(asked, replay.files.get("baseline", ""))
    return under_waivers(asked, replay.files.get("waivers", ""))


def _is_named(setting: str, replay: Replay) -> bool:
    return bool(replay.against) if setting == "against" else setting in replay.files


def _values(run: RunRow) -> dict[str, str]:
    return {each.name: each.value for each in run.settings}


def _gate(values: Mapping[str, str]) -> Gate:
    least = values.get("min_decided")
    return Gate(values["fail_on"], values["on_unknown"], float(least) if least else None, values["exit_zero"] == "yes")


def _listed(text: str) -> list[str]:
    return text.split(", ") if text else []


def _policies(document: ReportDocument, ids: Sequence[str], replay: Replay) -> list[LoadedPolicy]:
    """The policies of the run, under the uris that the report has for them. Raises UsageError and _Differs."""
    rows = {row.id: row for row in document.policies}
    named = {one.id: one for one in map(load, replay.policies)}
    found: list[LoadedPolicy] = []
    for name in ids:
        if name not in named and name not in shipped():
            where = f" ({rows[name].uri})" if name in rows else ""
            raise UsageError(
                f"the report was made by the policy {name}{where}, which does not ship: name its file by --policy"
            )
        found.append(_as_named(named.get(name) or load(name), rows))
    if unused := sorted(named.keys() - {one.id for one in _with_parents(found)}):
        raise _Differs(f"it was not judged by the policy {unused[0]}")
    return found


def _with_parents(policies: Iterable[LoadedPolicy]) -> Iterator[LoadedPolicy]:
    for policy in policies:
        yield from lineage(policy)


def _as_named(policy: LoadedPolicy, rows: Mapping[str, PolicyRow]) -> LoadedPolicy:
    """A policy and those that it extends under the uris of the report. Raises _Differs where one is another."""
    row = rows.get(policy.id)
    if row is None:
        raise _Differs(f"it was not judged by the policy {policy.id}")
    if row.sha256 != policy.sha256:
        says = f"it was judged by another text of the policy {policy.id}: its SHA-256 was {row.sha256}"
        raise _Differs(f"{says}, and here it is {policy.sha256}")
    parent = None if policy.parent is None else _as_named(policy.parent, rows)
    return policy._replace(uri=row.uri, parent=parent)
