"""Partitions of every kind, drawn by hypothesis: each request answered in one of several ways, or not at all."""

from dataclasses import dataclass

from hypothesis import strategies as st

from rmccomply.evidence.model import Damage, Evidence, State
from tests.hosts import consoles as console_answers
from tests.hosts.building import (
    DF,
    IFCONFIG,
    INITTAB,
    LSLPP,
    LSSRC,
    NETSTAT,
    SERVICES,
    command,
    file,
    firmware,
    probe,
    status,
)

LINUX_LSSRC = """\
Subsystem         Group            PID     Status
 ctrmc            rsct             64383   active
 IBM.MgmtDomainRM rsct_rm                  inoperative
 IBM.CSMAgentRM   rsct_rm          64390   active
 IBM.DRM          rsct_rm                  inoperative
"""
IP_ADDR = """\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
    inet6 ::1/128 scope host
2: env2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
    link/ether fa:16:3e:12:34:56 brd ff:ff:ff:ff:ff:ff
    inet 10.0.1.3/24 brd 10.0.1.255 scope global env2
    inet6 fe80::f816:3eff:fe12:3456/64 scope link
3: env3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
    link/ether 22:5f:df:3e:dc:56 brd ff:ff:ff:ff:ff:ff
    inet6 fe80::94a4:9bff:feee:d61b/64 scope link
"""
RPM = "bash\t5.1.8\t9\tppc64le\nsrc\t{src}\t17075\tppc64le\n"
MCP = """\
Resource Persistent Attributes for IBM.MCP
resource 1:
        MNName            = "10.0.1.1"
        NodeID            = 1346503812094508856
        IPAddresses       = {{"{address}"}}
        HMCIPAddr         = "{address}"
        ActivePeerDomain  = "{domain}"
"""
PEER = "\nPeer Domain Status\n  S S  0x3a75dd6c235c428e  0001  peer1\n"

FILESET = "rsct.core:rsct.core.{name}:{level}: : :{state}: :RSCT: : : : : : :1:0:/:2015\n"
FILESETS = """\
  Fileset                      Level  State      Description
  ----------------------------------------------------------------------------
Path: /usr/lib/objrepos
  rsct.core.rmc              {level}  {state}  RSCT Resource Monitoring and Control
  rsct.core.utils            3.2.6.2  COMMITTED  RSCT Utilities
"""
APARS = ("IV74438", "IV77384", "IV80836", "IV81777")
INTERIM = """\
ID  STATE LABEL      INSTALL TIME      UPDATED BY ABSTRACT
=== ===== ========== ================= ========== ======================================
1    S    IV81777s1a 11/14/25 10:22:41            RSCT correction
"""
PS = """\
     UID     PID    PPID   C    STIME    TTY  TIME CMD
    root       1       0   0   Nov 01      -  0:12 /etc/init
    root 5439966 3932484   0   Nov 01      -  1:22 {rmcd}
"""
SS = "State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\nLISTEN 0 128 {address} 0.0.0.0:*\n"
PROC = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
UNITS = "systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState ctrmc srcmstr"
UNIT = "Id={unit}.service\nLoadState={load}\nActiveState={active}\nSubState={sub}\nUnitFileState={enabled}\n"
DEBS = """\
rsct.core\t{core}\tinstall ok installed
rsct.core.utils\t3.2.6.4-22081\tinstall ok installed
src\t3.2.6.4-22081\tinstall ok installed
base-files\t13ubuntu10\tinstall ok installed
"""


def unit(name: str, enabled: str, active: str = "active", sub: str = "running") -> str:
    """A block of `systemctl show`."""
    load = "loaded" if enabled else "not-found"
    return UNIT.format(unit=name, load=load, active=active, sub=sub, enabled=enabled)


def more_of_both() -> dict[str, list[Evidence]]:
    """What AIX and Linux answer alike: the processes, /etc/services, ctversion."""
    daemons = (
        "/opt/rsct/bin/rmcd -a IBM.LPCommands -r",
        "/opt/rsct/bin/rmcd -a IBM.LPCommands",
        "/opt/rsct/bin/rmcd -a IBM.LPCommands -S 1500 -x 0123456789012345678901234567890123456789",
        "/usr/sbin/syslogd",
    )
    return {
        "ps": [command("ps -ef", PS.format(rmcd=rmcd)) for rmcd in daemons],
        "ps2": [command("ps -A -o pid,args", f"PID COMMAND\n1 init\n7 {rmcd}\n") for rmcd in daemons[:2]],
        "services": [
            file("/etc/services", text)
            for text in (SERVICES, SERVICES.replace("657/tcp", "658/tcp"), "ssh 22/tcp\n", "rmc 657/tcp\nssh 22/tcp\n")
        ],
        "ctversion": [command("ctversion", f"rsct_build {level}\n") for level in ("3.2.6.2", "3.1.5.0")],
    }


