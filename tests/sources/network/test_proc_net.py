"""`/proc/net`: words of the processor, ports in hexadecimal, and one family a file."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.proc_net import FamilySockets, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("proc_net"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("proc_net", answer_of(sample)) == snapshot


TCP = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"
QUEUES = " 00000000:00000000 00:00000000 00000000     0        0 18211 1"
LISTEN = "   0: 00000000:0291 00000000:0000 0A" + QUEUES


def table(*lines: str, path: str = "/proc/net/tcp", complete: bool = True) -> FamilySockets:
    return parse(Answer((path,), lines, complete=complete))


def test_the_file_is_asked() -> None:
    assert asks(("/proc/net/tcp6",))
    assert not asks(("/proc/net/tcp6", "x"))


@pytest.mark.parametrize(
    ("path", "text", "address", "port"),
    [
        ("/proc/net/tcp", "1100140A:0291", "10.20.0.17", 657),
        ("/proc/net/tcp", "0100007f:3139", "127.0.0.1", 12601),
        ("/proc/net/tcp6", "000080FE00000000FFA703BEF20410FE:0291", "fe80::be03:a7ff:fe10:4f2", 657),
        ("/proc/net/tcp6", "0000000000000000FFFF00001100140A:0291", "::ffff:10.20.0.17", 657),
        ("/proc/net/udp6", "00000000000000000000000000000000:0291", "::", 657),
    ],
)
def test_words_are_turned_round_and_ports_are_not(path: str, text: str, address: str, port: int) -> None:
    nowhere = "0" * (32 if path.endswith("6") else 8) + ":0000"
    (row,) = table(TCP, f"   0: {text} {nowhere} 0A{QUEUES}", path=path).rows
    assert (row.local, row.local_port, row.peer_port) == (address, port, None)


@pytest.mark.parametrize(("number", "state"), [("0A", "LISTEN"), ("01", "ESTABLISHED"), ("06", "TIME_WAIT")])
def test_states_are_numbers_and_udp_has_none(number: str, state: str) -> None:
    row = f"   0: 00000000:0291 00000000:0000 {number}{QUEUES}"
    assert [socket.state for socket in table(TCP, row).rows] == [state]
    assert [socket.state for socket in table(TCP, row, path="/proc/net/udp").rows] == [""]


def test_only_sockets_of_rmc_are_kept() -> None:
    other = "   1: 0100007F:0019 00000000:0000 0A" + QUEUES
    record = table(TCP, LISTEN, other)
    assert ([row.line for row in record.rows], record.others) == ([2], 1)


def test_one_file_never_covers_a_protocol() -> None:
    assert [table(TCP).whole, table(TCP).family_whole] == [False, True]
    assert [table(LISTEN).whole, table(LISTEN).family_whole] == [False, False]
    assert not table(TCP, LISTEN, complete=False).family_whole


def test_a_missing_file_means_that_ipv6_is_off() -> None:
    record = parse(Answer(("/proc/net/tcp6",), (), absent=True))
    assert (record.family, record.rows, record.family_whole) == (6, (), True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("/proc/net/udp",), (), absent=True))
    assert refused.value.reason == "failed"


@pytest.mark.parametrize(
    "row",
    [
        "   0: 00000000:0291 00000000:0000",
        "   0: 0000000:0291 00000000:0000 0A",
        "   0: 00000000:291 00000000:0000 0A",
        "   0: 0000000g:0291 00000000:0000 0A",
        "   0: 00000000:0291 00000000:0000 1F",
        "   0  00000000:0291 00000000:0000 0A",
        "   0: 00000000000000000000000000000000:0291 00000000:0000 0A",
    ],
)
def test_a_row_of_another_form_is_refused(row: str) -> None:
    with pytest.raises(Unreadable) as refused:
        table(TCP, row)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)
    assert table(TCP, row, complete=False).rows == ()
