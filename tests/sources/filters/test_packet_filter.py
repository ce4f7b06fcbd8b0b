"""Packet filters: the answers in three spellings, and when they have no other rules."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.packet_filter import PacketFilter, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
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
        (("nft", "-a", "list", "ruleset"), True),
        (("nft", "-s", "list", "ruleset"), False),
        (("iptables",), False),
        (("iptables", "-L"), False),
        (("iptables", "-L", "-n", "-v"), True),
        (("iptables", "-vnxL"), True),
        (("ip6tables", "-t", "filter", "-nvL"), True),
        (("iptables", "-nvL", "INPUT"), False),
        (("iptables", "-nvL", "--line-numbers"), False),
        (("nft", "list", "table", "inet", "filter"), True),
        (("nft", "-a", "list", "table", "ip", "nat"), True),
        (("nft", "list", "table", "filter"), False),
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


@pytest.mark.parametrize("argv", [("iptables-save",), ("ip6tables-save",), NFT])
def test_no_output_means_no_rules_with_exit_status_0_alone(argv: tuple[str, ...]) -> None:
    record = parse(Answer(argv, ()))
    assert (record.chains, record.rules, record.whole) == ((), (), True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(argv, ("# a comment",), exit_status=None))
    assert refused.value.reason == "empty"


def test_a_table_without_its_end_is_not_whole() -> None:
    lines = ("*filter", ":INPUT ACCEPT [0:0]")
    assert [parse(Answer(("iptables-save",), lines, exit_status=status)).whole for status in (0, None)] == [
        False,
        False,
    ]
    assert saved().whole


@pytest.mark.parametrize("argv", [("iptables-save",), NFT])
def test_a_copy_may_lack_tables(argv: tuple[str, ...]) -> None:
    lines = ("*filter", ":INPUT ACCEPT [0:0]", "COMMIT") if argv != NFT else ("table ip x {", "\tchain c {", "\t}", "}")
    assert [parse(Answer(argv, lines, exit_status=status)).whole for status in (0, None)] == [True, False]


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
