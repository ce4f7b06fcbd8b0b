"""The line to the management console: connected or not, and what probes and heartbeats prove of its ports.

States of a control point in `rmcdomainstatus` (IBM's page closes the set): `I` is up by heartbeat; `i` is pending, its
handshake not completed; `O` is down; `X` and `Z` are suspended (their causes are remembered, not read, so no verdict
names one as a fact). In-band RMC (mcproxy) goes through the hypervisor and shows no control point over IP.
"""

from collections.abc import Sequence
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.start import settled
from rmccomply.facts.groups.subsystem import status
from rmccomply.facts.judging.agreement import same_consoles
from rmccomply.facts.judging.points import (
    SETTLE,
    Point,
    Points,
    answered,
    control_points,
    joined,
    keyed,
    settles,
    taken_over,
)
from rmccomply.facts.judging.probes import NO_ROUTE, Probed, by_address, probed_of
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, sentence, unknown_from, unread, whole_of
from rmccomply.facts.judging.sessions import Session, session_with
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.values import Version
from rmccomply.sources.table import LSRSRC, MCPROXY, RMCDOMAINSTATUS
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_IN_BAND_FROM: Final[Version] = (7, 3, 4, 0)
STATES: Final = {
    "i": ("pending", "is pending: its handshake has not completed"),
    "X": ("suspended", "is suspended (X): its communication has been stopped"),
    "Z": ("unstable", "is suspended (Z): its communication has been stopped"),
    "O": ("down", "is down by heartbeat"),
}
_CONNECTED: Final = ("up", "in_band")
_PROBE: Final = "rmccomply collect ssh HOST --probe"
_ROUTE: Final = "First give the partition a route to the console: check its gateway and its interfaces."
_HEARTBEATS_ARE_NOT_ALL: Final = (
    "Heartbeats pass all the same, but the partition must reach the console by TCP for the exchange of keys after each "
    "restart of the console."
)


def in_band(facts: Facts) -> Fact:
    """Whether mcproxy carries RMC to a console; below AIX 7.3 TL4 there is none."""
    name = "console.in_band"
    proxy = status(facts, "mcproxy")
    if proxy.word in ("absent", "inactive"):
        fact = known(name, "no", f"In-band RMC is not there: {proxy.text}.", proxy.evidence)
        return _unless_named(facts, fact)
    if proxy.word is None:
        release = facts.fact("host.aix_release")
        if proxy.reason != "conflicting" and release.version is not None and release.version < _IN_BAND_FROM:
            says = f"AIX below 7.3 TL4 does not have in-band RMC: {release.says}"
            return _unless_named(facts, known(name, "no", says, release.evidence, basis=(release,)))
        says = f"Whether RMC runs in-band is unknown: {proxy.text.rpartition(' is unknown: ')[2].removesuffix('.')}."
        return unknown(name, proxy.reason or "not_collected", says, proxy.evidence, settle="lssrc -a")
    return _hosts(facts, name, proxy.evidence)


def _unless_named(facts: Facts, fact: Fact) -> Fact:
    """No in-band RMC, unless mcproxy itself names a console."""
    for reading in facts.read(MCPROXY):
        if reading.record.hostnames:
            host = reading.record.hostnames[0]
            says = f"Whether RMC runs in-band is unknown: mcproxy lists the console {host.name}, but: {fact.says}"
            places = (*reading.at(host.line), *fact.evidence)
            return unknown(fact.name, "conflicting", says, places, settle="lssrc -ls mcproxy")
    return fact


def _hosts(facts: Facts, name: str, active: tuple[Reference, ...]) -> Fact:
    for reading in facts.read(MCPROXY):
        if reading.record.active is not False and reading.record.hostnames:
            host = reading.record.hostnames[0]
            says = f"mcproxy is active and lists the console {host.name}."
            return known(name, "yes", says, (*reading.at(host.line), *active))
    says = "Whether RMC runs in-band is unknown: mcproxy is active, but none of its consoles is shown."
    if not facts.read(MCPROXY):
        fact = unread(name, "in-band RMC", facts.answers(MCPROXY), "lssrc -ls mcproxy")
        return unknown(
            name, fact.reason or "not_collected", says, (*fact.evidence, *active), settle="lssrc -ls mcproxy"
        )
    return unknown(name, "inconclusive", says, (*whole_of(facts.answers(MCPROXY)), *active), settle="lssrc -ls mcproxy")


