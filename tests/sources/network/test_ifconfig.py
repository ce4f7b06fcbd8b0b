"""`ifconfig`: what UP means, which addresses are addresses, and when a listing is a cut one."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.ifconfig import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.interfaces import Address, Interfaces
from tests.facts.samples import answer_of, capture, read, samples

LOOPBACK = ("lo0: flags=e08084b,c0<UP,LOOPBACK,RUNNING>", "\tinet 127.0.0.1 netmask 0xff000000")


@pytest.mark.parametrize("sample", samples("ifconfig"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ifconfig", answer_of(sample)) == snapshot


def listing(*lines: str, exit_status: int | None = 0) -> Interfaces:
    return parse(Answer(("ifconfig", "-a"), lines, exit_status=exit_status))


def address(line: str) -> Address:
    return listing("en0: flags=1e084863,480<UP,RUNNING>", line).rows[0].addresses[0]


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (("/usr/sbin/ifconfig", "-a"), True),
        (("ifconfig",), True),
        (("ifconfig", "en0"), False),
        (("ifconfig", "-a", "inet6"), False),
        (("ifconfig", "-l"), False),
    ],
)
def test_only_the_whole_listing_is_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize(
    ("flags", "up"),
    [
        ("<UP,BROADCAST>", True),
        ("<BROADCAST, UP, RUNNING>", True),
        ("<BROADCAST,RUNNING>", False),
        ("<GROUPUP,BACKUP>", None),
        ("<up,RUNNING>", None),
        ("<>", False),
    ],
)
def test_only_the_exact_flag_is_up(flags: str, up: bool | None) -> None:
    assert listing(f"en0: flags=1e084863,480{flags}").rows[0].up is up


@pytest.mark.parametrize(
    ("line", "ip", "prefix", "zone"),
    [
        ("inet 10.20.0.17 netmask 0xfffffff0 broadcast 10.20.0.31", "10.20.0.17", 28, ""),
        ("inet 10.20.0.17 broadcast 10.20.0.31", "10.20.0.17", None, ""),
        ("inet 10.20.0.17 netmask 0xff00ff00", "10.20.0.17", None, ""),
        ("inet 10.20.0.17 netmask", "10.20.0.17", None, ""),
        ("inet 10.99.0.1 --> 10.99.0.2 netmask 0xfffffffc", "10.99.0.1", 30, ""),
        ("inet6 ::1%1/128", "::1", 128, "1"),
        ("inet6 FE80::00AA/64", "fe80::aa", 64, ""),
        ("inet6 fe80::1/129", "fe80::1", None, ""),
        ("inet6 fe80::1: 2/64", None, 64, ""),
        ("inet6 fe80::1 2/64", None, 64, ""),
        ("inet6 fe80::1fde7:5bff:fece:7058/64", None, 64, ""),
        ("inet6 fe80::g/64", None, 64, ""),
        ("inet 10.20.0.259 netmask 0xffffff00", None, 24, ""),
        ("inet 010.20.0.17 netmask 0xffffff00", None, 24, ""),
        ("inet fe80::1", None, None, ""),
    ],
)
def test_an_impossible_address_has_no_value(line: str, ip: str | None, prefix: int | None, zone: str) -> None:
    read_address = address(line)
    assert (read_address.ip, read_address.prefix, read_address.zone) == (ip, prefix, zone)
    assert line.split()[1] in read_address.text


def test_addresses_that_are_not_verified_are_marked() -> None:
    assert address("inet6 fe80::1/64 tentative").tentative
    assert not address("inet6 fe80::1/64").tentative


def test_wrapped_flags_end_at_their_bracket() -> None:
    lines = ("en0: flags=1e084863,480<BROADCAST,U", "P,CHAIN>", "\tinet 10.20.0.17 netmask 0xffffff00", *LOOPBACK)
    record = listing(*lines)
    assert [(row.name, row.up, row.line) for row in record.rows] == [("en0", True, 1), ("lo0", True, 4)]
    assert record.rows[0].addresses[0].line == 3


@pytest.mark.parametrize("following", [LOOPBACK[0], LOOPBACK[1], ""])
def test_flags_without_an_end_take_no_other_line(following: str) -> None:
    with pytest.raises(Unreadable) as refused:
        listing("en0: flags=1e084863,480<UP,BROADCAST", following)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ("1e084863,480", (True, False)),
        ("e08084b,c0", (True, True)),
        ("1e084862,480", (False, False)),
        ("1e084863", (True, False)),
    ],
)
def test_a_copy_that_lost_the_words_has_the_flags_in_its_number(flags: str, told: tuple[bool, bool]) -> None:
    row = listing(f"en0: flags={flags}", *LOOPBACK).rows[0]
    assert (row.up, row.loopback) == told


@pytest.mark.parametrize("flags", ["", "x1", "1e08486g", "1" * 5000])
def test_what_is_no_number_of_flags_is_refused(flags: str) -> None:
    with pytest.raises(Unreadable) as refused:
        listing(f"en0: flags={flags}", *LOOPBACK)
    assert refused.value.reason == "unparsable"


def test_tunnels_loopback_and_et_are_told_apart() -> None:
    names = ("en0", "en12", "et0", "vi0", "ent0", "en", "sit0", "gre1", "lo0")
    rows = listing(*(f"{name}: flags=8100041<UP,RUNNING>" for name in names)).rows
    assert [row.name for row in rows if row.ignored] == ["et0", "vi0", "ent0", "en"]
    assert [row.name for row in rows if row.tunnel] == ["sit0", "gre1"]
    assert [row.name for row in rows if row.loopback] == ["lo0"]


def test_a_listing_is_whole_with_its_loopback() -> None:
    assert listing("en0: flags=1e084863,480<UP>", *LOOPBACK).whole
    assert not listing("en0: flags=1e084863,480<UP>").whole


def test_a_line_of_no_known_form_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as refused:
        listing(*LOOPBACK, "the quick brown fox")
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)


def test_corpus_aliases_and_metric() -> None:
    record = parse(capture("aix71-ohai", "ifconfig-a.txt", "ifconfig", "-a"))
    assert record.whole
    assert [row.name for row in record.rows] == ["en0", "en1", "lo0"]
    assert [(found.ip, found.prefix, found.line) for found in record.rows[0].addresses] == [
        ("172.29.174.58", 18, 2),
        ("172.29.174.59", None, 3),
        ("172.29.174.60", 18, 4),
        ("::1", 0, 5),
    ]
    assert [row.up for row in record.rows] == [True, True, True]


def test_corpus_blanks_in_flags_and_in_an_address() -> None:
    record = parse(capture("powervs-aix72-nim-mpb-test", "ifconfig-a.txt", "ifconfig", "-a"))
    rows = {row.name: row for row in record.rows}
    assert list(rows) == ["en0", "enl", "sit0", "lo0"]
    assert all(row.up for row in record.rows)
    injected = rows["enl"].addresses[0]
    assert (injected.text, injected.ip) == ("fe80::205f: dfff:fe3e:dc56/64", None)
    assert rows["sit0"].tunnel
    assert record.whole
    assert (rows["lo0"].addresses[1].ip, rows["lo0"].addresses[1].zone) == ("::1", "1")


def test_corpus_a_part_of_a_listing() -> None:
    record = parse(capture("powervs-aix-missing-ipv6", "ifconfig-a.txt", "ifconfig", "-a"))
    assert not record.whole
    assert [(found.ip, found.prefix) for found in record.rows[0].addresses] == [("192.168.2.104", 28)]


@pytest.mark.parametrize("text", ["0821-532 Cannot open the kernel.", "ifconfig: no such command"])
def test_a_complaint_in_a_capture_is_no_listing(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        listing(text, *LOOPBACK, exit_status=None)
    assert (refused.value.reason, refused.value.line) == ("failed", 1)


def test_a_comment_is_no_line_of_it() -> None:
    assert [row.name for row in listing("# of a blog", *LOOPBACK).rows] == ["lo0"]


@pytest.mark.parametrize(
    "head", ["en0: flags=1>e084863<UP>", ": flags=1e084863<UP>", "en0: flags=1e084863<UP> mtu 1500"]
)
def test_a_head_of_another_form_is_refused(head: str) -> None:
    with pytest.raises(Unreadable) as refused:
        listing(head, *LOOPBACK)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


def test_an_interface_without_an_address_has_none() -> None:
    assert listing("en0: flags=1e084863,480<UP,RUNNING>", *LOOPBACK).rows[0].addresses == ()
