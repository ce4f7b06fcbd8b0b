"""The shipped policies: every rule in each of its results, no alarm on a healthy host, no advice that breaks one."""

from pathlib import Path

import pytest

from rmccomply import data
from rmccomply.evidence.model import Evidence
from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedRule, load
from tests.dangerous import dangers
from tests.hosts.answers import cloud_packages
from tests.hosts.building import (
    IFCONFIG,
    INITTAB,
    LSLPP,
    NETSTAT,
    command,
    file,
    healthy_aix,
    judge,
    probe,
    replaced,
    without,
)
from tests.hosts.cases import (
    IPV4,
    KVM,
    LPAR,
    NOT_INSTALLED,
    OPAL,
    SETTLE,
    SYSTEMCTL,
    broken,
    domain,
    healthy_linux,
    linux_host,
    lslpp,
    lssrc,
    units,
)
from tests.hosts.consoles import NO_CONSOLE, whole_aix, whole_linux, whole_vios
from tests.policies import cloud_cases, console_cases

MGMT = "IBM.MgmtDomainRM rsct_rm "
DRM = "IBM.DRM rsct_rm "
VAR = "/var/ct/cfg/ct_node_id"
WITHOUT_LOCAL = IFCONFIG.replace("\tinet6 fe80::9400:30ff:fe5b:7a50/64\n", "")
WPAR = command("uname -W", "3\n")
DF = """\
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var       5242880     60000   99%     7821     1% /var
"""
FILLING = DF.replace("60000   99%", "700000   87%")
INODES = """\
Filesystem Type  Inodes  IUsed   IFree IUse% Mounted on
/dev/sda2  ext4 3276800  81920 3194880   {share}% /var
"""
OLD = [lslpp("3.1.5.0"), command("oslevel -s", "7100-03-05-1524\n")]
NO_FIX = command(
    "instfix -i", "    All filesets for 7100-03_AIX_ML were found.\n    All filesets for IV60000 were found.\n"
)
NO_INTERIM = command("emgr -l", "", 0, "There is no efix data on this system.\n")
OTHER_RELEASE = command(
    "lslpp -Lcq 'rsct.*'",
    LSLPP.format(level="3.2.6.2", state="C")
    + "rsct.basic:rsct.basic.rte:3.2.5.0: : :C: :RSCT Basic Function: : : : : : :1:0:/:2015\n",
)
NOT_LISTENING = NETSTAT.replace("*.657                  *.*                    LISTEN", "*.658  *.*  LISTEN")
PS = """\
     UID     PID    PPID   C    STIME    TTY  TIME CMD
    root       1       0   0   Nov 01      -  0:12 /etc/init
    root 5439966 3932484   0   Nov 01      -  1:22 /opt/rsct/bin/rmcd -a IBM.LPCommands
"""

