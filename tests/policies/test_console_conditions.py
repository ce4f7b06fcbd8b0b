"""When the rules of `console_cases` are not judged: on other kinds of host, shortly after a start, by old evidence."""

from pathlib import Path

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file, judge, probe, replaced, without
from tests.hosts.cases import IPV4, KVM, LPAR, OPAL, SETTLE, domain, lines, lssrc
from tests.hosts.consoles import NO_CONSOLE, consoles, resource, thl
from tests.policies.console_cases import CASES, DOWN, HOSTS, MINUTES, NAMES, TWICE, WITH_GONE

Fault = tuple[str, list[Evidence]]
NO_GRACE = command("uptime", "  10:14AM   up 4 days,   3:00,  2 users,  load average: 1.20, 1.11, 1.04\n")
FAULTS: list[Fault] = [
    ("RMC-DOM-001", [DOWN]),
    ("RMC-DOM-002", [DOWN]),
    ("RMC-DOM-003", [domain(f"Z A {IPV4}")]),
    ("RMC-DOM-004", TWICE),
    ("RMC-DOM-005", [domain(f"I r {IPV4}")]),
    ("RMC-NET-001", [probe(IPV4, "refused")]),
    ("RMC-NET-002", [DOWN]),
    ("RMC-MCP-001", [NO_CONSOLE, DOWN]),
    ("RMC-MCP-003", [consoles(resource(node_id=7))]),
    ("RMC-MCP-004", [consoles(resource(local="10.0.1.2"))]),
    ("RMC-AUTH-004", [WITH_GONE, thl("lpar1", "hmc1", "hmc0")]),
    ("RMC-SUB-003", [lssrc("ctrmc rsct active", "IBM.DRM rsct_rm inoperative")]),
]
"""The rules about the connection, each with what it fails by."""
PS = "  PID ELAPSED COMMAND\n    1 4-03:00:00 /etc/init\n  900 {time} /opt/rsct/bin/rmcd -a IBM.LPCommands -r\n"
STIME = (
    "UID PID PPID C STIME TTY TIME CMD\nroot 1 0 0 Nov 01 - 0:12 /etc/init\n"
    "root 54 39 0 {time} - 1:22 /opt/rsct/bin/rmcd -r\n"
)
SHOW = "Id=ctrmc.service\nLoadState=loaded\nActiveState=active\nActiveEnterTimestamp=Fri 2026-11-20 {time} UTC\n"
STARTS = [
    # platform, what tells a start 14 minutes before, and one 15 minutes before
    pytest.param(
        "aix",
        [MINUTES],
        [command("uptime", "  10:14AM   up 15 mins,  2 users,  load average: 1.20, 1.11, 1.04\n")],
        id="uptime",
    ),
    pytest.param(
        "linux",
        [file("/proc/uptime", "899.99 100.00\n")],
        [file("/proc/uptime", "900.00 100.00\n")],
        id="/proc/uptime",
    ),
    pytest.param(
        "aix",
        [NO_GRACE, command("ps -A -o pid,etime,args", PS.format(time="14:59"))],
        [NO_GRACE, command("ps -A -o pid,etime,args", PS.format(time="15:00"))],
        id="rmcd by the time that it runs",
    ),
    pytest.param(
        "aix",
        [NO_GRACE, command("ps -ef", STIME.format(time="09:59:30"))],
        [NO_GRACE, command("ps -ef", STIME.format(time="09:59:00"))],
        id="rmcd by the time of day",
    ),
    pytest.param(
        "linux",
        [command("systemctl show ctrmc", SHOW.format(time="02:45:01"))],
        [command("systemctl show ctrmc", SHOW.format(time="02:45:00"))],
        id="systemd",
    ),
]


def rule_of(
    rule: str, platform: str, evidence: list[Evidence], policy: str = "rmc-core", **parameters: str
) -> tuple[str, str | None]:
    found = judge(evidence, policy, platform, **parameters)[rule]
    return found.result, found.reason


@pytest.mark.exhaustive
@pytest.mark.parametrize(("rule", "fault"), FAULTS)
@pytest.mark.parametrize(("platform", "young", "old"), STARTS)
def test_a_connection_gets_15_minutes(
    rule: str, fault: list[Evidence], platform: str, young: list[Evidence], old: list[Evidence]
) -> None:
    bad = replaced(HOSTS[platform](), *fault)
    assert rule_of(rule, platform, bad) == ("fail", None)
    assert rule_of(rule, platform, [*bad, *old]) == ("fail", None)
    found = judge([*bad, *young], platform=platform)[rule]
    assert (found.result, found.reason) == ("unknown", "settling")
    assert young[-1].out.lines[-1].strip() in lines(found.evidence) or young[-1].argv[0] == "systemctl"


@pytest.mark.exhaustive
@pytest.mark.parametrize("rule", [rule for rule, _ in FAULTS])
@pytest.mark.parametrize(("platform", "young", "old"), STARTS)
def test_what_is_right_already_passes(rule: str, platform: str, young: list[Evidence], old: list[Evidence]) -> None:
    assert rule_of(rule, platform, [*HOSTS[platform](), *young]) == ("pass", None)
    assert rule_of(rule, platform, [*HOSTS[platform](), *old]) == ("pass", None)


