"""The network path to the console: large frames on it, several interfaces to it, and addresses that are translated.

What IBM says of X is remembered, and a translation can only be guessed from addresses, so both are information. The
interface towards a console is the one that carries the address by which the console knows this partition
(ConnectivityNames); jumbo frames on any other are normal.
"""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.console import domain
from rmccomply.facts.judging.points import Ip, address
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, sentence, unknown_from, unread
from rmccomply.facts.judging.resources import SETTLE, KeptConsole, addresses_of, cut, resources, untold
from rmccomply.facts.judging.sessions import Session, sessions_in
from rmccomply.facts.judging.stale import stale
from rmccomply.facts.judging.ways import way_to
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.source import Source
from rmccomply.sources.table import IFCONFIG, IP_ADDR, NETSTAT, NETSTAT_IN, RMCDOMAINSTATUS, SS
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.network.netstat_in import InterfaceRows
    from rmccomply.sources.shared.interfaces import Interfaces
    from rmccomply.sources.shared.sockets import Sockets

_NONE: Final = ((),)
_NAMES: Final = "ConnectivityNames"
_INTERFACES: Final[dict[str, tuple[Source["Interfaces"], str]]] = {
    "aix": (IFCONFIG, "ifconfig -a"),
    "vios": (IFCONFIG, "ifconfig -a"),
    "linux": (IP_ADDR, "ip addr"),
}
_ETHERNET: Final = 1500
_LISTING: Final[dict[str, tuple[Source[object], str]]] = {
    "aix": (NETSTAT_IN, "netstat -in"),
    "vios": (NETSTAT_IN, "netstat -in"),
    "linux": (IP_ADDR, "ip addr"),
}
_CAUSE: Final = "Frames too large for the network can cause that."


class Card(NamedTuple):
    """An address on an interface, with the MTU if it is shown."""

    name: str
    ip: Ip | None
    mtu: int | None
    evidence: tuple[Reference, ...]


def large_frames(facts: Facts) -> Fact:
    """Control points in state X, and interfaces towards a console with an MTU above that of Ethernet."""
    name = "path.large_frames"
    return not_for(facts, _large_frames(facts, name), _NONE, NOT_MANAGED)


def _large_frames(facts: Facts, name: str) -> Fact:
    found, title = facts.cached(domain), "whether large frames reach the console"
    if found.unread is not None:
        return unknown_from(name, title, found.unread)
    suspended = [row for row in found.rows if row.state == "X"]
    if suspended:
        items = tuple(
            Item(
                row.text,
                f"The control point {row.text} is suspended (X). {_CAUSE}",
                row.evidence,
            )
            for row in suspended
        )
        return known(name, items, items[0].says, items[0].evidence)
    if not found.whole:
        says = "Whether large frames pass is unknown: the answer of rmcdomainstatus is incomplete."
        return unknown(name, "truncated", says, found.evidence, settle="rmcdomainstatus -s ctrmc")
    if not found.rows:
        return not_applicable(name, "rmcdomainstatus shows no control point over IP.", found.evidence)
    cards = _towards_consoles(facts, name, title)
    return cards if isinstance(cards, Fact) else _frames(name, cards)


def _frames(name: str, cards: list[Card]) -> Fact:
    large = {card.name: card for card in cards if card.mtu is not None and card.mtu > _ETHERNET}
    items = tuple(
        Item(card.name, f"{card.name}, the interface towards the console, has an MTU of {card.mtu}.", card.evidence)
        for card in large.values()
    )
    places = tuple(place for card in cards for place in card.evidence)
    says = items[0].says if items else "The interface towards the console has the MTU of Ethernet."
    return known(name, items, says, places)


def _towards_consoles(facts: Facts, name: str, title: str) -> list[Card] | Fact:
    """The interfaces that carry the addresses by which the consoles know this partition: all of them, or a fact."""
    found = facts.cached(resources)
    if found.unread is not None:
        return untold(name, title, found.unread)
    platform = facts.fact("host.platform")
    if platform.value not in _LISTING:
        return unknown_from(name, title, platform)
    source, settle = _LISTING[platform.value]
    if not facts.read(source):
        return unread(name, title, facts.answers(source), settle)
    gone = facts.cached(stale)
    told = {ip for row in found.rows if row not in gone for ip in addresses_of(row.of(_NAMES))}
    if not told or None in told:
        says = "The interface towards the console is unknown: IBM.MCP shows no address of this partition."
        return unknown(name, "inconclusive", says, found.evidence, settle=SETTLE)
    chosen = [card for card in _with_mtu(facts) if card.ip in told]
    agreed = _agreed(name, chosen, told, settle)
    if isinstance(agreed, Fact) and agreed.reason == "inconclusive":
        return agreed._replace(evidence=(*found.evidence, *agreed.evidence))
    return agreed


