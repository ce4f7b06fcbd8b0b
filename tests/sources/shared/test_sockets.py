"""Sockets on the ports of RMC."""

import pytest

from rmccomply.sources.shared.sockets import (
    is_of_others,
    letters_of,
    listed,
    make_socket,
    on_our_ports,
    protocols_of,
    split_port,
)


@pytest.mark.parametrize(
    ("text", "host", "port", "known"),
    [
        ("*.657", "*", 657, True),
        ("10.20.0.17.657", "10.20.0.17", 657, True),
        ("fe80::1.657", "fe80::1", 657, True),
        (":::657", "::", 657, True),
        ("[::]:657", "::", 657, True),
        ("[fe80::1%env2]:12601", "fe80::1%env2", 12601, True),
        ("*.*", "*", None, True),
        ("0.0.0.0:*", "0.0.0.0", None, True),
        ("*:65536", "*:65536", None, False),
        ("10.0.0.1:rmc", "10.0.0.1:rmc", None, False),
        ("657", "657", None, False),
        ("*", "*", None, False),
        ("", "", None, False),
    ],
)
def test_ports(text: str, host: str, port: int | None, known: bool) -> None:
    assert split_port(text) == (host, port, known)


@pytest.mark.parametrize(
    ("local", "peer", "ours"),
    [("*.657", "*.*", True), ("*.40000", "10.0.0.1.657", True), ("*.12601", "*.*", True), ("*.22", "*.*", False)],
)
def test_what_is_of_rmc(local: str, peer: str, ours: bool) -> None:
    socket, known = make_socket("tcp", local, peer, "LISTEN", 3)
    assert (on_our_ports(socket), known, socket.line) == (ours, True, 3)


def test_a_port_that_cannot_be_read_ends_the_proof_of_absence() -> None:
    ssh = make_socket("tcp", "*.22", "*.*", "LISTEN", 1)
    odd = make_socket("tcp", "*.ssh", "*.*", "LISTEN", 2)
    alone, beside = listed([ssh], ("tcp",), whole=True), listed([ssh, odd], ("tcp",), whole=True)
    assert (alone.rows, alone.others, alone.whole) == ((), 1, True)
    assert (beside.rows, beside.others, beside.whole) == ((odd[0],), 1, False)
    assert not listed([ssh], ("tcp",), whole=False).whole


def test_protocols_of_options() -> None:
    assert protocols_of(letters_of(frozenset({"tu", "an"}))) == ("tcp", "udp")
    assert protocols_of(letters_of(frozenset({"t", "n"}))) == ("tcp",)
    assert protocols_of(letters_of(frozenset({"uln"}))) == ("udp",)
    assert protocols_of(letters_of(frozenset({"an"}))) == ("tcp", "udp")


@pytest.mark.parametrize("peer", ["*.*", "10.0.2.4.1521", "10.0.2.4.0657", "*:12601", "*:65536", "10.0.0.1:rmc", "657"])
@pytest.mark.parametrize("local", ["*.*", ":::22", "*.657", "[::]:12601", "*:70000", "*", ""])
def test_a_row_of_others_is_one_that_a_listing_only_counts(local: str, peer: str) -> None:
    counted = listed([make_socket("tcp", local, peer, "LISTEN", 1)], ("tcp",), whole=True)
    assert is_of_others(local, peer) is (counted.others == 1)
    assert listed([], ("tcp",), whole=True, others=2).others == 2
