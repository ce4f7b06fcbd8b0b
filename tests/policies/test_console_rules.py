"""The rules of `console_cases`, and what some of them say: stale entries, subjects, grace, contradictions."""

import pytest

from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from rmccomply.inputs.read import Loaded
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.reading import Readings
from tests.hosts.building import NOW, command, file, judge, probe, replaced, without
from tests.hosts.cases import IPV4, domain, lines, lssrc
from tests.hosts.consoles import consoles, log, resource, sockets, thl, vhbac
from tests.policies.console_cases import CASES, DOWN, HOSTS, MINUTES, STALE


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@pytest.mark.parametrize(("platform", "rule", "less", "others", "expected"), CASES)
def test_results(
    policy: str, platform: str, rule: str, less: tuple[str, ...], others: list[Evidence], expected: str
) -> None:
    found = judge(replaced(without(HOSTS[platform](), *less), *others), policy, platform)[rule]
    assert found.result == expected
    assert found.evidence or found.reason == "not_collected" or (platform, rule) == ("linux", "RMC-ID-006")
    assert bool(found.settle) == (found.result == "unknown")


def every(evidence: list[Evidence], rule: str) -> list[Finding]:
    """All findings of one rule, one a subject."""
    _, chosen = choose([load("rmc-core")], Choice())
    loaded = Loaded(Readings(evidence), name="lpar1", platform="aix")
    found = assess(loaded, compile_rules(chosen, NOW))
    return [finding for finding in found.findings if finding.rule == rule]


def test_a_dead_entry_of_a_connected_console_is_called_stale() -> None:
    (found,) = every(replaced(HOSTS["aix"](), *STALE), "RMC-DOM-002")
    assert found.subject == IPV4
    assert found.severity == "low"
    assert "is down by heartbeat. It is a stale entry: its console 7063-CR2*78AB123 is connected" in found.message
    assert [place.text.split()[0] for place in found.evidence] == ["O", "HMCName", "HMCName"]


def test_a_dead_second_console_is_not() -> None:
    second = resource(2, "10.9.8.8", node_id=0x12B6B4FD1CEBB702, machine="7063-CR2*1234567")
    others = [domain(f"I A {IPV4}", "O A 10.9.8.8"), consoles(resource(), second)]
    (found,) = every(replaced(HOSTS["aix"](), *others), "RMC-DOM-002")
    assert (found.subject, found.message) == ("10.9.8.8", "The control point 10.9.8.8 is down by heartbeat.")


SUBJECTS = [
    pytest.param("RMC-DOM-002", [domain(f"O A {IPV4}", "i A 10.9.8.8")], [IPV4, "10.9.8.8"], id="control points"),
    pytest.param(
        "RMC-AUTH-001",
        [consoles(resource(token="a"), resource(2, token="b")), thl("c"), DOWN],
        ["a", "b"],
        id="identities of consoles",
    ),
    pytest.param("RMC-NET-006", [sockets("192.0.2.1")], ["192.0.2.1"], id="far ends"),
    pytest.param(
        "RMC-LOG-001",
        [log("2613-024", "2613-016", "2613-008", "2613-034"), DOWN],
        ["network", "refused"],
        id="kinds of error",
    ),
    pytest.param("RMC-AUTH-003", [vhbac("Attention"), DOWN], ["identity 10.0.1.1"], id="tests of ctsvhbac"),
]


@pytest.mark.parametrize(("rule", "others", "expected"), SUBJECTS)
def test_one_finding_a_subject(rule: str, others: list[Evidence], expected: list[str]) -> None:
    found = every(replaced(HOSTS["aix"](), *others), rule)
    assert [one.subject for one in found] == expected
    assert {one.result for one in found} == {"fail"}
    assert len({one.fingerprint for one in found}) == len(expected)
    assert all(one.subject.split()[-1] in one.message or rule == "RMC-LOG-001" for one in found)


def test_attention_while_a_console_is_connected_is_a_note() -> None:
    found = judge(replaced(HOSTS["aix"](), vhbac("Attention: not in the list")))["RMC-AUTH-003"]
    assert found.notes == ("ctsvhbac says of the identity 10.0.1.1: Attention: not in the list.",)
    assert "Status:  Attention" in lines(found.evidence)


UNSETTLED = [
    ("RMC-DOM-001", [DOWN]),
    ("RMC-DOM-002", [DOWN]),
    ("RMC-NET-001", [probe(IPV4, "refused")]),
    ("RMC-NET-002", [DOWN]),
    ("RMC-MCP-001", [command("lsrsrc IBM.MCP", "Resource Persistent Attributes for IBM.MCP\n"), DOWN]),
    ("RMC-MCP-003", [consoles(resource(node_id=7))]),
    ("RMC-MCP-004", [consoles(resource(local="10.0.1.2"))]),
    ("RMC-SUB-003", [lssrc("ctrmc rsct active", "IBM.DRM rsct_rm inoperative")]),
]


@pytest.mark.parametrize(("rule", "fault"), UNSETTLED)
def test_a_connection_settles_first(rule: str, fault: list[Evidence]) -> None:
    evidence = replaced(HOSTS["aix"](), *fault)
    assert judge(evidence)[rule].result == "fail"
    found = judge([*evidence, MINUTES])[rule]
    assert (found.result, found.reason) == ("unknown", "settling")
    assert "up 8 mins" in lines(found.evidence)


@pytest.mark.parametrize("rule", [rule for rule, _ in UNSETTLED])
def test_a_pass_needs_no_grace(rule: str) -> None:
    assert judge([*HOSTS["aix"](), MINUTES])[rule].result == "pass"


def test_other_rules_have_no_grace() -> None:
    evidence = replaced(HOSTS["aix"](), file("/var/ct/cfg/ct_node_id", "1234567890abcdef\n"), MINUTES)
    assert judge(evidence)["RMC-ID-001"].result == "fail"


def test_two_sources_that_contradict_each_other_are_both_shown() -> None:
    evidence = replaced(HOSTS["aix"](), consoles(resource(address="10.9.8.99")))
    found = judge(evidence)["RMC-MCP-003"]
    assert (found.result, found.reason) == ("unknown", "conflicting")
    assert {place.request for place in found.evidence} == {"lsrsrc IBM.MCP", "rmcdomainstatus -s ctrmc -a ip"}
    assert "0x12b6b4fd1cebb701" in lines(found.evidence)
    assert f"NodeID            = {0x12B6B4FD1CEBB701}" in lines(found.evidence)
