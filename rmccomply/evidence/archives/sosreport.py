"""sosreport: what `sos report` leaves, with `sos_commands/`, the files of the host, and `sos_reports/manifest.json`.

The manifest of sos 4 says of each command what was run, how it ended and when, and where its output stands:

    {"command": "lssrc", "parameters": ["-a"], "exec": "lssrc -a", "filepath": "sos_commands/powerpc/lssrc_-a",
     "truncated": false, "return_code": 0, "start_time": 1795143600.1, "end_time": 1795143600.4, ...}

Error output stands among the output. Status 124 means that `timeout` ended it, 127 that there is no such command, 126
that it may not be run; of the last two there is no file, and what printed nothing left an empty one: the line `"exec"`
of the manifest stands for them. What was too large is cut to its end, in `sos_strings/`; early releases cut it
in its place and do not tell.
Older reports have no manifest: then the name of a file tells the request and nothing tells the exit status; of a report
that is cut before its manifest not even that is read. Files of the host have no times of their own, so they are as old
as the begin of the run.

Asked by sos' plugin powerpc: `lssrc -a`, `lsrsrc IBM.MCP`, `rmcdomainstatus`, `/etc/ct_node_id`. Not asked:
`/var/ct/cfg/ct_node_id`, `lsnodeid`, `ctsvhbal`, `ctsthl`, `lsrpdomain`.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from rmccomply.evidence.archives.answers import CUT, About, captured, copied, whole_stream
from rmccomply.evidence.archives.tree import File, ReportTree
from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Damage, Evidence, Notification, Requests, State, Stream
from rmccomply.guarded import Unfit, json_of
from rmccomply.tuples import NamedTuple

INDEX: Final[tuple[str, ...]] = ("sos_reports/manifest.json",)
TITLE: Final[str] = "sosreport"
PLATFORM: Final[str] = "linux"
HOLDS: Final[tuple[str, ...]] = (
    "lssrc -a",
    "lsrsrc IBM.MCP",
    "rmcdomainstatus -s ctrmc -a ip",
    "/etc/ct_node_id",
    "rpm -qa or dpkg -l",
    "ip addr",
    "ss -nap or netstat -an or /proc/net/tcp",
    "systemctl status ctrmc",
    "/etc/os-release or /usr/lib/os-release",
    "/proc/cpuinfo",
    "uname -a",
    "uptime or /proc/uptime",
    "ps -ef",
    "lparstat -i",
    "/etc/cloud/cloud.cfg",
    "/var/log/cloud-init.log or /var/log/cloud-init-output.log",
    "firewall-cmd --list-all-zones or iptables-save or nft list ruleset",
)
_MANIFEST: Final = INDEX[0]
_COMMANDS: Final = "sos_commands/"
_UNUSABLE: Final = "the manifest cannot be read, so no exit status is known"
_NONE: Final = "the manifest is missing, so no exit status is known"
_TAIL: Final = Damage("truncated", "sos kept only the end of what was printed", partial=True)
_TIMEOUT: Final = Damage("timeout", "it did not end within the limit that sos sets")
_SIGNAL: Final = Damage("truncated", "it was ended by a signal", partial=True)
_NOT_RUN: Final[dict[int, tuple[State, Damage]]] = {
    126: ("noexec", Damage("denied", "the command could not be run")),
    127: ("notfound", Damage("command_absent", "the command is not on this system")),
}
_ENDED: Final = 124
_PATTERNED: Final = frozenset({"rpm", "dpkg", "dpkg-query", "lslpp"})
"""What is asked for packages by patterns, of which the name of a file keeps nothing."""
_LONGEST: Final = 4096
_SMALLEST_LIMIT: Final = 1_000_000
"""Octets that sos keeps of any output; limits are whole MiB, and text that is no UTF-8 shrinks."""
_STRINGS: Final = "sos_strings/"
_OBFUSCATED: Final = "-obfuscated"
_CLEANED: Final = "sos clean replaced names and addresses in it, and what its answers say of those is not the host's"
_MARKS_OF_CLEANING: Final = re.compile(
    rb"(?<![\w:])(?:53:4f:53:[0-9a-f]{2}:|534f:[0-9a-f:]|fd53:[0-9a-f:]|obfuscated(?:domain|user|word)[0-9])"
)
_LOOKS_CLEANED: Final = "it has {}, as sos clean writes it, so names and addresses in it may not be the host's"
_OUTSIDE: Final = "sos ran outside of the system that it reports on, and what runs may be another's; the root was"
_EXEC: Final = '"exec": '


class _Ran(NamedTuple):
    """One command of the manifest; `line` is how it was asked. `cut` is None where the manifest does not tell."""

    line: str
    argv: tuple[str, ...]
    path: str
    status: int
    cut: bool | None
    begun: str | None
    ended: str | None


def about(index: Mapping[str, File]) -> About:
    """The version of sos, and the begin of its first command."""
    manifest = _manifest(index)
    version = manifest.get("version") if manifest else None
    says = () if manifest else (_UNUSABLE if _MANIFEST in index else _NONE,)
    return About("", PLATFORM, version if isinstance(version, str) else "", _begun(_commands(manifest)), says)


def _begun(commands: Iterable[_Ran]) -> str | None:
    """When the first command began."""
    return min((ran.begun for ran in commands if ran.begun), default=None)


def read(report: ReportTree, index: Mapping[str, File], requests: Requests) -> Iterator[Evidence | Notification]:
    """The answers: commands as the manifest tells them, other files of `sos_commands` by their names."""
    manifest = _manifest(index)
    every = tuple(_commands(manifest))
    asked = [ran for ran in every if requests.source("cmd", ran.argv) is not None]
    lines = _places(index)
    yield from (_told(_not_run(ran), ran, lines, report) for ran in asked if ran.status in _NOT_RUN)
    known: dict[str, list[_Ran]] = {}
    for ran in dict.fromkeys(ran for ran in asked if ran.status not in _NOT_RUN):
        known.setdefault(ran.path, []).append(ran)
    begun = _begun(every)
    others = {ran.path for ran in every}.difference(known)

    by_name = report.ended or bool(every)

    def wanted(path: str) -> bool:
        if path in known or requests.is_file(_of_host(path)):
            return True
        return by_name and path not in others and _named(path, requests)

    mark = None
    for file in report.files(wanted):
        mark = mark or _MARKS_OF_CLEANING.search(file.data)
        uri = report.uri(file.path)
        if file.path in known:
            for ran in known[file.path]:
                answer = _answer(ran, file, uri)
                yield answer if answer.out.lines else _told(answer, ran, lines, report)
        elif requests.is_file(_of_host(file.path)):
            yield copied(file, _of_host(file.path), uri, begun)
        elif (found := requests.named(file.path.rpartition("/")[2])) is not None:
            patterned = found[1][0] in _PATTERNED and _operands(found[1])
            yield captured(file, found, uri, whole=not patterned and not _may_be_tail(file))
    yield from report.notes
    yield from _doubts(report, manifest, mark[0].decode() if mark else "")


def _doubts(report: ReportTree, manifest: dict[str, Any] | None, mark: str) -> Iterator[Notification]:
    """What the report says that makes its answers another system's, or no system's."""
    components = _object(manifest, "components")
    if "cleaner" in components or report.name.endswith(_OBFUSCATED):
        yield Notification(_CLEANED, report.uri(""))
    elif mark:
        yield Notification(_LOOKS_CLEANED.format(mark), report.uri(""))
    root = _object(components, "report").get("sysroot")
    if isinstance(root, str) and root not in ("", "/"):
        yield Notification(f"{_OUTSIDE}: {root[:100]}", report.uri(_MANIFEST))


def _object(parent: Mapping[str, Any] | None, key: str) -> dict[str, Any]:
    """An object in a JSON object; empty where there is none."""
    found = parent.get(key) if parent else None
    return found if isinstance(found, dict) else {}


def _of_host(path: str) -> str:
    """Where a file of the host stood: `/proc/net` is a link to the process that reads it, which sos resolves."""
    top, _, rest = path.partition("/")
    process, _, below = rest.partition("/")
    own = top == "proc" and process.isdigit() and below.startswith("net/")
    return f"/proc/{below}" if own else f"/{path}"


def _operands(argv: tuple[str, ...]) -> bool:
    return any(not word.startswith("-") for word in argv[1:])


def _named(path: str, requests: Requests) -> bool:
    """Whether the name of a file of `sos_commands/PLUGIN/` is a command's that is read."""
    if not path.startswith(_COMMANDS) or path.count("/") != 2:
        return False
    found = requests.named(path.rpartition("/")[2])
    return found is not None and found[0] == "cmd"