def _agreed(name: str, cards: list[Card], told: set[Ip | None], settle: str) -> list[Card] | Fact:
    places = tuple(place for card in cards for place in card.evidence)
    by_address: dict[Ip | None, set[str]] = {ip: set() for ip in told}
    by_name: dict[str, set[int]] = {card.name: set() for card in cards}
    for card in cards:
        by_address[card.ip].add(card.name)
        by_name[card.name].update([] if card.mtu is None else [card.mtu])
    if any(len(names) > 1 for names in by_address.values()) or any(len(mtus) > 1 for mtus in by_name.values()):
        says = "The interface towards the console is unknown: two listings contradict each other."
        return unknown(name, "conflicting", says, places, settle=settle)
    if not all(by_address.values()) or not all(by_name.values()):
        says = "The MTU towards the console is unknown: no listing shows it for each address that the console uses."
        return unknown(name, "inconclusive", says, places, settle=settle)
    return cards


def _with_mtu(facts: Facts) -> list[Card]:
    """The addresses by the listing that shows the MTU beside them."""
    if facts.fact("host.platform").value == "linux":
        return [card for reading in facts.read(IP_ADDR) for card in _cards(reading)]
    return [card for reading in facts.read(NETSTAT_IN) for card in _cards_by_row(reading)]


def _cards_by_row(reading: "Read[InterfaceRows]") -> Iterator[Card]:
    """The same as `_cards`, of a listing that has a row for each address."""
    for row in reading.record.rows:
        ip = address(row.address)
        if not row.down and not row.name.startswith("lo") and not (ip is not None and ip.is_loopback):
            yield Card(row.name, ip, row.mtu, reading.at(row.line))


def _cards(reading: "Read[Interfaces]") -> Iterator[Card]:
    """The addresses of adapters that are UP: a loopback, or an interface that is down, leads to no console."""
    for row in reading.record.rows:
        if row.loopback or row.up is False:
            continue
        for one in row.addresses:
            place = (*reading.at(row.line), *reading.at(one.line))
            yield Card(row.name, address(one.ip) if one.ip else None, row.mtu, tuple(dict.fromkeys(place)))


def several_interfaces(facts: Facts) -> Fact:
    """Consoles that know this partition by addresses on several of its interfaces; one interface is no fault.

    By which of its interfaces its own routes lead to a console is told beside, and never decides.
    """
    name = "path.several_interfaces"
    fact = _with_ways(facts, _several_interfaces(facts, name))
    return not_for(facts, fact, _NONE, NOT_MANAGED)


def _with_ways(facts: Facts, fact: Fact) -> Fact:
    """The fact with what routes say: of each item its way, else a way that leaves by another interface."""
    if fact.state != "known":
        return fact
    found, gone = facts.cached(resources), facts.cached(stale)
    ways = {row.label: _way(facts, row) for row in found.rows if row not in gone}
    if fact.items:
        items = tuple(_item_with(item, ways.get(item.subject)) for item in fact.items)
        return fact._replace(value=items, says=items[0].says, evidence=items[0].evidence)
    others = [way for row in found.rows if (way := ways.get(row.label)) and _is_other(facts, row, way)]
    places = tuple(place for way in others for place in way.evidence)
    also = tuple(f"{way.says}, and not by the one whose address the console uses." for way in others)
    return fact._replace(also=also, evidence=(*fact.evidence, *places))


class _Told(NamedTuple):
    """By which interfaces a console is reached, in words."""

    interfaces: tuple[str, ...]
    says: str
    evidence: tuple[Reference, ...]


def _way(facts: Facts, row: KeptConsole) -> _Told | None:
    told = (ip for ip in addresses_of(row.addresses) if ip is not None)
    ip, way = next(((ip, way) for ip in told if (way := way_to(facts, ip))), (None, None))
    if way is None:
        return None
    says = f"By its routes this partition reaches {ip} by {' and '.join(way.interfaces)}"
    return _Told(way.interfaces, says, way.evidence)


def _item_with(item: Item, way: _Told | None) -> Item:
    return item if way is None else Item(item.subject, f"{item.says} {way.says}.", (*item.evidence, *way.evidence))


def _is_other(facts: Facts, row: KeptConsole, way: _Told) -> bool:
    """Whether an adapter carries the address that the console uses, and the way leaves by others alone.

    A virtual IP address of AIX (vi0) is of no adapter, so that any way is right.
    """
    listing = _INTERFACES.get(facts.fact("host.platform").word)
    cards = [card for reading in facts.read(listing[0]) for card in _cards(reading)] if listing else []
    own = {card.name for card in cards if card.ip and card.ip in addresses_of(row.of(_NAMES))}
    return bool(own) and own.isdisjoint(way.interfaces) and not any(one.startswith("vi") for one in own)


def _several_interfaces(facts: Facts, name: str) -> Fact:
    found, title = facts.cached(resources), "whether several interfaces lead to a console"
    if found.unread is not None:
        return untold(name, title, found.unread)
    gone = facts.cached(stale)
    rows = [row for row in found.rows if row not in gone]
    if not rows:
        return not_applicable(name, "IBM.MCP holds no console that is still there.", found.evidence)
    bare = next((row for row in rows if not row.of(_NAMES)), None)
    if bare is not None:
        says = f"{sentence(title)} is unknown: lsrsrc shows no address by which {bare.label} knows this partition."
        return unknown(name, "inconclusive", says, bare.evidence, settle=SETTLE)
    several = [row for row in rows if len(set(addresses_of(row.of(_NAMES)))) > 1 or len(row.of(_NAMES)) > 1]
    if not several:
        places = tuple(place for row in rows for place in row.at(_NAMES))
        return known(name, (), "Each console knows this partition by one address.", places)
    return _on_interfaces(facts, name, title, several)


