"""The IPv6 link-local address by which NovaLink and Power Virtual Server reach a partition.

`fe80::/10` on an interface that is UP and neither loopback nor tunnel; a global address is no substitute, and one that
is tentative, failed its duplicate check or sits on an interface that is DOWN or has no carrier does not count. On Linux
every interface has such an address by itself, so there only one on an interface without IPv4 proves the RMC interface
(as IBM's cloud-init module tells it), or a control point that is up at a link-local address. Where the consoles know
the partition by link-local addresses (ConnectivityNames of IBM.MCP), it must be one of these. The adapter below a VLAN,
a bridge or a bond has no IPv4 either, and is none of its own. On AIX `netstat -in` shows the address too; what it lacks
proves nothing.
"""

from ipaddress import IPv4Address, IPv6Address
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import control_points
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, unknown_from, unread, without_rsct
from rmccomply.facts.judging.resources import addresses_of, resources
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.interfaces import Address, Interface, Interfaces
from rmccomply.sources.source import Source
from rmccomply.sources.table import IFCONFIG, IP_ADDR, NETSTAT_IN
from rmccomply.tuples import NamedTuple

_SOURCE: Final[dict[str | None, tuple[Source[Interfaces], str]]] = {
    "aix": (IFCONFIG, "ifconfig -a"),
    "vios": (IFCONFIG, "ifconfig -a"),
    "linux": (IP_ADDR, "ip addr"),
}


class OwnAddress(NamedTuple):
    """One IPv6 address with its interface and place."""

    interface: Interface
    address: Address
    evidence: tuple[Reference, ...]

    @property
    def usable(self) -> bool:
        card = self.interface
        adapter = card.up and card.carrier and not (card.loopback or card.tunnel or card.ignored)
        return bool(adapter) and not self.address.tentative


def link_local(facts: Facts) -> Fact:
    """Whether the address for RMC is there, where the way of management needs one."""
    name = "ipv6.link_local"
    platform = facts.fact("host.platform")
    if platform.value == "vios":
        return not_applicable(name, "A Virtual I/O Server is reached over its own IP network.", platform.evidence)
    needed = _needed(facts, name)
    fact = needed if isinstance(needed, Fact) else _listed(facts, name, needed)
    return fact if fact.state == "not_applicable" else not_for(facts, fact, ("present",), _KINDS, of_rsct=False)


def _listed(facts: Facts, name: str, scope: str) -> Fact:
    """What the listings of the interfaces say."""
    platform = facts.fact("host.platform")
    if platform.value not in _SOURCE:
        return unknown_from(name, "the IPv6 address for RMC", platform)
    source, settle = _SOURCE[platform.value]
    read = facts.read(source)
    if not read and scope == "link":
        by_netstat = [_judge(facts, name, one, scope, settle) for one in _by_netstat(facts)]
        present = next((fact for fact in by_netstat if fact.value == "present"), None)
        if present is not None:
            return present
    if not read:
        return unread(name, "the IPv6 address for RMC", facts.answers(source), settle)
    judged = [_judge(facts, name, reading, scope, settle) for reading in read]
    told = [fact for fact in judged if fact.state == "known"]
    shown = any(fact.reason == "inconclusive" for fact in judged)
    if len({fact.value for fact in told}) > 1 or (shown and any(fact.value == "absent" for fact in told)):
        says = "The IPv6 address for RMC is unknown: two listings of the interfaces contradict each other."
        places = tuple(place for fact in judged for place in fact.evidence)
        return unknown(name, "conflicting", says, places, settle=settle)
    return (told or judged)[0]


def _by_netstat(facts: Facts) -> list[Read[Interfaces]]:
    """The interfaces that `netstat -in` shows, each with all its rows."""
    return [
        Read(one.name, one.source, one.argv, one.record.as_interfaces(), one.provenance, one.partial, one.also)
        for one in facts.read(NETSTAT_IN)
    ]


_KINDS: Final = {**NOT_MANAGED, "rhcos": "Red Hat CoreOS is reached through its container's network."}


