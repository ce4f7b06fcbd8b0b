"""Tables of derived facts: evidence, and what follows from it.

`says(fact)` is the value of a fact, `?reason` where it is unknown and `n/a` where it does not apply, so that a table
has one column for all three. All evidence here is constructed.
"""

from rmccomply.evidence.model import Damage, Evidence, Reference
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact
from rmccomply.words import REASONS, Reason
from tests.hosts.building import LSLPP, LSSRC, command, facts, file, firmware, healthy_aix, replaced, status, without

SETTLE = "rmcdomainstatus -s ctrmc -a ip"
IPV4 = "10.9.8.7"
LOCAL = "fe80::9ac:1"
CPUINFO = "processor\t: 0\ncpu\t\t: POWER10\n\nplatform\t: {platform}\nmodel\t\t: {model}\nmachine\t\t: {machine}\n"
LPAR = CPUINFO.format(platform="pSeries", model="IBM,9105-42A", machine="CHRP IBM,9105-42A")
KVM = CPUINFO.format(
    platform="pSeries", model="IBM pSeries (emulated by qemu)", machine="CHRP IBM pSeries (emulated by qemu)"
)
OPAL = CPUINFO.format(platform="PowerNV", model="9006-22P", machine="PowerNV 9006-22P")
RPMS = """\
rsct.core\t{level}\t22081\tppc64le
rsct.core.utils\t{level}\t22081\tppc64le
rsct.basic\t{level}\t22081\tppc64le
src\t{level}\t22081\tppc64le
devices.chrp.base.ServiceRM\t{level}\t22081\tppc64le
DynamicRM\t2.0.7\t9\tppc64le
bash\t5.1.8\t9.el9\tppc64le
"""
SYSTEMCTL = "systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState ctrmc srcmstr"
UNIT = "Id={unit}.service\nLoadState={load}\nActiveState={active}\nSubState={sub}\nUnitFileState={enabled}\n"
SS = """\
State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
LISTEN 0      128          0.0.0.0:22         0.0.0.0:*
LISTEN 0      128             [::]:657           [::]:*
"""
RPM_QUERY = r"rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'"
MCP = "Resource Persistent Attributes for IBM.MCP\nresource 1:\n\tNodeID = 77\n\tIPAddresses = {{{addresses}}}\n"
IP_ADDR = """\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
    inet6 ::1/128 scope host
"""
CARD = "{number}: {name}: <BROADCAST,MULTICAST{up},LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000\n"
_WITHOUT_A_LINE = (None, "not_collected", "inconclusive")
"""Reasons of what is known or does not apply, and of what may be unknown for what nobody collected or declared."""


def says(fact: Fact) -> object:
    """The value, `?reason` or `n/a`, of a fact that has the form of its state."""
    assert fact.name in FACTS
    assert fact.says.endswith(".")
    assert all(isinstance(place, Reference) for place in fact.evidence)
    assert all(isinstance(one, Fact) and one.says for one in fact.basis)
    assert (fact.reason in REASONS) == (fact.state == "unknown")
    assert fact.settle if fact.state == "unknown" else fact.settle == ""
    if (fact.state == "known" and not fact.name.startswith("host.")) or fact.reason not in _WITHOUT_A_LINE:
        assert fact.evidence
    if fact.state == "known":
        return fact.value
    return f"?{fact.reason}" if fact.state == "unknown" else "n/a"


def lssrc(*rows: str, exit_status: int | None = 0, header: bool = True) -> Evidence:
    """`lssrc -a` with syslogd and these rows, each "NAME GROUP STATUS"."""
    lines = ["Subsystem         Group            PID          Status"] if header else []
    lines.append(" syslogd          ras              5867667      active")
    for number, row in enumerate(rows, 100):
        name, group, state = row.split(" ", 2)
        pid = str(number) if state == "active" else ""
        lines.append(f" {name:16} {group:16} {pid:12} {state}")
    return command("lssrc -a", "\n".join(lines) + "\n", exit_status)


def domain(*rows: str) -> Evidence:
    """`rmcdomainstatus` in its address form."""
    return command(SETTLE, status(*rows))


