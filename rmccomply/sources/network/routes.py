"""Routes: `netstat -rn` of AIX, `ip route` and `ip -6 route` of Linux.

AIX 7.3 documentation, "netstat Command"; iproute2, ip-route(8).

    Destination        Gateway           Flags   Refs     Use  If   Exp  Groups          netstat -rn
    Route Tree for Protocol Family 2 (Internet):
    default            10.32.77.1        UG        1     12696 en0      -      -
    10.32.77/24        10.32.77.40       U         0       639 en0      -      -   =>
    10.32.77.40        127.0.0.1         UGHS      0        16 lo0      -      -

    default via 10.32.77.1 dev eth0 proto static metric 100                              ip route
    10.32.77.0/24 dev eth0 proto kernel scope link src 10.32.77.40
    default proto static
            nexthop via 10.32.77.1 dev eth0 weight 1

AIX leaves out octets of a network that are 0, and a flag H marks a host; a destination without both tells no network.
The titles of netstat are translated, so that a line is one where it does not begin as a row does. Of Linux the main
table alone is kept, and no route of a link that is down or that leads nowhere (`blackhole`). The metric is 0 where none
is shown. `netstat -rn` of Linux has other columns and is refused.

Empty output of `ip` is an answer where the exit status is 0: no route of the family. Nothing marks the end: `whole` is
known by an exit status alone.
"""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"rn", "nr", "r", "n", "6", "4"})
LISTING: Final = True
_NETSTAT: Final = frozenset({("-rn",), ("-nr",), ("-r", "-n"), ("-n", "-r")})
_IP: Final = frozenset({("route",), ("r",), ("route", "show")})
_FAMILIES: Final = {"-6": 6, "-4": 4}
_DEFAULT: Final = {4: "0.0.0.0/0", 6: "::/0"}
_NOWHERE: Final = frozenset({"blackhole", "unreachable", "prohibit", "throw", "broadcast", "multicast", "anycast"})
_DOWN: Final = frozenset({"linkdown", "dead"})
_COLUMNS: Final = 6
_OCTETS: Final = 4


@record(frozen=True, slots=True)
class Route:
    """A route. `network` is empty where its destination does not tell it."""

    network: str
    interface: str
    metric: int
    line: Line


@record(frozen=True, slots=True)
class Routes:
    """The routes of these families. `whole`: there is no other."""

    families: tuple[int, ...]
    rows: tuple[Route, ...]
    whole: bool


RECORD: Final = Routes


def asks(argv: tuple[str, ...]) -> bool:
    """All routes, of both families or of one."""
    words = argv[1:]
    if argv[0].rpartition("/")[2] == "netstat":
        return words in _NETSTAT
    return (words[1:] if words[:1] and words[0] in _FAMILIES else words) in _IP


def parse(answer: Answer) -> Routes:
    """Read the routes. Raises Unreadable: `failed`, `empty` for netstat, `unparsable` for a row of no known form."""
    refuse_complaints(answer, "netstat:", "ip:", "Error:", "Cannot open netlink", "RTNETLINK")
    answer.refuse_failure()
    netstat = answer.argv[0].rpartition("/")[2] == "netstat"
    rows = tuple(_of_netstat(answer) if netstat else _of_ip(answer))
    if not rows and (netstat or answer.exit_status is None):
        raise Unreadable("empty", "no route is listed")
    families = (4, 6) if netstat else (_family(answer),)
    return Routes(families, rows, answer.complete and answer.exit_status is not None)


def _of_netstat(answer: Answer) -> Iterator[Route]:
    family = 4
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words or may_be_cut(answer, number):
            continue
        if words[0] != "default" and not (set(words[0]) & set(".:/") and words[0][0] in "0123456789abcdefABCDEF:"):
            family = 6 if "v6)" in line else 4 if "(Internet)" in line else family
            continue
        if len(words) < _COLUMNS or not words[2].isalpha() or not (is_number(words[3]) and is_number(words[4])):
            raise Unreadable("unparsable", f"a row of netstat has an unknown form: {line.strip()}", number)
        yield Route(_network(words[0], family, host="H" in words[2]), words[5], 0, number)


def _of_ip(answer: Answer) -> Iterator[Route]:
    family, network = _family(answer), ""
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words or may_be_cut(answer, number):
            continue
        if words[0] != "nexthop":
            local = words[0] in ("local", "unicast")
            if words[0] in _NOWHERE or _behind(words, "table") not in ("", "main"):
                network = ""
                continue
            network = _network(words[1] if local and words[1:] else words[0], family, host=True)
            if not network:
                raise Unreadable("unparsable", f"a row of ip has an unknown form: {line.strip()}", number)
        device, metric = _behind(words, "dev"), _behind(words, "metric")
        if device and network and _DOWN.isdisjoint(words):
            yield Route(network, device, int(metric) if is_number(metric) else 0, number)


def _family(answer: Answer) -> int:
    return next((_FAMILIES[word] for word in answer.argv[1:2] if word in _FAMILIES), 4)


def _behind(words: list[str], key: str) -> str:
    """The word behind a key word; empty where there is none."""
    return next((words[at] for at, word in enumerate(words[:-1], 1) if word == key), "")


def _network(text: str, family: int, *, host: bool) -> str:
    """The network of a destination; without a prefix length it is a host, or untold."""
    if text == "default":
        return _DEFAULT[family]
    address, slash, prefix = text.partition("/")
    address = address.partition("%")[0]
    if not slash and not host:
        return ""
    if ":" not in address:
        address = ".".join((address.split(".") + ["0"] * _OCTETS)[:_OCTETS]) if slash else address
    try:
        return str(ip_network(f"{address}/{prefix}" if slash else address, strict=False))
    except ValueError:
        return ""
