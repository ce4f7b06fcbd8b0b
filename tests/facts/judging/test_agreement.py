"""Copies of rmcdomainstatus and lsrsrc that show the same consoles bear what their rows say against a host; no more."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.agreement import same_consoles
from rmccomply.facts.judging.resources import resources
from tests.hosts.building import command, facts, status
from tests.hosts.cases import lslpp, says
from tests.hosts.consoles import TITLE, resource

ASKED = "rmcdomainstatus -s ctrmc -a ip"
FIRST, SECOND = 0x12B6B4FD1CEBB701, 0x12B6B4FD1CEBB702
LAST = '        NodeNameList      = {"lpar1"}\n'


def shown(*states: str) -> Evidence:
    """A copy of rmcdomainstatus with the first consoles in these states."""
    rows = "".join(
        f"  {state} A  0x{node:016x}  0001  10.9.8.{node & 0xF}\n"
        for state, node in zip(states, (FIRST, SECOND), strict=False)
    )
    return command(
        "rmcdomainstatus -s ctrmc -a ip", f"Management Domain Status: Management Control Points\n{rows}", None
    )


def kept(*nodes: int, drop: str = "") -> Evidence:
    """A copy of lsrsrc with these consoles."""
    rows = "".join(resource(n, f"10.9.8.{node & 0xF}", node_id=node) for n, node in enumerate(nodes, 1))
    return command("lsrsrc IBM.MCP", TITLE + (rows.removesuffix(drop) if drop else rows), None)


CASES = [
    pytest.param([shown("O"), kept(FIRST)], True, id="one console"),
    pytest.param([shown("O", "I"), kept(SECOND, FIRST)], True, id="two, in any order"),
    pytest.param([shown("O"), kept(FIRST, SECOND)], False, id="a row is lost"),
    pytest.param([shown("O", "I"), kept(FIRST)], False, id="a resource is lost"),
    pytest.param([shown("O"), kept(SECOND)], False, id="each shows another"),
    pytest.param([shown("O"), kept(FIRST, drop=LAST)], False, id="a resource that is cut"),
    pytest.param([shown("O")], False, id="one alone"),
    pytest.param([kept(FIRST)], False, id="the other alone"),
    pytest.param([shown(), kept()], False, id="none at all"),
]


@pytest.mark.parametrize(("evidence", "same"), CASES)
def test_what_shows_the_same(evidence: list[Evidence], same: bool) -> None:
    assert same_consoles(facts(*evidence)) is same


def test_a_node_id_that_is_none_agrees_with_nothing() -> None:
    odd = command(
        "rmcdomainstatus -s ctrmc -a ip",
        "Management Domain Status: Management Control Points\n  O A  0x12  0001  10.9.8.1\n",
        None,
    )
    assert not same_consoles(facts(odd, kept(1 << 70)))


IN_BAND_NO = command("oslevel -s", "7200-05-07-2346\n")


@pytest.mark.parametrize(
    ("evidence", "connection"),
    [
        ([shown("O"), kept(FIRST)], "down"),
        ([shown("O"), kept(FIRST, SECOND)], "?truncated"),
        ([shown("O")], "?truncated"),
        ([shown("I"), kept(FIRST, SECOND)], "up"),
        ([command(ASKED, status("O A 10.9.8.1"))], "down"),
    ],
)
def test_a_console_is_down_only_where_no_other_can_be_lost(evidence: list[Evidence], connection: str) -> None:
    assert says(facts(*evidence, IN_BAND_NO, lslpp()).fact("console.connection")) == connection


@pytest.mark.parametrize("name", ["control_points.down", "control_points.pending", "control_points.queued"])
def test_the_same_consoles_prove_no_absence(name: str) -> None:
    """Each may have shown another one, which the other rightly has not, and be cut there."""
    found = facts(shown("I"), kept(FIRST), IN_BAND_NO, lslpp()).fact(name)
    assert (found.state, found.reason) == ("unknown", "truncated")


def test_the_same_resources_are_not_all() -> None:
    assert not facts(shown("I"), kept(FIRST), IN_BAND_NO).cached(resources).whole