def _answer(ran: _Ran, file: File, uri: str) -> Evidence:
    out = whole_stream(file)
    damage, state, status = _ending(ran.status)
    tail = _may_be_tail(file) if ran.cut is None else ran.cut
    if file.cut or tail:
        damage = CUT if file.cut else damage or _TAIL
    if tail:
        out = _without_first(out)
    return Evidence("cmd", ran.argv, uri, state, status, out, begun=ran.begun, ended=ran.ended, damage=damage)


def _may_be_tail(file: File) -> bool:
    """Whether sos may have left out the begin of an output; early releases did so and told nothing."""
    return len(file.data) >= _SMALLEST_LIMIT


def _ending(status: int) -> tuple[Damage | None, State, int | None]:
    if status == _ENDED:
        return _TIMEOUT, "timeout", None
    return (_SIGNAL, "signal", None) if status < 0 else (None, "exit", status)


def _without_first(out: Stream) -> Stream:
    """Without the first line, which the cut may have gone through."""
    return out._replace(lines=out.lines[1:], first_line=2, cut=True)


def _not_run(ran: _Ran) -> Evidence:
    state, damage = _NOT_RUN[ran.status]
    return Evidence("cmd", ran.argv, "", state, begun=ran.begun, ended=ran.ended, damage=damage)


