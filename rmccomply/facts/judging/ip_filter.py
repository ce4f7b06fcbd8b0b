"""What the IP filter of AIX and VIOS makes of RMC: `lsfilt`.

Rules are tried in their order, in both directions, and keep no state: what a console answers must be permitted as what
it opens. AIX 7.2 documentation, "genfilt Command": `tcp/ack` asks for the flag ACK, which all packets of a session have
but the first; the scope `route` is for packets that are forwarded. Rules in force (-a) decide; the table of what is
configured (-s) shows that all is let in where it permits all, but not that something is refused, since nothing tells
there whether the filter runs. There is one filter for IPv4 and one for IPv6: where they differ, that of a console's
address counts. A copy with blanks for the bars does not tell the interface of a rule, so that its rules decide nothing.
Where the device of a filter is not Available there is none, unless the fileset ipfl.rte brings another one, whose rules
lsfilt does not list.
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import WHOLE, Line, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.database import listed, proofs_of_absence
from rmccomply.facts.judging.needs import ANSWERS, OPENED, SENT, TRACKED, WAYS, PacketWay, Ports, within
from rmccomply.facts.judging.packets import IpAddress, Packet, all_of, neighbours, packets_of
from rmccomply.facts.judging.verdicts import BOTH, PORT, Console, Ruling, console, missing
from rmccomply.sources.shared.texts import is_number, number_of
from rmccomply.sources.table import LSDEV, LSFILT

if TYPE_CHECKING:
    from rmccomply.sources.filters.lsfilt import IpFilter, IpFilterRule
    from rmccomply.sources.reading import Read

Fate = Mapping[str, frozenset[Line]]
"""The actions that a packet may meet, with the rules of each."""
Made = Mapping[PacketWay, Mapping[str, list[Fate]]]

_OTHER: Final = "ipfl.rte"
_DIRECTIONS: Final = frozenset({"inbound", "outbound"})
_PROTOCOLS: Final = frozenset({"tcp", "udp", "icmp", "ipv6-icmp", "ospf", "ipip", "esp", "ah"})
_NUMBERS: Final = {"6": "tcp", "17": "udp", "58": "ipv6-icmp", "icmpv6": "ipv6-icmp"}
_ALL_PORTS: Final = (0, 65535)
_FORWARDED: Final = "route"
_ACTIONS: Final = frozenset({"permit", "deny"})


def of_ip_filter(facts: Facts) -> list[Ruling]:
    """One verdict of all listings, or those that do not decide."""
    other = listed(facts, _OTHER)
    if other:
        says = f"the fileset {_OTHER} is installed, which has rules that lsfilt does not list"
        return [Ruling("", says, other[0][1], "ipfstat -io")]
    by_version = {version: _of_devices(facts, version) for version in ("4", "6")}
    for reading in facts.read(LSFILT):
        for version in (reading.record.version,) if reading.record.version in by_version else ("4", "6"):
            by_version[version].append(_of_listing(facts, reading))
    told = {version: [one for one in found if one.word] for version, found in by_version.items()}
    if any(len({one.word for one in found}) > 1 for found in told.values()):
        return [one for found in told.values() for one in found]
    decided = {version: found[0] for version, found in told.items() if found}
    if len(decided) == len(by_version):
        return _of_both(facts, decided["4"], decided["6"])
    undecided = [one for found in by_version.values() for one in found if not one.word]
    missing = [version for version, found in by_version.items() if not found]
    if not undecided and missing and decided and not facts.unread(LSFILT):
        says = f"the filter of IPv{missing[0]} was not queried"
        places = next(iter(decided.values())).evidence
        return [Ruling("", says, places, f"lsfilt -a -v{missing[0]} -O", "not_collected")]
    return undecided


def _of_devices(facts: Facts, version: str) -> list[Ruling]:
    """What the devices tell: nothing where the one of this version is Available."""
    found: list[Ruling] = []
    for reading in facts.read(LSDEV):
        if reading.partial or not reading.record.whole:
            continue
        rows = [row for row in reading.record.rows if row.name == f"ipsec_v{version}"]
        if any(row.state == "Available" for row in rows):
            continue
        places = reading.at(rows[0].line) if rows else reading.at(WHOLE)
        absent = proofs_of_absence(facts, _OTHER)
        if absent:
            found.append(Ruling("open", f"the IPv{version} filter is not there", (*places, *absent)))
        else:
            says = f"IP security of IPv{version} is not available, and whether {_OTHER} is installed is not shown"
            found.append(Ruling("", says, places, f"lslpp -Lcq {_OTHER}", "not_collected"))
    return found


def _of_both(facts: Facts, four: Ruling, six: Ruling) -> list[Ruling]:
    if four.word == six.word:
        return [four, six]
    usable = "4" if four.word == "open" else "6"
    known = console(facts)
    versions = {str(one.version) for one in known.addresses}
    if usable in versions:
        return [four if usable == "4" else six]
    if versions:
        return [six if usable == "4" else four]
    says = f"{four.says}, {six.says}, and which of them the console uses is not shown"
    return [Ruling("", says, (*four.evidence, *six.evidence), "lsrsrc IBM.MCP")]


def _of_listing(facts: Facts, reading: "Read[IpFilter]") -> Ruling:
    record = reading.record
    family = f"IPv{record.version}" if record.version else "IP"
    if record.off:
        return Ruling("open", f"the {family} filter is not there", reading.at(record.line))
    settle = f"lsfilt -a -v{record.version or 4} -O"
    if reading.partial or not record.whole:
        return Ruling(
            "", f"the listing of the {family} filter does not show all rules", reading.at(record.line), settle
        )
    made = _made(facts, record)
    denied = {way: _denied(found) for way, found in made.items()}
    says = f"the {family} filter denies {_what(denied)}"
    if any(denied.values()) and record.active:
        return Ruling("closed", says, _places(reading, made, frozenset({"deny"})))
    places = _places(reading, made, _ACTIONS) or reading.at(record.line)
    if any(denied.values()):
        says = f"the {family} filter is configured to deny it, and whether it runs is not shown"
        return Ruling("", says, places, settle)
    if any(one.keys() != {"permit"} for found in made.values() for fates in found.values() for one in fates):
        return Ruling("", f"what the {family} filter makes of TCP and UDP 657 is not clear", places, settle)
    if any(_fate(record, packet).keys() == {"deny"} for packet in _neighbours(facts, record)):
        says = f"the {family} filter denies neighbour discovery, by which a console over IPv6 is found"
        return Ruling("", says, places, settle)
    return Ruling("open", f"the {family} filter permits TCP and UDP 657", places)


def _made(facts: Facts, record: "IpFilter") -> Made:
    """What becomes of the packets of each way; in a listing of both families, of those of any address."""
    from rmccomply.facts.judging.firewalld_zones import interfaces

    known = console(facts) if record.version else Console(frozenset(), frozenset())
    names, version = frozenset(interfaces(facts, known)), int(record.version or 0)
    return {
        way: {
            protocol: [_fate(record, packet) for packet in packets_of(way, protocol, version, known, names)]
            for protocol in sorted(BOTH)
        }
        for way in WAYS
    }


def _neighbours(facts: Facts, record: "IpFilter") -> list[Packet]:
    from rmccomply.facts.judging.firewalld_zones import interfaces

    known = console(facts)
    return neighbours(known, frozenset(interfaces(facts, known))) if record.version == "6" else []


def _denied(found: Mapping[str, list[Fate]]) -> set[str]:
    """The protocols of which no packet passes."""
    return {protocol for protocol, fates in found.items() if all(one.keys() == {"deny"} for one in fates)}


def _what(denied: Mapping[PacketWay, set[str]]) -> str:
    """What is denied, in the words of the direction."""
    inward, sent = denied[OPENED] | denied[TRACKED], {name for way in SENT for name in denied[way]}
    if inward:
        return missing(BOTH - inward)
    if sent:
        return f"{missing(BOTH - sent)} that this partition sends"
    return f"what consoles answer from {missing(BOTH - denied[ANSWERS])}"


def _places(reading: "Read[IpFilter]", made: Made, actions: frozenset[str]) -> tuple[Reference, ...]:
    """Where the rules with these actions stand that decide, or may; of a denial those that decide alone."""
    fates = [one for found in made.values() for fates in found.values() for one in fates]
    told = [one for one in fates if one.keys() <= actions or len(actions) > 1]
    lines = {line for one in told for action in actions for line in one.get(action, ())}
    return tuple(place for line in sorted(lines) for place in reading.at(line))


def _fate(record: "IpFilter", packet: Packet) -> Fate:
    """The actions that the rules may take, the first that fits deciding; "" where none does, or one of another kind."""
    found: dict[str, frozenset[Line]] = {}
    for rule in record.rules:
        fits = all_of(_asks(rule, packet)) if rule.action in _ACTIONS else None
        if fits is False:
            continue
        action = rule.action if rule.action in _ACTIONS else ""
        found[action] = found.get(action, frozenset()) | {rule.line}
        if fits or not action:
            return found
    return {**found, "": frozenset()}


def _asks(rule: "IpFilterRule", packet: Packet) -> Iterator[bool | None]:
    """Whether each part of a rule holds for a packet."""
    far, near = packet.far, packet.near
    yield _is_direction(rule.direction.lower(), packet)
    yield _is_protocol(rule.protocol.lower(), packet)
    yield _is_in(rule.source, rule.source_mask, far if packet.inward else near)
    yield _is_in(rule.destination, rule.destination_mask, near if packet.inward else far)
    for side, text in (("sport", rule.source_port), ("dport", rule.destination_port)):
        yield _is_port(text, _ports(side, packet))
    yield _is_interface(rule.interface, packet.interfaces)
    yield False if _FORWARDED in rule.limits else None if rule.limits else True


def _is_direction(text: str, packet: Packet) -> bool | None:
    own = "inbound" if packet.inward else "outbound"
    return True if text in (own, "both", "") else False if text in _DIRECTIONS else None


def _is_protocol(text: str, packet: Packet) -> bool | None:
    if text in ("all", ""):
        return True
    if text == "tcp/ack":
        return packet.protocol == "tcp" and packet.state == "established"
    name = _NUMBERS.get(text, text)
    return name == packet.protocol if name in _PROTOCOLS or is_number(name) else None


def _is_in(address: str, mask: str, addresses: frozenset[IpAddress]) -> bool | None:
    """Whether a network has them; that of zeros has all, in either family and with any prefix."""
    start, _, length = address.partition("/")
    if not start.strip("0.:"):
        return True
    try:
        network = ip_network(f"{start}/{length or mask}", strict=False)
    except ValueError:
        return None
    inside = {one in network for one in addresses}
    return inside.pop() if len(inside) == 1 else None


def _ports(side: str, packet: Packet) -> Ports:
    """The ports of a side; type and code where it is ICMP."""
    if packet.kind:
        return (int(packet.kind), int(packet.kind)) if side == "sport" else (0, 0)
    return (PORT, PORT) if side == packet.port else packet.other or _ALL_PORTS


def _is_port(text: str, ports: Ports) -> bool | None:
    """Whether an operator and a number hold for all ports of a range, or none; None for another form."""
    words = text.split()
    if not words or words[0] == "any":
        return True
    number = number_of(words[1]) if len(words) == len(("eq", "657")) else None
    if number is None:
        return None
    same = within(number, number, ports)
    tests = {
        "eq": same,
        "neq": None if same is None else not same,
        "lt": within(0, number - 1, ports),
        "gt": within(number + 1, _ALL_PORTS[1], ports),
        "le": within(0, number, ports),
        "ge": within(number, _ALL_PORTS[1], ports),
    }
    return tests.get(words[0])


def _is_interface(name: str, interfaces: frozenset[str]) -> bool | None:
    if name == "all":
        return True
    return name in interfaces if name and len(interfaces) == 1 else None
