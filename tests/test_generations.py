"""The first promise to users: a healthy host is red for nothing, and what stays open has its reason."""

from collections.abc import Iterable

import pytest

from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Evidence
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.finding import Finding
from rmccomply.inputs.read import Loaded
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.reading import Readings, Unread
from rmccomply.sources.requests import source_of
from tests.hosts.building import NOW, bundle
from tests.hosts.generations import HOSTS, Host

ALL = pytest.mark.parametrize("name", HOSTS)
RULES = tuple(loaded.rule.id for loaded in load("rmc-core").rules)
NEVER = {"RMC-FS-004", "RMC-IP6-002"}
"""Their file systems make inodes as needed; global addresses are judged only for want of a local one."""
OF_OTHERS = {
    "aix": {"RMC-PKG-001", "RMC-PKG-003", "RMC-PKG-004"},
    "vios": {"RMC-PKG-001", "RMC-PKG-003", "RMC-PKG-004", "RMC-VER-003", "RMC-HA-002", "RMC-IP6-001"},
    "linux": {"RMC-VER-003", "RMC-VER-004", "RMC-ID-006", "RMC-HA-002", "RMC-LOG-002"},
}
"""Rules for other platforms."""
OVER_IP = {
    *("RMC-NET-001", "RMC-NET-002", "RMC-NET-004", "RMC-NET-005", "RMC-NET-006"),
    *("RMC-DOM-002", "RMC-DOM-003", "RMC-DOM-004", "RMC-DOM-005"),
    *("RMC-MCP-001", "RMC-MCP-003", "RMC-MCP-004", "RMC-AUTH-001", "RMC-AUTH-004"),
}
"""Rules about consoles over IP, of which an in-band partition has none."""
CSM = {
    *("RMC-NET-004", "RMC-NET-005", "RMC-NET-006", "RMC-MCP-003", "RMC-MCP-004", "RMC-AUTH-001"),
    *("RMC-AUTH-004", "RMC-VER-001", "RMC-LOG-001"),
}
"""Rules about the class IBM.MCP, a minimum level and a log that the CSM generation did not have."""


def not_due(name: str, host: Host) -> set[str]:
    """The rules that do not apply to this host."""
    found = NEVER | OF_OTHERS[host.platform]
    for applies, rules in (
        (host.management == "hmc", {"RMC-IP6-001"}),
        (host.management != "powervs", {"RMC-ID-005"}),
        (not name.startswith(("caa", "powerha", "samp")) and not name.endswith("ssp"), {"RMC-HA-001", "RMC-HA-003"}),
        (not name.startswith("powerha"), {"RMC-HA-002"}),
        (name.endswith("in-band"), OVER_IP),
        (name == "aix-5.3", CSM),
    ):
        found = found | rules if applies else found
    return found


OF_THE_CLOUD = tuple(one.rule.id for one in load("powervs-import").rules if one.rule.id not in RULES)


def not_in_the_cloud(host: Host) -> set[str]:
    """The rules of Power Virtual Server that do not apply: no mksysb is on its way, and Linux has no filesets."""
    return {"RMC-VER-007", *(("RMC-VER-006", "RMC-PKG-006") if host.platform == "linux" else ())}


def judged(
    evidence: Iterable[Evidence], platform: str, policy: str = "rmc-core", **parameters: str
) -> tuple[Finding, ...]:
    """All findings, one a rule and subject."""
    _, chosen = choose([load(policy)], Choice(parameters=parameters))
    loaded = Loaded(Readings(evidence), name="node11", platform=platform)
    return tuple(assess(loaded, compile_rules(chosen, NOW)).findings)


def results(findings: Iterable[Finding]) -> dict[str, str]:
    """Rule to result, with the reason of an unknown one."""
    return {one.rule: f"{one.result} {one.reason or ''}".strip() for one in findings}


def expected(name: str) -> dict[str, str]:
    host = HOSTS[name]
    table = dict.fromkeys(RULES, "pass") | dict.fromkeys(not_due(name, host), "not_applicable")
    table |= dict.fromkeys(host.informs, "fail")
    return table | {rule: f"unknown {reason}" for rule, (reason, _) in host.unknown.items()}


@ALL
def test_a_healthy_host_passes_what_applies(name: str) -> None:
    host = HOSTS[name]
    found = judged(host.evidence, host.platform)
    assert results(found) == expected(name)
    assert {one.severity for one in found if one.result == "fail"} <= {"info"}


@ALL
def test_declaring_how_it_is_managed_changes_nothing(name: str) -> None:
    host = HOSTS[name]
    assert results(judged(host.evidence, host.platform, management=host.management)) == expected(name)


@ALL
def test_a_bundle_of_it_says_the_same(name: str) -> None:
    host = HOSTS[name]
    system = {"aix": "AIX", "vios": "VIOS", "linux": "Linux"}[host.platform]
    read = read_bundle(bundle(host.evidence, "node11", system), "node11.rmcc")
    assert read.notifications == ()
    assert results(judged(read.evidence, read.platform)) == expected(name)


@ALL
def test_captures_of_it_fail_nothing_either(name: str) -> None:
    """Nobody recorded how the commands ended, so that an empty answer is none; still nothing is red."""
    host = HOSTS[name]
    captures = [item._replace(exit_status=None, ended=None, line=0) for item in host.evidence if item.state == "exit"]
    found = results(judged(captures, host.platform))
    assert {rule for rule, result in found.items() if result == "fail"} == set(host.informs)


@ALL
def test_every_answer_is_read_but_those_that_are_none(name: str) -> None:
    host = HOSTS[name]
    assert [item.request for item in host.evidence if source_of(item.kind, item.argv) is None] == []
    readings = Readings(host.evidence).all()
    assert {one.name for one in readings if isinstance(one, Unread) or one.partial} == host.unread


@ALL
def test_the_cluster_guard_sees_clusters_and_rules_out_none_that_is_there(name: str) -> None:
    host = HOSTS[name]
    clustered = not {"RMC-HA-003"} <= not_due(name, host)
    facts = Facts(Readings(host.evidence), host.platform)
    assert facts.fact("cluster.presence").value == ("present" if clustered else "ruled_out")


@pytest.mark.parametrize("name", [name for name, host in HOSTS.items() if host.management == "powervs"])
def test_what_runs_on_power_virtual_server_is_ready_for_it(name: str) -> None:
    host = HOSTS[name]
    found = results(judged(host.evidence, host.platform, "powervs-import"))
    assert found == expected(name) | dict.fromkeys(OF_THE_CLOUD, "pass") | dict.fromkeys(
        not_in_the_cloud(host), "not_applicable"
    )


def test_each_rule_passes_somewhere() -> None:
    """But those that ask after what no healthy host here shows."""
    passed = {rule for name in HOSTS for rule, result in expected(name).items() if result == "pass"}
    assert set(RULES) - passed == NEVER


def test_each_fact_is_known_somewhere() -> None:
    """But those of images, which no partition in use is."""
    told = {
        fact.name
        for host in HOSTS.values()
        for fact in Facts(Readings(host.evidence), host.platform).every()
        if fact.state == "known"
    }
    told |= {name for name in FACTS if name.startswith("image.")}
    assert FACTS.keys() - told == {"var_ct.inode_percent", "ipv6.global_addresses"}


def test_what_stays_open_is_said_why() -> None:
    for host in HOSTS.values():
        assert all(len(why) > 40 for why in (*(text for _, text in host.unknown.values()), *host.informs.values()))
