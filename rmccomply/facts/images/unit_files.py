"""Which units of systemd start at boot, by the files of a system: without asking systemctl, as of a mounted image.

systemd.unit(5), systemctl(1): a unit is enabled by a link in a folder `*.wants` or `*.requires` of /etc/systemd/system,
masked by a link of its own name to /dev/null (or an empty file), and exists where it has a file there, or in
/usr/lib/systemd/system. What is in neither does not exist, and a link to it starts nothing.

Where /lib is a folder of its own (Debian and Ubuntu before they merged it into /usr, and systems that were upgraded
since), units are shipped in /lib/systemd/system. A link there, of which no listing shows whether it exists, is open.
"""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.folders import HeldFolder, Unlisted, below, folder
from rmccomply.tuples import NamedTuple

ETC: Final = "/etc/systemd/system"
LIB: Final = "/usr/lib/systemd/system"
_SPLIT: Final = "/lib/systemd/system"
_WANTING: Final = (".wants", ".requires")


class UnitFile(NamedTuple):
    """How a unit starts: `word` is enabled, masked, disabled or not-found as systemctl says; empty where it is not
    known, for `why`."""

    word: str
    evidence: tuple[Reference, ...]
    why: Unlisted | None = None


def unit_file(facts: Facts, unit: str) -> UnitFile:
    """One unit, with its suffix."""
    own, shipped = facts.cached(_own), shipped_for(facts, unit)
    if own.masked(unit):
        return UnitFile("masked", own.names[unit])
    wanted = tuple(place for one in facts.cached(_wanting) for place in one.names.get(unit, ()))
    exists = unit in own.names or unit in shipped.names
    if exists and wanted:
        return UnitFile("enabled", wanted) if own.why is None else UnitFile("", wanted, own.why)
    if own.why is not None:
        return UnitFile("", (), own.why)
    if exists:
        return UnitFile("disabled", own.names.get(unit) or shipped.names.get(unit) or own.evidence)
    if shipped.why is not None:
        return UnitFile("", wanted, shipped.why)
    return UnitFile("not-found", (*own.evidence, *shipped.evidence))


def _own(facts: Facts) -> HeldFolder:
    return folder(facts, ETC)


def shipped_units(facts: Facts) -> HeldFolder:
    """The units that packages bring; use `facts.cached(shipped_units)`."""
    merged, split = folder(facts, LIB), folder(facts, _SPLIT)
    why = merged.why or (split.why if split.why is not None and split.why.reason != "not_collected" else None)
    return merged._replace(
        present=merged.present or split.present,
        names={**split.names, **merged.names},
        links={**split.links, **merged.links},
        why=why,
        evidence=(*merged.evidence, *(split.evidence if split.names else ())),
    )


def shipped_for(facts: Facts, unit: str) -> HeldFolder:
    """The same, where a unit is sought in it: with why it may be there though no listing shows it."""
    shipped = facts.cached(shipped_units)
    if shipped.why is not None or unit in shipped.names:
        return shipped
    split = any(one.links.get(unit, "").startswith(f"{_SPLIT}/") for one in facts.cached(_wanting))
    return shipped._replace(why=folder(facts, _SPLIT).why) if split else shipped


def _wanting(facts: Facts) -> tuple[HeldFolder, ...]:
    return tuple(one for one in below(facts, ETC) if one.path.endswith(_WANTING))


class BootUnit(NamedTuple):
    """Whether a unit starts at boot: True, False, or None for `why`."""

    starts: bool | None
    evidence: tuple[Reference, ...]
    why: Unlisted | None = None


def starts_at_boot(facts: Facts, unit: str) -> BootUnit:
    """A unit that nothing enables does not start, whether it exists or not."""
    own, shipped = facts.cached(_own), shipped_for(facts, unit)
    if own.masked(unit):
        return BootUnit(False, own.names[unit])
    wanted = tuple(place for one in facts.cached(_wanting) for place in one.names.get(unit, ()))
    if own.why is not None:
        return BootUnit(None, wanted, own.why)
    if not wanted or unit in own.names or unit in shipped.names:
        return BootUnit(bool(wanted), wanted or own.evidence)
    return BootUnit(None if shipped.why is not None else False, wanted, shipped.why)
