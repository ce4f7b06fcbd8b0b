"""Subsystems that RMC needs: ctrmc, the management-domain manager, IBM.DRM.

Absence from a listing counts only where the listing covers the subsystem and is whole: `lssrc -g rsct` says nothing of
the IBM.* subsystems, which are in rsct_rm. A copy that may have lost its end still shows what does not run. ctcas,
IBM.ERRM, IBM.AuditRM and the like start on demand; neither of their states is a fault, so no fact speaks of them. On
Linux systemd answers for ctrmc where lssrc does not: a unit that runs (`active (running)`) is active, while one that
has only ended well (`exited`) says nothing of the daemon.
"""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.start import settled
from rmccomply.facts.judging.database import database, listed, not_installed, proofs_of_absence, untold
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted, not_for, unknown_from, unread
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.rsct.lssrc import Lssrc, Subsystem
from rmccomply.sources.shared.texts import strange_word
from rmccomply.sources.table import LSSRC, SYSTEMD
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

GROUP: Final = {"ctrmc": "rsct", "ctcas": "rsct", "mcproxy": "rsct"}
_SETTLE: Final = "lssrc -a"
_STUCK: Final = frozenset({"stopping", "warned to stop"})
_WAIT: Final = (
    "List the subsystems again after a few minutes: ctrmc is still stopping, and cannot be started before it has ended."
)
_GROUPS: Final = frozenset({"rsct", "rsct_rm"})
NO_SUBSYSTEMS: Final = {
    **{kind: NOT_MANAGED[kind] for kind in ("wpar", "hmc")},
    "rhcos": "Red Hat CoreOS has no RSCT of its own: it may run in a container.",
}
NO_MANAGEMENT: Final = {**NO_SUBSYSTEMS, **NOT_MANAGED}


class Status(NamedTuple):
    """What lssrc says of one subsystem: `word` is active, inactive or absent, or None with a reason.

    `told`: lssrc speaks of it by name or is whole. Else it is inactive by not being among those that run, and whether
    it is on file is not known.
    """

    word: str | None
    text: str
    evidence: tuple[Reference, ...]
    reason: Reason | None = None
    told: bool = True


def status(facts: Facts, name: str) -> Status:
    """What all listings together say of a subsystem."""
    found = [one for reading in facts.read(LSSRC) for one in _in_listing(reading, name)]
    told = [one for one in found if one.told]
    words = {one.word for one in told}
    if len(words) > 1 or ("active" in words and len(told) < len(found)):
        places = tuple(place for one in found for place in one.evidence)
        return Status(None, f"{name} is listed in different states", places, "conflicting")
    if found:
        return (told or found)[0]
    fact = unread(name, f"the state of {name}", facts.answers(LSSRC), _SETTLE)
    return Status(None, fact.says, fact.evidence, fact.reason)


def _in_listing(reading: Read[Lssrc], name: str) -> list[Status]:
    record = reading.record
    rows = [_of_row(row, reading.at(row.line)) for row in record.rows if row.name == name]
    if rows:
        return rows
    if name in record.absent:
        return [Status("absent", f"{name} is not on file", reading.at(record.absent_line))]
    covered = record.covers in ("all", f"subsystem:{name}", f"group:{_group(name)}")
    if not covered or reading.partial:
        return []
    if record.whole:
        return [Status("absent", f"{name} is not among the subsystems that `{reading.name}` lists", reading.at(1))]
    if record.all_running:
        says = f"{name} is not among the subsystems that run in `{reading.name}`"
        return [Status("inactive", says, reading.at(1), told=False)]
    return []


def if_told(name: str, found: Status) -> Status:
    """The status, or none where it is not known whether there is such a subsystem."""
    if found.told:
        return found
    says = f"Whether {name} is on file is unknown: nothing shows that the listing is complete"
    return Status(None, says, found.evidence, "truncated")


def _of_row(row: Subsystem, place: tuple[Reference, ...]) -> Status:
    if not row.told:
        return Status(None, strange_word("lssrc", row.status), place, "unparsable")
    return Status("active" if row.active else "inactive", f"{row.name} is {row.status}", place)


def _group(name: str) -> str:
    """The group of a subsystem of RSCT; empty for one of a cluster, such as cthags or clstrmgrES: theirs is another."""
    return GROUP.get(name, "rsct_rm" if name.startswith("IBM.") else "")