Case = tuple[str, tuple[str, ...], list[Evidence], str]
CASES: list[Case] = [
    # rule, requests that are lost, answers that are others, result; from the healthy AIX partition on
    ("RMC-VER-001", (), [], "pass"),
    ("RMC-VER-001", (), [lslpp("3.0.9.9")], "fail"),
    ("RMC-VER-001", (), [NOT_INSTALLED], "fail"),
    ("RMC-VER-001", (), [lslpp("3.2.6.2", "B")], "unknown"),
    ("RMC-VER-001", ("lslpp -Lcq rsct.*",), [], "unknown"),
    ("RMC-VER-002", (), [], "pass"),
    ("RMC-VER-002", (), [lslpp("3.2.6.1")], "fail"),
    ("RMC-VER-002", ("lslpp -Lcq rsct.*",), [], "unknown"),
    ("RMC-VER-002", (), [NOT_INSTALLED], "not_applicable"),
    ("RMC-VER-003", (), [], "pass"),
    ("RMC-VER-003", ("uname -a",), [*OLD, NO_FIX, NO_INTERIM], "fail"),
    ("RMC-VER-003", ("uname -a",), [*OLD, NO_FIX], "unknown"),
    ("RMC-VER-003", (), [NOT_INSTALLED], "not_applicable"),
    ("RMC-VER-004", (), [], "pass"),
    ("RMC-VER-004", (), [lslpp("3.2.6.2", "B")], "fail"),
    ("RMC-VER-004", ("lslpp -Lcq rsct.*",), [], "unknown"),
    ("RMC-VER-004", (), [NOT_INSTALLED], "not_applicable"),
    ("RMC-VER-005", (), [], "pass"),
    ("RMC-VER-005", (), [OTHER_RELEASE], "fail"),
    ("RMC-VER-005", ("lslpp -Lcq rsct.*",), [], "unknown"),
    ("RMC-VER-005", (), [NOT_INSTALLED], "not_applicable"),
    ("RMC-PKG-001", (), [], "not_applicable"),
    ("RMC-PKG-003", (), [], "not_applicable"),
    ("RMC-PKG-004", (), [], "not_applicable"),
    ("RMC-SUB-001", (), [], "pass"),
    ("RMC-SUB-001", (), [lssrc("ctrmc rsct inoperative")], "fail"),
    ("RMC-SUB-001", ("lssrc -a",), [], "unknown"),
    ("RMC-SUB-001", (), [lssrc("syslogd ras active"), NOT_INSTALLED], "not_applicable"),
    ("RMC-SUB-002", (), [], "pass"),
    ("RMC-SUB-002", (), [lssrc("ctrmc rsct active", f"{MGMT}inoperative")], "fail"),
    ("RMC-SUB-002", ("lssrc -a",), [], "unknown"),
    ("RMC-SUB-002", ("lssrc -a",), [WPAR], "not_applicable"),
    ("RMC-SUB-003", (), [], "pass"),
    ("RMC-SUB-003", (), [lssrc("ctrmc rsct active", f"{DRM}inoperative")], "fail"),
    ("RMC-SUB-003", (SETTLE,), [], "unknown"),
    ("RMC-SUB-003", (), [domain(f"O A {IPV4}")], "not_applicable"),
    ("RMC-SUB-004", (), [], "pass"),
    ("RMC-SUB-004", (), [lssrc("ctrmc rsct active", "IBM.HostRM rsct_rm inoperative")], "fail"),
    ("RMC-SUB-004", ("lssrc -a",), [], "unknown"),
    ("RMC-SUB-004", ("lssrc -a",), [WPAR], "not_applicable"),
    ("RMC-SUB-005", (), [], "pass"),
    ("RMC-SUB-005", (), [lssrc("ctrmc rsct warned to stop")], "fail"),
    ("RMC-SUB-005", ("lssrc -a",), [], "unknown"),
    ("RMC-SUB-005", ("lssrc -a",), [WPAR], "not_applicable"),
    ("RMC-SUB-006", (), [], "pass"),
    ("RMC-SUB-006", (), [file("/etc/inittab", INITTAB.replace("ctrmc:2", ":ctrmc:2"))], "fail"),
    ("RMC-SUB-006", ("/etc/inittab",), [], "unknown"),
    ("RMC-SUB-006", ("/etc/inittab",), [WPAR], "not_applicable"),
    ("RMC-SUB-008", (), [], "pass"),
    ("RMC-SUB-008", (), [command("netstat -an", NOT_LISTENING), command("ps -ef", PS)], "fail"),
    ("RMC-SUB-008", (), [command("netstat -an", NOT_LISTENING)], "unknown"),
    ("RMC-SUB-008", ("netstat -an",), [WPAR], "not_applicable"),
    ("RMC-ID-001", (), [], "pass"),
    ("RMC-ID-001", (), [file(VAR, "9f684c509e74d651\n")], "fail"),
    ("RMC-ID-001", (VAR,), [], "unknown"),
    ("RMC-ID-001", (), [file(VAR, state="absent"), file("/etc/ct_node_id", state="absent")], "not_applicable"),
    ("RMC-ID-002", (), [], "pass"),
    ("RMC-ID-002", (), [command("lsnodeid", "9f684c509e74d651\n")], "fail"),
    ("RMC-ID-002", ("lsnodeid",), [], "unknown"),
    ("RMC-ID-002", ("lsnodeid",), [WPAR], "not_applicable"),
    ("RMC-ID-003", (), [], "pass"),
    ("RMC-ID-003", (), [file(VAR, "ffffffffffffffff\n")], "fail"),
    ("RMC-ID-003", (VAR,), [], "unknown"),
    ("RMC-ID-003", (VAR,), [NOT_INSTALLED], "not_applicable"),
    ("RMC-NET-001", (), [], "pass"),
    ("RMC-NET-001", (), [probe(IPV4, "refused")], "fail"),
    ("RMC-NET-001", (f"tcp {IPV4} 657",), [], "unknown"),
    ("RMC-NET-001", (f"tcp {IPV4} 657",), [WPAR], "not_applicable"),
    ("RMC-NET-002", (), [], "pass"),
    ("RMC-NET-002", (), [domain(f"O A {IPV4}")], "fail"),
    ("RMC-NET-002", (SETTLE,), [], "unknown"),
    ("RMC-NET-002", (SETTLE,), [WPAR], "not_applicable"),
    ("RMC-DOM-001", (), [], "pass"),
    ("RMC-DOM-001", (), [domain(f"i A {IPV4}")], "fail"),
    ("RMC-DOM-001", (SETTLE,), [], "unknown"),
    ("RMC-DOM-001", (SETTLE,), [WPAR], "not_applicable"),
    ("RMC-FS-001", (), [], "pass"),
    ("RMC-FS-001", (), [command("df -k /var /tmp /", DF)], "fail"),
    ("RMC-FS-001", ("df -k /var /tmp /",), [], "unknown"),
    ("RMC-FS-003", (), [], "pass"),
    ("RMC-FS-003", (), [command("df -k /var /tmp /", FILLING)], "fail"),
    ("RMC-FS-003", ("df -k /var /tmp /",), [], "unknown"),
    ("RMC-CFG-001", (), [], "pass"),
    ("RMC-CFG-001", (), [file("/etc/services", "ssh 22/tcp\nrmc 658/tcp\n")], "fail"),
    ("RMC-CFG-001", ("/etc/services",), [], "unknown"),
    ("RMC-CFG-001", ("/etc/services",), [WPAR], "not_applicable"),
    ("RMC-FS-004", (), [command("df -i -T /var", INODES.format(share=11))], "pass"),
    ("RMC-FS-004", (), [command("df -i -T /var", INODES.format(share=97))], "fail"),
    ("RMC-FS-004", ("df -k /var /tmp /",), [], "unknown"),
    ("RMC-FS-004", (), [], "not_applicable"),
]


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@pytest.mark.parametrize(("rule", "less", "others", "expected"), CASES)
def test_results(policy: str, rule: str, less: tuple[str, ...], others: list[Evidence], expected: str) -> None:
    assert judge(replaced(without(healthy_aix(), *less), *others), policy)[rule].result == expected


