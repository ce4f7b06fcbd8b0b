"""TCP sessions of RMC that are established: their far ends, by `netstat`, `ss` and /proc/net."""

from collections.abc import Sequence
from ipaddress import IPv6Address
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import Ip, Point, address
from rmccomply.facts.judging.resources import addresses_of, resources
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.sockets import PORTS, Sockets
from rmccomply.sources.source import Source
from rmccomply.sources.table import NETSTAT, PROC_NET, SS
from rmccomply.tuples import NamedTuple

_LISTINGS: Final[tuple[Source[Sockets], ...]] = (NETSTAT, SS, PROC_NET)


class Session(NamedTuple):
    """The far end of an established connection, and the port of RMC that it uses at either end."""

    peer: Ip
    port: int
    evidence: tuple[Reference, ...]


def sessions_in(reading: Read[Sockets]) -> list[Session]:
    """The sessions that a listing shows; those with the host itself are none."""
    found = []
    for row in reading.record.rows:
        peer = address(row.peer)
        mapped = peer.ipv4_mapped if isinstance(peer, IPv6Address) else None
        far = mapped or peer
        port = next((one for one in (row.peer_port, row.local_port) if one in PORTS), None)
        established = row.protocol == "tcp" and row.state == "ESTABLISHED"
        if established and port is not None and far is not None and not far.is_loopback:
            found.append(Session(far, port, reading.at(row.line)))
    return found


def session_with(facts: Facts, up: Sequence[Point]) -> Session | None:
    """A session with an address of one of these control points, as rmcdomainstatus or IBM.MCP names it."""
    ids = {point.node_id for point in up if point.node_id is not None}
    own: set[Ip | None] = {point.ip for point in up}
    own.update(ip for row in facts.cached(resources).rows if row.node_id in ids for ip in addresses_of(row.addresses))
    readings = (reading for source in _LISTINGS for reading in facts.read(source))
    sessions = (session for reading in readings for session in sessions_in(reading))
    return next((session for session in sessions if session.peer in own), None)
