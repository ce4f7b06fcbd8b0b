"""`netstat -in`: columns that may be empty, hardware addresses, interfaces that are down."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.netstat_in import InterfaceRow, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("netstat_in"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("netstat_in", answer_of(sample)) == snapshot


HEADER = "Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll"
COUNTERS = "  412007     0   198220     0     0"
LOOPBACK = "lo0   16896 link#1                          36120     0    36120     0     0"


def only_row(text: str) -> InterfaceRow:
    return parse(Answer(("netstat", "-in"), (HEADER, text + COUNTERS, LOOPBACK))).rows[0]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-in", True),
        ("-ni", True),
        ("-i -n", True),
        ("-i", True),
        ("-n", False),
        ("-an", False),
        ("-rn", False),
        ("-in 5", False),
        ("-I en0", False),
        ("", False),
    ],
)
def test_all_interfaces_are_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/netstat", *words.split())) is asked


@pytest.mark.parametrize(
    ("text", "network", "address", "mac"),
    [
        ("en0 1500 link#2 be.3.a7.10.4.f2", "link#2", "be.3.a7.10.4.f2", "be:03:a7:10:04:f2"),
        ("en0 1500 link#2 BE.3.A7.10.4.F2", "link#2", "BE.3.A7.10.4.F2", "be:03:a7:10:04:f2"),
        ("en0 1500 link#2 be.3.a7.10.4", "link#2", "be.3.a7.10.4", None),
        ("en0 1500 link#2 be.3.a7.10.4.fg", "link#2", "be.3.a7.10.4.fg", None),
        ("en0 1500 link#2 be.3.a7.10.4.0f2", "link#2", "be.3.a7.10.4.0f2", None),
        ("en0 1500 link#2", "link#2", "", None),
        ("en0 1500 10.20.0 10.20.0.17", "10.20.0", "10.20.0.17", None),
        ("en0 1500 fe80::1", "", "fe80::1", None),
        ("en0 1500", "", "", None),
    ],
)
def test_a_row_is_read_from_both_its_ends(text: str, network: str, address: str, mac: str | None) -> None:
    row = only_row(text)
    assert (row.name, row.mtu, row.network, row.address, row.mac) == ("en0", 1500, network, address, mac)


def test_a_star_marks_an_interface_that_is_down() -> None:
    assert (only_row("en1* 9000 link#3").name, only_row("en1* 9000 link#3").down) == ("en1", True)
    assert not only_row("en1 9000 link#3").down


def test_an_mtu_that_is_no_number_has_no_value() -> None:
    assert only_row("en0 15oo link#2").mtu is None


def test_a_listing_is_whole_with_header_and_loopback() -> None:
    row = "en0 1500 link#2" + COUNTERS
    for lines, whole in (((HEADER, row, LOOPBACK), True), ((HEADER, row), False), ((row, LOOPBACK), False)):
        assert parse(Answer(("netstat", "-in"), lines)).whole is whole


def test_a_row_without_its_counters_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("netstat", "-in"), (HEADER, "en0 1500 link#2 be.3.a7.10.4.f2 412007 0")))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_corpus_hardware_address_without_leading_zeros() -> None:
    record = parse(capture("aix-facter", "netstat_in.txt", "netstat", "-in"))
    assert [(row.name, row.mtu, row.address, row.mac) for row in record.rows] == [
        ("en0", 1500, "a.c6.24.39.41.3", "0a:c6:24:39:41:03"),
        ("en0", 1500, "10.32.77.30", None),
        ("lo0", 16896, "", None),
        ("lo0", 16896, "127.0.0.1", None),
        ("lo0", 16896, "::1%1", None),
    ]
    assert record.whole


def test_corpus_loopback_that_is_down() -> None:
    record = parse(capture("aix-facter", "netstat_rn_two.txt", "netstat", "-in"))
    assert {(row.name, row.down) for row in record.rows} == {("en0", False), ("lo0", True)}


def test_corpus_names_and_a_cut_listing() -> None:
    record = parse(capture("aix-powerha-nodea-caa-trouble", "netstat-i.txt", "netstat", "-i"))
    assert (record.numeric, record.whole) == (False, False)
    assert [row.address for row in record.rows[:2]] == ["ee.37.5f.fc.eb.3", "npospdb2-cv"]