MDEF = "/opt/rsct/cfg/rmdefs/IBM.DRM.mdef"
RPMS = next(item for item in healthy_linux() if item.request.startswith("rpm"))
NO_DRM = lssrc("ctrmc rsct active", f"{MGMT}active", f"{DRM}inoperative")


def rpms(*missing: str) -> Evidence:
    """What rpm lists without these packages."""
    lines = [line for line in RPMS.out.lines if line.split("\t")[0] not in missing]
    return RPMS._replace(out=RPMS.out._replace(lines=tuple(lines)))


LINUX: list[Case] = [
    ("RMC-VER-001", (), [rpms("rsct.core")], "fail"),
    ("RMC-PKG-001", (), [], "pass"),
    ("RMC-PKG-001", (), [rpms("src")], "fail"),
    ("RMC-PKG-001", (RPMS.request,), [], "unknown"),
    ("RMC-PKG-001", (), [rpms("src"), file("/proc/cpuinfo", KVM)], "not_applicable"),
    ("RMC-PKG-003", (), [], "pass"),
    ("RMC-PKG-003", (), [NO_DRM, file(MDEF, state="absent")], "fail"),
    ("RMC-PKG-003", (), [NO_DRM], "unknown"),
    ("RMC-PKG-003", (), [NO_DRM, rpms("DynamicRM")], "not_applicable"),
    ("RMC-PKG-004", (), [], "pass"),
    ("RMC-PKG-004", (), [rpms("DynamicRM")], "fail"),
    ("RMC-PKG-004", (RPMS.request,), [], "unknown"),
    ("RMC-PKG-004", (), [rpms("DynamicRM"), file("/proc/cpuinfo", OPAL)], "not_applicable"),
    ("RMC-VER-003", (), [], "not_applicable"),
    ("RMC-VER-004", (), [], "not_applicable"),
    ("RMC-SUB-006", (), [units("disabled")], "fail"),
    ("RMC-SUB-006", (), [units("")], "fail"),
    ("RMC-SUB-006", (SYSTEMCTL,), [], "unknown"),
    ("RMC-SUB-008", ("ss -ltn",), [], "unknown"),
]


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@pytest.mark.parametrize(("rule", "less", "others", "expected"), LINUX)
def test_results_of_linux(policy: str, rule: str, less: tuple[str, ...], others: list[Evidence], expected: str) -> None:
    evidence = replaced(without(healthy_linux(), *less), *others)
    assert judge(evidence, policy, "linux")[rule].result == expected


