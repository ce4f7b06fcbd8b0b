"""What probes of TCP 657 and 12601, run on the partition, found at the addresses of its control points."""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import Ip, Point, Points, address
from rmccomply.sources.reading import Unread
from rmccomply.sources.shared.values import Version
from rmccomply.sources.table import TCP_PROBE
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_TLS_FROM: Final[Version] = (3, 3, 1, 0)
_CLOSED: Final = frozenset({"refused", "timeout", "unreachable", "noroute"})
_NOTHING: Final = ""
"""What stands for a probe that gave no answer."""
NO_ROUTE: Final = "cannot be reached: the partition has no route to it"
_MEANING: Final = {
    "refused": "refused the connection: the host is up, but nothing accepts RMC there",
    "timeout": "did not answer: filtered, or not there",
    "unreachable": "is unreachable",
    "noroute": NO_ROUTE,
}


class Probed(NamedTuple):
    """What the probes of one address say: "open", "closed", or "" where they do not decide. `tried`: one found
    a port closed."""

    text: str
    word: str
    says: str
    evidence: tuple[Reference, ...]
    reason: Reason = "inconclusive"
    ip: Ip | None = None
    tried: bool = False


def by_address(points: Points) -> list[Point]:
    """Each address once; a name without address counts only where the address form was not collected."""
    named: dict[str, Point] = {}
    joined = {point.node_id for point in points.rows if point.ip is not None}
    for point in points.seen:
        if point.ip is None and point.node_id in joined:
            continue
        named.setdefault(str(point.ip) if point.ip is not None else point.text, point)
    return list(named.values())


def probed_of(facts: Facts, point: Point) -> Probed:
    """Read the probes of one address. A link-local address was reached only by a probe that names its zone."""
    results: dict[int, set[str]] = {}
    evidence: tuple[Reference, ...] = ()
    why, contradicted = f"{point.text} was not probed from the partition", False
    for reading in facts.answers(TCP_PROBE):
        if point.ip is None or address(reading.argv[1]) != point.ip:
            continue
        if point.link_local and "%" not in reading.argv[1]:
            why = f"the probe of {point.text} names no interface, so it proves nothing of a link-local address"
            continue
        of_port = results.setdefault(int(reading.argv[2]), set())
        if isinstance(reading, Unread):
            why = f"the probe of {point.text} gave no answer: {reading.says}"
            of_port.add(_NOTHING)
            contradicted = contradicted or reading.reason == "conflicting"
            evidence += reading.where()
        else:
            of_port.add(reading.record.result)
            evidence += reading.at(reading.record.line)
    found = _judged(facts, point, results, evidence or point.evidence, why)
    tried = any(word in _CLOSED for words in results.values() for word in words)
    return found._replace(reason="conflicting" if contradicted else found.reason, ip=point.ip, tried=tried)


def _judged(
    facts: Facts, point: Point, results: dict[int, set[str]], evidence: tuple[Reference, ...], why: str
) -> Probed:
    """Open where any probe found it so; closed where none did: of 657, and of 12601 where this level uses TLS."""
    plain, tls = results.get(657, set()), results.get(12601, set())
    if "open" in plain:
        return Probed(point.text, "open", f"{point.text} accepts TCP 657", evidence)
    level = facts.fact("rsct.level").version
    if "open" in tls and level is None:
        text = f"{point.text} accepts TLS 12601, but whether this RSCT level uses it is unknown"
        return Probed(point.text, "", text, evidence)
    if "open" in tls and level is not None and level >= _TLS_FROM:
        return Probed(point.text, "open", f"{point.text} accepts TLS 12601", evidence)
    without_tls = level is not None and level < _TLS_FROM
    tls_closed = without_tls or (bool(tls) and tls <= _CLOSED)
    if plain and plain <= _CLOSED and tls_closed:
        text = f"{point.text}, probed on TCP 657, {_MEANING[min(plain)]}"
        return Probed(point.text, "closed", text, evidence)
    return Probed(
        point.text, "", _undecided(point, plain, tls, "uses" if level is not None else "may use") or why, evidence
    )


def _undecided(point: Point, plain: set[str], tls: set[str], uses: str) -> str:
    """Why probes that were made do not decide; empty where none was."""
    odd = sorted((plain | tls) - _CLOSED - {_NOTHING})
    if odd:
        return f"a probe of {point.text} ended in {odd[0]}"
    if plain and not tls and _NOTHING not in plain:
        found = f"{point.text}, probed on TCP 657, {_MEANING[min(plain)]}"
        return f"{found}; TLS 12601, which this level {uses}, was not tried"
    return ""
