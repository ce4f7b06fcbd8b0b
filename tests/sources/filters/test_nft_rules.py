"""Lines of `nft list ruleset`."""

import pytest

from rmccomply.sources.filters.filter_rules import Chain, Condition, FilterRule
from rmccomply.sources.filters.nft_rules import NftRules

OTHER = Condition("?")
SETS = """\
	set sites { # handle 3
		type ipv4_addr
		flags interval
		elements = { 10.0.0.1-10.0.0.9, 10.3.0.0/16 timeout 5m expires 4m comment "a, b",
				192.0.2.0/24 }
	}

	map ports {
		type inet_service : verdict
		elements = { 22 : accept, 657 : jump site }
	}

"""


def read(text: str) -> NftRules:
    found = NftRules()
    for number, line in enumerate(text.splitlines(), 1):
        assert not line.strip() or found.read(line.strip(), number), line
    assert found.ended
    return found


def rules(text: str) -> list[FilterRule]:
    return read(f"table inet site {{\n{SETS}\tchain input {{\n\t\t{text}\n\t}}\n}}\n").rules


def asked(text: str) -> list[tuple[str, ...]]:
    (one,) = rules(text)
    assert not any(condition.negated for condition in one.conditions)
    return [(condition.about, *condition.values) for condition in one.conditions]


TCP, UDP, V4, V6 = ("protocol", "tcp"), ("protocol", "udp"), ("family", "4"), ("family", "6")


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("accept", []),
        ("tcp dport 657 accept", [TCP, ("dport", "657")]),
        ("udp sport 600-700 accept # handle 12", [UDP, ("sport", "600-700")]),
        ("tcp dport { 22, 600-700 } accept", [TCP, ("dport", "22", "600-700")]),
        ("tcp dport rmc accept", [TCP, ("dport", "rmc")]),
        ("tcp dport < 1024 accept", [TCP, ("dport", "0-1023")]),
        ("tcp dport >= 1024 accept", [TCP, ("dport", "1024-65535")]),
        ("meta l4proto { tcp, udp } th dport 657 accept", [("protocol", "tcp", "udp"), ("dport", "657")]),
        ("th dport @elsewhere accept", [("dport", "@elsewhere")]),
        ('iifname "lo" accept', [("in", "lo")]),
        ('iif { "a", "b" } counter packets 657 bytes 12601 accept', [("in", "a", "b")]),
        ("fib daddr type { local, broadcast } accept", [("destination kind", "local", "broadcast")]),
        ("fib saddr type local accept", [("source kind", "local")]),
        ("pkttype broadcast counter packets 0 bytes 0 accept", [("frame", "broadcast")]),
        ("meta pkttype { broadcast, multicast } accept", [("frame", "broadcast", "multicast")]),
        ("ct state established,related accept", [("state", "established", "related")]),
        ("ct state { new, untracked } accept", [("state", "new", "untracked")]),
        ("ip saddr @sites accept", [V4, ("source", "10.0.0.1-10.0.0.9", "10.3.0.0/16", "192.0.2.0/24")]),
        ("ip6 daddr fe80::/64 accept", [V6, ("destination", "fe80::/64")]),
        ("ip saddr . tcp dport { 192.0.2.10 . 657 } accept", [TCP, V4, ("source . dport", "192.0.2.10 . 657")]),
        ("meta nfproto ipv6 accept", [V6]),
        ("ip protocol udp accept", [V4, UDP]),
        (
            "icmpv6 type { nd-router-advert, nd-neighbor-solicit } accept",
            [("protocol", "ipv6-icmp"), ("icmpv6", "134", "135")],
        ),
        ("ip6 hoplimit 255 accept", [("family", "6"), ("hops", "255")]),
        ("tcp flags syn / fin,syn,rst,ack accept", [("protocol", "tcp"), ("flags", "0x2/0x17")]),
        ("tcp flags & (fin | syn) == syn accept", [("protocol", "tcp"), ("flags", "0x2/0x3")]),
        ("tcp flags & (fin|syn) == (fin|syn) accept", [("protocol", "tcp"), ("flags", "0x3/0x3")]),
        ("tcp flags == 0x0 accept", [("protocol", "tcp"), ("flags", "0x0/0xff")]),
        ("tcp flags { syn, syn | ack } accept", [("protocol", "tcp"), ("flags", "0x2/0xff", "0x12/0xff")]),
        ("meta mark 0x00000001 accept", [("mark", "0x1/0xffffffff")]),
        ("mark and 0x8000 == 0x8000 accept", [("mark", "0x8000/0x8000")]),
        ("ip frag-off & 0x1fff != 0x0 accept", [("family", "4"), ("fragment", "later")]),
        ('log prefix "a b { } " level debug accept comment "dport 657 drop"', []),
        ("reject with icmpx admin-prohibited", []),
        ("reject with icmp host-prohibited", [V4]),
        ("reject with icmpv6 port-unreachable", [V6]),
        ("tcp dport 657 reject with tcp reset", [TCP, TCP, ("dport", "657")]),
    ],
)
def test_what_a_rule_asks(text: str, conditions: list[tuple[str, ...]]) -> None:
    assert sorted(asked(text)) == sorted(conditions)


@pytest.mark.parametrize(
    "text",
    [
        "limit rate 5/second drop",
        "limit rate over 1 mbytes/second burst 5 mbytes drop",
        "meta mark . ip saddr 0x00000001 . 192.0.2.1 drop",
        "tcp flags & somewhat == syn drop",
        "tcp flags & syn == somewhat drop",
        "ip frag-off & 0x2000 != 0x0 drop",
        "ip frag-off 7 drop",
        "fib saddr . iif oif missing drop",
        "fib daddr . iif type local drop",
        "add @seen { ip saddr timeout 5m } drop",
        "# match-set banned src counter drop",
        "ip saddr & 0.0.0.255 == 0.0.0.1 drop",
        "meta pkttype host limit rate 5/second counter packets 0 bytes 0 drop",
        "@th,16,16 0x291 drop",
    ],
)
def test_what_is_not_read_may_hold(text: str) -> None:
    (one,) = rules(text)
    assert (OTHER in one.conditions, one.verdict) == (True, "drop")


