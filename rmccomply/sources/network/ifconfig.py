"""Interfaces of AIX and VIOS: `ifconfig -a`.

AIX 7.3 documentation, "ifconfig Command". What it prints on Linux has another grammar and is refused.

    en0: flags=1e084863,814c0<UP,BROADCAST,NOTRAILERS,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,CHAIN> metric 1
            inet 10.20.0.17 netmask 0xffffff00 broadcast 10.20.0.255
            inet 10.20.0.18 broadcast 10.20.0.255
            inet6 fe80::b8ce:f6ff:fe01:2d03/64
             tcp_sendspace 262144 tcp_recvspace 262144 rfc1323 1
    lo0: flags=e08084b,c0<UP,BROADCAST,LOOPBACK,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,LARGESEND,CHAIN>
            inet6 ::1%1/128

Each further `inet` line is an alias, perhaps without a netmask; on a point-to-point interface it is `inet A --> B`.
`flags=` is one or two hexadecimal words, and only the exact flag UP is up; a copy that lost the words in angle brackets
has them in the first number (0x1 is UP, 0x8 LOOPBACK). Only `en0` and the like are adapters of their own: `et0`, which
is `en0` by IEEE 802.3, and virtual interfaces (`vi0`) are marked `ignored`. A zone is printed as `::1%1/128`. Neither
hardware address nor MTU is shown. Copies hold blanks in the flags, lose the indentation, or wrap the flags at the width
of a terminal: a flags line goes on until its `>`. A blank inside an address makes it impossible, it is not mended.

Empty output is never an answer: the loopback is always there. A listing without it is read, but it is a cut one
(`whole`), and without an exit status one where it is not the last, or stands alone.
"""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.interfaces import (
    Address,
    Interface,
    Interfaces,
    is_ethernet_of_aix,
    is_tunnel,
    read_address,
    up_of,
)
from rmccomply.sources.shared.texts import refuse_complaints
from rmccomply.sources.shared.values import HEX_DIGITS
from rmccomply.tuples import NamedTuple

OPTIONS: Final = frozenset({"a"})
LISTING: Final = False
RECORD: Final = Interfaces
_FAMILIES: Final = frozenset({"inet", "inet6"})
_LONGEST_FLAGS: Final = 16
_SOCKET_OPTIONS: Final = ("tcp_", "rfc1323")


def asks(argv: tuple[str, ...]) -> bool:
    """`-a` or nothing; one interface or one address family is not the whole listing."""
    return argv[1:] in ((), ("-a",))


def parse(answer: Answer) -> Interfaces:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for other text and for Linux."""
    refuse_complaints(answer, "ifconfig:", "0821-")
    answer.refuse_failure()
    found: list[tuple[_Head, list[Address]]] = []
    lines = enumerate(answer.lines, 1)
    for number, line in lines:
        words = line.split()
        if _is_head(words):
            found.append((_head(_whole_flags(line, number, lines), number), []))
        elif found and len(words) > 1 and words[0] in _FAMILIES:
            found[-1][1].append(read_address(words, number, _netmask(words)))
        elif words and not words[0].startswith(("#", *_SOCKET_OPTIONS)):
            raise Unreadable("unparsable", f"a line of ifconfig has an unknown form: {line.strip()}", number)
    if not found:
        raise Unreadable("empty", "ifconfig lists no interface, not even the loopback")
    rows = tuple(_interface(head, tuple(addresses)) for head, addresses in found)
    ends = answer.exit_status is not None or (rows[-1].loopback and not rows[0].loopback)
    return Interfaces(rows, ends and any(row.loopback for row in rows))


def _is_head(words: list[str]) -> bool:
    return len(words) > 1 and words[0].endswith(":") and words[1].startswith("flags=")


def _whole_flags(line: str, number: Line, lines: Iterator[tuple[Line, str]]) -> str:
    """A flags line with what was wrapped, up to its `>`."""
    text = line.strip()
    while "<" in text and ">" not in text:
        _, following = next(lines, (0, ""))
        words = following.split()
        if not words or words[0] in _FAMILIES or _is_head(words):
            raise Unreadable("unparsable", "the flags of an interface have no end", number)
        text += following.strip()
    return text


class _Head(NamedTuple):
    """What the flags line of an interface tells."""

    name: str
    flags: set[str]
    line: Line


def _head(text: str, number: Line) -> _Head:
    name, _, rest = text.partition(":")
    before, bracket, rest = rest.partition("<")
    listed, _, rest = rest.partition(">") if bracket else ("", "", "")
    flags = {flag.strip() for flag in listed.split(",")} if bracket else _flags_of_number(before)
    if not name or flags is None or ">" in before or rest.split()[:1] not in ([], ["metric"]):
        raise Unreadable("unparsable", f"this is not a flags line of AIX: {text}", number)
    return _Head(name, flags, number)


def _interface(head: _Head, addresses: tuple[Address, ...]) -> Interface:
    name, flags, line = head
    loopback, tunnel = "LOOPBACK" in flags or (name.startswith("lo") and name[2:].isdigit()), is_tunnel(name)
    ignored = not (loopback or tunnel or is_ethernet_of_aix(name))
    return Interface(name, up_of(flags), loopback, tunnel, ignored, "", None, addresses, line)


def _flags_of_number(text: str) -> set[str] | None:
    """The flags that matter, of `flags=1e084863,480`; None where that is no number."""
    digits, _, extended = text.strip().removeprefix("flags=").partition(",")
    if not digits or len(digits) > _LONGEST_FLAGS or not HEX_DIGITS.issuperset(digits + extended):
        return None
    return {flag for flag, bit in (("UP", 0x1), ("LOOPBACK", 0x8)) if int(digits, 16) & bit}


def _netmask(words: list[str]) -> str:
    at = words.index("netmask") + 1 if "netmask" in words else len(words)
    return words[at] if at < len(words) else ""
