"""Sockets on the ports of RMC: the record that `netstat` and `ss` share.

The ports are 657 (TCP and UDP) and 12601 (TCP with TLS, RSCT 3.3.1.0 and later).
"""

from collections.abc import Sequence
from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.texts import is_number

Protocol = Literal["tcp", "udp"]
PORTS: Final = frozenset({657, 12601})
STATES: Final = frozenset(
    {
        *("LISTEN", "ESTABLISHED", "SYN_SENT", "SYN_RCVD", "SYN_RECV", "SYN_RECEIVED", "NEW_SYN_RECV", "FIN_WAIT_1"),
        *("FIN_WAIT_2", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE_WAIT", "LAST_ACK", "CLOSING", "CLOSED", "CLOSE"),
        *("BOUND", "IDLE", "UNKNOWN"),
    }
)
BOTH: Final[tuple[Protocol, ...]] = ("tcp", "udp")


@record(frozen=True, slots=True)
class Socket:
    """One socket. `local` and `peer` are the addresses as printed, without brackets and port.

    A port is None for `*`. `state` is in upper case and in netstat's spelling (`ESTABLISHED`, `TIME_WAIT`), empty
    for UDP. A port that is no port number is None too; then the address is the whole text.
    """

    protocol: Protocol
    local: str
    local_port: int | None
    peer: str
    peer_port: int | None
    state: str
    line: Line


@record(frozen=True, slots=True)
class Sockets:
    """A listing. `protocols` it covers; `rows` of the ports of RMC only, local or peer; `others` counts the rest.

    `whole`: a socket on these ports that it covers and that is not among `rows` does not exist. `listening_only`:
    it covers no connections.
    """

    protocols: tuple[Protocol, ...]
    rows: tuple[Socket, ...]
    whole: bool
    others: int
    listening_only: bool = False


def protocols_of(letters: frozenset[str]) -> tuple[Protocol, ...]:
    """What option letters of Linux cover: `t`, `u`, both, or neither, which is both."""
    asked = tuple(protocol for protocol in BOTH if protocol[0] in letters)
    return asked or BOTH


def letters_of(options: frozenset[str]) -> frozenset[str]:
    """The letters of option words: `-tu -an` is {"t", "u", "a", "n"}. A long option gives its dash too."""
    return frozenset("".join(options))


def split_port(text: str) -> tuple[str, int | None, bool]:
    """Address, port and whether the port is one: `*.657` of AIX, `:::657` and `[::]:657` of Linux.

    AIX writes a dot before the port also after IPv6, so the later of dot and colon separates.
    """
    at = max(text.rfind("."), text.rfind(":"))
    host, port = text[: max(at, 0)].replace("[", "").replace("]", ""), text[at + 1 :]
    if at >= 0 and port == "*":
        return host, None, True
    if at >= 0 and is_number(port) and int(port) < 1 << 16:
        return host, int(port), True
    return text, None, False


def is_of_others(local: str, peer: str) -> bool:
    """Whether both ends have a port, or `*` for any, and neither is one of RMC."""
    for text in (local, peer):
        at = max(text.rfind("."), text.rfind(":"))
        port = text[at + 1 :]
        known = port == "*" or (is_number(port) and int(port) < 1 << 16 and int(port) not in PORTS)
        if at < 0 or not known:
            return False
    return True


def make_socket(protocol: Protocol, local: str, peer: str, state: str, line: Line) -> tuple[Socket, bool]:
    """A socket, and whether both its ports are port numbers or `*`."""
    near, near_port, near_known = split_port(local)
    far, far_port, far_known = split_port(peer)
    return Socket(protocol, near, near_port, far, far_port, state, line), near_known and far_known


def on_our_ports(socket: Socket) -> bool:
    """Whether it is RMC's, at either end."""
    return socket.local_port in PORTS or socket.peer_port in PORTS


def listed(
    found: Sequence[tuple[Socket, bool]],
    protocols: tuple[Protocol, ...],
    *,
    whole: bool,
    listening_only: bool = False,
    others: int = 0,
) -> Sockets:
    """The listing of all sockets found, and of others that are not RMC's; one with an unreadable port is kept, and no
    absence is proved beside it."""
    rows = tuple(socket for socket, known in found if not known or on_our_ports(socket))
    whole = whole and all(known for _, known in found)
    return Sockets(protocols, rows, whole, others + len(found) - len(rows), listening_only)
