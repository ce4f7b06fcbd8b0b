"""The words of nft for what a rule asks of a packet: nft(8)."""

from typing import Final

from rmccomply.facts.filter_rules import UNREAD, Condition

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
