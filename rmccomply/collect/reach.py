"""TCP 657 of a target, looked at from here: a connection that is closed at once, without an octet sent.

Each address that its name has is tried, IPv4 and IPv6, at most four. rmcd holds no more than 232 remote connections
(IBM, RSCT 3.3 documentation, "Port usage"), so there is one probe a host and no second try.
"""

import asyncio
import errno
import socket
from collections.abc import Iterable
from typing import Final

from rmccomply.tuples import NamedTuple

PORT: Final = 657
LIMIT: Final = 5
_MOST: Final = 4
_WORDS: Final = {
    errno.ECONNREFUSED: "refused",
    errno.ETIMEDOUT: "timeout",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETUNREACH: "noroute",
    errno.EADDRNOTAVAIL: "noroute",
    errno.EAFNOSUPPORT: "noroute",
}


class ReachProbe(NamedTuple):
    """What a connection met. `address` is the name where it has no address."""

    address: str
    word: str


async def probes(name: str, port: int = PORT, limit: float = LIMIT) -> tuple[ReachProbe, ...]:
    """The probes of a target, by the name or the address under which it is reached."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return (ReachProbe(name, "name-error"),)
    return tuple([ReachProbe(address, await _probe(address, port, limit)) for address in _addresses(found)])


def _addresses(found: Iterable[tuple[int, int, int, str, tuple[object, ...]]]) -> list[str]:
    """Each address once, IPv4 and IPv6 by turns, so that both are there among the first."""
    by_family: dict[int, list[str]] = {socket.AF_INET: [], socket.AF_INET6: []}
    for family, _, _, _, place in found:
        if family in by_family and _text(place) not in by_family[family]:
            by_family[family].append(_text(place))
    ranked = [(n, family, one) for family, ones in by_family.items() for n, one in enumerate(ones)]
    return [one for _, _, one in sorted(ranked)][:_MOST]


def _text(place: tuple[object, ...]) -> str:
    """The address with its zone, without which a link-local one leads nowhere."""
    if len(place) < 4 or not isinstance(place[3], int) or not place[3]:
        return str(place[0])
    return f"{str(place[0]).partition('%')[0]}%{socket.if_indextoname(place[3])}"


async def _probe(address: str, port: int, limit: float) -> str:
    try:
        async with asyncio.timeout(limit):
            _, writer = await asyncio.open_connection(address, port)
    except TimeoutError:
        return "timeout"
    except OSError as error:
        return word_of(error)
    writer.close()
    try:
        await writer.wait_closed()
    except OSError:
        pass
    return "open"


def word_of(error: OSError) -> str:
    """The word for what a connection met; what has no word was not established."""
    return _WORDS.get(error.errno or 0, "not-tried")
