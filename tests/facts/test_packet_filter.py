"""Packet filters: which rules speak of RMC, in three spellings, and when there are no others."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.facts.answer import Answer, Unreadable
from rmccomply.facts.packet_filter import PacketFilter, asks, parse
from tests.facts.samples import answer_of, read, samples

NFT = ("/usr/sbin/nft", "list", "ruleset")


@pytest.mark.parametrize("sample", samples("packet_filter"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("packet_filter", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("argv", "read_here"),
    [
        (("iptables-save",), True),
        (("/sbin/ip6tables-save", "-t", "filter"), True),
        (("iptables", "-S"), True),
        (("ip6tables", "-t", "raw", "-S"), True),
        (NFT, True),
        (("iptables",), False),
        (("iptables", "-L"), False),
        (("iptables", "-S", "INPUT"), False),
        (("iptables-save", "-c"), False),
        (("nft", "list", "tables"), False),
    ],
)
def test_requests(argv: tuple[str, ...], read_here: bool) -> None:
    assert asks(argv) is read_here


def saved(*rules: str, exit_status: int | None = 0) -> PacketFilter:
    lines = ("*filter", ":INPUT ACCEPT [0:0]", *rules, "COMMIT")
    return parse(Answer(("iptables-save",), lines, exit_status=exit_status))


def listed(*rules: str) -> PacketFilter:
    head = ("table inet filter {", "\tchain input {", "\t\ttype filter hook input priority 0; policy accept;")
    return parse(Answer(NFT, (*head, *rules, "\t}", "}")))


@pytest.mark.parametrize(
    "rule",
    [
        "-A INPUT -p tcp -m tcp --dport 657 -j ACCEPT",
        "-A INPUT -p tcp -m tcp --sport 12601 -j ACCEPT",
        "-A INPUT -p tcp -m tcp --dport 657:660 -j ACCEPT",
        "-A INPUT -p udp -m multiport --dports 22,600:700 -j ACCEPT",
        "-A INPUT -p tcp -m multiport --ports rmc,22 -j ACCEPT",
        "-A INPUT -p tcp -m tcp ! --dport 22 -j DROP",
        "-A INPUT -p tcp -m set --match-set site dst -j ACCEPT",
        "-A INPUT -p tcp -m tcp --sport 22 -m set --match-set site src,dst -j ACCEPT",
        "-A INPUT -p tcp -m tcp --dport 600: -j ACCEPT",
        "[3:180] -A INPUT -p tcp -m tcp --dport 657 -j ACCEPT",
    ],
)
def test_rules_of_rmc_in_iptables(rule: str) -> None:
    record = saved(rule)
    assert [(kept.text, kept.rmc, kept.everything, kept.line) for kept in record.rules] == [
        (rule.partition("] ")[2] or rule, True, False, 3)
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "-A INPUT -p tcp -m tcp --dport 22 -j DROP",
        "-A INPUT -p tcp -m tcp --dport 6570 -j ACCEPT",
        "-A INPUT -p tcp -m tcp --dport 22:600 -j ACCEPT",
        "-A INPUT -i lo -j ACCEPT",
        "-A INPUT -p tcp -m multiport --dports 22 -m set --match-set banned src -j REJECT",
        "-A INPUT -p tcp -m tcp --dport 22 -m set --match-set site dst -j DROP",
        '-A INPUT -p tcp -m tcp --dport 22 -m comment --comment "not --dport 657" -j ACCEPT',
        "-A INPUT -j SITE",
    ],
)
def test_other_rules_are_counted_alone(rule: str) -> None:
    record = saved(rule)
    assert (record.rules, record.count, record.whole) == ((), 1, True)


@pytest.mark.parametrize(
    ("rule", "everything"),
    [
        ("-A INPUT -j DROP", True),
        ("-A INPUT -j REJECT --reject-with icmp-host-prohibited", True),
        ('-A INPUT -m comment --comment "all of it" -j DROP', True),
        ("-A INPUT -i env2 -j DROP", False),
        ("-A INPUT -m set --match-set banned src -j DROP", False),
        ("-A INPUT -m conntrack --ctstate INVALID -j DROP", False),
    ],
)
def test_refusals_without_a_port_are_kept(rule: str, everything: bool) -> None:
    (kept,) = saved(rule).rules
    assert (kept.everything, kept.rmc) == (everything, False)


def test_a_chain_named_as_a_target_is_no_verdict() -> None:
    assert saved("-A INPUT -j drop").rules == ()
    (kept,) = saved("-A INPUT -p udp -m udp --dport 657 -g RMC-IN").rules
    assert (kept.verdict, kept.protocol) == ("jump RMC-IN", "udp")


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ("tcp dport 657 accept", "accept"),
        ("tcp dport { 22, 657 } counter packets 1 bytes 2 drop", "drop"),
        ("udp dport 600-700 jump site", "jump site"),
        ("th dport @ports accept", "accept"),
        ("tcp dport != 22 drop", "drop"),
        ("tcp dport != { 22, 80 } drop", "drop"),
        ("ip saddr . tcp dport { 192.0.2.10 . 657 } accept", "accept"),
        ("tcp dport vmap { 22 : accept, 657 : drop }", ""),
        ("tcp sport 12601 return", "return"),
        ("tcp dport rmc accept", "accept"),
        ("tcp dport < 1024 drop", "drop"),
        ("tcp dport >= 1024 drop", "drop"),
    ],
)
def test_rules_of_rmc_in_nft(rule: str, verdict: str) -> None:
    (kept,) = listed(f"\t\t{rule}").rules
    assert (kept.rmc, kept.verdict, kept.everything, kept.chain, kept.line) == (True, verdict, False, "input", 4)


@pytest.mark.parametrize(
    "rule",
    ["counter packets 657 bytes 12601", "tcp dport 22 accept", 'accept comment "dport 657"', "meta mark 657 accept"],
)
def test_other_rules_of_nft_are_counted_alone(rule: str) -> None:
    record = listed(rule)
    assert (record.rules, record.count) == ((), 1)


@pytest.mark.parametrize(
    ("rule", "everything"),
    [
        ("drop", True),
        ("counter packets 0 bytes 0 drop", True),
        ('log prefix "drop " drop', True),
        ("reject with icmpx admin-prohibited", True),
        ("ct state invalid drop", False),
    ],
)
def test_refusals_of_nft(rule: str, everything: bool) -> None:
    (kept,) = listed(rule).rules
    assert (kept.everything, kept.rmc) == (everything, False)


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [("ip saddr vmap { 192.0.2.10 : drop }", ""), ("meta l4proto vmap @site", ""), ("queue to 0", "queue")],
)
def test_rules_that_may_refuse_are_kept(rule: str, verdict: str) -> None:
    (kept,) = listed(rule).rules
    assert (kept.verdict, kept.rmc) == (verdict, False)
    (kept,) = saved("-A INPUT -j NFQUEUE --queue-num 0").rules
    assert kept.verdict == "jump NFQUEUE"


@pytest.mark.parametrize("argv", [("iptables-save",), ("ip6tables-save",), NFT])
def test_no_output_means_no_rules_with_exit_status_0_alone(argv: tuple[str, ...]) -> None:
    record = parse(Answer(argv, ()))
    assert (record.chains, record.count, record.whole) == ((), 0, True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(argv, ("# a comment",), exit_status=None))
    assert refused.value.reason == "empty"


def test_a_table_without_its_end_is_not_whole() -> None:
    lines = ("*filter", ":INPUT ACCEPT [0:0]")
    assert [parse(Answer(("iptables-save",), lines, exit_status=status)).whole for status in (0, None)] == [
        False,
        False,
    ]
    assert saved(exit_status=None).whole


def test_rules_that_the_listing_does_not_have() -> None:
    warning = "# Warning: iptables-legacy tables present, use iptables-legacy to see them"
    lines = ("-P INPUT ACCEPT",)
    assert not parse(Answer(("iptables", "-S"), (*lines, warning))).whole
    assert not parse(Answer(("iptables", "-S"), lines, (warning,))).whole
    assert parse(Answer(("iptables", "-S"), lines)).whole


def test_a_line_of_no_known_form_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as refused:
        saved("-A INPUT -j DROP", '-A INPUT -m comment --comment "no end -j DROP')
    assert (refused.value.reason, refused.value.line) == ("unparsable", 4)
