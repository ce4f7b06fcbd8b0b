"""Whether the system or RMC has only just started: then a connection that is not there yet is no fault.

IBM's page on Power Virtual Server waits 15 minutes. The time since the start is what `uptime`, `ps` (of rmcd) and
systemd (of ctrmc) printed when the evidence was collected. A local time of day is compared only with another one of the
same host: `uptime` prints the clock, `ps` the start of a process. systemd prints a zone by its name, from which its
distance from UTC does not follow. `who -b` tells a local date without its zone, so that
nothing follows from it alone. Where nothing was collected there is no grace.
"""

from datetime import UTC, datetime
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import root_of, unread
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.sources.shared.texts import is_number
from rmccomply.sources.table import PS, SYSTEMD, UPTIME
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

GRACE: Final = 15 * 60
_DAY: Final = 24 * 60 * 60
_MOMENT: Final = 2 * 60
_UTC: Final = frozenset({"UTC", "GMT"})
_EARLIEST: Final = -14 * 60 * 60
_LATEST: Final = 12 * 60 * 60
"""How far a local time may be from UTC: zones reach from 14 hours ahead of it to 12 behind."""
_PROCESSES: Final = "ps -A -o pid,etime,args"
_HALVES: Final = ("AM", "PM")


class Started(NamedTuple):
    """One thing that started, so many seconds before it was asked for."""

    seconds: int
    says: str
    evidence: tuple[Reference, ...]


def recent(facts: Facts) -> Fact:
    """Yes where anything that matters started less than 15 minutes before; no where the system has been up longer."""
    name = "start.recent"
    system, others = _systems(facts), [*_daemons(facts), *_units(facts)]
    young = [start for start in (*system, *others) if start.seconds < GRACE]
    if young:
        return known(name, "yes", f"{young[0].says}.", young[0].evidence)
    unplaced = _unplaced(facts)
    if unplaced is not None:
        return unplaced
    if system:
        return known(name, "no", f"{system[0].says}.", system[0].evidence)
    return unread(name, "when the system started", facts.answers(UPTIME), "uptime")


def settled(facts: Facts, fact: Fact, good: tuple[object, ...]) -> Fact:
    """The fact, or unknown where it is bad and the system or RMC started less than 15 minutes before."""
    if fact.state != "known" or fact.value in good:
        return fact
    start = facts.fact("start.recent")
    if start.reason == "inconclusive":
        says = f"{fact.says} Whether that may settle by itself is unknown: {root_of(start)}"
        places = (*fact.evidence, *start.evidence)
        return unknown(fact.name, "inconclusive", says, places, settle=start.settle, basis=(fact, start))
    if start.value != "yes":
        return fact
    says = f"{fact.says} That may settle by itself, so it is not judged yet: {start.says}"
    return unknown(fact.name, "settling", says, (*fact.evidence, *start.evidence), settle=_SETTLE, basis=(fact, start))


_SETTLE: Final = "rmcdomainstatus -s ctrmc -a ip"


def _systems(facts: Facts) -> list[Started]:
    return [
        Started(seconds, f"The system started {_spell(seconds)} before", reading.at(reading.record.line))
        for reading in facts.read(UPTIME)
        if (seconds := reading.record.seconds) is not None
    ]


def _daemons(facts: Facts) -> list[Started]:
    """When rmcd started: by the time that `ps` counts, or by its time of day and the clock that `uptime` prints."""
    clock = _clock(facts)
    found: list[Started] = []
    for reading in facts.read(PS):
        for row in reading.record.rows:
            seconds = _elapsed(row.elapsed) if row.elapsed else _since(row.started, clock)
            if row.name == "rmcd" and seconds is not None:
                found.append(Started(seconds, f"rmcd started {_spell(seconds)} before", reading.at(row.line)))
    return found


