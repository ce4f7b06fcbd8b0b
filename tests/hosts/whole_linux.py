"""What Linux answers in the collector's forms, at the size of real systems."""

from collections.abc import Callable, Mapping
from typing import Final

from rmccomply.evidence.model import Evidence
from tests.hosts.building import SERVICES, command, file
from tests.hosts.bulk import LINUX_PROCESSES, RMC_PROCESSES, packages, services
from tests.hosts.cases import RPM_QUERY, SYSTEMCTL
from tests.hosts.packet_filters import IP6TABLES, IPTABLES, NFT, Given, missing

DPKG_QUERY: Final = r"dpkg-query -W '--showformat=${Package}\t${Version}\t${Architecture}\t${db:Status-Abbrev}\n'"
LOADED: Final = "-e ^nf_tables -e ^ip_tables -e ^ip6_tables /proc/modules"
BUILT_IN: Final = "-e /nf_tables.ko -e /ip_tables.ko -e /ip6_tables.ko /lib/modules/RELEASE/modules.builtin"
PROPERTIES: Final = "Id,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp"
UNITS: Final = f"systemctl show -p {PROPERTIES} ctrmc srcmstr"
_FILE_SYSTEMS: Final = {"rhel": "xfs", "sles": "btrfs", "ubuntu": "ext4"}
_PROC: Final = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
_ROW: Final = (
    "{n:4}: {local} {far} {state} 00000000:00000000 00:00000000 00000000     0        0 {inode} 1 0000000000000000"
    " 100 0 0 10 0\n"
)
_LPARSTAT: Final = """\
Node Name                                    : node11
Partition Name                               : node11
Partition Number                             : 11
Type                                         : Shared
Mode                                         : Uncapped
Entitled Capacity                            : 0.50
Partition Group-ID                           : 32779
Shared Pool ID                               : 0
Online Virtual CPUs                          : 2
Maximum Virtual CPUs                         : 8
Minimum Virtual CPUs                         : 1
Online Memory                                : 16777216 kB
Minimum Memory                               : 256
Desired Variable Capacity Weight             : 128
Minimum Capacity                             : 0.10
Maximum Capacity                             : 4.00
Capacity Increment                           : 0.01
Active Physical CPUs in system               : 20
Active CPUs in Pool                          : 20
Maximum Capacity of Pool                     : 20.00
Entitled Capacity of Pool                    : 1200
Physical Processor Percentage                : 25.00
"""


def _family(known: Given) -> str:
    lines = known["/etc/os-release"].out.lines
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "sles")


def _release(known: Given) -> Evidence:
    """The distribution's own file, of which the one in /etc is a copy or a link to it."""
    return file("/usr/lib/os-release", "\n".join(known["/etc/os-release"].out.lines) + "\n")


def _rpm(known: Given) -> Evidence:
    found = next((item for request, item in known.items() if request.startswith("rpm -qa")), None)
    if found is None:
        return missing(RPM_QUERY)
    rows = list(found.out.lines)
    machine = rows[0].split("\t")[3]
    rows += ["\t".join((name, version, f"{release}.1", machine)) for name, version, release in packages(600)]
    return command(RPM_QUERY, "\n".join(rows) + "\n")


def _dpkg(known: Given) -> Evidence:
    found = next((item for request, item in known.items() if request.startswith("dpkg-query")), None)
    if found is None:
        return missing(DPKG_QUERY)
    rows = [row.split("\t")[:2] for row in found.out.lines]
    rows += [[name, f"{version}-{release}ubuntu1"] for name, version, release in packages(600)]
    return command(DPKG_QUERY, "".join(f"{name}\t{version}\tppc64el\tii \n" for name, version in rows))


def _version(known: Given) -> Evidence:
    rows = (
        row.split("\t") for request, item in known.items() if request[:4] in ("rpm ", "dpkg") for row in item.out.lines
    )
    level = next(row[1] for row in rows if row[0] == "rsct.core").partition("-")[0]
    return command("ctversion", f"rsct_build_2611a {level}\n")


def _units(known: Given) -> Evidence:
    if known[SYSTEMCTL].state != "exit":
        return missing(UNITS)
    since = "ActiveEnterTimestamp=Tue 2026-10-27 09:22:14 UTC"
    lines = [f"{line}\n{since}" if "UnitFileState" in line else line for line in known[SYSTEMCTL].out.lines]
    return command(UNITS, "\n".join(lines) + "\n")


