"""What RMC keeps of its management consoles (class IBM.MCP), compared with what else the partition shows."""

from collections.abc import Sequence
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.console import domain
from rmccomply.facts.groups.start import settled
from rmccomply.facts.judging.points import Point, address
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, unknown_from, unread
from rmccomply.facts.judging.resources import (
    SETTLE,
    KeptConsole,
    KeptConsoles,
    addresses_of,
    cut,
    management_server,
    untold,
)
from rmccomply.facts.judging.resources import resources as all_resources
from rmccomply.facts.judging.stale import stale
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.interfaces import Address, Interfaces
from rmccomply.sources.source import Source
from rmccomply.sources.table import IFCONFIG, IP_ADDR

_NONE: Final = ((),)
_LISTING: Final[dict[str, tuple[Source[Interfaces], str]]] = {
    "aix": (IFCONFIG, "ifconfig -a"),
    "vios": (IFCONFIG, "ifconfig -a"),
    "linux": (IP_ADDR, "ip addr"),
}


def resources(facts: Facts) -> Fact:
    """Whether RMC knows a console at all; levels that use CSM keep it in the class IBM.ManagementServer."""
    name = "mcp.resources"
    fact = not_for(facts, _resources(facts, name), ("present",), NOT_MANAGED)
    return settled(facts, fact, ("present",))


def _resources(facts: Facts, name: str) -> Fact:
    found = facts.cached(all_resources)
    if found.rows:
        labels = ", ".join(row.label for row in found.rows)
        return known(name, "present", f"RMC knows {labels}.", found.rows[0].evidence)
    if found.unread is not None and found.unread.reason == "conflicting":
        return unknown_from(name, "whether RMC knows a console", found.unread)
    server = management_server(facts, name)
    if server is not None:
        return server
    if found.unread is not None:
        return _because_of_ctrmc(facts, unknown_from(name, "whether RMC knows a console", found.unread))
    return _none(facts, name, found)


def _because_of_ctrmc(facts: Facts, fact: Fact) -> Fact:
    daemon = facts.fact("subsystem.ctrmc")
    if daemon.value not in ("inactive", "absent"):
        return fact
    says = f"{fact.says} ctrmc is not running, so it cannot answer."
    return fact._replace(says=says, evidence=(*fact.evidence, *daemon.evidence), basis=(*fact.basis, daemon))


def _none(facts: Facts, name: str, found: KeptConsoles) -> Fact:
    """No resource is a fault only where a console must reach it over IP."""
    proxy, kind = facts.fact("console.in_band"), facts.fact("host.kind")
    management = facts.fact("host.management")
    if proxy.value == "yes":
        says = f"IBM.MCP is empty, as it may be where RMC runs in-band: {proxy.says}"
        return not_applicable(name, says, (*found.evidence, *proxy.evidence), (proxy,))
    if proxy.state == "unknown":
        says = "IBM.MCP is empty, and whether RMC runs in-band instead is unknown."
        places = (*found.evidence, *proxy.evidence)
        return unknown(name, "inconclusive", says, places, settle=proxy.settle, basis=(proxy,))
    if management.state == "unknown" and kind.value != "lpar":
        says = (
            "IBM.MCP is empty, and whether there should be a console is unknown: "
            f"{(kind if kind.reason else management).says}"
        )
        settle = kind.settle or management.settle
        return unknown(name, "inconclusive", says, found.evidence, settle=settle, basis=(kind, management))
    says = "IBM.MCP is empty: no management console has introduced itself to this partition."
    return known(name, "none", says, found.evidence, basis=(management, kind))


def unknown_to_domain(facts: Facts) -> Fact:
    """Resources whose console is no control point of rmcdomainstatus: stale ones."""
    name = "mcp.unknown_to_domain"
    return settled(facts, not_for(facts, _unknown_to_domain(facts, name), _NONE, NOT_MANAGED), _NONE)


