"""The words of nft for what a rule asks of a packet, and for the marks that it sets: nft(8)."""

import re
from functools import reduce
from operator import or_
from typing import Final

from rmccomply.sources.filters.filter_rules import UNREAD, Condition, bits_of

FAMILIES: Final = {"ipv4": "4", "ipv6": "6", "ip": "4", "ip6": "6"}
SELECTORS: Final[dict[str, tuple[str, Condition | None]]] = {
    **{
        f"{protocol} {side}": (side, Condition("protocol", (protocol,)))
        for protocol in ("tcp", "udp", "sctp", "dccp", "udplite")
        for side in ("dport", "sport")
    },
    **{f"th {side}": (side, None) for side in ("dport", "sport")},
    **{
        f"{name} {field}": (about, Condition("family", (number,)))
        for name, number, upper in (("ip", "4", "protocol"), ("ip6", "6", "nexthdr"))
        for field, about in (("saddr", "source"), ("daddr", "destination"), (upper, "protocol"))
    },
    "meta l4proto": ("protocol", None),
    "meta nfproto": ("family", None),
    "meta protocol": ("family", None),
    **{f"{meta}pkttype": ("frame", None) for meta in ("", "meta ")},
    "fib saddr type": ("source kind", None),
    "fib daddr type": ("destination kind", None),
    "ct state": ("state", None),
    "ct status": ("status", None),
    **{f"{meta}{name}": ("in", None) for meta in ("", "meta ") for name in ("iif", "iifname")},
    **{f"{meta}{name}": ("out", None) for meta in ("", "meta ") for name in ("oif", "oifname")},
    "icmp type": (UNREAD, Condition("protocol", ("icmp",))),
    "icmp code": (UNREAD, Condition("protocol", ("icmp",))),
    "icmpv6 type": ("icmpv6", Condition("protocol", ("ipv6-icmp",))),
    "icmpv6 code": (UNREAD, Condition("protocol", ("ipv6-icmp",))),
    "tcp flags": ("flags", Condition("protocol", ("tcp",))),
    "ip frag-off": ("fragment", Condition("family", ("4",))),
    "ip6 hoplimit": ("hops", Condition("family", ("6",))),
    "meta mark": ("mark", None),
    "mark": ("mark", None),
    **{f"meta {name}": (UNREAD, None) for name in ("skuid", "skgid", "priority", "length")},
    **{f"ct {name}": (UNREAD, None) for name in ("mark", "direction", "zone", "helper")},
}
"""What a rule may ask about, with what it asks by that besides."""
OF_BITS: Final = {"flags": 0xFF, "mark": 0xFFFFFFFF}
"""What is asked of bits, with all of them."""
OFFSETS: Final = (0x1FFF, 0x3FFF)
"""The bits of a fragment's offset, without and with the one that says that more follow."""
KINDS: Final = {
    "nd-router-solicit": "133",
    "nd-router-advert": "134",
    "nd-neighbor-solicit": "135",
    "nd-neighbor-advert": "136",
    "nd-redirect": "137",
}
_MARKS: Final = re.compile(r"(?<!ct )mark set (.+?)(?= (?:accept|drop|return|jump|goto|counter|comment)|$)")
_OF_SUMS: Final = frozenset({"meta", "mark", "|", "or", "^", "xor"})
_KEEPS: Final = re.compile(r"(?:&|and) 0x[0-9a-f]+")


def marks_of(text: str) -> str:
    """The bits that the rule may set in the mark: those of `meta mark set meta mark | 0x8000`."""
    found = _MARKS.search(text)
    if found is None:
        return UNREAD if xt_name(text) in ("MARK", "CONNMARK") else ""
    words = [word for word in _KEEPS.sub("", found[1]).split() if word not in _OF_SUMS]
    bits = [bits_of(word.strip("()")) for word in words]
    known = [one for one in bits if one is not None]
    return f"{reduce(or_, known, 0):#x}" if len(known) == len(bits) else UNREAD


def xt_name(text: str) -> str:
    """The name of such a target; empty where there is none."""
    new, old = text.partition('xt target "')[2], text.partition("# xt_")[2]
    return new.partition('"')[0] or old.partition(" ")[0]
