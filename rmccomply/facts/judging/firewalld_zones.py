"""What firewalld lets in: the zone of the interface that the console uses, its ports, services and rich rules.

firewalld.zones(5): a packet belongs to the zone that is bound to its source, else to that of its interface, else to the
default zone. A service opens the ports of its file, of which /etc/firewalld comes before /usr/lib/firewalld; one that
firewalld does not bring itself may open any. Where the interface is not known, all zones that may be its must agree.
"""

from ipaddress import IPv4Network, IPv6Network, ip_network
from shlex import quote
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.verdicts import BOTH, PORT, Console, Ruling, console, missing
from rmccomply.sources.filters.firewalld_services import SHIPPED
from rmccomply.sources.shared.texts import is_number
from rmccomply.sources.table import FIREWALLD, IFCONFIG, IP_ADDR, RSCT_SERVICE

if TYPE_CHECKING:
    from rmccomply.sources.filters.firewalld import Firewalld, Port, Zone
    from rmccomply.sources.reading import Read

_FOLDERS: Final = ("/etc/firewalld/services/", "/usr/lib/firewalld/services/")
_ACTIONS: Final = frozenset({"accept", "reject", "drop"})


class JudgedZone:
    """What one zone lets in, while its parts are read. `unclear` says why that is not for certain, `hidden` what may
    open more, and so leaves alone what is open."""

    def __init__(self, zone: "Zone", reading: "Read[object]") -> None:
        self.zone = zone
        self.opened: set[str] = set()
        self.unclear = "" if zone.whole else f"the listing of the zone {zone.name} is incomplete"
        self.hidden = self.settle = ""
        self.evidence: tuple[Reference, ...] = reading.at(zone.line)

    @property
    def word(self) -> str:
        if self.opened >= BOTH and not self.unclear:
            return "open"
        return "" if self.unclear or self.hidden else "closed"


def of_firewalld(facts: Facts) -> list[Ruling]:
    """A verdict for each listing of zones. That firewalld does not run says nothing of other rules."""
    known = console(facts)
    return [_of_listing(facts, reading, known) for reading in facts.read(FIREWALLD) if reading.record.zones]


def interfaces(facts: Facts, known: Console) -> set[str]:
    """The interfaces that carry the addresses by which the consoles know this partition."""
    return {
        card.name
        for source in (IP_ADDR, IFCONFIG)
        for reading in facts.read(source)
        for card in reading.record.rows
        for one in card.addresses
        if one.ip is not None and one.ip in {str(ip) for ip in known.local}
    }


def _of_listing(facts: Facts, reading: "Read[Firewalld]", known: Console) -> Ruling:
    zones = _zones(facts, reading.record, known)
    if not zones:
        says = "firewalld runs, and which of its zones the console comes through is not shown"
        return Ruling("", says, reading.at(1), "firewall-cmd --list-all-zones")
    judged = [judged_zone(facts, zone, reading, known) for zone in zones]
    words = {one.word for one in judged}
    best = next((one for one in judged if one.word == "open"), judged[0])
    if best.word == "open" and (words == {"open"} or _chosen(facts, reading.record, known)):
        return Ruling("open", f"the zone {best.zone.name} of firewalld lets TCP and UDP 657 in", best.evidence)
    if words == {"closed"}:
        return Ruling(
            "closed", f"the zone {best.zone.name} of firewalld does not let {missing(best.opened)} in", best.evidence
        )
    odd = next((one for one in judged if one.unclear or one.hidden), best)
    says = odd.unclear or odd.hidden or "firewalld lets it in through one zone and not through another"
    return Ruling("", says, odd.evidence, odd.settle or "firewall-cmd --list-all-zones")


def _zones(facts: Facts, record: "Firewalld", known: Console) -> "list[Zone]":
    """The zones that the console comes through; without its interface, all that it may come through."""
    chosen = _chosen(facts, record, known)
    if chosen or record.covers != "all" or not record.whole:
        return chosen
    return [zone for zone in record.zones if zone.active or zone.default or zone.interfaces or zone.sources]


def _chosen(facts: Facts, record: "Firewalld", known: Console) -> "list[Zone]":
    names = interfaces(facts, known)
    if not names:
        return []
    bound = [zone for zone in record.zones if zone.sources]
    if bound and (not known.addresses or any(_network(text) is None for zone in bound for text in zone.sources)):
        return []
    by_source = [zone for zone in bound if any(_holds(text, one) for text in zone.sources for one in known.addresses)]
    outside = [one for one in known.addresses if not any(_holds(text, one) for zone in bound for text in zone.sources)]
    if by_source and not outside:
        return by_source
    named = [zone for zone in record.zones if names.intersection(zone.interfaces)]
    assigned = {name for zone in record.zones for name in zone.interfaces}
    others = record.covers == "all" and record.whole and names - assigned
    return [*by_source, *named, *(zone for zone in record.zones if others and zone.default)]


