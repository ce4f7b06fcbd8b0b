"""The packets that RMC needs to pass a firewall, in both directions.

Sessions over TCP are opened from either side and UDP is spoken by both, so that a firewall has to let pass what each
end opens and what the other answers. IBM RSCT 3.3, "Port usage": the daemon takes sessions over TCP at port 657 and
binds UDP 657, by which it speaks with the other daemons; a client over TCP has an ephemeral port of the operating
system. RSCT 3.2, "Ephemeral ports": these are never below 1024.
"""

from typing import Final

from rmccomply.tuples import NamedTuple

Ports = tuple[int, int]
"""The first and the last of a range."""


class PacketWay(NamedTuple):
    """A kind of packets that RMC needs: the side that is 657, and what connection tracking says of them."""

    inward: bool
    port: str
    state: str


OPENED: Final = PacketWay(True, "dport", "new")
TRACKED: Final = PacketWay(True, "dport", "established")
ANSWERS: Final = PacketWay(True, "sport", "established")
SENT: Final = (
    PacketWay(False, "dport", "new"),
    PacketWay(False, "dport", "established"),
    PacketWay(False, "sport", "established"),
)
WAYS: Final = (OPENED, TRACKED, ANSWERS, *SENT)
_RMC: Final = (657, 657)
_EPHEMERAL: Final = (1024, 65535)
_FEW: Final = (_EPHEMERAL[1] - _EPHEMERAL[0]) // 100


def other_ports(protocol: str, way: PacketWay) -> tuple[Ports, ...]:
    """What the side may be that need not be 657; a packet of each kind has to pass.

    The partition's own side of UDP is the port that the daemon has bound. A console may come through a translation.
    """
    if protocol == "tcp":
        return (_EPHEMERAL,)
    own = way.inward == (way.port == "sport")
    return (_RMC,) if own else (_RMC, _EPHEMERAL)


def within(first: int, last: int, ports: Ports) -> bool | None:
    """Whether ports are in a range: all of them, none, or only some (None).

    A few of the ephemeral ports are none: who gets one of them tries again, and gets another.
    """
    both = min(last, ports[1]) - max(first, ports[0]) + 1
    if both <= 0 or (ports == _EPHEMERAL and both < _FEW):
        return False
    return True if both == ports[1] - ports[0] + 1 else None
