"""The local firewall as a whole: where it is judged, and what several answers say together."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.building import command, facts
from tests.console_answers import DENY, NO_CONSOLE, PERMIT, consoles, ip_filter, nft, resource, zones
from tests.facts.derived.cases import IP_ADDR, KVM, broken, card, linux, linux_host, lssrc, says

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


OF_MY_OWN = zones("my-rmc", "")
STATEFUL = nft("accept", "ct state established accept", "reject with icmpx admin-prohibited")
UNTOLD = [
    pytest.param([OF_MY_OWN, broken(nft(), "denied")], "cat /etc/firewalld/services/my-rmc.xml", id="a zone"),
    pytest.param([broken(zones(), "denied"), STATEFUL], "nft list ruleset", id="rules"),
    pytest.param(
        [OF_MY_OWN, broken(nft(), "truncated", partial=True)],
        "cat /etc/firewalld/services/my-rmc.xml",
        id="both: the zone first",
    ),
]


def test_a_contradiction_speaks_before_what_is_only_not_plain() -> None:
    refusing = command("iptables-save", _SAVE.format("INPUT -p udp", 657))
    assert says(linux(consoles(), CARDS, OF_MY_OWN, nft(), refusing).fact("firewall.rmc")) == "?conflicting"


@pytest.mark.parametrize(("evidence", "settle"), UNTOLD)
def test_what_is_read_speaks_before_what_is_not(evidence: list[Evidence], settle: str) -> None:
    fact = facts(consoles(), CARDS, *evidence, platform="linux", management="hmc").fact("firewall.rmc")
    assert (says(fact), fact.settle) == ("?inconclusive", settle)


def test_a_kind_of_host_without_rmc_is_told_before_a_contradiction() -> None:
    assert says(facts(*linux_host(KVM), FIRST, SECOND, zones(ports=""), platform="linux").fact("firewall.rmc")) == "n/a"


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
    pytest.param(
        command("iptables-save", _SAVE.format("INPUT -p tcp -m set --match-set banned src", 22)), "open", id="a ban"
    ),
]


@pytest.mark.parametrize(("rules", "expected"), BESIDE)
def test_what_refuses_657_beside_firewalld_is_not_passed_over(rules: Evidence, expected: str) -> None:
    fact = facts(consoles(), CARDS, zones(), rules, platform="linux", management="hmc").fact("firewall.rmc")
    assert says(fact) == expected
    assert (rules.request in {place.request for place in fact.evidence}) == (expected == "?conflicting")


_OTHER = "\n{} (active)\n  target: default\n  interfaces: env{}\n  sources:\n  services: ssh\n  ports:\n  rich rules:\n"
_DENY = "table inet firewalld {{\n\tchain filter_IN_{}_deny {{\n\t\tudp dport 657 drop\n\t}}\n}}\n"
_DENY_OF_IPTABLES = "*filter\n:INPUT ACCEPT [0:0]\n-A IN_{}_deny -p udp -m udp --dport 657 -j DROP\nCOMMIT\n"


@pytest.mark.parametrize("backend", ["nft list ruleset", "iptables-save"])
@pytest.mark.parametrize(
    ("zone", "expected"),
    [("dmz", "open"), ("out_side", "open"), ("public", "?conflicting"), ("policy_dmz", "?conflicting")],
)
def test_what_firewalld_made_of_a_zone_of_others_refuses_nothing_here(backend: str, zone: str, expected: str) -> None:
    others = _OTHER.format("dmz", 5) + _OTHER.format("out_side", 6)
    listing = command("firewall-cmd --list-all-zones", "\n".join(zones().out.lines) + "\n" + others)
    rules = command(backend, (_DENY if backend.startswith("nft") else _DENY_OF_IPTABLES).format(zone))
    assert says(linux(consoles(), CARDS, listing, rules).fact("firewall.rmc")) == expected
    assert says(linux(listing, rules).fact("firewall.rmc")) == "?inconclusive"


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