def units(
    ctrmc: str = "enabled", srcmstr: str = "enabled", *, active: str = "active", sub: str = "running"
) -> Evidence:
    """`systemctl show` of both units with these states of their files; "" is a unit that does not exist."""
    shown = [
        UNIT.format(unit=unit, load="loaded" if enabled else "not-found", active=active, sub=sub, enabled=enabled)
        for unit, enabled in (("ctrmc", ctrmc), ("srcmstr", srcmstr))
    ]
    return command(SYSTEMCTL, "\n".join(shown))


def mcp(*addresses: str) -> Evidence:
    """`lsrsrc IBM.MCP` with one control point at these addresses."""
    return command("lsrsrc IBM.MCP", MCP.format(addresses=",".join(f'"{one}"' for one in addresses)))


def card(name: str, *addresses: str, up: bool = True, number: int = 2) -> str:
    """An interface of `ip addr`; addresses are "4 10.0.0.1/24" or "6 fe80::1/64 scope link tentative"."""
    lines = [CARD.format(number=number, name=name, up=",UP" if up else "")]
    for one in addresses:
        family, rest = one.split(" ", 1)
        lines.append(f"    inet{'6' if family == '6' else ''} {rest}\n")
    return "".join(lines)


def linux_host(
    cpuinfo: str = LPAR, level: str = "3.2.6.4", distribution: str = "rhel", machine: str = "ppc64le"
) -> list[Evidence]:
    """What tells a Linux host: its machine, its distribution, its packages."""
    return [
        command("uname -a", f"Linux lpar18 5.14.0-427.el9 #1 SMP Wed Apr 10 2024 {machine} GNU/Linux\n"),
        file("/etc/os-release", f'NAME="A Linux"\nID="{distribution}"\n'),
        file("/proc/cpuinfo", cpuinfo),
        command(RPM_QUERY, RPMS.format(level=level) if level else "bash\t5.1.8\t9.el9\tppc64le\n"),
    ]


def healthy_linux() -> list[Evidence]:
    """All that a healthy Linux partition answers: managed by an HMC over IPv4, unclustered."""
    shared = {item.request: item for item in healthy_aix()}
    kept = (
        "/etc/ct_node_id",
        "/var/ct/cfg/ct_node_id",
        "lsnodeid",
        SETTLE,
        f"tcp {IPV4} 657",
        "lsrpdomain",
        "lssrc -a",
        "/etc/services",
    )
    df = "Filesystem     Type 1024-blocks    Used Available Capacity Mounted on\n"
    rows = "/dev/sda3      xfs    20961280 4822712  16138568      24% /\n" * 3
    return [
        *linux_host(),
        *firmware(),
        *(shared[request] for request in kept),
        command("ip addr", IP_ADDR + card("env2", "4 10.0.1.1/24", "6 fe80::1/64 scope link")),
        command("df -kPT /var /tmp /", df + rows),
        units(),
        command("ss -ltn", SS),
    ]


def healthy_vios() -> list[Evidence]:
    """A Virtual I/O Server answers as AIX does; its lssrc shows that there is no in-band RMC."""
    return replaced(healthy_aix(), command("oslevel -s", "7200-05-07-2346\n"), command("lssrc -a", LSSRC))


def aix(*others: Evidence, less: tuple[str, ...] = (), management: str = "unknown", platform: str = "aix") -> Facts:
    """The facts of the healthy AIX partition with these answers instead, and without those."""
    return facts(*replaced(without(healthy_aix(), *less), *others), platform=platform, management=management)


def linux(*others: Evidence, less: tuple[str, ...] = (), management: str = "unknown") -> Facts:
    """The facts of the healthy Linux partition with these answers instead, and without those."""
    return facts(*replaced(without(healthy_linux(), *less), *others), platform="linux", management=management)


def lslpp(level: str = "3.2.6.2", state: str = "C") -> Evidence:
    return command("lslpp -Lcq 'rsct.*'", LSLPP.format(level=level, state=state))


NOT_INSTALLED = command("lslpp -Lcq 'rsct.*'", "", 1, err="lslpp: Fileset rsct.* not installed.\n")


def broken(item: Evidence, reason: Reason, partial: bool = False) -> Evidence:
    """The same request without an answer that counts, as a bundle gives it."""
    return item._replace(damage=Damage(reason, "it is broken for this test", partial), exit_status=None)


def lines(evidence: tuple[Reference, ...]) -> str:
    """The texts of references, for a test that asks which line proves a fact."""
    return "\n".join(place.text for place in evidence)
