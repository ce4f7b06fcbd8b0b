"""Sockets of Linux as the kernel lists them: `/proc/net/tcp`, `tcp6`, `udp`, `udp6`.

proc(5); net/ipv4/tcp_ipv4.c and udp.c of the kernel.

      sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
       0: 00000000:0291 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18211 1 0000 100 0
       1: 1100140A:0291 0409140A:8445 01 00000000:00000000 02:00000A1F 00000000     0        0 18644 2 0000 20 4 30

Addresses are 32-bit words as the processor keeps them, ports are plain hexadecimal: 0291 is 657, 3139 is 12601. Words
are read as on ppc64le, so that on a big-endian system (`ppc64`) the bytes of an address stand the wrong way round;
ports are right on both. States are numbers, kept as netstat spells them; UDP has none. A port 0 is none.

One file is one protocol in one family, and a service that accepts both families is in the file of IPv6 alone. So
`whole` is never True here: `family_whole` says that a file had its header and no unreadable row, and only both files
of a protocol together prove absence. A file that does not exist for IPv6 is an answer, IPv6 is switched off; for IPv4
it says nothing. The header alone means that there is no socket; an empty file is never an answer."""

from ipaddress import IPv4Address, IPv6Address
from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.sockets import PORTS, Protocol, Socket, Sockets
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints
from rmccomply.sources.shared.values import HEX_DIGITS

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_FILES: Final[dict[str, tuple[Protocol, int]]] = {
    "/proc/net/tcp": ("tcp", 4),
    "/proc/net/tcp6": ("tcp", 6),
    "/proc/net/udp": ("udp", 4),
    "/proc/net/udp6": ("udp", 6),
}
_STATES: Final = {
    "01": "ESTABLISHED",
    "02": "SYN_SENT",
    "03": "SYN_RECV",
    "04": "FIN_WAIT1",
    "05": "FIN_WAIT2",
    "06": "TIME_WAIT",
    "07": "CLOSE",
    "08": "CLOSE_WAIT",
    "09": "LAST_ACK",
    "0A": "LISTEN",
    "0B": "CLOSING",
    "0C": "NEW_SYN_RECV",
}
_FEWEST_WORDS: Final = 4
_DIGITS: Final = {4: 8, 6: 32}
_PORT_DIGITS: Final = 4
_WORD: Final = 8


@record(frozen=True, slots=True)
class FamilySockets(Sockets):
    """The sockets of one file. `family_whole`: a socket of this family that is not among `rows` does not exist."""

    family: int = 4
    family_whole: bool = False


RECORD: Final = FamilySockets


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> FamilySockets:
    """Read the rows. Raises Unreadable: `failed` for no such file, `empty`, `unparsable` for other text."""
    protocol, family = _FILES[answer.argv[0]]
    if answer.absent:
        if family == 4:
            raise Unreadable("failed", f"{answer.argv[0]} does not exist, although the kernel always has one")
        return FamilySockets((protocol,), (), False, 0, False, family, True)
    refuse_complaints(answer, "cat:", "grep:")
    answer.refuse_failure()
    header = False
    rows: list[Socket] = []
    others = 0
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[:2] == ["sl", "local_address"]:
            header = True
        elif words:
            row = _row(protocol, family, words, number)
            if isinstance(row, Socket):
                rows.append(row)
            elif row is not None:
                others += 1
            elif not may_be_cut(answer, number):
                raise Unreadable("unparsable", f"a row of {answer.argv[0]} has an unknown form: {line.strip()}", number)
    if not header and not rows and not others:
        raise Unreadable("empty", f"{answer.argv[0]} has no line")
    return FamilySockets(
        (protocol,),
        tuple(rows),
        False,
        others,
        False,
        family,
        header and answer.complete and answer.exit_status is not None,
    )


def _row(protocol: Protocol, family: int, words: list[str], number: Line) -> Socket | Literal["other"] | None:
    """The socket of a row, or that it is not RMC's; None for what is no row."""
    if len(words) < _FEWEST_WORDS or not words[0].endswith(":") or not words[0][:-1].isdigit():
        return None
    local, peer = _end(words[1], family), _end(words[2], family)
    state = _STATES.get(words[3].upper())
    if local is None or peer is None or state is None:
        return None
    if local[1] not in PORTS and peer[1] not in PORTS:
        return "other"
    state = state if protocol == "tcp" else ""
    return Socket(protocol, _address(local[0]), local[1] or None, _address(peer[0]), peer[1] or None, state, number)


def _end(text: str, family: int) -> tuple[str, int] | None:
    """The digits of the address, and the port, of one end; None for text that is neither."""
    digits, _, port = text.partition(":")
    if len(digits) != _DIGITS[family] or len(port) != _PORT_DIGITS or not HEX_DIGITS.issuperset(digits + port):
        return None
    return digits, int(port, 16)


def _address(digits: str) -> str:
    words = (digits[at : at + _WORD] for at in range(0, len(digits), _WORD))
    packed = b"".join(bytes.fromhex(word)[::-1] for word in words)
    if len(packed) == 4:
        return str(IPv4Address(packed))
    address = IPv6Address(packed)
    return str(address) if address.ipv4_mapped is None else f"::ffff:{address.ipv4_mapped}"
