"""Facts: one module a source, and the table of them all.

A source is one request and how to read its answer. The table below says which commands and files each module
reads; the modules are imported only when an answer of theirs is asked for. `facts.catalogue` has the other table:
the derived facts that policies speak of.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from rmccomply.evidence.model import Kind
    from rmccomply.facts.answer import Answer


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


SOURCES: Final[dict[str, tuple[str, ...]]] = {
    "lssrc": ("lssrc", "clshowsrv"),
    "lslpp": ("lslpp",),
    "rpm": ("rpm", "sh"),
    "ct_node_id": ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id"),
    "lsnodeid": ("lsnodeid",),
    "rmcdomainstatus": ("rmcdomainstatus",),
    "lsrsrc": ("lsrsrc",),
    "mcproxy": ("lssrc",),
    "clstrmgr": ("lssrc",),
    "lsrpdomain": ("lsrpdomain",),
    "lspv": ("lspv",),
    "lscluster": ("lscluster",),
    "ifconfig": ("ifconfig",),
    "ip_addr": ("ip",),
    "netstat": ("netstat",),
    "routes": ("netstat", "ip"),
    "ss": ("ss",),
    "tcp_probe": ("tcp",),
    "transport": ("rmccomply-collect",),
    "df": ("df",),
    "uname": ("uname",),
    "oslevel": ("oslevel",),
    "os_release": ("/etc/os-release", "/usr/lib/os-release"),
    "cpuinfo": ("/proc/cpuinfo",),
    "lparcfg": ("/proc/ppc64/lparcfg",),
    "device_tree": ("/proc/device-tree/model", "/proc/device-tree/system-id"),
    "ctsvhbal": ("ctsvhbal",),
    "ctsthl": ("ctsthl",),
    "ctsvhbac": ("ctsvhbac",),
    "services": ("/etc/services", "/usr/etc/services"),
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
    "cloud_init": ("/etc/cloud/cloud.cfg", "/opt/freeware/etc/cloud/cloud.cfg"),
    "cloud_init_log": ("/var/log/cloud-init.log", "/var/log/cloud-init-output.log"),
    "mgmtdomainrm_log": (
        "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default",
        "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default",
        "tail",
    ),
    "ct_folders": ("ls",),
    "ioslevel": ("ioslevel", "ioscli"),
    "cluster_list": ("cluster", "ioscli"),
    "errpt": ("errpt",),
    "prtconf": ("prtconf", "lsconf"),
    "lparstat": ("lparstat",),
    "instfix": ("instfix",),
    "emgr": ("emgr",),
    "lslpp_listing": ("lslpp",),
    "lslpp_history": ("lslpp",),
    "dpkg": ("dpkg-query", "dpkg"),
    "ctversion": ("ctversion",),
    "cluster0": ("odmget", "lsattr"),
    "netstat_in": ("netstat",),
    "proc_net": ("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"),
    "lsrpnode": ("lsrpnode",),
    "ctrmc_status": ("lssrc",),
    "ps": ("ps",),
    "inittab": ("/etc/inittab",),
    "systemd": ("systemctl",),
    "uptime": ("/proc/uptime", "uptime", "who"),
    "drm_definition": ("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef",),
}
"""Module to the base names of commands, the paths of files, or `tcp` for probes, that it reads."""


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
    return import_module(f"rmccomply.facts.{name}")


if TYPE_CHECKING:
    from rmccomply.facts import (
        cloud_init,
        cloud_init_log,
        clstrmgr,
        cluster0,
        cluster_list,
        cpuinfo,
        ct_folders,
        ct_node_id,
        ctrmc_status,
        ctsthl,
        ctsvhbac,
        ctsvhbal,
        ctversion,
        device_tree,
        df,
        dpkg,
        drm_definition,
        emgr,
        errpt,
        firewalld,
        ifconfig,
        inittab,
        instfix,
        ioslevel,
        ip_addr,
        kernel_filters,
        lparcfg,
        lparstat,
        lscluster,
        lsdev,
        lsfilt,
        lslpp,
        lslpp_history,
        lslpp_listing,
        lsnodeid,
        lspv,
        lsrpdomain,
        lsrpnode,
        lsrsrc,
        lssrc,
        mcproxy,
        mgmtdomainrm_log,
        netstat,
        netstat_in,
        os_release,
        oslevel,
        packet_filter,
        proc_net,
        prtconf,
        ps,
        rmcdomainstatus,
        routes,
        rpm,
        rsct_service,
        services,
        ss,
        systemd,
        tcp_probe,
        transport,
        ufw,
        uname,
        uptime,
    )

    _CHECKED: tuple[Source, ...] = (
        clstrmgr,
        cloud_init,
        cloud_init_log,
        cluster0,
        cluster_list,
        cpuinfo,
        ct_folders,
        ct_node_id,
        ctrmc_status,
        ctsthl,
        ctsvhbac,
        ctsvhbal,
        ctversion,
        device_tree,
        df,
        dpkg,
        drm_definition,
        emgr,
        errpt,
        firewalld,
        ifconfig,
        inittab,
        instfix,
        ioslevel,
        ip_addr,
        kernel_filters,
        lparcfg,
        lparstat,
        lscluster,
        lsdev,
        lsfilt,
        lslpp,
        lslpp_history,
        lslpp_listing,
        lsnodeid,
        lspv,
        lsrpdomain,
        lsrpnode,
        lsrsrc,
        lssrc,
        mcproxy,
        mgmtdomainrm_log,
        netstat,
        netstat_in,
        os_release,
        oslevel,
        packet_filter,
        proc_net,
        prtconf,
        ps,
        rmcdomainstatus,
        routes,
        rpm,
        rsct_service,
        services,
        ss,
        systemd,
        tcp_probe,
        transport,
        ufw,
        uname,
        uptime,
    )
