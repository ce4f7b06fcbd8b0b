"""The filesets of RSCT together: their states, and whether they are of one release; and the one of NPIV.

A fileset that is applied is as healthy as one that is committed, and an interim fix locks it without harm. Levels may
differ in their last number; filesets of different version, release or modification were updated in part. Filesets
that have levels of their own (src, DynamicRM, devices.chrp.base.ServiceRM) are not compared.

Two listings that tell a fileset differently contradict each other, so that neither can be lost to make a pass.
"""

from collections.abc import Sequence
from itertools import chain, islice
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.rsct import INSTALLED, NO_RMC
from rmccomply.facts.judging.database import absence_in, contradicted, database, listed, proofs_of_absence, untold
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted, unknown_from, unread
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.packages import Package, Packages
from rmccomply.tuples import NamedTuple

_LSLPP: Final = "lslpp"
_OWN: Final = "rsct."
_NPIV: Final = "devices.vdevice.IBM.vfc-client.rte"
_ONE_RELEASE: Final = ("rsct.core", "rsct.basic", "rsct.compat", "rsct.opt")
_STATES: Final = {"B": "broken", "?": "inconsistent", "O": "obsolete"}
_COVERING: Final = frozenset({"*", "rsct*", "rsct.*"})


_PARTS: Final = tuple(f"{fileset}." for fileset in _ONE_RELEASE)
ReadPackage = tuple[Package, Read[Packages]]
"""A row and the listing that has it: few of them are ever pointed at."""
Told = dict[str, list[ReadPackage]]
"""The rows of RSCT in one listing by fileset."""


class Listed(NamedTuple):
    """The filesets of all listings. `whole`: there are no others. `unread` says why nothing is known of them."""

    rows: Told
    whole: bool
    evidence: tuple[Reference, ...]
    unread: Fact | None = None


def unsound(facts: Facts) -> Fact:
    """Filesets that are neither applied nor committed: broken, inconsistent, obsolete."""
    name = "filesets.unsound"
    at = facts.fact("host.platform")
    if at.state == "unknown":
        return unknown_from(name, "the state of the filesets", at)
    if at.value not in ("aix", "vios"):
        return not_applicable(name, "Filesets have states on AIX and VIOS only.", at.evidence, (at,))
    found = _listed(facts, name, "the state of the filesets")
    if found.unread is not None:
        return exempted(facts, found.unread, ())
    if found.whole and not found.rows:
        return not_applicable(name, "No RSCT fileset is installed.", found.evidence)
    items = tuple(
        Item(fileset, f"{fileset} {rows[0][0].level_text} is {_state(_bad(rows)[0].state)}.", _place(_bad(rows)))
        for fileset, rows in sorted(found.rows.items())
        if _is_bad(rows, _LSLPP)
    )
    strange = (row for of_it in found.rows.values() for row in of_it if not row[0].told_by(_LSLPP))
    rows = [(row[0], _place(row)) for row in islice(strange, 1)]
    odd = None if items else untold(name, "the state of the filesets", rows, facts.cached(database).settle)
    if odd is not None:
        return odd
    says = (
        "Some RSCT filesets are neither applied nor committed."
        if items
        else "Every RSCT fileset is applied or committed."
    )
    if items or found.whole:
        return known(name, items, says, found.evidence)
    return _without_end(facts, name, "the state of the filesets")


def _without_end(facts: Facts, name: str, title: str) -> Fact:
    """Unknown, because no listing of all filesets is there to its end, if there is one at all."""
    held = facts.cached(database)
    copies = [one for one in held.read if not one.record.whole and _asked_all(one)]
    if not copies:
        return unread(name, title, held.readings, held.settle)
    return unread(name, title, copies[:1], copies[0].name)._replace(settle=held.settle)


def _place(held: ReadPackage) -> tuple[Reference, ...]:
    return held[1].at(held[0].line)


def _is_bad(rows: Sequence[ReadPackage], command: str) -> bool:
    return any(row.state not in INSTALLED and row.told_by(command) for row, _ in rows)


def _bad(rows: Sequence[ReadPackage]) -> ReadPackage:
    """The first row of a fileset that is not sound."""
    return next(held for held in rows if held[0].told_by(_LSLPP) and held[0].state not in INSTALLED)


def _state(letter: str) -> str:
    return f"{_STATES[letter]} (state {letter})" if letter in _STATES else f"in state {letter}"


def releases(facts: Facts) -> Fact:
    """Whether all filesets have one version, release and modification."""
    name = "filesets.releases"
    found = _listed(facts, name, "whether the filesets are of the same release")
    fact = found.unread or _compared(facts, name, found)
    return exempted(facts, fact, ("alike",), NO_RMC)