def _on_interfaces(facts: Facts, name: str, title: str, rows: list[KeptConsole]) -> Fact:
    platform = facts.fact("host.platform")
    if platform.value not in _INTERFACES:
        return unknown_from(name, title, platform)
    source, settle = _INTERFACES[platform.value]
    readings = facts.read(source)
    if not readings:
        return unread(name, title, facts.answers(source), settle)
    cards = [card for reading in readings for card in _cards(reading)]
    judged = [(row, [card for card in cards if card.ip and card.ip in addresses_of(row.of(_NAMES))]) for row in rows]
    items = tuple(_several(row, own) for row, own in judged if len({card.name for card in own}) > 1)
    if items:
        return known(name, items, items[0].says, items[0].evidence)
    places = tuple(place for row, own in judged for place in (*row.at(_NAMES), *_places(own)))
    if any({card.ip for card in own} != set(addresses_of(row.of(_NAMES))) for row, own in judged):
        says = f"{sentence(title)} is unknown: `{settle}` does not show each address by which it knows this partition."
        return unknown(name, "inconclusive", says, places, settle=settle)
    return known(name, (), "Each console knows this partition by addresses of one interface.", places)


def _several(row: KeptConsole, cards: list[Card]) -> Item:
    names = " and ".join(sorted({card.name for card in cards}))
    return Item(row.label, f"Several interfaces lead to {row.label}: {names}.", (*row.at(_NAMES), *_places(cards)))


def _places(cards: list[Card]) -> tuple[Reference, ...]:
    return tuple(place for card in cards for place in card.evidence)


def translated(facts: Facts) -> Fact:
    """Sessions of RMC whose far end is not an address of a console: it may be translated on the way."""
    name = "path.translated"
    return not_for(facts, _translated(facts, name), _NONE, NOT_MANAGED)


def _translated(facts: Facts, name: str) -> Fact:
    found, title = facts.cached(resources), "whether a console is behind address translation"
    if found.unread is not None:
        return untold(name, title, found.unread)
    if not found.rows:
        return not_applicable(name, "IBM.MCP is empty, so there is nothing to compare.", found.evidence)
    settle = "ss -tan" if facts.fact("host.platform").value == "linux" else "netstat -an"
    read = [reading for reading in (*facts.read(NETSTAT), *facts.read(SS)) if _covers_sessions(reading)]
    if not read:
        return unread(name, title, (*facts.answers(NETSTAT), *facts.answers(SS)), settle)
    sessions = [sessions_in(reading) for reading in read]
    if len({frozenset(session.peer for session in one) for one in sessions}) > 1:
        says = "Whether a console is behind address translation is unknown: two listings show different sessions."
        places = [
            tuple(place for session in one for place in session.evidence) or reading.at(1)
            for reading, one in zip(read, sessions, strict=True)
        ]
        return unknown(name, "conflicting", says, tuple(chain.from_iterable(places)), settle=settle)
    own = {ip for row in found.rows for ip in addresses_of(row.addresses)}
    peers = _peers(facts)
    return _far_ends(facts, name, [one for one in sessions[0] if one.peer not in peers], own, read[0], settle)


def _peers(facts: Facts) -> set[Ip]:
    """The addresses of the nodes of a peer domain, which speak RMC with each other."""
    rows = [row for reading in facts.read(RMCDOMAINSTATUS) for row in reading.record.rows if row.section == "peer"]
    return {ip for row in rows if (ip := address(row.name)) is not None}


def _far_ends(
    facts: Facts, name: str, sessions: list[Session], own: set[Ip | None], reading: "Read[Sockets]", settle: str
) -> Fact:
    met = next((session for session in sessions if session.peer in own), None)
    if met is not None:
        return known(name, (), f"RMC has a session with {met.peer}, an address of a console.", met.evidence)
    if reading.partial or not reading.record.whole:
        says = "Whether a console is behind address translation is unknown: the listing of sockets is incomplete."
        return unknown(name, reading.partial or "truncated", says, reading.at(1), settle=settle)
    if not sessions:
        return not_applicable(name, "RMC has no TCP session whose far end could be compared.", reading.at(1))
    if None in own:
        says = (
            "Whether a console is behind address translation is unknown: IBM.MCP holds a text that is not an address."
        )
        return unknown(name, "unparsable", says, sessions[0].evidence, settle=SETTLE)
    if not facts.cached(resources).whole:
        return cut(name, "whether a console is behind address translation", facts.cached(resources))
    items = tuple(
        Item(str(one.peer), f"RMC has a session with {one.peer}, which is not an address of a console.", one.evidence)
        for one in {session.peer: session for session in sessions}.values()
    )
    return known(name, items, items[0].says, items[0].evidence)


def _covers_sessions(reading: "Read[Sockets]") -> bool:
    return "tcp" in reading.record.protocols and not reading.record.listening_only
