"""What one answer says of the local firewall, before the answers are put together."""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import Ip, control_points
from rmccomply.facts.judging.resources import KeptConsole, addresses_of, resources
from rmccomply.facts.judging.stale import stale
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

PORT: Final = 657
BOTH: Final = frozenset({"tcp", "udp"})


class Ruling(NamedTuple):
    """`word` is "open", "closed", or "" where the answer does not decide: then `settle` is the command that would."""

    word: str
    says: str
    evidence: tuple[Reference, ...]
    settle: str = ""
    reason: Reason = "inconclusive"


def missing(opened: frozenset[str] | set[str]) -> str:
    """The protocols that are not open, as people write them: "TCP and UDP 657"."""
    return f"{' and '.join(name.upper() for name in sorted(BOTH - opened))} {PORT}"


class Console(NamedTuple):
    """Addresses of consoles, and those by which they know this partition."""

    addresses: frozenset[Ip]
    local: frozenset[Ip]


def console(facts: Facts) -> Console:
    """What is known of the two ends.

    A console may have addresses that nothing here uses, and one that is gone may have left its own. So of a console
    that is up those count by which it is up, and of one that is gone none.
    """
    gone = {row.node_id for row in stale(facts)}
    kept = [row for row in facts.cached(resources).rows if row.node_id not in gone or row.node_id is None]
    points = facts.cached(control_points)
    rows = [row for row in points.rows if row.ip is not None and (row.node_id not in gone or row.node_id is None)]
    used = {row.node_id for row in rows if row.up and row.node_id is not None}
    named = {ip for row in kept if row.node_id not in used for ip in _named(row)}
    if not facts.cached(resources).rows:
        named = {point.ip for point in points.resources if point.ip is not None}
    local = {ip for row in kept for ip in addresses_of(row.of("ConnectivityNames")) if ip is not None}
    return Console(frozenset(named | {row.ip for row in rows if row.ip is not None}), frozenset(local))


def _named(row: KeptConsole) -> list[Ip]:
    """The addresses of a console by its resource."""
    texts = (*row.of("IPAddresses"), *row.of("HMCIPAddr"))
    return [ip for ip in addresses_of(texts) if ip is not None]
