"""The examples, constructed: `python -m tests.examples` writes `examples/` anew, a test holds the files to it.

Nothing here was captured anywhere. Names are invented, addresses are those that RFC 5737 and RFC 3849 keep for
documentation, and every text is in the form in which the real command prints it.
"""

from pathlib import Path
from typing import Final

from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Kind, State

FOLDER: Final = Path(__file__).parents[1] / "examples"
_BIN: Final = {"rmcdomainstatus": "/usr/sbin/rsct/bin", "lsnodeid": "/usr/sbin/rsct/bin", "lsrpdomain": "/usr/bin"}


class Clock:
    """Collection times: each answer takes a second."""

    def __init__(self) -> None:
        self._second = 0

    def tick(self, seconds: int = 1) -> str:
        self._second += seconds
        return f"2026-11-20T03:{self._second // 60:02d}:{self._second % 60:02d}Z"


class Target:
    """One constructed partition: its answers in the order in which a collector would ask."""

    def __init__(self, host: str, system: str) -> None:
        self.host, self._clock = host, Clock()
        self._sections: list[Section] = []
        self._head = {
            "collector": "1",
            "profile": "full",
            "mode": "live",
            "host": host,
            "os": system,
            "uid": "0",
            "shell": "ksh",
            "utc": self._clock.tick(0),
            "note": "a constructed example: this partition does not exist and nothing here was captured",
        }

    def command(self, words: str, out: str = "", exit_status: int = 0, err: str = "", state: State = "exit") -> None:
        """A command, written as people write it; `_` stands for a blank within a word."""
        name, *rest = words.split()
        argv = (f"{_BIN.get(name, '/usr/bin')}/{name}", *(word.replace("_", " ") for word in rest))
        self._add("cmd", argv, out, exit_status, err, state, 30 if state == "timeout" else 1)

    def file(self, path: str, out: str = "", state: State = "exit", err: str = "") -> None:
        """The content of a file, or why there is none."""
        self._add("file", (path,), out, 0 if state == "exit" else 1, err, state)

    def probe(self, address: str, word: str) -> None:
        """What a connection to the address met on port 657."""
        self._add("probe", ("tcp", address, "657"), f"{word}\n")

    def _add(
        self,
        kind: Kind,
        argv: tuple[str, ...],
        out: str = "",
        exit_status: int = 0,
        err: str = "",
        state: State = "exit",
        seconds: int = 1,
    ) -> None:
        begun, ended = self._clock.tick(0), self._clock.tick(seconds)
        section = Section(kind, argv, out.encode(), err.encode(), state, exit_status, begun=begun, ended=ended)
        self._sections.append(section)

    def bundle(self) -> bytes:
        """The bundle file."""
        return write_bundle(self._head, self._sections, self._clock.tick(0))


def lssrc(**pids: int) -> str:
    """The listing of `lssrc -a` with these process ids; 0 is an inoperative subsystem."""
    rows = ["Subsystem         Group            PID          Status "]
    for name, pid in pids.items():
        subsystem = name.replace("__", ".")
        group = _GROUPS.get(subsystem, "rsct_rm" if subsystem.startswith("IBM.") else "rsct")
        rows.append(f" {subsystem:<16} {group:<16} {pid or '':<12} {'active' if pid else 'inoperative'}")
    return "\n".join(rows) + "\n"


_GROUPS: Final = {"syslogd": "ras", "sshd": "ssh", "clcomd": "caa", "clconfd": "caa", "cthags": "cthags"}


def filesets(level: str) -> str:
    """The listing of `lslpp -Lcq rsct.*`."""
    row = "{package}:{fileset}:{level}: : :C: :{title}: : : : : : :{last}:0:/:\n"
    titles = (
        ("rsct.basic", "rsct.basic.rte", "RSCT Basic Function", 0),
        ("rsct.core", "rsct.core.hostrm", "RSCT Host Resource Manager", 1),
        ("rsct.core", "rsct.core.rmc", "RSCT Resource Monitoring and Control", 1),
        ("rsct.core", "rsct.core.sec", "RSCT Security", 1),
    )
    return "".join(
        row.format(package=package, fileset=fileset, level=level, title=title, last=last)
        for package, fileset, title, last in titles
    )


