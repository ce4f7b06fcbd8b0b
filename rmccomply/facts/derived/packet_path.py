"""What the rules of one packet filter make of a packet, as the kernel would: accept, drop, or either.

A packet passes every base chain of every table on its hooks; each must accept it, and a drop is final. What is not
known of a packet or not read of a rule may hold or not: both ways are followed, so that a single outcome is certain.
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final, NamedTuple

from rmccomply.evidence.model import Line
from rmccomply.facts.derived.verdicts import PORT
from rmccomply.facts.filter_rules import ANY
from rmccomply.facts.texts import is_number

if TYPE_CHECKING:
    from rmccomply.facts.filter_rules import Chain, Condition, FilterRule
    from rmccomply.facts.packet_filter import PacketFilter

Address = IPv4Address | IPv6Address
Outcomes = Mapping[str, frozenset[Line]]
"""accept, drop, return: each with the lines of the rules and policies that decide so."""

_INWARD: Final = frozenset({"ingress", "prerouting", "input"})
_OUTWARD: Final = frozenset({"output", "postrouting", "egress"})
_OTHER_FAMILIES: Final = frozenset({"arp", "bridge"})
_OWN_FAMILY: Final = {"ip": 4, "ip6": 6}
_LOOPBACK: Final = "lo"
_NAME: Final = "rmc"
_NUMBERS: Final = {"6": "tcp", "17": "udp"}
_LONGEST_VALUE: Final = 100
_EITHER: Final = ("accept", "drop")
_FRAMES: Final = {"host": True, "unicast": True, "broadcast": False, "multicast": False, "other": False}
_KINDS: Final = frozenset({"local", "unicast", "broadcast", "multicast", "anycast"})
"""Kinds of an address, of which the others are routes that lead nowhere."""


class Packet(NamedTuple):
    """A packet of RMC. `port` is the side that is 657; of the other nothing is known. `far` and `near` are the
    addresses that it may have, `interfaces` those that it may pass; empty where they are not known. `state` is that of
    connection tracking, empty where not every packet is tracked."""

    protocol: str
    family: int
    inward: bool
    port: str
    state: str
    far: frozenset[Address] = frozenset()
    near: frozenset[Address] = frozenset()
    interfaces: frozenset[str] = frozenset()


class Passage(NamedTuple):
    """`word` is accept, drop, or empty for either; `lines` are what decides, refusals first."""

    word: str
    refusing: frozenset[Line]
    accepting: frozenset[Line]


class Path:
    """The chains of a rule set, by table. `trusted` are chains that are taken to accept what reaches them."""

    def __init__(self, record: "PacketFilter", leave_out: Iterable[str] = (), trusted: frozenset[str] = frozenset()):
        left_out = frozenset(leave_out)
        self._chains = {(one.table, one.name): one for one in record.chains if one.table not in left_out}
        self._rules: dict[tuple[str, str], list[FilterRule]] = {}
        for rule in record.rules:
            self._rules.setdefault((rule.table, rule.chain), []).append(rule)
        self._of_nft = record.command == "nft"
        self._trusted = trusted
        self._untracked = any(rule.verdict == "notrack" for rule in record.rules)

    def passage(self, packet: Packet) -> Passage:
        """What all base chains together make of it."""
        if self._untracked:
            packet = packet._replace(state="")
        refusing, accepting, words = set[Line](), set[Line](), set[str]()
        for chain in self._chains.values():
            found = self._of_base(chain, packet)
            words.add(next(iter(found)) if len(found) == 1 else "")
            refusing |= found.get("drop", frozenset())
            accepting |= found.get("accept", frozenset())
        word = "drop" if "drop" in words else "" if "" in words else "accept"
        return Passage(word, frozenset(refusing), frozenset(accepting))

    def _of_base(self, chain: "Chain", packet: Packet) -> Outcomes:
        """Of one base chain, and of a chain that the packet does not enter: it accepts."""
        enters = self._enters(chain, packet)
        if enters is False:
            return {"accept": frozenset()}
        found = dict(_Walk(self._chains, self._rules, self._trusted, packet).of(chain))
        if "return" in found:
            policy = "drop" if chain.policy in ("drop", "reject") else "accept"
            found[policy] = found.get(policy, frozenset()) | {chain.line}
            del found["return"]
        if enters is None and "accept" not in found:
            found["accept"] = frozenset()
        return found

    def _enters(self, chain: "Chain", packet: Packet) -> bool | None:
        """Frames of a bridge, and ARP, which asks for the address of the far end, may decide; so may a device below."""
        if chain.hook not in (_INWARD if packet.inward else _OUTWARD):
            return None if chain.table.partition(" ")[0] == "arp" and chain.hook else False
        if chain.kind == "nat" and packet.state == "established":
            return False
        family = chain.table.partition(" ")[0] if self._of_nft else ""
        if _OWN_FAMILY.get(family, packet.family) != packet.family:
            return False
        if chain.hook in ("ingress", "egress"):
            return _passes(chain, packet)
        return None if family in _OTHER_FAMILIES else True


def _passes(chain: "Chain", packet: Packet) -> bool | None:
    """Whether it passes the devices of a chain: not the loopback alone, and perhaps one below a bond or a VLAN."""
    if set(chain.devices) == {_LOOPBACK}:
        return False
    return True if packet.interfaces and packet.interfaces <= set(chain.devices) else None


class _Walk:
    """The way of one packet through the chains that others lead to; each is walked once."""

    def __init__(
        self,
        chains: "Mapping[tuple[str, str], Chain]",
        rules: "Mapping[tuple[str, str], list[FilterRule]]",
        trusted: frozenset[str],
        packet: Packet,
    ) -> None:
        self._chains, self._rules, self._trusted, self._packet = chains, rules, trusted, packet
        self._known: dict[tuple[str, str], Outcomes] = {}

    def of(self, chain: "Chain") -> Outcomes:
        """What a chain makes of it; `return` where it comes to its end."""
        key = (chain.table, chain.name)
        if key not in self._known:
            self._known[key] = dict.fromkeys(_EITHER, frozenset({chain.line}))
            self._known[key] = {"accept": frozenset()} if chain.name in self._trusted else self._walk(key)
        return self._known[key]

    def _walk(self, key: tuple[str, str]) -> Outcomes:
        found: dict[str, frozenset[Line]] = {}
        for rule in self._rules.get(key, ()):
            fits = all_of(holds(condition, self._packet) for condition in rule.conditions)
            if fits is False:
                continue
            outcomes = dict(self._of_rule(rule))
            goes_on = outcomes.pop("continue", None) is not None
            for word, lines in outcomes.items():
                found[word] = found.get(word, frozenset()) | lines
            if fits and not goes_on:
                return found
        found.setdefault("return", frozenset())
        return found

    def _of_rule(self, rule: "FilterRule") -> Outcomes:
        here = frozenset({rule.line})
        word, _, target = rule.verdict.partition(" ")
        if word in ("jump", "goto"):
            chain = self._chains.get((rule.table, target))
            outcomes = dict(dict.fromkeys(_EITHER, here) if chain is None else self.of(chain))
            if word == "jump" and "return" in outcomes:
                outcomes["continue"] = outcomes.pop("return")
            return outcomes
        if word == "notrack":
            return {"continue": here}
        if word in ("accept", "return", "continue"):
            return {word: here}
        return {"drop": here} if word in ("drop", "reject") else dict.fromkeys(_EITHER, here)


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Whether all hold; None where that is not certain."""
    found = set(values)
    return False if False in found else None if None in found else True


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Whether one holds; None where that is not certain."""
    found = set(values)
    return True if True in found else None if None in found else False


def holds(condition: "Condition", packet: Packet) -> bool | None:
    """Whether a condition holds for a packet; None where that is not certain."""
    abouts = condition.about.split(" . ")
    found = any_of(_has(abouts, value, packet) for value in condition.values) if condition.values else None
    return found if found is None or not condition.negated else not found


def _has(abouts: list[str], value: str, packet: Packet) -> bool | None:
    if value == ANY:
        return True
    values = value.split(" . ")
    if len(values) != len(abouts) or any(one.startswith("@") for one in values):
        return None
    return all_of(_is(about, one, packet) for about, one in zip(abouts, values, strict=True))


def _is(about: str, value: str, packet: Packet) -> bool | None:
    if about == "protocol":
        return _NUMBERS.get(value, value) == packet.protocol
    if about == "family":
        return value == str(packet.family)
    if about in ("sport", "dport"):
        return _is_port(about, value, packet)
    if about == "state":
        return value == packet.state if packet.state else None
    if about == "status":
        return False if packet.state and value == "dnat" else None
    if about in ("in", "out"):
        return _is_interface(about, value, packet)
    if about == "frame":
        return _FRAMES.get(value) if packet.inward or not _FRAMES.get(value) else None
    if about in ("source kind", "destination kind"):
        return _is_kind(value, near=(about == "destination kind") == packet.inward)
    if about in ("source", "destination"):
        return _is_address(value, packet.far if (about == "source") == packet.inward else packet.near, packet.family)
    return None


def _is_port(about: str, value: str, packet: Packet) -> bool | None:
    first, dash, last = value.partition("-")
    if is_number(first) and (is_number(last) or not dash):
        low, high = int(first), int(last if dash else first)
        if about != packet.port:
            return True if low == 0 and high >= (1 << 16) - 1 else None
        return low <= PORT <= high
    return value == _NAME if about == packet.port else None


def _is_kind(value: str, *, near: bool) -> bool | None:
    """Whether an address is of a kind: the host's own are local, and those of a console may have no route."""
    if value not in _KINDS:
        return False if near else None
    return value == "local" if near else False if value != "unicast" else None


