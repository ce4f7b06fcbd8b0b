"""Interfaces of AIX and VIOS with MTU and hardware address: `netstat -in`, `-ni`, `-i`.

AIX 7.3 documentation, "netstat Command". What it prints on Linux has another grammar and is refused.

    Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll
    en0   1500  link#2      be.3.a7.10.4.f2    412007     0   198220     0     0
    en0   1500  10.20.0     10.20.0.17         412007     0   198220     0     0
    en1*  1500  link#3      be.3.a7.10.4.f3         0     0        0     0     0
    lo0   16896 link#1                          36120     0    36120     0     0
    lo0   16896 ::1%1                           36120     0    36120     0     0

A row an address, and one of the link (`link#2`), whose address is the hardware address in hexadecimal with dots and
without leading zeros. Columns may be empty: the loopback has no hardware address, and an IPv6 address has no network,
so a row is read from both its ends. A `*` behind the name marks an interface that is down. Without `n` addresses are
names. A hardware address that is none is kept as text.

Empty output, or the header alone, is never an answer: the loopback is always there. A listing without it, or without
the header, is a cut one (`whole`), and so is a copy whose last row is no whole one, or none of the loopback.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.interfaces import Interface, Interfaces, is_ethernet_of_aix, is_tunnel, read_address
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints
from rmccomply.sources.shared.values import HEX_DIGITS

OPTIONS: Final = frozenset("in")
LISTING: Final = True
_HEADER: Final = ["Name", "Mtu", "Network", "Address"]
_COUNTERS: Final = 5
_BETWEEN: Final = range(3)
_OCTETS: Final = 6


@record(frozen=True, slots=True)
class InterfaceRow:
    """One row. `mac` as `be:03:a7:10:04:f2`, None for rows of addresses and for what is no hardware address; `mtu` is
    None where it is no number."""

    name: str
    down: bool
    mtu: int | None
    network: str
    address: str
    mac: str | None
    line: Line


@record(frozen=True, slots=True)
class InterfaceRows:
    """A listing. `numeric`: addresses are not names. `whole`: what is not among `rows` is not there."""

    numeric: bool
    rows: tuple[InterfaceRow, ...]
    whole: bool

    def as_interfaces(self) -> Interfaces:
        """The same as `ifconfig` would tell it: the rows of each name together, with their addresses."""
        rows: dict[str, list[InterfaceRow]] = {}
        for row in self.rows:
            rows.setdefault(row.name, []).append(row)
        return Interfaces(tuple(_interface(name, of_it) for name, of_it in rows.items()), self.whole)


RECORD: Final = InterfaceRows


def _interface(name: str, rows: list[InterfaceRow]) -> Interface:
    loopback, tunnel = name.startswith("lo"), is_tunnel(name)
    texts = ((row.address or row.network, row.line) for row in rows if not row.network.startswith("link#"))
    addresses = tuple(read_address(("inet6" if ":" in text else "inet", text), line) for text, line in texts if text)
    ignored = not (loopback or tunnel or is_ethernet_of_aix(name))
    mac = next((row.mac for row in rows if row.mac), "")
    up = not any(row.down for row in rows)
    return Interface(name, up, loopback, tunnel, ignored, mac, rows[0].mtu, addresses, rows[0].line)


def asks(argv: tuple[str, ...]) -> bool:
    """`-i` with or without `n`, of all interfaces."""
    letters = "".join(word[1:] for word in argv[1:] if word.startswith("-"))
    return set(letters) in ({"i"}, {"i", "n"}) and all(word.startswith("-") for word in argv[1:])


def parse(answer: Answer) -> InterfaceRows:
    """Read the rows. Raises Unreadable: `failed`, `empty`, `unparsable` for other text and for Linux."""
    refuse_complaints(answer, "netstat:")
    answer.refuse_failure()
    header = cut = False
    last = max((number for number, line in enumerate(answer.lines, 1) if line.strip()), default=0)
    rows: list[InterfaceRow] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[: len(_HEADER)] == _HEADER:
            header = True
        elif words and not words[0].startswith("#"):
            row = _row(words, number)
            if row is not None:
                rows.append(row)
            elif answer.exit_status is None and rows and number == last:
                cut = True
            elif not may_be_cut(answer, number):
                raise Unreadable("unparsable", f"a row of netstat -i has an unknown form: {line.strip()}", number)
    if not rows:
        raise Unreadable("empty", "netstat lists no interface, not even the loopback")
    loopback = any(row.name.startswith("lo") for row in rows)
    ends = answer.exit_status is not None or rows[-1].name.startswith("lo")
    whole = header and loopback and ends and answer.complete and not cut
    return InterfaceRows("n" in "".join(answer.options), tuple(rows), whole)


def _row(words: list[str], number: Line) -> InterfaceRow | None:
    between = words[2:-_COUNTERS]
    if len(words) < 2 + _COUNTERS or len(between) not in _BETWEEN or not all(map(is_number, words[-_COUNTERS:])):
        return None
    network, address = _network_and_address(between)
    mac = _mac(address) if network.startswith("link#") else None
    mtu = int(words[1]) if is_number(words[1]) else None
    return InterfaceRow(words[0].rstrip("*"), words[0].endswith("*"), mtu, network, address, mac, number)


def _network_and_address(between: list[str]) -> tuple[str, str]:
    """What stands in the two columns of which one may be empty: one word with a colon is an address of IPv6."""
    if len(between) == 1:
        return ("", between[0]) if ":" in between[0] else (between[0], "")
    return (between[0], between[1]) if between else ("", "")


def _mac(text: str) -> str | None:
    octets = text.split(".")
    if len(octets) != _OCTETS or not all(0 < len(octet) < 3 and HEX_DIGITS.issuperset(octet) for octet in octets):
        return None
    return ":".join(octet.lower().rjust(2, "0") for octet in octets)