def control_points(*rows: tuple[str, str, str]) -> str:
    """The table of `rmcdomainstatus`: state, node ID, address."""
    text = "\nManagement Domain Status: Management Control Points\n"
    return text + "".join(f"  {state}  0x{node}  {n:04d}  {at}\n" for n, (state, node, at) in enumerate(rows, 1))


def ifconfig(address: str) -> str:
    """The listing of `ifconfig -a` with one adapter."""
    flags = "UP,BROADCAST,NOTRAILERS,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,CHECKSUM_OFFLOAD(ACTIVE),CHAIN"
    return (
        f"en0: flags=1e084863,814c0<{flags}>\n"
        f"\tinet {address} netmask 0xffffff00 broadcast {address.rpartition('.')[0]}.255\n"
        "\t tcp_sendspace 262144 tcp_recvspace 262144 rfc1323 1\n"
        "lo0: flags=e08084b,c0<UP,BROADCAST,LOOPBACK,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,LARGESEND,CHAIN>\n"
        "\tinet 127.0.0.1 netmask 0xff000000 broadcast 127.255.255.255\n"
        "\tinet6 ::1%1/128\n"
        "\t tcp_sendspace 131072 tcp_recvspace 131072 rfc1323 1\n"
    )


_DF: Final = """\
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var       {var}     {free}   {used}%    11204    {inodes}% /var
/dev/hd3          4194304   4102380    3%      214     1% /tmp
/dev/hd4          2097152   1204916   43%    14907     6% /
"""
_INITTAB: Final = """\
init:2:initdefault:
brc::sysinit:/sbin/rc.boot 3 >/dev/console 2>&1 # Phase 3 of system boot
srcmstr:23456789:respawn:/usr/sbin/srcmstr # System Resource Controller
ctrmc:2:once:/usr/bin/startsrc -s ctrmc > /dev/console 2>&1
"""
_SERVICES: Final = "ssh             22/tcp\nrmc             657/tcp\nrmc             657/udp\n"


def netstat(address: str, *, remote: bool = True) -> str:
    """The listing of `netstat -an` with a console that is connected, or without RMC."""
    rmc = (
        "tcp        0      0  *.657                  *.*                    LISTEN\n"
        f"tcp4       0      0  {address + '.657':<23}192.0.2.10.52114       ESTABLISHED\n"
        "udp        0      0  *.657                  *.*\n"
    )
    return (
        "Active Internet connections (including servers)\n"
        "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n"
        "tcp        0      0  *.22                   *.*                    LISTEN\n"
    ) + rmc * remote


_RESOURCE: Final = """\
resource {number}:
        MNName            = "{own}"
        NodeID            = {node_id}
        KeyToken          = "{token}"
        IPAddresses       = {{"{address}"}}
        ConnectivityNames = {{"{own}"}}
        HMCName           = "{machine}"
        HMCIPAddr         = "{address}"
        HMCAddIPs         = ""
        HMCAddIPv6s       = ""
        ActivePeerDomain  = ""
        NodeNameList      = {{"{host}"}}
"""
_TRUSTED: Final = (
    "Host name: {name}\nIdentifier Generation Method: rsa512\nIdentifier Value:\n{key}\n--------------------\n"
)
_VHBAC: Final = """\
Private and Public Key Verifications
      Configuration file:  /var/ct/cfg/ctcasd.cfg
                  Status:  Available
        Private key file:  /var/ct/cfg/ct_has.qkf
                  Status:  Available
         Public key file:  /var/ct/cfg/ct_has.pkf
                  Status:  Available
              Key Parity:  Public and private keys are in pair
Trusted Host List File Verifications
 Trusted host list file:  /var/ct/cfg/ct_has.thl
                  Status:  Available
                Identity:  {own}
                  Status:  Trusted host
Host Based Authentication Mechanism Verification Check completed
"""
_ERRORS: Final = """\
IDENTIFIER TIMESTAMP  T C RESOURCE_NAME  DESCRIPTION
A6DF45AA   1026091926 I O RMCdaemon      The daemon is started.
A6DF45AA   0314101226 I O RMCdaemon      The daemon is started.
"""
_INTERFACES: Final = """\
Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll
en0   1500  link#2      fa.16.3e.7.10.41   412007     0   198220     0     0
en0   1500  192.0.2     {own:<18} 412007     0   198220     0     0
lo0   16896 link#1                          36120     0    36120     0     0
lo0   16896 127         127.0.0.1           36120     0    36120     0     0
"""


