r"""Interfaces of Linux: `ip addr`, also with `-o`, `-d` or `-s`.

iproute2, ip-address(8).

    1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
        link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        inet 127.0.0.1/8 scope host lo
           valid_lft forever preferred_lft forever
    3: env3@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
        link/ether ba:ce:f6:01:2d:03 brd ff:ff:ff:ff:ff:ff
        inet6 fe80::b8ce:f6ff:fe01:2d03/64 scope link tentative
           valid_lft forever preferred_lft forever

    3: env3    inet6 fe80::b8ce:f6ff:fe01:2d03/64 scope link \       valid_lft forever preferred_lft forever

The second form is that of `-o`: a line an address, none for an interface that has no address, and no flags, so that
`up` is not known. Whether an interface is up is its flag UP, not LOWER_UP and not `state`; with the flag NO-CARRIER, or
the state DOWN or LOWERLAYERDOWN, it has no link, and carries nothing for all that it is up. `tentative` and
`dadfailed` stand after the scope. A name ends at `@`, behind which stands what it lies upon (`env2.5@env2`, a VLAN), or
a number (`@if7`) where that is in another namespace; `master br0` tells what it belongs to. Of a point-to-point address
(`inet A peer B/32`) A is kept, without a prefix length. Host ends of containers and guests (`veth1a2b`, `docker0`) are
UP and carry a link-local address, yet are no adapters, nor is what has another link than Ethernet (`link/infiniband`):
they are marked `ignored`.

With `-4`, `-6` or an interface it says nothing of the rest and is not read. Empty output is never an answer: the
loopback is always there, and it comes first, so that only an exit status proves the end (`whole`).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.interfaces import Address, Interface, Interfaces, is_tunnel, read_address, up_of
from rmccomply.sources.shared.texts import is_number

OPTIONS: Final = frozenset({"o", "oneline", "d", "details", "s", "stats", "statistics"})
LISTING: Final = False
RECORD: Final = Interfaces
_DETAILS: Final = frozenset({"d", "details"})
_OBJECTS: Final = (("addr",), ("a",), ("address",), ("addr", "show"), ("a", "show"), ("address", "show"))
_FAMILIES: Final = frozenset({"inet", "inet6"})
_TUNNEL_LINKS: Final = frozenset({"sit", "tunnel", "tunnel6", "ipip", "gre", "gre6", "ip6gre", "ppp", "none"})
_NO_ADAPTERS: Final = (
    *("veth", "docker", "podman", "virbr", "vnet", "tap", "macvtap", "dummy", "ifb", "lxc"),
    *("cni", "cali", "cilium", "flannel", "vxlan", "genev", "ovs-", "br-int"),
)
_OTHER_LINES: Final = frozenset({"valid_lft", "altname", "alias", "link-netnsid", "link-netns", "vf"})


def asks(argv: tuple[str, ...]) -> bool:
    """`addr` and its other spellings, of all interfaces and of both families."""
    words = argv[1:]
    options = {word.lstrip("-") for word in words if word.startswith("-")}
    return options <= OPTIONS and tuple(word for word in words if not word.startswith("-")) in _OBJECTS


def parse(answer: Answer) -> Interfaces:
    """Read a listing of either form. Raises Unreadable: `empty`, `unparsable` for other text."""
    answer.refuse_failure()
    found: dict[str, tuple[Interface, list[Address]]] = {}
    name = ""
    details = any(word.lstrip("-") in _DETAILS for word in answer.argv[1:])
    for number, words in _pieces(answer.lines):
        if _is_index(words[0]):
            head, words = _head(words, number)
            name = head.name
            found.setdefault(name, (head, []))
        if not words:
            continue
        if len(words) > 1 and name and words[0] in _FAMILIES:
            found[name][1].append(read_address(words, number))
        elif name and words[0].startswith("link/"):
            found[name] = (_linked(found[name][0], words), found[name][1])
        elif not name or not (details or _is_other(words[0])):
            raise Unreadable("unparsable", f"a line of ip has an unknown form: {' '.join(words)}", number)
    if not found:
        raise Unreadable("empty", "ip lists no interface, not even the loopback")
    below = _below(answer.lines)
    rows = tuple(
        replace(head, addresses=tuple(addresses), shared=head.shared or head.name in below)
        for head, addresses in found.values()
    )
    return Interfaces(rows, answer.exit_status is not None and any(row.loopback for row in rows))


def _pieces(lines: tuple[str, ...]) -> Iterator[tuple[Line, list[str]]]:
    """The words of each line; `-o` writes a backslash for each line end that it leaves out."""
    for number, line in enumerate(lines, 1):
        for piece in line.split("\\"):
            words = piece.split()
            if words and not words[0].startswith("#"):
                yield number, words


def _is_index(word: str) -> bool:
    return word.endswith(":") and is_number(word[:-1])


def _head(words: list[str], number: Line) -> tuple[Interface, list[str]]:
    """The interface of `2: env2: <...> mtu N` or of `2: env2 inet ...`, and the words that follow its name."""
    flags = len(words) > 2 and words[1].endswith(":") and words[2].startswith("<") and words[2].endswith(">")
    if flags and _FAMILIES.isdisjoint(words):
        interface = _interface(words[1][:-1], words[2][1:-1].split(","), _mtu(words), number)
        shared = "master" in words or bool(_base(words[1][:-1]))
        return replace(interface, shared=shared, carrier=_has_carrier(words)), []
    if len(words) > 3 and words[2] in _FAMILIES:
        return _interface(words[1], None, None, number), words[2:]
    raise Unreadable("unparsable", f"an interface of ip has an unknown form: {' '.join(words)}", number)


def _interface(text: str, flags: list[str] | None, mtu: int | None, number: Line) -> Interface:
    name = text.partition("@")[0]
    up = None if flags is None else up_of(flags)
    loopback = name == "lo" or "LOOPBACK" in (flags or ())
    ignored = name.startswith(_NO_ADAPTERS)
    return Interface(name, up, loopback, is_tunnel(name), ignored, "", mtu, (), number)


def _has_carrier(words: list[str]) -> bool:
    at = words.index("state") + 1 if "state" in words else len(words)
    return "NO-CARRIER" not in words[2][1:-1].split(",") and words[at : at + 1] not in (["DOWN"], ["LOWERLAYERDOWN"])


def _base(text: str) -> str:
    """What an interface lies upon, of `env2.5@env2`; empty for one of another namespace, which has no name here."""
    base = text.partition("@")[2]
    return "" if base == "NONE" or is_number(base.removeprefix("if")) else base


def _below(lines: tuple[str, ...]) -> frozenset[str]:
    """The interfaces that others lie upon."""
    heads = (words for _, words in _pieces(lines) if len(words) > 1 and _is_index(words[0]))
    return frozenset(_base(words[1].removesuffix(":")) for words in heads)


def _mtu(words: list[str]) -> int | None:
    at = words.index("mtu") + 1 if "mtu" in words else len(words)
    return int(words[at]) if at < len(words) and is_number(words[at]) else None


def _linked(interface: Interface, words: list[str]) -> Interface:
    """The interface with what its `link/` line says."""
    kind = words[0].partition("/")[2]
    mac = words[1] if kind == "ether" and len(words) > 1 else ""
    tunnel = interface.tunnel or kind in _TUNNEL_LINKS
    loopback = interface.loopback or kind == "loopback"
    ignored = interface.ignored or not (loopback or tunnel or kind == "ether")
    return replace(interface, mac=mac, tunnel=tunnel, loopback=loopback, ignored=ignored)


def _is_other(word: str) -> bool:
    return word in _OTHER_LINES or word.startswith(("RX", "TX")) or word.isdigit()
