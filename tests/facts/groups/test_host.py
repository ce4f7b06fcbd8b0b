"""What the target is (table 2.1): decided on positive evidence only, conflicting where it is."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts, file, firmware, healthy_aix
from tests.hosts.cases import (
    IPV4,
    KVM,
    LOCAL,
    LPAR,
    OPAL,
    SETTLE,
    aix,
    domain,
    lines,
    linux_host,
    lssrc,
    mcp,
    says,
)
from tests.hosts.consoles import PERMIT

AIX_UNAME = command("uname -a", "AIX lpar1 2 7 00F9C2D54C00\n")
LINUX_UNAME = command("uname -a", "Linux lpar18 5.14.0 #1 SMP Wed Apr 10 2024 ppc64le GNU/Linux\n")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        pytest.param([AIX_UNAME], "aix", id="uname says AIX"),
        pytest.param([LINUX_UNAME], "linux", id="uname says Linux"),
        pytest.param([command("oslevel -s", "7200-05-07-2346\n")], "aix", id="only AIX has oslevel"),
        pytest.param([file("/proc/cpuinfo", LPAR)], "linux", id="only Linux has cpuinfo"),
        pytest.param([file("/proc/cpuinfo", state="absent")], "?not_collected", id="no cpuinfo is no sign"),
        pytest.param([AIX_UNAME, file("/proc/cpuinfo", LPAR)], "?conflicting", id="both"),
        pytest.param([], "?not_collected", id="nothing"),
        pytest.param([domain("I A 10.9.8.7")], "?not_collected", id="what both print"),
    ],
)
def test_platform(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, platform="").fact("host.platform")) == expected


@pytest.mark.parametrize("evidence", [[], [AIX_UNAME, file("/proc/cpuinfo", LPAR)]])
def test_what_would_tell_the_platform(evidence: list[Evidence]) -> None:
    assert facts(*evidence, platform="").fact("host.platform").settle == "uname -a"


NOTES = [
    pytest.param(
        "unreachable\nno route\n", "the target was not collected: ", "rmccomply collect ssh 'lpar 7'", id="not"
    ),
    pytest.param("collected\n", "nothing in the evidence shows", "uname -a", id="collected"),
    pytest.param("no such word\n", "nothing in the evidence shows", "uname -a", id="a note that cannot be read"),
]


@pytest.mark.parametrize(("text", "why", "settle"), NOTES)
def test_why_nothing_tells_the_platform(text: str, why: str, settle: str) -> None:
    note = command("rmccomply-collect ssh 'lpar 7'", text)._replace(kind="meta", origin="controller")
    fact = facts(note, platform="").fact("host.platform")
    assert (says(fact), why in fact.says, fact.settle) == ("?not_collected", True, settle)
    assert bool(fact.evidence) == settle.startswith("rmccomply")


@pytest.mark.parametrize("platform", ["aix", "vios", "linux", "hmc"])
def test_a_declared_platform_wins(platform: str) -> None:
    assert says(facts(LINUX_UNAME, platform=platform).fact("host.platform")) == platform


AIX_KINDS = [
    pytest.param([command("uname -L", "7 lpar1 prod\n")], "lpar", id="partition number"),
    pytest.param([command("uname -L", "-1 NULL\n")], "full_system", id="full system"),
    pytest.param([command("uname -W", "3\n")], "wpar", id="workload partition"),
    pytest.param(
        [command("uname -L", "7 lpar1\n"), command("uname -W", "3\n")], "wpar", id="a WPAR that sees its LPAR's number"
    ),
    pytest.param([command("uname -L", "7 lpar1\n"), command("uname -W", "0\n")], "lpar", id="-W 0 is no WPAR"),
    pytest.param([domain("O A 10.9.8.7")], "lpar", id="a control point shows it"),
    pytest.param([mcp(IPV4)], "lpar", id="a resource shows it"),
    pytest.param([AIX_UNAME], "?not_collected", id="AIX alone tells no kind"),
    pytest.param(
        [command("uname -L", "7 a\n"), command("uname -L", "8 b\n")], "?not_collected", id="two different numbers"
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), AIX_KINDS)
def test_kind_of_aix(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("host.kind")) == expected


LPARSTAT = "Node Name : lpar1\nPartition Number : {number}\nType : {type}\n"
LINUX_KINDS = [
    pytest.param(linux_host(LPAR), "lpar", id="PowerVM"),
    pytest.param(linux_host(KVM), "kvm", id="KVM on Power"),
    pytest.param(linux_host(OPAL), "bare_metal", id="OPAL"),
    pytest.param(linux_host(LPAR, distribution="rhcos"), "rhcos", id="RHCOS"),
    pytest.param([command("uname -m", "x86_64\n")], "other_machine", id="x86"),
    pytest.param([command("uname -m", "s390x\n")], "other_machine", id="IBM Z"),
    pytest.param([command("uname -m", "ppc64le\n")], "?not_collected", id="Power alone tells no kind"),
    pytest.param([command("uname -m", "00F9C2D54C00\n")], "?not_collected", id="a number names no machine"),
    pytest.param(
        [command("uname -m", "x86_64\n"), command("uname -p", "ppc64le\n")], "?conflicting", id="two machines"
    ),
    pytest.param([command("uname -m", "x86_64\n"), file("/proc/cpuinfo", LPAR)], "?conflicting", id="x86 with pSeries"),
    pytest.param([command("uname -m", "x86_64\n"), file("/proc/cpuinfo", OPAL)], "?conflicting", id="x86 with PowerNV"),
    pytest.param(
        linux_host(KVM.replace("CHRP IBM pSeries (emulated by qemu)", "CHRP IBM,9105-42A")),
        "kvm",
        id="KVM by its model",
    ),
    pytest.param([file("/proc/cpuinfo", LPAR.split("\n\n")[0])], "?not_collected", id="cut before the machine"),
    pytest.param([file("/proc/cpuinfo", LPAR.replace("POWER10", "POWER5 (gr)"))], "lpar", id="POWER5"),
    pytest.param([file("/proc/cpuinfo", LPAR.replace("POWER10", "POWER4+ (gq)"))], "?inconclusive", id="POWER4"),
    pytest.param([file("/proc/cpuinfo", LPAR.replace("POWER10", "RS64-III"))], "?inconclusive", id="older"),
    pytest.param(
        [
            file("/proc/cpuinfo", LPAR.replace("POWER10", "POWER4+ (gq)")),
            command("lparstat -i", LPARSTAT.format(number=3, type="Dedicated")),
        ],
        "lpar",
        id="POWER4 in a partition",
    ),
    pytest.param([], "?not_collected", id="nothing"),
]


@pytest.mark.parametrize(("evidence", "expected"), LINUX_KINDS)
def test_kind_of_linux(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, platform="linux").fact("host.kind")) == expected


@pytest.mark.parametrize(
    ("platform", "management", "expected"),
    [
        ("vios", "unknown", "lpar"),
        ("hmc", "unknown", "hmc"),
        ("aix", "hmc", "lpar"),
        ("linux", "novalink", "lpar"),
        ("linux", "powervs", "lpar"),
        ("aix", "none", "?not_collected"),
    ],
)
def test_kind_as_declared(platform: str, management: str, expected: str) -> None:
    assert says(facts(platform=platform, management=management).fact("host.kind")) == expected


def test_a_declared_management_does_not_hide_what_the_machine_is() -> None:
    assert says(facts(*linux_host(KVM), platform="linux", management="powervs").fact("host.kind")) == "kvm"


IN_BAND = [
    lssrc("ctrmc rsct active", "mcproxy rsct active"),
    command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n"),
]
MANAGEMENT = [
    pytest.param([domain(f"I A {IPV4}")], "hmc", id="IPv4"),
    pytest.param([domain(f"O A {IPV4}")], "hmc", id="IPv4, down"),
    pytest.param([domain("I A 2001:db8::9")], "hmc", id="global IPv6"),
    pytest.param([domain(f"I A {LOCAL}")], "novalink", id="link-local"),
    pytest.param([mcp(LOCAL, "fe80::2")], "novalink", id="all resources link-local"),
    pytest.param([mcp(IPV4, "10.9.8.8")], "hmc", id="two HMCs"),
    pytest.param([domain(f"I A {LOCAL}"), mcp(IPV4)], "novalink", id="both kinds, and the one at link-local is up"),
    pytest.param([domain(f"I A {IPV4}", f"I A {LOCAL}")], "novalink", id="an HMC and NovaLink, both up"),
    pytest.param([domain(f"O A {IPV4}", f"I A {LOCAL}")], "novalink", id="an HMC that is down and NovaLink"),
    pytest.param([domain(f"I A {IPV4}", f"O A {LOCAL}")], "?conflicting", id="an HMC, and who is link-local is down"),
    pytest.param([domain(f"I A {IPV4}"), mcp(IPV4, LOCAL)], "hmc", id="a console with both kinds"),
    pytest.param([mcp(IPV4, LOCAL)], "hmc", id="a console with both kinds, and no row"),
    pytest.param([domain(f"I A {LOCAL}"), mcp(IPV4, LOCAL)], "?conflicting", id="both kinds, and a row at link-local"),
    pytest.param([domain("I A hmc1")], "?inconclusive", id="a name"),
    pytest.param([mcp("10.9.8.259")], "?inconclusive", id="an impossible address"),
    pytest.param(IN_BAND, "hmc", id="in-band"),
    pytest.param([command("uname -L", "-1 NULL\n")], "none", id="full system"),
    pytest.param([], "?inconclusive", id="nothing"),
]


@pytest.mark.parametrize(("evidence", "expected"), MANAGEMENT)
def test_management_by_evidence(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("host.management")) == expected


@pytest.mark.parametrize(
    ("evidence", "name", "line"),
    [
        pytest.param([command("uname -m", "x86_64\n")], "kind", "x86_64", id="another machine"),
        pytest.param([domain(f"I A {LOCAL}")], "management", LOCAL, id="NovaLink"),
        pytest.param(IN_BAND, "management", "Hostname: hmc1", id="in-band"),
    ],
)
def test_the_line_that_tells_it_is_its_evidence(evidence: list[Evidence], name: str, line: str) -> None:
    assert line in lines(facts(*evidence, platform="linux").fact(f"host.{name}").evidence)


@pytest.mark.parametrize("declared", ["hmc", "novalink", "powervs", "none"])
def test_a_declared_management_wins(declared: str) -> None:
    assert says(facts(domain(f"I A {IPV4}"), management=declared).fact("host.management")) == declared


RELEASES = [
    pytest.param([command("oslevel -s", "7200-05-07-2346\n")], (7, 2, 5, 7), id="-s"),
    pytest.param([command("oslevel -r", "7300-03\n")], (7, 3, 3, 0), id="-r"),
    pytest.param([command("oslevel", "7.2.0.0\n")], "?inconclusive", id="base level only"),
    pytest.param([command("oslevel -s", "7200-O5\n")], "?unparsable", id="a letter O"),
    pytest.param([command("oslevel -s", "7300-04-01-2546\n"), AIX_UNAME], "?conflicting", id="uname says 7.2"),
    pytest.param([command("oslevel -s", "7200-05-07-2346\n"), AIX_UNAME], (7, 2, 5, 7), id="uname agrees"),
    pytest.param([AIX_UNAME], "?not_collected", id="uname alone only confirms"),
    pytest.param([command("oslevel -s", "", state="timeout", exit_status=None)], "?empty", id="nothing printed"),
]


def test_what_tells_no_level_is_shown_and_the_command_that_does() -> None:
    fact = facts(command("oslevel", "7.2.0.0\n")).fact("host.aix_release")
    assert (lines(fact.evidence), fact.settle) == ("7.2.0.0", "oslevel -s")


@pytest.mark.parametrize(("evidence", "expected"), RELEASES)
def test_aix_release(evidence: list[Evidence], expected: object) -> None:
    assert says(facts(*evidence).fact("host.aix_release")) == expected


@pytest.mark.parametrize("platform", ["vios", "linux", "hmc"])
def test_a_vios_has_no_aix_release(platform: str) -> None:
    assert says(facts(*healthy_aix(), platform=platform).fact("host.aix_release")) == "n/a"


def test_the_line_that_tells_the_kind_is_its_evidence() -> None:
    fact = aix(command("uname -W", "3\n")).fact("host.kind")
    assert [place.request for place in fact.evidence] == ["uname -W"]


def test_losing_every_control_point_makes_the_management_unknown() -> None:
    assert says(aix(less=(SETTLE,)).fact("host.management")) == "?inconclusive"


PRTCONF = "System Model: IBM,9105-42A\nMachine Serial Number: 78A5C10\nLPAR Info: {info}\n"
NUMBERS = [
    # requests and answers, kind
    pytest.param([("uname -L", "7 aix45\n")], "lpar", id="uname"),
    pytest.param([("uname -L", "1 lpar1\n")], "?not_collected", id="1 may be a system without partitions"),
    pytest.param([("uname -L", "0 lpar1\n")], "?not_collected", id="0"),
    pytest.param([("prtconf", PRTCONF.format(info="7 aix45"))], "lpar", id="prtconf"),
    pytest.param([("prtconf", PRTCONF.format(info="-1 NULL"))], "full_system", id="prtconf, no partitions"),
    pytest.param([("prtconf", PRTCONF.format(info="1 aix45"))], "?not_collected", id="prtconf, 1"),
    pytest.param([("lparstat -i", LPARSTAT.format(number=7, type="Dedicated-SMT-4"))], "lpar", id="lparstat"),
    pytest.param([("lparstat -i", LPARSTAT.format(number=1, type="Shared-SMT-4"))], "lpar", id="shared processors"),
    pytest.param([("lparstat -i", LPARSTAT.format(number=1, type="Dedicated"))], "?not_collected", id="dedicated"),
    pytest.param([("lparstat -i", LPARSTAT.format(number=-1, type="Dedicated"))], "full_system", id="lparstat, -1"),
    pytest.param(
        [("uname -L", "7 aix45\n"), ("prtconf", PRTCONF.format(info="8 aix46"))], "?conflicting", id="two numbers"
    ),
    pytest.param([("uname -L", "7 aix45\n"), ("prtconf", PRTCONF.format(info="7 aix45"))], "lpar", id="agreed"),
]


@pytest.mark.parametrize(("answers", "expected"), NUMBERS)
def test_the_number_of_the_partition_tells_the_kind(answers: list[tuple[str, str]], expected: str) -> None:
    assert says(facts(*(command(request, out) for request, out in answers)).fact("host.kind")) == expected


def test_nobody_manages_a_system_without_partitions_whoever_says_so() -> None:
    assert says(facts(command("prtconf", PRTCONF.format(info="-1 NULL"))).fact("host.management")) == "none"


AIX_ALONE = [
    ("prtconf", PRTCONF.format(info="7 aix45"), ""),
    ("emgr -l", "", "There is no efix data on this system.\n"),
    ("instfix -ik IV74438", "All filesets for IV74438 were found.\n", ""),
    ("lscluster -c", "Cluster Name: alphaclu\n", ""),
    ("lsfilt -a -v4 -O", PERMIT, ""),
]


@pytest.mark.parametrize(("request_line", "out", "err"), AIX_ALONE)
def test_a_command_of_aix_alone_tells_the_platform(request_line: str, out: str, err: str) -> None:
    found = facts(command(request_line, out, err=err), platform="")
    assert says(found.fact("host.platform")) == "aix"


def test_without_a_platform_nothing_is_said_to_be_of_another() -> None:
    found = facts(platform="")
    told = [fact.name for fact in found.every() if fact.state == "not_applicable"]
    assert told == ["image.shared_node_id"], "no platform has a say where nothing is named by --against"


@pytest.mark.parametrize(("platform", "settle"), [("aix", "uname -L"), ("linux", "cat /proc/cpuinfo")])
def test_what_would_tell_the_kind(platform: str, settle: str) -> None:
    assert facts(platform=platform).fact("host.kind").settle == settle


@pytest.mark.parametrize(
    "text", ["cpu\t\t: POWER9\nplatform\t: PowerNV\nmachine\t\t: \n", "machine\t\t: PowerNV 9006-22P\n"]
)
def test_bare_metal_is_told_by_either_line(text: str) -> None:
    assert says(facts(LINUX_UNAME, file("/proc/cpuinfo", text), platform="linux").fact("host.kind")) == "bare_metal"


def test_the_platform_stands_where_it_is_printed() -> None:
    fact = facts(AIX_UNAME, platform="").fact("host.platform")
    assert [place.request for place in fact.evidence] == ["uname -a"]


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (firmware(number=7, shared=0)[:1], "lpar"),
        (firmware(number=1, shared=1)[:1], "lpar"),
        (firmware(number=1, shared=0), "?not_collected"),
        (firmware("IBM pSeries (emulated by qemu)", number=0, shared=1), "kvm"),
        (firmware("IBM pSeries (emulated by qemu)", number=0, shared=1)[1:], "kvm"),
        ([*firmware(number=7)[:1], command("lparstat -i", "Node Name : n\nPartition Number : 8\n")], "?conflicting"),
    ],
    ids=[
        "number",
        "shared processors",
        "number 1 of its own processors",
        "guest",
        "guest by device tree",
        "two numbers",
    ],
)
def test_linux_shows_its_kind_in_the_files_of_firmware(evidence: list[Evidence], kind: str) -> None:
    assert says(facts(*evidence, platform="linux").fact("host.kind")) == kind


@pytest.mark.parametrize("platform", ["aix", "linux"])
def test_what_leaves_the_kind_open_is_shown(platform: str) -> None:
    answer = command("lparstat -i", LPARSTAT.format(number="-", type="Dedicated-SMT"))
    fact = facts(answer, platform=platform).fact("host.kind")
    assert says(fact) == "?inconclusive"
    assert "`lparstat -i` shows no partition number (Partition Number : -)" in fact.says
    assert "Partition Number : -" in lines(fact.evidence)


def test_a_machine_that_may_run_without_partitions_is_named() -> None:
    old = LPAR.replace("POWER10", "POWER4+ (gq)").replace("9105-42A", "7029-6C3")
    fact = facts(file("/proc/cpuinfo", old), platform="linux").fact("host.kind")
    assert "the machine is CHRP IBM,7029-6C3, and its processor (POWER4+ (gq)) is not one" in fact.says
    assert "CHRP IBM,7029-6C3" in lines(fact.evidence)
