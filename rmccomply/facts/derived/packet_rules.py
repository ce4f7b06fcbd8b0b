"""What the rules of nft and iptables let in, where their meaning is plain.

nft prints all rules of the kernel but those of the old iptables: where these refuse what nft does not, the two
contradict each other. Open by itself is only what no rule refuses; closed is only a chain that refuses what it does not
accept, all of whose rules are known, and through which the console must come. iptables alone opens nothing, but on a
kernel from before nft (Linux 3.13), to which none of its rules can be missing; that of RHEL 7 is older by its number
and has nft.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.derived.verdicts import BOTH, PORT, Verdict, console, missing
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Reading
from rmccomply.facts.texts import is_number

if TYPE_CHECKING:
    from rmccomply.facts.packet_filter import Chain, FilterRule, PacketFilter

_REFUSALS: Final = frozenset({"drop", "reject"})
_HARMLESS: Final = frozenset({"accept", "jump LOG"})
_INPUT: Final = "input"
_NFT_SINCE: Final = (3, 13)
_WITH_NFT: Final = ".el7"
_UNSEEN: Final = ", but does not show the rules of nft"
_MAY_REFUSE: Final = "a rule of {} may refuse a port of RMC"
_NFT: Final = "nft list ruleset"
_FAMILIES: Final = {"ip": {4}, "ip6": {6}}
_ZONE_PARTS: Final = frozenset({"pre", "log", "deny", "allow", "post"})
_OUTWARD: Final = frozenset({"forward", "output", "postrouting"})
_PLAIN: Final = frozenset(
    {"tcp", "udp", "th", "dport", "accept", "meta", "l4proto", "counter", "comment"}
    | {"-A", "-p", "-m", "multiport", "--dport", "--dports", "-j", "ACCEPT"}
)
"""The words of a rule that accepts from everywhere; any other is a condition."""
_NUMBERED: Final = frozenset({"packets", "bytes"})


def of_packet_rules(facts: Facts) -> list[Verdict]:
    """A verdict for each rule set that says something of IPv4, or of all."""
    versions, kernels = _versions(facts), _kernels(facts)
    found = [
        (reading.record, _alone(_of_rules(reading, reading.record, versions), reading.record, kernels))
        for reading in _concerning(facts, versions)
    ]
    against = next((one for record, one in found if record.command != "nft" and _is_against(one, record)), None)
    if against is None:
        return [verdict for _, verdict in found]
    return [_contradicted(verdict, against) if verdict.word == "open" else verdict for _, verdict in found]


def refusals(facts: Facts, others: frozenset[str]) -> list[Verdict]:
    """What drops or rejects a port of RMC, or may. No other table can let in again what one of them drops.

    What firewalld made of `others`, zones that no console comes through, refuses nothing to a console.
    """
    return [
        Verdict("", _MAY_REFUSE.format(reading.record.command), reading.at(rule.line), reading.name, "conflicting")
        for reading in _concerning(facts, _versions(facts))
        for rule in reading.record.rules
        if rule.rmc and rule.verdict in _REFUSALS
        if not _is_outward(rule, reading.record) and not _is_of_zone(rule.chain, others)
    ]


def _is_of_zone(chain: str, zones: frozenset[str]) -> bool:
    """Whether it is a chain of firewalld for a zone: `filter_IN_public_deny` of nft, `IN_public_deny` of iptables."""
    name = chain.removeprefix("filter_")
    zone, _, part = name.removeprefix("IN_").rpartition("_")
    return name.startswith("IN_") and part in _ZONE_PARTS and zone in zones


def _is_outward(rule: "FilterRule", record: "PacketFilter") -> bool:
    """Whether its chain is for what does not come in to this host."""
    hooks = {(chain.table, chain.name): chain.hook for chain in record.chains}
    return hooks.get((rule.table, rule.chain), "") in _OUTWARD


def _versions(facts: Facts) -> set[int]:
    return {getattr(one, "version", 0) for one in console(facts).addresses}


def _concerning(facts: Facts, versions: set[int]) -> list[Reading]:
    """The rule sets of nft, and those of iptables and ip6tables for the families in which consoles have addresses."""
    families = {4: "iptables", 6: "ip6tables"}
    commands = ("nft", *(families[version] for version in versions if version in families))
    return [one for one in facts.readings("packet_filter") if one.record is not None and _is_of(one, commands)]


def _is_of(reading: Reading, commands: tuple[str, ...]) -> bool:
    return str(reading.record.command).removesuffix("-save") in commands


def _is_against(verdict: Verdict, record: "PacketFilter") -> bool:
    return not verdict.word and verdict.settle != _NFT and _refuses(record)


def _contradicted(verdict: Verdict, against: Verdict) -> Verdict:
    """The old iptables has tables of its own, which nft does not print."""
    says = f"{verdict.says}, and {against.says}"
    return Verdict("", says, (*verdict.evidence, *against.evidence), against.settle, "conflicting")


def _kernels(facts: Facts) -> dict[bool, tuple[Reference, ...]]:
    """Whether the kernel is from before nft, with where uname tells it; two entries contradict each other."""
    return {
        _is_before_nft(reading.record.release): reading.at(reading.record.line)
        for reading in facts.readings("uname")
        if reading.record is not None and reading.record.release
    }


def _is_before_nft(release: str) -> bool:
    numbers = release.partition("-")[0].split(".")[:2]
    known = len(numbers) > 1 and all(number.isascii() and number.isdigit() for number in numbers)
    return known and tuple(map(int, numbers)) < _NFT_SINCE and _WITH_NFT not in release


def _alone(verdict: Verdict, record: "PacketFilter", kernels: dict[bool, tuple[Reference, ...]]) -> Verdict:
    """What all tables of iptables let in is open where the kernel has no other rules."""
    if verdict.settle != _NFT or record.covers != "all" or True not in kernels:
        return verdict
    if len(kernels) > 1:
        says = f"{verdict.says}, and two answers of uname contradict each other"
        places = (*verdict.evidence, *kernels[True], *kernels[False])
        return Verdict("", says, places, "uname -a", "conflicting")
    says = verdict.says.replace(_UNSEEN, ", and this kernel is from before nft")
    return Verdict("open", says, (*verdict.evidence, *kernels[True]))


def _closing(record: "PacketFilter") -> "list[Chain]":
    return [chain for chain in record.chains if chain.policy in _REFUSALS and chain.hook not in ("", "forward")]


def _refuses(record: "PacketFilter") -> bool:
    return bool(_closing(record)) or any(rule.verdict not in _HARMLESS for rule in record.rules)


def _of_rules(reading: Reading, record: "PacketFilter", versions: set[int]) -> Verdict:
    place = reading.at(1)
    if reading.partial or not record.whole:
        return Verdict("", f"the listing of {record.command} has not all rules", place, reading.name)
    if not _refuses(record):
        if record.command == "nft":
            return Verdict("open", "no rule of nft refuses what comes in", place)
        return Verdict("", f"iptables refuses nothing{_UNSEEN}", place, _NFT)
    inbound = [chain for chain in _closing(record) if chain.hook == _INPUT]
    plain = record.count == len(record.rules) and not any(rule.verdict not in _HARMLESS for rule in record.rules)
    if plain and len(inbound) == 1 and _concerns(inbound[0], record, versions):
        return _of_closed_chain(reading, record, inbound[0])
    return _unclear(record, place, reading)


def _unclear(record: "PacketFilter", places: tuple[Reference, ...], reading: Reading) -> Verdict:
    says = f"what the rules of {record.command} make of TCP and UDP 657 is not plain"
    return Verdict("", says, places, reading.name)


def _concerns(chain: "Chain", record: "PacketFilter", versions: set[int]) -> bool:
    """Whether all that a console may send passes this chain: that of its family, or of both."""
    family = "ip6" if record.command.startswith("ip6") else "ip"
    family = chain.table.partition(" ")[0] if record.command == "nft" else family
    return family == "inet" or (bool(versions) and versions == _FAMILIES.get(family))


def _of_closed_chain(reading: Reading, record: "PacketFilter", chain: "Chain") -> Verdict:
    """Rules that are all known, and a policy that refuses what none of them accepts."""
    accepting = [rule for rule in record.rules if (rule.table, rule.chain) == (chain.table, chain.name)]
    opened = [_opened(rule) for rule in accepting]
    places = (*reading.at(chain.line), *(place for rule in accepting for place in reading.at(rule.line)))
    known = set[str]().union(*(one for one in opened if one is not None))
    if known >= BOTH and len(_closing(record)) == 1:
        says = f"{record.command} lets TCP and UDP 657 in"
        if record.command == "nft":
            return Verdict("open", says, places)
        return Verdict("", f"iptables lets TCP and UDP 657 in{_UNSEEN}", places, _NFT)
    if known >= BOTH or None in opened:
        return _unclear(record, places, reading)
    return Verdict("closed", f"{record.command} refuses {missing(known)}", places)


def _opened(rule: "FilterRule") -> set[str] | None:
    """The protocols for which it accepts port 657 from everywhere; None where it has a condition."""
    text = "".join(rule.text.split('"')[::2])
    words = "".join(" " if char in "{}," else char for char in text).split()
    words = [word for before, word in pairwise(["", *words]) if before not in _NUMBERED | {"--comment"}]
    ports = [word for word in words if word == "rmc" or all(map(is_number, word.replace(":", "-").split("-")))]
    if set(words) - set(ports) - _PLAIN - _NUMBERED - {"--comment", rule.chain, "LOG"}:
        return None
    if rule.verdict != "accept" or not any(map(_holds, ports)):
        return set()
    return set(BOTH.intersection(words) or BOTH)


def _holds(port: str) -> bool:
    first, dash, last = port.replace(":", "-").partition("-")
    return port == "rmc" or int(first) <= PORT <= int(last if dash else first)
