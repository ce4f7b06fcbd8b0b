"""What the commands of `collect` that ask hosts do: rows, one run over them, and what is told of it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rmccomply.collect.hmc import HmcJob
from rmccomply.collect.inventory.row import HostRow, distinct
from rmccomply.collect.jobs import LocalJob, SshJob, client_fault, unchecked_jumps
from rmccomply.collect.needs import left_to_full, left_to_probes
from rmccomply.collect.ssh import ClientSettings, unchecked
from rmccomply.errors import UsageError
from rmccomply.evidence.told import know
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.runs.collect.rows import URL, row_of, row_of_url, rows_of
from rmccomply.runs.collect.run import Collected, CollectOptions, Surroundings, gather, some
from rmccomply.runs.collect.told import tell, tell_of_names, tell_of_rules

_AS_USUAL: Final = CollectOptions()
_NOBODY: Final = Surroundings()
"""Nobody hears the run, nothing is read by standard input, and nothing but Ctrl-C ends it early."""


def collect_from(
    hosts: Sequence[str],
    folder: Path,
    options: CollectOptions = _AS_USUAL,
    *,
    inventories: Sequence[str] = (),
    around: Surroundings = _NOBODY,
) -> Collected:
    """Collect from partitions by ssh into the folder of a run; of one that is there only what is missing is asked.

    `hosts` are named as ssh is asked for them, `user@host:port`; `inventories` are paths, `-` or `hmc://HOST`. What
    comes back has a row for each target, as `row.target`, `row.word` and `row.says`; the evidence stays in the folder,
    which is an input of `check`.

    Raises UsageError for a host or a folder that cannot be one and where ssh cannot be used, InputError for an
    inventory or a collector that cannot be read, PolicyError, OutputError, and KeyboardInterrupt where it was ended
    while a console was asked for its list.
    """
    if not hosts and not inventories:
        raise UsageError("collect ssh: name hosts, or an inventory with --inventory")
    _check_client(options.settings)
    policies = [load(name) for name in options.policies]
    rows = rows_of(hosts, inventories, folder, options, around)
    jobs = _jobs(rows, options)
    collected = gather(jobs, "ssh", folder, options.order, around, options.words(inventories, hosts))
    return collected._replace(
        loose=tuple(job.label for job in jobs if unchecked(job.resolved)),
        jumps=tuple(unchecked_jumps([job.resolved.jump for job in jobs], options.settings)),
        unprobed=_unprobed(policies, options, collected),
        unasked=_unasked(options),
    )


def _jobs(rows: Sequence[HostRow], options: CollectOptions) -> list[SshJob]:
    know(name for row in rows for name in (row.label, row.address))
    script = options.script
    return [SshJob(row, options.settings, options.access, options.arguments, script) for row in rows]


def _unprobed(policies: Sequence[LoadedPolicy], options: CollectOptions, collected: Collected) -> tuple[str, ...]:
    came = any(end.sha256 for end in collected.rows)
    return left_to_probes(policies) if came and not options.order.probe else ()


def _unasked(options: CollectOptions) -> tuple[str, ...]:
    return left_to_full([load(name) for name in options.policies]) if options.plan == "quick" else ()


def _check_client(settings: ClientSettings) -> None:
    fault = client_fault(settings)
    if fault:
        raise UsageError(f"ssh cannot be used: {fault}")


def ssh(
    hosts: Sequence[str], inventories: Sequence[str], folder: Path, options: CollectOptions, around: Surroundings
) -> int:
    """Collect from hosts by ssh, tell how it went, and give the exit status. Raises what `collect_from` does."""
    collected = collect_from(hosts, folder, options, inventories=inventories, around=around)
    tell(collected, options.access, around.teller)
    return collected.status


def local(folder: Path, options: CollectOptions, probe: bool, around: Surroundings) -> int:
    """Collect from this machine; only it probes, since there is nobody else. Raises what `collect_from` does."""
    arguments = (*options.arguments, "--probe") if probe else options.arguments
    job = LocalJob(os.uname().nodename or "localhost", options.access, arguments, options.script)
    collected = gather([job], "local", folder, options.order, around, options.words())
    tell(collected._replace(unasked=_unasked(options)), options.access, around.teller)
    return collected.status


def hmc(hosts: Sequence[str], diagnose: bool, folder: Path, options: CollectOptions, around: Surroundings) -> int:
    """Collect from management consoles, with `diagnose` by diagrmc too. Raises what `collect_from` does."""
    _check_client(options.settings)
    jobs = [HmcJob(row, options.settings, diagnose, clock=around.clock) for row in distinct(map(row_of, hosts))]
    collected = gather(jobs, "hmc", folder, options.order, around, options.words(hosts=hosts))
    tell(collected, options.access, around.teller)
    return collected.status


def reached(inputs: Sequence[str], folder: Path, options: CollectOptions, around: Surroundings) -> list[str]:
    """The inputs of `check` with the folder of a run in the place of what is to be collected by ssh first.

    Raises KeyboardInterrupt where that was interrupted; what came is kept. Raises what `collect_from` does.
    """
    policies = [load(name) for name in options.policies]
    _check_client(options.settings)
    jobs = _jobs(distinct(map(row_of_url, (name for name in inputs if name.startswith(URL)))), options)
    collected = gather(jobs, "ssh", folder, options.order, around)
    if collected.interrupted:
        raise KeyboardInterrupt
    if collected.earlier:
        names = some(sorted(collected.earlier))
        around.teller.warn(f"collected earlier into this run, and not asked again: {names}")
    around.teller.note(f"what was collected is kept in {folder}")
    tell_of_names(collected.rows, around.teller)
    tell_of_rules(collected._replace(unprobed=_unprobed(policies, options, collected)), around.teller)
    return [name for name in inputs if not name.startswith(URL)] + [str(folder)]