def _needed(facts: Facts, name: str) -> str | Fact:
    """The scope of address that the management needs, "link" or "global"; or a fact where none is due."""
    management = facts.fact("host.management")
    if management.state == "unknown":
        installed = facts.fact("rsct.installed")
        if installed.value == "absent":
            return without_rsct(name, installed)
        return unknown_from(name, "whether an IPv6 address is needed", management)
    if management.value in ("novalink", "powervs"):
        return "link"
    if management.value == "none":
        return not_applicable(name, "Nobody manages this partition.", management.evidence, (management,))
    points = facts.cached(control_points).resources
    odd = [point for point in points if point.ip is None]
    if odd and not any(isinstance(point.ip, IPv4Address) for point in points):
        says = f"Whether an IPv6 address is needed is unknown: '{odd[0].text}' of a control point is not an address."
        return unknown(name, "unparsable", says, odd[0].evidence, settle="lsrsrc IBM.MCP")
    if points and all(isinstance(point.ip, IPv6Address) for point in points):
        return "link" if all(point.link_local for point in points) else "global"
    says = "The console is reached over IPv4 or in-band, so no IPv6 address is needed."
    return not_applicable(name, says, management.evidence, (management,))


def _judge(facts: Facts, name: str, reading: Read[Interfaces], scope: str, settle: str) -> Fact:
    six = [
        OwnAddress(card, address, tuple(dict.fromkeys((*reading.at(address.line), *reading.at(card.line)))))
        for card in reading.record.rows
        for address in card.addresses
        if address.family == 6
    ]
    wanted = [found for found in six if _in_scope(found.address, scope)]
    usable = [found for found in wanted if found.usable]
    named = facts.cached(_named) if scope == "link" else {}
    met = [found for found in usable if found.address.ip in named]
    if usable and (met or not named):
        return _usable(facts, name, met or usable, named)
    if usable:
        text, places = next(iter(named.items()))
        says = f"The IPv6 address for RMC is unknown: the console knows this partition as {text}, and not by an "
        says += f"address that an adapter carries ({usable[0].address.ip} on {usable[0].interface.name})."
        return unknown(name, "inconclusive", says, (*places, *usable[0].evidence), settle=settle)
    unclear = next((found for found in six if found.address.ip is None and found.usable), None)
    if unclear is not None:
        says = (
            f"The IPv6 address for RMC is unknown: '{unclear.address.text}' on {unclear.interface.name} is not an "
            "address."
        )
        return unknown(name, "unparsable", says, unclear.evidence, settle=settle)
    if any(found.interface.up is None for found in wanted):
        says = "The IPv6 address for RMC is unknown: this form of the listing does not show which interfaces are UP."
        return unknown(name, "inconclusive", says, wanted[0].evidence, settle=settle)
    if not reading.record.whole:
        says = "The IPv6 address for RMC is unknown: the listing has no loopback interface, so it is incomplete."
        return unknown(name, "truncated", says, reading.at(WHOLE), settle=settle)
    return _missing(name, scope, wanted, six, reading)


def _named(facts: Facts) -> dict[str, tuple[Reference, ...]]:
    """The link-local addresses by which the consoles know this partition, and where they stand."""
    rows = facts.cached(resources).rows
    return {
        str(ip): row.at("ConnectivityNames")
        for row in rows
        for ip in addresses_of(row.of("ConnectivityNames"))
        if isinstance(ip, IPv6Address) and ip.is_link_local
    }


