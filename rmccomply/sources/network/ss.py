"""Sockets of Linux: `ss -tuan`, `-tuln` and the like.

iproute2, ss(8).

    Netid  State   Recv-Q  Send-Q        Local Address:Port     Peer Address:Port  Process
    tcp    LISTEN  0       128                    [::]:657              [::]:*      users:(("rmcd",pid=2217,fd=9))
    udp    UNCONN  0       0            10.20.0.17%env2:657          0.0.0.0:*

Where one protocol is asked (`-t`) there is no Netid column, so a row may start with its state. With neither `t`
nor `u` there are rows of netlink, UNIX and raw sockets, which are not read. An address may carry its interface
(`10.20.0.17%env2`) and IPv6 stands in brackets. States are other words than netstat's: `ESTAB` is kept as
ESTABLISHED and `TIME-WAIT` as TIME_WAIT; UDP has none (ss prints UNCONN). Columns may run together in the header
(`Peer Address:PortProcess`), as protocol and state may (`icmp6UNCONN`). With `-m` and `-i` a row goes on in lines that
begin with a tab or a blank:

    tcp   ESTAB  0  0  10.20.0.17:657  10.20.0.2:43861  users:(("rmcd",pid=2217,fd=12)) uid:0 ino:5 sk:7 <->
             skmem:(r0,rb131072,t0,tb87040,f0,w0,o0,bl0,d0) ts sack cubic wscale:7,7 rto:204

With `l` it covers listening sockets only (`listening_only`). A filter (`sport = :657`) makes it a part, which proves
presence only; so do rows without the header. The header and no row mean that there is no such socket. Output without
any line is never an answer. Nothing marks the end: without an exit status absence proves nothing. A row that cannot be
read at the end of an incomplete answer is left out.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.sockets import (
    Protocol,
    Socket,
    Sockets,
    is_of_others,
    letters_of,
    listed,
    make_socket,
    protocols_of,
)
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints, strange_word

OPTIONS: Final = frozenset("antulpeomi")
LISTING: Final = True
RECORD: Final = Sockets
_STATES: Final = frozenset(
    {
        "LISTEN",
        "UNCONN",
        "ESTAB",
        "SYN-SENT",
        "SYN-RECV",
        "FIN-WAIT-1",
        "FIN-WAIT-2",
        "TIME-WAIT",
        "CLOSE-WAIT",
        "LAST-ACK",
        "CLOSING",
        "NEW-SYN-RECV",
        "BOUND-INACTIVE",
        "UNKNOWN",
    }
)
_OTHERS: Final = frozenset(
    {
        *("u_str", "u_dgr", "u_seq", "nl", "p_raw", "p_dgr", "raw", "icmp6", "dccp", "sctp", "mptcp", "xdp", "???"),
        *("v_str", "v_dgr", "v_seq", "ti_st", "ti_dg", "ti_rd", "ti_sq"),
    }
)
"""The protocols, as ss names them, that are not those of RMC."""
_RUN_TOGETHER: Final = ("UNCONN", "ESTAB", "LISTEN")
_DETAILS: Final = "mi"
_INDENT: Final = "\t "
_PROTOCOLS: Final[dict[str, Protocol]] = {"tcp": "tcp", "udp": "udp"}


def asks(argv: tuple[str, ...]) -> bool:
    """Option letters with `n` and with `a` or `l` among them; operands are filters."""
    letters = frozenset("".join(word[1:] for word in argv[1:] if word.startswith("-")))
    return "n" in letters and not letters.isdisjoint("al") and letters <= OPTIONS


def parse(answer: Answer) -> Sockets:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for other text."""
    refuse_complaints(answer, "ss:")
    answer.refuse_failure()
    letters = letters_of(answer.options)
    protocols = protocols_of(letters)
    found: list[tuple[Socket, bool]] = []
    others = 0
    header, goes_on = False, not letters.isdisjoint(_DETAILS)
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[:1] == ["Netid"] or words[:2] == ["State", "Recv-Q"]:
            header = True
        elif words and not words[0].startswith("#") and not (goes_on and line[0] in _INDENT):
            if _is_of_others(words):
                others += 1
                continue
            try:
                found.extend(_row(words, protocols, number))
            except Unreadable:
                if not may_be_cut(answer, number):
                    raise
    if not found and not others and not header:
        raise Unreadable("empty", "ss lists no socket")
    whole = header and answer.complete and answer.exit_status is not None and not answer.operands
    return listed(found, protocols, whole=whole, listening_only="l" in letters, others=others)


def _is_of_others(words: list[str]) -> bool:
    """Whether this is a row with its protocol, of a socket that is not RMC's; most are."""
    return (
        len(words) > 5
        and words[0] in _PROTOCOLS
        and words[1] in _STATES
        and is_number(words[2])
        and is_number(words[3])
        and is_of_others(words[4], words[5])
    )


def _row(words: list[str], protocols: tuple[Protocol, ...], number: Line) -> tuple[tuple[Socket, bool], ...]:
    """The socket of a row; none for protocols that are not asked after."""
    if words[0] in _STATES and len(protocols) == 1:
        words = [*protocols, *words]
    if words[0] not in _STATES and _runs_together(words[0]):
        return ()
    if len(words) < 2 or words[1] not in _STATES:
        raise Unreadable("unparsable", f"a row of ss has an unknown form: {' '.join(words)}", number)
    if words[0] in _OTHERS:
        return ()
    protocol = _PROTOCOLS.get(words[0])
    if protocol is None:
        raise Unreadable("unparsable", strange_word("ss", words[0]), number)
    if len(words) < 6 or not (is_number(words[2]) and is_number(words[3])):
        raise Unreadable("unparsable", f"a row of ss has an unknown form: {' '.join(words)}", number)
    state = "" if protocol == "udp" else _state(words[1])
    return (make_socket(protocol, words[4], words[5], state, number),)


def _runs_together(word: str) -> bool:
    """Whether a word is another protocol and its state without a blank."""
    return any(word.removesuffix(state) in _OTHERS for state in _RUN_TOGETHER if word.endswith(state))


def _state(word: str) -> str:
    """A state in netstat's spelling."""
    return "ESTABLISHED" if word == "ESTAB" else word.replace("-", "_")