def _is_interface(about: str, value: str, packet: Packet) -> bool | None:
    if (about == "in") != packet.inward or value == _LOOPBACK:
        return False
    if not packet.interfaces:
        return None
    start = value.removesuffix("*")
    same = {name.startswith(start) if value != start else name == value for name in packet.interfaces}
    return same.pop() if len(same) == 1 else None


def _is_address(value: str, addresses: frozenset[Address], family: int) -> bool | None:
    """Whether an address is in a network or a range. One that is not known is that of a host on a network."""
    ends = _ends(value)
    if ends is None:
        return None
    first, last = ends
    if first.version != family:
        return False
    if not addresses:
        everything = int(first) == 0 and int(last) == (1 << first.max_prefixlen) - 1
        return True if everything else False if _is_no_host(first) and _is_no_host(last) else None
    inside = {int(first) <= int(one) <= int(last) for one in addresses}
    return inside.pop() if len(inside) == 1 else None


def _ends(value: str) -> tuple[Address, Address] | None:
    """The first and the last address of `192.0.2.0/24`, of a range, or of one address; None for another form."""
    first, dash, last = value.partition("-")
    if len(value) > _LONGEST_VALUE:
        return None
    try:
        if dash:
            return ip_address(first), ip_address(last)
        network = ip_network(value, strict=False)
    except ValueError:
        return None
    return network[0], network[-1]


def _is_no_host(address: Address) -> bool:
    return address.is_loopback or address.is_multicast or str(address) == "255.255.255.255"
