"""Probes from here: each kind of end has its word, and nothing is sent."""

import asyncio
import errno
import socket

import pytest

from rmccomply.collect import reach
from rmccomply.collect.reach import ReachProbe, probes, word_of
from rmccomply.sources.network.tcp_probe import ProbeWord
from tests.collect.servers import free_port


def test_open_and_refused_and_not_an_octet_is_sent() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen(1)
        port = one.getsockname()[1]
        assert asyncio.run(probes("127.0.0.1", port)) == (ReachProbe("127.0.0.1", "open"),)
        far, _ = one.accept()
        far.settimeout(5)
        assert far.recv(10) == b""
        far.close()
    assert asyncio.run(probes("127.0.0.1", free_port())) == (ReachProbe("127.0.0.1", "refused"),)


def test_a_name_with_both_families_is_tried_by_both_at_most_four_times(monkeypatch: pytest.MonkeyPatch) -> None:
    four = [(socket.AF_INET, 1, 6, "", (f"192.0.2.{n}", 657)) for n in (1, 1, 2, 3, 4)]
    six = [(socket.AF_INET6, 1, 6, "", (f"2001:db8::{n}", 657, 0, 0)) for n in (1, 2, 3)]
    asked = []

    async def found(self: object, *_: object, **__: object) -> object:
        return [*four, *six]

    async def looked(address: str, port: int, limit: float) -> str:
        asked.append(address)
        return "timeout"

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", found)
    monkeypatch.setattr(reach, "_probe", looked)
    asyncio.run(probes("lpar7"))
    assert asked == ["192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"]


def test_a_link_local_address_keeps_its_zone() -> None:
    name = socket.if_nameindex()[0][1]
    (found,) = asyncio.run(probes(f"fe80::1%{name}", free_port(), 1))
    assert found.address == f"fe80::1%{name}"


def test_a_name_that_does_not_resolve_says_nothing_of_the_port() -> None:
    assert asyncio.run(probes("no-such-name.invalid")) == (ReachProbe("no-such-name.invalid", "name-error"),)
    assert asyncio.run(probes("a" * 70)) == (ReachProbe("a" * 70, "name-error"),)


def test_nobody_answers() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen(0)
        port = one.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
        assert asyncio.run(probes("127.0.0.1", port, 0.3)) == (ReachProbe("127.0.0.1", "timeout"),)
        for client in waiting:
            client.close()


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ECONNREFUSED, "refused"),
        (errno.ETIMEDOUT, "timeout"),
        (errno.EHOSTUNREACH, "unreachable"),
        (errno.ENETUNREACH, "noroute"),
        (errno.EMFILE, "not-tried"),
    ],
)
def test_words(number: int, word: ProbeWord) -> None:
    assert word_of(OSError(number, "x")) == word