def _df(option: str) -> Callable[[Given], Evidence]:
    """One file system for all, as images of distributions have it. btrfs counts no inodes."""

    def found(known: Given) -> Evidence:
        kind = _FILE_SYSTEMS[_family(known)]
        inodes = {"btrfs": "     0       0       0     -"}.get(kind, "15728640  188121 15540519    2%")
        head, row = (
            (
                "Filesystem     Type 1024-blocks    Used Available Capacity Mounted on",
                f"{kind:5} 31440900 6822712 24618188      22%",
            )
            if option == "k"
            else ("Filesystem     Type    Inodes  IUsed    IFree IUse% Mounted on", f"{kind:5} {inodes}")
        )
        return command(
            f"df -{option}PT /var/ct /var /tmp /", "\n".join([head, *[f"/dev/sda3      {row} /"] * 4]) + "\n"
        )

    return found


def _processes(known: Given) -> Evidence:
    rows = ["    PID     ELAPSED COMMAND"]
    for number, name in enumerate((*LINUX_PROCESSES * 5, "/opt/rsct/src/bin/srcmstr", *RMC_PROCESSES)):
        rows.append(f"{1 + 17 * number:7d} 24-18:10:{number % 60:02d} {name}{' -S 1500' if 'rmcd' in name else ''}")
    return command("ps -A -o pid,etime,args", "\n".join(rows) + "\n")


def _sockets(known: Given) -> Evidence:
    lines = [
        f"tcp   ESTAB  0      0           10.1.4.21:1521       10.1.8.{n % 250 + 1}:{40000 + n}" for n in range(60)
    ]
    return command("ss -tuan", "\n".join([*known["ss -tuan"].out.lines, *lines]) + "\n")


def _proc(name: str) -> Callable[[Given], Evidence]:
    """What /proc/net has of the same sockets: that of RMC in both families, and others."""
    wide = name.endswith("6")
    anywhere = "0" * (32 if wide else 8)
    state = "0A" if name.startswith("tcp") else "07"
    rows = [(f"{anywhere}:{port:04X}", f"{anywhere}:0000", state) for port in (22, 111)]
    if wide:
        rows.append((f"{anywhere}:0291", f"{anywhere}:0000", state))
    elif name == "tcp":
        rows += [(f"1504010A:{1521:04X}", f"{n:02X}08010A:{40000 + n:04X}", "01") for n in range(60)]
    text = "".join(
        _ROW.format(n=n, local=local, far=far, state=state, inode=21000 + n)
        for n, (local, far, state) in enumerate(rows)
    )
    return lambda _: file(f"/proc/net/{name}", _PROC + text)


def _loaded(known: Given) -> Evidence:
    """The modules of the packet filters that were asked."""
    modules = {NFT: "nf_tables 323584 412", IPTABLES: "ip_tables 32768 1", IP6TABLES: "ip6_tables 32768 1"}
    rows = [f"{row} nf_conntrack, Live 0x0\n" for line, row in modules.items() if known[line].state != "skipped"]
    return command(f"grep {LOADED}", "".join(rows), 0 if rows else 1)


def _absent(path: str) -> Callable[[Given], Evidence]:
    return lambda known: known.get(path) or file(path, state="absent")


_FILES: Final = (
    "/etc/cloud/cloud.cfg",
    "/usr/etc/services",
    *(
        f"{folder}/firewalld/services/{name}.xml"
        for folder in ("/etc", "/usr/lib")
        for name in ("rsct-ctrmc", "rsct-ctrmc-tls")
    ),
)
ANSWERS: Final[Mapping[str, Callable[[Given], Evidence]]] = {
    "/usr/lib/os-release": _release,
    RPM_QUERY: _rpm,
    DPKG_QUERY: _dpkg,
    UNITS: _units,
    "df -kPT /var/ct /var /tmp /": _df("k"),
    "df -iPT /var/ct /var /tmp /": _df("i"),
    "ps -A -o pid,etime,args": _processes,
    "ss -tuan": _sockets,
    "ip route": lambda _: command("ip route", "default via 10.1.4.1 dev eth0 proto static metric 100\n"),
    "ip -6 route": lambda _: command("ip -6 route", "::1 dev lo proto kernel metric 256 pref medium\n"),
    **{f"/proc/net/{name}": _proc(name) for name in ("tcp", "tcp6", "udp", "udp6")},
    "/etc/services": lambda _: file("/etc/services", services(SERVICES)),
    f"grep {LOADED}": _loaded,
    f"grep {BUILT_IN}": lambda _: command(f"grep {BUILT_IN}", "", 1),
    "lparstat -i": lambda _: command("lparstat -i", _LPARSTAT),
    "ctversion": _version,
    **{path: _absent(path) for path in _FILES},
}
