"""The packages that RMC on Linux consists of, the definition of IBM.DRM that one of them brings, and cloud-init.

src, rsct.core and rsct.core.utils carry RMC itself; without DynamicRM no dynamic LPAR operation is possible, and
rsct.basic and devices.chrp.base.ServiceRM complete what IBM names for a partition. Debian writes their names in lower
case, and keeps packages whose installation was interrupted (dpkg(1): half-installed, unpacked, half-configured): these
are not installed. Whether a package should be there is asked of PowerVM partitions only.

cloud-init is an rpm on AIX too, which has a database of rpm beside that of filesets.
"""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.rsct import NO_RMC
from rmccomply.facts.groups.subsystem import status
from rmccomply.facts.judging.database import (
    PackageRow,
    absence_in,
    contradicted,
    database,
    listed,
    not_installed,
    proofs_of_absence,
    untold,
)
from rmccomply.facts.judging.reasons import NOT_MANAGED, unknown_from, unread
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.table import DRM_DEFINITION, RPM

_CORE: Final = ("src", "rsct.core", "rsct.core.utils")
_BESIDE: Final = ("rsct.basic", "DynamicRM", "devices.chrp.base.ServiceRM")
_NOT_DUE: Final = {**NOT_MANAGED, **NO_RMC}
_PARTIAL: Final = frozenset({"half-installed", "unpacked", "half-configured"})
_PARTIAL_LETTERS: Final = frozenset("HUF")
"""The same states as `dpkg -l` prints them, behind the letter of what is wanted."""
_CLOUD_INIT: Final = "cloud-init"
_SETTLE: Final = "cat /opt/rsct/cfg/rmdefs/IBM.DRM.mdef"


def core_missing(facts: Facts) -> Fact:
    """Which of the packages that carry RMC are not installed."""
    return _missing(facts, "packages.core_missing", _CORE)


def others_missing(facts: Facts) -> Fact:
    """Which of the packages beside them are not installed."""
    return _missing(facts, "packages.others_missing", _BESIDE)


def _missing(facts: Facts, name: str, packages: tuple[str, ...]) -> Fact:
    at = facts.fact("host.platform")
    if at.state == "unknown":
        return unknown_from(name, "which RSCT packages are missing", at)
    if at.value != "linux":
        return not_applicable(name, "These packages are for Linux.", at.evidence, (at,))
    fact = contradicted(facts, name, *packages) or _sought(facts, name, packages)
    return fact if fact.value == () else _where_due(facts, fact)


def _sought(facts: Facts, name: str, packages: tuple[str, ...]) -> Fact:
    """Missing is what a reading proves to be so and none lists; what some list and others lack contradicts itself."""
    held = facts.cached(database)
    found = {package: (listed(facts, package), proofs_of_absence(facts, package)) for package in packages}
    items = tuple(item for package, told in found.items() if (item := _item(facts, package, *told)) is not None)
    if items:
        says = f"RSCT packages are missing or incomplete: {', '.join(item.subject for item in items)}."
        return known(name, items, says, items[0].evidence)
    for package, (rows, absent) in found.items():
        odd = untold(name, f"whether {package} is installed", rows, held.settle)
        if odd is not None:
            return odd
        if rows and (absent or any(map(_is_partial, rows))):
            says = f"The RSCT packages are unknown: one answer lists {package}, and another says that it is absent."
            places = (*(place for _, told in rows for place in told), *absent)
            return unknown(name, "conflicting", says, places, settle=held.settle)
        if not rows:
            return unread(name, f"whether {package} is installed", held.readings, held.settle)
    places = tuple(place for rows, _ in found.values() for place in rows[0][1])
    return known(name, (), f"{', '.join(packages)} are installed.", places)


def _item(facts: Facts, package: str, rows: tuple[PackageRow, ...], absent: tuple[Reference, ...]) -> Item | None:
    """A package that is not there, or of which every listing says that only a part is."""
    if absent and not rows:
        return Item(package, f"The package {not_installed(facts, package)}.", absent)
    if rows and not absent and all(map(_is_partial, rows)):
        says = f"The package {package} is not completely installed: its state is '{rows[0][0].state}'."
        return Item(package, says, rows[0][1])
    return None


def _is_partial(row: PackageRow) -> bool:
    state = row[0].state
    return state in _PARTIAL or (len(state) in (2, 3) and state[1] in _PARTIAL_LETTERS)


def _where_due(facts: Facts, fact: Fact, what: str = "they") -> Fact:
    """The fact where this is a PowerVM partition; not applicable where it is known to be something else."""
    kind = facts.fact("host.kind")
    if kind.state == "known" and kind.value in _NOT_DUE:
        return not_applicable(fact.name, _NOT_DUE[kind.value], kind.evidence, (fact, kind))
    if fact.state != "known" or kind.value == "lpar":
        return fact
    says = f"{fact.says} Whether {what} should be is unknown: {kind.says[:1].lower()}{kind.says[1:]}"
    places = (*fact.evidence, *kind.evidence)
    return unknown(fact.name, "inconclusive", says, places, settle=kind.settle, basis=(fact, kind))