def _fact(fact_name: str, name: str, found: Status) -> Fact:
    if found.word is None:
        says = found.text if found.text.endswith(".") else f"The state of {name} is unknown: {found.text}."
        return unknown(fact_name, found.reason or "not_collected", says, found.evidence, settle=_SETTLE)
    return known(fact_name, found.word, f"{found.text}.", found.evidence)


def ctrmc(facts: Facts) -> Fact:
    """The RMC daemon."""
    found = _confirmed(facts, status(facts, "ctrmc"))
    fact = _fact("subsystem.ctrmc", "ctrmc", found)
    if fact.state == "known" and found.word != "active" and _is_masked(facts):
        fact = fact._replace(step=unmask("ctrmc"))
    if any(row.name == "ctrmc" for row, _ in _placed(facts) if row.status in _STUCK):
        fact = fact._replace(step=_WAIT)
    return exempted(facts, fact, ("active",), NO_SUBSYSTEMS)


def _is_masked(facts: Facts) -> bool:
    rows = [row for reading in facts.read(SYSTEMD) for row in reading.record.rows]
    return any(row.unit == "ctrmc.service" and "masked" in (row.load, row.enabled) for row in rows)


def unmask(unit: str) -> str:
    """What comes first where a unit is masked."""
    return f"First `systemctl unmask {unit}`: a masked unit can be neither enabled nor started."


def _confirmed(facts: Facts, found: Status) -> Status:
    """What lssrc says; of Linux what systemd says where lssrc does not, and a contradiction where both differ."""
    if found.word == "active" or found.reason == "conflicting" or facts.fact("host.platform").value != "linux":
        return found
    told = [
        (row, tuple(place for line in row.lines_of("active", "sub") for place in reading.at(line)))
        for reading in facts.read(SYSTEMD)
        for row in reading.record.rows
        if row.unit == "ctrmc.service" and row.active
    ]
    runs = next((place for row, place in told if (row.active, row.sub) == ("active", "running")), None)
    if runs is None:
        return found
    against = [place for row, place in told if row.active != "active" or row.sub not in ("running", "")]
    if found.word is None and not against:
        return Status("active", "ctrmc.service runs", runs)
    says = f"{found.text} according to lssrc, but" if found.word else "lssrc does not show it, and according to systemd"
    places = (*found.evidence, *runs, *(place for one in against for place in one))
    return Status(
        None, f"{says} ctrmc.service {'both runs and does not run' if against else 'runs'}", places, "conflicting"
    )


def domain_manager(facts: Facts) -> Fact:
    """IBM.MgmtDomainRM; IBM.CSMAgentRM does where the level still uses it, and below that level either will do.

    Which one is due: IBM.MgmtDomainRM on AIX 7.1 and later, VIOS, and Linux with RSCT 3.1 and later (RSCT 3.2
    documentation, "Management domain configuration").
    """
    name = "subsystem.domain_manager"
    fact = _domain_manager(facts, name)
    return not_for(facts, exempted(facts, fact, ("active",), NO_MANAGEMENT), ("active",), NOT_MANAGED)


def _domain_manager(facts: Facts, name: str) -> Fact:
    new, old = status(facts, "IBM.MgmtDomainRM"), status(facts, "IBM.CSMAgentRM")
    if new.word == "active":
        return known(name, "active", "IBM.MgmtDomainRM is active.", new.evidence)
    if new.word is None:
        return _fact(name, "IBM.MgmtDomainRM", new)
    if old.word is None:
        return _fact(name, "IBM.CSMAgentRM", old)
    if old.word != "active":
        return _neither(facts, name, new, old)
    modern = uses_mgmt_domain_rm(facts)
    if modern.state == "unknown":
        says = f"{new.text}, IBM.CSMAgentRM is active, and which of them is needed is unknown: {modern.says}"
        evidence = (*new.evidence, *old.evidence)
        return unknown(name, modern.reason or "inconclusive", says, evidence, settle=modern.settle, basis=(modern,))
    if modern.value == "yes":
        says = f"{new.text}; IBM.CSMAgentRM, which is active, does not do its work at this level."
        return known(name, "inactive", says, (*new.evidence, *old.evidence), basis=(modern,))
    return known(name, "active", "IBM.CSMAgentRM is active, as this level needs.", old.evidence, basis=(modern,))