def _unknown_to_domain(facts: Facts, name: str) -> Fact:
    found, status, title = facts.cached(all_resources), facts.cached(domain), "whether every console is a control point"
    if found.unread is not None:
        return untold(name, title, found.unread)
    if not found.rows:
        return not_applicable(name, "IBM.MCP is empty, so there is nothing to compare.", found.evidence)
    if status.unread is not None:
        return unknown_from(name, title, status.unread)
    odd = next((row for row in found.rows if row.node_id is None), None)
    if odd is not None:
        says = f"Whether every console is a control point is unknown: {odd.label} shows no 64-bit node ID."
        return unknown(name, "unparsable", says, odd.at("NodeID"), settle=SETTLE)
    contradicting = _contradicting(found, status.rows)
    if contradicting:
        says = "Whether every console is a control point is unknown: lsrsrc and rmcdomainstatus name one node ID with "
        return unknown(name, "conflicting", f"{says}different addresses.", contradicting, settle=SETTLE)
    return _compared(facts, name, found, status.rows)


def _compared(facts: Facts, name: str, found: KeptConsoles, rows: tuple[Point, ...]) -> Fact:
    known_ids = {row.node_id for row in rows}
    strangers = [row for row in found.rows if row.node_id not in known_ids]
    if not strangers and not found.whole:
        return cut(name, "whether every console is a control point", found)
    if not strangers:
        places = (*(p for row in found.rows for p in row.at("NodeID")), *(p for row in rows for p in row.evidence))
        return known(name, (), "Every console of IBM.MCP is a control point of rmcdomainstatus.", places)
    status, proxy = facts.cached(domain), facts.fact("console.in_band")
    evidence = (*strangers[0].at("NodeID"), *status.evidence)
    if not status.whole:
        says = "Whether every console is a control point is unknown: the answer of rmcdomainstatus is incomplete."
        return unknown(name, "truncated", says, evidence, settle="rmcdomainstatus -s ctrmc")
    if proxy.value == "yes":
        says = "RMC runs in-band, so a console need not be a control point over IP."
        return not_applicable(name, says, proxy.evidence, (proxy,))
    if proxy.state == "unknown":
        says = "Whether a console must be a control point is unknown: RMC may run in-band."
        return unknown(name, "inconclusive", says, evidence, settle=proxy.settle, basis=(proxy,))
    items = tuple(_stranger(row, status.evidence) for row in strangers)
    return known(name, items, items[0].says, items[0].evidence)


def _stranger(row: KeptConsole, status: tuple[Reference, ...]) -> Item:
    text = row.of("NodeID")[0]
    says = (
        f"{row.label} has the node ID {text} (0x{row.node_id}), which rmcdomainstatus does not show: an entry of a "
        "console that is gone."
    )
    return Item(row.label, says, (*row.at("NodeID"), *status))


def _contradicting(found: KeptConsoles, rows: tuple[Point, ...]) -> tuple[Reference, ...]:
    """A row and a resource with one node ID, whose addresses are all known and have none in common."""
    by_node_id: dict[str | None, list[KeptConsole]] = {}
    for resource in found.rows:
        by_node_id.setdefault(resource.node_id, []).append(resource)
    for row in rows:
        for resource in by_node_id.get(row.node_id, []):
            told = addresses_of(resource.addresses)
            if row.ip is not None and told and None not in told and row.ip not in told:
                return (*row.evidence, *resource.at("NodeID"), *resource.at("IPAddresses"))
    return ()


def foreign_names(facts: Facts) -> Fact:
    """Consoles that know this partition by addresses that it does not have: its address changed, or it is a clone."""
    name = "mcp.foreign_names"
    return settled(facts, not_for(facts, _foreign_names(facts, name), _NONE, NOT_MANAGED), _NONE)