AIX: dict[str, list[Evidence]] = {
    **more_of_both(),
    "inittab": [
        file("/etc/inittab", text)
        for text in (
            INITTAB,
            INITTAB.replace("ctrmc:2", ":ctrmc:2"),
            INITTAB.replace("ctrmc:2", "ctrmc:3"),
            INITTAB.replace("ctrmc:2", "#ctrmc:2"),
            INITTAB.split("ctrmc")[0],
            INITTAB + "one line of another form\n",
        )
    ],
    "sockets": [
        command("netstat -an", NETSTAT),
        command("netstat -an", NETSTAT.replace("*.657", "*.658")),
        command("netstat -an", NETSTAT.replace("*.657", "127.0.0.1.657")),
    ],
    "sockets2": [command("netstat -Aan", NETSTAT), command("netstat -Aan", NETSTAT.replace("*.657", "*.658"))],
    "listing": [
        command("lslpp -l 'rsct.*'", FILESETS.format(level=level, state=state))
        for level, state in (("3.2.6.2", "COMMITTED"), ("3.1.5.0", "COMMITTED"), ("3.2.6.2", "BROKEN"))
    ],
    "service package": [
        command("lslpp -Lcq devices.chrp.base.ServiceRM", FILESET.format(name="x", level="1.0.0.0", state="C")),
        command(
            "lslpp -Lcq devices.chrp.base.ServiceRM",
            "devices.chrp.base:devices.chrp.base.ServiceRM:3.2.6.2: : :C: :x: : : : : : :1:0:/:\n",
        ),
        command(
            "lslpp -Lcq devices.chrp.base.ServiceRM",
            "",
            1,
            "lslpp: Fileset devices.chrp.base.ServiceRM not installed.\n",
        ),
    ],
    "instfix": [
        command(
            "instfix -i",
            "    All filesets for IV60000 were found.\n"
            + "".join(f"    All filesets for {apar} were found.\n" for apar in apars),
        )
        for apars in ((), APARS[:1], APARS[:3], APARS)
    ],
    "instfix2": [command("instfix -ik IV81777", "    Not all filesets for IV81777 were found.\n")],
    "emgr": [
        command("emgr -l", "", 0, "There is no efix data on this system.\n"),
        command("emgr -l", INTERIM),
        command("emgr -l", INTERIM.replace("  S  ", " *Q* ")),
    ],
    "uname -a": [
        command("uname -a", "AIX lpar1 2 7 00F9C2D54C00\n"),
        command("uname -a", "AIX lpar1 1 6 00F9C2D54C00\n"),
    ],
    "uname -L": [command("uname -L", "7 lpar1 prod\n"), command("uname -L", "-1 NULL\n")],
    "uname -W": [command("uname -W", "0\n"), command("uname -W", "3\n")],
    "oslevel": [
        command("oslevel -s", "7200-05-07-2346\n"),
        command("oslevel -s", "6100-09-12-1846\n"),
        command("oslevel -s", "7100-03-05-1524\n"),
        command("oslevel -s", "7300-04-00-2546\n"),
    ],
    "lssrc": [
        command("lssrc -a", LSSRC),
        command("lssrc -a", LSSRC.replace("5439966      active", "             inoperative")),
        command("lssrc -a", LSSRC.replace("2693609      active", "             inoperative")),
        command("lssrc -a", LSSRC.replace("8592532      active", "             inoperative")),
        command("lssrc -a", LSSRC + " IBM.CSMAgentRM   rsct_rm          8592533      active\n"),
        command(
            "lssrc -a",
            LSSRC.replace("2693609      active", "             inoperative")
            + " IBM.CSMAgentRM   rsct_rm          8592533      active\n",
        ),
        command("lssrc -a", LSSRC + " IBM.HostRM       rsct_rm                       inoperative\n"),
        command("lssrc -a", LSSRC + " IBM.ServiceRM    rsct_rm                       inoperative\n"),
        command("lssrc -a", LSSRC + " IBM.ERRM         rsct_rm          8592533      warned to stop\n"),
        command("lssrc -a", LSSRC + " mcproxy          rsct             8592533      active\n"),
        command("lssrc -a", LSSRC + " cthags           cthags           8592534      active\n"),
        command("lssrc -a", "", 1, "0513-001 The System Resource Controller daemon is not active.\n"),
    ],
    "lssrc2": [
        command("lssrc -s ctrmc", "", 1, "0513-085 The ctrmc Subsystem is not on file.\n"),
        command("lssrc -g rsct", LSSRC),
        command("lssrc -g rsct_rm", LSSRC + " IBM.ERRM         rsct_rm          8592533      stopping\n"),
        command("lssrc -s IBM.HostRM", " IBM.HostRM       rsct_rm          8592533      active\n"),
        command("lssrc -ls mcproxy", "    Hostname: hmc1.example.com\n"),
    ],
    "lslpp": [
        command("lslpp -Lcq 'rsct.*'", LSLPP.format(level=level, state=state))
        for level, state in (("3.2.6.2", "C"), ("3.2.1.0", "A"), ("3.0.9.0", "C"), ("3.2.6.2", "B"), ("3.x", "C"))
    ]
    + [
        command("lslpp -Lcq 'rsct.*'", FILESET.format(name="rmc", level="3.2.6.2", state="C") + row)
        for row in (
            FILESET.format(name="utils", level="3.2.6.2", state="?"),
            FILESET.format(name="utils", level="3.2.5.0", state="A"),
            FILESET.format(name="utils", level="3.2.x", state="C"),
        )
    ]
    + [
        command("lslpp -Lcq 'rsct.*'", FILESET.format(name="rmc", level="3.1.5.0", state="C")),
        command("lslpp -Lcq 'rsct.*'", "", 1, "lslpp: Fileset rsct.* not installed.\n"),
    ],
    "lslpp2": [
        command("lslpp -cl 'rsct.*'", "/usr/lib/objrepos:rsct.core.rmc:3.2.6.2::COMMITTED:I:RSCT RMC:\n"),
    ],
    "etc": [
        file("/etc/ct_node_id", text)
        for text in ("9f684c509e74d650\n", "9F684C509E74D650", "1234567890abcdef\n", "0\n")
    ]
    + [file("/etc/ct_node_id", state="absent"), file("/etc/ct_node_id", "")],
    "var": [
        file("/var/ct/cfg/ct_node_id", "9f684c509e74d650\n# maintained by RSCT\n"),
        file("/var/ct/cfg/ct_node_id", "1234567890abcdef\n"),
        file("/var/ct/cfg/ct_node_id", "123g567890abcdef\n"),
        file("/var/ct/cfg/ct_node_id", state="absent"),
    ],
    "lsnodeid": [
        command("lsnodeid", "9f684c509e74d650\n"),
        command("lsnodeid", "1234567890abcdef\n"),
        command("lsnodeid", "", 1, "2641-036 The node does not have an assigned node identifier.\n"),
    ],
    "status": [
        command("rmcdomainstatus -s ctrmc -a ip", text)
        for text in (
            status("I A 10.9.8.7"),
            status("O A 10.9.8.7"),
            status("O A 10.9.8.7", "I A 10.9.8.8"),
            status("i A 10.9.8.7", "Z A 10.9.8.8"),
            status("I A fe80::1"),
            status("Q A 10.9.8.7"),
            status(),
            PEER + status("I A 10.9.8.7"),
        )
    ]
    + [command("rmcdomainstatus -s ctrmc -a ip", "", 1, "2612-022 A session could not be established.\n")],
    "status2": [
        command("rmcdomainstatus -s ctrmc", status("I A hmc1")),
        command("rmcdomainstatus -s ctrmc", status("O A hmc1")),
    ],
    "mcp": [
        command("lsrsrc IBM.MCP", MCP.format(address=address, domain=domain))
        for address, domain in (
            ("10.9.8.9", ""),
            ("fe80::2", ""),
            ("2001:db8::9", ""),
            ("10.9.8.259", ""),
            ("10.9.8.9", "pd"),
        )
    ],
    **{
        f"probe {address} {port}": [
            probe(address, f"{word}\n", port) for word in ("open", "refused", "timeout", "not-tried")
        ]
        for address, port in (("10.9.8.7", 657), ("10.9.8.8", 657), ("10.9.8.9", 657), ("10.9.8.7", 12601))
    },
    "interfaces": [
        command("ifconfig -a", text)
        for text in (
            IFCONFIG,
            IFCONFIG.replace("en1: flags=1e084863,814c0<UP,", "en1: flags=1e084862,814c0<"),
            IFCONFIG.replace("fe80::9400", "2001:db8::9400"),
            IFCONFIG.replace("fe80::9400", "fe80::19400"),
            IFCONFIG.split("lo0")[0],
        )
    ],
    "df": [
        command("df -k /var /tmp /", DF),
        command("df -k /var /tmp /", DF.replace("2778726   47%", "      100  100%")),
        command("df -k /var /tmp /", DF.replace("2778726   47%", " 209715   96%")),
        command("df -k /tmp /", DF.replace("/var", "/tmp")),
    ],
    "lsrpdomain": [
        command("lsrpdomain", ""),
        command(
            "lsrpdomain",
            "Name   OpState RSCTActiveVersion MixedVersions TSPort GSPort \n"
            "prodpd Online  3.2.5.2           No            12347  12348  \n",
        ),
    ],
    "lspv": [
        command("lspv", "hdisk0          00f9c2d54c0017a1                    rootvg          active\n"),
        command("lspv", "hdisk1          00f9c2d54c0017a1                    caavg_private   active\n"),
    ],
}