def _neither(facts: Facts, name: str, new: Status, old: Status) -> Fact:
    """No manager runs; where there is none at all it was never installed, on levels that use CSM with csm.client."""
    head, told = "No management domain manager is running", f"{new.text}, and {old.text}"
    missing = " is not among the subsystems that "
    lists = {new.text.partition(missing)[2], old.text.partition(missing)[2]}
    if len(lists) == 1 and "" not in lists:
        told = f"{lists.pop().removesuffix(' lists')} lists neither IBM.MgmtDomainRM nor IBM.CSMAgentRM"
    word = "absent" if new.word == old.word == "absent" else "inactive"
    first = word == "absent" and facts.fact("host.platform").value == "aix" and uses_mgmt_domain_rm(facts).value == "no"
    step = "Install csm.client, which brings IBM.CSMAgentRM." if first else ""
    return known(name, word, f"{head}: {told}.", (*new.evidence, *old.evidence), step=step)


def uses_mgmt_domain_rm(facts: Facts, name: str = "subsystem.domain_manager.due") -> Fact:
    """Whether the level of the system wants IBM.MgmtDomainRM."""
    platform = facts.fact("host.platform")
    if platform.value == "vios":
        return known(name, "yes", "A Virtual I/O Server uses IBM.MgmtDomainRM.")
    if platform.value not in ("aix", "linux"):
        return unknown_from(name, "which manager is needed", platform)
    level = facts.fact("host.aix_release" if platform.value == "aix" else "rsct.level")
    if level.version is None:
        return unknown_from(name, "which manager is needed", level)
    if platform.value == "aix" and not facts.declared and level.version < (7, 1):
        says = "Which manager is needed is unknown: nothing shows whether this is AIX or a Virtual I/O Server."
        return unknown(name, "inconclusive", says, level.evidence, settle="ioscli ioslevel", basis=(platform, level))
    from_level = (7, 1) if platform.value == "aix" else (3, 1)
    word = "yes" if level.version[:2] >= from_level else "no"
    return known(name, word, level.says, level.evidence, basis=(level,))


def drm(facts: Facts) -> Fact:
    """IBM.DRM, due where a console is connected: it answers DLPAR requests, and its state alone proves no session."""
    name = "subsystem.drm"
    fact = exempted(facts, _drm(facts, name), ("active",), NO_MANAGEMENT)
    return settled(facts, not_for(facts, fact, ("active",), NOT_MANAGED), ("active",))


def _drm(facts: Facts, name: str) -> Fact:
    connected = facts.fact("console.connected")
    if connected.state == "unknown":
        return unknown_from(name, "whether IBM.DRM is needed", connected)
    if connected.value == "no":
        says = f"No console is connected, so IBM.DRM is not needed: {connected.says}"
        return not_applicable(name, says, connected.evidence, (connected,))
    found = _fact(name, "IBM.DRM", status(facts, "IBM.DRM"))
    return found._replace(evidence=(*found.evidence, *connected.evidence), basis=(connected,))


def not_running(facts: Facts) -> Fact:
    """IBM.HostRM and IBM.ServiceRM, where they are on file, are due, and do not run."""
    name = "subsystem.not_running"
    items: list[Item] = []
    open_ones: list[Fact] = []
    places: list[Reference] = []
    for one, due in (("IBM.HostRM", _host_rm_due), ("IBM.ServiceRM", _service_rm_due)):
        found = if_told(one, status(facts, one))
        places += found.evidence
        wanted = due(facts) if found.word == "inactive" else None
        if found.word is None:
            open_ones.append(_fact(name, one, found))
        elif wanted is not None and wanted.value == "yes":
            items.append(Item(one, f"{found.text}.", (*found.evidence, *wanted.evidence)))
        elif wanted is not None and wanted.state == "unknown":
            open_ones.append(wanted)
    if items:
        fact = known(name, tuple(items), "Some resource managers are not running.", items[0].evidence)
    elif open_ones:
        fact = min(open_ones, key=lambda one: one.reason != "conflicting")
    else:
        return known(name, (), "Neither IBM.HostRM nor IBM.ServiceRM is stopped where it is needed.", tuple(places))
    return exempted(facts, fact, (), NO_SUBSYSTEMS)