def _about_consoles(target: Target, own: str, *consoles: tuple[str, str, str]) -> None:
    """What a healthy AIX system answers about its consoles, each given by name, node ID and address."""
    resources = [
        _RESOURCE.format(
            number=number,
            own=own,
            node_id=int(node, 16),
            token=name,
            address=address,
            machine=f"7063-CR2*78A{number}00",
            host=target.host,
        )
        for number, (name, node, address) in enumerate(consoles, 1)
    ]
    target.command("lsrsrc IBM.MCP", "Resource Persistent Attributes for IBM.MCP\n" + "".join(resources))
    names = (target.host, own, *(name for name, _, _ in consoles))
    hosts = "".join(_TRUSTED.format(name=name, key=f"12{number}4" * 34) for number, name in enumerate(names))
    target.command(
        "ctsthl -l", "ctsthl: Contents of trusted host list file: /var/ct/cfg/ct_has.thl\n" + "-" * 20 + "\n" + hosts
    )
    target.command("ctsvhbac", _VHBAC.format(own=own))
    _about_system(target, own)


def _about_system(target: Target, own: str, node_uuid: str = "00000000-0000-0000-0000-000000000000") -> None:
    """What a healthy AIX system answers about its logs, its identity, its interfaces and its filter."""
    target.command("tail -n 200 /var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default")
    for name in ("cloud-init.log", "cloud-init-output.log"):
        target.file(f"/var/log/{name}", state="absent")
    target.command("lsattr -El cluster0", f"node_uuid {node_uuid} OS image identifier True\n")
    target.command("netstat -in", _INTERFACES.format(own=own))
    target.command("errpt", _ERRORS)
    for version in ("-v4", "-v6"):
        target.command(f"lsfilt -a {version} -O", exit_status=1, err="IP Security is not loaded.\n")
    target.command("uptime", "  03:00AM   up 41 days,   7:12,  1 user,  load average: 0.71, 0.66, 0.64\n")


def df(**of_var: int) -> str:
    """A row for each operand: /var/ct is in /var."""
    header, var, *others = _DF.format(**of_var).splitlines(keepends=True)
    return "".join((header, var, var, *others))


def aurora() -> Target:
    """Healthy AIX: one console, connected."""
    target = Target("aurora-db1", "AIX")
    target.command("uname -a", "AIX aurora-db1 2 7 00C1F5E34C00\n")
    target.command("uname -M", "IBM,9080-HEX\n")
    target.command("uname -u", "IBM,02C1F5E3A\n")
    target.command("uname -L", "12 aurora-db1\n")
    target.command("oslevel -s", "7200-05-08-2420\n")
    target.command(
        "lssrc -a",
        lssrc(
            syslogd=4063626,
            sshd=5243342,
            clcomd=0,
            ctrmc=6947096,
            ctcas=0,
            IBM__HostRM=7012718,
            IBM__ServiceRM=8192350,
            IBM__MgmtDomainRM=8323436,
            IBM__DRM=8520058,
            IBM__ConfigRM=0,
        ),
    )
    target.command("lslpp -Lcq rsct.*", filesets("3.2.6.4"))
    target.file("/etc/ct_node_id", "4be1077fd2a9c365\n")
    target.file("/var/ct/cfg/ct_node_id", "4be1077fd2a9c365\n")
    target.command("lsnodeid", "4be1077fd2a9c365\n")
    target.command("rmcdomainstatus -s ctrmc -a ip", control_points(("I A", "7c0e52d4a83b961f", "192.0.2.10")))
    target.probe("192.0.2.10", "open")
    target.command("ifconfig -a", ifconfig("192.0.2.41"))
    target.command("df -k /var/ct /var /tmp /", df(var=8388608, free=5612044, used=34, inodes=1))
    target.command("lsrpdomain")
    target.command("lspv", "hdisk0          00c1f5e3aa10f7d2                    rootvg          active\n")
    target.file("/etc/inittab", _INITTAB)
    target.command("netstat -an", netstat("192.0.2.41"))
    target.file("/etc/services", _SERVICES)
    _about_consoles(target, "192.0.2.41", ("hmc-north", "7c0e52d4a83b961f", "192.0.2.10"))
    return target


