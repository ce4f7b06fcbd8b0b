"""Network interfaces and their addresses: the record that `ifconfig` (AIX, VIOS) and `ip addr` (Linux) share.

An address that is printed but impossible (an octet of 259, five digits in a group of IPv6, a blank inside) keeps
its text and has no `ip`, so that nobody mistakes it for another address or for none.
"""

import ipaddress
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.texts import is_number
from rmccomply.sources.shared.values import HEX_DIGITS

Family = Literal[4, 6]
_DIGITS: Final = "0123456789"
_TUNNELS: Final = frozenset(
    {"sit", "tunnel", "tunl", "tun", "ipip", "ip6tnl", "gre", "gretap", "ip6gre", "ip_vti", "ip6_vti", "ppp", "wg"}
)
_FLAGS: Final = frozenset(
    {
        *("UP", "BROADCAST", "DEBUG", "LOOPBACK", "POINTOPOINT", "NOTRAILERS", "RUNNING", "NOARP", "PROMISC"),
        *("ALLMULTI", "MULTICAST", "SIMPLEX", "OACTIVE", "CHAIN", "GROUPRT", "64BIT", "LARGESEND", "PSEG"),
        *("CHECKSUM_OFFLOAD", "CHECKSUM_SUPPORT", "CHECKSUM_OFFLOAD(ACTIVE)", "CANTCHANGE", "MONITOR", "D2"),
        *("LOWER_UP", "NO-CARRIER", "DYNAMIC", "MASTER", "SLAVE", "PORTSEL", "AUTOMEDIA", "DORMANT", "ECHO", "M-DOWN"),
        *("LINK0", "LINK1", "LINK2", "SNAP", "NOECHO", "FIRSTALIAS", ""),
    }
)
"""The flags of AIX and of Linux."""
_UNUSABLE: Final = frozenset({"tentative", "dadfailed"})


@record(frozen=True, slots=True)
class Address:
    """One address of an interface.

    `text` is as printed, with prefix length and zone. `ip` is the canonical spelling without them, None where no
    address can be what is printed. `tentative`: duplicate address detection is not done, or it failed.
    """

    text: str
    family: Family
    ip: str | None
    prefix: int | None
    zone: str
    tentative: bool
    line: Line


def _possible(address: Address) -> Address:
    """An address as a facts document gives it. Raises ValueError where its `ip` is none of its family."""
    ip = address.ip
    if ip is not None and ("%" in ip or _canonical(ip, address.family) != ip):
        raise ValueError(f"'{ip}' is not a canonical address of its family")
    return address


@record(frozen=True, slots=True)
class Interface:
    """One interface.

    `up` is the UP flag, None where the form shows no flags. `ignored`: it is no network adapter of its own (on AIX
    whatever is not `en0` and the like; on Linux what is no Ethernet, or the host's end of a container). `mac` is empty
    and `mtu` None where they are not shown. `shared`: it is part of another one (a bridge, a bond), lies upon one or
    carries one (VLANs). `carrier` is False where the listing shows that it has no link, as only `ip addr` does.
    """

    name: str
    up: bool | None
    loopback: bool
    tunnel: bool
    ignored: bool
    mac: str
    mtu: int | None
    addresses: tuple[Annotated[Address, AfterValidator(_possible)], ...]
    line: Line
    shared: bool = False
    carrier: bool = True


@record(frozen=True, slots=True)
class Interfaces:
    """A listing. `whole`: the loopback is among `rows`; a listing without it is a cut one and proves no absence."""

    rows: tuple[Interface, ...]
    whole: bool


def up_of(flags: Collection[str]) -> bool | None:
    """Whether an interface is up; None where UP is not among its flags and one of them is no flag that is known."""
    if "UP" in flags:
        return True
    return False if _FLAGS.issuperset(flags) else None


def is_ethernet_of_aix(name: str) -> bool:
    """Whether an interface of this name is an adapter by standard Ethernet: `en0`, and neither `et0` nor `vi0`."""
    return name.startswith("en") and is_number(name[2:])


def is_tunnel(name: str) -> bool:
    """Whether an interface of this name is a tunnel: `sit0`."""
    return name.rstrip(_DIGITS) in _TUNNELS


def read_address(words: Sequence[str], line: Line, mask: str = "") -> Address:
    """The address of `inet A ...` or `inet6 A/P ...`.

    What follows up to the first keyword (`netmask`, `scope`) belongs to it, so that `fe80::1: 2/64` is one
    impossible address and never `fe80::1:`.
    """
    family: Family = 6 if words[0] == "inet6" else 4
    rest = takewhile(lambda word: not word.isalpha() and word != "-->", words[2:])
    text = " ".join((words[1], *rest))
    host, slash, length = text.partition("/")
    bare, _, zone = host.partition("%")
    prefix = _length(length, family) if slash else _length_of_mask(mask)
    return Address(text, family, _canonical(bare, family), prefix, zone, not _UNUSABLE.isdisjoint(words), line)


@lru_cache(maxsize=1024)
def _canonical(text: str, family: Family) -> str | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return str(address) if address.version == family else None


def _length(text: str, family: Family) -> int | None:
    return int(text) if is_number(text) and int(text) <= (32 if family == 4 else 128) else None


def _length_of_mask(text: str) -> int | None:
    """The prefix length of `0xffffff00`; None for a mask with holes."""
    digits = text.removeprefix("0x")
    if len(digits) != 8 or digits == text or not HEX_DIGITS.issuperset(digits):
        return None
    ones = f"{int(digits, 16):032b}".rstrip("0")
    return None if "0" in ones else len(ones)
