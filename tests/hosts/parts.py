"""How a healthy host of any generation is put together of its answers. All of it is constructed."""

from typing import Final

from rmccomply.evidence.model import Evidence
from tests.hosts.answers import (
    HMC,
    ON_DEMAND,
    Cards,
    Console,
    Levels,
    domain_status,
    ifconfig,
    ip_addr,
    lslpp,
    lssrc,
    mcp,
    netstat_an,
    netstat_in,
    no_cloud_init,
    node_id_files,
    ps_aix,
    ps_linux,
    ss,
    thl,
    vhbac,
)
from tests.hosts.building import INITTAB, SERVICES, command, file, firmware, probe, replaced, without
from tests.hosts.cases import units
from tests.hosts.consoles import LOG_PATH, NODE_UUID, ip_filter, log, node_uuid

LOCAL: Final = "10.1.4.21"
CARDS: Final[Cards] = {"en0": (f"{LOCAL}/24",)}
RMC: Final = ("ctrmc", "IBM.MgmtDomainRM", "IBM.DRM", "IBM.HostRM", "IBM.ServiceRM")
NO_DOMAIN: Final = command("lsrpdomain", "")
PEER_DOMAIN: Final = """\
Name     OpState RSCTActiveVersion MixedVersions TSPort GSPort
{name:8} Online  {level:17} No            12347  12348
"""
PEER_NODES: Final = "Name   OpState RSCTVersion\nnode11 Online  {level}\nnode12 Online  {level}\n"
PEERS: Final = ("S S  0x6d1c0f52b7e93a48  0001  node11", "I A  0xe20b7716c4d89f35  0002  node12")
UUID: Final = "3b9d20c4-cb1e-11ef-8003-8e1a2b40d502"
DISK: Final = "0b7a1d40-cb1f-11ef-8003-8e1a2b40d502"
ATTRIBUTES: Final = {"node_uuid": UUID, "clvdisk": DISK}
DF_AIX: Final = """\
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var       4194304   2250112   47%     9120     2% /var
/dev/hd3          4194304   4102380    3%      214     1% /tmp
/dev/hd4          2097152   1204916   43%    14907     6% /
"""
DF_LINUX: Final = """\
Filesystem     Type 1024-blocks    Used Available Capacity Mounted on
/dev/sda3      xfs    31440900 6822712  24618188      22% /
/dev/sda3      xfs    31440900 6822712  24618188      22% /
/dev/sda3      xfs    31440900 6822712  24618188      22% /
"""
CPUINFO: Final = """\
processor\t: 0
cpu\t\t: {cpu} (architected), altivec supported
clock\t\t: 3000.000000MHz

timebase\t: 512000000
platform\t: pSeries
model\t\t: IBM,{machine}
machine\t\t: CHRP IBM,{machine}
"""
ERRORS: Final = """\
IDENTIFIER TIMESTAMP  T C RESOURCE_NAME  DESCRIPTION
AFA89905   1026092026 I O cthags         Group Services daemon started
A6DF45AA   1026091926 I O RMCdaemon      The daemon is started.
BC3BE5A3   1026091926 P S SRC            SOFTWARE PROGRAM ERROR
A6DF45AA   0314101226 I O RMCdaemon      The daemon is started.
"""
"""The error log of a system that was started once in a month and is quiet since."""
QUIET: Final = log("2613-023", "2613-023")
"""Slots that are not used, which healthy hosts log without end."""
NO_RULES: Final = command("nft list ruleset", "")
ZONE: Final = """\
public (default, active)
  target: default
  interfaces: eth0
  sources:
  services: {services}
  ports: {ports}
  protocols:
  rich rules:
"""
_SERVICE: Final = '<?xml version="1.0" encoding="utf-8"?>\n<service>\n  <short>{name}</short>\n{ports}</service>\n'
_PORT: Final = '  <port protocol="{protocol}" port="{port}"/>\n'
SERVICE_FILES: Final = {
    name: _SERVICE.format(name=name, ports="".join(_PORT.format(protocol=one, port=port) for one in protocols))
    for name, protocols, port in (("rsct-ctrmc", ("tcp", "udp"), 657), ("rsct-ctrmc-tls", ("tcp",), 12601))
}
"""The services of firewalld that RSCT 3.3.1.0 and later brings."""