def _compared(facts: Facts, name: str, found: Listed) -> Fact:
    rows = [row for fileset, of_it in sorted(found.rows.items()) if _of_one_release(fileset) for row in of_it]
    by_release: dict[tuple[int, ...], list[ReadPackage]] = {}
    for row in rows:
        if row[0].level is not None:
            by_release.setdefault(row[0].level[:3], []).append(row)
    if len(by_release) > 1:
        first = [told[0] for _, told in sorted(by_release.items())]
        says = ", ".join(f"{row.name} is at {row.level_text}" for row, _ in first)
        return known(name, "different", f"{says}.", tuple(place for row in first for place in _place(row)))
    held = facts.cached(database)
    if not found.whole:
        return _without_end(facts, name, "whether the filesets are of the same release")
    odd = next((row for row in rows if row[0].level is None), None)
    if odd is not None:
        says = (
            f"Whether the filesets are of the same release is unknown: '{odd[0].level_text}' of {odd[0].name} is "
            "not a level."
        )
        return unknown(name, "unparsable", says, _place(odd), settle=held.settle)
    if not rows:
        return not_applicable(name, "None of these filesets is installed.", found.evidence)
    release = ".".join(map(str, next(iter(by_release))))
    says = f"Every RSCT fileset that is compared ({len({row.name for row, _ in rows})}) is of release {release}."
    return known(name, "alike", says, _place(rows[0]))


def _of_one_release(fileset: str) -> bool:
    return fileset in _ONE_RELEASE or fileset.startswith(_PARTS)


def _listed(facts: Facts, name: str, title: str) -> Listed:
    held = facts.cached(database)
    readings = held.read
    foreign = contradicted(facts, name, held.package)
    if foreign is not None:
        return Listed({}, False, (), foreign)
    if not readings:
        return Listed({}, False, (), unread(name, title, held.readings, held.settle))
    told = facts.cached(_told)
    filesets = sorted({fileset for one in told for fileset in one}) if len(told) > 1 else ()
    for fileset in filesets:
        places = _contradiction(fileset, readings, told, held.settle.split()[0])
        if places:
            says = f"{title[:1].upper()}{title[1:]} is unknown: two listings show {fileset} differently."
            return Listed({}, False, (), unknown(name, "conflicting", says, places, settle=held.settle))
    covering = [reading for reading in readings if _covers_all(reading)]
    rows: Told = {}
    for one in told:
        rows = {**one, **rows}
    return Listed(rows, bool(covering), (covering or readings)[0].at(WHOLE))


def _told(facts: Facts) -> tuple[Told, ...]:
    """What each listing of the database tells."""
    return tuple(_told_by(reading) for reading in facts.cached(database).read)


def _told_by(reading: Read[Packages]) -> Told:
    found: Told = {}
    for row in reading.record.rows:
        if row.name.startswith(_OWN):
            found.setdefault(row.name, []).append((row, reading))
    return found


def _contradiction(
    fileset: str, readings: Sequence[Read[Packages]], told: Sequence[Told], command: str
) -> tuple[Reference, ...]:
    """The places of a fileset whose level or soundness two listings tell differently, or that one of them lacks."""
    meanings = {
        (frozenset(row.level_text for row, _ in one[fileset]), _is_bad(one[fileset], command))
        for one in told
        if fileset in one
    }
    lacking = [reading for reading, one in zip(readings, told, strict=True) if fileset not in one]
    absent = tuple(place for reading in lacking for place in absence_in(reading, (), fileset))
    if len(meanings) < 2 and not absent:
        return ()
    first = [_place(one[fileset][0])[:1] for one in told if fileset in one]
    return (*chain.from_iterable(first), *absent)


def _covers_all(reading: Read[Packages]) -> bool:
    return reading.record.whole and not reading.partial and _asked_all(reading)


def _asked_all(reading: Read[Packages]) -> bool:
    return not _COVERING.isdisjoint(reading.record.covers)


def npiv(facts: Facts) -> Fact:
    """Whether the fileset of the virtual Fibre Channel client is installed, properly."""
    name, title = "filesets.npiv", f"whether {_NPIV} is installed"
    at, kind = facts.fact("host.platform"), facts.fact("host.kind")
    if at.state == "unknown":
        return unknown_from(name, title, at)
    if at.value != "aix":
        return not_applicable(name, "This fileset is for AIX partitions.", at.evidence, (at,))
    fact = _npiv(facts, name, title)
    if fact.value != "installed" and kind.value == "wpar":
        return not_applicable(name, NOT_MANAGED["wpar"], kind.evidence, (fact, kind))
    return fact


def _npiv(facts: Facts, name: str, title: str) -> Fact:
    settle = f"lslpp -Lcq {_NPIV}"
    rows, absent = listed(facts, _NPIV), proofs_of_absence(facts, _NPIV)
    if rows and absent:
        says = f"{title[:1].upper()}{title[1:]} is unknown: one answer lists it, another says that it is not installed."
        return unknown(name, "conflicting", says, (*rows[0][1], *absent), settle=settle)
    odd = untold(name, title, rows, settle)
    if odd is not None:
        return odd
    bad = next((held for held in rows if held[0].state not in INSTALLED), None)
    if bad is not None:
        return known(name, "broken", f"{_NPIV} is {_state(bad[0].state)}.", bad[1])
    if rows:
        return known(name, "installed", f"{_NPIV} is installed.", rows[0][1])
    if absent:
        return known(name, "absent", f"{_NPIV} is not installed.", absent)
    asked = [one for one in facts.cached(database).readings if one.name.endswith(_NPIV)]
    return unread(name, title, asked, settle)
