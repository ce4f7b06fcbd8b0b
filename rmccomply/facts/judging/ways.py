"""By which interface the partition reaches a console: what its routes say of an address.

The longest prefix wins, then the lowest metric; of several routes that are alike the system may take any. Rules that
choose another table by the source of a packet (`ip rule`) are not asked for, so that this informs and decides nothing.
"""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import Ip
from rmccomply.sources.table import ROUTES
from rmccomply.tuples import NamedTuple


class BestRoute(NamedTuple):
    """The interfaces of the best routes to an address, and their rows."""

    interfaces: tuple[str, ...]
    evidence: tuple[Reference, ...]


def way_to(facts: Facts, ip: Ip) -> BestRoute | None:
    """The best routes to an address; None where none is shown, some may be lost, or the network of one is not shown."""
    if ip.is_link_local:
        return None
    found: list[tuple[tuple[int, int], str, tuple[Reference, ...]]] = []
    for reading in facts.read(ROUTES):
        if ip.version not in reading.record.families:
            continue
        if reading.partial:
            return None
        for row in reading.record.rows:
            network = _network(row.network)
            if network is None:
                return None
            if ip in network:
                found.append(((-network.prefixlen, row.metric), row.interface, reading.at(row.line)))
    best = min((rank for rank, _, _ in found), default=None)
    rows = [(interface, places) for rank, interface, places in found if rank == best]
    if not rows:
        return None
    names = tuple(dict.fromkeys(name for name, _ in rows))
    return BestRoute(names, tuple(dict.fromkeys(place for _, places in rows for place in places)))


@lru_cache(maxsize=1024)
def _network(text: str) -> IPv4Network | IPv6Network | None:
    return ip_network(text) if text else None
