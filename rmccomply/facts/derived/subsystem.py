"""Subsystems that RMC needs: ctrmc, the management-domain manager, IBM.DRM.

Absence from a listing counts only where the listing covers the subsystem and is whole: `lssrc -g rsct` says nothing of
the IBM.* subsystems, which are in rsct_rm. ctcas, IBM.ERRM, IBM.AuditRM and the like start on demand; neither of their
states is a fault, so no fact speaks of them.
"""

from typing import Final, NamedTuple

from rmccomply.evidence.model import Reference
from rmccomply.facts.derived.reasons import NOT_MANAGED, exempted, not_for, unknown_from, unread
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, Reading, known, not_applicable, unknown
from rmccomply.words import Reason

GROUP: Final = {"ctrmc": "rsct", "ctcas": "rsct", "mcproxy": "rsct"}
_SETTLE: Final = "lssrc -a"
_NO_SUBSYSTEMS: Final = {
    **{kind: NOT_MANAGED[kind] for kind in ("wpar", "hmc")},
    "rhcos": "Red Hat CoreOS has no RSCT of its own: it may run in a container.",
}
_NO_MANAGER: Final = {**_NO_SUBSYSTEMS, **NOT_MANAGED}


class Status(NamedTuple):
    """What lssrc says of one subsystem: `word` is active, inactive or absent, or None with a reason."""

    word: str | None
    text: str
    evidence: tuple[Reference, ...]
    reason: Reason | None = None


def status(facts: Facts, name: str) -> Status:
    """What all listings together say of a subsystem."""
    found = [one for reading in facts.readings("lssrc") for one in _in_listing(reading, name)]
    words = {one.word for one in found}
    if len(words) > 1:
        places = tuple(place for one in found for place in one.evidence)
        return Status(None, f"{name} is listed in different states", places, "conflicting")
    if found:
        return found[0]
    fact = unread(name, name, facts.readings("lssrc"), _SETTLE)
    return Status(None, fact.says, fact.evidence, fact.reason)


def _in_listing(reading: Reading, name: str) -> list[Status]:
    record = reading.record
    if record is None:
        return []
    rows = [
        Status("active" if row.active else "inactive", f"{name} is {row.status}", reading.at(row.line))
        for row in record.rows
        if row.name == name
    ]
    if rows:
        return rows
    if name in record.absent:
        return [Status("absent", f"{name} is not on file", reading.at(record.absent_line))]
    covered = record.covers in ("all", f"subsystem:{name}", f"group:{GROUP.get(name, 'rsct_rm')}")
    if covered and record.whole and not reading.partial:
        return [Status("absent", f"{name} is not among the subsystems that `{reading.name}` lists", reading.at(1))]
    return []


def _fact(fact_name: str, name: str, found: Status) -> Fact:
    if found.word is None:
        says = found.text if found.text.endswith(".") else f"{name} is unknown: {found.text}."
        return unknown(fact_name, found.reason or "not_collected", says, found.evidence, settle=_SETTLE)
    return known(fact_name, found.word, f"{found.text}.", found.evidence)


def ctrmc(facts: Facts) -> Fact:
    """The RMC daemon."""
    fact = _fact("subsystem.ctrmc", "ctrmc", status(facts, "ctrmc"))
    return exempted(facts, fact, ("active",), _NO_SUBSYSTEMS)


def domain_manager(facts: Facts) -> Fact:
    """IBM.MgmtDomainRM; IBM.CSMAgentRM does where the level still uses it, and below that level either will do.

    Which one is due: IBM.MgmtDomainRM on AIX 7.1 and later, VIOS, and Linux with RSCT 3.1 and later (RSCT 3.2
    documentation, "Management domain configuration").
    """
    name = "subsystem.domain_manager"
    fact = _domain_manager(facts, name)
    return not_for(facts, exempted(facts, fact, ("active",), _NO_MANAGER), ("active",), NOT_MANAGED)


def _domain_manager(facts: Facts, name: str) -> Fact:
    new, old = status(facts, "IBM.MgmtDomainRM"), status(facts, "IBM.CSMAgentRM")
    if new.word == "active":
        return known(name, "active", "IBM.MgmtDomainRM is active.", new.evidence)
    if new.word is None:
        return _fact(name, "IBM.MgmtDomainRM", new)
    if old.word is None:
        return _fact(name, "IBM.CSMAgentRM", old)
    if old.word != "active":
        says = f"Neither manager of the management domain runs: {new.text}, and {old.text}."
        return known(name, "inactive", says, (*new.evidence, *old.evidence))
    modern = _uses_mgmt_domain_rm(facts)
    if modern.state == "unknown":
        says = f"{new.text}, IBM.CSMAgentRM is active, and which of them is due is unknown: {modern.says}"
        evidence = (*new.evidence, *old.evidence)
        return unknown(name, modern.reason or "inconclusive", says, evidence, settle=modern.settle, basis=(modern,))
    if modern.value == "yes":
        says = f"{new.text}; IBM.CSMAgentRM, which is active, does not do its work at this level."
        return known(name, "inactive", says, (*new.evidence, *old.evidence), basis=(modern,))
    return known(name, "active", "IBM.CSMAgentRM is active, as this level needs.", old.evidence, basis=(modern,))


def _uses_mgmt_domain_rm(facts: Facts) -> Fact:
    """Whether the level of the system wants IBM.MgmtDomainRM."""
    name = "subsystem.domain_manager.due"
    platform = facts.fact("host.platform")
    if platform.value == "vios":
        return known(name, "yes", "A Virtual I/O Server uses IBM.MgmtDomainRM.")
    if platform.value not in ("aix", "linux"):
        return unknown_from(name, "which manager is due", platform)
    level = facts.fact("host.aix_release" if platform.value == "aix" else "rsct.level")
    if level.value is None:
        return unknown_from(name, "which manager is due", level)
    if platform.value == "aix" and not facts.declared and level.value < (7, 1):
        says = "Which manager is due is unknown: nobody says whether this is AIX or a Virtual I/O Server."
        return unknown(name, "inconclusive", says, level.evidence, settle="ioscli ioslevel", basis=(platform, level))
    from_level = (7, 1) if platform.value == "aix" else (3, 1)
    word = "yes" if level.value[:2] >= from_level else "no"
    return known(name, word, level.says, level.evidence, basis=(level,))


def drm(facts: Facts) -> Fact:
    """IBM.DRM, due where a console is connected: it answers DLPAR requests, and its state alone proves no session."""
    name = "subsystem.drm"
    fact = _drm(facts, name)
    return not_for(facts, exempted(facts, fact, ("active",), _NO_MANAGER), ("active",), NOT_MANAGED)


def _drm(facts: Facts, name: str) -> Fact:
    connected = facts.fact("console.connected")
    if connected.state == "unknown":
        return unknown_from(name, "whether IBM.DRM is due", connected)
    if connected.value == "no":
        says = f"No console is connected, so IBM.DRM is not due: {connected.says}"
        return not_applicable(name, says, connected.evidence, (connected,))
    found = _fact(name, "IBM.DRM", status(facts, "IBM.DRM"))
    return Fact(
        name,
        found.state,
        found.value,
        found.says,
        (*found.evidence, *connected.evidence),
        found.reason,
        (connected,),
        found.settle,
    )