IPV6: list[Case] = [
    ("RMC-IP6-001", (), [], "pass"),
    ("RMC-IP6-001", (), [command("ifconfig -a", WITHOUT_LOCAL)], "fail"),
    ("RMC-IP6-001", ("ifconfig -a",), [], "unknown"),
    ("RMC-IP6-001", ("ifconfig -a",), [WPAR], "not_applicable"),
    ("RMC-IP6-002", (), [], "not_applicable"),
    ("RMC-IP6-002", (), [command("ifconfig -a", WITHOUT_LOCAL)], "pass"),
    (
        "RMC-IP6-002",
        (),
        [command("ifconfig -a", IFCONFIG.replace("fe80::9400:30ff:fe5b:7a50", "2001:db8::1"))],
        "fail",
    ),
    ("RMC-IP6-002", ("ifconfig -a",), [], "unknown"),
]


@pytest.mark.parametrize(
    ("policy", "management"), [("powervs-import", "powervs"), ("rmc-core", "powervs"), ("rmc-core", "novalink")]
)
@pytest.mark.parametrize(("rule", "less", "others", "expected"), IPV6)
def test_results_of_ipv6(
    policy: str, management: str, rule: str, less: tuple[str, ...], others: list[Evidence], expected: str
) -> None:
    evidence = replaced(without(healthy_aix(), *less), *others)
    assert judge(evidence, policy, management=management)[rule].result == expected


@pytest.mark.parametrize("management", ["hmc", "none", "unknown"])
def test_rmc_core_judges_ipv6_only_where_it_is_needed(management: str) -> None:
    found = judge(replaced(healthy_aix(), command("ifconfig -a", WITHOUT_LOCAL)), management=management)
    assert found["RMC-IP6-001"].result == "not_applicable"


@pytest.mark.parametrize(("platform", "rule", "less", "others", "parameters", "expected"), cloud_cases.CASES)
def test_results_of_the_cloud(
    platform: str, rule: str, less: tuple[str, ...], others: list[Evidence], parameters: dict[str, str], expected: str
) -> None:
    evidence = replaced(without(cloud_cases.HOSTS[platform](), *less), *others)
    assert judge(evidence, "powervs-import", platform, **parameters)[rule].result == expected


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@pytest.mark.parametrize("result", ["pass", "fail", "unknown"])
def test_the_table_has_every_rule_in_every_result(policy: str, result: str) -> None:
    tried = {rule for rule, _, _, expected in (*CASES, *IPV6, *LINUX) if expected == result}
    tried |= {rule for _, rule, _, _, expected in console_cases.CASES if expected == result}
    tried |= {rule for _, rule, _, _, _, expected in cloud_cases.CASES if expected == result}
    assert tried >= {one.rule.id for one in load(policy).rules}


LEVELS = [
    # level, rmc-core VER-001, VER-002, powervs-import VER-001, VER-002
    ("3.1.0.0", "pass", "fail", "fail", "fail"),
    ("3.2.0.9", "pass", "fail", "fail", "fail"),
    ("3.2.1.0", "pass", "fail", "pass", "fail"),
    ("3.2.6.1", "pass", "fail", "pass", "fail"),
    ("3.2.6.2", "pass", "pass", "pass", "pass"),
    ("3.2.10.0", "pass", "pass", "pass", "pass"),
    ("3.0.9.9", "fail", "fail", "fail", "fail"),
]