def _network(text: str) -> object:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _holds(text: str, one: object) -> bool:
    try:
        host, network = ip_network(str(one)), ip_network(text, strict=False)
    except ValueError:
        return False
    if isinstance(host, IPv4Network):
        return isinstance(network, IPv4Network) and host.subnet_of(network)
    return isinstance(network, IPv6Network) and host.subnet_of(network)


def judged_zone(facts: Facts, zone: "Zone", reading: "Read[object]", known: Console) -> JudgedZone:
    """What one zone lets in, by the answer that has it."""
    judged = JudgedZone(zone, reading)
    if zone.target == "ACCEPT":
        judged.opened |= BOTH
    judged.opened |= BOTH.intersection(zone.protocols)
    for port in zone.ports:
        _open(judged, port, reading.at(port.line))
    for service in zone.services:
        if service not in SHIPPED:
            _service(facts, judged, service, reading)
    for rule in zone.rich_rules:
        _rich(judged, rule.text, reading.at(rule.line), known)
    return judged


def _open(judged: JudgedZone, port: "Port", place: tuple[Reference, ...]) -> None:
    if port.first is not None and port.last is not None and port.first <= PORT <= port.last:
        judged.opened.add(port.protocol)
        judged.evidence += place


def _service(facts: Facts, judged: JudgedZone, service: str, reading: "Read[object]") -> None:
    """The ports of a service that firewalld does not bring, from the file that counts."""
    judged.evidence += reading.at(judged.zone.services_line)
    for folder in _FOLDERS:
        file = facts.read_of(RSCT_SERVICE, f"{folder}{service}.xml")
        if file is None:
            if not judged.hidden:
                judged.hidden = f"the zone {judged.zone.name} names the service {service}, whose file was not read"
                judged.settle = f"cat {quote(f'{folder}{service}.xml')}"
            return
        if file.record.present:
            for port in file.record.ports:
                _open(judged, port, file.at(port.line))
            if file.record.includes or file.record.destinations:
                judged.unclear = f"the service {service} includes others or is limited to destinations"
            return
    judged.hidden = f"the zone {judged.zone.name} names the service {service}, which has no file"


def _rich(judged: JudgedZone, text: str, place: tuple[Reference, ...], known: Console) -> None:
    """A rich rule that may be about RMC: read where it is plain, else the zone is unclear."""
    words = text.replace('"', " ").replace("=", " ").split()
    about = _about(words)
    if about is None or _ACTIONS.isdisjoint(words):
        return
    judged.evidence += place
    source = words[words.index("source") + 2] if "source" in words[:-2] else ""
    plain = "accept" in words and "destination" not in words and "limit" not in words and "NOT" not in words
    plain = plain and _is_of_family(words, known)
    if about and plain and (not source or any(_holds(source, one) for one in known.addresses)):
        judged.opened |= about
    else:
        judged.unclear = judged.unclear or f"a rich rule of the zone {judged.zone.name} is not clear: {text}"


def _is_of_family(words: list[str], known: Console) -> bool:
    """Whether it is for every family, or for that of a console."""
    family = words[words.index("family") + 1] if "family" in words[:-1] else ""
    return not family or family in {f"ipv{one.version}" for one in known.addresses}


def _about(words: list[str]) -> set[str] | None:
    """The protocols for which it names port 657, or all; empty where they are not plain; None where it names others."""
    if "port" in words[:-4] and "forward-port" not in words:
        at = words.index("port")
        first, _, last = words[at + 2].partition("-")
        protocol = [words[n + 1] for n, word in enumerate(words[:-1]) if word == "protocol"]
        if not is_number(first) or (last and not is_number(last)):
            return set()
        return set(protocol) & BOTH if int(first) <= PORT <= int(last or first) else None
    if "service" in words[:-2]:
        return None if words[words.index("service") + 2] in SHIPPED else set()
    others = ("icmp-block", "icmp-type", "masquerade", "forward-port", "tcp-mss-clamp")
    if any(word in words for word in others):
        return None
    return set() if "protocol" in words else set(BOTH)
