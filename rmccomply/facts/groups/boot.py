"""Whether RMC starts at boot: ctrmc, and srcmstr, which starts it.

On AIX and VIOS both have an entry in /etc/inittab, which a leading colon, the action `off`, a command that is a comment
or another run level switches off. What starts RMC is the command: an entry of that name with another one, or with one
whose work its text does not tell, is unknown. On Linux both are units of systemd, and srcmstr may be missing there
where ctrmc is whole by itself. Where systemctl was not asked, as of a mounted image, the links and the files of units
answer; and where it says that a unit does not start, they must not say that it does.
Some sites remove the entry of ctrmc on purpose, to keep a batch system quiet.
"""

from collections.abc import Sequence
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.subsystem import NO_SUBSYSTEMS, if_told, status, unmask
from rmccomply.facts.judging.reasons import exempted, sentence, unknown_from, unread, whole_of
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.sources.host.inittab import ACTIONS, STARTING, Inittab
from rmccomply.sources.reading import Read
from rmccomply.sources.source import Source
from rmccomply.sources.table import INITTAB, LISTING, SYSTEMD
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_NAMES: Final = ("ctrmc", "srcmstr")
_TITLE: Final = "whether RMC starts at boot"
_INITTAB: Final = "cat /etc/inittab"
_SYSTEMD: Final = "systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState ctrmc srcmstr"
_BY_FILES: Final = "ls -lR /etc/systemd/system"
_UNITS: Final = {"enabled": "enabled", "disabled": "disabled", "masked": "disabled", "not-found": "missing"}


class BootStart(NamedTuple):
    """How one of them starts: `word` is enabled, disabled or missing, or None with a reason."""

    name: str
    word: str | None
    says: str
    evidence: tuple[Reference, ...]
    reason: Reason = "inconclusive"
    step: str = ""


def ctrmc(facts: Facts) -> Fact:
    """Both start; or the first that does not, or of which it is unknown."""
    name = "boot.ctrmc"
    linux = facts.fact("host.platform").value == "linux"
    source: Source[object] = SYSTEMD if linux else INITTAB
    settle = _SYSTEMD if linux else _INITTAB
    if linux and facts.image == "mounted_root":
        settle = _BY_FILES
    starts = _by_systemd(facts) if linux else _by_inittab(facts)
    fact = _together(facts, name, starts, settle) or _untold(facts, name, source, settle)
    return exempted(facts, fact, ("enabled",), NO_SUBSYSTEMS)


def _together(facts: Facts, name: str, starts: Sequence[BootStart], settle: str) -> Fact | None:
    """None where nothing was read of one of them, and no other fails."""
    for start in starts:
        if start.word == "missing" and not _is_there(facts):
            return unknown_from(name, _TITLE, facts.fact("rsct.installed"))
        if start.word in ("disabled", "missing"):
            return known(name, start.word, f"{start.says}.", start.evidence, step=start.step)
    for start in starts:
        if start.word is None:
            says = f"Whether RMC starts at boot is unknown: {start.says}."
            return unknown(name, start.reason, says, start.evidence, settle=settle)
    if {start.name for start in starts} != set(_NAMES):
        return None
    says = "; ".join(start.says for start in starts)
    return known(name, "enabled", f"{says}.", tuple(place for start in starts for place in start.evidence))


def _is_there(facts: Facts) -> bool:
    """Whether a unit that is missing says something: AIX always has RSCT, and Linux where it is seen."""
    if facts.fact("host.platform").value != "linux" or facts.fact("rsct.installed").state != "unknown":
        return True
    return if_told(_NAMES[0], status(facts, _NAMES[0])).word in ("active", "inactive")


def _untold(facts: Facts, name: str, source: Source[object], settle: str) -> Fact:
    """No answer, or answers that leave out whether the units are enabled."""
    read = whole_of(facts.read(source))
    if not read:
        return unread(name, _TITLE, facts.answers(source), settle)
    says = f"{sentence(_TITLE)} is unknown: what was collected does not show it for both ctrmc and srcmstr."
    return unknown(name, "not_collected", says, read, settle=settle)


def _by_inittab(facts: Facts) -> list[BootStart]:
    read = facts.read(INITTAB)
    return [_of_entries(reading, name) for reading in read for name in _NAMES]


