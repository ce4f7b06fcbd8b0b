"""What the commands of `collect` that ask hosts do: rows, one run over them, a table of how it went."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, get_args

from rmccomply.cli import complain, say
from rmccomply.collect.causes import CAUSES, advice
from rmccomply.collect.folder import Folder
from rmccomply.collect.hmc import HmcJob
from rmccomply.collect.inventory import read_inventory
from rmccomply.collect.inventory.partitions import partitions_of
from rmccomply.collect.inventory.plain import fault_of_target, parts_of, port_of
from rmccomply.collect.inventory.row import Access, Inventory, Row, distinct, new_row, without_commands
from rmccomply.collect.jobs import LocalJob, SshJob, client_fault, unchecked_jumps
from rmccomply.collect.journal import End, Journal, is_there
from rmccomply.collect.needs import left_to_full, left_to_probes
from rmccomply.collect.progress import Progress
from rmccomply.collect.run import Job, Order, Run, utc
from rmccomply.collect.ssh import Settings, unchecked
from rmccomply.data import collector_text
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.beside import is_name_of
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.told import know
from rmccomply.guarded import LIMITS, Unfit, bounded, within
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.terminal import visible
from rmccomply.words import counted

_CONSOLE = "hmc://"
_URL = "ssh://"
_TICK = 0.5
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_NARROW = 80
"""Columns of a terminal that does not tell them."""

_WIDEST = 60
_LARGEST_SCRIPT = 4 * 1024**2


class Wanted(NamedTuple):
    """What the command line asks of a run."""

    order: Order = Order()
    settings: Settings = Settings()
    run: Path | None = None
    profile: str = "full"
    access: Access = "direct"
    collector: Path | None = None
    policies: tuple[str, ...] = ("rmc-core",)
    quiet: bool = False
    proxy_commands: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        """The words for the collector."""
        return (self.profile, *(("--probe",) if self.order.probe else ()))

    @property
    def script(self) -> bytes:
        """The collector. Raises InputError where the one that was named cannot be read."""
        if self.collector is None:
            return collector_text().encode()
        try:
            return bounded(self.collector, _LARGEST_SCRIPT)
        except OSError as error:
            raise InputError(f"{self.collector}: cannot be read: {error.strerror}") from None
        except Unfit as unfit:
            raise InputError(f"{self.collector}: {unfit.says}") from None


class Gathered(NamedTuple):
    """How a run ended: a row for each target in their order, and whether it was interrupted."""

    folder: Folder
    ends: tuple[End, ...]
    earlier: frozenset[str]
    interrupted: bool

    @property
    def status(self) -> int:
        """130 interrupted, 4 no target, 5 where one was not collected whole, else 0."""
        if self.interrupted:
            return 130
        if not self.ends:
            return 4
        return 5 if any(end.word != "collected" for end in self.ends) else 0


def ssh(hosts: Sequence[str], inventories: Sequence[str], wanted: Wanted) -> int:
    """Collect from hosts by ssh."""
    if not hosts and not inventories:
        raise UsageError("collect ssh: name hosts, or an inventory with --inventory")
    _check_client(wanted)
    policies = [load(name) for name in wanted.policies]
    folder = new_folder(wanted)
    rows = rows_of(hosts, inventories, folder, wanted)
    jobs = _jobs(rows, wanted)
    gathered = gather(jobs, "ssh", folder, wanted)
    loose = [job.label for job in jobs if unchecked(job.resolved)]
    if loose:
        complain(f"the configuration of ssh does not check the keys of {_some(loose)}; here they were checked")
    jumps = unchecked_jumps([job.resolved.jump for job in jobs], wanted.settings)
    if jumps:
        complain(
            f"the keys of these jump hosts were not checked: {_some(jumps)}: the configuration of ssh says so, and the "
            "client that ssh sends there heeds that alone: set StrictHostKeyChecking yes for them"
        )
    _tell_of_probes(policies, wanted, gathered)
    _tell_of_quick(wanted)
    return tell(gathered, wanted)


def _jobs(rows: Sequence[Row], wanted: Wanted) -> list[SshJob]:
    know(name for row in rows for name in (row.label, row.address))
    script = wanted.script
    return [SshJob(row, wanted.settings, wanted.access, wanted.arguments, script) for row in rows]


def _tell_of_probes(policies: Sequence[LoadedPolicy], wanted: Wanted, gathered: Gathered) -> None:
    unknown = left_to_probes(policies)
    came = any(end.sha256 for end in gathered.ends)
    if unknown and came and not wanted.order.probe and not wanted.quiet:
        names = " and ".join((", ".join(unknown[:-1]), unknown[-1])) if len(unknown) > 1 else unknown[0]
        complain(f"without --probe, {names} can be unknown where no console is connected")


def _tell_of_quick(wanted: Wanted) -> None:
    if wanted.profile != "quick" or wanted.quiet:
        return
    unknown = left_to_full([load(name) for name in wanted.policies])
    if unknown:
        complain(f"the profile quick does not ask for all; what may stay unknown without full: {', '.join(unknown)}")


def reached(
    inputs: Sequence[str], policies: Sequence[str], run: str | None, config: str, probe: bool, quiet: bool
) -> list[str]:
    """The inputs of `check` with the folder of a run in the place of what is to be collected by ssh first.

    Raises KeyboardInterrupt where that was interrupted; what came is kept.
    """
    wanted = Wanted(Order(probe=probe), Settings(config), Path(run) if run else None, quiet=quiet)
    loaded = [load(name) for name in policies]
    _check_client(wanted)
    jobs = _jobs(distinct(map(row_of_url, (name for name in inputs if name.startswith(_URL)))), wanted)
    gathered = gather(jobs, "ssh", new_folder(wanted), wanted)
    if gathered.interrupted:
        raise KeyboardInterrupt
    if gathered.earlier:
        complain(f"collected earlier into this run, and not asked again: {_some(sorted(gathered.earlier))}")
    if not quiet:
        complain(f"what was collected is kept in {gathered.folder.path}")
    for line in odd_names(gathered.ends, quiet):
        complain(line)
    _tell_of_probes(loaded, wanted, gathered)
    return [name for name in inputs if not name.startswith(_URL)] + [str(gathered.folder.path)]


def row_of_url(text: str) -> Row:
    """`ssh://user@host:port`, with `?access=sudo` or `?access=vios` behind it. Raises UsageError."""
    place, mark, query = text.removeprefix(_URL).partition("?")
    row = row_of(place.rstrip("/"))
    name, _, value = query.partition("=")
    if not mark:
        return row
    if name != "access" or value not in get_args(Access):
        raise UsageError(f"{text}: behind ? stands access=direct, access=sudo or access=vios")
    return row._replace(access=next(access for access in get_args(Access) if access == value))


def local(wanted: Wanted, probe: bool) -> int:
    """Collect from this machine; only it probes, since there is nobody else."""
    arguments = (*wanted.arguments, "--probe") if probe else wanted.arguments
    job = LocalJob(os.uname().nodename or "localhost", wanted.access, arguments, wanted.script)
    gathered = gather([job], "local", new_folder(wanted), wanted)
    _tell_of_quick(wanted)
    return tell(gathered, wanted)


def hmc(hosts: Sequence[str], diagnose: bool, wanted: Wanted) -> int:
    """Collect from management consoles."""
    _check_client(wanted)
    jobs = [HmcJob(row, wanted.settings, diagnose) for row in distinct(map(row_of, hosts))]
    return tell(gather(jobs, "hmc", new_folder(wanted), wanted), wanted)


def _check_client(wanted: Wanted) -> None:
    fault = client_fault(wanted.settings)
    if fault:
        raise UsageError(f"ssh cannot be used: {fault}")


def new_folder(wanted: Wanted) -> Folder:
    """The folder of the run: the one that was named, else a new one with the time in its name."""
    return Folder(wanted.run or Path(datetime.now(UTC).strftime("rmccomply-%Y%m%dT%H%M%SZ")))


def row_of(text: str) -> Row:
    """A target as it is named on the command line: `user@host:port`."""
    if fault := fault_of_target(text):
        raise UsageError(fault)
    user, host, port = parts_of(text)
    try:
        return new_row(host, host, user=user, port=port_of(port))
    except ValueError as error:
        raise UsageError(f"{text}: {error}") from None


def rows_of(hosts: Sequence[str], inventories: Sequence[str], folder: Folder, wanted: Wanted) -> tuple[Row, ...]:
    """Every target that is named, and those of the inventories."""
    rows, consoles = [row_of(text) for text in hosts], set()
    for name in inventories:
        console, found = _discovered(name, folder, wanted) if name.startswith(_CONSOLE) else _listed(name)
        rows += found.rows if wanted.proxy_commands else without_commands(found.rows)
        consoles.add(console)
        for note in found.notes:
            complain(f"{name}: {note}")
    return distinct(rows, consoles - {""})


def _listed(name: str) -> tuple[str, Inventory]:
    """The console that an inventory is of, empty for any other, and what it lists."""
    try:
        data = within(sys.stdin.buffer, LIMITS.size) if name == "-" else bounded(Path(name), LIMITS.size)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from None
    except Unfit as unfit:
        raise InputError(f"{name}: {unfit.says}") from None
    if not is_bundle(data):
        return "", read_inventory(data, name)
    bundle = read_bundle(data, name)
    if bundle.platform != "hmc":
        raise InputError(f"{name}: is a bundle, but not of a management console, so it lists no partitions")
    return bundle.name, partitions_of(bundle)


def _discovered(name: str, folder: Folder, wanted: Wanted) -> tuple[str, Inventory]:
    """Ask a console which partitions it has; its bundle stays in the run."""
    (row,) = distinct([row_of(name.removeprefix(_CONSOLE).rstrip("/"))])
    gathered = gather([HmcJob(row, wanted.settings)], "hmc", folder, wanted)
    if gathered.interrupted:
        raise KeyboardInterrupt
    (end,) = gathered.ends
    if end.word != "collected":
        raise InputError(f"{name}: was not collected: {end.word}: {end.says}")
    if gathered.earlier:
        complain(f"{name}: its list was collected earlier into this run, at {end.utc}")
    return row.label, partitions_of(read_bundle(folder.kept(row.label), name))


def gather(jobs: Sequence[Job], transport: str, folder: Folder, wanted: Wanted) -> Gathered:
    """One run: what is missing is asked, and what is there already is not."""
    if others := folder.of_others():
        raise UsageError(f"{folder.path}: holds what no run collected into it ({_some(others)}): name another folder")
    journal = Journal(folder.path)
    try:
        _refuse_others(jobs, transport, journal)
        there = {job.label for job in jobs if is_there(journal.before.get(job.label), folder.bundle(job.label))}
        todo = [job for job in jobs if job.label not in there]
        journal.run(transport, len(jobs), utc())
        progress = Progress(len(todo), _write, _width(wanted.quiet))
        run = Run(folder, journal, wanted.order, progress)
        run.expect(todo)
        interrupted = _ran(run, todo, progress)
    finally:
        journal.close()
    ends = tuple(run.ends.get(job.label) or journal.before[job.label] for job in jobs)
    return Gathered(folder, ends, frozenset(there), interrupted)


def _refuse_others(jobs: Sequence[Job], transport: str, journal: Journal) -> None:
    """One name has one bundle: what came from a console is not overwritten, nor taken for a partition of its name."""
    for job in jobs:
        end = journal.before.get(job.label)
        if end is not None and end.transport not in ("", transport):
            raise UsageError(f"{job.label}: this run has a target of that name by {end.transport}; name another folder")


def _ran(run: Run, jobs: Sequence[Job], progress: Progress) -> bool:
    """Run to the end; whether it was interrupted (Ctrl-C, or a signal that ends programs)."""
    before = {number: signal.getsignal(number) for number in _ENDING}
    try:
        asyncio.run(_watched(run, jobs, progress))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return True
    finally:
        for number, action in before.items():
            signal.signal(number, action)
        progress.clear()
    return False


async def _watched(run: Run, jobs: Sequence[Job], progress: Progress) -> None:
    main = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if main is not None:
        for number in _ENDING:
            loop.add_signal_handler(number, main.cancel)
    ticking = asyncio.create_task(_ticking(progress))
    try:
        await run.collect(jobs)
    finally:
        ticking.cancel()


async def _ticking(progress: Progress) -> None:
    while True:
        await asyncio.sleep(_TICK)
        progress.draw()


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _width(quiet: bool) -> int | None:
    """The width of the terminal; 0 where nothing is to be shown, None where it is a file."""
    if quiet:
        return 0
    return (os.get_terminal_size(2).columns or _NARROW) if sys.stderr.isatty() else None


def tell(gathered: Gathered, wanted: Wanted) -> int:
    """Print the rows, and on standard error what to do about those that are not whole."""
    width = min(max((len(visible(end.target)) for end in gathered.ends), default=0), _WIDEST)
    lines = [_line(end, width, end.target in gathered.earlier) for end in gathered.ends]
    say("".join(lines))
    words = {end.word for end in gathered.ends}
    for cause in CAUSES:
        if cause in words:
            some = [end.target for end in gathered.ends if end.word == cause]
            complain(f"{cause}: {_some(some)}: {advice(cause, wanted.access)}")
    for line in odd_names(gathered.ends, wanted.quiet):
        complain(line)
    if not gathered.ends and not gathered.interrupted:
        complain("there is no target: the inventory names none")
    elif not wanted.quiet:
        count = sum(end.word == "collected" for end in gathered.ends)
        complain(f"{count} of {len(gathered.ends)} collected; now: rmccomply check {gathered.folder.path}")
    return gathered.status


def odd_names(ends: Sequence[End], quiet: bool) -> Iterator[str]:
    """Which targets are one host by their answers, and which call themselves otherwise than they are asked for."""
    by_name: dict[str, list[str]] = {}
    for end in ends:
        by_name.setdefault(end.name, []).append(end.target)
    shared = {name: labels for name, labels in by_name.items() if name and len(labels) > 1}
    for name, labels in shared.items():
        yield f"{_some(labels)} all call themselves {name}: see whether each address is the one of its target"
    others = [end for end in ends if end.name and end.name not in shared and not is_name_of(end.name, end.target)]
    if others and not quiet:
        yield f"these call themselves otherwise: {_some([f'{end.target} ({end.name})' for end in others])}"


def _line(end: End, width: int, earlier: bool) -> str:
    how = f"{counted(end.sections, 'answer')} in {end.seconds:g} s" if end.word == "collected" else end.says
    when = f"earlier, at {end.utc}: " if earlier else ""
    return f"{visible(end.target):<{width}}  {end.word:<16}  {when}{visible(how)}".rstrip() + "\n"


def _some(labels: Sequence[str]) -> str:
    """A few names and the count of the others."""
    shown = ", ".join(labels[:5])
    left = len(labels) - 5
    return shown if left <= 0 else f"{shown} and {left} other{'s' if left > 1 else ''}"
