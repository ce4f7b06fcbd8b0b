"""What the error log of AIX shows of RMC: a daemon that is started again and again.

The entry A6DF45AA of RMCdaemon is that of each start (seen in captures of AIX 6.1 to 7.2), and no fault by itself.
Three starts within a day are more than a restart of the system, or of RMC by hand, explains.
"""

from datetime import datetime, timedelta
from typing import Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.subsystem import NO_SUBSYSTEMS
from rmccomply.facts.judging.reasons import exempted, unread, without_rsct
from rmccomply.facts.model import Fact, Item, known, unknown
from rmccomply.sources.host.errpt import MOST, ErrorEntry, Errpt
from rmccomply.sources.reading import Read
from rmccomply.sources.table import ERRPT

_STARTED: Final = ("A6DF45AA", "RMCdaemon")
_OFTEN: Final = 3
_DAY: Final = timedelta(days=1)
_MONTH: Final = timedelta(days=30)
_SETTLE: Final = "errpt"


def rmcd_starts(facts: Facts) -> Fact:
    """The daemon, where it was started three times or more within 24 hours of the last 30 days."""
    name = "error_log.rmcd_starts"
    installed = facts.fact("rsct.installed")
    if installed.value == "absent":
        return without_rsct(name, installed)
    fact = _rmcd_starts(facts, name)
    return fact if fact.value == () else exempted(facts, fact, (), NO_SUBSYSTEMS)


def _rmcd_starts(facts: Facts, name: str) -> Fact:
    read = facts.read(ERRPT)
    for reading in read:
        often = _often(reading)
        if often:
            says = f"rmcd was started {len(often)} times within 24 hours, the last time at {often[-1].time}."
            places = tuple(place for entry in often for place in reading.at(entry.line))
            return known(name, (Item("rmcd", says, places),), says, places)
    proof = next((reading for reading in read if _covers(reading)), None)
    if proof is not None:
        return known(name, (), "rmcd was not restarted repeatedly in the last 30 days.", proof.at(1))
    if not read:
        return unread(name, "whether rmcd keeps restarting", facts.answers(ERRPT), _SETTLE)
    says = "Whether rmcd keeps restarting is unknown: the output of errpt may be incomplete."
    return unknown(name, read[0].partial or "truncated", says, read[0].at(1), settle=_SETTLE)


def _often(reading: Read[Errpt]) -> list[ErrorEntry]:
    """The most starts of the last month within a day, the oldest first; empty where they are few."""
    begin = _end(reading) - _MONTH
    starts = sorted(
        (one for one in reading.record.entries if (one.identifier, one.resource) == _STARTED and _at(one) >= begin),
        key=lambda one: one.time,
    )
    days = [[two for two in starts[at:] if _at(two) - _at(one) <= _DAY] for at, one in enumerate(starts)]
    most = max(days, key=len, default=[])
    return most if len(most) >= _OFTEN else []


def _covers(reading: Read[Errpt]) -> bool:
    """Whether it shows all of the last month: it is whole and not at its limit, or goes farther back."""
    entries = reading.record.entries
    if reading.partial:
        return False
    oldest = min((_at(one) for one in entries), default=None)
    return (reading.record.whole and len(entries) < MOST) or (oldest is not None and oldest < _end(reading) - _MONTH)


def _end(reading: Read[Errpt]) -> datetime:
    """When it was collected, or the newest entry where nobody recorded that."""
    collected = reading.provenance.collected
    try:
        return datetime.fromisoformat((collected or "")[:16])
    except ValueError:
        return max((_at(one) for one in reading.record.entries), default=datetime.min + _MONTH)


def _at(entry: ErrorEntry) -> datetime:
    return datetime.fromisoformat(entry.time)
