"""Which source reads the answer to a request, by the request itself or by the name of a capture file."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from rmccomply.evidence.model import Asked, Due, Kind, Requests
from rmccomply.facts import SOURCES, head_of, load

_ENDINGS: Final = (".txt", ".out")


def key_of(name: str) -> str:
    """The key by which names are compared: `lssrc_-a.txt` and `lssrc -a` are both `lssrc-a`.

    The ending is dropped, every run of characters other than letters, digits and `.` is one `-`.
    """
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return "-".join("".join(char if char.isalnum() or char == "." else " " for char in name).split())


def request_of(file_name: str) -> Asked | None:
    """The request whose answer a capture file of this name holds; None where the name is no request's key."""
    key = key_of(file_name)
    files, commands = _heads()
    if key in files:
        return Asked("file", (files[key],))
    words = key.split("-")
    for source in commands.get(words[0], ()):
        argv = _argv(source, words)
        if load(source).asks(argv):
            return Asked("probe" if words[0] == "tcp" else "cmd", argv)
    return None


@cache
def _heads() -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    """The files that sources read, by their keys, and the sources of each command, in the order of the table."""
    files: dict[str, str] = {}
    commands: dict[str, list[str]] = {}
    for source, heads in SOURCES.items():
        for head in heads:
            if head.startswith("/"):
                files.setdefault(key_of(head), head)
            else:
                commands.setdefault(head, []).append(source)
    return files, commands


def _argv(source: str, words: list[str]) -> tuple[str, ...]:
    """The request of a key. What a key cannot hold is put back: dashes, `*` after a dot, the slash of df's paths."""
    options = load(source).OPTIONS
    argv = [words[0]]
    for word in words[1:]:
        if word in options:
            argv.append(f"-{word}")
        elif source == "df":
            argv.append(f"/{word}")
        else:
            argv.append(f"{word}*" if word.endswith(".") else word)
    return tuple(argv)


def source_of(kind: Kind, argv: tuple[str, ...]) -> str | None:
    """The source that reads the answer to this request; None where there is none."""
    if not argv:
        return None
    head = head_of(kind, argv)
    for source, heads in SOURCES.items():
        if head in heads and load(source).asks(argv):
            return source
    return None


_OF_BOTH: Final = (
    "lssrc -a",
    "lssrc -ls mcproxy",
    "rmcdomainstatus -s ctrmc -a ip",
    "lsrsrc IBM.MCP",
    "lsnodeid",
    "/etc/ct_node_id",
    "/var/ct/cfg/ct_node_id",
    "lsrpdomain",
    "lsrpnode",
    "ctsvhbal",
    "ctsthl -l",
    "ctsvhbac",
    "ctversion",
    "ps -ef",
    "df -k /var",
    "/etc/services",
    "uname -a",
    "uptime or /proc/uptime",
    "lparstat -i",
    "/var/log/cloud-init.log or /var/log/cloud-init-output.log",
    "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default",
)
_OF_AIX: Final = (
    *("lslpp -Lcq or lslpp -L", "oslevel -s", "uname -L", "ifconfig -a", "netstat -an", "netstat -in", "lspv"),
    *("/etc/inittab", "lscluster -c", "odmget -q name=cluster0 CuAt or lsattr -El cluster0", "emgr -l"),
    *("instfix -i", "lsdev -Cc ipsec", "lsfilt -s", "/opt/freeware/etc/cloud/cloud.cfg"),
)
_OF_LINUX: Final = (
    *("rpm -qa or dpkg -l", "/etc/os-release or /usr/lib/os-release", "/proc/cpuinfo", "ip addr"),
    *("ss -nap or netstat -an or /proc/net/tcp", "systemctl status ctrmc", "/etc/cloud/cloud.cfg"),
    *("firewall-cmd --list-all-zones or iptables-save or nft list ruleset", "/opt/rsct/cfg/rmdefs/IBM.DRM.mdef"),
    "grep -e ^nf_tables -e ^ip_tables -e ^ip6_tables /proc/modules",
    "/usr/lib/firewalld/services/rsct-ctrmc.xml",
)
DUE: Final[dict[str, tuple[str, ...]]] = {
    "aix": (*_OF_BOTH, *_OF_AIX),
    "vios": (*_OF_BOTH, *_OF_AIX, "ioslevel"),
    "linux": (*_OF_BOTH, *_OF_LINUX),
}
"""Platform to the requests that its facts follow from. Of those with `or` one will do, or another of its source."""


def due(platform: str) -> tuple[Due, ...]:
    """What the evidence of a platform is due to hold."""
    return tuple(Due(text, tuple(map(_alternative, text.split(" or ")))) for text in DUE.get(platform, ()))


def _alternative(text: str) -> str:
    """A file by its path, a command by the source that reads its answer."""
    return text if text.startswith("/") else source_of("cmd", tuple(text.split())) or ""


def archive_requests() -> Requests:
    """What the readers of support archives look for."""
    return Requests(frozenset(_heads()[0].values()), source_of, request_of, due)
