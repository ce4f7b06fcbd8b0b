"""RSCT itself: whether it is installed, and its level.

"The RSCT level" is the level of rsct.core.rmc (AIX, VIOS) or rsct.core (Linux): healthy hosts carry filesets of mixed
levels, so a minimum over rsct.* would be wrong. Which package database speaks is fixed by the platform; ctversion can
only contradict it, and only by another version, release or modification: which fileset its last number is of is not
documented.
"""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.database import (
    PackageRow,
    contradicted,
    database,
    listed,
    not_installed,
    proofs_of_absence,
    untold,
)
from rmccomply.facts.judging.reasons import NOT_MANAGED, sentence, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.table import CTVERSION

INSTALLED: Final = frozenset({"C", "A", "E", ""})
"""States of an installed fileset: committed, applied, efix-locked; none is printed by rpm and dpkg."""
NO_RMC: Final = {
    **{kind: NOT_MANAGED[kind] for kind in ("kvm", "bare_metal")},
    "rhcos": "Red Hat CoreOS has no RSCT of its own: it may run in a container.",
}


def installed(facts: Facts) -> Fact:
    """Installed, or absent by a complete answer that covers the package."""
    name, title = "rsct.installed", "whether RSCT is installed"
    package, readings, settle, *_ = facts.cached(database)
    rows, absent = listed(facts, package), proofs_of_absence(facts, package)
    foreign = contradicted(facts, name, package)
    if foreign is not None:
        return foreign
    if rows and absent:
        says = (
            f"Whether RSCT is installed is unknown: one answer lists {package}, another says that it is not installed."
        )
        return unknown(name, "conflicting", says, (*rows[0][1], *absent), settle=settle)
    odd = untold(name, title, rows, settle)
    if odd is not None:
        return odd
    if rows:
        return known(name, "installed", f"{package} is installed.", rows[0][1])
    if not absent:
        return unread(name, title, readings, settle)
    return _absence(facts, package, absent)


def _absence(facts: Facts, package: str, evidence: tuple[Reference, ...]) -> Fact:
    """Absent; but only a PowerVM partition, and every AIX and VIOS, should have RSCT at all."""
    name = "rsct.installed"
    says = f"{not_installed(facts, package)}."
    if facts.fact("host.platform").value in ("aix", "vios"):
        return known(name, "absent", says, evidence)
    kind = facts.fact("host.kind")
    if kind.value == "lpar":
        return known(name, "absent", says, evidence, basis=(kind,))
    if kind.state == "known":
        return not_applicable(name, f"{says} {sentence(kind.says)}", evidence, (kind,))
    why = f"{says} Whether it should be is unknown: {kind.says[:1].lower()}{kind.says[1:]}"
    return unknown(name, "inconclusive", why, evidence, settle=kind.settle, basis=(kind,))


def level(facts: Facts) -> Fact:
    """The level where one is installed; not applicable where RSCT is proved absent."""
    name, title = "rsct.level", "the RSCT level"
    package, readings, settle, *_ = facts.cached(database)
    rows, absent = listed(facts, package), proofs_of_absence(facts, package)
    foreign = contradicted(facts, name, package)
    if foreign is not None:
        return foreign
    if rows and absent:
        says = f"The RSCT level is unknown: one answer lists {package}, another says that it is not installed."
        return unknown(name, "conflicting", says, (*rows[0][1], *absent), settle=settle)
    if not rows:
        if absent:
            says = f"{not_installed(facts, package)}."
            return not_applicable(name, says, absent, (known("rsct.installed", "absent", says, absent),))
        return _not_due(facts, unread(name, title, readings, settle))
    return _not_due(facts, _confirmed(facts, _level_of(name, package, rows, settle)))


def _confirmed(facts: Facts, fact: Fact) -> Fact:
    """The level, or conflicting where ctversion prints another version, release or modification."""
    for reading in facts.read(CTVERSION) if fact.state == "known" else ():
        told = reading.record.level
        if told is not None and fact.version is not None and told[:3] != fact.version[:3]:
            says = f"The RSCT level is unknown: {fact.says} ctversion prints {reading.record.level_text}."
            places = (*fact.evidence, *reading.at(reading.record.line))
            return unknown(fact.name, "conflicting", says, places, settle=facts.cached(database).settle)
    return fact


def _not_due(facts: Facts, fact: Fact) -> Fact:
    """A level that is unknown is asked for only where RMC by a management console is due."""
    kind = facts.fact("host.kind")
    if fact.state == "unknown" and kind.value in NO_RMC:
        return not_applicable(fact.name, NO_RMC[kind.value], kind.evidence, (fact, kind))
    return fact


def _level_of(name: str, package: str, rows: tuple[PackageRow, ...], settle: str) -> Fact:
    odd = untold(name, "the RSCT level", rows, settle)
    if odd is not None:
        return odd
    told = {(row.state in INSTALLED, row.level) for row, _ in rows}
    if len(told) > 1:
        texts = " and ".join(sorted({f"{row.level_text} {row.state}".strip() for row, _ in rows}))
        places = tuple(place for _, found in rows for place in found)
        return unknown(
            name, "conflicting", f"The RSCT level is unknown: it is given as {texts}.", places, settle=settle
        )
    row, place = rows[0]
    if row.state not in INSTALLED:
        says = f"The RSCT level is unknown: {package} is in state '{row.state}', neither applied nor committed."
        return unknown(name, "unparsable", says, place, settle=settle)
    if row.level is None:
        says = f"The RSCT level is unknown: '{row.level_text}' is not a level."
        return unknown(name, "unparsable", says, place, settle=settle)
    return known(name, row.level, f"{package} is at {row.level_text}.", place)
