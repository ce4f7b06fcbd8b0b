"""Cases beside the other tables: values next to each bound, each platform, each word of each check."""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file
from tests.hosts.cases import (
    IP_ADDR,
    KVM,
    LPAR,
    NOT_INSTALLED,
    OPAL,
    SS,
    card,
    linux_host,
    lslpp,
    lssrc,
)
from tests.hosts.consoles import NEW, OLD, renewal, sockets
from tests.policies.console_cases import IN_BAND, ONLINE, SERVICES

MoreCase = tuple[str, str, tuple[str, ...], list[Evidence], str, dict[str, str]]
AIX: Final = "AIX, RMC alone"
LINUX: Final = "Linux, RMC alone"
LOW: Final = "2.5.5.0"
DF: Final = """\
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var {total:13} {free:9} {used:4}%     7821     1% /var
"""
INODES: Final = """\
Filesystem Type  Inodes  IUsed   IFree IUse% Mounted on
/dev/sda2  ext4 3276800  81920 3194880   {share}% {mount}
"""
SESSION: Final = "ESTAB  0      0           10.0.1.18:657       10.9.8.7:33861\n"
FIXES: Final = ("IV74438", "IV77384", "IV80836", "IV81777")

NO_LEVEL: Final = {"judge_old_aix": "no"}
EVERY_LEVEL: Final = {"judge_old_aix": "yes"}


def of(policy: str) -> Iterator[MoreCase]:
    """The cases for a policy: base, rule, requests that are lost, answers that are others, result, parameters."""
    least = "3.1.0.0" if policy == "rmc-core" else "3.2.1.0"
    below = "3.0.9.9" if policy == "rmc-core" else "3.2.0.9"
    yield from _levels(least, below)
    yield from _recommended()
    yield from _room()
    yield from _elsewhere()
    if policy != "rmc-core":
        yield from _cloud()


def oslevel(text: str) -> Evidence:
    return command("oslevel -s", f"{text}\n")


def linux(cpuinfo: str, level: str, distribution: str = "rhel") -> list[Evidence]:
    """A Linux host of some kind with RSCT of a level."""
    return linux_host(cpuinfo, level, distribution)


TWO_NUMBERS: Final = command("lparstat -i", "Node Name : lpar1\nPartition Number : 9\n")
"""Another number than that of `uname -L`, so that the kind of host is unknown."""


def _levels(least: str, below: str) -> Iterator[MoreCase]:
    old, rule = oslevel("6100-09-12-1846"), "RMC-VER-001"
    yield (AIX, rule, (), [lslpp(least)], "pass", {})
    yield (AIX, rule, (), [lslpp(below)], "fail", {})
    yield (AIX, rule, ("uname -a",), [old, lslpp(least)], "pass", NO_LEVEL)
    yield (AIX, rule, ("uname -a",), [old, lslpp(below)], "not_applicable", NO_LEVEL)
    yield (AIX, rule, ("uname -a",), [old, NOT_INSTALLED], "fail", NO_LEVEL)
    yield (AIX, rule, ("uname -a",), [old, lslpp(below)], "fail", EVERY_LEVEL)
    yield (AIX, rule, ("uname -a",), [oslevel("7100-00-00-0000"), lslpp(below)], "fail", NO_LEVEL)
    yield (AIX, rule, ("uname -a",), [oslevel("7000-01-01-1036"), lslpp(below)], "not_applicable", NO_LEVEL)
    yield ("VIOS", rule, (), [lslpp(below)], "fail", NO_LEVEL)
    yield (LINUX, rule, (), linux(LPAR, below), "fail", NO_LEVEL)
    for base in (AIX, "VIOS"):
        yield (base, rule, (), [TWO_NUMBERS, lslpp(below)], "fail", EVERY_LEVEL)
    for kind in (KVM, OPAL):
        yield (LINUX, rule, (), linux(kind, below), "not_applicable", {})
        yield (LINUX, rule, (), linux(kind, least), "pass", {})
        yield (LINUX, rule, (linux_host()[3].request,), [file("/proc/cpuinfo", kind)], "not_applicable", {})
    yield (LINUX, rule, (), linux(LPAR, below, "rhcos"), "not_applicable", {})


