"""What AIX and the Virtual I/O Server answer in the collector's forms, at the size of real systems."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from rmccomply.evidence.model import Evidence
from tests.hosts.building import SERVICES, command, file
from tests.hosts.bulk import AIX_PROCESSES, AIX_SUBSYSTEMS, RMC_PROCESSES, aix_sockets, aix_unix_sockets, services
from tests.hosts.packet_filters import Given, missing, skipped
from tests.hosts.parts import powerha

_PRTCONF: Final = """\
System Model: {model}
Machine Serial Number: {serial}
Processor Type: PowerPC_POWER9
Processor Implementation Mode: POWER 9
Processor Version: PV_9_Compat
Number Of Processors: 4
Processor Clock Speed: 3400 MHz
CPU Type: 64-bit
Kernel Type: 64-bit
LPAR Info: {lpar}
Memory Size: 16384 MB
Good Memory Size: 16384 MB
Platform Firmware level: VL950_099
Firmware Version: IBM,FW950.40 (VL950_099)
Console Login: enable
Auto Restart: true
Full Core: false

Network Information
	Host Name: node11
	IP Address: 10.1.4.21
	Sub Netmask: 255.255.255.0
	Gateway: 10.1.4.1
	Name Server: 10.1.1.53
	Domain Name: example.com

Paging Space Information
	Total Paging Space: 8192MB
	Percent Used: 1%

Volume Groups Information
==============================================================================
Active VGs
==============================================================================
rootvg:
PV_NAME           PV STATE          TOTAL PPs   FREE PPs    FREE DISTRIBUTION
hdisk0            active            639         171         43..00..00..00..128
==============================================================================

INSTALLED RESOURCE LIST

The following resources are installed on the machine.
+/- = Added or deleted from Resource List.
*   = Diagnostic support not available.

  Model Architecture: chrp
  Model Implementation: Multiple Processor, PCI bus