def filesets(level: str, *more: str, service: str = "2.5.1.0") -> dict[str, str]:
    """The filesets of RSCT: updates bring some of them only, so the last number differs on healthy systems."""
    base = f"{level.rpartition('.')[0]}.0"
    updated = ("rsct.basic.rte", "rsct.core.rmc", "rsct.core.utils", "rsct.core.sec", "rsct.opt.storagerm")
    others = ("rsct.compat.basic.rte", "rsct.core.errm", "rsct.core.hostrm", "rsct.core.sr", *more)
    return {**dict.fromkeys(others, base), **dict.fromkeys(updated, level), "devices.chrp.base.ServiceRM": service}


def packages(level: str, build: str, dynamic: str, service: str = "") -> dict[str, str]:
    """The packages of RSCT on Linux; of late the resource manager of events carries the level of RSCT too."""
    own = dict.fromkeys(("src", "rsct.core", "rsct.core.utils", "rsct.basic", "rsct.opt.storagerm"), f"{level}-{build}")
    return {**own, "devices.chrp.base.ServiceRM": service or f"{level}-{build}", "DynamicRM": dynamic}


def rmc(local: str, consoles: tuple[Console, ...], node_id: str, zone: str, *, late: bool) -> list[Evidence]:
    """What RMC itself answers on every platform, unclustered; probes run on the host, of TLS too where it is used."""
    ports = (657, 12601) if late else (657,)
    return [
        *domain_status(*consoles),
        mcp(local, *consoles, late=late),
        *node_id_files(node_id),
        thl(local, *consoles),
        vhbac(local),
        *(probe(f"{one.address}{zone}", "open\n", port) for one in consoles for port in ports),
        QUIET,
        *no_cloud_init(),
        NO_DOMAIN,
        file("/etc/services", SERVICES),
    ]


def aix(
    level: str,
    levels: Levels,
    *others: Evidence,
    node_id: str,
    consoles: tuple[Console, ...] = (HMC,),
    local: str = LOCAL,
    cards: Cards = CARDS,
    lacking: tuple[str, ...] = ("csm.*",),
    late: bool = False,
) -> list[Evidence]:
    """An AIX partition of this level, or the AIX below a Virtual I/O Server, with these answers instead."""
    peer = consoles[0].address if consoles else ""
    evidence = [
        command("uname -a", f"AIX node11 {level[1]} {level[0]} 00F7E41054C00\n"),
        command("uname -L", "11 node11 - billing\n"),
        command("uname -M", "IBM,9105-42A\n"),
        command("uname -u", "IBM,027F7E410\n"),
        command("uname -W", "0\n"),
        command("oslevel -s", f"{level}\n"),
        lslpp(levels, lacking=lacking),
        lssrc("aix", RMC),
        *rmc(local, consoles, node_id, "%en1" if ":" in local else "", late=late),
        ifconfig(cards),
        netstat_in(cards),
        netstat_an(local, peer),
        ip_filter("4"),
        ip_filter("6"),
        command("df -k /var /tmp /", DF_AIX),
        command("lspv", "hdisk0          00f7e4105a1b2c3d                    rootvg          active\n"),
        node_uuid("00000000-0000-0000-0000-000000000000"),
        command("odmget -q name=cluster0 CuAt", ""),
        command("emgr -l", "", err="There is no efix data on this system.\n"),
        file("/etc/inittab", INITTAB),
        command("errpt", ERRORS),
        ps_aix(),
        command("uptime", "  03:00AM   up 24 days,  18:11,  1 user,  load average: 0.61, 0.58, 0.55\n"),
    ]
    return replaced(evidence, *others)