@pytest.mark.parametrize(("level", "core", "core_info", "cloud", "cloud_low"), LEVELS)
def test_levels(level: str, core: str, core_info: str, cloud: str, cloud_low: str) -> None:
    found = [judge(replaced(healthy_aix(), lslpp(level)), policy) for policy in ("rmc-core", "powervs-import")]
    results = [one[rule].result for one in found for rule in ("RMC-VER-001", "RMC-VER-002")]
    assert results == [core, core_info, cloud, cloud_low]
    assert [one["RMC-VER-002"].severity for one in found] == ["info", "low"]


@pytest.mark.parametrize(
    ("oslevel", "core", "cloud"),
    [
        ("5300-12-05-1140", "not_applicable", "fail"),
        ("6100-09-12-1846", "not_applicable", "fail"),
        ("7100-05-10-2114", "fail", "fail"),
        ("7300-02-01-2346", "fail", "fail"),
    ],
)
def test_old_aix(oslevel: str, core: str, cloud: str) -> None:
    evidence = replaced(without(healthy_aix(), "uname -a"), command("oslevel -s", f"{oslevel}\n"), lslpp("2.5.5.0"))
    assert [judge(evidence, policy)["RMC-VER-001"].result for policy in ("rmc-core", "powervs-import")] == [core, cloud]


HEALTHY = [
    pytest.param("aix", whole_aix(), id="AIX"),
    pytest.param("vios", whole_vios(), id="VIOS"),
    pytest.param("linux", whole_linux(), id="Linux"),
]


@pytest.mark.parametrize("management", ["unknown", "hmc"])
@pytest.mark.parametrize(("platform", "evidence"), HEALTHY)
def test_a_healthy_host_is_green(platform: str, evidence: list[Evidence], management: str) -> None:
    found = judge(evidence, platform=platform, management=management)
    assert {rule: one.message for rule, one in found.items() if one.result not in ("pass", "not_applicable")} == {}
    assert found["RMC-DOM-001"].result == "pass"


def in_band(evidence: list[Evidence]) -> list[Evidence]:
    """The host with its console in-band and no control point over IP."""
    listing = lssrc("ctrmc rsct active", "mcproxy rsct active", f"{MGMT}active", f"{DRM}active")
    names = command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n")
    return replaced(without(evidence, f"tcp {IPV4} 657"), listing, names, domain(), NO_CONSOLE)


@pytest.mark.parametrize(("platform", "evidence"), HEALTHY)
def test_a_healthy_host_with_its_console_in_band_is_green(platform: str, evidence: list[Evidence]) -> None:
    found = judge(in_band(evidence), platform=platform)
    assert {rule: one.message for rule, one in found.items() if one.result not in ("pass", "not_applicable")} == {}
    assert [found[f"RMC-{name}"].result for name in ("DOM-001", "SUB-003", "NET-001", "NET-002")] == [
        "pass",
        "pass",
        "not_applicable",
        "not_applicable",
    ]


def test_a_healthy_partition_on_powervs_is_green() -> None:
    evidence = replaced(without(whole_aix(), f"tcp {IPV4} 657"), *console_cases.POWERVS, *cloud_packages())
    found = judge(evidence, "powervs-import")
    assert {rule for rule, one in found.items() if one.result != "pass"} == {
        "RMC-VER-007",
        "RMC-ID-005",
        "RMC-NET-006",
        "RMC-IP6-002",
        "RMC-FS-004",
        "RMC-PKG-001",
        "RMC-PKG-003",
        "RMC-PKG-004",
        "RMC-HA-001",
        "RMC-HA-002",
        "RMC-HA-003",
    }


