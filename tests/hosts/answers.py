"""The grammar of each generation: what its commands print about a partition and its console.

All of it is constructed, with names and addresses of its own; only the forms are those of the commands.
`tests.hosts.parts` puts the answers together into hosts.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file
from tests.hosts.consoles import CLOUD_LOG, CLOUD_OUTPUT

Levels = Mapping[str, str]
Cards = Mapping[str, tuple[str, ...]]
"""Interface to its addresses: "10.1.4.21/24", "fe80::8c1a:2bff:fe40:d502/64"."""


class Console(NamedTuple):
    """A management console as RMC knows it. `token` is KeyToken."""

    address: str = "10.1.9.8"
    token: str = "hmcnord"
    machine: str = "7063-CR2*78F1A20"
    node_id: str = "51c27de09a3b8f46"
    additional: str = ""


HMC: Final = Console()
SECOND: Final = Console("10.1.9.9", "hmcsued", "7063-CR2*78F1B31", "0a94ee6d12f07b3c")

OS_ROWS: Final = {
    "aix": ("syslogd ras", "portmap portmap", "inetd tcpip", "aso -", "qdaemon spooler", "sshd ssh", "clcomd caa"),
    "linux": ("rtas_errd ras",),
}
OFF_ROWS: Final = {"aix": ("lpd spooler", "nimhttp -", "timed tcpip"), "linux": ()}
ON_DEMAND: Final = ("ctcas", "IBM.ERRM", "IBM.AuditRM", "IBM.LPRM", "IBM.SensorRM")
_GROUPS: Final = {
    **dict.fromkeys(("ctrmc", "ctcas", "mcproxy"), "rsct"),
    **dict.fromkeys(("cthags", "cthagsglsm"), "cthags"),
    "cthats": "cthats",
    "clconfd": "caa",
    "clstrmgrES": "cluster",
}


def lssrc(family: str, active: Iterable[str], inoperative: Iterable[str] = ON_DEMAND) -> Evidence:
    """`lssrc -a`: the columns of AIX are wider than those of Linux; a group, and the PID of what stands, are empty."""
    width = 12 if family == "aix" else 7
    rows = [f"Subsystem         Group            {'PID':{width}} Status "]
    listed = [(*row.split(), True) for row in OS_ROWS[family]]
    listed += [(name, _group(name), True) for name in active]
    listed += [(name, _group(name), False) for name in inoperative]
    listed += [(*row.split(), False) for row in OFF_ROWS[family]]
    for number, (name, group, runs) in enumerate(listed):
        pid = str((4194604 if family == "aix" else 2210) + 1026 * number) if runs else ""
        shown = "" if group == "-" else group
        rows.append(f" {name:16} {shown:16} {pid:{width}} {'active' if runs else 'inoperative'}")
    return command("lssrc -a", "\n".join(rows) + "\n")


def _group(name: str) -> str:
    return _GROUPS.get(name, "rsct_rm")


def lslpp(levels: Levels, *, lacking: tuple[str, ...] = ()) -> Evidence:
    """`lslpp -Lcq` of what carries RMC: 18 fields a row; patterns of which nothing is installed are complaints."""
    patterns = ("rsct.*", "devices.chrp.base.*", "csm.*")
    rows = [
        f"{'.'.join(name.split('.')[:2])}:{name}:{level}: : :C:{_type(level)}:{name} of RSCT: : : : : : :1:0:/:1845"
        for name, level in levels.items()
    ]
    complaints = "".join(f"lslpp: Fileset {pattern} not installed.\n" for pattern in lacking)
    words = " ".join(f"'{pattern}'" for pattern in patterns)
    return command(f"lslpp -Lcq {words}", "\n".join(rows) + "\n", 1 if lacking else 0, err=complaints)


def _type(level: str) -> str:
    return " " if level.endswith(".0") else "F"


def rpms(levels: Levels, machine: str = "ppc64le") -> Evidence:
    """`rpm -qa` with name, version, release and architecture."""
    rows = [f"{name}\t{level.replace('-', chr(9))}\t{machine}" for name, level in levels.items()]
    rows += [f"glibc\t2.28\t225.el8\t{machine}", f"powerpc-utils\t1.3.11\t1\t{machine}"]
    return command(r"rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'", "\n".join(rows) + "\n")


def debs(levels: Levels) -> Evidence:
    """`dpkg-query -W` with package, version and status."""
    found = {"base-files": "12ubuntu4", "dpkg": "1.21.1ubuntu2", "libc6": "2.35-0ubuntu3", **levels}
    rows = [f"{name}\t{level}\tinstall ok installed" for name, level in found.items()]
    return command(r"dpkg-query -W -f '${Package}\t${Version}\t${Status}\n'", "\n".join(rows) + "\n")


def ifconfig(cards: Cards, *, down: tuple[str, ...] = ()) -> Evidence:
    """`ifconfig -a` of AIX and VIOS with its loopback."""
    text = ""
    for name, addresses in cards.items():
        up = "" if name in down else "UP,"
        flags = f"{up}BROADCAST,NOTRAILERS,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,CHECKSUM_OFFLOAD(ACTIVE),CHAIN"
        text += f"{name}: flags={'1e084862' if name in down else '1e084863'},814c0<{flags}>\n"
        text += "".join(_inet(one) for one in addresses)
        text += "\t tcp_sendspace 262144 tcp_recvspace 262144 rfc1323 1\n"
    text += (
        "lo0: flags=e08084b,c0<UP,BROADCAST,LOOPBACK,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,LARGESEND,CHAIN>\n"
        "\tinet 127.0.0.1 netmask 0xff000000 broadcast 127.255.255.255\n"
        "\tinet6 ::1%1/128\n"
        "\t tcp_sendspace 131072 tcp_recvspace 131072 rfc1323 1\n"
    )
    return command("ifconfig -a", text)


def _inet(address: str) -> str:
    if ":" in address:
        return f"\tinet6 {address}\n"
    host = address.partition("/")[0]
    return f"\tinet {host} netmask 0xffffff00 broadcast {host.rpartition('.')[0]}.255\n"


def netstat_in(cards: Cards, mtu: int = 1500, *, down: tuple[str, ...] = ()) -> Evidence:
    """`netstat -in` of AIX and VIOS: a row of the link and one for each address; of IPv6 the network is empty."""
    rows = ["Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll"]
    counts = "            412007     0   198220     0     0"
    for number, (card, addresses) in enumerate(cards.items(), 2):
        name = f"{card}*" if card in down else card
        rows.append(f"{name:5} {mtu}  link#{number:<6} 8e.1a.2b.40.d5.{number:x}{counts}")
        for address in (one.partition("/")[0] for one in addresses):
            network = "" if ":" in address else address.rpartition(".")[0]
            rows.append(f"{name:5} {mtu}  {network:11} {address}{counts}")
    rows += [f"lo0   16896 link#1      {counts}", f"lo0   16896 127         127.0.0.1{counts}"]
    rows.append(f"lo0   16896 ::1%1       {counts}")
    return command("netstat -in", "\n".join(rows) + "\n")


def netstat_an(local: str, peer: str = "", *, listens: bool = True) -> Evidence:
    """`netstat -an` of AIX and VIOS: rmcd listens, and has a session where there is a console over IP."""
    open_port = "tcp        0      0  *.657                  *.*                    LISTEN\n" if listens else ""
    family = "tcp6" if ":" in peer else "tcp4"
    session = f"{family}       0      0  {local}.657           {peer}.48210         ESTABLISHED\n" if peer else ""
    text = (
        "Active Internet connections (including servers)\n"
        "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n"
        "tcp        0      0  *.22                   *.*                    LISTEN\n"
        f"{open_port}"
        f"{session}"
        "tcp4       0     52  10.1.4.21.22           10.1.7.44.51877        ESTABLISHED\n"
        "udp        0      0  *.657                  *.*\n"
        "\n"
        "Active UNIX domain sockets\n"
    )
    return command("netstat -an", text)


def ip_addr(cards: Cards, *, down: tuple[str, ...] = ()) -> Evidence:
    """`ip addr` of Linux; every interface that is up has a link-local address of its own besides what is given."""
    text = (
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n"
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
        "    inet 127.0.0.1/8 scope host lo\n"
        "       valid_lft forever preferred_lft forever\n"
        "    inet6 ::1/128 scope host\n"
        "       valid_lft forever preferred_lft forever\n"
    )
    for number, (name, addresses) in enumerate(cards.items(), 2):
        flags = "BROADCAST,MULTICAST" if name in down else "BROADCAST,MULTICAST,UP,LOWER_UP"
        text += f"{number}: {name}: <{flags}> mtu 1500 qdisc mq state UP group default qlen 1000\n"
        text += f"    link/ether 8e:1a:2b:40:d5:0{number} brd ff:ff:ff:ff:ff:ff\n"
        for address in addresses:
            family, scope = ("inet6", "link") if address.startswith("fe80") else ("inet", f"global {name}")
            text += f"    {family} {address} scope {scope}\n       valid_lft forever preferred_lft forever\n"
    return command("ip addr", text)


def ss(local: str, peer: str = "", *, listens: bool = True) -> Evidence:
    """`ss -tuan` of Linux: rmcd listens in both families, and has a session where there is a console over IP."""
    open_port = "tcp   LISTEN 0      128                 *:657               *:*\n" if listens else ""
    here, there = (f"[{one}]" if ":" in one else one for one in (local, peer))
    session = f"tcp   ESTAB  0      0          {here}:657         {there}:48210\n" if peer else ""
    text = (
        "Netid State  Recv-Q Send-Q  Local Address:Port   Peer Address:Port\n"
        "udp   UNCONN 0      0                   *:657               *:*\n"
        "tcp   LISTEN 0      128           0.0.0.0:22          0.0.0.0:*\n"
        f"{open_port}"
        f"{session}"
        "tcp   ESTAB  0      0           10.1.4.21:22         10.1.7.44:51877\n"
    )
    return command("ss -tuan", text)


def mcp(local: str, *consoles: Console, domain: str = "", late: bool = False) -> Evidence:
    """`lsrsrc IBM.MCP`; late levels print two attributes more, one of them redacted by the collector."""
    text = "Resource Persistent Attributes for IBM.MCP\n"
    for number, one in enumerate(consoles, 1):
        text += f"resource {number}:\n"
        for name, value in (
            ("MNName", f'"{local}"'),
            ("NodeID", str(int(one.node_id, 16))),
            ("KeyToken", f'"{one.token}"'),
            ("IPAddresses", f'{{"{one.address}"}}'),
            ("ConnectivityNames", f'{{"{local}"}}'),
            ("HMCName", f'"{one.machine}"'),
            ("HMCIPAddr", f'"{one.address}"'),
            ("HMCAddIPs", f'"{one.additional}"'),
            ("HMCAddIPv6s", '""'),
            *((("ActiveCommMode", "1"), ("RMCKey", '"(redacted)"')) if late else ()),
            ("ActivePeerDomain", f'"{domain}"'),
            ("NodeNameList", '{"thishost"}'),
        ):
            text += f"        {name:17} = {value}\n"
    return command("lsrsrc IBM.MCP", text)


def management_server(console: Console) -> Evidence:
    """`lsrsrc IBM.ManagementServer`, the class of levels that use CSM."""
    text = "Resource Persistent Attributes for IBM.ManagementServer\nresource 1:\n"
    for name, value in (
        ("Name", console.address),
        ("Hostname", console.address),
        ("ManagerType", "HMC"),
        ("LocalHostname", "10.1.4.53"),
        ("ClusterTM", "9078-160"),
        ("ClusterSNum", ""),
        ("ActivePeerDomain", ""),
    ):
        text += f'        {name:16} = "{value}"\n'
    return command("lsrsrc IBM.ManagementServer", text + '        NodeNameList     = {"thishost"}\n')


def thl(local: str, *consoles: Console) -> Evidence:
    """`ctsthl -l` with the host itself and its consoles, each by name and address."""
    rule, key = "--------------------\n", "120400" + "5ae1" * 66
    names = ["thishost", local, *(name for one in consoles for name in (one.token, one.address))]
    entries = "".join(
        f"Host name: {name}\nIdentifier Generation Method: rsa1024\nIdentifier Value:\n{key[:150]}\n{key[150:]}\n{rule}"
        for name in names
    )
    return command("ctsthl -l", f"ctsthl: Contents of trusted host list file: /var/ct/cfg/ct_has.thl\n{rule}{entries}")


def vhbac(local: str, status: str = "Trusted host") -> Evidence:
    """`ctsvhbac` of a host with this status of its own address; its name is trusted."""
    text = (
        "Private and Public Key Verifications\n"
        "      Configuration file:  /var/ct/cfg/ctcasd.cfg\n"
        "                  Status:  Available\n"
        "                Key Type:  rsa1024\n"
        "        Private Key file:  /var/ct/cfg/ct_has.qkf\n"
        "                  Source:  Configuration file\n"
        "                  Status:  Available\n"
        "         Public Key file:  /var/ct/cfg/ct_has.pkf\n"
        "                  Status:  Available\n"
        "              Key Parity:  Public and private keys are in pair\n"
        "Trusted Host List File Verifications\n"
        "  Trusted Host List file:  /var/ct/cfg/ct_has.thl\n"
        "                  Status:  Available\n"
        "                Identity:  thishost\n"
        "                  Status:  Trusted host\n"
        f"                Identity:  {local}\n"
        f"                  Status:  {status}\n"
        "Host Based Authentication Mechanism Verification Check completed\n"
    )
    return command("ctsvhbac", text)


def domain_status(*consoles: Console, peers: tuple[str, ...] = ()) -> list[Evidence]:
    """`rmcdomainstatus` in both forms: peers first, then the consoles, by name and by address."""
    found = []
    for option, names in (("", [one.token for one in consoles]), (" -a ip", [one.address for one in consoles])):
        text = "\nPeer Domain Status\n" if peers else ""
        text += "".join(f"  {row}\n" for row in peers)
        text += "\nManagement Domain Status: Management Control Points\n" if consoles else ""
        for number, (one, name) in enumerate(zip(consoles, names, strict=True), 1):
            text += f"  I A  0x{one.node_id}  {number:04d}  {name}\n"
        found.append(command(f"rmcdomainstatus -s ctrmc{option}", text))
    return found


def node_id_files(node_id: str) -> list[Evidence]:
    """Both files and `lsnodeid`: only the first line of a file counts."""
    text = f"{node_id}\n# The RSCT node ID of this system. Do not change this file.\n"
    names = ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id")
    return [*(file(name, text) for name in names), command("lsnodeid", f"{node_id}\n")]


def ps_aix(rmcd: str = "/opt/rsct/bin/rmcd -a IBM.LPCommands -r") -> Evidence:
    """`ps -ef` of AIX with this command of the daemon."""
    text = (
        "     UID     PID    PPID   C    STIME    TTY  TIME CMD\n"
        "    root       1       0   0   Oct 27      -  0:04 /etc/init\n"
        "    root 4194606       1   0   Oct 27      -  0:00 /usr/sbin/srcmstr\n"
        f"    root 5439966 4194606   0   Oct 27      -  1:22 {rmcd}\n"
    )
    return command("ps -ef", text)


def ps_linux(*, runs: bool = True) -> Evidence:
    """`ps -ef` of Linux, with srcmstr and rmcd or without them."""
    text = (
        "UID          PID    PPID  C STIME TTY          TIME CMD\n"
        "root           1       0  0 Oct27 ?        00:00:09 /usr/lib/systemd/systemd --switched-root --system\n"
    )
    daemons = (
        "root        1403       1  0 Oct27 ?        00:00:00 /opt/rsct/src/bin/srcmstr\n"
        "root        2217    1403  0 Oct27 ?        00:01:22 /opt/rsct/bin/rmcd -a IBM.LPCommands -r -S 1500\n"
    )
    return command("ps -ef", text + (daemons if runs else ""))


def no_cloud_init() -> list[Evidence]:
    """A host that was installed by hand: neither log is there."""
    return [file(CLOUD_LOG, state="absent"), file(CLOUD_OUTPUT, state="absent")]


def cloud_init(old: str, new: str, config: str) -> list[Evidence]:
    """The logs and the configuration of a host whose cloud-init renewed its node ID; on AIX the packages too."""
    log = "".join(
        f"2026-10-27 07:12:{second} - {text}\n"
        for second, text in (
            ("04,118", "util.py[DEBUG]: Cloud-init v. 22.1 running 'modules:final'"),
            ("31,402", "cc_reset_rmc.py[DEBUG]: Attempting to reset RMC."),
            ("31,405", f"cc_reset_rmc.py[DEBUG]: Node ID at beginning of module: {old}"),
            ("58,761", f"cc_reset_rmc.py[DEBUG]: Node ID at end of module: {new}"),
        )
    )
    modules = "cloud_final_modules:\n - scripts-user\n - reset_rmc\n - final-message\n"
    packages = cloud_packages() if config.startswith("/opt/freeware") else []
    return [file(CLOUD_LOG, log), file(CLOUD_OUTPUT, "Cloud-init v. 22.1 finished\n"), file(config, modules), *packages]


CLOUD_PACKAGE: Final[Levels] = {"cloud-init": "22.1-7"}
NPIV: Final = "devices.vdevice.IBM.vfc-client.rte"


def cloud_packages(*lacking: str) -> list[Evidence]:
    """What AIX has for a cloud: cloud-init, an rpm, and the fileset of virtual Fibre Channel."""
    row = f"{NPIV.removesuffix('.rte')}:{NPIV}:7.3.2.0: : :C: :Virtual Fibre Channel Client: : : : : : :1:0:/:2320\n"
    gone = command(f"lslpp -Lcq {NPIV}", "", 1, f"lslpp: Fileset {NPIV} not installed.\n")
    return [
        rpms({name: level for name, level in CLOUD_PACKAGE.items() if name not in lacking}, "ppc"),
        gone if NPIV in lacking else command(f"lslpp -Lcq {NPIV}", row),
    ]