AIX_ONLY = {
    *("lssrc", "lslpp", "lslpp2", "interfaces", "df", "lspv", "oslevel", "inittab", "sockets", "sockets2", "listing"),
    *("service package", "instfix", "instfix2", "emgr"),
}
LINUX: dict[str, list[Evidence]] = {
    **{key: AIX[key] for key in AIX if key not in AIX_ONLY},
    "uname -a": [
        command("uname -a", "Linux lpar1 5.14.0-427.el9.ppc64le #1 SMP ppc64le GNU/Linux\n"),
        command("uname -a", "Linux lpar1 5.14.0-427.el9.x86_64 #1 SMP x86_64 GNU/Linux\n"),
    ],
    "uname -L": [],
    "uname -W": [],
    "os": [
        file("/etc/os-release", text)
        for text in ('ID="rhel"\nVERSION_ID="9.4"\n', "ID=ubuntu\nID_LIKE=debian\n", "ID=rhcos\n")
    ],
    "cpu": [
        file("/proc/cpuinfo", f"processor\t: 0\ncpu\t\t: POWER10\nplatform\t: {platform}\nmachine\t\t: {machine}\n")
        for platform, machine in (
            ("pSeries", "CHRP IBM,9105-42A"),
            ("pSeries", "CHRP IBM pSeries (emulated by qemu)"),
            ("PowerNV", "PowerNV 9105-42A"),
        )
    ],
    "lparcfg": [
        firmware(number=1, shared=0)[0],
        *(firmware(shared=mode)[0] for mode in (0, 1)),
        firmware("IBM pSeries (emulated by qemu)", number=0)[0],
        file("/proc/ppc64/lparcfg", state="absent"),
    ],
    "device model": [firmware()[1], file("/proc/device-tree/model", r"IBM pSeries (emulated by qemu)\x00")],
    "device serial": [firmware()[2], firmware(serial="78A0001")[2]],
    "lssrc": [
        command("lssrc -a", LINUX_LSSRC),
        command("lssrc -a", LINUX_LSSRC.replace("inoperative", "12 active")),
        command("lssrc -a", LINUX_LSSRC.replace("64383   active", "        inoperative")),
        command("lssrc -a", "", 1, "0513-001 The System Resource Controller daemon is not active.\n"),
    ],
    "rpm": [
        command(r"rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'", RPM.format(src="3.2.6.2") + more)
        for more in (
            "",
            "rsct.core\t3.2.6.2\t1\tppc64le\n",
            "rsct.core\t2.5.3.1\t1\tppc64le\n",
            "rsct.core\t3.2.6.2\t1\tppc64le\nrsct.core.utils\t3.2.6.2\t1\tppc64le\n",
            "".join(
                f"{name}\t{level}\t1\tppc64le\n"
                for name, level in (
                    ("rsct.core", "3.2.6.2"),
                    ("rsct.core.utils", "3.2.5.2"),
                    ("rsct.basic", "3.2.6.2"),
                    ("DynamicRM", "2.0.7"),
                    ("devices.chrp.base.ServiceRM", "3.2.6.2"),
                )
            ),
        )
    ],
    "rpm2": [
        command("rpm -q src DynamicRM", "src-3.2.6.2-1.ppc64le\npackage DynamicRM is not installed\n", 1),
        command("rpm -q src DynamicRM", "package src is not installed\nDynamicRM-2.0.7-9.ppc64le\n", 1),
    ],
    "dpkg": [
        command(r"dpkg-query -W -f '${Package}\t${Version}\t${Status}\n'", DEBS.format(core=level))
        for level in ("3.2.6.4-22081", "2.5.0.1-15111")
    ]
    + [command("dpkg-query -W src", "", 1, "dpkg-query: no packages found matching src\n")],
    "units": [
        command(UNITS, "\n".join((unit("ctrmc", ctrmc, active, sub), unit("srcmstr", srcmstr))))
        for ctrmc, srcmstr, active, sub in (
            ("enabled", "enabled", "active", "running"),
            ("enabled", "", "active", "exited"),
            ("disabled", "enabled", "inactive", "dead"),
            ("enabled", "disabled", "active", "running"),
            ("", "", "inactive", "dead"),
            ("static", "static", "active", "running"),
        )
    ],
    "units2": [
        command("systemctl is-active ctrmc", "inactive\n", 3),
        command("systemctl is-active ctrmc", "active\n"),
        command("systemctl is-enabled ctrmc", "enabled\n"),
        command("systemctl is-enabled srcmstr", "disabled\n", 1),
    ],
    "sockets": [command("ss -ltn", SS.format(address=one)) for one in ("[::]:657", "0.0.0.0:22", "127.0.0.1:657")],
    "proc tcp": [
        file("/proc/net/tcp", PROC),
        file("/proc/net/tcp", PROC + "   0: 00000000:0291 00000000:0000 0A 00000000:00000000 00:00000000 00000000\n"),
    ],
    "proc tcp6": [file("/proc/net/tcp6", PROC), file("/proc/net/tcp6", state="absent")],
    "mdef": [
        file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", "Name=IBM.DRM\n"),
        file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", state="absent"),
    ],
    "interfaces": [
        command("ip addr", IP_ADDR),
        command("ip addr", IP_ADDR.split("3: env3")[0]),
        command("ip addr", IP_ADDR.replace("fe80", "2001").replace("scope link", "scope global")),
    ],
    "df": [
        command(
            "df -kP /var /tmp /",
            "Filesystem            1024-blocks     Used Available Capacity Mounted on\n"
            "/dev/mapper/rhel-var      5242880  5033164    209716      96% /var\n",
        )
    ],
}


