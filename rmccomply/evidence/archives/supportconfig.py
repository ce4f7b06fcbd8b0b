"""SUSE supportconfig: one text file for each topic, with the answers one below the other (`scc_*`, `nts_*`).

supportutils, functions log_cmd, timed_log_cmd, conf_files and log_files:

    #==[ Command ]======================================#
    # /usr/bin/lssrc -a
    Subsystem         Group            PID     Status
     ctrmc            rsct             2217    active

    #==[ Configuration File ]===========================#
    # /etc/services
    rmc             657/tcp

    #==[ Configuration File ]===========================#
    # /etc/inittab - File not found

Error output stands among the output, and nothing tells an exit status or a time: these are captures. A command that
prints such a head itself forges one. Of configuration files the comments and empty lines are left out, of log files
all but the last lines. `ppc64/` holds `/etc/ct_node_id` as it is.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from rmccomply.evidence.archives.answers import (
    CUT,
    About,
    Head,
    TextPart,
    copied,
    sections_of,
    words_of,
)
from rmccomply.evidence.archives.tree import File, ReportTree
from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Damage, Evidence, Kind, Notification, Requests, State, Stream

INDEX: Final[tuple[str, ...]] = ()
TITLE: Final[str] = "supportconfig"
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
    "/etc/services",
    "/proc/cpuinfo",
    "ps -ef",
    "uname -a",
    "uptime or /proc/uptime",
    "lparstat -i",
    "firewall-cmd --list-all-zones or iptables-save or nft list ruleset",
)
_NOT_READ: Final = frozenset({"messages.txt", "messages_localwarn.txt", "y2log.txt"})
_COPIES: Final = {"ppc64/ct_node_id": "/etc/ct_node_id"}
_OPENS, _CLOSES = "#==[ ", "=#"
_NO_COMMAND: Final = "ERROR: Command not found or not executable"
_NO_END: Final = "# ERROR: Command did not complete within the timeout period."
_NO_FILE: Final = " - File not found"
_NO_TEXT: Final = "ERROR: Not a normal text file, excluding it."
_LAST: Final = " - Last "
_ABSENT: Final = Damage("command_absent", "the command is not on this system, or may not be run")
_TIMEOUT: Final = Damage("timeout", "it did not end within the limit that supportconfig sets")
_EXCLUDED: Final = Damage("not_collected", "supportconfig left it out because it is not text")
_TAIL: Final = Damage("truncated", "supportconfig kept only its last lines", partial=True)


def about(index: Mapping[str, File]) -> About:
    """It tells nothing of itself."""
    return About(platform=PLATFORM)


def read(report: ReportTree, index: Mapping[str, File], requests: Requests) -> Iterator[Evidence | Notification]:
    """The answers in the text files at its top, and the copies of files."""
    for file in report.files(_wanted):
        uri = report.uri(file.path)
        if file.path in _COPIES:
            yield copied(file, _COPIES[file.path], uri)
            continue
        lines = lines_of(file.data)
        for section in sections_of(file, lines, tuple(_heads(lines))):
            found = _answer(section, uri, requests)
            if found is not None:
                yield found
    yield from report.notes


def _wanted(path: str) -> bool:
    return path in _COPIES or ("/" not in path and path.endswith(".txt") and path not in _NOT_READ)


def _heads(lines: tuple[str, ...]) -> Iterator[Head]:
    for at, line in enumerate(lines[:-1]):
        if line.startswith(_OPENS) and line.endswith(_CLOSES) and "]" in line:
            kind, title = line[len(_OPENS) :].partition(" ]")[0], lines[at + 1]
            yield Head(at, at + 1, at + 2, kind, title[2:] if title.startswith("# ") else "")


def _answer(section: TextPart, uri: str, requests: Requests) -> Evidence | None:
    if section.kind == "Command":
        argv = words_of(section.title)
        if argv is None or requests.source("cmd", argv) is None:
            return None
        return _evidence("cmd", argv, section, uri, _ending(section))
    if section.kind not in ("Configuration File", "Log File"):
        return None
    path, mark, _ = section.title.partition(_LAST)
    absent = path.endswith(_NO_FILE)
    path = path.removesuffix(_NO_FILE)
    if not requests.is_file(path):
        return None
    excluded = any(line == _NO_TEXT for line in section.lines[:2])
    damage = _EXCLUDED if excluded else _TAIL if mark else None
    return _evidence("file", (path,), section, uri, ("absent" if absent else "exit", damage))


def _ending(section: TextPart) -> tuple[State, Damage | None]:
    if section.lines[:1] == (_NO_COMMAND,):
        return "notfound", _ABSENT
    return ("timeout", _TIMEOUT) if _NO_END in section.lines else ("exit", None)


def _evidence(
    kind: Kind, argv: tuple[str, ...], section: TextPart, uri: str, ending: tuple[State, Damage | None]
) -> Evidence:
    """An answer; one that has no lines is proved by its title."""
    state, damage = ending
    out = Stream() if state in ("absent", "notfound") else section.stream()
    title = f"# {section.title}"
    damage = CUT if section.cut else damage
    return Evidence(kind, argv, uri, state, out=out, line=section.title_line, text=title, damage=damage)
