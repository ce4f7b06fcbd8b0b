"""The table of sources: one line for each request or family of requests that somebody reads.

A line says which record comes of it, which module reads it, and the base names of commands, the paths of files, or
`tcp` for probes, whose answers that module is asked about. A module is imported only when an answer of its own is
wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rmccomply.sources.source import Source

if TYPE_CHECKING:
    from rmccomply.sources.cluster.clstrmgr import ClusterState
    from rmccomply.sources.cluster.cluster0 import Cluster0
    from rmccomply.sources.cluster.cluster_list import ClusterList
    from rmccomply.sources.cluster.lscluster import CaaCluster
    from rmccomply.sources.cluster.lspv import PhysicalVolumes
    from rmccomply.sources.filters.direct_rules import DirectRules
    from rmccomply.sources.filters.firewalld import Firewalld
    from rmccomply.sources.filters.kernel_filters import KernelFilters
    from rmccomply.sources.filters.lsdev import Devices
    from rmccomply.sources.filters.lsfilt import IpFilter
    from rmccomply.sources.filters.packet_filter import PacketFilter
    from rmccomply.sources.filters.rsct_service import RsctService
    from rmccomply.sources.filters.rule_file import RuleFile
    from rmccomply.sources.filters.ufw import Ufw
    from rmccomply.sources.filters.zone_file import ZoneFile
    from rmccomply.sources.host.boot_entry import BootEntry
    from rmccomply.sources.host.cloud_init import CloudConfig
    from rmccomply.sources.host.cloud_init_log import CloudInitLog
    from rmccomply.sources.host.cpuinfo import CpuInfo
    from rmccomply.sources.host.device_tree import DeviceTree
    from rmccomply.sources.host.df import Filesystems
    from rmccomply.sources.host.ds_identify import Identification
    from rmccomply.sources.host.errpt import Errpt
    from rmccomply.sources.host.grub_lines import GrubLines
    from rmccomply.sources.host.inittab import Inittab
    from rmccomply.sources.host.kernel_command import KernelCommand
    from rmccomply.sources.host.listing import FolderListing
    from rmccomply.sources.host.lparcfg import PartitionConfiguration
    from rmccomply.sources.host.lparstat import PartitionValues
    from rmccomply.sources.host.program_header import ProgramHeader
    from rmccomply.sources.host.prtconf import Configuration
    from rmccomply.sources.host.ps import Processes
    from rmccomply.sources.host.settings import Settings
    from rmccomply.sources.host.sys0 import Sys0
    from rmccomply.sources.host.sysctl import KernelParameters
    from rmccomply.sources.host.systemd import Units
    from rmccomply.sources.host.transport import Transport
    from rmccomply.sources.host.uname import Uname
    from rmccomply.sources.host.uptime import Uptime
    from rmccomply.sources.network.ipv6_lines import Ipv6Lines
    from rmccomply.sources.network.keyfile import Keyfile
    from rmccomply.sources.network.netplan import Netplan
    from rmccomply.sources.network.netstat_in import InterfaceRows
    from rmccomply.sources.network.proc_net import FamilySockets
    from rmccomply.sources.network.routes import Routes
    from rmccomply.sources.network.services import Services
    from rmccomply.sources.network.tcp_probe import Probe
    from rmccomply.sources.rsct.ct_folders import Entries
    from rmccomply.sources.rsct.ct_node_id import NodeIdFile
    from rmccomply.sources.rsct.ctrmc_status import CtrmcStatus
    from rmccomply.sources.rsct.ctsthl import TrustedHosts
    from rmccomply.sources.rsct.ctsvhbac import Verifications
    from rmccomply.sources.rsct.ctsvhbal import Identities
    from rmccomply.sources.rsct.ctversion import CtVersion
    from rmccomply.sources.rsct.drm_definition import Definition
    from rmccomply.sources.rsct.lsnodeid import LiveNodeId
    from rmccomply.sources.rsct.lsrpdomain import PeerDomains
    from rmccomply.sources.rsct.lsrpnode import PeerNodes
    from rmccomply.sources.rsct.lsrsrc import Resources
    from rmccomply.sources.rsct.lssrc import Lssrc
    from rmccomply.sources.rsct.mcproxy import InBand
    from rmccomply.sources.rsct.mgmtdomainrm_log import MgmtDomainRmLog
    from rmccomply.sources.rsct.reset_lines import ResetLines
    from rmccomply.sources.rsct.rmcdomainstatus import DomainStatus
    from rmccomply.sources.shared.interfaces import Interfaces
    from rmccomply.sources.shared.packages import Packages
    from rmccomply.sources.shared.sockets import Sockets
    from rmccomply.sources.software.emgr import InterimFixes
    from rmccomply.sources.software.image_mount import ImageMount
    from rmccomply.sources.software.image_sum import ImageSum
    from rmccomply.sources.software.instfix import Fixes
    from rmccomply.sources.software.ioslevel import IosLevel
    from rmccomply.sources.software.lslpp_history import FilesetHistory
    from rmccomply.sources.software.os_release import OsRelease
    from rmccomply.sources.software.oslevel import OsLevel

# rsct
LSSRC: Final[Source[Lssrc]] = Source("rsct.lssrc", ("lssrc", "clshowsrv"))
CT_NODE_ID: Final[Source[NodeIdFile]] = Source("rsct.ct_node_id", ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id"))
LSNODEID: Final[Source[LiveNodeId]] = Source("rsct.lsnodeid", ("lsnodeid",))
RMCDOMAINSTATUS: Final[Source[DomainStatus]] = Source("rsct.rmcdomainstatus", ("rmcdomainstatus",))
LSRSRC: Final[Source[Resources]] = Source("rsct.lsrsrc", ("lsrsrc",))
MCPROXY: Final[Source[InBand]] = Source("rsct.mcproxy", ("lssrc",))
LSRPDOMAIN: Final[Source[PeerDomains]] = Source("rsct.lsrpdomain", ("lsrpdomain",))
CTSVHBAL: Final[Source[Identities]] = Source("rsct.ctsvhbal", ("ctsvhbal",))
CTSTHL: Final[Source[TrustedHosts]] = Source("rsct.ctsthl", ("ctsthl",))
CTSVHBAC: Final[Source[Verifications]] = Source("rsct.ctsvhbac", ("ctsvhbac",))
MGMTDOMAINRM_LOG: Final[Source[MgmtDomainRmLog]] = Source(
    "rsct.mgmtdomainrm_log",
    (
        "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default",
        "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default",
        "tail",
    ),
)
CT_FOLDERS: Final[Source[Entries]] = Source("rsct.ct_folders", ("ls",))
CTVERSION: Final[Source[CtVersion]] = Source("rsct.ctversion", ("ctversion",))
LSRPNODE: Final[Source[PeerNodes]] = Source("rsct.lsrpnode", ("lsrpnode",))
CTRMC_STATUS: Final[Source[CtrmcStatus]] = Source("rsct.ctrmc_status", ("lssrc",))
DRM_DEFINITION: Final[Source[Definition]] = Source("rsct.drm_definition", ("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef",))
# cluster
CLSTRMGR: Final[Source[ClusterState]] = Source("cluster.clstrmgr", ("lssrc",))
LSPV: Final[Source[PhysicalVolumes]] = Source("cluster.lspv", ("lspv",))
LSCLUSTER: Final[Source[CaaCluster]] = Source("cluster.lscluster", ("lscluster",))
CLUSTER_LIST: Final[Source[ClusterList]] = Source("cluster.cluster_list", ("cluster", "ioscli"))
CLUSTER0: Final[Source[Cluster0]] = Source("cluster.cluster0", ("odmget", "lsattr"))
# software
LSLPP: Final[Source[Packages]] = Source("software.lslpp", ("lslpp",))
RPM: Final[Source[Packages]] = Source("software.rpm", ("rpm", "sh"))
OSLEVEL: Final[Source[OsLevel]] = Source("software.oslevel", ("oslevel",))
OS_RELEASE: Final[Source[OsRelease]] = Source("software.os_release", ("/etc/os-release", "/usr/lib/os-release"))
IOSLEVEL: Final[Source[IosLevel]] = Source("software.ioslevel", ("ioslevel", "ioscli"))
INSTFIX: Final[Source[Fixes]] = Source("software.instfix", ("instfix",))
EMGR: Final[Source[InterimFixes]] = Source("software.emgr", ("emgr",))
LSLPP_LISTING: Final[Source[Packages]] = Source("software.lslpp_listing", ("lslpp",))
LSLPP_HISTORY: Final[Source[FilesetHistory]] = Source("software.lslpp_history", ("lslpp",))
DPKG: Final[Source[Packages]] = Source("software.dpkg", ("dpkg-query", "dpkg"))
IMAGE_SUM: Final[Source[ImageSum]] = Source("software.image_sum", ("sha256sum",))
IMAGE_MOUNT: Final[Source[ImageMount]] = Source("software.image_mount", ("mounted",))
# host
TRANSPORT: Final[Source[Transport]] = Source("host.transport", ("rmccomply-collect",))
DF: Final[Source[Filesystems]] = Source("host.df", ("df",))
UNAME: Final[Source[Uname]] = Source("host.uname", ("uname",))
CPUINFO: Final[Source[CpuInfo]] = Source("host.cpuinfo", ("/proc/cpuinfo",))
LPARCFG: Final[Source[PartitionConfiguration]] = Source("host.lparcfg", ("/proc/ppc64/lparcfg",))
DEVICE_TREE: Final[Source[DeviceTree]] = Source(
    "host.device_tree", ("/proc/device-tree/model", "/proc/device-tree/system-id")
)
CLOUD_INIT: Final[Source[CloudConfig]] = Source(
    "host.cloud_init",
    (
        *("/etc/cloud/cloud.cfg", "/etc/cloud/cloud.cfg.d/*.cfg"),
        *("/opt/freeware/etc/cloud/cloud.cfg", "/opt/freeware/etc/cloud/cloud.cfg.d/*.cfg"),
    ),
)
CLOUD_INIT_LOG: Final[Source[CloudInitLog]] = Source(
    "host.cloud_init_log", ("/var/log/cloud-init.log", "/var/log/cloud-init-output.log")
)
ERRPT: Final[Source[Errpt]] = Source("host.errpt", ("errpt",))
PRTCONF: Final[Source[Configuration]] = Source("host.prtconf", ("prtconf", "lsconf"))
LPARSTAT: Final[Source[PartitionValues]] = Source("host.lparstat", ("lparstat",))
PS: Final[Source[Processes]] = Source("host.ps", ("ps",))
INITTAB: Final[Source[Inittab]] = Source("host.inittab", ("/etc/inittab",))
SYSTEMD: Final[Source[Units]] = Source("host.systemd", ("systemctl",))
UPTIME: Final[Source[Uptime]] = Source("host.uptime", ("/proc/uptime", "uptime", "who"))
LISTING: Final[Source[FolderListing]] = Source("host.listing", ("ls",))
DS_IDENTIFY: Final[Source[Identification]] = Source("host.ds_identify", ("/etc/cloud/ds-identify.cfg",))
RESET_LINES: Final[Source[ResetLines]] = Source("rsct.reset_lines", ("grep",))
PROGRAM_HEADER: Final[Source[ProgramHeader]] = Source("host.program_header", ("od",))
BOOT_ENTRY: Final[Source[BootEntry]] = Source("host.boot_entry", ("/boot/loader/entries/*.conf",))
GRUB_LINES: Final[Source[GrubLines]] = Source("host.grub_lines", ("grep",))
KERNEL_COMMAND: Final[Source[KernelCommand]] = Source("host.kernel_command", ("/proc/cmdline", "/etc/kernel/cmdline"))
SETTINGS: Final[Source[Settings]] = Source(
    "host.settings",
    (
        *("/etc/default/grub", "/boot/grub2/grubenv", "/boot/grub/grubenv"),
        *("/etc/sysconfig/network-scripts/ifcfg-*", "/etc/sysconfig/network/ifcfg-*"),
        *("/etc/firewalld/firewalld.conf", "/etc/ufw/ufw.conf", "/etc/default/ufw"),
    ),
)
SYSCTL: Final[Source[KernelParameters]] = Source(
    "host.sysctl",
    (
        *("/etc/sysctl.conf", "/etc/sysctl.d/*.conf", "/run/sysctl.d/*.conf"),
        *("/usr/local/lib/sysctl.d/*.conf", "/usr/lib/sysctl.d/*.conf"),
    ),
)
SYS0: Final[Source[Sys0]] = Source("host.sys0", ("odmget", "lsattr"))
# network
IPV6_LINES: Final[Source[Ipv6Lines]] = Source("network.ipv6_lines", ("grep",))
KEYFILE: Final[Source[Keyfile]] = Source("network.keyfile", ("/etc/NetworkManager/system-connections/*",))
NETPLAN: Final[Source[Netplan]] = Source("network.netplan", ("/etc/netplan/*.yaml",))
IFCONFIG: Final[Source[Interfaces]] = Source("network.ifconfig", ("ifconfig",))
IP_ADDR: Final[Source[Interfaces]] = Source("network.ip_addr", ("ip",))
NETSTAT: Final[Source[Sockets]] = Source("network.netstat", ("netstat",))
ROUTES: Final[Source[Routes]] = Source("network.routes", ("netstat", "ip"))
SS: Final[Source[Sockets]] = Source("network.ss", ("ss",))
TCP_PROBE: Final[Source[Probe]] = Source("network.tcp_probe", ("tcp",))
SERVICES: Final[Source[Services]] = Source("network.services", ("/etc/services", "/usr/etc/services"))
NETSTAT_IN: Final[Source[InterfaceRows]] = Source("network.netstat_in", ("netstat",))
PROC_NET: Final[Source[FamilySockets]] = Source(
    "network.proc_net", ("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6")
)
# filters
FIREWALLD: Final[Source[Firewalld]] = Source("filters.firewalld", ("firewall-cmd",))
RSCT_SERVICE: Final[Source[RsctService]] = Source(
    "filters.rsct_service",
    (
        "/usr/lib/firewalld/services/rsct-ctrmc.xml",
        "/usr/lib/firewalld/services/rsct-ctrmc-tls.xml",
        "/etc/firewalld/services/rsct-ctrmc.xml",
        "/etc/firewalld/services/rsct-ctrmc-tls.xml",
    ),
)
PACKET_FILTER: Final[Source[PacketFilter]] = Source(
    "filters.packet_filter", ("iptables-save", "ip6tables-save", "iptables", "ip6tables", "nft")
)
UFW: Final[Source[Ufw]] = Source("filters.ufw", ("ufw",))
ZONE_FILE: Final[Source[ZoneFile]] = Source(
    "filters.zone_file", ("/etc/firewalld/zones/*.xml", "/usr/lib/firewalld/zones/*.xml")
)
DIRECT_RULES: Final[Source[DirectRules]] = Source("filters.direct_rules", ("/etc/firewalld/direct.xml",))
RULE_FILE: Final[Source[RuleFile]] = Source(
    "filters.rule_file",
    (
        *("/etc/sysconfig/nftables.conf", "/etc/nftables.conf", "/etc/sysconfig/iptables", "/etc/sysconfig/ip6tables"),
        *("/etc/iptables/rules.v4", "/etc/iptables/rules.v6", "/etc/ufw/user.rules", "/etc/ufw/user6.rules"),
    ),
)
KERNEL_FILTERS: Final[Source[KernelFilters]] = Source("filters.kernel_filters", ("grep",))
LSDEV: Final[Source[Devices]] = Source("filters.lsdev", ("lsdev",))
LSFILT: Final[Source[IpFilter]] = Source("filters.lsfilt", ("lsfilt",))

SOURCES: Final[dict[str, Source[object]]] = {one.name: one for one in list(vars().values()) if isinstance(one, Source)}
"""Every source of the table by its name, in its order."""
