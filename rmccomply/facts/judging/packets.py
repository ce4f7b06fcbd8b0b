"""A packet of RMC, and what a rule asks of it: three-valued, where not all is known of the packet or of the rule."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from rmccomply.facts.judging.needs import PacketWay, Ports, other_ports, within
from rmccomply.facts.judging.verdicts import PORT, Console
from rmccomply.sources.filters.filter_rules import ANY, FLAGS, NOTHING, bits_of
from rmccomply.sources.shared.texts import is_number
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.filters.filter_rules import Condition

IpAddress = IPv4Address | IPv6Address

ANY_BIT: Final = 0xFFFFFFFF
_LOOPBACK: Final = "lo"
_NAME: Final = "rmc"
_NUMBERS: Final = {"6": "tcp", "17": "udp", "58": "ipv6-icmp", "icmpv6": "ipv6-icmp", "icmp6": "ipv6-icmp"}
_SOLICITS: Final = "135"
_ADVERTISES: Final = "136"
_HOPS: Final = "255"
"""What neighbour discovery has left of its hops, so that no router has forwarded it."""
_SOLICITED_NODE: Final = int(IPv6Address("ff02::1:ff00:0"))
_LAST_24_BITS: Final = 0xFFFFFF
_LONGEST_VALUE: Final = 100
_ALL_PORTS: Final = (0, 65535)
_FRAMES: Final = {"host": True, "unicast": True, "broadcast": False, "multicast": False, "other": False}
_KINDS: Final = frozenset({"local", "unicast", "broadcast", "multicast", "anycast"})
"""Kinds of an address, of which the others are routes that lead nowhere."""
_OPENS: Final = (FLAGS["syn"],)
_GOES_ON: Final = tuple(FLAGS["ack"] | more for more in (0, FLAGS["psh"], FLAGS["fin"]))
_ANSWERS: Final = (FLAGS["syn"] | FLAGS["ack"], *_GOES_ON)
"""The flags that a session over TCP needs: the first packet, those of who opened it, and those of who answers."""


class Packet(NamedTuple):
    """A packet of RMC. `port` is the side that is 657, `other` the ports that the other side may have, None where they
    are not known. `far` and `near` are the addresses that it may have, `interfaces` those that it may pass; empty where
    they are not known. `state` is that of connection tracking, `tracked` whether it is asked for certain. `whole`: no
    fragment is seen. `marks` are the bits of its mark that may be set. `kind` is the type of ICMP, `frame` to whom its
    frame goes."""

    protocol: str
    family: int
    inward: bool
    port: str
    state: str
    far: frozenset[IpAddress] = frozenset()
    near: frozenset[IpAddress] = frozenset()
    interfaces: frozenset[str] = frozenset()
    other: Ports | None = None
    tracked: bool = True
    whole: bool = False
    marks: int = ANY_BIT
    kind: str = ""
    frame: str = "host"

    @property
    def tracking(self) -> str:
        """The state that connection tracking gives it; empty where that is not certain."""
        return self.state if self.tracked else ""

    @property
    def answer(self) -> "Packet":
        """The packet that goes back."""
        return self._replace(inward=not self.inward, port="sport" if self.port == "dport" else "dport")


def packets_of(way: PacketWay, protocol: str, version: int, known: Console, interfaces: frozenset[str]) -> list[Packet]:
    """The packets of a way, one for each kind of port that the other side may have."""
    far = frozenset(one for one in known.addresses if one.version == version)
    near = frozenset(one for one in known.local if one.version == version)
    packet = Packet(protocol, version, *way, far=far, near=near, interfaces=interfaces)
    return [packet._replace(other=other) for other in other_ports(protocol, way)]


def neighbours(known: Console, interfaces: frozenset[str]) -> list[Packet]:
    """The packets by which a console over IPv6 and this partition find each other; none where none is known to be so.

    One asks the group of the last bits of an address, the other answers the address that asked: RFC 4861.
    """
    six = frozenset(one for one in known.addresses if isinstance(one, IPv6Address))
    far = frozenset(one for one in six if one.is_link_local)
    near = frozenset(one for one in known.local if isinstance(one, IPv6Address))
    found = []
    for inward in (True, False) if six else ():
        packet = Packet("ipv6-icmp", 6, inward, "", "untracked", far, near, interfaces, kind=_ADVERTISES)
        asking = packet._replace(kind=_SOLICITS, frame="multicast")
        found += [packet, asking._replace(near=_groups(near)) if inward else asking._replace(far=_groups(six))]
    return found


def _groups(addresses: frozenset[IPv6Address]) -> frozenset[IpAddress]:
    """The solicited-node groups of addresses: RFC 4291, 2.7.1."""
    return frozenset(IPv6Address(_SOLICITED_NODE | (int(one) & _LAST_24_BITS)) for one in addresses)


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
    if value in (ANY, NOTHING):
        return value == ANY
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
    if about == "port":
        return any_of(_is_port(side, value, packet) for side in ("sport", "dport"))
    if about == "state":
        return value == packet.tracking if packet.tracking else None
    if about == "status":
        return False if packet.tracking and value == "dnat" else None
    if about in ("flags", "mark"):
        return _has_bits(value, _flags(packet) if about == "flags" else None, packet.marks)
    if about == "fragment":
        return False if packet.whole else None
    if about in ("icmpv6", "hops"):
        asked = packet.kind if about == "icmpv6" else _HOPS
        return value == asked if packet.kind else None
    return _is_from_or_to(about, value, packet)


def _is_from_or_to(about: str, value: str, packet: Packet) -> bool | None:
    """What is asked of its interface, its frame and its addresses."""
    if about in ("in", "out"):
        return _is_interface(about, value, packet)
    if about == "frame":
        return _is_frame(value, packet)
    if about in ("source kind", "destination kind"):
        if packet.kind:
            return None
        return _is_kind(value, near=(about == "destination kind") == packet.inward)
    if about in ("source", "destination"):
        return _is_address(value, packet.far if (about == "source") == packet.inward else packet.near, packet.family)
    return None


def _flags(packet: Packet) -> tuple[int, ...]:
    """The flags that it may have; none where that is not known."""
    if packet.protocol != "tcp" or packet.state not in ("new", "established"):
        return ()
    if packet.state == "new":
        return _OPENS
    return _GOES_ON if packet.port == "dport" else _ANSWERS


def _has_bits(text: str, flags: tuple[int, ...] | None, marks: int) -> bool | None:
    """Whether `0x2/0x17` holds: of the flags that there may be, or of a mark of which only some bits may be set."""
    value, mask = (bits_of(part) or 0 for part in text.split("/"))
    if flags is None:
        if value & ~(marks & mask):
            return False
        return value == 0 if marks & mask == 0 else None
    found = {one & mask == value for one in flags}
    return found.pop() if len(found) == 1 else None


def _is_frame(value: str, packet: Packet) -> bool | None:
    if packet.frame != "host":
        return value == packet.frame
    return _FRAMES.get(value) if packet.inward or not _FRAMES.get(value) else None


def _is_port(about: str, value: str, packet: Packet) -> bool | None:
    first, dash, last = value.partition("-")
    if is_number(first) and (is_number(last) or not dash):
        low, high = int(first), int(last if dash else first)
        if about != packet.port:
            return within(low, high, packet.other or _ALL_PORTS)
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


def _is_address(value: str, addresses: frozenset[IpAddress], family: int) -> bool | None:
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


def _ends(value: str) -> tuple[IpAddress, IpAddress] | None:
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


def _is_no_host(address: IpAddress) -> bool:
    return address.is_loopback or address.is_multicast or str(address) == "255.255.255.255"
