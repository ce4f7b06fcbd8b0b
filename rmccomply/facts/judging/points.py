"""Management control points as every source names them: `rmcdomainstatus` in both forms and `lsrsrc IBM.MCP`.

A control point's node ID is printed in hexadecimal by rmcdomainstatus and in decimal by lsrsrc; compared as integers
they are equal, so that the name form and the address form of one row can be joined.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Read, Reading
from rmccomply.sources.shared.messages import message_id
from rmccomply.sources.table import LSRSRC, RMCDOMAINSTATUS
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.rsct.lsrsrc import Resource, Resources
    from rmccomply.sources.rsct.rmcdomainstatus import DomainStatus

SECTION = "control_points"
SETTLE: Final = "rmcdomainstatus -s ctrmc -a ip"
_BY_NAME: Final = "rmcdomainstatus -s ctrmc"
NO_CLASS: Final = "2610-412"
_CLASS: Final = "IBM.MCP"
Ip = IPv4Address | IPv6Address


class Point(NamedTuple):
    """One control point as one source names it. `ip` is None where the text is a name or no address.

    `alone` is False for an address of a resource that has others, which are not link-local.
    """

    text: str
    ip: IPv4Address | IPv6Address | None
    node_id: str | None
    state: str
    queue: str
    evidence: tuple[Reference, ...]
    source: str
    alone: bool = True

    @property
    def link_local(self) -> bool:
        return self.ip is not None and self.ip.is_link_local

    @property
    def up(self) -> bool:
        """`I`, whatever of A, a, R, r stands second: the console's heartbeats pass."""
        return self.state == "I" and self.queue in ("A", "a", "R", "r")


class Points(NamedTuple):
    """All control points of a target. `rows` come from rmcdomainstatus, `resources` from lsrsrc."""

    rows: tuple[Point, ...]
    resources: tuple[Point, ...]

    @property
    def seen(self) -> tuple[Point, ...]:
        return (*self.rows, *self.resources)

    @property
    def addressed(self) -> tuple[Point, ...]:
        return tuple(point for point in self.seen if point.ip is not None)


def control_points(facts: Facts) -> Points:
    """The control points that the readings name."""
    rows = [point for reading in facts.read(RMCDOMAINSTATUS) for point in _rows(reading)]
    resources = [point for reading in facts.read(LSRSRC) for point in _resources(reading)]
    return Points(tuple(rows), tuple(resources))


def settles(asked: Sequence[Reading[object]]) -> str:
    """The form by name where this level has no option for the form by address, as old ones have not."""
    by_address = ["-a" in one.argv for one in asked]
    usage = any("Usage:" in text for one in asked for text in _texts(one))
    return _BY_NAME if usage and all(by_address) else SETTLE


def answered(facts: Facts) -> bool:
    """Whether lsrsrc told what IBM.MCP holds, or that there is no such class: then it need not be asked again."""
    if any(not one.partial for one in facts.read(LSRSRC) if _CLASS in one.argv):
        return True
    return any(NO_CLASS in map(message_id, _texts(one)) for one in facts.unread(LSRSRC) if _CLASS in one.argv)


def _texts(reading: Reading[object]) -> list[str]:
    return [place.text for place in reading.where()]


def _rows(reading: "Read[DomainStatus]") -> list[Point]:
    return [
        Point(row.name, address(row.name), row.node_id, row.state, row.queue, reading.at(row.line), reading.name)
        for row in reading.record.rows
        if row.section == SECTION
    ]


def _resources(reading: "Read[Resources]") -> list[Point]:
    if reading.record.resource_class != _CLASS:
        return []
    return [point for resource in reading.record.resources for point in _of_resource(reading, resource)]


def _of_resource(reading: "Read[Resources]", resource: "Resource") -> list[Point]:
    found = [
        Point(text, address(text), None, "", "", reading.at(attribute.line), reading.name)
        for attribute in resource.attributes
        if attribute.name in ("IPAddresses", "HMCIPAddr")
        for text in attribute.values
        if text
    ]
    others = any(point.ip is not None and not point.link_local for point in found)
    return [point._replace(alone=not others) for point in found]


def taken_over(row: Point, rows: Iterable[Point]) -> Point | None:
    """The control point that is up at the address of one that is down: an address is one console's at a time.

    Not so a link-local one, which several may have, each on a link of its own.
    """
    if row.state != "O" or row.ip is None or row.link_local or row.node_id is None:
        return None
    same = (one for one in rows if one.up and one.ip == row.ip and one.node_id not in (None, row.node_id))
    return next(same, None)


def keyed(rows: Iterable[Point]) -> list[tuple[tuple[str, int], Point]]:
    """Each row with what joins it to that of another answer: its node ID, and which of those with it in one answer."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows:
        name = row.node_id or row.text
        found.append(((name, seen[row.source, name]), row))
        seen[row.source, name] += 1
    return found


def joined(rows: Iterable[Point]) -> tuple[Point, ...]:
    """Each control point once, by its address where one answer has that, with the lines of all that show it."""
    found: dict[tuple[str, int], list[Point]] = {}
    for key, row in keyed(rows):
        found.setdefault(key, []).append(row)
    return tuple(
        next((row for row in same if row.ip is not None), same[-1])._replace(
            evidence=tuple(dict.fromkeys(place for row in same for place in row.evidence))
        )
        for same in found.values()
    )


@lru_cache(maxsize=1024)
def address(text: str) -> IPv4Address | IPv6Address | None:
    """The address without its zone; None for a name or an impossible address (an octet of 259)."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None
