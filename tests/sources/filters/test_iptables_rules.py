"""Lines of iptables-save."""

import pytest

from rmccomply.sources.filters.filter_rules import Chain, Condition, FilterRule
from rmccomply.sources.filters.iptables_rules import IptablesRules

OTHER = Condition("?")


def rule(text: str) -> FilterRule:
    found = IptablesRules("filter")
    assert found.read(text, 7)
    (one,) = found.rules
    return one


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("-A INPUT -j DROP", []),
        ("-A INPUT -p tcp -m tcp --dport 657 -j DROP", [("protocol", "tcp"), ("dport", "657")]),
        ("-A INPUT -p tcp -m tcp --sport 600:700 -j DROP", [("protocol", "tcp"), ("sport", "600-700")]),
        ("-A INPUT -p udp -m udp --dport 600: -j DROP", [("protocol", "udp"), ("dport", "600-65535")]),
        ("-A INPUT -p udp -m udp --dport :700 -j DROP", [("protocol", "udp"), ("dport", "0-700")]),
        ("-A INPUT -m multiport --dports 22,600:700 -j DROP", [("dport", "22", "600-700")]),
        ("-A INPUT -s 192.0.2.0/24 -i lo -j DROP", [("source", "192.0.2.0/24"), ("in", "lo")]),
        ("-A INPUT -d 192.0.2.1/32 -i env+ -j DROP", [("destination", "192.0.2.1/32"), ("in", "env*")]),
        ("-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j DROP", [("state", "related", "established")]),
        ("-A INPUT -m state --state NEW -j DROP", [("state", "new")]),
        ("-A INPUT -m addrtype --dst-type LOCAL,BROADCAST -j DROP", [("destination kind", "local", "broadcast")]),
        ("-A INPUT -m addrtype --src-type MULTICAST -j DROP", [("source kind", "multicast")]),
        ("-A INPUT -m pkttype --pkt-type broadcast -j DROP", [("frame", "broadcast")]),
        ("-A INPUT -p all -s 0.0.0.0/0 -j DROP", []),
        ('-A INPUT -m comment --comment "not --dport 657" -j DROP', []),
        ("[3:180] -A INPUT -p udp -j DROP", [("protocol", "udp")]),
        ("-A INPUT -m multiport --ports 22,657 -j DROP", [("port", "22", "657")]),
        ("-A INPUT -m mark --mark 0x8000/0x8000 -j DROP", [("mark", "0x8000/0x8000")]),
        ("-A INPUT -m mark --mark 1 -j DROP", [("mark", "0x1/0xffffffff")]),
        ("-A INPUT -f -j DROP", [("fragment", "later")]),
        ("-A INPUT --syn -j DROP", [("flags", "0x2/0x17")]),
        ("-A INPUT --tcp-flags ALL NONE -j DROP", [("flags", "0x0/0x3f")]),
        ("-A INPUT --tcp-flags 0x17 0x02 -j DROP", [("flags", "0x2/0x17")]),
        ("-A INPUT --icmpv6-type neighbour-advertisement --hl-eq 255 -j DROP", [("icmpv6", "136"), ("hops", "255")]),
    ],
)
def test_what_a_rule_asks(text: str, conditions: list[tuple[str, ...]]) -> None:
    found = rule(text)
    assert found.conditions == tuple(Condition(about, tuple(values)) for about, *values in conditions)
    assert (found.verdict, found.chain, found.line) == ("drop", "INPUT", 7)


@pytest.mark.parametrize(
    "text",
    [
        "-A INPUT -m set --match-set banned src -j DROP",
        "-A INPUT -m limit --limit 5/min -j DROP",
        "-A INPUT -m addrtype --dst-type LOCAL --limit-iface-in -j DROP",
        "-A INPUT -m mark --mark some -j DROP",
        "-A INPUT -p tcp --tcp-flags SYN -j DROP",
        "-A INPUT -p tcp --tcp-flags SYN URGENT -j DROP",
        "-A INPUT -p ipv6-icmp --icmpv6-type 1/3 -j DROP",
    ],
)
def test_what_is_not_read_may_hold(text: str) -> None:
    assert OTHER in rule(text).conditions


def test_what_a_rule_excludes() -> None:
    assert rule("-A INPUT ! -s 10.0.0.0/8 -p tcp -m tcp ! --dport 22 -j DROP").conditions == (
        Condition("source", ("10.0.0.0/8",), negated=True),
        Condition("protocol", ("tcp",)),
        Condition("dport", ("22",), negated=True),
    )


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("-j ACCEPT", "accept"),
        ("-j REJECT --reject-with icmp-host-prohibited", "reject"),
        ("-j RETURN", "return"),
        ("-j LOG --log-prefix dropped", "continue"),
        ("", "continue"),
        ("-j MARK --set-xmark 0x4000/0x4000", "continue"),
        ("-j NOTRACK", "notrack"),
        ("-j CT --notrack", "notrack"),
        ("-j CT --helper ftp", "continue"),
        ("-j MASQUERADE", "accept"),
        ("-j DNAT --to-destination 192.0.2.1", "?"),
        ("-j NFQUEUE --queue-num 0", "?"),
        ("-j drop", "jump drop"),
        ("-g RMC-IN", "goto RMC-IN"),
        ("-j KUBE-FIREWALL", "jump KUBE-FIREWALL"),
    ],
)
def test_what_a_rule_does(target: str, verdict: str) -> None:
    assert rule(f"-A INPUT -p udp {target}").verdict == verdict


def test_chains() -> None:
    found = IptablesRules()
    for number, text in enumerate(("*nat", ":PREROUTING ACCEPT [0:0]", ":SITE - [0:0]", "COMMIT"), 1):
        assert found.read(text, number)
    assert found.chains == [
        Chain("nat", "PREROUTING", "prerouting", "accept", 2, "nat"),
        Chain("nat", "SITE", "", "", 3),
    ]
    assert found.open_tables == 0


@pytest.mark.parametrize("text", ["Chain INPUT (policy ACCEPT)", '-A INPUT --comment "no end', "-P INPUT", "-A INPUT"])
def test_lines_of_no_known_form(text: str) -> None:
    assert not IptablesRules().read(text, 1)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("-A INPUT -j MARK --set-xmark 0x8000/0x8000", "0x8000"),
        ("-A INPUT -j MARK --or-mark 0x4", "0x4"),
        ("-A INPUT -j MARK --and-mark 0x4", ""),
        ("-A INPUT -j MARK", "?"),
        ("-A INPUT -j CONNMARK --restore-mark", "?"),
        ("-A INPUT -j CONNMARK --save-mark", ""),
        ("-A INPUT -j ACCEPT", ""),
    ],
)
def test_the_marks_that_it_may_set(text: str, marks: str) -> None:
    assert rule(text).marks == marks


def test_what_has_no_later_fragment() -> None:
    assert rule("-A INPUT ! -f -j DROP").conditions == (Condition("fragment", ("later",), negated=True),)