class Domain(NamedTuple):
    """What all forms of rmcdomainstatus say together. `unread` is set where none of them answers.

    `agreed`: copies of lsrsrc show the same consoles. That bears what the rows that are there say against them; it
    proves no absence, so nothing passes by it.
    """

    rows: tuple[Point, ...]
    whole: bool
    sections: frozenset[str]
    evidence: tuple[Reference, ...]
    unread: Fact | None = None
    agreed: bool = False

    @property
    def all_rows(self) -> bool:
        """Whether nothing suggests that there is another row."""
        return self.whole or self.agreed


def domain(facts: Facts) -> Domain:
    """The control points, each once whatever forms show it; contradictions are unknown."""
    name = "console.connection"
    readings = facts.read(RMCDOMAINSTATUS)
    if not readings and (none := _none_in_band(facts)):
        return Domain((), whole=True, sections=frozenset(), evidence=none)
    if not readings:
        asked = facts.answers(RMCDOMAINSTATUS)
        unknown_fact = unread(name, "the state of the control points", asked, settles(asked))
        return Domain((), False, frozenset(), (), unknown_fact)
    rows = facts.cached(control_points).rows
    evidence = whole_of(readings)
    if _contradict(rows, readings):
        says = "The state of the control points is unknown: two answers of rmcdomainstatus contradict each other."
        places = tuple(place for reading in readings for place in _shown(rows, reading))
        return Domain((), False, frozenset(), (), unknown(name, "conflicting", says, places, settle=SETTLE))
    whole = any(reading.record.whole and not reading.partial for reading in readings)
    sections = frozenset(section for reading in readings for section in reading.record.sections)
    return Domain(joined(rows), whole, sections, evidence, agreed=same_consoles(facts))


def _none_in_band(facts: Facts) -> tuple[Reference, ...]:
    """What shows that there is no control point where copies of rmcdomainstatus are empty.

    An empty copy without an exit status is no answer by itself. Beside IBM.MCP without a resource it is one, where
    mcproxy names the console that the partition has instead.
    """
    asked = facts.unread(RMCDOMAINSTATUS)
    consoles = [one for one in facts.read(LSRSRC) if "IBM.MCP" in one.argv]
    if not asked or not consoles or any(one.record.resources for one in consoles):
        return ()
    if any(one.reason != "empty" for one in asked) or facts.fact("console.in_band").value != "yes":
        return ()
    return (*whole_of(consoles), *facts.fact("console.in_band").evidence)


def refused(facts: Facts) -> Fact | None:
    """Why nothing shows which control points are up, where the one who collected was not allowed to ask."""
    unread = facts.cached(domain).unread
    return unread if unread is not None and unread.reason == "denied" else None


def _shown(rows: Sequence[Point], reading: Read[object]) -> tuple[Reference, ...]:
    """The rows of one answer, or where it has none."""
    return _lines([row for row in rows if row.source == reading.name]) or whole_of([reading])


def _contradict(rows: Sequence[Point], readings: Sequence[Read[object]]) -> bool:
    """One control point in two states, or missing from a whole answer while another shows it."""
    by_source: dict[str, dict[tuple[str, int], str]] = {}
    for key, row in keyed(rows):
        by_source.setdefault(row.source, {})[key] = row.state
    complete = [by_source.get(reading.name, {}) for reading in readings if not reading.partial]
    if any(one != complete[0] for one in complete[1:]):
        return True
    states: dict[tuple[str, int], set[str]] = {}
    for one in by_source.values():
        for point, state in one.items():
            states.setdefault(point, set()).add(state)
    apart = bool(complete) and not states.keys() <= complete[0].keys()
    return apart or any(len(found) > 1 for found in states.values())