def _elapsed(text: str) -> int | None:
    """Seconds of `[[days-]hours:]minutes:seconds`."""
    days, dash, rest = text.rpartition("-")
    parts = rest.split(":")
    if not all(map(is_number, (*parts, *([days] if dash else [])))) or not 2 <= len(parts) <= 3:
        return None
    hours, minutes, seconds = ["0", *parts][-3:]
    return int(days or 0) * _DAY + int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _since(started: str, clock: int | None) -> int | None:
    """Seconds from a time of day to the clock; what started on another day prints its date, which is passed over.

    A start that is just ahead of the clock is one of that very moment: `uptime` may print no seconds, and `ps` ran a
    little later.
    """
    begun = _time_of_day(started)
    if begun is None or clock is None:
        return None
    return 0 if 0 < begun - clock < _MOMENT else (clock - begun) % _DAY


def _clock(facts: Facts) -> int | None:
    """The time of day that `uptime` begins with, in seconds."""
    for reading in facts.read(UPTIME):
        if " up " in f" {reading.record.text}":
            return _time_of_day(reading.record.text.split()[0])
    return None


def _time_of_day(text: str) -> int | None:
    half = text[-2:].upper()
    parts = (text[:-2] if half in _HALVES else text).split(":")
    if not 2 <= len(parts) <= 3 or not all(map(is_number, parts)):
        return None
    hours, minutes, seconds = map(int, [*parts, "0"][:3])
    if half in _HALVES:
        hours = hours % 12 + (12 if half == "PM" else 0)
    return hours * 3600 + minutes * 60 + seconds


def _units(facts: Facts) -> list[Started]:
    """When systemd started ctrmc, where it prints the time in UTC as the evidence has it."""
    found: list[Started] = []
    for reading in facts.read(SYSTEMD):
        for row in reading.record.rows:
            seconds = _before(row.since, reading.provenance.collected)
            if row.unit == "ctrmc.service" and row.active == "active" and seconds is not None:
                places = tuple(place for line in row.lines_of("since") for place in reading.at(line))
                found.append(Started(seconds, f"ctrmc started {_spell(seconds)} before", places))
    return found


def _unplaced(facts: Facts) -> Fact | None:
    """Unknown, where systemd prints the start of ctrmc in the zone of the host, and in some zone that was just now.

    Where `uptime` shows the clock of the host, that decides; so does `ps`, if rmcd can have started with the unit.
    """
    clock, daemons = _clock(facts), _daemons(facts)
    for reading in facts.read(SYSTEMD):
        for row in reading.record.rows:
            behind, words = _behind(row.since, reading.provenance.collected), row.since.split()
            if row.unit != "ctrmc.service" or row.active != "active" or behind is None or words[3] in _UTC:
                continue
            if any(_EARLIEST <= behind - one.seconds <= _LATEST for one in daemons):
                continue
            since = _since(words[2], clock)
            if _EARLIEST <= behind < _LATEST + GRACE and (since is None or since < GRACE):
                says = (
                    f"When ctrmc started is unknown: systemd prints '{row.since}', and how far that zone is from UTC "
                )
                places = tuple(place for line in row.lines_of("since") for place in reading.at(line))
                says += "is not shown, so it may be less than 15 minutes before."
                return unknown("start.recent", "inconclusive", says, places, settle=_PROCESSES)
    return None


def _before(since: str, collected: str | None) -> int | None:
    behind = _behind(since, collected)
    return max(behind, 0) if behind is not None and since.split()[3] in _UTC else None


def _behind(since: str, collected: str | None) -> int | None:
    """Seconds from a time that systemd prints to the collection, as if its zone were UTC."""
    words = since.split()
    if collected is None or len(words) != 4:
        return None
    try:
        begun = datetime.fromisoformat(f"{words[1]}T{words[2]}").replace(tzinfo=UTC)
        return int((datetime.fromisoformat(collected) - begun).total_seconds())
    except (ValueError, TypeError):
        return None


def _spell(seconds: int) -> str:
    minutes = seconds // 60
    if minutes < 2 * 60:
        return counted(minutes, "minute")
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