def borealis() -> Target:
    """Failing AIX: cloned from another partition, RSCT without its fixes, ctrmc down, /var full, and in a cluster."""
    target = Target("borealis-app2", "AIX")
    target.command("uname -a", "AIX borealis-app2 1 7 0003A7D14C00\n")
    target.command("uname -M", "IBM,8286-42A\n")
    target.command("uname -u", "IBM,0203A7D1B\n")
    target.command("uname -L", "17 borealis-app2\n")
    target.command("oslevel -s", "7100-03-05-1524\n")
    target.command(
        "lssrc -a",
        lssrc(
            syslogd=3997882,
            sshd=5046440,
            clcomd=6029426,
            clconfd=6357178,
            cthags=6291646,
            ctrmc=0,
            ctcas=0,
            IBM__MgmtDomainRM=0,
            IBM__DRM=0,
            IBM__HostRM=0,
            IBM__ConfigRM=5767414,
        ),
    )
    target.command("lslpp -Lcq rsct.*", filesets("3.1.5.0"))
    target.file("/etc/ct_node_id", "d81f36b07ac4592e\n")
    target.file("/var/ct/cfg/ct_node_id", "4be1077fd2a9c365\n")
    target.command("lsnodeid", "4be1077fd2a9c365\n")
    said = '2612-022 A session could not be established with the RMC daemon on "local_node".'
    target.command("rmcdomainstatus -s ctrmc -a ip", "", 1, f"rmcdomainstatus: {said}\n")
    target.command("ifconfig -a", ifconfig("192.0.2.57"))
    target.command("df -k /var/ct /var /tmp /", df(var=2097152, free=0, used=100, inodes=97))
    target.command("lsrpdomain", "", 1, f"lsrpdomain: {said}\n")
    target.command(
        "lspv",
        "hdisk0          0003a7d1b24469c1                    rootvg          active\n"
        "hdisk4          0003a7d1b2447a0e                    caavg_private   active\n",
    )
    target.command("lscluster -c", "Cluster Name: borealis_cluster\n")
    target.file("/etc/inittab", _INITTAB)
    target.command("netstat -an", netstat("192.0.2.57", remote=False))
    target.command("ps -A -o pid,etime,args", "     PID     ELAPSED COMMAND\n       1 41-07:12:09 /etc/init\n")
    target.file("/etc/services", _SERVICES)
    target.command("lsrsrc IBM.MCP", "", 1, f"lsrsrc: {said}\n")
    _about_system(target, "192.0.2.57", "b81d60ce-55a7-11ef-9f3d-fa163e071041")
    return target


_IP_ADDR: Final = """\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host
       valid_lft forever preferred_lft forever
2: env2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
    link/ether 02:00:5e:10:00:2a brd ff:ff:ff:ff:ff:ff
    inet 192.0.2.93/24 brd 192.0.2.255 scope global noprefixroute env2
       valid_lft forever preferred_lft forever
    inet6 fe80::5eff:fe10:2a/64 scope link noprefixroute
       valid_lft forever preferred_lft forever
"""
_CPUINFO: Final = """\
processor\t: 0
cpu\t\t: POWER10 (architected), altivec supported
clock\t\t: 2750.000000MHz
revision\t: 2.0 (pvr 0080 0200)

timebase\t: 512000000
platform\t: pSeries
model\t\t: IBM,9105-22A
machine\t\t: CHRP IBM,9105-22A
MMU\t\t: Radix
"""


_ZONES: Final = """\
public (default, active)
  target: default
  icmp-block-inversion: no
  interfaces: env2
  sources:
  services: dhcpv6-client ssh
  ports: 657/tcp 657/udp
  protocols:
  forward: yes
  masquerade: no
  forward-ports:
  source-ports:
  icmp-blocks:
  rich rules:

"""