OTHERS = [
    (platform, rule, less, others)
    for platform, rule, less, others, expected in CASES
    if expected == "fail" and rule not in {rule for rule, _ in FAULTS}
]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("platform", "rule", "less", "others"), OTHERS)
def test_no_other_rule_waits(platform: str, rule: str, less: tuple[str, ...], others: list[Evidence]) -> None:
    young = file("/proc/uptime", "60.00 100.00\n") if platform == "linux" else MINUTES
    evidence = [*replaced(without(HOSTS[platform](), *less), *others), young]
    assert rule_of(rule, platform, evidence) == ("fail", None)


DECIDED = [case[:4] for case in CASES if case[4] in ("pass", "fail")]
OLD = 'schema = 1\nid = "aged"\ntitle = "Only what is new"\nversion = "1"\nextends = "rmc-core"\nmax_age = "{age}"\n'


@pytest.mark.exhaustive
@pytest.mark.parametrize(("age", "ended", "stale"), [("30m", True, True), ("2h", True, False), ("365d", False, True)])
@pytest.mark.parametrize(("platform", "rule", "less", "others"), DECIDED)
def test_old_evidence_and_evidence_of_unknown_age_is_stale(
    tmp_path: Path,
    platform: str,
    rule: str,
    less: tuple[str, ...],
    others: list[Evidence],
    age: str,
    ended: bool,
    stale: bool,
) -> None:
    policy = tmp_path / "aged.toml"
    policy.write_text(OLD.format(age=age), "utf-8")
    evidence = replaced(without(HOSTS[platform](), *less), *others)
    if not ended:
        evidence = [item._replace(ended=None) for item in evidence]
    found = rule_of(rule, platform, evidence, str(policy))
    assert (found == ("unknown", "stale")) == stale
    assert stale or found == rule_of(rule, platform, evidence)


WPAR, FULL = command("uname -W", "3\n"), command("uname -L", "-1 NULL\n")
GUEST, OPEN_POWER, PARTITION = (file("/proc/cpuinfo", text) for text in (KVM, OPAL, LPAR))
CORE_OS = file("/etc/os-release", 'NAME="Red Hat Enterprise Linux CoreOS"\nID="rhcos"\n')
EVERYWHERE = frozenset({"RMC-ID-005", "RMC-HA-001", "RMC-HA-002", "RMC-HA-003"})
"""Rules that ask nothing of a console: only a workload partition and Red Hat CoreOS have nothing of them."""
KINDS = [
    # platform, what shows the kind, management; the results of rules on consoles, of the others
    pytest.param("aix", [], "hmc", "fail", "fail", id="partition"),
    pytest.param("aix", [WPAR], "unknown", "not_applicable", "not_applicable", id="workload partition"),
    pytest.param("aix", [FULL], "unknown", "not_applicable", "fail", id="full system"),
    pytest.param("aix", [], "none", "not_applicable", "fail", id="managed by nobody"),
    pytest.param("linux", [PARTITION], "hmc", "fail", "fail", id="partition with Linux"),
    pytest.param("linux", [GUEST], "unknown", "not_applicable", "fail", id="KVM"),
    pytest.param("linux", [OPEN_POWER], "unknown", "not_applicable", "fail", id="OPAL"),
    pytest.param("linux", [CORE_OS], "unknown", "", "not_applicable", id="Red Hat CoreOS"),
]
FAILING = [case[:4] for case in CASES if case[4] == "fail" and case[1] != "RMC-ID-006"]
FAILING += [(platform, rule, (), fault) for rule, fault in FAULTS for platform in ("aix", "linux")]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("platform", "kind", "management", "console", "other"), KINDS)
def test_kinds_of_host(platform: str, kind: list[Evidence], management: str, console: str, other: str) -> None:
    for system, rule, less, others in FAILING:
        if system != platform:
            continue
        evidence = replaced(without(HOSTS[system](), *less), *others, *kind)
        result, reason = rule_of(rule, system, evidence, management=management)
        expected = other if rule in EVERYWHERE else console
        assert result == expected or (not expected and (result, reason) != ("fail", None)), rule


OTHERWISE = {
    ("RMC-HA-003", SETTLE): NAMES,
    ("RMC-LOG-001", SETTLE): NAMES,
    ("RMC-NET-001", f"tcp {IPV4} 657"): "rmccomply collect ssh HOST --sudo --probe",
    ("RMC-NET-003", "firewall-cmd --list-all-zones"): "rmccomply collect ssh HOST --sudo",
}
"""Where the command to name is not the one whose answer was lost: it tells more, or is what asks without harm."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", ["aix", "vios", "linux"])
def test_an_unknown_names_the_answer_that_was_lost(platform: str) -> None:
    rules = {rule for _, rule, _, _, _ in CASES} | {rule for rule, _ in FAULTS} - {"RMC-SUB-003"}
    named = set()
    for item in HOSTS[platform]():
        found = judge(without(HOSTS[platform](), item.request), platform=platform)
        for rule in sorted(rules):
            if found[rule].result == "unknown":
                request = OTHERWISE.get((rule, item.request), item.request)
                assert found[rule].settle.removeprefix("cat ").replace("--vios", "--sudo") == request
                named.add(rule)
    assert len(named) > 15
