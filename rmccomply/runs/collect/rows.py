"""Who is asked: targets as they are named, and those of inventories, of which one may be a console's own list."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, get_args

from rmccomply.collect.folder import Folder
from rmccomply.collect.hmc import HmcJob
from rmccomply.collect.inventory import read_inventory
from rmccomply.collect.inventory.partitions import partitions_of
from rmccomply.collect.inventory.plain import fault_of_target, parts_of, port_of
from rmccomply.collect.inventory.row import Access, HostRow, Inventory, distinct, new_row, without_commands
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.guarded import LIMITS, Unfit, bounded, within
from rmccomply.runs.collect.run import CollectOptions, Surroundings, gather

URL: Final = "ssh://"
"""What an input of `check` begins with that is collected first."""
CONSOLE: Final = "hmc://"
"""What an inventory begins with that a console is asked for."""
_STDIN: Final = "-"


def row_of(text: str) -> HostRow:
    """A target as it is named on the command line: `user@host:port`. Raises UsageError."""
    if fault := fault_of_target(text):
        raise UsageError(fault)
    user, host, port = parts_of(text)
    try:
        return new_row(host, host, user=user, port=port_of(port))
    except ValueError as error:
        raise UsageError(f"{text}: {error}") from None


def row_of_url(text: str) -> HostRow:
    """`ssh://user@host:port`, with `?access=sudo` or `?access=vios` behind it. Raises UsageError."""
    place, mark, query = text.removeprefix(URL).partition("?")
    row = row_of(place.rstrip("/"))
    name, _, value = query.partition("=")
    if not mark:
        return row
    if name != "access" or value not in get_args(Access):
        raise UsageError(f"{text}: after ? write access=direct, access=sudo or access=vios")
    return row._replace(access=next(access for access in get_args(Access) if access == value))


def rows_of(
    hosts: Sequence[str], inventories: Sequence[str], folder: Path, options: CollectOptions, around: Surroundings
) -> tuple[HostRow, ...]:
    """Every target that is named, and those of the inventories; a console of `hmc://` is asked into the folder.

    Raises UsageError, InputError for an inventory that is none, KeyboardInterrupt where a console was interrupted.
    """
    rows, consoles = [row_of(text) for text in hosts], set()
    for name in inventories:
        if name.startswith(CONSOLE):
            console, found = _discovered(name, folder, options, around)
        else:
            console, found = _listed(name, around.stdin)
        rows += found.rows if options.proxy_commands else without_commands(found.rows)
        consoles.add(console)
        for note in found.notes:
            around.teller.warn(f"{name}: {note}")
    return distinct(rows, consoles - {""})


def _listed(name: str, stdin: BinaryIO | None) -> tuple[str, Inventory]:
    """The console that an inventory is of, empty for any other, and what it lists."""
    data = _data(name, stdin)
    if not is_bundle(data):
        return "", read_inventory(data, name)
    bundle = read_bundle(data, name)
    if bundle.platform != "hmc":
        raise InputError(f"{name}: is a bundle, but not of a management console, so it lists no partitions")
    return bundle.name, partitions_of(bundle)


def _data(name: str, stdin: BinaryIO | None) -> bytes:
    try:
        if name != _STDIN:
            return bounded(Path(name), LIMITS.size)
        return within(stdin, LIMITS.size) if stdin is not None else b""
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from None
    except Unfit as unfit:
        raise InputError(f"{name}: {unfit.says}") from None


def _discovered(name: str, folder: Path, options: CollectOptions, around: Surroundings) -> tuple[str, Inventory]:
    """Ask a console which partitions it has; its bundle stays in the run."""
    (row,) = distinct([row_of(name.removeprefix(CONSOLE).rstrip("/"))])
    collected = gather([HmcJob(row, options.settings, clock=around.clock)], "hmc", folder, options.order, around)
    if collected.interrupted:
        raise KeyboardInterrupt
    (end,) = collected.rows
    if end.word != "collected":
        raise InputError(f"{name}: was not collected: {end.word}: {end.says}")
    if collected.earlier:
        around.teller.warn(f"{name}: its list was collected earlier into this run, at {end.utc}")
    return row.label, partitions_of(read_bundle(Folder(folder).kept(row.label), name))