def cirrus() -> Target:
    """Linux on Power with gaps: a file that was not readable, a command that hung, a probe that was not tried."""
    target = Target("cirrus-web3", "Linux")
    kernel = "5.14.0-503.11.1.el9_5.ppc64le #1 SMP Tue Nov 5 2024"
    target.command("uname -a", f"Linux cirrus-web3 {kernel} ppc64le ppc64le ppc64le GNU/Linux\n")
    target.file("/etc/os-release", 'NAME="Red Hat Enterprise Linux"\nVERSION_ID="9.5"\nID="rhel"\n')
    target.file("/proc/cpuinfo", _CPUINFO)
    target.file(
        "/proc/ppc64/lparcfg",
        "lparcfg 1.9\nserial_number=IBM,0278B2C30\nsystem_type=IBM,9105-22A\npartition_id=12\n"
        "shared_processor_mode=1\n",
    )
    target.command(
        "lssrc -a", lssrc(ctrmc=2214, ctcas=0, IBM__MgmtDomainRM=2260, IBM__HostRM=2291, IBM__DRM=2317, IBM__ERRM=0)
    )
    target.command(
        r"rpm -qa --qf %{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n",
        "bash\t5.1.8\t9.el9\tppc64le\nsrc\t3.2.6.2\t23130\tppc64le\nrsct.core.utils\t3.2.6.2\t23130\tppc64le\n"
        "rsct.core\t3.2.6.2\t23130\tppc64le\nrsct.basic\t3.2.6.2\t23130\tppc64le\nDynamicRM\t2.0.7\t9\tppc64le\n"
        "devices.chrp.base.ServiceRM\t3.2.6.2\t23130\tppc64le\n",
    )
    target.file("/etc/ct_node_id", "93d05b7ce14f28a6\n")
    denied = "cat: /var/ct/cfg/ct_node_id: Permission denied\n"
    target.file("/var/ct/cfg/ct_node_id", state="unreadable", err=denied)
    target.command("lsnodeid", "93d05b7ce14f28a6\n")
    target.command("rmcdomainstatus -s ctrmc -a ip", state="timeout")
    target.command(
        "lsrsrc IBM.MCP",
        "Resource Persistent Attributes for IBM.MCP\nresource 1:\n"
        '\tMNName            = "192.0.2.93"\n\tNodeID            = 8939207157063292447\n'
        '\tKeyToken          = "console-1.example.net"\n\tIPAddresses       = {"192.0.2.10"}\n'
        '\tHMCIPAddr         = "192.0.2.10"\n\tActivePeerDomain  = ""\n\tNodeNameList      = {"cirrus-web3"}\n',
    )
    target.probe("192.0.2.10", "not-tried")
    target.command("ip addr", _IP_ADDR)
    target.command(
        "df -kPT /var/ct /var /tmp /",
        "Filesystem           Type  1024-blocks     Used Available Capacity Mounted on\n"
        "/dev/mapper/rhel-var xfs      10475520  3120388   7355132      30% /var\n"
        "/dev/mapper/rhel-var xfs      10475520  3120388   7355132      30% /var\n"
        "tmpfs                tmpfs     4063232     1280   4061952       1% /tmp\n"
        "/dev/mapper/rhel-root xfs     36680708  9411044  27269664      26% /\n",
    )
    target.command(
        "df -iPT /var/ct /var /tmp /",
        "Filesystem           Type    Inodes  IUsed    IFree IUse% Mounted on\n"
        "/dev/mapper/rhel-var xfs    5242880   9120  5233760    1% /var\n"
        "/dev/mapper/rhel-var xfs    5242880   9120  5233760    1% /var\n"
        "tmpfs                tmpfs   507904     41   507863    1% /tmp\n"
        "/dev/mapper/rhel-root xfs  18350080 141206 18208874    1% /\n",
    )
    target.command("lsrpdomain")
    unit = (
        "Id={}.service\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n"
        "ActiveEnterTimestamp=Mon 2026-11-02 08:15:20 UTC\n"
    )
    properties = "Id,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp"
    both = "\n".join(unit.format(name) for name in ("ctrmc", "srcmstr"))
    target.command(f"systemctl show -p {properties} ctrmc srcmstr", both)
    target.command("ss -tuan", state="notfound")
    target.file("/etc/services", _SERVICES)
    target.command("firewall-cmd --list-all-zones", _ZONES)
    for name in ("cloud-init.log", "cloud-init-output.log"):
        target.file(f"/var/log/{name}", state="absent")
    return target


