"""What IBM.MgmtDomainRM logs of its consoles, where none of them is connected.

2613-024 and 2613-016: no session, or no exchange of keys, in time: the network. 2613-008 and 2613-034: the console
refused. 2613-023 is of slots that are not used and is passed over. One entry may be of a restart of the console, so
only what repeats counts; and while a console is connected, what the log tells is past.
"""

from typing import Final

from rmccomply.facts.derived.reasons import NOT_MANAGED, not_for, root_of, unread
from rmccomply.facts.gather import Facts
from rmccomply.facts.mgmtdomainrm_log import LogEntry
from rmccomply.facts.model import Fact, Item, Reading, known, not_applicable, unknown

_NONE: Final = ((),)
_MEANING: Final = {
    "2613-016": ("network", "the console did not answer in time"),
    "2613-024": ("network", "the console did not answer in time"),
    "2613-008": ("refused", "the console refused the exchange of keys"),
    "2613-034": ("refused", "the console refused the exchange of keys"),
}
_REPEATED: Final = 2
_SETTLE: Final = "tail -n 200 /var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
_KINDS: Final = {
    **NOT_MANAGED,
    "rhcos": "Red Hat CoreOS has no RSCT of its own: its log is in a container.",
}
Repeated = dict[str, list[LogEntry]]


def console_errors(facts: Facts) -> Fact:
    """Kinds of error that repeat, while no console is connected."""
    name = "log.console_errors"
    return not_for(facts, _console_errors(facts, name), _NONE, _KINDS)


def _console_errors(facts: Facts, name: str) -> Fact:
    readings = facts.readings("mgmtdomainrm_log")
    read = [reading for reading in readings if reading.record is not None and reading.record.present]
    if not read:
        return _without(name, readings)
    found = [_repeated(reading) for reading in read]
    told = {frozenset(one) for one, reading in zip(found, read, strict=True) if _proves(reading) or one}
    if len(told) > 1:
        says = "What IBM.MgmtDomainRM logs is unknown: two of its logs tell different stories."
        places = tuple(place for reading in read for place in reading.at(1))
        return unknown(name, "conflicting", says, places, settle=_SETTLE)
    if not told:
        return _cut(name, read[0])
    errors = next((n for n, one in enumerate(found) if one), None)
    if errors is None:
        places = tuple(place for reading in read for place in reading.at(1))
        return known(name, (), "IBM.MgmtDomainRM logs no error that repeats.", places)
    items = tuple(_item(kind, rows, read[errors]) for kind, rows in found[errors].items())
    return _while_connected(facts, name, items)


def _without(name: str, readings: tuple[Reading, ...]) -> Fact:
    """No log that can be read: there is none only where no place hides one."""
    hidden = [reading for reading in readings if reading.record is None]
    if hidden or not readings:
        return unread(name, "what IBM.MgmtDomainRM logs", hidden, _SETTLE)
    places = tuple(place for reading in readings for place in reading.at(0))
    return not_applicable(name, "IBM.MgmtDomainRM has no log in the places where it is looked for.", places)


def _repeated(reading: Reading) -> Repeated:
    kinds: Repeated = {}
    for entry in reading.record.entries:
        for kind in {_MEANING[message][0] for message in (entry.message, *entry.causes) if message in _MEANING}:
            kinds.setdefault(kind, []).append(entry)
    return {kind: rows for kind, rows in sorted(kinds.items()) if len(rows) >= _REPEATED}


def _proves(reading: Reading) -> bool:
    """Whether what is not in it is not in the log, or not at its end.

    A copy of who knows how much proves nothing, nor does a log with an entry whose message is not readable.
    """
    readable = all(entry.message for entry in reading.record.entries)
    covers = reading.record.whole or reading.argv[0].rpartition("/")[2] == "tail"
    return readable and reading.partial is None and bool(covers)


def _cut(name: str, reading: Reading) -> Fact:
    says = "What IBM.MgmtDomainRM logs is unknown: what is there of it shows no error, and may be a part."
    return unknown(name, reading.partial or "inconclusive", says, reading.at(1), settle=_SETTLE)


def _item(kind: str, rows: list[LogEntry], reading: Reading) -> Item:
    last = rows[-1]
    message = next(one for one in (last.message, *last.causes) if one in _MEANING)
    says = f"IBM.MgmtDomainRM logs {len(rows)} times that {_MEANING[message][1]} ({message}), last at {last.time}."
    return Item(kind, says, reading.at(last.line))


def _while_connected(facts: Facts, name: str, items: tuple[Item, ...]) -> Fact:
    connected = facts.fact("console.connected")
    places = tuple(place for item in items for place in item.evidence)
    if connected.state == "unknown":
        says = f"{items[0].says} Whether that is past is unknown: {root_of(connected)}"
        reason = connected.reason or "inconclusive"
        evidence = (*places, *connected.evidence)
        return unknown(name, reason, says, evidence, settle=connected.settle, basis=(connected,))
    if connected.value == "no":
        return known(name, items, items[0].says, places, basis=(connected,))
    says = f"What IBM.MgmtDomainRM logged is past: {connected.says}"
    evidence = (*connected.evidence, *places)
    return known(name, (), says, evidence, basis=(connected,), also=tuple(item.says for item in items))
