"""Which source reads the answer to a request, and what is due of a platform."""

from collections.abc import Callable
from typing import Any, Final

from rmccomply.evidence.model import Asked, Due, Kind, Requests
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.source import head_of
from rmccomply.sources.table import SOURCES


def source_of(kind: Kind, argv: tuple[str, ...]) -> str | None:
    """The source that reads the answer to this request; None where there is none."""
    if not argv:
        return None
    head = head_of(kind, argv)
    for name, source in SOURCES.items():
        if head in source.heads and source.load().asks(argv):
            return name
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
    "ls -l /var/ct",
)
_OF_AIX: Final = (
    *(
        "lslpp -Lcq or lslpp -L",
        "oslevel -s",
        "uname -L",
        "ifconfig -a",
        "netstat -an",
        "netstat -in",
        "netstat -rn",
        "lspv",
    ),
    *("/etc/inittab", "lscluster -c", "odmget -q name=cluster0 CuAt or lsattr -El cluster0"),
    *("lsdev -Cc ipsec", "lsfilt -s", "errpt", "/opt/freeware/etc/cloud/cloud.cfg"),
)
_OF_LINUX: Final = (
    *("rpm -qa or dpkg -l", "/etc/os-release or /usr/lib/os-release", "/proc/cpuinfo", "ip addr", "ip route"),
    *("/proc/ppc64/lparcfg", "/proc/device-tree/model", "/proc/device-tree/system-id"),
    *("ss -nap or netstat -an or /proc/net/tcp", "systemctl status ctrmc", "/etc/cloud/cloud.cfg"),
    *("firewall-cmd --list-all-zones or iptables-save or nft list ruleset", "/opt/rsct/cfg/rmdefs/IBM.DRM.mdef"),
    "grep -e ^nf_tables -e ^ip_tables -e ^ip6_tables /proc/modules",
    "/usr/lib/firewalld/services/rsct-ctrmc.xml",
)
DUE: Final[dict[str, tuple[str, ...]]] = {
    "aix": (*_OF_BOTH, *_OF_AIX, "emgr -l", "instfix -i", "lssrc -ls clstrmgrES"),
    "vios": (*_OF_BOTH, *_OF_AIX, "cluster -list"),
    "linux": (*_OF_BOTH, *_OF_LINUX),
}
"""Platform to the requests that its facts follow from and that the collector makes; a test derives the same from both.
Of those with `or` one will do, or another of its source."""


def due(platform: str) -> tuple[Due, ...]:
    """What the evidence of a platform is due to hold."""
    return tuple(Due(text, tuple(map(_alternative, text.split(" or ")))) for text in DUE.get(platform, ()))


def _alternative(text: str) -> str:
    """A file by its path, a command by the source that reads its answer."""
    return text if text.startswith("/") else source_of("cmd", tuple(text.split())) or ""


def archive_requests() -> Requests:
    """What the readers of support archives look for."""
    from rmccomply.sources.named import meant_by, read_instead, request_of

    files = frozenset(head for source in SOURCES.values() for head in source.heads if head.startswith("/"))
    return Requests(
        lambda path: head_of("file", (path,)) in files,
        source_of,
        request_of,
        due,
        _reads,
        meant_by,
        read_instead,
    )


def _reads(asked: Asked, lines: tuple[str, ...]) -> str:
    """`read`, `unknown` without a source, or the reason why the source refuses these lines of a copy."""
    source = source_of(asked.kind, asked.argv)
    if source is None:
        return "unknown"
    try:
        record = SOURCES[source].load().parse(Answer(asked.argv, lines, exit_status=None, complete=not asked.filtered))
    except Unreadable as refused:
        return refused.reason
    return "unparsable" if source in _STRANGE and _STRANGE[source](record) else "read"


_STRANGE: Final[dict[str, Callable[[Any], bool]]] = {
    "ct_node_id": lambda record: record.fault != "",
    "services": lambda record: any(row.port is None for row in record.rows),
}
"""Sources that find a fault of the host in what may be any text, each with whether it found one."""
