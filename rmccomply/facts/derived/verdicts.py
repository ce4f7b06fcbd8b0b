"""What one answer says of the local firewall, before the answers are put together."""

from ipaddress import IPv4Address, IPv6Address
from typing import Final, NamedTuple

from rmccomply.evidence.model import Reference
from rmccomply.facts.derived.points import control_points
from rmccomply.facts.derived.resources import addresses_of, resources
from rmccomply.facts.gather import Facts
from rmccomply.words import Reason

PORT: Final = 657
BOTH: Final = frozenset({"tcp", "udp"})


class Verdict(NamedTuple):
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

    addresses: frozenset[IPv4Address | IPv6Address]
    local: frozenset[IPv4Address | IPv6Address]


def console(facts: Facts) -> Console:
    """What is known of the two ends."""
    found = facts.once(resources)
    seen = {point.ip for point in facts.once(control_points).seen if point.ip is not None}
    local = {ip for row in found.rows for ip in addresses_of(row.of("ConnectivityNames")) if ip is not None}
    return Console(frozenset(seen), frozenset(local))