def test_what_a_rule_excludes() -> None:
    (one,) = rules("ip saddr != 10.0.0.0/8 tcp dport != { 22, 80 } drop")
    assert Condition("source", ("10.0.0.0/8",), negated=True) in one.conditions
    assert Condition("dport", ("22", "80"), negated=True) in one.conditions


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("reject with icmpx admin-prohibited", "reject"),
        ("tcp dport 657 reject", "reject"),
        ("jump site", "jump site"),
        ("counter packets 1 bytes 2 goto site", "goto site"),
        ("return", "return"),
        ("counter packets 1 bytes 2", "continue"),
        ('log prefix "x" group 2', "continue"),
        ("queue to 0", "?"),
        ("tcp dport 657 redirect to :80", "?"),
        ("dnat to 10.0.0.1", "?"),
        ('oifname "eth0" masquerade', "accept"),
        ("meta mark set 0x00000001", "continue"),
        ("udp dport 53 notrack", "notrack"),
        ('counter packets 1 bytes 2 xt target "REJECT"', "reject"),
        ("counter packets 1 bytes 2 # xt_DROP", "drop"),
        ('counter packets 1 bytes 2 xt target "LOG"', "continue"),
        ('xt target "SITE"', "?"),
        ("meta l4proto vmap @elsewhere", "?"),
        ("meta mark . ip saddr map @elsewhere", "?"),
        ("jump { accept; }", "jump { accept; }"),
        ("something { of { another } } accept", "?"),
    ],
)
def test_what_a_rule_does(text: str, verdict: str) -> None:
    (one,) = rules(text)
    assert one.verdict == verdict


@pytest.mark.parametrize("text", ["tcp dport vmap @ports", "tcp dport vmap { 22 : accept, 657 : jump site }"])
def test_a_map_of_verdicts_is_a_rule_for_each_element(text: str) -> None:
    assert [(one.conditions[-1].values, one.verdict) for one in rules(text)] == [
        (("22",), "accept"),
        (("657",), "jump site"),
    ]


def test_what_a_map_has_for_all_others_comes_last() -> None:
    assert [one.verdict for one in rules("tcp dport vmap { * : drop, 657 : accept }")] == ["accept", "drop"]


def test_chains() -> None:
    text = """\
table inet site { # handle 1
	comment "site {rules}"
	chain input { # handle 2
		type filter hook input priority filter + 10; policy drop;
		tcp dport { 22,
			657 } accept
	}
}
table netdev before {
	chain ingress {
		type filter hook ingress devices = { "env2", "env3" } priority 0; policy accept;
	}
}
table ip off {
	flags dormant
	chain input {
		type filter hook input priority 0; policy drop;
	}
}
"""
    found = read(text)
    assert found.chains == [
        Chain("inet site", "input", "input", "drop", 4, "filter"),
        Chain("netdev before", "ingress", "ingress", "accept", 11, "filter", ("env2", "env3")),
    ]
    assert [(one.conditions[-1].values, one.line) for one in found.rules] == [(("22", "657"), 5)]


@pytest.mark.parametrize("text", ["chain input {", "flush ruleset", "table {"])
def test_lines_that_belong_to_no_table(text: str) -> None:
    assert not NftRules().read(text, 1)


def test_a_listing_that_was_cut_has_not_ended() -> None:
    found = NftRules()
    assert found.read("table inet site {", 1)
    assert found.read("set sites {", 2)
    assert found.read("elements = { 10.0.0.1,", 3)
    assert not found.ended


def test_a_table_that_a_program_owns_is_read_with_its_handle_or_without() -> None:
    chain = "\tchain input {\n\t\ttcp dport 657 accept\n\t}\n"
    plain = read(f"table inet firewalld {{\n\tflags owner,persist\n{chain}}}\n")
    for owner in (" # progname firewalld", " # handle 3 progname firewalld", " # handle 3"):
        assert read(f"table inet firewalld {{{owner}\n\tflags owner,persist\n{chain}}}\n").rules == plain.rules


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("meta mark set 0x00008000", "0x8000"),
        ("counter packets 0 bytes 0 meta mark set mark or 0x4 accept", "0x4"),
        ("meta mark set mark and 0xffff7fff", "0x0"),
        ("meta mark set meta mark & 0xffff7fff | 0x1", "0x1"),
        ("meta mark set ct mark", "?"),
        ("ct mark set meta mark", ""),
        ('counter packets 0 bytes 0 xt target "MARK"', "?"),
        ("accept", ""),
    ],
)
def test_the_marks_that_it_may_set(text: str, marks: str) -> None:
    (one,) = rules(text)
    assert one.marks == marks


@pytest.mark.parametrize(("text", "verdicts"), [("notrack accept", ["notrack", "accept"]), ("notrack", ["notrack"])])
def test_what_follows_where_nothing_is_tracked(text: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in rules(f"udp dport 53 {text}")] == verdicts


@pytest.mark.parametrize(
    ("text", "value", "negated"),
    [("tcp flags ! syn,rst drop", "0x0/0x6", False), ("tcp flags syn,rst drop", "0x0/0x6", True)],
)
def test_none_of_some_flags_and_one_of_them(text: str, value: str, negated: bool) -> None:
    (one,) = rules(text)
    assert one.conditions[-1] == Condition("flags", (value,), negated)