def _usable(facts: Facts, name: str, usable: list[OwnAddress], named: dict[str, tuple[Reference, ...]]) -> Fact:
    alone = [found for found in usable if _is_alone(found.interface)]
    best = (alone or usable)[0]
    says = f"{best.interface.name} is UP and carries {best.address.ip}."
    if named:
        says = f"{says} By that address the console knows this partition."
        return known(name, "present", says, (*best.evidence, *named[str(best.address.ip)]))
    if alone:
        return known(name, "present", says, best.evidence)
    if facts.fact("host.platform").value != "linux":
        also = (f"{best.interface.name} carries IPv4 as well: the interface for RMC is usually a separate one.",)
        return known(name, "present", says, best.evidence, also=also)
    row = next((row for row in facts.cached(control_points).rows if row.up and row.link_local), None)
    if row is not None:
        says = f"{says} The control point {row.text} is up at a link-local address."
        return known(name, "present", says, (*best.evidence, *row.evidence))
    says = (
        "The IPv6 address for RMC is unknown: on Linux every interface has a link-local address, and each that carries "
        f"one here ({best.interface.name} and others like it) carries IPv4 too, or belongs to a VLAN, bridge or bond."
    )
    return unknown(name, "inconclusive", says, best.evidence, settle="rmcdomainstatus -s ctrmc -a ip")


def _is_alone(card: Interface) -> bool:
    return not card.shared and not any(one.family == 4 for one in card.addresses)


def _missing(name: str, scope: str, wanted: list[OwnAddress], six: list[OwnAddress], reading: Read[Interfaces]) -> Fact:
    if wanted:
        found = wanted[0]
        says = (
            f"{found.address.ip} is on {found.interface.name}, which {_why_not(found)}; no other interface carries one."
        )
        return known(name, "unusable", says, tuple(place for one in wanted for place in one.evidence))
    says = f"No interface carries a {'link-local' if scope == 'link' else 'global'} IPv6 address."
    others = [found for found in six if found.usable and found.address.ip is not None]
    if others:
        says += f" {others[0].address.ip} on {others[0].interface.name} does not replace it."
    return known(name, "absent", says, tuple(p for one in others for p in one.evidence) or reading.at(WHOLE))


def _why_not(found: OwnAddress) -> str:
    card = found.interface
    if card.loopback:
        return "is the loopback"
    if card.tunnel:
        return "is a tunnel"
    if card.ignored:
        return "is not a network adapter of its own"
    if not card.up:
        return "is DOWN"
    return "has no carrier" if not card.carrier else "has not passed its duplicate address check"


def _in_scope(address: Address, scope: str) -> bool:
    if address.ip is None:
        return False
    ip = IPv6Address(address.ip)
    return ip.is_link_local if scope == "link" else not (ip.is_link_local or ip.is_loopback or ip.is_unspecified)


def global_addresses(facts: Facts) -> Fact:
    """Global addresses that somebody may take for the link-local one; not applicable where that is there."""
    name = "ipv6.global_addresses"
    local = facts.fact("ipv6.link_local")
    if local.state == "unknown":
        return unknown_from(name, "whether a global address replaces the link-local one", local)
    if local.state == "not_applicable" or local.value == "present":
        says = f"No global address has to replace a link-local one: {local.says}"
        return not_applicable(name, says, local.evidence, (local,))
    source, settle = _SOURCE[facts.fact("host.platform").word]
    read = facts.read(source)
    found = [_global_items(reading) for reading in read]
    items = {subject: item for one in reversed(found) for subject, item in one.items()}
    whole = [one for one, reading in zip(found, read, strict=True) if reading.record.whole and not reading.partial]
    if any(one.keys() != items.keys() for one in whole):
        says = "Whether a global address replaces the link-local one is unknown: two listings contradict each other."
        places = tuple(place for item in items.values() for place in item.evidence)
        return unknown(name, "conflicting", says, places, settle=settle)
    says = (
        "There are global IPv6 addresses where RMC needs a link-local one."
        if items
        else "No global IPv6 address stands in for it."
    )
    return known(name, tuple(items.values()), says, local.evidence, basis=(local,))


def _global_items(reading: Read[Interfaces]) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for card in reading.record.rows:
        for address in card.addresses:
            ip = address.ip if address.family == 6 and _in_scope(address, "global") else None
            if ip is not None and OwnAddress(card, address, ()).usable:
                says = f"{ip} on {card.name} is global: RMC needs a link-local address."
                items.setdefault(ip, Item(ip, says, reading.at(address.line)))
    return items
