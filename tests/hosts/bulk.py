"""What else stands in a listing of a real system besides RMC's own rows: as many rows as such systems have."""

from collections.abc import Iterable, Iterator
from typing import Final

AIX_SUBSYSTEMS: Final = (
    *("portmap portmap 1", "inetd tcpip 1", "syslogd ras 1", "aso - 1", "qdaemon spooler 1", "writesrv spooler 1"),
    *("sshd ssh 1", "clcomd caa 1", "snmpd tcpip 1", "snmpmibd tcpip 1", "aixmibd tcpip 1", "hostmibd tcpip 1"),
    *("biod nfs 1", "rpc.lockd nfs 1", "rpc.statd nfs 1", "pfcdaemon - 1", "xntpd tcpip 1", "sendmail mail 1"),
    *("nfsd nfs", "rpc.mountd nfs", "nfsrgyd nfs", "gssd nfs", "automountd autofs", "lpd spooler", "nimhttp -"),
    *("timed tcpip", "named tcpip", "gated tcpip", "routed tcpip", "rwhod tcpip", "iptrace tcpip", "mrouted tcpip"),
    *("dhcpcd tcpip", "dhcpcd6 tcpip", "dhcprd tcpip", "dhcpsd tcpip", "ndpd-host tcpip", "ndpd-router tcpip"),
    *("pxed tcpip", "binld tcpip", "dfpd tcpip", "dpid2 tcpip", "keyserv keyserv", "ypbind yp", "cdromd -"),
    *("ksys_vmmon -", "isakmpd -", "ikev2d -", "tmd ike", "cpsd ike", "iked ike", "netcd netcd", "gsclvmd -"),
)
"""Name, group (`-` where the column is empty) and `1` where it runs."""
AIX_PROCESSES: Final = (
    *("/etc/init", "/usr/sbin/srcmstr", "/usr/sbin/syncd", "/usr/ccs/bin/shlap64", "/usr/lib/errdemon"),
    *("/usr/sbin/cron", "/usr/sbin/inetd", "/usr/sbin/portmap", "/usr/sbin/syslogd", "/usr/sbin/qdaemon"),
    *("/usr/sbin/biod", "/usr/sbin/rpc.statd", "/usr/sbin/rpc.lockd", "/usr/sbin/aso", "/usr/sbin/clcomd"),
    *("/usr/sbin/snmpd", "/usr/sbin/snmpmibd", "/usr/sbin/aixmibd", "/usr/sbin/hostmibd", "/usr/sbin/getty"),
    *("sendmail:", "sshd:", "-ksh", "swapper", "lrud", "rtcmd", "j2gt", "kproc"),
)
LINUX_PROCESSES: Final = (
    *("/usr/lib/systemd/systemd", "/usr/lib/systemd/systemd-journald", "/usr/lib/systemd/systemd-udevd"),
    *("/usr/lib/systemd/systemd-logind", "/usr/bin/dbus-daemon", "/usr/sbin/chronyd", "/usr/sbin/rsyslogd"),
    *("/usr/sbin/crond", "/usr/sbin/sshd", "/usr/sbin/rtas_errd", "/usr/sbin/auditd", "/sbin/agetty", "(sd-pam)"),
    *("[kthreadd]", "[rcu_sched]", "[ksoftirqd/0]", "[migration/0]", "[kworker/0:1]", "[kswapd0]", "[xfsaild/dm-0]"),
)
RMC_PROCESSES: Final = (
    "/opt/rsct/bin/rmcd -a IBM.LPCommands -r",
    "/opt/rsct/bin/IBM.MgmtDomainRMd",
    "/opt/rsct/bin/IBM.DRMd",
    "/opt/rsct/bin/IBM.HostRMd",
    "/opt/rsct/bin/IBM.ServiceRMd",
    "/opt/rsct/bin/trspoolmgr",
)
_RPM_STEMS: Final = ("lib", "python3-", "perl-", "systemd-", "kernel-", "glibc-", "gnome-", "java-", "ncurses-", "nfs-")
_SERVICES: Final = ("ftp 21", "ssh 22", "telnet 23", "smtp 25", "domain 53", "http 80", "ntp 123", "snmp 161")


def log_lines(count: int = 200) -> str:
    """The end of the log of IBM.MgmtDomainRM of a healthy host: a slot that is not used, every five seconds."""
    text = "The data in RTAS slot number 0 is invalid. The error number is 2."
    places = ("../../../../../src/rsct/rm/MgmtDomainRM/MCP_cfg.c/00546/1.30", "2613-023")
    return "".join(
        f"Fri Nov 20 {2 - (count - n) // 720:02d}:{(59 - (count - n) // 12) % 60:02d}:{(n * 5) % 60:02d} UTC 2026"
        f"({100000 + 37 * n}) {places[0]} {places[1]} {text}\n"
        for n in range(count)
    )


def packages(count: int) -> Iterator[tuple[str, str, str]]:
    """Names, versions and releases of packages that are no part of RSCT."""
    for number in range(count):
        stem = _RPM_STEMS[number % len(_RPM_STEMS)]
        yield f"{stem}part{number}", f"{number % 9}.{number % 13}.{number % 7}", f"{1 + number % 40}"


def aix_sockets(count: int) -> str:
    """Rows of `netstat -an`: listening services, sessions of a database, and sockets of the kernel's own domain."""
    listening = "".join(
        f"tcp4       0      0  *.{port:<22} *.*                    LISTEN\n"
        for port in (21, 25, 111, 199, 513, 514, 1334, 6181, 16191, 32768)
    )
    sessions = "".join(
        f"tcp4       0      0  10.1.4.21.1521         10.1.8.{n % 250 + 1}.{40000 + n:<14} ESTABLISHED\n"
        for n in range(count)
    )
    return (
        listening
        + sessions
        + "udp4       0      0  *.111                  *.*\nudp4       0      0  *.514                  *.*\n"
    )


def aix_unix_sockets(count: int) -> str:
    """The second part of `netstat -an` on AIX, which is about sockets of the system itself."""
    columns = ("SADR/PCB         Type   Recv-Q Send-Q Inode", "Conn", "Refs", "Nextref", "Addr")
    head = "            ".join(columns) + "\n"
    row = "f1000e00{0:08x} stream      0      0 f1000b02{0:08x} 0 0 0 /dev/.SRC-unix/SRC{0}\nf1000f00{0:08x}\n"
    return head + "".join(row.format(4096 + n) for n in range(count))


def services(rmc: str, count: int = 300) -> str:
    """/etc/services with these lines of RMC among its own."""
    named = "".join(
        f"{name:<15} {port}/{kind}\n" for name, port in map(str.split, _SERVICES) for kind in ("tcp", "udp")
    )
    more = "".join(
        f"service{n:<9}{1024 + n}/{kind}\t\t# registered\n" for n in range(count // 2) for kind in ("tcp", "udp")
    )
    return f"# Network services, Internet style\n#\n{named}{rmc}{more}"


def cloud_lines(count: int = 400) -> Iterable[str]:
    """Lines of a log of cloud-init about other modules."""
    for n in range(count):
        time = f"2026-10-27 07:{n // 60 % 60:02d}:{n % 60:02d},118"
        yield f"{time} - util.py[DEBUG]: Running module step{n} with frequency once-per-instance"
