"""What else resets RSCT at the first boot of an image: a unit, a script, an entry of inittab.

Only lines that run recfgct count (`reset_lines`), and only where the system starts the file that they are in:

- a unit below /etc/systemd/system that is enabled and not masked (systemd.unit(5)); a drop-in is of its unit;
- rc.local where its owner may execute it, as systemd-rc-local-generator(8) asks;
- scripts of cloud-init below scripts/per-instance, per-once and per-boot of its folder, if they may be executed, by
  the modules scripts_per_instance and so on (canonical/cloud-init, cloudinit/config/cc_scripts_per_*.py); one of
  per-once not where its semaphore is left;
- runcmd, which scripts_user runs, and bootcmd, in the configuration that counts;
- on AIX an entry of /etc/inittab with an action that starts it.

What names recfgct in a file that the system may start, and runs it in no way that is known here, leaves it undecided.
"""

import re
from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import WHOLE
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.cloud_merged import Merged, merged
from rmccomply.facts.images.cloud_start import enabled, runs
from rmccomply.facts.images.conditions import BootCondition, every, not_read, some
from rmccomply.facts.images.unit_files import shipped_units
from rmccomply.facts.judging.folders import folder
from rmccomply.sources.host.inittab import STARTING
from rmccomply.sources.reading import Read
from rmccomply.sources.rsct.reset_lines import PROGRAM, ResetLine, use_of
from rmccomply.sources.shared.folder_rows import FolderEntry
from rmccomply.sources.table import INITTAB, LISTING, RESET_LINES
from rmccomply.tuples import NamedTuple

_WHAT: Final = "whether anything else renews the node ID at the first boot"
_UNITS: Final = "/etc/systemd/system/"
_RC_LOCAL: Final = frozenset({"/etc/rc.local", "/etc/rc.d/rc.local"})
_COLLECT: Final = "rmccomply collect script"
_SCRIPT: Final = re.compile(r"/scripts/per-(instance|once|boot)/[^/]+")
_SEMAPHORE: Final = "config_scripts_per_once.once"
_ORDERS: Final = {"runcmd": ("runcmd", "scripts_user"), "bootcmd": ("bootcmd",)}
_INITTAB: Final = "/etc/inittab"


class _NamedLine(NamedTuple):
    """A line that names the program, and the answer that has it."""

    row: ResetLine
    reading: Read[object]

    def condition(self, holds: bool | None, says: str, settle: str = "") -> BootCondition:
        """A condition that rests on this line."""
        return BootCondition(holds, says, self.reading.at(self.row.line), "inconclusive", settle)


def first_boot(facts: Facts) -> BootCondition:
    """Whether something else resets RSCT at the first boot; use `facts.cached(first_boot)`."""
    config = facts.cached(merged)
    found = [*_by_lines(facts, config), *_by_commands(facts, config)]
    if facts.fact("host.platform").value == "aix":
        found += _by_inittab(facts)
    return some(found, BootCondition(False, "no unit or script does it instead"))


def _by_lines(facts: Facts, config: Merged) -> Iterator[BootCondition]:
    readings = facts.read(RESET_LINES)
    if not any(one.record.whole and not one.partial for one in readings):
        yield _not_searched(facts)
    for reading in readings:
        for row in reading.record.rows:
            if row.use != "comment":
                yield _of_line(facts, config, _NamedLine(row, reading))


def _not_searched(facts: Facts) -> BootCondition:
    says = f"{_WHAT} is unknown: "
    for failed in facts.unread(RESET_LINES):
        says += f"the search in what the first boot starts says nothing: {failed.says}"
        return BootCondition(None, says, failed.where(), failed.reason, _COLLECT)
    part = next(iter(facts.read(RESET_LINES)), None)
    if part is not None:
        says += "nothing shows that the search in what the first boot starts is complete"
        return BootCondition(None, says, part.at(WHOLE), part.partial or "truncated", _COLLECT)
    says += "what the first boot starts was not searched for it"
    return BootCondition(None, says, (), "not_collected", _COLLECT)


