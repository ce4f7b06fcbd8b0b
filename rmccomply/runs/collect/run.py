"""One run over targets: what is asked of it, what it takes from its surroundings, and how it ended."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from rmccomply.collect.folder import Folder
from rmccomply.collect.inventory.row import Access
from rmccomply.collect.journal import End, Journal, is_there
from rmccomply.collect.loop import CancelledBy, by_nothing, ran
from rmccomply.collect.progress import Progress
from rmccomply.collect.run import Clock, Job, Order, RunAtWork, utc
from rmccomply.collect.ssh import ClientSettings
from rmccomply.data import collector_text
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.told import redact_told
from rmccomply.guarded import Unfit, bounded
from rmccomply.runs.teller import SILENT, Teller
from rmccomply.tuples import NamedTuple

_LARGEST_SCRIPT = 4 * 1024**2
NO_WORDS: Final[Mapping[str, Sequence[str]]] = {}
_ACCESS: Final[dict[Access, tuple[str, ...]]] = {"direct": (), "sudo": ("--sudo",), "vios": ("--vios",)}


class CollectOptions(NamedTuple):
    """What is asked of a run. `order` has its bounds, of which the deadline of the whole is one, in seconds.

    `settings` say how ssh is used, `access` how the collector is run, `collector` is a script in its place; of
    `policies`, by id or path, it is told what stays unknown. `proxy_commands`: commands of an inventory may run here.
    """

    order: Order = Order()
    settings: ClientSettings = ClientSettings()
    plan: str = "full"
    access: Access = "direct"
    collector: Path | None = None
    policies: tuple[str, ...] = ("rmc-core",)
    proxy_commands: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        """The words for the collector."""
        return (self.plan, *(("--probe",) if self.order.probe else ()))

    def words(self, inventories: Sequence[str] = (), hosts: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
        """What of the command collecting again needs, for the journal: no absolute path, and no secret."""
        return {
            "inventories": tuple(redact_told(_relative(one)) for one in inventories),
            "hosts": tuple(map(redact_told, hosts)),
            "options": _ACCESS[self.access],
        }

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


def _relative(path: str) -> str:
    """A path from here, or the name alone of a file that is elsewhere; whatever is no absolute path as it is."""
    if not os.path.isabs(path):
        return path
    near = os.path.relpath(path)
    return os.path.basename(path) if near.startswith("..") else near


class Surroundings(NamedTuple):
    """What a run takes from where it is started: who hears it, what `-` stands for, what cancels it, its clock."""

    teller: Teller = SILENT
    stdin: BinaryIO | None = None
    cancelled_by: CancelledBy = by_nothing
    clock: Clock = utc


class Collected(NamedTuple):
    """How a run ended: a row for each target in their order, whose `word` is `collected` or why it was not.

    `earlier` are those that the folder had already; `interrupted`: it was ended before all were asked. `loose` are
    targets, and `jumps` hosts between, whose keys the configuration of ssh leaves unchecked. Of the rules some may stay
    `unprobed`, without --probe, or `unasked`, by the plan quick.
    """

    folder: Path
    rows: tuple[End, ...]
    earlier: frozenset[str]
    interrupted: bool
    loose: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()
    unprobed: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """130 interrupted, 4 no target, 5 where one was not collected whole, else 0."""
        if self.interrupted:
            return 130
        if not self.rows:
            return 4
        return 5 if any(end.word != "collected" for end in self.rows) else 0


def gather(
    jobs: Sequence[Job],
    transport: str,
    folder: Path,
    order: Order,
    around: Surroundings,
    words: Mapping[str, Sequence[str]] = NO_WORDS,
) -> Collected:
    """One run into a folder: what is missing is asked, and what is there already is not. `words` go into its journal.

    Raises UsageError where the folder holds other things, or a target of that name by another transport, OutputError.
    """
    files = Folder(folder)
    if others := files.of_others():
        raise UsageError(f"{folder}: holds files that no run collected ({some(others)}): name another folder")
    journal = Journal(folder)
    try:
        _refuse_others(jobs, transport, journal)
        there = {job.label for job in jobs if is_there(journal.before.get(job.label), files.bundle(job.label))}
        todo = [job for job in jobs if job.label not in there]
        journal.run(transport, len(jobs), around.clock(), **words)
        progress = Progress(len(todo), around.teller.progress, around.teller.columns())
        run = RunAtWork(files, journal, order, progress, around.clock)
        run.expect(todo)
        interrupted = ran(run, todo, progress, around.cancelled_by)
    finally:
        journal.close()
    ends = tuple(run.ends.get(job.label) or journal.before[job.label] for job in jobs)
    return Collected(folder, ends, frozenset(there), interrupted)


def _refuse_others(jobs: Sequence[Job], transport: str, journal: Journal) -> None:
    """One name has one bundle: what came from a console is not overwritten, nor taken for a partition of its name."""
    for job in jobs:
        end = journal.before.get(job.label)
        if end is not None and end.transport not in ("", transport):
            raise UsageError(f"{job.label}: this run has a target of that name by {end.transport}; name another folder")


def some(labels: Sequence[str]) -> str:
    """A few names and the count of the others."""
    shown = ", ".join(labels[:5])
    left = len(labels) - 5
    return shown if left <= 0 else f"{shown} and {left} other{'s' if left > 1 else ''}"