def _recommended() -> Iterator[MoreCase]:
    rule = "RMC-VER-002"
    yield (LINUX, rule, (), linux(LPAR, "3.2.6.1"), "fail", {})
    for kind in (KVM, OPAL):
        yield (LINUX, rule, (), linux(kind, "3.2.6.2"), "pass", {})
        yield (LINUX, rule, (), linux(kind, "3.2.6.1"), "not_applicable", {})
    yield (LINUX, rule, (), linux(LPAR, "3.2.6.1", "rhcos"), "not_applicable", {})
    yield ("VIOS", rule, (), [lslpp("3.2.6.1")], "fail", {})
    for base in (AIX, "VIOS"):
        yield (base, rule, (), [TWO_NUMBERS, lslpp("3.2.6.1")], "fail", {})
    fixed = command("instfix -i", "".join(f"    All filesets for {fix} were found.\n" for fix in FIXES))
    yield (AIX, "RMC-VER-003", ("uname -a",), [lslpp("3.1.5.0"), oslevel("7100-03-05-1524"), fixed], "pass", {})


def df(free: int, total: int) -> Evidence:
    """`df` of a file system of so many MiB, of which so many are free."""
    used = 100 - free * 100 // total
    return command("df -k /var /tmp /", DF.format(free=free * 1024, total=total * 1024, used=used))


def _room() -> Iterator[MoreCase]:
    # 94.4 %, 95 % and 50 % are in use, and on the right 84.5 % and 85 %
    full = [(64, 1150, "pass"), (63, 1150, "fail"), (64, 1280, "fail"), (511, 10220, "fail"), (512, 10240, "pass")]
    filling = [(31, 200, "pass"), (1023, 6820, "fail"), (1024, 6830, "pass")]
    for free, total, expected in (*full, (63, 126, "fail")):
        yield (AIX, "RMC-FS-001", (), [df(free, total)], expected, {})
    for free, total, expected in filling:
        yield (AIX, "RMC-FS-003", (), [df(free, total)], expected, {})
    for share, expected in [(94, "pass"), (95, "fail")]:
        for base, mount in ((AIX, "/var"), ("VIOS", "/var"), ("Linux", "/")):
            inodes = command("df -i -T /var", INODES.format(share=share, mount=mount))
            yield (base, "RMC-FS-004", (), [inodes], expected, {})


def _elsewhere() -> Iterator[MoreCase]:
    powervs = {"management": "powervs"}
    plain = card("env2", "4 10.0.1.18/24")
    both = plain + card("env3", "6 fe80::9ac:17ff:fe1b:ac12/64 scope link", number=3)
    yield ("Linux", "RMC-IP6-001", (), [command("ip addr", IP_ADDR + both)], "pass", powervs)
    yield ("Linux", "RMC-IP6-001", (), [command("ip addr", IP_ADDR + plain)], "fail", powervs)
    yield ("Linux", "RMC-IP6-002", (), [command("ip addr", IP_ADDR + plain)], "pass", powervs)
    yield ("VIOS", "RMC-ID-005", (), [renewal(NEW, OLD)], "pass", {})
    yield ("VIOS", "RMC-ID-005", (), [renewal(OLD, OLD)], "fail", {})
    yield ("VIOS", "RMC-NET-006", (), [sockets("10.9.8.7")], "pass", {})
    yield ("Linux", "RMC-NET-006", (), [command("ss -tan", SS + SESSION)], "pass", {})
    yield ("AIX", "RMC-DOM-001", (), [*IN_BAND], "pass", {})
    yield ("VIOS", "RMC-HA-001", (), ONLINE, "pass", {})
    for base in ("VIOS", "Linux"):
        idle = lssrc("ctrmc rsct active", "IBM.StorageRM rsct_rm inoperative", "clstrmgrES cluster active")
        yield (base, "RMC-HA-002", (), [idle], "not_applicable", {})
    yield ("VIOS", "RMC-HA-003", (), [lssrc(*SERVICES), *ONLINE], "pass", {})


def _cloud() -> Iterator[MoreCase]:
    """Levels next to those that the cloud asks for."""
    for text, expected in (("7000-01-01-1036", "fail"), ("7100-00-00-0000", "pass")):
        yield (AIX, "RMC-VER-006", ("uname -a",), [oslevel(text)], expected, {})