def _foreign_names(facts: Facts, name: str) -> Fact:
    found, title = facts.cached(all_resources), "whether the consoles know this partition's own addresses"
    if found.unread is not None:
        return untold(name, title, found.unread)
    if not found.rows:
        return not_applicable(name, "IBM.MCP is empty, so there is nothing to compare.", found.evidence)
    platform = facts.fact("host.platform")
    if platform.value not in _LISTING:
        return unknown_from(name, title, platform)
    source, settle = _LISTING[platform.value]
    listings = facts.read(source)
    if not listings:
        return unread(name, title, facts.answers(source), settle)
    gone = facts.cached(stale)
    live = found._replace(rows=tuple(row for row in found.rows if row not in gone))
    if not live.rows:
        return not_applicable(name, "Every console of IBM.MCP is gone, so there is nothing to compare.", found.evidence)
    also = tuple(f"{row.label} is not judged: it is a console that is gone." for row in gone)
    return _strangers(name, live, listings, settle)._replace(also=also)


def _strangers(name: str, found: KeptConsoles, listings: Sequence[Read[Interfaces]], settle: str) -> Fact:
    local = {address(one.ip) for reading in listings for one in _of_both(reading) if one.ip}
    whole = [reading for reading in listings if reading.record.whole and not reading.partial]
    foreign = [row for row in found.rows if not local.intersection(addresses_of(row.of("ConnectivityNames")))]
    if not foreign:
        places = (*(place for row in found.rows for place in row.at("ConnectivityNames")), *_own(found, listings))
        return known(name, (), "Every console knows this partition by an address of its own.", places)
    unclear = next((row for row in foreign if _is_unclear(row)), None)
    if unclear is not None:
        says = f"Whether {unclear.label} knows this partition's own address is unknown: lsrsrc shows no address for it."
        return unknown(name, "inconclusive", says, unclear.at("ConnectivityNames"), settle=SETTLE)
    odd = next(((reading, one) for reading in listings for one in _of_both(reading) if one.ip is None), None)
    if odd is not None:
        says = (
            f"Whether the consoles know this partition's own addresses is unknown: '{odd[1].text}' is not an address."
        )
        return unknown(name, "unparsable", says, odd[0].at(odd[1].line), settle=settle)
    if not whole:
        says = (
            "Whether the consoles know this partition's own addresses is unknown: the listing of interfaces is "
            "incomplete."
        )
        return unknown(name, "truncated", says, listings[0].at(WHOLE), settle=settle)
    items = tuple(_foreign(row, whole[0]) for row in foreign)
    return known(name, items, items[0].says, items[0].evidence)


def _own(found: KeptConsoles, listings: Sequence[Read[Interfaces]]) -> tuple[Reference, ...]:
    """Where the addresses stand by which the consoles know this partition."""
    told = {str(ip) for row in found.rows for ip in addresses_of(row.of("ConnectivityNames"))}
    return tuple(place for one in listings for own in _of_both(one) if own.ip in told for place in one.at(own.line))


def _of_both(reading: Read[Interfaces]) -> list[Address]:
    """The addresses of both families by which a listing shows this partition to others: by no loopback, nor DOWN."""
    return [one for card in reading.record.rows if not card.loopback and card.up is not False for one in card.addresses]


def _is_unclear(row: KeptConsole) -> bool:
    """Whether it names no address that could be compared, or one that is none."""
    told = addresses_of(row.of("ConnectivityNames"))
    return not told or None in told


def _foreign(row: KeptConsole, listing: Read[Interfaces]) -> Item:
    names, told = ", ".join(row.of("ConnectivityNames")), addresses_of(row.of("ConnectivityNames"))
    for card in listing.record.rows:
        held = next((one for one in card.addresses if one.ip and address(one.ip) in told), None)
        if held is not None:
            why = "is the loopback" if card.loopback else "is DOWN"
            says = f"{row.label} knows this partition as {names}, which only {card.name} carries, and that {why}."
            return Item(row.label, says, (*row.at("ConnectivityNames"), *listing.at(held.line), *listing.at(card.line)))
    says = (
        f"{row.label} knows this partition as {names}, which no interface carries: its address was changed, or it "
        "is a clone."
    )
    return Item(row.label, says, (*row.at("ConnectivityNames"), *listing.at(WHOLE)))