FOREIGN = [
    pytest.param("linux", linux_host(KVM, ""), id="KVM without RSCT"),
    pytest.param("linux", linux_host(OPAL, ""), id="OPAL without RSCT"),
    pytest.param("linux", [command("uname -m", "x86_64\n")], id="x86"),
    pytest.param("linux", [*linux_host(LPAR, "", "rhcos")], id="RHCOS"),
    pytest.param("aix", [WPAR, lslpp(), command("oslevel -s", "7200-05-07-2346\n")], id="workload partition"),
    pytest.param("hmc", [], id="HMC"),
]
RHCOS_UNKNOWN = {
    *("RMC-NET-001", "RMC-NET-002", "RMC-NET-003", "RMC-NET-004", "RMC-NET-005", "RMC-NET-006"),
    *("RMC-DOM-001", "RMC-DOM-002", "RMC-DOM-003", "RMC-DOM-004", "RMC-DOM-005"),
    *("RMC-MCP-001", "RMC-MCP-003", "RMC-MCP-004", "RMC-FS-001", "RMC-FS-003", "RMC-FS-004"),
}


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@pytest.mark.parametrize(("platform", "evidence"), FOREIGN)
def test_kinds_of_host_without_rmc_fail_nothing(policy: str, platform: str, evidence: list[Evidence]) -> None:
    found = judge(evidence, policy, platform)
    assert not [one for one in found.values() if one.result == "fail"]
    assert {rule for rule, one in found.items() if one.result == "unknown"} <= RHCOS_UNKNOWN


@pytest.mark.exhaustive
@pytest.mark.parametrize(("platform", "evidence"), HEALTHY)
@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
def test_losing_any_answer_never_makes_a_fail_and_breaking_it_never_a_pass(
    policy: str, platform: str, evidence: list[Evidence]
) -> None:
    whole = judge(evidence, policy, platform)
    for item in evidence:
        for others in (without(evidence, item.request), replaced(evidence, broken(item, "timeout"))):
            found = judge(others, policy, platform)
            worse = {rule for rule, one in found.items() if one.result == "fail" and whole[rule].result == "pass"}
            better = {rule for rule, one in found.items() if one.result == "pass" and whole[rule].result != "pass"}
            assert (item.request, worse, better) == (item.request, set(), set())


RULES = [pytest.param(one, id=f"{name} {one.rule.id}") for name in sorted(shipped()) for one in load(name).rules]


@pytest.mark.parametrize("one", RULES)
def test_every_rule_says_why_what_to_do_and_where_it_is_from(one: LoadedRule) -> None:
    rule = one.rule
    assert all(len(text) > 20 for text in (rule.rationale, rule.remediation))
    assert rule.title[0].isupper() or rule.title.startswith("ctrmc")
    assert not rule.title.endswith(".")
    assert rule.references
    assert all(link.title for link in rule.references)


def test_rules_that_rest_on_one_remembered_meaning_are_info() -> None:
    severities = {one.rule.id: one.severity for one in load("rmc-core").rules}
    assert {rule for rule, severity in severities.items() if severity == "info"} == {
        "RMC-VER-002",
        "RMC-PKG-003",
        "RMC-SUB-004",
        "RMC-ID-006",
        "RMC-NET-004",
        "RMC-NET-005",
        "RMC-NET-006",
        "RMC-IP6-002",
        "RMC-DOM-003",
        "RMC-DOM-005",
        "RMC-LOG-002",
        "RMC-CFG-001",
        "RMC-HA-002",
    }


NEVER_SAID = ("remembered", "at hand", "one source", "only informs", "so the rule informs")


@pytest.mark.parametrize("one", RULES)
def test_how_it_is_known_is_a_word_of_the_rule_and_no_note_in_its_text(one: LoadedRule) -> None:
    text = str(one.rule.model_dump()).lower()
    assert [words for words in NEVER_SAID if words in text] == []
    assert one.rule.confidence != "reported once" or one.severity == "info"


@pytest.mark.parametrize("one", RULES)
def test_whoever_is_told_of_recfgct_is_told_what_it_does(one: LoadedRule) -> None:
    text = str(one.rule.remediation_unclustered)
    if "recfgct" not in text:
        return
    assert "not supported without direct IBM support instructions" in text
    assert "removes all RSCT data under /var/ct" in text
    assert "`ctsnap` before and another after" in text
    if "recfgct -s" in text:
        assert "no clone has it too" in text


@pytest.mark.parametrize("one", RULES)
def test_no_text_tells_to_restore_rsct_from_a_backup(one: LoadedRule) -> None:
    told = [sentence for sentence in str(one.rule.model_dump()).split(". ") if "/var/ct" in sentence]
    assert [text for text in told if "estore" in text and "never restore" not in text.lower()] == []


OF_OTHERS = {
    "vios": ("technology level", "service pack", "installp", "smitty", "the media of"),
    "ubuntu": ("Power tools repository", "rpm -"),
    "rhcos": ("systemctl", "rpm -", "firewall-cmd", "Power tools repository"),
}