def cloud_init(facts: Facts) -> Fact:
    """Whether cloud-init is installed."""
    name, title = "packages.cloud_init", "whether cloud-init is installed"
    at = facts.fact("host.platform")
    if at.state == "unknown":
        return unknown_from(name, title, at)
    if at.value not in ("aix", "linux"):
        return not_applicable(name, "cloud-init is for AIX and Linux.", at.evidence, (at,))
    if at.value == "linux":
        fact = contradicted(facts, name, _CLOUD_INIT) or _cloud_init_of_linux(facts, name, title)
        return fact if fact.value == "installed" else _where_due(facts, fact, "it")
    fact, kind = _cloud_init_of_aix(facts, name, title), facts.fact("host.kind")
    if fact.value != "installed" and kind.value == "wpar":
        return not_applicable(name, NOT_MANAGED["wpar"], kind.evidence, (fact, kind))
    return fact


def _cloud_init_of_linux(facts: Facts, name: str, title: str) -> Fact:
    held, rows = facts.cached(database), listed(facts, _CLOUD_INIT)
    odd = untold(name, title, rows, held.settle)
    if odd is not None:
        return odd
    absent = proofs_of_absence(facts, _CLOUD_INIT)
    partial = next((row for row in rows if _is_partial(row)), None)
    if partial is not None and not absent and all(map(_is_partial, rows)):
        says = f"cloud-init is not completely installed: its state is '{partial[0].state}'."
        return known(name, "absent", says, partial[1])
    if rows and partial is None and not absent:
        return known(name, "installed", "cloud-init is installed.", rows[0][1])
    if absent and not rows:
        return known(name, "absent", f"{not_installed(facts, _CLOUD_INIT)}.", absent)
    if not rows:
        return unread(name, title, held.readings, held.settle)
    return _contradiction(name, (*rows[0][1], *absent), held.settle)


def _cloud_init_of_aix(facts: Facts, name: str, title: str) -> Fact:
    """By rpm; of a mounted root by its own database alone, which the request names."""
    rows: list[Reference] = []
    absent: list[Reference] = []
    for one in facts.read(RPM):
        if facts.image == "mounted_root" and "--dbpath" not in one.name:
            continue
        found = [row for row in one.record.rows if row.name == _CLOUD_INIT]
        rows += [place for row in found for place in one.at(row.line)]
        absent += absence_in(one, [row.name for row in found], _CLOUD_INIT)
    if rows and absent:
        return _contradiction(name, (*rows, *absent), "rpm -qa")
    if rows:
        return known(name, "installed", "cloud-init is installed.", tuple(rows))
    if absent:
        return known(name, "absent", "cloud-init is not in the list of installed packages of rpm.", tuple(absent))
    return unread(name, title, facts.answers(RPM), "rpm -qa")


def _contradiction(name: str, places: tuple[Reference, ...], settle: str) -> Fact:
    says = "Whether cloud-init is installed is unknown: one answer lists it, and another says that it is absent."
    return unknown(name, "conflicting", says, places, settle=settle)


def drm_definition(facts: Facts) -> Fact:
    """Whether IBM.DRM is defined where DynamicRM is installed: by its file, or because it runs."""
    name = "packages.drm_definition"
    at = facts.fact("host.platform")
    if at.state == "unknown":
        return unknown_from(name, "the definition of IBM.DRM", at)
    if at.value != "linux":
        return not_applicable(name, "DynamicRM is a Linux package.", at.evidence, (at,))
    fact = _definition(facts, name)
    if fact.value == "present":
        return fact
    rows, absent = listed(facts, "DynamicRM"), proofs_of_absence(facts, "DynamicRM")
    if absent and not rows:
        return not_applicable(name, f"The package {not_installed(facts, 'DynamicRM')}.", absent, (fact,))
    held = facts.cached(database)
    odd = untold(name, "whether DynamicRM is installed", rows, held.settle)
    if odd is not None:
        return odd
    if fact.value == "absent" and (absent or not rows):
        return unread(name, "whether DynamicRM is installed", held.readings, held.settle, (fact,))
    return _where_due(facts, fact)


def _definition(facts: Facts, name: str) -> Fact:
    files = {one.record.present: one.at(one.record.line) for one in facts.read(DRM_DEFINITION)}
    running = status(facts, "IBM.DRM")
    if True in files:
        return known(name, "present", "The definition file of IBM.DRM exists.", files[True])
    if running.reason == "conflicting" or (False in files and running.word == "active"):
        says = "The definition of IBM.DRM is unknown: its file was not found, but a listing shows IBM.DRM as active."
        return unknown(name, "conflicting", says, (*files.get(False, ()), *running.evidence), settle=_SETTLE)
    if False in files:
        return known(name, "absent", "The definition file of IBM.DRM does not exist.", files[False])
    if running.word == "active":
        return known(name, "present", "IBM.DRM runs, so it is defined.", running.evidence)
    return unread(name, "the definition of IBM.DRM", facts.answers(DRM_DEFINITION), _SETTLE)
