"""Healthy partitions that answer everything that the collector asks of them. All of it is constructed."""

from typing import Final

from rmccomply.collect.plan import Step, steps
from rmccomply.evidence.model import Evidence, request_text
from tests.hosts.building import DF, command, file, firmware, probe, status
from tests.hosts.cases import units
from tests.hosts.consoles import INTERFACES, whole_aix, whole_linux, whole_vios
from tests.hosts.packet_filters import skipped
from tests.hosts.whole_files import of_files

_WHOLE: Final = {"aix": whole_aix, "vios": whole_vios, "linux": whole_linux}
_PS = """\
    PID     ELAPSED COMMAND
      1 10-01:00:00 /etc/init
    900 10-00:55:00 /opt/rsct/bin/rmcd -a IBM.LPCommands -r
"""
_SOCKETS = """\
Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port
tcp   LISTEN 0      128             [::]:657           [::]:*
udp   UNCONN 0      0               [::]:657           [::]:*
"""
_PROC = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
_FIXES = "".join(f"    All filesets for {apar} were found.\n" for apar in ("IV74438", "IV77384", "IV80836", "IV81777"))
_HISTORY = """\
  Fileset         Level     Action       Status       Date         Time
  ----------------------------------------------------------------------------
Path: /usr/lib/objrepos
  rsct.core.rmc
                  3.2.6.2   COMMIT       COMPLETE     03/02/26     10:14:12
"""
_LPARSTAT = "Node Name : lpar1\nPartition Name : lpar1\nPartition Number : 7\nType : Shared-SMT-8\nMode : Uncapped\n"
_PRTCONF = "System Model: IBM,9105-42A\nMachine Serial Number: 78A0000\nLPAR Info: 7 lpar1 prod\n"
_MCPROXY = "0513-085 The mcproxy Subsystem is not on file.\n"
_LONG = (
    "Subsystem         Group            PID          Status\n ctrmc            rsct             5439966      active\n"
)
_SERVICE = (
    "devices.chrp.base:devices.chrp.base.ServiceRM:1.5.1.0: : :C: :RSCT Service Resource Manager: : : : : : :1:0:/:\n"
)
_FOLDERS = "total 0\n" + "".join(f"drwxr-xr-x 6 root system 256 Nov 02 08:15 {name}\n" for name in ("IW", "cfg"))
_ROUTES = "Routing tables\ndefault            10.0.1.254        UG        1     12696 en0      -      -\n"
_LINUX_DF = (
    "Filesystem     Type 1024-blocks    Used Available Capacity Mounted on\n"
    + "/dev/sda3      ext4    20961280 4822712  16138568      24% /\n" * 4
)
_INODES = (
    "Filesystem     Type  Inodes IUsed   IFree IUse% Mounted on\n"
    + "/dev/sda3      ext4 1310720 90210 1220510    7% /\n" * 4
)


def _both() -> list[Evidence]:
    return [
        command("ps -A -o pid,etime,args", _PS),
        command("ctversion", "rsct_build 3.2.6.2\n"),
        command("rmcdomainstatus -s ctrmc", status("I A hmc1")),
        command("lssrc -ls mcproxy", "", 1, _MCPROXY),
        command("lssrc -ls ctrmc", _LONG),
        command("lsrpnode", ""),
        command("ls -l /var/ct", _FOLDERS),
        command(
            "ctsvhbal", "ctsvhbal: The Host Based Authentication (HBA) mechanism identities for\n\tIdentity:  lpar1\n"
        ),
        command("lparstat -i", _LPARSTAT),
        file("/var/ct/IW/log/mc/IBM.MgmtDomainRM.default", state="absent"),
        probe("10.9.8.7", "refused\n", 12601),
    ]