def _host_rm_due(facts: Facts) -> Fact:
    """On AIX 6.1 it starts on demand; since 7.1, on VIOS and on Linux it runs."""
    name = "subsystem.not_running"
    if facts.fact("host.platform").value != "aix":
        return known(name, "yes", "IBM.HostRM is needed on this platform.")
    release = facts.fact("host.aix_release")
    if release.version is None:
        return unknown_from(name, "whether IBM.HostRM is needed", release)
    if not facts.declared and release.version < (7, 1):
        says = "Whether IBM.HostRM is needed is unknown: nothing shows whether this is AIX or a Virtual I/O Server."
        return unknown(name, "inconclusive", says, release.evidence, settle="ioscli ioslevel", basis=(release,))
    return known(name, "yes" if release.version[:2] >= (7, 1) else "no", release.says, release.evidence)


def _service_rm_due(facts: Facts) -> Fact:
    """Where its package is installed."""
    name, package = "subsystem.not_running", "devices.chrp.base.ServiceRM"
    rows, absent = listed(facts, package), proofs_of_absence(facts, package)
    if rows and absent:
        says = f"Whether {package} is installed is unknown: two answers contradict each other."
        return unknown(name, "conflicting", says, (*rows[0][1], *absent), settle=facts.cached(database).settle)
    odd = untold(name, f"whether {package} is installed", rows, facts.cached(database).settle)
    if odd is not None:
        return odd
    if rows:
        return known(name, "yes", f"{package} is installed.", rows[0][1])
    if absent:
        return known(name, "no", f"{not_installed(facts, package)}.", absent)
    held = facts.cached(database)
    return unread(name, f"whether {package} is installed", held.readings, held.asking(package))


def stuck(facts: Facts) -> Fact:
    """Subsystems of RSCT that were told to stop and have not."""
    fact = _stuck(facts, "subsystem.stuck")
    return fact if fact.value == () else exempted(facts, fact, (), NO_SUBSYSTEMS)


def _stuck(facts: Facts, name: str) -> Fact:
    items, conflicts = [], []
    for one in sorted({row.name for row, _ in _placed(facts) if row.status in _STUCK}):
        found = [state for reading in facts.read(LSSRC) for state in _in_listing(reading, one)]
        places = tuple(place for state in found for place in state.evidence)
        if len({state.text for state in found}) == 1:
            items.append(Item(one, f"{found[0].text}.", places[:1]))
        else:
            says = f"Whether {one} is stuck is unknown: two listings show it differently."
            conflicts.append(unknown(name, "conflicting", says, places, settle=_SETTLE))
    if items:
        return known(
            name, tuple(items), "Some RSCT subsystems were told to stop and have not stopped.", items[0].evidence
        )
    if conflicts:
        return conflicts[0]
    odd = next(((row, place) for row, place in _placed(facts) if not row.told), None)
    if odd is not None:
        says = f"Whether a subsystem is stuck is unknown: {strange_word('lssrc', odd[0].status)}."
        return unknown(name, "unparsable", says, odd[1], settle=_SETTLE)
    covering = _covering(facts)
    if covering:
        return known(name, (), "No RSCT subsystem is stopping.", covering)
    return unread(name, "whether a subsystem is stuck", facts.answers(LSSRC), _SETTLE)


def _placed(facts: Facts) -> list[tuple[Subsystem, tuple[Reference, ...]]]:
    """The rows of RSCT, and where they stand."""
    return [
        (row, reading.at(row.line))
        for reading in facts.read(LSSRC)
        for row in reading.record.rows
        if row.group in _GROUPS or row.name in GROUP or row.name.startswith("IBM.")
    ]


def _shows_all_running(reading: Read[Lssrc]) -> bool:
    return (reading.record.whole or reading.record.all_running) and not reading.partial


def _covering(facts: Facts) -> tuple[Reference, ...]:
    """Where listings begin that together show every subsystem of RSCT that runs; what is about to stop still does."""
    whole = {reading.record.covers: reading.at(1) for reading in facts.read(LSSRC) if _shows_all_running(reading)}
    if "all" in whole:
        return whole["all"]
    groups = [whole.get(f"group:{group}", ()) for group in sorted(_GROUPS)]
    return tuple(place for found in groups for place in found) if all(groups) else ()
