"""What IBM.MgmtDomainRM logs of its consoles, where none of them is connected.

2613-024 and 2613-016: no session, or no exchange of keys, in time: the network. 2613-008 and 2613-034: the console
refused. 2613-021 and 2613-027 are protocol errors, and the text nested in them tells which: 2610-415 that a resource
manager of the console is not available; what others mean is not known, so they only inform. 2613-023 is of slots that
are not used and is passed over. One entry may be of a restart of the console, so only what repeats counts, within the
last month before the evidence; and while a console is connected, what the log tells is past.

The log is in the folder IW, and on a member of a peer domain in that of its cluster as well, so that where a cluster
is not ruled out the one alone proves no absence, unless a whole listing of /var/ct shows no other folder than IW and
cfg. That listing needs no RMC, so that it decides where ctrmc does not run.
"""

from datetime import date
from typing import Final, Literal

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.ha import caa_of
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, root_of, unknown_from, unread, whole_of
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read, Reading, Unread
from rmccomply.sources.rsct.mgmtdomainrm_log import LogEntry, MgmtDomainRmLog
from rmccomply.sources.table import CT_FOLDERS, MGMTDOMAINRM_LOG
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

_NONE: Final = ((),)
_CLUSTERS: Final = frozenset({"number", "pattern"})
_KIND_OF: Final = {"2613-016": "network", "2613-024": "network", "2613-008": "refused", "2613-034": "refused"}
_ANSWERED: Final = ("2613-021", "2610-415")
_WORDS: Final = {
    "network": "the console did not answer in time",
    "refused": "the console refused the exchange of keys",
    "console": "the console answers that a resource manager of its own is not available",
}
_PROTOCOL: Final = frozenset({"2613-021", "2613-027"})
_ERRORS: Final = _PROTOCOL.union(_KIND_OF)
"""What every error has one of; the answer of a console is told by a protocol error."""
_REPEATED: Final = 2
_DAYS: Final = 30
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SETTLE: Final = "tail -n 200 /var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
_USUAL: Final = "/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
_SETTLE_CLUSTER: Final = _SETTLE.replace("IW", "CLUSTER_ID")
_LISTING: Final = "ls -l /var/ct"
_OWN: Final = frozenset({"IW", "cfg"})
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
    readings, presence = facts.answers(MGMTDOMAINRM_LOG), facts.fact("cluster.presence")
    own = [reading for reading in readings if _folder(reading) not in _CLUSTERS]
    others = [reading for reading in readings if _folder(reading) in _CLUSTERS and presence.value != "ruled_out"]
    told = [_told(name, own), *_of_clusters(name, others)]
    items = tuple(item for fact in told for item in fact.items)
    if items:
        return _while_connected(facts, name, items)
    open_one = next((fact for fact in told if fact.state == "unknown"), None)
    if open_one is not None:
        return open_one
    connected = facts.fact("console.connected")
    folders = _folders(facts)
    if not others and not folders.none and presence.value != "ruled_out" and connected.value != "yes":
        if connected.reason == "conflicting":
            return unknown_from(name, "what IBM.MgmtDomainRM logs", connected)
        return _elsewhere(facts, name, presence, told[0], folders)
    clean = [fact for fact in told if fact.state == "known"]
    if not clean:
        return told[-1]
    also = tuple(text for fact in clean for text in fact.also)
    places = tuple(place for fact in clean for place in fact.evidence)
    return known(name, (), clean[0].says, (*places, *folders.evidence), also=also)


class _Folders(NamedTuple):
    """What listings of /var/ct show of folders that may be a cluster's. `none`: they show that there is none."""

    names: tuple[str, ...]
    none: bool
    evidence: tuple[Reference, ...]


def _folders(facts: Facts) -> _Folders:
    read = facts.read(CT_FOLDERS)
    found = [(reading, row) for reading in read for row in reading.record.rows if row.folder and row.name not in _OWN]
    if found:
        places = tuple(place for reading, row in found for place in reading.at(row.line))
        return _Folders(tuple(dict.fromkeys(row.name for _, row in found)), none=False, evidence=places)
    whole = [reading for reading in read if reading.record.whole and not reading.partial]
    return _Folders((), bool(whole), whole_of(whole))


