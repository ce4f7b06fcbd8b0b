"""Sources: one module a request and how to read its answer, and the table of them all.

The table below says which commands and files each module reads; a module is imported only when an answer of its own is
asked for. What the answers of a target say together is the matter of `facts`.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from rmccomply.evidence.model import Kind
    from rmccomply.sources.shared.answer import Answer


class Source(Protocol):
    """What a module of this package is.

    `OPTIONS` are the option words (without dash) that may stand in the file name of a capture. `LISTING`: rows of
    an incomplete answer still prove presence; otherwise an incomplete answer is no answer.
    """

    OPTIONS: frozenset[str]
    LISTING: bool
    RECORD: Any

    def asks(self, argv: tuple[str, ...]) -> bool:
        """Whether this source reads the answer to this request; argv[0] is already known to be its own."""

    def parse(self, answer: "Answer") -> Any:
        """The record of an answer. Raises Unreadable."""


ROOMS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "rsct": {
        "lssrc": ("lssrc", "clshowsrv"),
        "ct_node_id": ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id"),
        "lsnodeid": ("lsnodeid",),
        "rmcdomainstatus": ("rmcdomainstatus",),
        "lsrsrc": ("lsrsrc",),
        "mcproxy": ("lssrc",),
        "lsrpdomain": ("lsrpdomain",),
        "ctsvhbal": ("ctsvhbal",),
        "ctsthl": ("ctsthl",),
        "ctsvhbac": ("ctsvhbac",),
        "mgmtdomainrm_log": (
            "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default",
            "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default",
            "tail",
        ),
        "ct_folders": ("ls",),
        "ctversion": ("ctversion",),
        "lsrpnode": ("lsrpnode",),
        "ctrmc_status": ("lssrc",),
        "drm_definition": ("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef",),
    },
    "cluster": {
        "clstrmgr": ("lssrc",),
        "lspv": ("lspv",),
        "lscluster": ("lscluster",),
        "cluster_list": ("cluster", "ioscli"),
        "cluster0": ("odmget", "lsattr"),
    },
    "software": {
        "lslpp": ("lslpp",),
        "rpm": ("rpm", "sh"),
        "oslevel": ("oslevel",),
        "os_release": ("/etc/os-release", "/usr/lib/os-release"),
        "ioslevel": ("ioslevel", "ioscli"),
        "instfix": ("instfix",),
        "emgr": ("emgr",),
        "lslpp_listing": ("lslpp",),
        "lslpp_history": ("lslpp",),
        "dpkg": ("dpkg-query", "dpkg"),
    },
    "host": {
        "transport": ("rmccomply-collect",),
        "df": ("df",),
        "uname": ("uname",),
        "cpuinfo": ("/proc/cpuinfo",),
        "lparcfg": ("/proc/ppc64/lparcfg",),
        "device_tree": ("/proc/device-tree/model", "/proc/device-tree/system-id"),
        "cloud_init": ("/etc/cloud/cloud.cfg", "/opt/freeware/etc/cloud/cloud.cfg"),
        "cloud_init_log": ("/var/log/cloud-init.log", "/var/log/cloud-init-output.log"),
        "errpt": ("errpt",),
        "prtconf": ("prtconf", "lsconf"),
        "lparstat": ("lparstat",),
        "ps": ("ps",),
        "inittab": ("/etc/inittab",),
        "systemd": ("systemctl",),
        "uptime": ("/proc/uptime", "uptime", "who"),
    },
    "network": {
        "ifconfig": ("ifconfig",),
        "ip_addr": ("ip",),
        "netstat": ("netstat",),
        "routes": ("netstat", "ip"),
        "ss": ("ss",),
        "tcp_probe": ("tcp",),
        "services": ("/etc/services", "/usr/etc/services"),
        "netstat_in": ("netstat",),
        "proc_net": ("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"),
    },
    "filters": {
        "firewalld": ("firewall-cmd",),
        "rsct_service": (
            "/usr/lib/firewalld/services/rsct-ctrmc.xml",
            "/usr/lib/firewalld/services/rsct-ctrmc-tls.xml",
            "/etc/firewalld/services/rsct-ctrmc.xml",
            "/etc/firewalld/services/rsct-ctrmc-tls.xml",
        ),
        "packet_filter": ("iptables-save", "ip6tables-save", "iptables", "ip6tables", "nft"),
        "ufw": ("ufw",),
        "kernel_filters": ("grep",),
        "lsdev": ("lsdev",),
        "lsfilt": ("lsfilt",),
    },
}
"""Package and module to the base names of commands, the paths of files, or `tcp` for probes, that it reads."""

SOURCES: Final = {name: heads for sources in ROOMS.values() for name, heads in sources.items()}
_ROOM_OF: Final = {name: room for room, sources in ROOMS.items() for name in sources}


_OF_RSCT: Final = "/var/ct/"
_OF_THE_HOST: Final = "IW"
_OF_CLUSTERS: Final = "[0-9]*"
_OF_SERVICES: Final = ("/usr/lib/firewalld/services/", "/etc/firewalld/services/")


def head_of(kind: "Kind", argv: tuple[str, ...]) -> str:
    """The word of `SOURCES` for a request: the base name of a command, or the path of a file.

    RSCT keeps logs in a folder IW, and on a member of a peer domain in one whose name is the number of the cluster. The
    collector writes the pattern of all these folders where it did not read them. A service of firewalld has any name.
    """
    if kind != "file":
        return argv[0].rpartition("/")[2]
    if argv[0].startswith(_OF_SERVICES) and argv[0].endswith(".xml"):
        return SOURCES["rsct_service"][0]
    folder, slash, rest = argv[0].removeprefix(_OF_RSCT).partition("/")
    cluster = folder == _OF_CLUSTERS or (folder.isascii() and folder.isdigit())
    numbered = slash and argv[0].startswith(_OF_RSCT) and cluster
    return f"{_OF_RSCT}{_OF_THE_HOST}/{rest}" if numbered else argv[0]


@cache
def load(name: str) -> Source:
    """The module of a source."""
    return import_module(f"rmccomply.sources.{_ROOM_OF[name]}.{name}")
