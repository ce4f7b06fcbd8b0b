"""`netstat -rn`, `ip route`: networks, interfaces, and which lines are titles."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.routes import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("routes"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("routes", answer_of(sample)) == snapshot


AIX, LINUX, SIX = ("netstat", "-rn"), ("ip", "route"), ("ip", "-6", "route")
ROW = "10.1.4/24          10.1.4.21         U         0       639 en0      -      -"


def test_it_reads_all_routes_of_a_family() -> None:
    assert all(asks(one) for one in (AIX, ("/usr/bin/netstat", "-nr"), LINUX, ("ip", "-4", "route", "show"), SIX))
    others = (("netstat", "-an"), ("netstat", "-in"), ("ip", "addr"), ("ip", "-6", "addr"), ("ip", "route", "get", "x"))
    assert not any(asks(one) for one in others)


@pytest.mark.parametrize(
    ("argv", "line", "network"),
    [
        (AIX, ROW, "10.1.4.0/24"),
        (AIX, ROW.replace("10.1.4/24", "127/8"), "127.0.0.0/8"),
        (AIX, ROW.replace("10.1.4/24", "default"), "0.0.0.0/0"),
        (AIX, ROW.replace("10.1.4/24", "10.1.4.9").replace(" U ", " UGH "), "10.1.4.9/32"),
        (AIX, ROW.replace("10.1.4/24", "10.1.4.0"), ""),
        (AIX, ROW.replace("10.1.4/24", "fe80::1%2").replace(" U ", " UH "), "fe80::1/128"),
        (LINUX, "10.1.9.9 via 10.1.4.2 dev eth0", "10.1.9.9/32"),
        (LINUX, "default dev eth0", "0.0.0.0/0"),
        (SIX, "default dev eth0", "::/0"),
        (LINUX, "unicast 10.1.0.0/16 dev eth0 table main", "10.1.0.0/16"),
    ],
)
def test_the_network_of_a_row(argv: tuple[str, ...], line: str, network: str) -> None:
    (row,) = parse(Answer(argv, (line,))).rows
    assert row.network == network


@pytest.mark.parametrize(
    "line",
    [
        "blackhole 10.9.0.0/16",
        "local 10.1.4.21 dev eth0 table local proto kernel",
        "10.3.0.0/16 dev eth2 linkdown",
        "unreachable default dev lo metric 4294967295",
    ],
)
def test_routes_that_lead_nowhere_are_none(line: str) -> None:
    assert parse(Answer(LINUX, (line,))).rows == ()


def test_a_copy_and_a_cut_listing_are_not_whole() -> None:
    assert not parse(Answer(AIX, (ROW,), exit_status=None)).whole
    record = parse(Answer(AIX, (ROW, ROW[:30]), complete=False))
    assert (len(record.rows), record.whole) == (1, False)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(AIX, (ROW[:30], ROW)), "unparsable"),
        (Answer(AIX, ("Routing tables",)), "empty"),
        (Answer(LINUX, (), exit_status=None), "empty"),
        (Answer(LINUX, ("10.1.4.0/33 dev eth0",)), "unparsable"),
        (Answer(LINUX, ("What is this",)), "unparsable"),
        (Answer(LINUX, (), ("Cannot open netlink socket: Address family not supported",), 1), "failed"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("folder", "name", "interfaces"),
    [
        ("aix-facter", "netstat_rn.txt", {"en0", "lo0"}),
        ("aix71-ohai", "netstat-rn.txt", {"en0", "lo0"}),
        ("aix-glpi-netstat-nr-5.3a", "netstat_-nr.txt", {"en0", "lo0"}),
    ],
)
def test_corpus(folder: str, name: str, interfaces: set[str]) -> None:
    record = parse(capture(folder, name, *AIX))
    assert {row.interface for row in record.rows} == interfaces
