"""The local firewall as a whole: where it is judged, and what several answers say together."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.building import command, facts
from tests.console_answers import DENY, NO_CONSOLE, PERMIT, consoles, ip_filter, nft, resource, zones
from tests.facts.derived.cases import IP_ADDR, broken, card, linux, lssrc, says

CARDS = command("ip addr", IP_ADDR + card("env2", "4 10.0.1.1/24"))
CLOSED = [ip_filter("4", DENY, PERMIT), ip_filter("6", DENY, PERMIT)]
IN_BAND = [
    lssrc("ctrmc rsct active", "mcproxy rsct active"),
    command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n"),
]
FIRST, SECOND = (
    command("lsrsrc IBM.MCP", "\n".join(consoles().out.lines)),
    command("lsrsrc IBM.MCP HMCIPAddr", "\n".join(NO_CONSOLE.out.lines)),
)


@pytest.mark.parametrize(("management", "expected"), [("hmc", "closed"), ("unknown", "closed"), ("none", "n/a")])
def test_management(management: str, expected: str) -> None:
    assert says(facts(*CLOSED, consoles(), management=management).fact("firewall.rmc")) == expected


def test_in_band_needs_no_port() -> None:
    assert says(facts(*CLOSED, *IN_BAND).fact("firewall.rmc")) == "n/a"
    assert says(facts(ip_filter("4"), ip_filter("6"), *IN_BAND).fact("firewall.rmc")) == "open"


@pytest.mark.parametrize(("platform", "expected"), [("hmc", "n/a"), ("", "?not_collected")])
def test_other_platforms(platform: str, expected: str) -> None:
    assert says(facts(platform=platform).fact("firewall.rmc")) == expected


def test_firewalld_and_nft_must_not_contradict_each_other() -> None:
    closed = [zones(ports=""), nft()]
    fact = facts(consoles(), CARDS, *closed, platform="linux", management="hmc").fact("firewall.rmc")
    assert says(fact) == "?conflicting"
    assert {place.request for place in fact.evidence} == {"firewall-cmd --list-all-zones", "nft list ruleset"}


def test_what_decides_is_not_outvoted_by_what_does_not() -> None:
    evidence = [zones(), nft("accept", "ct state established accept", "reject with icmpx admin-prohibited")]
    assert says(facts(consoles(), CARDS, *evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "open"


def test_without_firewalld_the_packet_filter_is_spoken_of() -> None:
    gone = broken(command("firewall-cmd --list-all-zones"), "command_absent")
    skipped = broken(command("nft list ruleset"), "not_collected")
    for evidence in ([gone, skipped], [gone]):
        fact = facts(consoles(), *evidence, platform="linux", management="hmc").fact("firewall.rmc")
        assert (says(fact), "`nft list ruleset`" in fact.says) == ("?not_collected", True)


_SAVE = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A {} --dport {} -j DROP\nCOMMIT\n"
BESIDE = [
    pytest.param(nft("accept", "udp dport 657 drop"), "?conflicting", id="nft"),
    pytest.param(command("iptables-save", _SAVE.format("INPUT -p udp", 657)), "?conflicting", id="iptables"),
    pytest.param(command("iptables-save", _SAVE.format("OUTPUT -p udp", 657)), "open", id="what goes out"),
    pytest.param(command("iptables-save", _SAVE.format("INPUT -p udp", 658)), "open", id="another port"),
    pytest.param(command("ip6tables-save", _SAVE.format("INPUT -p udp", 657)), "open", id="another family"),
]


@pytest.mark.parametrize(("rules", "expected"), BESIDE)
def test_what_refuses_657_beside_firewalld_is_not_passed_over(rules: Evidence, expected: str) -> None:
    fact = facts(consoles(), CARDS, zones(), rules, platform="linux", management="hmc").fact("firewall.rmc")
    assert says(fact) == expected
    assert (rules.request in {place.request for place in fact.evidence}) == (expected == "?conflicting")


def test_consoles_that_contradict_each_other_leave_the_interface_open() -> None:
    evidence = [FIRST, SECOND, CARDS, zones(ports="")]
    assert says(facts(*evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "?conflicting"
    evidence[-1] = zones()
    assert says(facts(*evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "open"


def test_another_console_makes_no_difference_to_one_zone() -> None:
    evidence = [consoles(resource(local="10.0.9.9")), CARDS, zones()]
    assert says(facts(*evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "open"


def test_a_closed_zone_beside_a_dispute_is_no_verdict() -> None:
    """nft accepts, iptables refuses, the zone is closed: without zone and iptables it would pass."""
    refusing = command("iptables-save", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n")
    fact = linux(consoles(), zones(ports="657/tcp"), nft(), refusing).fact("firewall.rmc")
    assert (fact.state, fact.reason) == ("unknown", "conflicting")
    assert {place.request.split()[0] for place in fact.evidence} >= {"firewall-cmd", "nft", "iptables-save"}
