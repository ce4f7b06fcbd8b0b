"""Fixes that IBM names for levels of RSCT on AIX: APARs, as the fix database or an interim fix shows them.

From rsct.core.rmc 3.1.5.0 to 3.2.0.9, on AIX 6.1 and 7.1, IBM names four APARs, one of them for a message from the
console that ends rmcd. Later levels hold them all. Which of the four a level needs is not told, so that only all of
them settle it, and some of them leave it open. The fix database knows what was installed as a fix; an interim fix that
waits for a restart is not at work yet.

The states of an interim fix are those of the AIX 7.3 documentation, "Understanding interim fix states". In state S its
files are installed; SP is S of one that patches the running kernel too. Of every other state it is not certain that the
fix is at work, nor that it is not: what is MOUNTED may have been unmounted by hand, and BROKEN is unreliable.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import unknown_from, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.software.emgr import InterimFix
from rmccomply.sources.table import EMGR, INSTFIX
from rmccomply.tuples import NamedTuple

_APARS: Final = ("IV74438", "IV77384", "IV80836", "IV81777")
_FROM: Final = (3, 1, 5, 0)
_BELOW: Final = (3, 2, 0, 10)
_RELEASES: Final = ((6, 1), (7, 1))
_SETTLE: Final = f"instfix -ik '{' '.join(_APARS)}'"
_AT_WORK: Final = frozenset({"S", "SP"})
_STATES: Final = {
    "M": "mounted, which may have changed since",
    "U": "unmounted, which may have changed since",
    "Q": "which needs a restart of the system",
    "B": "broken, which is unreliable",
    "I": "installing",
    "R": "removing",
    "T": "tested",
    "P": "patched",
    "N": "not patched",
    "SN": "stable, the running kernel not patched",
    "QP": "the boot image modified, the running kernel patched",
    "QN": "the boot image modified, the running kernel not patched",
    "RQ": "removing, which needs a restart of the system",
}


class ShownFixes(NamedTuple):
    """What the fix database or the interim fixes say of the APARs. `absent`: those that they say are not installed.

    `open`: those whose interim fix is there and perhaps not at work, each with its words and where it stands.
    """

    found: dict[str, tuple[Reference, ...]]
    absent: dict[str, tuple[Reference, ...]]
    open: dict[str, tuple[str, tuple[Reference, ...]]]


def rmc_core(facts: Facts) -> Fact:
    """Whether the level needs fixes, and whether they are installed."""
    name, title = "fixes.rmc_core", "whether this RSCT level needs fixes"
    at, level = facts.fact("host.platform"), facts.fact("rsct.level")
    if at.value in ("linux", "vios", "hmc"):
        return not_applicable(name, "These fixes are for AIX.", at.evidence, (at,))
    if level.state == "not_applicable":
        return not_applicable(name, level.says, level.evidence, (level,))
    if level.version is None:
        return unknown_from(name, title, level)
    if not _FROM <= level.version < _BELOW:
        return known(name, "not_needed", f"{level.says} IBM names no fix for it.", level.evidence, basis=(level,))
    release = facts.fact("host.aix_release")
    if release.version is None:
        return unknown_from(name, title, release)
    if release.version[:2] not in _RELEASES:
        says = f"{level.says} IBM names no fix for it on this release. {release.says}"
        return known(name, "not_needed", says, (*level.evidence, *release.evidence), basis=(level, release))
    return _judged(facts, name, level, release)


def _judged(facts: Facts, name: str, level: Fact, release: Fact) -> Fact:
    database, interim = _in_database(facts), _interim(facts)
    found = {**database.found, **interim.found}
    missing = [apar for apar in _APARS if apar not in found]
    evidence = (*level.evidence, *(place for apar in _APARS for place in found.get(apar, ())))
    basis = (level, release)
    if not missing:
        return known(name, "installed", f"{level.says} The fixes for it are installed.", evidence, basis=basis)
    waiting = [apar for apar in missing if apar in interim.open]
    if waiting:
        words, places = interim.open[waiting[0]]
        says = f"Whether the known defects of this RSCT level are fixed is unknown: {words}."
        return unknown(name, "inconclusive", says, (*places, *evidence), settle="emgr -l", basis=basis)
    if found:
        says = (
            f"Whether the known defects of this RSCT level are fixed is unknown: {', '.join(sorted(found))} of the "
            "fixes for it "
        )
        says += f"{'is' if len(found) == 1 else 'are'} installed, and {', '.join(missing)} not shown."
        return unknown(name, "inconclusive", says, evidence, settle=_SETTLE, basis=basis)
    sources = (*facts.answers(INSTFIX), *facts.answers(EMGR))
    if any(apar not in database.absent or apar not in interim.absent for apar in missing):
        settle = _SETTLE if any(apar not in database.absent for apar in missing) else "emgr -l"
        return unread(name, "whether the known defects of this RSCT level are fixed", sources, settle, basis)
    places = tuple(dict.fromkeys((*level.evidence, *database.absent[missing[0]], *interim.absent[missing[0]])))
    says = f"{level.says} None of the fixes that IBM names for it is installed ({', '.join(_APARS)})."
    return known(name, "missing", says, places, basis=basis)


def _in_database(facts: Facts) -> ShownFixes:
    """By instfix: installed whole, or not."""
    shown = ShownFixes({}, {}, {})
    for reading in facts.read(INSTFIX):
        record = reading.record
        for row in record.rows:
            if row.name in _APARS:
                (shown.found if row.installed == "all" else shown.absent)[row.name] = reading.at(row.line)
        if record.whole and not reading.partial and "*" in record.covers:
            for apar in _APARS:
                shown.absent.setdefault(apar, reading.at(WHOLE))
    return shown


def _interim(facts: Facts) -> ShownFixes:
    """By emgr: an interim fix carries the APAR in its label or its abstract."""
    shown = ShownFixes({}, {}, {})
    for reading in facts.read(EMGR):
        record = reading.record
        for row in record.rows:
            for apar in _APARS:
                if row.label.upper().startswith(apar) or apar in row.abstract.upper():
                    _take(shown, apar, row, reading.at(row.line))
        if record.whole and not reading.partial:
            for apar in _APARS:
                shown.absent.setdefault(apar, reading.at(record.none_line or 1))
    return shown


def _take(shown: ShownFixes, apar: str, row: InterimFix, place: tuple[Reference, ...]) -> None:
    if row.state in _AT_WORK:
        shown.found[apar] = place
        return
    says = f"the interim fix {row.label} for {apar} is in state {row.state} ({_STATES[row.state]})"
    shown.open[apar] = (f"{says}, which does not show whether it is in effect", place)
