"""RSCT itself: whether it is installed, and its level.

"The RSCT level" is the level of rsct.core.rmc (AIX, VIOS) or rsct.core (Linux): healthy hosts carry filesets of mixed
levels, so a minimum over rsct.* would be wrong. Which package database speaks is fixed by the platform.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.derived.reasons import NOT_MANAGED, sentence, unread
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, Reading, known, not_applicable, unknown
from rmccomply.facts.packages import Package

_INSTALLED: Final = frozenset({"C", "A", "E", ""})
"""States of an installed fileset: committed, applied, efix-locked; none is printed by rpm."""
_NO_RMC: Final = {
    **{kind: NOT_MANAGED[kind] for kind in ("kvm", "bare_metal")},
    "rhcos": "Red Hat CoreOS has no RSCT of its own: it may run in a container.",
}
_DEBIAN: Final = frozenset({"debian", "ubuntu"})


def installed(facts: Facts) -> Fact:
    """Installed, or absent by a complete answer that covers the package."""
    name, title = "rsct.installed", "whether RSCT is installed"
    package, readings, settle = _database(facts)
    rows = _rows(readings, package)
    absent = _absent(readings, package)
    foreign = _foreign(facts, name)
    if foreign is not None:
        return foreign
    if rows and absent:
        says = (
            f"Whether RSCT is installed is unknown: one answer lists {package}, another says that it is not installed."
        )
        return unknown(name, "conflicting", says, (*rows[0][1], *absent), settle=settle)
    if rows:
        return known(name, "installed", f"{package} is installed.", rows[0][1])
    if not absent:
        return unread(name, title, readings, settle)
    return _absence(facts, package, absent, readings)


def _absence(facts: Facts, package: str, evidence: tuple[Reference, ...], readings: Sequence[Reading]) -> Fact:
    """Absent; but only a PowerVM partition, and every AIX and VIOS, should have RSCT at all."""
    name = "rsct.installed"
    says = f"{package} is not installed."
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
    package, readings, settle = _database(facts)
    rows = _rows(readings, package)
    absent = _absent(readings, package)
    foreign = _foreign(facts, name)
    if foreign is not None:
        return foreign
    if rows and absent:
        says = f"The RSCT level is unknown: one answer lists {package}, another says that it is not installed."
        return unknown(name, "conflicting", says, (*rows[0][1], *absent), settle=settle)
    if not rows:
        if absent:
            return not_applicable(name, f"{package} is not installed.", absent)
        return _not_due(facts, unread(name, title, readings, settle))
    return _not_due(facts, _level_of(name, package, rows, settle))


def _not_due(facts: Facts, fact: Fact) -> Fact:
    """A level that is unknown is asked for only where RMC by a management console is due."""
    kind = facts.fact("host.kind")
    if fact.state == "unknown" and kind.value in _NO_RMC:
        return not_applicable(fact.name, _NO_RMC[kind.value], kind.evidence, (fact, kind))
    return fact


def _level_of(name: str, package: str, rows: list[tuple[Package, tuple[Reference, ...]]], settle: str) -> Fact:
    told = {(row.state in _INSTALLED, row.level) for row, _ in rows}
    if len(told) > 1:
        texts = " and ".join(sorted({f"{row.level_text} {row.state}".strip() for row, _ in rows}))
        places = tuple(place for _, found in rows for place in found)
        return unknown(
            name, "conflicting", f"The RSCT level is unknown: it is given as {texts}.", places, settle=settle
        )
    row, place = rows[0]
    if row.state not in _INSTALLED:
        says = f"The RSCT level is unknown: {package} is in state '{row.state}', neither applied nor committed."
        return unknown(name, "unparsable", says, place, settle=settle)
    if row.level is None:
        says = f"The RSCT level is unknown: '{row.level_text}' is no level."
        return unknown(name, "unparsable", says, place, settle=settle)
    return known(name, row.level, f"{package} is at {row.level_text}.", place)


def _database(facts: Facts) -> tuple[str, Sequence[Reading], str]:
    """The package that carries the level, the readings of the platform's package database, and its command."""
    platform = facts.fact("host.platform").value
    if platform in ("aix", "vios"):
        return "rsct.core.rmc", facts.readings("lslpp"), "lslpp -Lcq 'rsct.*'"
    if platform == "linux":
        if _is_debian(facts):
            return "rsct.core", (), "dpkg-query -W"
        return "rsct.core", facts.readings("rpm"), "rpm -qa"
    return "rsct.core.rmc", (), "uname -a"


def _foreign(facts: Facts, name: str) -> Fact | None:
    """Conflicting, where the system keeps its packages in dpkg and rpm lists RSCT all the same."""
    rows = _rows(facts.readings("rpm"), "rsct.core") if facts.fact("host.platform").value == "linux" else []
    if not rows or not _is_debian(facts):
        return None
    says = "RSCT is unknown: this system keeps its packages in dpkg, and yet rpm lists rsct.core."
    return unknown(name, "conflicting", says, rows[0][1], settle="dpkg-query -W")


def _is_debian(facts: Facts) -> bool:
    for reading in facts.readings("os_release"):
        record = reading.record
        if record is not None and _DEBIAN.intersection((record.id, *record.id_like.split())):
            return True
    return False


def _rows(readings: Sequence[Reading], package: str) -> list[tuple[Package, tuple[Reference, ...]]]:
    return [
        (row, reading.at(row.line))
        for reading in readings
        if reading.record is not None
        for row in reading.record.rows
        if row.name == package
    ]


def _absent(readings: Sequence[Reading], package: str) -> tuple[Reference, ...]:
    """Where a reading proves that the package is not installed."""
    for reading in readings:
        record = reading.record
        if record is None or reading.partial:
            continue
        if any(fnmatchcase(package, pattern) for pattern in record.absent):
            return reading.at(record.absent_line)
        covered = any(fnmatchcase(package, pattern) for pattern in record.covers)
        if covered and record.whole and not any(row.name == package for row in record.rows):
            return reading.at(1) or reading.at(0)
    return ()
