"""What ufw tells of RMC where no rules of the kernel are shown.

It opens nothing by itself: other tables of the kernel may refuse what it lets in. It does close, by a rule or by its
default, unless a console is up, for then rules that it does not print (before.rules) may let RMC in.
"""

from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Line
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import Ip, control_points
from rmccomply.facts.judging.verdicts import BOTH, PORT, Ruling, console, missing
from rmccomply.sources.shared.texts import number_of
from rmccomply.sources.table import PACKET_FILTER, UFW

if TYPE_CHECKING:
    from rmccomply.sources.filters.ufw import Ufw, UfwRule

_SETTLE: Final = "nft list ruleset"
_ANYWHERE: Final = "Anywhere"
_DROPS: Final = frozenset({"DENY", "REJECT", "deny", "reject"})
_LETS_IN: Final = frozenset({"ALLOW", "allow"})


def of_ufw(facts: Facts) -> list[Ruling]:
    """A verdict for each status of a ufw that filters; none where rules of the kernel are shown."""
    if facts.read(PACKET_FILTER):
        return []
    found = []
    for reading in facts.read(UFW):
        record = reading.record
        if not record.active:
            continue
        if reading.partial or not (record.whole or record.incoming):
            found.append(Ruling("", "the status of ufw may not show all rules", reading.at(record.line), _SETTLE))
            continue
        word, says, lines = _judged(facts, record)
        places = tuple(place for line in sorted({record.line, *lines}) for place in reading.at(line))
        found.append(Ruling(word, says, places, _SETTLE))
    return found


def _judged(facts: Facts, record: "Ufw") -> tuple[str, str, set[Line]]:
    known = console(facts).addresses
    families = sorted({one.version for one in known} or {4, 6})
    made = {(one, family): _outcome(record, one, family, known) for one in sorted(BOTH) for family in families}
    lines = {line for _, where in made.values() for line in where}
    refused = {one for one in BOTH if all(made[one, family][0] == {"drop"} for family in families)}
    if refused and any(point.up for point in facts.cached(control_points).rows):
        says = f"ufw shows no rule that lets {missing(BOTH - refused)} in, but a console is up"
        return "", says, lines
    if refused:
        return "closed", f"ufw refuses {missing(BOTH - refused)}", lines
    if all(words == {"accept"} for words, _ in made.values()):
        return "", "ufw lets TCP and UDP 657 in, but does not show the other rules of the kernel", lines
    return "", "what the rules of ufw make of TCP and UDP 657 is not clear", lines


def _outcome(record: "Ufw", protocol: str, family: int, known: frozenset[Ip]) -> tuple[set[str], set[Line]]:
    """What may become of a packet from a console, and the rules that may decide it."""
    words, lines = set[str](), set[Line]()
    far = frozenset(one for one in known if one.version == family)
    for rule in record.rules:
        holds = _holds(rule, protocol, far) if rule.inward and rule.family == family else False
        if holds is False:
            continue
        words |= _words(rule.action)
        lines.add(rule.line)
        if holds:
            return words, lines
    return words | _words(record.incoming), lines


def _words(action: str) -> set[str]:
    """LIMIT, and a default that is not shown, may do either."""
    return {"drop"} if action in _DROPS else {"accept"} if action in _LETS_IN else {"accept", "drop"}


def _holds(rule: "UfwRule", protocol: str, far: frozenset[Ip]) -> bool | None:
    """Whether a rule is about port 657 from a console; None where that cannot be told."""
    to, source = _to(rule.to, protocol), _from(rule.source, far)
    return False if False in (to, source) else True if to and source else None


def _to(text: str, protocol: str) -> bool | None:
    """`657`, `657/tcp`, `600:700/udp`, `657,12601/tcp (RSCT)`; a name, an address or an interface tells nothing."""
    if text == _ANYWHERE:
        return True
    ports, _, kind = text.partition(" (")[0].partition("/")
    ranges = [tuple(map(number_of, one.split(":"))) for one in ports.split(",")]
    if any(None in one for one in ranges) or kind not in ("", "tcp", "udp"):
        return None
    return kind in ("", protocol) and any((one[0] or 0) <= PORT <= (one[-1] or 0) for one in ranges)


def _from(text: str, far: frozenset[Ip]) -> bool | None:
    """Anywhere, or a network that holds the consoles: all of them, none, or nobody knows."""
    if text == _ANYWHERE:
        return True
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    inside = {one in network for one in far}
    return inside.pop() if len(inside) == 1 else None
