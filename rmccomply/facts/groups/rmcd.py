"""The daemon rmcd and its port: whether it accepts remote clients, and what /etc/services calls port 657.

rmcd listens on TCP 657 (and on 12601 for TLS, from RSCT 3.3.1.0 on) only where remote clients are enabled, and then has
`-r` among its arguments where they were enabled when it started. So a socket that listens is proof, and `-r` is where
no listing of sockets contradicts it; that both are missing is proof of the contrary, one alone is not. Without rmcd
nothing can accept, and ctrmc says so. Where the console is reached in-band the port is not needed.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.subsystem import NO_MANAGEMENT
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted, not_for, sentence, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.sockets import PORTS, Socket, Sockets
from rmccomply.sources.source import Source
from rmccomply.sources.table import NETSTAT, PROC_NET, PS, SERVICES, SS
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

if TYPE_CHECKING:
    from rmccomply.sources.host.ps import Processes
    from rmccomply.sources.network.proc_net import FamilySockets

_SOCKETS: Final[dict[str, tuple[tuple[Source[Sockets], ...], str]]] = {
    "aix": ((NETSTAT,), "netstat -an"),
    "vios": ((NETSTAT,), "netstat -an"),
    "linux": ((SS, NETSTAT, PROC_NET), "ss -ltn"),
}
_PROCESSES: Final = "ps -ef"
_STOPPED: Final = "rmcd does not run"
_TITLE: Final = "whether rmcd accepts remote clients"
_PORT: Final = 657
_SERVICE: Final = "rmc"
_OF_ADMINISTRATOR: Final = "/etc/services"
_OF_DISTRIBUTION: Final = "/usr/etc/services"
"""Where SUSE has what the distribution brings; the file in /etc may not be there then."""


class DaemonSign(NamedTuple):
    """What one kind of evidence says: yes, no, or None with a reason (a clause in `says`)."""

    word: bool | None
    says: str
    evidence: tuple[Reference, ...]
    reason: Reason = "not_collected"
    settle: str = ""


def remote_clients(facts: Facts) -> Fact:
    """Accepted, by a socket or by the arguments of the daemon; refused where neither shows it."""
    name = "rmcd.remote_clients"
    at = facts.fact("host.platform")
    if at.value == "hmc":
        return not_applicable(name, "A management console takes connections of its own kinds.", at.evidence, (at,))
    fact = _in_band(facts, exempted(facts, _remote_clients(facts, name), ("accepted",), NO_MANAGEMENT))
    return not_for(facts, fact, ("accepted",), NOT_MANAGED)


def _remote_clients(facts: Facts, name: str) -> Fact:
    socket, process = _listens(facts), _runs(facts)
    both = (*socket.evidence, *process.evidence)
    if socket.word:
        return known(name, "accepted", f"{socket.says}.", socket.evidence)
    if socket.word is None and process.word:
        return known(name, "accepted", f"{process.says}.", process.evidence)
    if socket.word is False and process.word:
        says = f"Whether rmcd accepts remote clients is unknown: {process.says}, but {socket.says}."
        return unknown(name, "conflicting", says, both, settle=socket.settle)
    if process.says == _STOPPED:
        return _stopped(facts, name, socket, process)
    if socket.word is False and process.word is False:
        return known(name, "refused", sentence(f"{socket.says}, and {process.says}."), both)
    socket_first = socket.word is None and process.reason != "conflicting"
    open_one, other = (socket, process) if socket_first else (process, socket)
    says = f"Whether rmcd accepts remote clients is unknown: {open_one.says}"
    says += f"; {other.says}." if other.word is False else "."
    return unknown(name, open_one.reason, says, both, settle=open_one.settle)


def _stopped(facts: Facts, name: str, socket: DaemonSign, process: DaemonSign) -> Fact:
    """Without rmcd there is nobody who could accept: that it does not run is the business of subsystem.ctrmc."""
    daemon = facts.fact("subsystem.ctrmc")
    places = (*daemon.evidence, *process.evidence, *socket.evidence)
    if daemon.value in ("inactive", "absent"):
        return not_applicable(name, f"rmcd does not run, so there is nothing to enable: {daemon.says}", places)
    if daemon.value == "active":
        says = f"Whether rmcd accepts remote clients is unknown: {process.says}, but {daemon.says}"
        return unknown(name, "conflicting", says, places, settle=_PROCESSES)
    says = f"Whether rmcd accepts remote clients is unknown: {process.says}."
    return unknown(
        name, daemon.reason or "inconclusive", says, places, settle=daemon.settle or "lssrc -a", basis=(daemon,)
    )


def _in_band(facts: Facts, fact: Fact) -> Fact:
    """In-band RMC needs no port; where it cannot be told, a refusal is no fault yet."""
    if fact.state == "not_applicable" or fact.value == "accepted":
        return fact
    proxy = facts.fact("console.in_band")
    if proxy.value == "yes":
        return not_applicable(
            fact.name, f"RMC runs in-band, which needs no port: {proxy.says}", proxy.evidence, (proxy,)
        )
    if fact.state == "known" and proxy.state == "unknown":
        says = f"{fact.says} {proxy.says}"
        evidence = (*fact.evidence, *proxy.evidence)
        return unknown(fact.name, "inconclusive", says, evidence, settle=proxy.settle, basis=(fact, proxy))
    return fact


def _listens(facts: Facts) -> DaemonSign:
    """Whether TCP 657 or 12601 listens, for others than the host itself."""
    sources, settle = _SOCKETS.get(facts.fact("host.platform").word, ((), "netstat -an"))
    read = [reading for source in sources for reading in facts.read(source)]
    rows = [(row, reading.at(row.line)) for reading in read for row in reading.record.rows if _is_ours(row)]
    opened = [(row, place) for row, place in rows if not _is_loopback(row.local)]
    closed = [*_whole(read), *(_families(facts.read(PROC_NET)) if PROC_NET in sources else ())]
    if opened and closed:
        places = (*opened[0][1], *closed)
        return DaemonSign(None, "two listings of sockets contradict each other", places, "conflicting", settle)
    if opened:
        row, place = opened[0]
        return DaemonSign(True, f"TCP port {row.local_port} listens", place)
    if closed and not rows:
        return DaemonSign(False, "neither TCP 657 nor 12601 listens", tuple(closed), settle=settle)
    answers = [reading for source in sources for reading in facts.answers(source)]
    return _unsettled(unread("", "what listens on TCP 657", answers, settle))


def _is_ours(row: Socket) -> bool:
    return row.protocol == "tcp" and row.state == "LISTEN" and row.local_port in PORTS


def _is_loopback(address: str) -> bool:
    return address.startswith("127.") or address.partition("%")[0] == "::1"


def _whole(readings: Sequence[Read[Sockets]]) -> list[Reference]:
    """Where listings prove that nothing listens there."""
    return [
        place
        for reading in readings
        if reading.record.whole and not reading.partial and "tcp" in reading.record.protocols
        if not any(map(_is_ours, reading.record.rows))
        for place in reading.at(1)
    ]


def _families(readings: "Sequence[Read[FamilySockets]]") -> list[Reference]:
    """The same by the files of both families together: a service of both is in the file of IPv6 alone."""
    found = {
        reading.record.family: reading
        for reading in readings
        if reading.record.protocols == ("tcp",) and reading.record.family_whole and not reading.partial
    }
    if len(found) < 2 or any(_is_ours(row) for reading in found.values() for row in reading.record.rows):
        return []
    return [place for reading in found.values() for place in reading.at(1)]


def _runs(facts: Facts) -> DaemonSign:
    """Whether rmcd has `-r`; a line that may be cut does not tell."""
    read = facts.read(PS)
    rows = [(row, reading.at(row.line)) for reading in read for row in reading.record.rows if row.name == "rmcd"]
    told = {row.remote: place for row, place in rows}
    none = [place for reading in read if _lacks_rmcd(reading) for place in reading.at(1)]
    if True in told and (False in told or none):
        places = (*told[True], *told.get(False, ()), *none)
        return DaemonSign(None, "two listings of processes contradict each other", places, "conflicting", _PROCESSES)
    if True in told:
        return DaemonSign(True, "rmcd runs with -r", told[True])
    if False in told:
        return DaemonSign(False, "rmcd runs without -r", told[False])
    if none and not rows:
        return DaemonSign(False, _STOPPED, tuple(none))
    if rows:
        says = "the arguments of rmcd are cut off, so a missing -r proves nothing"
        return DaemonSign(None, says, rows[0][1], "truncated", _PROCESSES)
    return _unsettled(unread("", "how rmcd runs", facts.answers(PS), _PROCESSES))


def _lacks_rmcd(reading: "Read[Processes]") -> bool:
    record = reading.record
    return record.whole and not reading.partial and not any(row.name == "rmcd" for row in record.rows)


def _unsettled(fact: Fact) -> DaemonSign:
    says = fact.says.removesuffix(".")
    return DaemonSign(None, says[:1].lower() + says[1:], fact.evidence, fact.reason or "not_collected", fact.settle)


def port_name(facts: Facts) -> Fact:
    """Whether /etc/services has the usual name of port 657."""
    fact = _port_name(facts, "rmcd.port_name")
    return exempted(facts, fact, ("usual",), NO_MANAGEMENT)


def _port_name(facts: Facts, name: str) -> Fact:
    """The file of the administrator and that of the distribution are one, so that a row of either will do."""
    answers, read = facts.answers(SERVICES), facts.read(SERVICES)
    named: dict[str, tuple[Reference, ...]] = {}
    for reading in read:
        rows = [row for row in reading.record.rows if row.name == _SERVICE or row.port == _PORT]
        own = {row.protocol: reading.at(row.line) for row in rows if row.name == _SERVICE and row.port == _PORT}
        named = own | named
        odd = [row for row in rows if row.name == _SERVICE and row.port != _PORT]
        odd += [row for row in rows if row.port == _PORT and row.protocol not in own and _SERVICE not in row.aliases]
        if odd:
            says = f"{reading.argv[0]} has {odd[0].name} at {odd[0].port_text}/{odd[0].protocol}."
            return known(name, "other", says, reading.at(odd[0].line))
    whole = [one for one in read if one.record.whole and not one.partial]
    if {"tcp", "udp"} <= named.keys():
        places = tuple(place for places in named.values() for place in places)
        file = next(one.argv[0] for one in read if one.record.rows)
        return known(name, "usual", f"{file} names port 657 rmc.", places)
    asked = {one.argv[0] for one in answers}
    if whole and facts.fact("host.platform").value == "linux" and asked == {_OF_ADMINISTRATOR}:
        says = (
            f"What /etc/services calls port 657 is unknown: it has no line for it, and {_OF_DISTRIBUTION} may have one."
        )
        places = tuple(place for one in whole for place in one.at(1))
        return unknown(name, "not_collected", says, places, settle=f"cat {_OF_DISTRIBUTION}")
    if whole and len(whole) == len(answers) and _OF_ADMINISTRATOR in asked:
        there = any(one.record.present for one in whole)
        says = "/etc/services does not name both TCP and UDP 657 `rmc`." if there else "/etc/services does not exist."
        return known(name, "missing", says, tuple(place for one in whole for place in one.at(WHOLE)))
    missed = [one for one in answers if one not in whole]
    return unread(name, "what /etc/services calls port 657", missed, "cat /etc/services")
