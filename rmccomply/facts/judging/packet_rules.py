"""What the rules of nft and iptables make of RMC, evaluated as the kernel does it.

RMC needs TCP and UDP 657 in both directions: what the console opens and answers must come in, what the partition opens
and answers must go out. A console over IPv6 is found by neighbour discovery (RFC 4861), which connection tracking does
not track; where that is refused the rules do not show that RMC passes. nft prints all rules of the kernel
but those of the old iptables: where these refuse what nft does not, the two contradict each other. iptables alone opens
nothing, but on a kernel from before nft (Linux 3.13), to which none of its rules can be missing; that of RHEL 7 is
older by its number and has nft.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Line, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.firewalld_zones import interfaces
from rmccomply.facts.judging.kernel import BUILT_IN, absent_filters
from rmccomply.facts.judging.needs import ANSWERS, OPENED, SENT, TRACKED, WAYS, PacketWay
from rmccomply.facts.judging.packet_path import Passage, Path
from rmccomply.facts.judging.packets import Packet, neighbours, packets_of
from rmccomply.facts.judging.verdicts import BOTH, Ruling, console, missing
from rmccomply.sources.shared.texts import is_number
from rmccomply.sources.table import PACKET_FILTER, UNAME

Made = Mapping[PacketWay, dict[str, list[Passage]]]
"""What becomes of the packets of each way, by protocol."""

if TYPE_CHECKING:
    from rmccomply.sources.filters.packet_filter import PacketFilter
    from rmccomply.sources.reading import Read

_NFT_SINCE: Final = (3, 13)
_WITH_NFT: Final = ".el7"
_OTHER_TABLES: Final = ", but another one may refuse it"
_UNSEEN: Final = ", but does not show the rules of nft"
_MAY_REFUSE: Final = "a rule of {} may refuse a port of RMC"
_OF_ONE_FAMILY: Final = ", and whether the console comes over IPv"
CONSOLES: Final = "lsrsrc IBM.MCP"
NFT: Final = "nft list ruleset"
_COMMANDS: Final = {4: "iptables", 6: "ip6tables"}
_OF_FIREWALLD: Final = frozenset({"inet firewalld", "ip firewalld", "ip6 firewalld"})
_ZONES_OF_FIREWALLD: Final = frozenset(
    {f"{hook}_ZONES{part}" for hook in ("INPUT", "PREROUTING") for part in ("", "_SOURCE")}
)
"""Tables and chains that firewalld makes of its zones, which are judged by themselves."""


def of_packet_rules(facts: Facts) -> list[Ruling]:
    """A verdict for each rule set that says something of the families in which consoles have addresses."""
    kernels = _kernels(facts)
    found = [
        (reading.record, _alone(of_rule_set(facts, reading), reading.record, kernels)) for reading in _concerning(facts)
    ]
    unfiltered = _unfiltered(facts, found)
    if unfiltered is not None:
        return [unfiltered]
    halves = {_families(facts, record)[0]: verdict for record, verdict in found if verdict.settle == CONSOLES}
    if halves.keys() >= _wanted(facts):
        places = tuple(place for half in halves.values() for place in half.evidence)
        return [Ruling("closed", next(iter(halves.values())).says.partition(_OF_ONE_FAMILY)[0], places)]
    against = next((one for record, one in found if record.command != "nft" and _may_refuse(facts, record)), None)
    if against is None:
        return [verdict for _, verdict in found]
    return [_contradicted(verdict, against) if verdict.word == "open" else verdict for _, verdict in found]


def settles(facts: Facts) -> str:
    """What would tell whether the kernel filters. To list the rules of a filter that is not there would load it."""
    skipped = any(one.argv[0].endswith("nft") and one.reason == "not_collected" for one in facts.unread(PACKET_FILTER))
    if not skipped:
        return NFT
    return next(f"{_COMMANDS[version]}-save" for version in sorted(_wanted(facts))) if _is_proved(facts) else BUILT_IN


def _is_proved(facts: Facts) -> bool:
    return "nft" in facts.cached(absent_filters).commands


def _unfiltered(facts: Facts, found: "list[tuple[PacketFilter, Ruling]]") -> Ruling | None:
    """Open where the kernel has no nft, and the old iptables lets RMC in or is not there either."""
    absent = facts.cached(absent_filters)
    listed = {version for record, _ in found for version in _families(facts, record)}
    lets_in = [(record, one) for record, one in found if one.settle == NFT and record.covers == "all"]
    without = {version for version, command in _COMMANDS.items() if command in absent.commands} - listed
    passed = {version for record, _ in lets_in for version in _families(facts, record)}
    if "nft" not in absent.commands or len(lets_in) < len(found) or not passed | without >= _wanted(facts):
        return None
    says = "the kernel has no packet filter: nf_tables and iptables are neither loaded nor built in"
    if lets_in:
        says = lets_in[0][1].says.replace(_UNSEEN, ", and the kernel has no nft")
    return Ruling("open", says, (*(place for _, one in lets_in for place in one.evidence), *absent.evidence))


def refusals(facts: Facts) -> list[Ruling]:
    """What may drop or reject RMC beside firewalld: no table can let in again what another one drops.

    What refuses it for certain has a verdict of its own.
    """
    found = [
        (reading, _outside(facts, reading.record))
        for reading in _concerning(facts)
        if of_rule_set(facts, reading).word != "closed"
    ]
    return [
        Ruling("", _MAY_REFUSE.format(reading.record.command), _places(reading, lines), reading.name, "conflicting")
        for reading, lines in found
        if lines
    ]


def _outside(facts: Facts, record: "PacketFilter") -> frozenset[Line]:
    """What refuses, or may, outside of what firewalld owns."""
    path = Path(record, _OF_FIREWALLD, _ZONES_OF_FIREWALLD, _other_rules(facts, record))
    return _refusing(path.passage(packet) for way in WAYS for packet in _packets(facts, record, way))


def _other_rules(facts: Facts, record: "PacketFilter") -> "list[PacketFilter]":
    """The other rule sets."""
    return [one.record for one in _concerning(facts) if one.record is not record]


def _packets(facts: Facts, record: "PacketFilter", way: PacketWay, protocols: frozenset[str] = BOTH) -> list[Packet]:
    """The packets of this way that this rule set decides about, by protocol and family."""
    known = console(facts)
    names = frozenset(interfaces(facts, known))
    return [
        packet
        for protocol in sorted(protocols)
        for version in _families(facts, record)
        for packet in packets_of(way, protocol, version, known, names)
    ]


def _neighbours(facts: Facts, record: "PacketFilter") -> list[Packet]:
    """Those of neighbour discovery; none where no console is known to come over IPv6."""
    known = console(facts)
    return neighbours(known, frozenset(interfaces(facts, known))) if 6 in _families(facts, record) else []


def _families(facts: Facts, record: "PacketFilter") -> list[int]:
    """The families that it decides about, of those in which consoles may come."""
    own = {4, 6} if record.command == "nft" else {6} if record.command.startswith("ip6") else {4}
    return sorted(own & _wanted(facts))


def _wanted(facts: Facts) -> set[int]:
    """The families in which consoles have addresses, or both."""
    return {one.version for one in console(facts).addresses} or {4, 6}


def _concerning(facts: Facts) -> "list[Read[PacketFilter]]":
    """The rule sets of nft, and those of iptables and ip6tables for the families in which consoles have addresses."""
    commands = ("nft", *(_COMMANDS[version] for version in sorted(_wanted(facts))))
    return [one for one in facts.read(PACKET_FILTER) if _is_of(one, commands)]


def _is_of(reading: "Read[PacketFilter]", commands: tuple[str, ...]) -> bool:
    return reading.record.command.removesuffix("-save") in commands


def _may_refuse(facts: Facts, record: "PacketFilter") -> bool:
    """Whether something is refused, or may be, by what a listing has, whole or not."""
    path = Path(record, others=_other_rules(facts, record))
    return any(path.passage(packet).word != "accept" for way in WAYS for packet in _packets(facts, record, way))


def _contradicted(verdict: Ruling, against: Ruling) -> Ruling:
    """The old iptables has tables of its own, which nft does not print."""
    says = f"{verdict.says}, and {against.says}"
    return Ruling("", says, (*verdict.evidence, *against.evidence), against.settle, "conflicting")


def _kernels(facts: Facts) -> dict[bool, tuple[Reference, ...]]:
    """Whether the kernel is from before nft, with where uname tells it; two entries contradict each other."""
    return {
        _is_before_nft(reading.record.release): reading.at(reading.record.line)
        for reading in facts.read(UNAME)
        if reading.record.release
    }


def _is_before_nft(release: str) -> bool:
    numbers = release.partition("-")[0].split(".")[:2]
    known = len(numbers) > 1 and all(map(is_number, numbers))
    return known and tuple(map(int, numbers)) < _NFT_SINCE and _WITH_NFT not in release


def _alone(verdict: Ruling, record: "PacketFilter", kernels: dict[bool, tuple[Reference, ...]]) -> Ruling:
    """What all tables of iptables let in is open where the kernel has no other rules."""
    if verdict.settle != NFT or record.covers != "all" or True not in kernels:
        return verdict
    if len(kernels) > 1:
        says = f"{verdict.says}, and two answers of uname contradict each other"
        places = (*verdict.evidence, *kernels[True], *kernels[False])
        return Ruling("", says, places, "uname -a", "conflicting")
    says = verdict.says.replace(_UNSEEN, ", and this kernel is from before nft")
    return Ruling("open", says, (*verdict.evidence, *kernels[True]))


def of_rule_set(facts: Facts, reading: "Read[PacketFilter]") -> Ruling:
    """What one rule set makes of RMC. Where iptables lets it in, NFT settles it; where it refuses it in the one family
    that it knows, CONSOLES do."""
    record = reading.record
    if reading.partial or not record.whole:
        return Ruling("", f"the listing of {record.command} does not show all rules", reading.at(1), reading.name)
    path = Path(record, others=_other_rules(facts, record))
    made = {
        way: {
            protocol: [path.passage(packet) for packet in _packets(facts, record, way, frozenset({protocol}))]
            for protocol in sorted(BOTH)
        }
        for way in WAYS
    }
    every = [one for passages in made.values() for found in passages.values() for one in found]
    places = _places(reading, _refusing(every)) + _places(reading, _accepting(made[OPENED]))
    if any(_refused(made[way]) for way in WAYS):
        return _closed(facts, record, _says(record, made), places)
    if any(one.word != "accept" for one in every):
        says = f"what the rules of {record.command} make of TCP and UDP 657 is not clear"
        return Ruling("", says, places or reading.at(1), reading.name)
    lost = [one for one in map(path.passage, _neighbours(facts, record)) if one.word == "drop"]
    if lost:
        says = f"{record.command} refuses neighbour discovery, by which a console over IPv6 is found"
        return Ruling("", says, _places(reading, _refusing(lost)) or places or reading.at(1), reading.name)
    says = f"{record.command} lets TCP and UDP 657 in"
    if not places or {one.line for one in record.rules}.isdisjoint(_accepting(made[OPENED])):
        says = f"no rule of {record.command} refuses what comes in"
    places = places or reading.at(1)
    if record.command == "nft" and record.covers == "all":
        return Ruling("open", says, places)
    unseen = _UNSEEN if record.command != "nft" else f" in the table {record.covers}{_OTHER_TABLES}"
    return Ruling("", f"{says}{unseen}", places, NFT)


def _says(record: "PacketFilter", made: "Made") -> str:
    """What is refused, with what passes beside it and so may look healthy."""
    inward, sent = _refused(made[OPENED]) | _refused(made[TRACKED]), _refused(*(made[way] for way in SENT))
    tracked = _accepted(made[TRACKED]) - _accepted(made[OPENED])
    if sent and not inward:
        return f"{record.command} refuses {missing(BOTH - sent)} that this partition sends"
    if not inward:
        return f"{record.command} refuses what consoles answer from {missing(BOTH - _refused(made[ANSWERS]))}"
    says = f"{record.command} refuses {missing(BOTH - inward)}"
    if inward <= tracked:
        says += ": replies pass by connection tracking, and what the console opens is refused"
    return says


def _closed(facts: Facts, record: "PacketFilter", says: str, places: tuple[Reference, ...]) -> Ruling:
    """Closed for certain in all families in which consoles may come; those of iptables know one of them."""
    families = _families(facts, record)
    if set(families) == _wanted(facts):
        return Ruling("closed", says, places)
    return Ruling("", f"{says}{_OF_ONE_FAMILY}{families[0]} is not shown", places, CONSOLES)


def _refused(*made: dict[str, list[Passage]]) -> set[str]:
    """The protocols of which no packet passes, whatever its family."""
    return {
        protocol
        for passages in made
        for protocol, found in passages.items()
        if found and all(one.word == "drop" for one in found)
    }


def _accepted(made: dict[str, list[Passage]]) -> set[str]:
    return {protocol for protocol, found in made.items() if all(one.word == "accept" for one in found)}


def _refusing(passages: Iterable[Passage]) -> frozenset[Line]:
    """The lines that refuse, or may: of what is not refused for certain too."""
    return frozenset(line for one in passages if one.word != "accept" for line in one.refusing or one.accepting)


def _accepting(made: dict[str, list[Passage]]) -> frozenset[Line]:
    return frozenset(line for found in made.values() for one in found for line in one.accepting)


def _places(reading: "Read[PacketFilter]", lines: Iterable[Line]) -> tuple[Reference, ...]:
    return tuple(place for line in sorted(lines) for place in reading.at(line))