def connection(facts: Facts) -> Fact:
    """Whether at least one control point is up, by any channel."""
    name = "console.connection"
    return settled(facts, not_for(facts, _connection(facts, name), _CONNECTED, NOT_MANAGED), _CONNECTED)


def _connection(facts: Facts, name: str) -> Fact:
    found = facts.cached(domain)
    up, proxy = [row for row in found.rows if row.up], facts.fact("console.in_band")
    if up:
        others = [row for row in found.rows if not row.up]
        says = f"The control point {up[0].text} is up."
        also = tuple(_second_console(row, found.rows) for row in others)
        in_band = (f"RMC also runs in-band, which is allowed: {proxy.says}",) if proxy.value == "yes" else ()
        return known(name, "up", says, _lines(up), also=(*also, *in_band))
    if proxy.value == "yes":
        also = ("A control point over IP is also listed, and is not up.",) if found.rows else ()
        return known(
            name,
            "in_band",
            f"RMC runs in-band (through the hypervisor): {proxy.says}",
            proxy.evidence,
            basis=(proxy,),
            also=also,
        )
    if found.unread is not None:
        return _because_of_ctrmc(facts, found.unread)
    if found.rows:
        return _not_up(name, found, proxy)
    return _no_rows(facts, name, found, proxy)


def _second_console(row: Point, rows: Sequence[Point]) -> str:
    if taken_over(row, rows) is not None:
        return f"An old console entry with the node ID 0x{row.node_id} is left; its address was {row.text}."
    return f"The control point {row.text} is not up (state {row.state})."


def _because_of_ctrmc(facts: Facts, fact: Fact) -> Fact:
    """A stopped daemon answers nothing; then the cause is worth saying."""
    daemon = facts.fact("subsystem.ctrmc")
    if daemon.value not in ("inactive", "absent"):
        return fact
    says = f"{fact.says} ctrmc is not running, so it cannot answer."
    evidence = (*fact.evidence, *daemon.evidence)
    return unknown(fact.name, fact.reason or "not_collected", says, evidence, settle=fact.settle, basis=(daemon,))


def _not_up(name: str, found: Domain, proxy: Fact) -> Fact:
    lines = _lines(found.rows)
    strange = [row for row in found.rows if row.state not in STATES]
    if strange:
        row = strange[0]
        says = f"The connection is unknown: the state '{row.state} {row.queue}' of {row.text} is not known."
        return unknown(name, "unparsable", says, _lines(strange), settle=SETTLE)
    if not found.all_rows:
        says = (
            "The connection is unknown: the answer of rmcdomainstatus is incomplete, and no control point in it is up."
        )
        return unknown(name, "truncated", says, lines, settle=SETTLE)
    says = "; ".join(f"the control point {row.text} {STATES[row.state][1]}" for row in found.rows)
    if proxy.state == "unknown":
        text = f"The connection is unknown: {says}, and whether RMC runs in-band instead is unknown."
        return unknown(name, "inconclusive", text, (*lines, *proxy.evidence), settle=proxy.settle, basis=(proxy,))
    worst = next(STATES[state][0] for state in STATES if any(row.state == state for row in found.rows))
    return known(name, worst, f"No console is connected: {says}.", lines, basis=(proxy,))