def _of_clusters(name: str, readings: list[Reading[MgmtDomainRmLog]]) -> list[Fact]:
    """What the logs in folders of clusters tell, and what those may tell that are under the pattern and not read."""
    read = [reading for reading in readings if _folder(reading) == "number"]
    rest = [reading for reading in readings if _folder(reading) == "pattern" and isinstance(reading, Unread)]
    told = [_told(name, read)] if read else []
    return [*told, unread(name, "what IBM.MgmtDomainRM logs", rest, _SETTLE_CLUSTER)] if rest else told


def _folder(reading: Reading[MgmtDomainRmLog]) -> Literal["number", "pattern", "other"]:
    """How the folder of a log is named: that of a cluster has a number; a pattern stands for several of them."""
    folder = reading.argv[-1].removeprefix("/var/ct/").partition("/")[0]
    return "pattern" if "*" in folder else "number" if folder.isdigit() else "other"


def _elsewhere(facts: Facts, name: str, presence: Fact, own: Fact, folders: _Folders) -> Fact:
    """What the log in IW does not tell may stand in the one of the cluster."""
    title = "What IBM.MgmtDomainRM logs is unknown"
    if folders.names:
        says = f"{title}: /var/ct/{folders.names[0]} may also hold a log of a cluster, which was not collected."
        settle = _SETTLE.replace("IW", folders.names[0])
        return unknown(name, "not_collected", says, (*folders.evidence, *own.evidence), settle=settle)
    unread_caa = caa_of(facts).unread
    if presence.value == "present" and unread_caa is not None and unread_caa.reason == "conflicting":
        return unknown_from(name, "what IBM.MgmtDomainRM logs", unread_caa)
    if presence.value == "present":
        says = f"{title}: a cluster member also has a log in the folder of its cluster, which was not collected."
        return unknown(name, "not_collected", says, own.evidence, settle=_SETTLE_CLUSTER)
    says = f"{title}: there may be a log in the folder of a cluster too, and {root_of(presence)}"
    daemon = facts.fact("subsystem.ctrmc")
    down = daemon.value == "inactive"
    if down:
        says = f"{says} ctrmc is not running, so it cannot answer, and a listing of /var/ct would."
    places = (*own.evidence, *presence.evidence)
    settle = _LISTING if down else presence.settle or "lsrpdomain"
    return unknown(name, presence.reason or "not_collected", says, places, settle=settle, basis=(presence,))


def _told(name: str, readings: list[Reading[MgmtDomainRmLog]]) -> Fact:
    """What the logs of one folder tell, in whichever place of it they are."""
    read = [reading for reading in readings if isinstance(reading, Read) and reading.record.present]
    if not read:
        return _without(name, readings)
    recent = [_recent(reading) for reading in read]
    found = [_repeated(entries) for entries in recent]
    told = {frozenset(one) for one, reading in zip(found, read, strict=True) if _proves(reading) or one}
    if len(told) > 1:
        says = "What IBM.MgmtDomainRM logs is unknown: two of its logs contradict each other."
        places = tuple(place for reading in read for place in reading.at(WHOLE))
        return unknown(name, "conflicting", says, places, settle=_SETTLE)
    if not told:
        return _cut(name, read[0])
    errors = next((n for n, one in enumerate(found) if one), None)
    if errors is None:
        places = tuple(place for reading in read for place in reading.at(WHOLE))
        also = tuple(text for reading, entries in zip(read, recent, strict=True) for text in _remarks(reading, entries))
        return known(name, (), "IBM.MgmtDomainRM logs no error that repeats.", places, also=also)
    items = tuple(_item(kind, rows, read[errors]) for kind, rows in found[errors].items())
    return known(name, items, items[0].says, items[0].evidence)


def _without(name: str, readings: list[Reading[MgmtDomainRmLog]]) -> Fact:
    """No log that can be read: there is none only where its usual place was looked at, and no place hides one."""
    hidden = [reading for reading in readings if isinstance(reading, Unread)]
    if hidden or not any(reading.argv[-1].endswith(_USUAL) for reading in readings):
        return unread(name, "what IBM.MgmtDomainRM logs", hidden, _SETTLE)
    places = tuple(place for reading in readings for place in reading.at(0))
    return not_applicable(name, "IBM.MgmtDomainRM has no log in the places where it is looked for.", places)


def _repeated(recent: list[LogEntry]) -> Repeated:
    kinds: Repeated = {}
    for entry in recent:
        for kind in _kinds(entry):
            kinds.setdefault(kind, []).append(entry)
    return {kind: rows for kind, rows in sorted(kinds.items()) if len(rows) >= _REPEATED}