def _of_line(facts: Facts, config: Merged, named: _NamedLine) -> BootCondition:
    row = named.row
    if row.path.startswith(f"{config.base}/cloud.cfg"):
        known = config.why is None and any(PROGRAM in one.command.text for one in config.commands)
        return named.condition(False if known else None, f"{row.path} names what resets RSCT, and not in runcmd")
    if row.path.startswith(_UNITS):
        place = _of_unit(facts, named)
    elif row.path in _RC_LOCAL:
        place = _executable(facts, named)
    elif row.path.startswith(f"{config.state}/scripts/") and (kind := _SCRIPT.search(row.path)):
        place = every((_executable(facts, named), *_of_script(facts, config, kind[1])))
    else:
        return named.condition(None, f"{row.path} names what resets RSCT, and whether it is started is unknown")
    if place.holds and row.use == "unclear":
        return named.condition(None, f"{row.path} names what resets RSCT, and whether it runs it is unknown")
    return place


def _of_unit(facts: Facts, named: _NamedLine) -> BootCondition:
    unit = named.row.path.removeprefix(_UNITS).partition("/")[0].removesuffix(".d")
    if not unit.endswith(".service"):
        return named.condition(None, f"{named.row.path} names what resets RSCT, and is not a service")
    own, vendor = folder(facts, _UNITS.rstrip("/")), facts.cached(shipped_units)
    why = own.why or (vendor.why if unit not in own.names else None)
    if why is not None:
        return BootCondition(
            None, f"whether {unit} starts is unknown: {why.says}", why.evidence, why.reason, why.settle
        )
    place = enabled(facts, unit, vendor, own)
    others = ("timer", "path", "socket")
    if place.holds is False and not own.masked(unit):
        by = f"{unit.removesuffix('service')}{{}}"
        if any(enabled(facts, by.format(one), vendor, own).holds is not False for one in others):
            return named.condition(None, f"whether {unit} starts is unknown: another unit may start it")
    return every((named.condition(True, f"{unit} renews it"), place))


def _executable(facts: Facts, named: _NamedLine) -> BootCondition:
    """Whether the file of a line may be executed, by a listing that shows it."""
    path = named.row.path
    inside, _, name = path.rpartition("/")
    entry: FolderEntry | None = None
    for reading in facts.read(LISTING):
        shown = reading.record.folder(inside)
        entry = next((one for one in reading.record.files if one.name == path), None) or (
            shown.entry(name) if shown is not None else None
        )
        if entry is not None and entry.type == "-":
            places = (*named.reading.at(named.row.line), *reading.at(entry.line))
            says = f"{path} renews it" if entry.executable else f"{path} may not be executed"
            return BootCondition(entry.executable, says, places)
    return named.condition(None, f"whether {path} may be executed is unknown", f"ls -l {path}")


def _of_script(facts: Facts, config: Merged, kind: str) -> Iterator[BootCondition]:
    yield runs(facts, f"scripts_per_{kind}")
    if kind == "once":
        sem = folder(facts, f"{config.state}/sem").names.get(_SEMAPHORE)
        yield BootCondition(
            not sem, f"{_SEMAPHORE} tells that scripts of per-once ran already" if sem else "", sem or ()
        )


def _by_commands(facts: Facts, config: Merged) -> Iterator[BootCondition]:
    """Commands of the configuration that counts."""
    for one in config.commands if config.why is None else ():
        uses = [use_of(line, "") for line in one.command.text.split("\n") if PROGRAM in line]
        if "runs" in uses:
            says = f"{one.command.name} of cloud-init renews it"
            yield every(
                (BootCondition(True, says, one.evidence), *(runs(facts, name) for name in _ORDERS[one.command.name]))
            )
        elif "unclear" in uses:
            says = f"{one.command.name} names what resets RSCT, and whether it runs it is unknown"
            yield BootCondition(None, says, one.evidence)


def _by_inittab(facts: Facts) -> list[BootCondition]:
    reading = facts.read_of(INITTAB, _INITTAB)
    if reading is None or reading.partial or not reading.record.whole:
        return [not_read(facts, INITTAB, _INITTAB, f"cat {_INITTAB}", _WHAT)]
    found: list[BootCondition] = []
    for row in (*reading.record.rows, *reading.record.hashed):
        if row.disabled or use_of(row.command, "") == "comment":
            continue
        runs_it = use_of(row.command, "") == "runs" and row.action in STARTING and row in reading.record.rows
        says = f"the entry {row.id} of {_INITTAB} "
        says += "renews it" if runs_it else "names what resets RSCT, and whether it runs it is unknown"
        found.append(BootCondition(True if runs_it else None, says, reading.at(row.line)))
    return found