def _no_rows(facts: Facts, name: str, found: Domain, proxy: Fact) -> Fact:
    if not found.whole:
        says = "The connection is unknown: the answer of rmcdomainstatus ends before any control point."
        return unknown(name, "truncated", says, found.evidence, settle=SETTLE)
    if "managed_nodes" in found.sections:
        says = "This system manages other nodes: rmcdomainstatus lists them, and no control point."
        return not_applicable(name, says, found.evidence)
    if proxy.state == "unknown":
        says = "The connection is unknown: no control point over IP is listed, and whether RMC runs in-band is unknown."
        evidence = (*found.evidence, *proxy.evidence)
        return unknown(name, "inconclusive", says, evidence, settle=proxy.settle, basis=(proxy,))
    management, kind = facts.fact("host.management"), facts.fact("host.kind")
    if management.state == "unknown" and kind.value != "lpar":
        says = "rmcdomainstatus shows no control point, and whether there should be one is unknown: "
        says += kind.says if kind.state == "unknown" else management.says
        settle = kind.settle or management.settle
        return unknown(name, "inconclusive", says, found.evidence, settle=settle, basis=(kind, management))
    says = "No console is connected: rmcdomainstatus shows no management control point."
    return known(name, "no_console", says, found.evidence, basis=(management, kind))


def connected(facts: Facts) -> Fact:
    """Whether a console is connected by any channel; DRM is due only then."""
    name = "console.connected"
    found, proxy = facts.cached(domain), facts.fact("console.in_band")
    up = [row for row in found.rows if row.up]
    if up:
        return known(name, "yes", f"The control point {up[0].text} is up.", _lines(up[:1]))
    if proxy.value == "yes":
        return known(name, "yes", proxy.says, proxy.evidence, basis=(proxy,))
    if found.unread is not None:
        return unknown_from(name, "whether a console is connected", found.unread)
    if not found.all_rows or any(row.state not in STATES for row in found.rows):
        says = (
            "Whether a console is connected is unknown: the answer of rmcdomainstatus is incomplete or not understood."
        )
        return unknown(name, "truncated" if not found.all_rows else "unparsable", says, found.evidence, settle=SETTLE)
    if proxy.value == "no":
        says = "No control point is up." if found.rows else "No control point is listed."
        return known(name, "no", says, _lines(found.rows) or found.evidence, basis=(proxy,))
    return unknown_from(name, "whether a console is connected", proxy)


def tcp(facts: Facts) -> Fact:
    """Whether one address of a control point accepts TCP; each that is named and has no probe is not tried."""
    name = "console.tcp"
    return settled(facts, not_for(facts, _tcp(facts, name), ("open",), NOT_MANAGED), ("open",))


def _tcp(facts: Facts, name: str) -> Fact:
    points = facts.cached(control_points)
    probed = [probed_of(facts, point) for point in by_address(points)]
    lines = tuple(place for one in probed for place in one.evidence)
    opened = [one for one in probed if one.word == "open"]
    if opened:
        rest = tuple(f"{one.says}." for one in probed if one.word == "closed")
        return known(name, "open", f"{opened[0].says}.", opened[0].evidence, also=rest)
    if not probed:
        return _no_address(facts, name)
    session = session_with(facts, [row for row in points.rows if row.up])
    if session is not None:
        return _by_session(name, session, probed)
    denied = refused(facts)
    if denied is not None and session_with(facts, points.resources) is not None:
        return unknown_from(name, "whether a session with a control point that is up shows that TCP passes", denied)
    untried = [one for one in probed if not one.word]
    if untried:
        says = f"Whether TCP 657 passes is unknown: {untried[0].says}."
        reason: Reason = "conflicting" if any(one.reason == "conflicting" for one in untried) else "inconclusive"
        return unknown(name, reason, says, lines, settle=_PROBE)
    says = "; ".join(one.says for one in probed)
    also: tuple[str, ...] = ()
    if any(row.up for row in points.rows):
        also = (_HEARTBEATS_ARE_NOT_ALL,)
    step = _ROUTE if all(NO_ROUTE in one.says for one in probed) else ""
    return known(name, "closed", f"{says}.", lines, also=also, step=step)


