"""`ss`: the column that may be missing, the addresses, and what a filter leaves unproved."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.ss import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.sockets import Sockets
from tests.facts.samples import answer_of, read, samples

HEADER = "Netid  State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port  Process"
LISTEN = "tcp    LISTEN  0       128            0.0.0.0:657         0.0.0.0:*"


@pytest.mark.parametrize("sample", samples("ss"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ss", answer_of(sample)) == snapshot


def listing(*lines: str, words: tuple[str, ...] = ("-tuan",), complete: bool = True) -> Sockets:
    return parse(Answer(("ss", *words), lines, complete=complete))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("-tuan",), True),
        (("-an",), True),
        (("-ltn",), True),
        (("-t", "-l", "-n"), True),
        (("-tulpn", "( sport = :657 )"), True),
        (("-tan", "state", "listening"), True),
        (("-tn",), False),
        (("-tual",), False),
        (("-s",), False),
        (("-tanH",), False),
        (("-4tan",), False),
        (("-tanx",), False),
        ((), False),
    ],
)
def test_numbers_of_all_or_of_listening_sockets_are_asked(words: tuple[str, ...], asked: bool) -> None:
    assert asks(("/usr/sbin/ss", *words)) is asked


def test_a_row_of_one_protocol_starts_with_its_state() -> None:
    row = "LISTEN 0 128 [::]:657 [::]:*"
    assert listing(HEADER, row, words=("-ltn",)).rows[0].protocol == "tcp"
    assert listing(HEADER, "UNCONN 0 0 *:657 *:*", words=("-lun",)).rows[0].protocol == "udp"
    with pytest.raises(Unreadable) as refused:
        listing(HEADER, row)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("0.0.0.0:657", "0.0.0.0"),
        ("*:657", "*"),
        ("[::]:657", "::"),
        ("10.20.0.18%env2:657", "10.20.0.18%env2"),
        ("[fe80::2]%env2:657", "fe80::2%env2"),
        ("[::ffff:10.20.0.18]:657", "::ffff:10.20.0.18"),
    ],
)
def test_spellings_of_a_local_address(local: str, expected: str) -> None:
    row = listing(HEADER, f"tcp LISTEN 0 128 {local} 0.0.0.0:*").rows[0]
    assert (row.local, row.local_port, row.peer_port) == (expected, 657, None)


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("tcp ESTAB 0 0 10.20.0.18:657 10.20.9.4:41020", "ESTABLISHED"),
        ("tcp TIME-WAIT 0 0 10.20.0.18:657 10.20.9.4:41020", "TIME_WAIT"),
        ("tcp LISTEN 0 128 *:657 *:*", "LISTEN"),
        ("udp UNCONN 0 0 *:657 *:*", ""),
        ("udp ESTAB 0 0 10.20.0.18:657 10.20.9.4:657", ""),
    ],
)
def test_states_are_spelt_as_netstat_does(row: str, state: str) -> None:
    assert listing(HEADER, row).rows[0].state == state


def test_rows_of_other_families_are_not_read() -> None:
    other = ("nl UNCONN 0 0 0:657 *", "u_str LISTEN 0 128 /run/system bus:657 11657 * 0")
    assert listing(HEADER, *other, LISTEN, words=("-an",)).others == 0


def test_only_a_header_without_a_filter_makes_a_listing_whole() -> None:
    assert listing(HEADER, LISTEN).whole
    assert not listing(LISTEN).whole
    assert not listing(HEADER, LISTEN, complete=False).whole
    assert not listing(HEADER, LISTEN, words=("-tuan", "( sport = :657 )")).whole
    assert not listing(HEADER, LISTEN, words=("-tuan", "sport", "=", ":657")).whole


def test_listening_sockets_only() -> None:
    assert listing(HEADER, words=("-tuln",)).listening_only
    assert not listing(HEADER, words=("-tuan",)).listening_only


def test_the_end_of_an_incomplete_listing_may_be_cut() -> None:
    lines = (HEADER, LISTEN, "tcp LISTEN 0 128")
    assert [row.line for row in listing(*lines, complete=False).rows] == [2]
    with pytest.raises(Unreadable) as refused:
        listing(*lines)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)


def test_a_comment_is_no_row_and_a_complaint_no_listing() -> None:
    assert len(listing("# of a blog", HEADER, "tcp LISTEN 0 128 *:657 *:*").rows) == 1
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("ss", "-tuan"), ("ss: bison bellows (while parsing filter)", HEADER), exit_status=None))
    assert (refused.value.reason, refused.value.line) == ("failed", 1)
