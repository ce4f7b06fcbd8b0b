"""What is said of the line to the console, and what is shown for it. All evidence is constructed."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.facts.groups.test_console import (
    DOWN,
    DUAL,
    NO_HOST,
    NONE,
    OLD_LEVEL,
    POWERVM,
    RUNS,
    SECOND,
    TLS_LEVEL,
    UP,
)
from tests.hosts.building import command, facts, probe
from tests.hosts.cases import IPV4, LOCAL, LPAR, SETTLE, broken, domain, linux_host, lslpp, lssrc, mcp, says


def test_an_absent_daemon_is_named_as_the_cause_too() -> None:
    fact = facts(broken(UP, "not_collected"), lssrc("mcproxy rsct inoperative"), lslpp()).fact("console.connection")
    assert "ctrmc is not running" in fact.says


CONTRARY = command("lssrc -s mcproxy", " mcproxy          rsct                          inoperative\n")
MORE = [
    # what is unknown of in-band RMC passes on its reason, its lines and its command
    pytest.param("in_band", [RUNS, NO_HOST], "?inconclusive", {"lssrc -ls mcproxy", "lssrc -a"}, id="no console shown"),
    pytest.param("connection", [DOWN, RUNS, NO_HOST], "?inconclusive", {SETTLE, "lssrc -ls mcproxy"}, id="down"),
    pytest.param("connection", [domain(), RUNS, NO_HOST], "?inconclusive", {SETTLE, "lssrc -ls mcproxy"}, id="no row"),
    pytest.param("connection", [DOWN, RUNS, CONTRARY], "?conflicting", {SETTLE, "lssrc -s mcproxy"}, id="down, two"),
    pytest.param(
        "connection", [domain(), RUNS, CONTRARY], "?conflicting", {SETTLE, "lssrc -s mcproxy"}, id="none, two"
    ),
]


@pytest.mark.parametrize(("name", "evidence", "expected", "requests"), MORE)
def test_an_unknown_in_band_rmc_is_shown(
    name: str, evidence: list[Evidence], expected: str, requests: set[str]
) -> None:
    fact = facts(*evidence, lslpp(), management="hmc").fact(f"console.{name}")
    assert says(fact) == expected
    assert requests <= {place.request for place in fact.evidence}
    assert fact.settle == ("lssrc -a" if CONTRARY in evidence else "lssrc -ls mcproxy")


def test_why_a_console_may_not_be_due_is_told() -> None:
    fact = facts(domain(), NONE, lslpp()).fact("console.connection")
    assert fact.says.endswith("The kind of host is unknown: nothing in the evidence shows what it runs on.")
    fact = facts(*linux_host(LPAR, distribution="rhcos"), domain(), NONE, platform="linux").fact("console.connection")
    assert "How the partition is managed is unknown" in fact.says


def test_each_probe_that_does_not_decide_is_shown() -> None:
    probes = [broken(probe(f"{LOCAL}%en{n}", ""), "timeout") for n in range(2)]
    fact = facts(domain(f"I A {LOCAL}"), *probes, OLD_LEVEL, NONE).fact("console.tcp")
    assert {place.request for place in fact.evidence} == {f"tcp {LOCAL}%en{n} 657" for n in range(2)}


def test_one_address_in_two_spellings_is_one() -> None:
    fact = facts(domain("I A 2001:db8::9"), mcp("2001:DB8:0::9"), probe("2001:db8::9", "refused"), OLD_LEVEL, NONE)
    assert fact.fact("console.tcp").says.count("refused the connection") == 1


TLS_SAID = [
    pytest.param([probe(LOCAL, "open")], LOCAL, [OLD_LEVEL], "names no interface, so it proves nothing", id="no zone"),
    pytest.param([probe(IPV4, "open", 12601)], IPV4, [], "accepts TLS 12601, but whether this RSCT level", id="level"),
    pytest.param([probe(IPV4, "open", 12601)], IPV4, [TLS_LEVEL], f"{IPV4} accepts TLS 12601.", id="TLS"),
]


@pytest.mark.parametrize(("probes", "address", "level", "text"), TLS_SAID)
def test_what_a_probe_shows_is_told(probes: list[Evidence], address: str, level: list[Evidence], text: str) -> None:
    fact = facts(domain(f"I A {address}"), *probes, *level, NONE, POWERVM).fact("console.tcp")
    assert text in fact.says


def test_two_closed_consoles_are_told_in_one_sentence() -> None:
    fact = facts(DUAL, probe(IPV4, "refused"), probe(SECOND, "timeout"), OLD_LEVEL, NONE, POWERVM).fact("console.tcp")
    assert fact.says == (
        f"{IPV4}, probed on TCP 657, refused the connection: the host is up, but nothing accepts RMC there; "
        f"{SECOND}, probed on TCP 657, did not answer: filtered, or not there."
    )


def test_no_address_to_probe_is_shown() -> None:
    fact = facts(domain(), NONE, OLD_LEVEL, management="hmc").fact("console.tcp")
    assert (fact.settle, {place.request for place in fact.evidence}) == ("lsrsrc IBM.MCP", {SETTLE})