def linux(
    distribution: str,
    kernel: str,
    database: Evidence,
    *others: Evidence,
    node_id: str,
    machine: str = "ppc64le",
    consoles: tuple[Console, ...] = (HMC,),
    local: str = LOCAL,
    cards: Cards | None = None,
    late: bool = False,
) -> list[Evidence]:
    """A Linux partition on PowerVM of this distribution, with these answers besides or instead."""
    cards = cards or {"eth0": (f"{LOCAL}/24", "fe80::8c1a:2bff:fe40:d501/64")}
    family, _, version = distribution.partition(" ")
    peer = consoles[0].address if consoles else ""
    like = 'ID_LIKE="debian"\n' if family == "ubuntu" else ""
    evidence = [
        command("uname -a", f"Linux node11 {kernel} #1 SMP Tue Mar 3 10:02:11 UTC 2026 {machine} GNU/Linux\n"),
        file("/etc/os-release", f'NAME="A Linux"\nVERSION_ID="{version}"\nID="{family}"\n{like}'),
        file("/proc/cpuinfo", CPUINFO.format(cpu="POWER9", machine="9009-22G")),
        *firmware("IBM,9009-22G", "78C4410", 11),
        database,
        lssrc("linux", RMC),
        *rmc(local, consoles, node_id, "%eth1" if ":" in local else "", late=late),
        ip_addr(cards),
        ss(local, peer),
        command("df -kPT /var /tmp /", DF_LINUX),
        units(),
        ps_linux(),
        file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", "Name=IBM.DRM\nProperties=MkDirs,AutoStart\n"),
        file("/proc/uptime", "2140211.73 8411064.10\n"),
    ]
    return replaced(evidence, *others)


def zones(services: str, ports: str) -> Evidence:
    """firewalld with one zone, that of the interface towards the console."""
    return command("firewall-cmd --list-all-zones", ZONE.format(services=services, ports=ports))


def peer_domain(name: str, level: str) -> list[Evidence]:
    """A peer domain that is online, with its nodes."""
    return [
        command("lsrpdomain", PEER_DOMAIN.format(name=name, level=level)),
        command("lsrpnode", PEER_NODES.format(level=level)),
    ]


def caa(name: str) -> list[Evidence]:
    """What Cluster Aware AIX shows of a cluster: its repository disk, its name, its identity."""
    return [
        command(
            "lspv",
            "hdisk0          00f7e4105a1b2c3d                    rootvg          active\n"
            "hdisk1          00f7e4105a1b2c4e                    caavg_private   active\n",
        ),
        command("lscluster -c", f"Cluster Name: {name}\nCluster UUID: {UUID}\nNumber of nodes in cluster = 2\n"),
        command(
            "lsattr -El cluster0",
            f"clvdisk   {DISK} Cluster repository disk identifier False\n{NODE_UUID.format(uuid=UUID)}",
        ),
        command("odmget -q name=cluster0 CuAt", "\n".join(map(_stanza, ATTRIBUTES.items()))),
    ]


def powerha(state: str) -> Evidence:
    """What the cluster manager of PowerHA says of itself."""
    rest = 'build = "Sep  4 2024 11:20:31 2436A_hacmp728"\nCLversion: 23\nlocal node vrmf is 7280\n'
    return command("lssrc -ls clstrmgrES", f'Current state: {state}\n{rest}cluster fix level is "0"\n')


def cloned_uuid() -> list[Evidence]:
    """What cluster0 shows on a system without a cluster that was cloned with its node_uuid."""
    return [node_uuid(UUID), command("odmget -q name=cluster0 CuAt", _stanza(("node_uuid", UUID)))]


def _stanza(attribute: tuple[str, str]) -> str:
    name, value = attribute
    lines = ("cluster0", name, value, "R", "DU", "s")
    fields = ("name", "attribute", "value", "type", "generic", "rep")
    text = "".join(f'\t{field} = "{line}"\n' for field, line in zip(fields, lines, strict=True))
    return f"CuAt:\n{text}\tnls_index = 3\n"


def clustered(
    evidence: list[Evidence], name: str, level: str, active: tuple[str, ...], *others: Evidence, family: str = "aix"
) -> list[Evidence]:
    """The host as a member of a peer domain: its subsystems run, and its log is in the folder of the cluster."""
    tail = QUIET
    path = LOG_PATH.replace("IW", "2738105564")
    inoperative = tuple(one for one in ON_DEMAND if one not in active)
    return replaced(
        without(evidence, tail.request),
        lssrc(family, (*RMC, *active), inoperative),
        *domain_status(HMC, peers=PEERS),
        mcp(LOCAL, HMC, domain=name),
        *peer_domain(name, level),
        file(LOG_PATH, state="absent"),
        command(f"tail -n 200 {path}", "\n".join(tail.out.lines)),
        *others,
    )
