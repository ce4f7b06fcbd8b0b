"""Sockets: `netstat -an` and `-Aan` (AIX), `-an`, `-antup`, `-tlnp` and the like (Linux net-tools).

AIX 7.3 documentation, "netstat Command"; netstat(8) of net-tools.

    Active Internet connections (including servers)
    PCB/ADDR         Proto Recv-Q Send-Q  Local Address      Foreign Address    (state)
    f1000f00012a43c0 tcp4       0      0  *.657                 *.*                   LISTEN
    f1000f00012a7600 udp        0      0  *.657                 *.*
    tcp4       0      0  10.20.0.17.657         10.20.9.4.33861        ESTABLISHED

    Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
    tcp6       0      0 :::657                  :::*                    LISTEN      2217/rmcd

AIX writes a dot before the port, after IPv6 addresses too (`fe80::1.657`), and Linux a colon, so the later of the
two separates. With `-A` AIX puts the address of the control block first. UDP has no state: what follows a UDP row
on Linux is the program. The section of UNIX domain sockets, raw sockets and notes on privilege are no rows.

`-l` lists sockets that listen alone, and `-f inet` those of one family, so that it proves presence only.

Header lines and no row mean that there is no such socket. Output without any line is never an answer, and rows without
both header lines (`| grep 657`, or a collector's filter) prove presence only. Without an exit status the section of
UNIX domain sockets, which comes last, is the end; where the options leave it out, nothing marks it. A row of port 657
whose state is missing is refused; at the end of an incomplete answer it is left out.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.sockets import (
    STATES,
    Protocol,
    Socket,
    Sockets,
    is_of_others,
    letters_of,
    listed,
    make_socket,
    on_our_ports,
    protocols_of,
)
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints, strange_word
from rmccomply.sources.shared.values import HEX_DIGITS

OPTIONS: Final = frozenset("AantulpeofTW")
_FAMILIES_ASKED: Final = frozenset({"inet", "inet6"})
LISTING: Final = True
RECORD: Final = Sockets
_PROTOCOLS: Final[dict[str, Protocol]] = {
    "tcp": "tcp",
    "tcp4": "tcp",
    "tcp6": "tcp",
    "udp": "udp",
    "udp4": "udp",
    "udp6": "udp",
}
_OTHER_PROTOCOLS: Final = frozenset(
    {"raw", "raw6", "icmp", "icmp4", "icmp6", "icm6", "udplite", "udpl", "udpl6", "udplite6", "sctp", "unix"}
)
_NOTES: Final = ("#", "(Not all processes", "will not be shown,", "(No info could be read", "netstat: no support")


def asks(argv: tuple[str, ...]) -> bool:
    """Option letters with `n` and with `a` or `l` among them: `-an`, `-Aan`, `-a -n`, `-antup`, `-tlnp`; and perhaps
    one family of addresses, `-f inet`."""
    words = argv[1:]
    families = [at for at, word in enumerate(words, 1) if word == "-f" and words[at : at + 1]]
    rest = [word for at, word in enumerate(words) if at not in families and word != "-f"]
    letters = frozenset("".join(word[1:] for word in rest))
    known = all(word.startswith("-") for word in rest) and all(words[at] in _FAMILIES_ASKED for at in families)
    asked = "n" in letters and not letters.isdisjoint("al") and letters <= OPTIONS - {"f"}
    return known and asked and len(families) == words.count("-f")


def parse(answer: Answer) -> Sockets:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for other text."""
    refuse_complaints(answer, "netstat: 0")
    answer.refuse_failure()
    found: list[tuple[Socket, bool]] = []
    others = 0
    heads: set[str] = set()
    internet = True
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if internet and _is_of_others(words):
            others += 1
        elif words[:1] == ["Active"]:
            internet = words[1:2] == ["Internet"]
            heads.add(words[1] if len(words) > 1 else "")
        elif internet and words and not line.lstrip().startswith(_NOTES):
            if "Proto" in words[:2]:
                heads.add("Proto")
                continue
            try:
                found.extend(_row(words, number))
            except Unreadable:
                if not may_be_cut(answer, number):
                    raise
    if not found and not others and "Proto" not in heads:
        raise Unreadable("empty", "netstat lists no socket")
    whole = answer.complete and {"Internet", "Proto"} <= heads and (answer.exit_status is not None or "UNIX" in heads)
    letters = letters_of(answer.options)
    whole = whole and not answer.operands
    return listed(found, protocols_of(letters), whole=whole, listening_only="l" in letters, others=others)


def _is_of_others(words: list[str]) -> bool:
    """Whether this is a row in the usual form of a socket that is not RMC's; most are."""
    return (
        len(words) > 4
        and words[0] in _PROTOCOLS
        and words[1] not in _PROTOCOLS
        and is_number(words[1])
        and is_number(words[2])
        and is_of_others(words[3], words[4])
    )


def _row(words: list[str], number: Line) -> tuple[tuple[Socket, bool], ...]:
    """The socket of a row; none for protocols that are not asked after."""
    bare = words[1:] if _has_block(words) else words
    if bare[0] in _OTHER_PROTOCOLS:
        return ()
    protocol = _PROTOCOLS.get(bare[0])
    if protocol is None or len(bare) < 5 or not (is_number(bare[1]) and is_number(bare[2])):
        raise Unreadable("unparsable", f"a row of netstat has an unknown form: {' '.join(words)}", number)
    state = bare[5] if protocol == "tcp" and len(bare) > 5 else ""
    socket, known = make_socket(protocol, bare[3], bare[4], state, number)
    if protocol == "tcp" and not state and on_our_ports(socket):
        raise Unreadable("unparsable", f"a row of netstat ends before its state: {' '.join(words)}", number)
    if state and state not in STATES and on_our_ports(socket):
        raise Unreadable("unparsable", strange_word("netstat", state), number)
    return ((socket, known),)


def _has_block(words: list[str]) -> bool:
    """Whether the row starts with the address of a control block."""
    return len(words) > 1 and words[1] in _PROTOCOLS and HEX_DIGITS.issuperset(words[0])