def _of_entries(reading: Read[Inittab], name: str) -> BootStart:
    """An entry that starts it is proof, and its own that does not; that there is none is known only of a whole file."""
    record = reading.record
    rows = [row for row in record.rows if row.concerns(name)]
    odd = next((row for row in record.rows if row.action not in ACTIONS), None)
    level = "".join(row.levels for row in record.rows if row.action == "initdefault" and not row.disabled)
    live = [row for row in rows if not row.disabled and _runs_at(row.levels, level)]
    for row in live:
        if row.action in STARTING and row.starts(name) and (level or not odd):
            return BootStart(name, "enabled", f"{name} starts from its entry in /etc/inittab", reading.at(row.line))
    if odd is not None and (not level or odd in rows):
        says = f"'{odd.action}' in /etc/inittab is not an action that init knows"
        return BootStart(name, None, says, reading.at(odd.line), "unparsable")
    if live:
        says = f"the entry of {name} in /etc/inittab is not seen to start it, by its command or its action"
        return BootStart(name, None, says, reading.at(live[0].line))
    if (not record.whole or reading.partial) and not any(row.id == name for row in rows):
        says = f"the entry of {name} in /etc/inittab is not seen to start it, and others may be missing"
        return BootStart(name, None, says, reading.at(WHOLE), reading.partial or "truncated")
    hashed = next((row for row in record.hashed if row.concerns(name)), None)
    if hashed is not None and not rows:
        says = f"the entry of {name} in /etc/inittab begins with #, and what that means there is not documented"
        return BootStart(name, None, says, reading.at(hashed.line))
    if rows:
        why = "is switched off" if rows[0].disabled else f"is not for run level {level}"
        return BootStart(name, "disabled", f"The entry of {name} in /etc/inittab {why}", reading.at(rows[0].line))
    return BootStart(name, "missing", f"/etc/inittab has no entry of {name}", reading.at(WHOLE))


def _runs_at(levels: str, level: str) -> bool:
    return not levels or not level or not set(level).isdisjoint(levels)


def _by_systemd(facts: Facts) -> list[BootStart]:
    starts = []
    for name in _NAMES:
        told: dict[str, tuple[Reference, ...]] = {}
        for reading in facts.read(SYSTEMD):
            for row in reading.record.rows:
                word = "not-found" if row.load == "not-found" else row.enabled
                if row.unit == f"{name}.service" and word:
                    field = "load" if word == row.load else "enabled"
                    told.setdefault(word, tuple(p for line in row.lines_of(field) for p in reading.at(line)))
        starts += _of_words(name, told) if "enabled" in told else _with_files(facts, name, told)
    return starts


def _with_files(facts: Facts, name: str, told: dict[str, tuple[Reference, ...]]) -> list[BootStart]:
    """What systemctl says, if anything, and what the files of the unit say."""
    if not facts.answers(LISTING):
        return _of_words(name, told)
    from rmccomply.facts.images.unit_files import unit_file

    found = unit_file(facts, f"{name}.service")
    if found.why is None and (not told or found.word == "enabled"):
        told = {**told, found.word: (*told.get(found.word, ()), *found.evidence)}
    if told or found.why is None:
        return _of_words(name, told)
    says = f"whether {name}.service is enabled is not known: {found.why.says}"
    return [BootStart(name, None, says, (*found.evidence, *found.why.evidence), found.why.reason)]


def _of_words(name: str, told: dict[str, tuple[Reference, ...]]) -> list[BootStart]:
    """Nothing where no answer tells of the unit."""
    places = tuple(place for found in told.values() for place in found)
    if len(told) > 1:
        return [
            BootStart(
                name, None, f"{name}.service is reported as {' and as '.join(sorted(told))}", places, "conflicting"
            )
        ]
    for word in told:
        state = _UNITS.get(word)
        if state == "missing" and name != _NAMES[0]:
            return [BootStart(name, "alone", f"{name}.service does not exist", places)]
        says = f"{name}.service does not exist" if state == "missing" else f"{name}.service is {word}"
        return [BootStart(name, state, says, places, step=unmask(name) if word == "masked" else "")]
    return []