def _by_session(name: str, session: Session, probed: Sequence[Probed]) -> Fact:
    """A session that is established shows that TCP passes, unless a probe of its far end found it closed."""
    says = f"a session of RMC with {session.peer}, a control point that is up, is established on TCP {session.port}"
    closed = [one for one in probed if one.ip == session.peer and one.tried]
    if closed:
        text = f"Whether TCP 657 passes is unknown: {says}, and yet {closed[0].says}."
        return unknown(name, "conflicting", text, (*session.evidence, *closed[0].evidence), settle=_PROBE)
    rest = tuple(f"{one.says}." for one in probed if one.word == "closed")
    return known(name, "open", f"{sentence(says)}.", session.evidence, also=rest)


def _no_address(facts: Facts, name: str) -> Fact:
    proxy, found = facts.fact("console.in_band"), facts.cached(domain)
    if found.unread is not None:
        return unknown_from(name, "which addresses to probe", found.unread)
    if proxy.value == "yes" and found.whole:
        says = "RMC runs only in-band (through the hypervisor): port 657 is not used."
        return not_applicable(name, says, proxy.evidence, (proxy,))
    says = "Whether TCP 657 passes is unknown: no address of a control point is known, so nothing was probed."
    asking = settles(facts.answers(RMCDOMAINSTATUS)) if answered(facts) else "lsrsrc IBM.MCP"
    settle = proxy.settle if found.whole else ""
    return unknown(name, "inconclusive", says, found.evidence, settle=settle or asking)


def udp(facts: Facts) -> Fact:
    """Heartbeats prove UDP; a dead control point whose TCP port is open makes it suspect; nothing else decides."""
    name = "console.udp"
    return settled(facts, not_for(facts, _udp(facts, name), ("proven",), NOT_MANAGED), ("proven",))


def _udp(facts: Facts, name: str) -> Fact:
    found = facts.cached(domain)
    up = [row for row in found.rows if row.up]
    if up:
        return known(name, "proven", f"Heartbeats of {up[0].text} pass, so UDP 657 is open.", _lines(up[:1]))
    if found.unread is not None:
        return unknown_from(name, "whether UDP 657 passes", found.unread)
    proxy = facts.fact("console.in_band")
    if not found.rows and found.whole and proxy.value == "yes":
        return not_applicable(
            name, "RMC runs only in-band (through the hypervisor): port 657 is not used.", proxy.evidence, (proxy,)
        )
    lines = _lines(found.rows) or found.evidence
    asking = settles(facts.answers(RMCDOMAINSTATUS))
    settle = (proxy.settle if found.whole and not found.rows else "") or asking
    if found.rows and found.all_rows and all(row.state == "O" for row in found.rows):
        probed = [probed_of(facts, row) for row in by_address(Points(found.rows, ()))]
        settle = asking if any(one.tried for one in probed) else _PROBE
        opened = [one for one in probed if one.word == "open"]
        cause = _cause_here(facts) if opened else None
        if cause is not None:
            down = f"{opened[0].text} is down by heartbeat"
            says = f"Whether UDP 657 passes is unknown: {down}, and the cause is here: {cause.says}"
            places = (*cause.evidence, *lines)
            return unknown(name, "inconclusive", says, places, settle=asking, basis=(cause,))
        if opened:
            says = (
                f"{opened[0].text} accepts TCP but is down by heartbeat: UDP 657 is blocked on the way, or the console "
                "no longer knows this node (a replaced console that kept its address, or a node ID used twice)."
            )
            return known(name, "suspect", says, (*lines, *opened[0].evidence))
    says = "Whether UDP 657 passes is unknown: no control point is up, and nothing else proves or refutes it."
    reason: Reason = "truncated" if not found.whole else "inconclusive"
    return unknown(name, reason, says, lines, settle=settle)


def _cause_here(facts: Facts) -> Fact | None:
    """What keeps heartbeats away on the partition itself, so that nothing is to be said of the path."""
    if facts.fact("rmcd.remote_clients").value == "refused":
        return facts.fact("rmcd.remote_clients")
    local = facts.fact("ipv6.link_local")
    return local if local.value in ("absent", "unusable") else None


def _lines(rows: Sequence[Point]) -> tuple[Reference, ...]:
    return tuple(place for row in rows for place in row.evidence)