def drift() -> Target:
    """A Virtual I/O Server in good health, with a second console that was retired and never removed."""
    target = Target("drift-vios1", "VIOS")
    target.command("uname -a", "AIX drift-vios1 2 7 00D4A8714C00\n")
    target.command("uname -M", "IBM,9009-42A\n")
    target.command("uname -u", "IBM,0278D4A87\n")
    target.command("uname -L", "1 drift-vios1\n")
    target.command(
        "lssrc -a",
        lssrc(
            syslogd=4128908,
            sshd=5570978,
            clcomd=6160780,
            ctrmc=7274976,
            ctcas=0,
            IBM__HostRM=7471552,
            IBM__MgmtDomainRM=8716554,
            IBM__DRM=8847688,
        ),
    )
    target.command("lslpp -Lcq rsct.*", filesets("3.2.5.1"))
    target.file("/etc/ct_node_id", "6a92c1e8077bd354\n")
    target.file("/var/ct/cfg/ct_node_id", "6A92C1E8077BD354\n")
    target.command("lsnodeid", "6a92c1e8077bd354\n")
    target.command(
        "rmcdomainstatus -s ctrmc -a ip",
        control_points(("I A", "7c0e52d4a83b961f", "192.0.2.10"), ("O A", "21b94f60ce7d83a5", "192.0.2.11")),
    )
    target.probe("192.0.2.10", "open")
    target.probe("192.0.2.11", "timeout")
    target.command("ifconfig -a", ifconfig("192.0.2.30"))
    target.command("df -k /var/ct /var /tmp /", df(var=6291456, free=3020112, used=52, inodes=2))
    target.command("lsrpdomain")
    target.command("lspv", "hdisk0           00d4a871c01f62b3                     rootvg           active\n")
    target.command("lscluster -c", "Cluster services are not active.\n", 1)
    target.file("/etc/inittab", _INITTAB)
    target.command("netstat -an", netstat("192.0.2.30"))
    target.file("/etc/services", _SERVICES)
    consoles = ("hmc-north", "7c0e52d4a83b961f", "192.0.2.10"), ("hmc-south", "21b94f60ce7d83a5", "192.0.2.11")
    _about_consoles(target, "192.0.2.30", *consoles)
    return target


ELBE: Final = {
    "target.toml": """\
# Constructed: this partition does not exist, and nothing here was captured.
# A folder like this is what remains when somebody saves the output of a few commands by hand.

name = "elbe-nim4"
platform = "aix"

[labels]
site = "north"
wave = "2"

[requests]
"subsystems after reboot.log" = ["lssrc", "-a"]
""",
    "subsystems after reboot.log": lssrc(
        syslogd=3866926, sshd=4915618, ctrmc=5964204, ctcas=0, IBM__MgmtDomainRM=6226282, IBM__DRM=0
    ),
    "lslpp -Lcq rsct.txt": filesets("3.2.6.2"),
    "etc_ct_node_id.txt": "b5570d1e6fa83c42\n",
    "var_ct_cfg_ct_node_id.txt": "b5570d1e6fa83c42\n",
    "rmcdomainstatus-s-ctrmc-a-ip.txt": control_points(("O A", "7c0e52d4a83b961f", "192.0.2.10")),
    "df-k-var.txt": _DF.format(var=4194304, free=2710420, used=36, inodes=1),
}


def files() -> dict[str, bytes]:
    """Every example file by its path below `examples/`, but for the page that describes them."""
    made = {f"{target.host}.rmcc": target.bundle() for target in (aurora(), borealis(), cirrus(), drift())}
    return made | {f"elbe-nim4/{name}": text.encode() for name, text in ELBE.items()}


def main() -> None:
    """Write them all."""
    for name, content in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