def _aix() -> list[Evidence]:
    return [
        skipped("lsrsrc IBM.ManagementServer", "mcp-there"),
        command("uname -W", "0\n"),
        command("uptime", "  10:14AM   up 4 days,   3:00,  2 users,  load average: 1.20, 1.11, 1.04\n"),
        command("df -k /var/ct /var /tmp /", DF + DF.split("\n", 1)[1]),
        command("lslpp -Lcq devices.chrp.base.ServiceRM", _SERVICE),
        command("lslpp -Lcq ipfl.rte", "", 1, "lslpp: Fileset ipfl.rte not installed.\n"),
        command("lsdev -Cc ipsec", ""),
        *(skipped(f"lsfilt -a -v{version} -O", "no-ipsec") for version in "46"),
        command("lslpp -h 'rsct.*'", _HISTORY),
        command("errpt", "IDENTIFIER TIMESTAMP  T C RESOURCE_NAME  DESCRIPTION\n"),
        command("ioscli cluster -list", "", 1, "Cluster does not exist.\n"),
        command("lssrc -ls clstrmgrES", "", 1, "0513-085 The clstrmgrES Subsystem is not on file.\n"),
        command("lscluster -c", "", 1, "Cluster services are not active.\n"),
        command("odmget -q name=cluster0 CuAt", ""),
        command("prtconf", _PRTCONF),
        command("ioscli ioslevel", "3.1.4.31\n"),
        command("emgr -l", "", 0, "There is no efix data on this system.\n"),
        command("instfix -ik 'IV74438 IV77384 IV80836 IV81777'", _FIXES),
        command("netstat -in", INTERFACES.format(mtu=1500)),
        command("netstat -rn", _ROUTES),
        file("/opt/freeware/etc/cloud/cloud.cfg", state="absent"),
    ]


def _linux() -> list[Evidence]:
    shown = units().out.lines
    since = [
        f"{line}\nActiveEnterTimestamp=Fri 2026-11-20 01:00:00 UTC" if "FileState" in line else line for line in shown
    ]
    properties = "Id,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp"
    return [
        file("/usr/lib/os-release", 'NAME="A Linux"\nID="rhel"\n'),
        file("/usr/etc/services", state="absent"),
        file("/proc/uptime", "356412.73 2811064.10\n"),
        *firmware(),
        *(file(f"/proc/net/{name}", _PROC) for name in ("tcp", "tcp6", "udp", "udp6")),
        command("ss -tuan", _SOCKETS),
        command("ip route", "default via 10.0.1.254 dev eth0\n"),
        command("ip -6 route", ""),
        command("df -kPT /var/ct /var /tmp /", _LINUX_DF),
        command("df -iPT /var/ct /var /tmp /", _INODES),
        command(f"systemctl show -p {properties} ctrmc srcmstr", "\n".join(since) + "\n"),
        command("grep -e ^nf_tables -e ^ip_tables -e ^ip6_tables /proc/modules", "nf_tables 323584 0 - Live 0x0\n"),
        command("grep -e /nf_tables.ko -e /ip_tables.ko -e /ip6_tables.ko /lib/modules/RELEASE/modules.builtin", "", 1),
        command("nft list ruleset", ""),
        command("iptables-save", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"),
        command("ip6tables-save", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"),
        file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", "Name=IBM.DRM\n"),
        file("/etc/cloud/cloud.cfg", state="absent"),
        *(
            file(f"{folder}/firewalld/services/{name}.xml", state="absent")
            for folder in ("/etc", "/usr/lib")
            for name in ("rsct-ctrmc", "rsct-ctrmc-tls")
        ),
    ]


def whole(platform: str) -> list[Evidence]:
    """An answer to each request of the plan, in its order, and the probes of the one console."""
    known = {item.request: item for item in (*_WHOLE[platform](), *_both())}
    known = {request: found(known) for request, found in of_files(platform).items()} | known
    known |= {item.request: item for item in (_linux() if platform == "linux" else _aix())}
    return [found for step in steps(platform) if (found := _found(known, step)) is not None]


def _found(known: dict[str, Evidence], step: Step) -> Evidence | None:
    of_many = "*/" in step.argv[-1] or (step.kind == "file" and "*" in step.argv[0])
    if "full" not in step.plans or step.id == "pkg.dpkg" or of_many:
        return None
    if step.kind == "probe":
        return known[f"tcp 10.9.8.7 {step.argv[2]}"]
    request = request_text(step.kind, step.argv)
    return known[step.argv[-1]] if request not in known and step.argv[0] == "tail" else known[request]
