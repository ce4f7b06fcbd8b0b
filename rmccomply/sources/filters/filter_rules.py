"""Rules of packet filters in one form, whatever printed them: chains, rules, and what a rule asks of a packet."""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record

_LONGEST_NUMBER: Final = 18
UNREAD: Final = "?"
"""What is not read: a condition that may hold, or a verdict that may be any."""
ANY: Final = "*"
"""The value that everything has."""
NOTHING: Final = ""
"""The value that nothing has: what an empty set holds."""
FRAGMENT: Final = "later"
"""The fragments of a packet behind the first, which alone has the ports."""
FLAGS: Final = {name: 1 << bit for bit, name in enumerate(("fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"))}
"""The flags of TCP, as bits."""


@record(frozen=True, slots=True)
class Condition:
    """What a rule asks of a packet: that its `about` has one of the values, or none of them where `negated`.

    `about` is "protocol", "sport", "dport", "source", "destination", "in", "out" (interfaces), "state" and "status" (of
    connection tracking), "family" ("4" or "6"), "frame" (to whom a frame goes: host, broadcast, multicast, other),
    "source kind" and "destination kind" (of an address, by the routes: local, unicast, broadcast, ...), "port" (of one
    side or the other), "fragment", "icmpv6" (its type), "hops" (left), "flags" (of TCP) and "mark", "?" for what is not
    read, or several joined by " . ", as the values are then. Flags and marks are `0x2/0x17`: what there is of a mask.
    Ports are `657` or `600-700`, or a name; addresses may be networks or ranges; an interface may end in `*`.
    A value `@NAME` is a set that the listing does not have.
    """

    about: str
    values: tuple[str, ...] = ()
    negated: bool = False


@record(frozen=True, slots=True)
class Chain:
    """A chain. `table` is family and name in nft. `hook` is where packets enter it, empty if nowhere; `kind` is the
    kernel's: filter, nat or route. `policy` is lower-case, empty where it has none. `devices` are those of ingress and
    egress."""

    table: str
    name: str
    hook: str
    policy: str
    line: Line
    kind: str = ""
    devices: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class FilterRule:
    """A rule as printed. `verdict` is accept, drop, reject, return, continue, notrack, `jump X`, `goto X`, or `?`.

    A map of verdicts is a rule for each of its elements, with the same line. `marks` are the bits that it may set in
    the mark of a packet, "?" for any.
    """

    table: str
    chain: str
    text: str
    verdict: str
    conditions: tuple[Condition, ...]
    line: Line
    marks: str = ""


def bits_of(text: str) -> int | None:
    """A number, or flags of TCP by their names: `0x17`, `fin,syn`; None for another form."""
    words = text.lower().split(",")
    if all(word in FLAGS for word in words):
        return sum(FLAGS[word] for word in set(words))
    try:
        return int(text, 0) if len(text) <= _LONGEST_NUMBER else None
    except ValueError:
        return None


def masked(value: int, mask: int) -> str:
    """A value of bits as conditions have it."""
    return f"{value:#x}/{mask:#x}"
