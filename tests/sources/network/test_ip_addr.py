"""`ip addr`: two forms, the flag that is UP, and what is no adapter."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.ip_addr import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.interfaces import Interface, Interfaces
from tests.facts.samples import answer_of, read, samples

LOOPBACK = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN"


@pytest.mark.parametrize("sample", samples("ip_addr"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ip_addr", answer_of(sample)) == snapshot


def listing(*lines: str, argv: tuple[str, ...] = ("ip", "addr")) -> Interfaces:
    return parse(Answer(argv, lines))


def interface(head: str, *lines: str) -> Interface:
    return listing(head, *lines).rows[0]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("addr", True),
        ("a", True),
        ("address show", True),
        ("-o addr", True),
        ("-d -s addr show", True),
        ("-details addr", True),
        ("-4 addr", False),
        ("-6 addr", False),
        ("-br addr", False),
        ("-j addr", False),
        ("addr show env2", False),
        ("addr show dev env2", False),
        ("link", False),
        ("route", False),
        ("", False),
    ],
)
def test_only_the_whole_listing_is_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/sbin/ip", *words.split())) is asked


@pytest.mark.parametrize(
    ("flags", "up"),
    [
        ("<BROADCAST,MULTICAST,UP,LOWER_UP>", True),
        ("<NO-CARRIER,BROADCAST,MULTICAST,UP>", True),
        ("<BROADCAST,MULTICAST>", False),
        ("<BROADCAST,LOWER_UP>", False),
    ],
)
def test_up_is_the_flag_not_the_state(flags: str, up: bool) -> None:
    assert interface(f"2: env2: {flags} mtu 1500 qdisc mq state UP group default").up is up


def test_the_one_line_form_shows_no_flags() -> None:
    lines = (
        r"1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever",
        r"2: env2    inet 10.20.0.18/24 brd 10.20.0.255 scope global env2\       valid_lft forever",
        r"2: env2    inet6 fe80::2/64 scope link tentative \       valid_lft forever",
    )
    record = listing(*lines, argv=("ip", "-o", "addr"))
    assert record.whole
    assert [(row.name, row.up, row.line) for row in record.rows] == [("lo", None, 1), ("env2", None, 2)]
    assert [(found.ip, found.tentative, found.line) for found in record.rows[1].addresses] == [
        ("10.20.0.18", False, 2),
        ("fe80::2", True, 3),
    ]


def test_a_name_ends_at_the_at_sign() -> None:
    found = interface("9: env3@if7: <UP> mtu 9000", "    link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff")
    assert (found.name, found.mtu, found.mac, found.ignored) == ("env3", 9000, "ba:ce:f6:01:2d:03", False)


def test_what_belongs_to_another_interface_is_marked() -> None:
    heads = (
        "2: env2: <UP> mtu 1500",
        "3: env2.5@env2: <UP> mtu 1500",
        "4: env3: <UP> mtu 1500 qdisc mq master bond0 state UP",
        "5: bond0: <UP,MASTER> mtu 1500",
        "6: env4@if7: <UP> mtu 1500",
        "7: sit0@NONE: <NOARP> mtu 1480",
    )
    told = {row.name: row.shared for row in listing(*heads).rows}
    assert [name for name, shared in told.items() if shared] == ["env2", "env2.5", "env3"]


@pytest.mark.parametrize("word", ["tentative", "dadfailed"])
def test_an_address_that_is_not_verified_is_marked(word: str) -> None:
    rows = ("    inet6 fe80::2/64 scope link", f"    inet6 fe80::3/64 scope link {word}")
    assert [found.tentative for found in interface("2: env2: <UP> mtu 1500", *rows).addresses] == [False, True]


@pytest.mark.parametrize(
    ("name", "link", "told"),
    [
        ("env2", "link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff", ""),
        ("bond0", "link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff", ""),
        ("eth0", "link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff", ""),
        ("lo", "link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00", "loopback"),
        ("sit0@NONE", "link/sit 0.0.0.0 brd 0.0.0.0", "tunnel"),
        ("office", "link/none", "tunnel"),
        ("six", "link/tunnel6 ::1 peer ::2", "tunnel"),
        ("veth1a2b@if2", "link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff", "ignored"),
        ("docker0", "link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff", "ignored"),
    ],
)
def test_what_is_no_adapter_is_told(name: str, link: str, told: str) -> None:
    found = interface(f"4: {name}: <UP> mtu 1500", f"    {link}")
    marks = {"loopback": found.loopback, "tunnel": found.tunnel, "ignored": found.ignored}
    assert [mark for mark, is_set in marks.items() if is_set] == ([told] if told else [])


def test_a_point_to_point_address_has_no_prefix() -> None:
    found = interface("6: vpn: <UP> mtu 1400", "    inet 10.99.0.1 peer 10.99.0.2/32 scope global vpn").addresses[0]
    assert (found.ip, found.prefix) == ("10.99.0.1", None)


def test_lines_of_details_are_passed_over_only_where_they_were_asked() -> None:
    lines = (LOOPBACK, "    vlan protocol 802.1Q id 5 <REORDER_HDR>")
    assert listing(*lines, argv=("ip", "-d", "addr")).whole
    with pytest.raises(Unreadable) as refused:
        listing(*lines)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_a_listing_is_whole_with_its_loopback() -> None:
    assert listing(LOOPBACK, "2: env2: <UP> mtu 1500").whole
    assert not listing("2: env2: <UP> mtu 1500").whole
