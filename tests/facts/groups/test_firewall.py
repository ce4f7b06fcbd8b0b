"""The local firewall as a whole: where it is judged, and what several answers say together."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts
from tests.hosts.cases import IP_ADDR, KVM, broken, card, linux, linux_host, lssrc, says
from tests.hosts.consoles import DENY, NO_CONSOLE, PERMIT, consoles, ip_filter, nft, resource, zones

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
    evidence = [zones(), broken(nft(), "truncated", partial=True)]
    assert says(facts(consoles(), CARDS, *evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "open"


OF_MY_OWN = zones("my-rmc", "")
QUEUED = nft("accept", "queue to 0")
UNTOLD = [
    pytest.param([OF_MY_OWN, broken(nft(), "denied")], "cat /etc/firewalld/services/my-rmc.xml", id="a zone"),
    pytest.param([broken(zones(), "denied"), QUEUED], "nft list ruleset", id="rules"),
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
    pytest.param(command("iptables-save", _SAVE.format("OUTPUT -p udp", 657)), "?conflicting", id="what goes out"),
    pytest.param(command("iptables-save", _SAVE.format("INPUT -p udp", 658)), "open", id="another port"),
    pytest.param(command("ip6tables-save", _SAVE.format("INPUT -p udp", 657)), "open", id="another family"),
    pytest.param(nft("drop", "tcp dport 22 accept"), "?conflicting", id="a policy"),
    pytest.param(nft("accept", "meta l4proto udp drop"), "?conflicting", id="a protocol"),
    pytest.param(nft("accept", "ip saddr { 10.9.0.0/16 } drop"), "?conflicting", id="a blocklist with the console"),
    pytest.param(nft("accept", "ip saddr { 192.0.2.0/24 } drop"), "open", id="a blocklist without it"),
    pytest.param(nft("accept", "ip saddr @elsewhere drop"), "?conflicting", id="a blocklist that is not shown"),
    pytest.param(
        command("iptables-save", "*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n"),
        "?conflicting",
        id="legacy",
    ),
    pytest.param(
        command(
            "nft list ruleset",
            "table inet firewalld_policy_drop {\n\tchain filter_input {\n"
            "\t\ttype filter hook prerouting priority raw - 10; policy drop;\n\t}\n"
            "\tchain filter_output {\n\t\ttype filter hook output priority raw - 10; policy drop;\n\t}\n}\n",
        ),
        "?conflicting",
        id="panic mode",
    ),
    pytest.param(
        command(
            "iptables-save",
            "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n:DOCKER - [0:0]\n"
            "-A FORWARD -o docker0 -j DOCKER\n-A DOCKER ! -i docker0 -o docker0 -j DROP\nCOMMIT\n"
            "*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n:DOCKER - [0:0]\n"
            "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER\n"
            "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER\n"
            "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE\n"
            "-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80\nCOMMIT\n",
        ),
        "open",
        id="containers",
    ),
    pytest.param(
        command("iptables-save", _SAVE.format("INPUT -p tcp -m set --match-set banned src", 22)), "open", id="a ban"
    ),
]


@pytest.mark.parametrize(("rules", "expected"), BESIDE)
def test_what_refuses_657_beside_firewalld_is_not_passed_over(rules: Evidence, expected: str) -> None:
    fact = facts(consoles(), CARDS, zones(), rules, platform="linux", management="hmc").fact("firewall.rmc")
    assert says(fact) == expected
    assert expected == "open" or rules.request in {place.request for place in fact.evidence}


_OTHER = "\n{} (active)\n  target: default\n  interfaces: env{}\n  sources:\n  services: ssh\n  ports:\n  rich rules:\n"
_OF_FIREWALLD = """\
table inet firewalld {{
	chain filter_INPUT {{
		type filter hook input priority filter + 10; policy accept;
		ct state {{ established, related }} accept
		ct status dnat accept
		iifname "lo" accept
		ct state invalid drop
		jump filter_INPUT_ZONES
		reject with icmpx admin-prohibited
	}}
	chain filter_INPUT_ZONES {{
		iifname "env5" goto filter_IN_dmz
		iifname "env2" goto filter_IN_public
		goto filter_IN_public
	}}
	chain filter_IN_public {{
		jump filter_IN_public_deny
		jump filter_IN_public_allow
		meta l4proto {{ icmp, ipv6-icmp }} accept
		reject with icmpx admin-prohibited
	}}
	chain filter_IN_public_deny {{
{public}	}}
	chain filter_IN_public_allow {{
		tcp dport 22 ct state {{ new, untracked }} accept
		tcp dport 657 ct state {{ new, untracked }} accept
		udp dport 657 ct state {{ new, untracked }} accept
	}}
	chain filter_IN_dmz {{
		jump filter_IN_dmz_deny
		reject with icmpx admin-prohibited
	}}
	chain filter_IN_dmz_deny {{
{dmz}	}}
}}
"""
_OF_IPTABLES = """\
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:INPUT_ZONES - [0:0]
:IN_public - [0:0]
:IN_public_deny - [0:0]
:IN_public_allow - [0:0]
:IN_dmz - [0:0]
:IN_dmz_deny - [0:0]
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -j INPUT_ZONES
-A INPUT -m conntrack --ctstate INVALID -j DROP
-A INPUT -j REJECT --reject-with icmp-host-prohibited
-A INPUT_ZONES -i env5 -g IN_dmz
-A INPUT_ZONES -i env2 -g IN_public
-A INPUT_ZONES -g IN_public
-A IN_public -j IN_public_deny
-A IN_public -j IN_public_allow
-A IN_public_allow -p tcp -m tcp --dport 657 -m conntrack --ctstate NEW -j ACCEPT
-A IN_public_allow -p udp -m udp --dport 657 -m conntrack --ctstate NEW -j ACCEPT
-A IN_dmz -j IN_dmz_deny
{public}{dmz}COMMIT
"""
_DENIES = {
    "nft list ruleset": (_OF_FIREWALLD, "\t\tudp dport 657 drop\n"),
    "iptables-save": (_OF_IPTABLES, "-A IN_{}_deny -p udp -m udp --dport 657 -j DROP\n"),
}


@pytest.mark.parametrize("backend", _DENIES)
@pytest.mark.parametrize(("zone", "expected"), [("dmz", "open"), ("public", "?conflicting"), ("", "open")])
def test_what_firewalld_made_of_a_zone_of_others_refuses_nothing_here(backend: str, zone: str, expected: str) -> None:
    listing = command("firewall-cmd --list-all-zones", "\n".join(zones().out.lines) + "\n" + _OTHER.format("dmz", 5))
    text, deny = _DENIES[backend]
    denied = {name: deny.format(name) if name == zone else "" for name in ("public", "dmz")}
    rules = command(backend, text.format(**denied))
    assert says(linux(consoles(), CARDS, listing, rules).fact("firewall.rmc")) == expected


@pytest.mark.parametrize(("zone", "expected"), [("dmz", "open"), ("public", "closed"), ("", "open")])
def test_the_rules_of_firewalld_are_followed_without_its_listing(zone: str, expected: str) -> None:
    denied = {name: "\t\tudp dport 657 drop\n" if name == zone else "" for name in ("public", "dmz")}
    rules = command("nft list ruleset", _OF_FIREWALLD.format(**denied))
    assert says(facts(consoles(), CARDS, rules, platform="linux").fact("firewall.rmc")) == expected
    zone_unknown = facts(consoles(), rules, platform="linux").fact("firewall.rmc")
    assert says(zone_unknown) == ("closed" if zone == "public" else "?inconclusive")


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