def _besides(system: dict[str, list[Evidence]], more: dict[str, list[Evidence]]) -> None:
    """More answers: to a request that is there already, as other variants of it."""
    for name, answers in more.items():
        asked = answers[0].request
        same = next(
            (key for key, variants in system.items() if variants and variants[0].request == asked), f"more {name}"
        )
        system[same] = [*system.get(same, ()), *answers]


_besides(AIX, console_answers.AIX)
_besides(LINUX, console_answers.LINUX)


FAILED: list[tuple[State, Damage]] = [
    ("timeout", Damage("timeout", "it did not end within 30 s")),
    ("unreadable", Damage("denied", "the file may not be read by this user")),
    ("skipped", Damage("not_collected", "the collector skipped it")),
    ("exit", Damage("unparsable", "the checksum of the section does not match: it is damaged")),
]


@dataclass(frozen=True)
class Partition:
    """A partition as drawn. `choices` are which variant each request is answered by."""

    platform: str
    choices: tuple[tuple[str, int], ...]

    @property
    def evidence(self) -> list[Evidence]:
        system = SYSTEMS[self.platform]
        return [system[key][number] for key, number in self.choices]


SYSTEMS = {"aix": AIX, "vios": AIX, "linux": LINUX}
"""Platform to the answers that its partitions may give."""


@st.composite
def partitions(draw: st.DrawFn) -> Partition:
    """A partition of any platform; a request is answered more often than not."""
    platform = draw(st.sampled_from(sorted(SYSTEMS)))
    choices = []
    for key, variants in SYSTEMS[platform].items():
        number = draw(st.integers(-1, 2 * len(variants) - 1))
        if number >= 0 and variants:
            choices.append((key, number % len(variants)))
    return Partition(platform, tuple(choices))