def _kinds(entry: LogEntry) -> set[str]:
    messages = _messages(entry)
    found = {_KIND_OF[message] for message in messages if message in _KIND_OF}
    return found | {"console"} if set(messages).issuperset(_ANSWERED) else found


def _messages(entry: LogEntry) -> tuple[str, ...]:
    return (entry.message, *entry.causes)


def _recent(reading: Read[MgmtDomainRmLog]) -> list[LogEntry]:
    """The errors of the last month before the evidence, or before the last entry where its age is not known."""
    days = (_day(entry.time) for entry in reading.record.entries)
    end = _collected(reading) or max((day for day in days if day is not None), default=None)
    dated = [(entry, _day(entry.time)) for entry in reading.record.entries if _is_error(entry)]
    return [entry for entry, day in dated if day is None or end is None or (end - day).days <= _DAYS]


def _collected(reading: Read[MgmtDomainRmLog]) -> date | None:
    try:
        return date.fromisoformat((reading.provenance.collected or "")[:10])
    except ValueError:
        return None


def _day(time: str) -> date | None:
    """The day of `Wed Apr  9 08:45:45 EDT 2014(676210)`; None for a time whose start is lost."""
    words = time.partition("(")[0].split()
    month = next((at for at, word in enumerate(words) if word in _MONTHS), len(words))
    try:
        return date(int(words[-1]), _MONTHS.index(words[month]) + 1, int(words[month + 1]))
    except (IndexError, ValueError):
        return None


def _remarks(reading: Read[MgmtDomainRmLog], recent: list[LogEntry]) -> tuple[str, ...]:
    """What a reader should see of a log without an error that counts: protocol errors, and what is long past."""
    protocol = [entry for entry in recent if not _PROTOCOL.isdisjoint(_messages(entry))]
    lines = {entry.line for entry in recent}
    past = [entry for entry in reading.record.entries if entry.line not in lines and _is_error(entry)]
    remarks = []
    if len(protocol) >= _REPEATED:
        last = protocol[-1]
        remarks.append(
            f"IBM.MgmtDomainRM logged {counted(len(protocol), 'time')} a protocol error of the console "
            f"({last.message}), last at {last.time}."
        )
    if past:
        remarks.append(f"Errors of IBM.MgmtDomainRM older than {_DAYS} days, up to {past[-1].time}, no longer count.")
    return tuple(remarks)


def _is_error(entry: LogEntry) -> bool:
    return entry.message in _ERRORS or not _ERRORS.isdisjoint(entry.causes)


def _proves(reading: Read[MgmtDomainRmLog]) -> bool:
    """Whether what is not in it is not in the log, or not at its end.

    A copy of who knows how much proves nothing, nor does a log with an entry whose message is not readable.
    """
    readable = all(entry.message for entry in reading.record.entries)
    covers = reading.record.whole or reading.argv[0].rpartition("/")[2] == "tail"
    return readable and reading.partial is None and covers


def _cut(name: str, reading: Read[MgmtDomainRmLog]) -> Fact:
    says = "What IBM.MgmtDomainRM logs is unknown: the part that was collected shows no error, and more may be missing."
    return unknown(name, reading.partial or "inconclusive", says, reading.at(WHOLE), settle=_SETTLE)


def _item(kind: str, rows: list[LogEntry], reading: Read[MgmtDomainRmLog]) -> Item:
    last = rows[-1]
    wanted = _ANSWERED[1:] if kind == "console" else [one for one, of in _KIND_OF.items() if of == kind]
    message = next(one for one in _messages(last) if one in wanted)
    says = f"IBM.MgmtDomainRM logged {counted(len(rows), 'time')} that {_WORDS[kind]} ({message}), last at {last.time}."
    return Item(kind, says, reading.at(last.line))


def _while_connected(facts: Facts, name: str, items: tuple[Item, ...]) -> Fact:
    connected = facts.fact("console.connected")
    places = tuple(place for item in items for place in item.evidence)
    if connected.state == "unknown":
        says = f"{items[0].says} Whether that still matters is unknown: {root_of(connected)}"
        reason = connected.reason or "inconclusive"
        evidence = (*places, *connected.evidence)
        return unknown(name, reason, says, evidence, settle=connected.settle, basis=(connected,))
    if connected.value == "no":
        return known(name, items, items[0].says, places, basis=(connected,))
    says = f"What IBM.MgmtDomainRM logged no longer matters: {connected.says}"
    evidence = (*connected.evidence, *places)
    return known(name, (), says, evidence, basis=(connected,), also=tuple(item.says for item in items))