+ sys0                                                                             System Object
"""
_DEVICES: Final = (
    "vsa0 LPAR Virtual Serial Adapter",
    "ent0 Virtual I/O Ethernet Adapter (l-lan)",
    "hdisk0 Virtual SCSI",
)
_LPARSTAT: Final = """\
Node Name                                  : node11
Partition Name                             : {name}
Partition Number                           : {number}
Type                                       : Shared-SMT-8
Mode                                       : Uncapped
Entitled Capacity                          : 0.50
Partition Group-ID                         : 32779
Shared Pool ID                             : 0
Online Virtual CPUs                        : 2
Maximum Virtual CPUs                       : 8
Minimum Virtual CPUs                       : 1
Online Memory                              : 16384 MB
Maximum Memory                             : 32768 MB
Minimum Memory                             : 4096 MB
Variable Capacity Weight                   : 128
Minimum Capacity                           : 0.10
Maximum Capacity                           : 4.00
Capacity Increment                         : 0.01
Maximum Physical CPUs in system            : 20
Active Physical CPUs in system             : 20
Active CPUs in Pool                        : 20
Unallocated Capacity                       : 0.00
Physical CPU Percentage                    : 25.00%
Unallocated Weight                         : 0
Memory Mode                                : Dedicated
Power Saving Mode                          : Disabled
"""
APARS: Final = ("IV74438", "IV77384", "IV80836", "IV81777")
FIX_QUERY: Final = f"instfix -ik '{' '.join(APARS)}'"
FILESETS, SERVICE = "lslpp -Lcq 'rsct.*'", "lslpp -Lcq devices.chrp.base.ServiceRM"
_OPTIONAL: Final = tuple(f"rsct.msg.EN_US.part{n}" for n in range(24))


def _filesets(known: Given) -> list[str]:
    """The rows of the one listing that a host of the table has."""
    (item,) = (item for request, item in known.items() if request.startswith("lslpp -Lcq rsct"))
    return list(item.out.lines)


def _rsct(known: Given) -> Evidence:
    rows = [row for row in _filesets(known) if row.split(":")[1].startswith("rsct.")]
    base = f"{_level(known).rpartition('.')[0]}.0"
    rows += [f"rsct.msg.EN_US:{name}:{base}: : :C: :RSCT Messages: : : : : : :1:0:/:1845" for name in _OPTIONAL]
    return command(FILESETS, "\n".join(rows) + "\n")


def _service(known: Given) -> Evidence:
    rows = [row for row in _filesets(known) if row.split(":")[1] == SERVICE.split()[-1]]
    return command(SERVICE, "\n".join(rows) + "\n")


def _level(known: Given) -> str:
    return next(row.split(":")[2] for row in _filesets(known) if row.split(":")[1] == "rsct.core.rmc")


def _version(known: Given) -> Evidence:
    return command("ctversion", f"rsct_build_2611a {_level(known)}\n")


def _history(known: Given) -> Evidence:
    rows = "".join(
        f"  {name}\n                  {level:9} COMMIT       COMPLETE     03/02/26     10:14:12\n\n"
        for _, name, level, *_ in (row.split(":") for row in _filesets(known) if row.startswith("rsct."))
    )
    head = f"  Fileset         Level     Action       Status       Date         Time\n  {'-' * 76}\n"
    return command("lslpp -h 'rsct.*'", f"{head}Path: /usr/lib/objrepos\n{rows}Path: /etc/objrepos\n{rows}")


def _fixes(known: Given) -> Evidence:
    """Of a level that was shipped with these fixes the database of fixes has no word of them."""
    says = "".join(f"    There was no data for {one} in the fix database.\n" for one in APARS)
    return known.get(command(FIX_QUERY).request) or command(FIX_QUERY, says, 1)


def _subsystems(known: Given) -> Evidence:
    """`lssrc -a` of a host with the rows that every system has beside them."""
    lines = list(known["lssrc -a"].out.lines)
    there = {line.split()[0] for line in lines}
    for number, (name, group, *runs) in enumerate(map(str.split, AIX_SUBSYSTEMS)):
        if name not in there:
            pid, state = (str(5243302 + 65536 * number), "active") if runs else ("", "inoperative")
            lines.append(f" {name:16} {'' if group == '-' else group:16} {pid:12} {state}")
    return command("lssrc -a", "\n".join(lines) + "\n")


def _processes(known: Given) -> Evidence:
    old = next(line for line in known["ps -ef"].out.lines if "rmcd -a" in line).partition("0:00 ")[0].split()
    rmcd = " ".join(old[old.index("1:22") + 1 :])
    rows = ["    PID     ELAPSED COMMAND"]
    for number, name in enumerate((*AIX_PROCESSES * 3, rmcd, *RMC_PROCESSES[1:])):
        rows.append(f"{1 if number == 0 else 4194606 + 65536 * number:7d} 24-18:10:{number % 60:02d} {name}")
    return command("ps -A -o pid,etime,args", "\n".join(rows) + "\n")


def _space(known: Given) -> Evidence:
    head, var, *rest = known["df -k /var /tmp /"].out.lines
    return command("df -k /var/ct /var /tmp /", "\n".join([head, var, var, *rest]) + "\n")


def _sockets(known: Given) -> Evidence:
    text = "\n".join(known["netstat -an"].out.lines) + "\n"
    before, mark, _ = text.partition("udp        0      0  *.657")
    after = f"{mark}                  *.*\n\nActive UNIX domain sockets\n" if mark else ""
    return command("netstat -an", f"{before}{aix_sockets(60)}{after}{aix_unix_sockets(40)}")


def _cluster(known: Given) -> Evidence:
    """The command came with AIX 6.1 TL7 and 7.1 TL1; without a cluster it says so."""
    if "lscluster -c" in known:
        return known["lscluster -c"]
    if known["oslevel -s"].out.lines[0] < "6100-07":
        return missing("lscluster -c")
    return command("lscluster -c", "", 1, "lscluster: Cluster services are not active.\n")


def _powerha(known: Given) -> Evidence:
    """PowerHA runs where its cluster manager does, unless the host says otherwise."""
    line = "lssrc -ls clstrmgrES"
    if line in known:
        return known[line]
    if any(row.split()[:1] == ["clstrmgrES"] for row in known["lssrc -a"].out.lines):
        return powerha("ST_STABLE")
    return command(line, "", 1, "0513-085 The clstrmgrES Subsystem is not on file.\n")


def _pool(known: Given) -> Evidence:
    """A shared storage pool where CAA has its disk: on a Virtual I/O Server it is there for nothing else."""
    line = "ioscli cluster -list"
    if any("caavg_private" in row for row in known["lspv"].out.lines):
        return command(line, "CLUSTER_NAME:    ssp-sued\nCLUSTER_ID:      5e0c3a94b2d711efa0048e1a2b40d502\n")
    return command(line, "", 1, "Cluster does not exist.\n")


def _devices(known: Given) -> Evidence:
    """IP security has devices where its filter has rules."""
    filtered = known["lsfilt -a -v4 -O"].exit_status == 0
    rows = "ipsec_v4 Available  IP Version 4 Security Extension\nipsec_v6 Defined    IP Version 6 Security Extension\n"
    return command("lsdev -Cc ipsec", rows if filtered else "")


def _rules(version: str) -> tuple[str, Callable[[Given], Evidence]]:
    """Where no device is available the collector does not ask for its rules."""
    request = f"lsfilt -a -v{version} -O"

    def found(known: Given) -> Evidence:
        return known[request] if _devices(known).out.lines else skipped(request, "no-ipsec")

    return request, found


def _server(known: Given) -> Evidence:
    """Where IBM.MCP is answered the collector does not ask for the class that levels had before it."""
    request = "lsrsrc IBM.ManagementServer"
    there = known["lsrsrc IBM.MCP"].exit_status == 0
    return skipped(request, "mcp-there") if there else known[request]


def _machine(known: Given) -> Evidence:
    model, serial = (known[f"uname -{letter}"].out.lines[0] for letter in "Mu")
    lpar = known["uname -L"].out.lines[0]
    devices = "".join(f"+ {name:80} {'':2}\n" for name in _DEVICES)
    return command("prtconf", _PRTCONF.format(model=model, serial=serial.removeprefix("IBM,02"), lpar=lpar) + devices)


def _partition(known: Given) -> Evidence:
    number, _, name = known["uname -L"].out.lines[0].partition(" ")
    return command("lparstat -i", _LPARSTAT.format(number=number, name=name))


def _routes(known: Given) -> Evidence:
    """A default route by the first interface of the host, and that of the loopback."""
    first = next((line.split()[0] for line in known["netstat -in"].out.lines if line.startswith("en")), "en0")
    rows = f"default            10.1.4.1          UG        1     12696 {first}      -      -\n"
    rows += "127/8              127.0.0.1         U         1      7504 lo0      -      -\n"
    return command("netstat -rn", f"Routing tables\nDestination Gateway Flags Refs Use If Exp Groups\n{rows}")


def _kept(*requests: str) -> Iterable[tuple[str, Callable[[Given], Evidence]]]:
    """Files that are not there where a host has none of its own."""
    for path in requests:
        yield path, lambda known, path=path: known.get(path) or file(path, state="absent")  # type: ignore[misc]


ANSWERS: Final[Mapping[str, Callable[[Given], Evidence]]] = {
    FILESETS: _rsct,
    SERVICE: _service,
    "lslpp -h 'rsct.*'": _history,
    "ctversion": _version,
    FIX_QUERY: _fixes,
    "lssrc -a": _subsystems,
    "lsrsrc IBM.ManagementServer": _server,
    "ps -A -o pid,etime,args": _processes,
    "df -k /var/ct /var /tmp /": _space,
    "netstat -an": _sockets,
    "netstat -rn": _routes,
    "lscluster -c": _cluster,
    "lssrc -ls clstrmgrES": _powerha,
    "ioscli cluster -list": _pool,
    "lsdev -Cc ipsec": _devices,
    **dict(map(_rules, "46")),
    "lslpp -Lcq ipfl.rte": lambda _: command("lslpp -Lcq ipfl.rte", "", 1, "lslpp: Fileset ipfl.rte not installed.\n"),
    "prtconf": _machine,
    "lparstat -i": _partition,
    "/etc/services": lambda _: file("/etc/services", services(SERVICES)),
    **dict(_kept("/opt/freeware/etc/cloud/cloud.cfg")),
}