def _told(answer: Evidence, ran: _Ran, lines: Mapping[str, tuple[int, str]], report: ReportTree) -> Evidence:
    """An answer without a line of its own, proved by the manifest."""
    number, text = lines.get(ran.line, (0, ""))
    return answer._replace(uri=report.uri(_MANIFEST), line=number, text=text)


def _places(index: Mapping[str, File]) -> dict[str, tuple[int, str]]:
    """Command line to the line of the manifest that says it; none for a manifest that is all on one line."""
    found: dict[str, tuple[int, str]] = {}
    for number, text in enumerate(lines_of(index[_MANIFEST].data) if _MANIFEST in index else (), 1):
        key, mark, value = text.strip().rstrip(",").partition(_EXEC)
        if mark and not key and len(text) < _LONGEST:
            try:
                found.setdefault(json_of(value.encode("utf-8", "surrogateescape")), (number, text))
            except (Unfit, TypeError):
                continue
    return found


def _manifest(index: Mapping[str, File]) -> dict[str, Any] | None:
    file = index.get(_MANIFEST)
    if file is None or file.cut:
        return None
    try:
        found = json_of(file.data)
    except Unfit:
        return None
    return found if isinstance(found, dict) else None


def _commands(manifest: dict[str, Any] | None) -> Iterator[_Ran]:
    """The commands of all plugins, in the order of the manifest; an entry of another form is passed over."""
    plugins = _object(_object(_object(manifest, "components"), "report"), "plugins")
    for plugin in plugins.values():
        rows = plugin.get("commands") if isinstance(plugin, dict) else None
        for row in rows if isinstance(rows, list) else ():
            ran = _ran(row) if isinstance(row, dict) else None
            if ran is not None:
                yield ran


def _ran(row: dict[str, Any]) -> _Ran | None:
    line, path, status = row.get("exec"), row.get("filepath"), row.get("return_code")
    if not isinstance(line, str) or not isinstance(status, int) or isinstance(status, bool):
        return None
    try:
        argv = tuple(word.replace("\n", "\\n") for word in shlex.split(line))
    except ValueError:
        return None
    file = path.lstrip("./") if isinstance(path, str) else ""
    told = row.get("truncated")
    cut = True if file.startswith(_STRINGS) else None if told is None else told is not False
    return _Ran(line, argv, file, status, cut, _time(row.get("start_time")), _time(row.get("end_time")))


def _time(seconds: Any) -> str | None:
    """A time of the manifest, which counts seconds; None for what is no time of this age."""
    if not isinstance(seconds, (int, float)) or not 0 < seconds < 1 << 32:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
