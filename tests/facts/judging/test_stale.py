"""Consoles that are gone, beside the one that took their place."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.stale import stale
from tests.hosts.building import facts, judge, replaced
from tests.hosts.cases import IPV4, broken, domain, lssrc
from tests.hosts.consoles import NODE_ID, consoles, resource, thl, whole_aix

NONE = lssrc("ctrmc rsct active")
OLD = resource(2, "10.9.8.8", node_id=7, machine="7042-CR9*0612345", token="hmc0", local="10.0.7.7")
REPLACED = resource(2, "10.9.8.8", node_id=NODE_ID + 1, token="hmc0", local="10.0.7.7")
UP, DOWN = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
BOTH = domain(f"I A {IPV4}", "O A 10.9.8.8")
KEPT = resource(2, IPV4, node_id=NODE_ID + 1, machine="7042-CR8*1234567", token="hmcalt", local="10.0.7.7")
SAME_ADDRESS = domain(f"I A {IPV4}", f"O A {IPV4}")
LOCAL = "fe80::9ac:1"
CASES = [
    pytest.param([consoles(resource(), KEPT), SAME_ADDRESS], [2], id="its address is that of another, which is up"),
    pytest.param([consoles(resource(), KEPT), domain(f"I A {IPV4}", f"i A {IPV4}")], [], id="the other is pending"),
    pytest.param([consoles(resource(), KEPT), domain(f"O A {IPV4}", f"O A {IPV4}")], [], id="neither is up"),
    pytest.param(
        [consoles(resource(address=LOCAL), KEPT.replace(IPV4, LOCAL)), domain(f"I A {LOCAL}", f"O A {LOCAL}")],
        [],
        id="a link-local address, which both may have",
    ),
    pytest.param([consoles(), UP], [], id="none"),
    pytest.param([consoles(resource(), OLD), UP], [2], id="no control point"),
    pytest.param([consoles(resource(), REPLACED), BOTH], [2], id="its machine is connected by another"),
    pytest.param([consoles(resource(), REPLACED), domain(f"I A {IPV4}", "I A 10.9.8.8")], [], id="two that are up"),
    pytest.param(
        [consoles(resource(), OLD.replace("= 7\n", f"= {NODE_ID + 1}\n")), BOTH], [], id="another that is down"
    ),
    pytest.param([consoles(resource(), OLD), DOWN], [], id="no console is connected"),
    pytest.param([consoles(resource(), OLD), broken(UP, "truncated", partial=True)], [], id="control points cut"),
    pytest.param([consoles(resource(), OLD)], [], id="control points not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), CASES)
def test_a_console_is_gone_where_another_is_connected(evidence: list[Evidence], expected: list[int]) -> None:
    assert [row.number for row in facts(NONE, *evidence, management="hmc").cached(stale)] == expected


def test_in_band_a_console_without_a_control_point_is_not_gone() -> None:
    in_band = lssrc("ctrmc rsct active", "mcproxy rsct active")
    assert facts(in_band, consoles(resource(), OLD), UP, management="hmc").cached(stale) == ()


@pytest.mark.parametrize(("old", "points"), [(OLD, UP), (REPLACED, BOTH), (KEPT, SAME_ADDRESS)])
def test_a_console_that_is_gone_is_not_asked_for_trust_or_addresses(old: str, points: Evidence) -> None:
    host = replaced(whole_aix(), consoles(resource(), old), points)
    assert {rule: judge(host)[rule].result for rule in ("RMC-AUTH-001", "RMC-MCP-004")} == {
        "RMC-AUTH-001": "pass",
        "RMC-MCP-004": "pass",
    }


def test_a_console_that_is_connected_is_asked_all_the_same() -> None:
    host = replaced(whole_aix(), consoles(resource(local="10.0.7.7"), OLD), thl("lpar1", "hmc0"))
    assert {rule: judge(host)[rule].result for rule in ("RMC-AUTH-001", "RMC-MCP-004")} == {
        "RMC-AUTH-001": "unknown",
        "RMC-MCP-004": "fail",
    }


def test_an_address_that_has_another_console_now_is_not_said_to_be_down() -> None:
    found = judge(replaced(whole_aix(), consoles(resource(), KEPT), SAME_ADDRESS))
    told = found["RMC-DOM-002"]
    node_id = f"0x{NODE_ID + 1:016x}"
    assert (told.result, told.subject) == ("fail", node_id)
    assert told.message == (
        f"The entry of the console with the node ID {node_id} is stale: {IPV4} is now the address of another console, "
        "which is up."
    )
    assert found["RMC-DOM-001"].notes == (
        f"An old console entry with the node ID {node_id} is left; its address was {IPV4}.",
    )