@pytest.mark.parametrize("one", RULES)
@pytest.mark.parametrize("place", OF_OTHERS)
def test_no_system_is_told_what_only_another_has(one: LoadedRule, place: str) -> None:
    platform = place if place == "vios" else "linux"
    if platform in one.rule.platforms and not (place == "rhcos" and one.rule.id not in ON_COREOS):
        texts = {str(name): text for name, text in one.rule.remediation_on.items()}
        text = texts.get(place, one.rule.remediation)
        assert [words for words in OF_OTHERS[place] if words in text] == []


PLAIN_NETWORK = ("in both directions", "routes", "name service", "(LPAR communication)", "not", "service processor")
OF_A_CONSOLE = "RMC on a console restarts only when the console is restarted"
DUE: list[tuple[str, str, tuple[str, ...]]] = [
    # rule, system ("" is what all are told), what is due in its remedy
    ("RMC-VER-001", "vios", ("`updateios`", "`viosupgrade`")),
    ("RMC-VER-004", "vios", ("`updateios`",)),
    ("RMC-VER-005", "vios", ("`updateios`",)),
    ("RMC-NET-003", "vios", ("`viosecure -firewall allow -port 657`",)),
    *(
        (rule, "ubuntu", ("ppa:ibmpackages/rsct",))
        for rule in ("RMC-VER-001", "RMC-VER-005", "RMC-PKG-001", "RMC-PKG-004")
    ),
    ("RMC-NET-001", "", (*PLAIN_NETWORK, OF_A_CONSOLE)),
    ("RMC-NET-002", "", (OF_A_CONSOLE,)),
    ("RMC-DOM-001", "", (*PLAIN_NETWORK, OF_A_CONSOLE, "15 minutes")),
    ("RMC-MCP-001", "", (*PLAIN_NETWORK, OF_A_CONSOLE, "15 minutes")),
    (
        "RMC-IP6-001",
        "",
        ("original boot image", "/var/log/cloud-init-output.log", "rmcctrl -p`", "rmcrefreshMD -s ctrmc`"),
    ),
    *((rule, "", ("never restore /var/ct",)) for rule in ("RMC-ID-001", "RMC-ID-002", "RMC-ID-003")),
]


@pytest.mark.parametrize(("rule", "system", "due"), DUE)
def test_a_remedy_says_what_whoever_follows_it_has_to_know(rule: str, system: str, due: tuple[str, ...]) -> None:
    (one,) = (one.rule for one in load("rmc-core").rules if one.rule.id == rule)
    texts = {str(name): text for name, text in one.remediation_on.items()}
    text = " ".join(texts.get(system, one.remediation).split())
    assert [words for words in due if words.lower() not in text.lower()] == []


ON_COREOS = {"RMC-FS-001", "RMC-FS-003", "RMC-CFG-001", "RMC-NET-003"}
"""What can fail there: the rest of RMC is in a container, so that no rule judges it."""

NAMED = {("policy", "model.py"), ("host", "inittab.py")}
"""The one refuses the words; the other reads inittab, whose entry for RMC holds one of them, and advises nothing."""


def _texts() -> list[Path]:
    package = Path(str(data.__file__)).parent
    found = [*data.folder("policies").glob("*.toml"), *package.rglob("*.py"), *package.rglob("*.toml")]
    return [path for path in found if path.parts[-2:] not in NAMED]


def test_no_text_advises_to_start_or_stop_a_daemon_by_src() -> None:
    texts = {path.name: path.read_text("utf-8").lower() for path in _texts()}
    assert {"rmc-core.toml", "evaluate.py"} <= set(texts)
    assert [name for name, text in texts.items() if "startsrc" in text or "stopsrc" in text] == []


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_can_break_a_cluster_stands_only_in_the_guarded_text(name: str) -> None:
    for one in load(name).rules:
        unclustered = {"remediation_unclustered", "remediation_unclustered_on"}
        unseen = {"remediation_unseen", "remediation_unseen_on"}
        assert not dangers(str(one.rule.model_dump(exclude=unclustered)))
        assert "rmcctrl -s" not in str(one.rule.model_dump(exclude=unclustered | unseen))
