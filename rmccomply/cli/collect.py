"""`rmccomply collect`: get the evidence of partitions, from them or from archives that people already have."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import POLICY, Secrets, complete_policy, take_secrets

if TYPE_CHECKING:
    from rmccomply.collect.inventory.row import Access
    from rmccomply.collect.ssh import ClientSettings
    from rmccomply.runs.collect.run import Surroundings

app = new_app(
    help="Collect the evidence of partitions, and say what that involves.",
    short_help="Collect evidence: by ssh, from archives, by script.",
    no_args_is_help=True,
)

_RUN: Final = "The run"
_TARGETS: Final = "Targets"
_HOW: Final = "How it is collected"
_SSH: Final = "ssh"

RunOption = Annotated[
    Path | None,
    typer.Option(
        "--run",
        metavar="DIR",
        rich_help_panel=_RUN,
        help="Folder of the run; an existing one is continued with what is missing. [default: a new folder]",
    ),
]
PlanOption = Annotated[
    Literal["quick", "full"],
    typer.Option(metavar="WORD", rich_help_panel=_HOW, help="How much is asked: quick or full."),
]
Sudo = Annotated[bool, typer.Option("--sudo", rich_help_panel=_HOW, help="Run the collector as root with `sudo -n`.")]
Vios = Annotated[
    bool, typer.Option("--vios", rich_help_panel=_HOW, help="Run the collector as root with padmin's `oem_setup_env`.")
]
Script = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        rich_help_panel=_HOW,
        help="Use this collector script, such as an approved copy. [default: the shipped one]",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", rich_help_panel=_RUN, help="No progress on standard error.")]
Config = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", rich_help_panel=_SSH, help="An ssh configuration to use instead of your own (`ssh -F`)."
    ),
]
AcceptNew = Annotated[
    bool,
    typer.Option(
        "--accept-new",
        rich_help_panel=_SSH,
        help="Accept the key of a host that is not in known_hosts; never a changed key.",
    ),
]
Connect = Annotated[
    int, typer.Option(min=1, metavar="SECONDS", rich_help_panel=_SSH, help="How long ssh tries to connect.")
]
Retries = Annotated[
    int,
    typer.Option(
        min=0, metavar="NUMBER", rich_help_panel=_RUN, help="How many more times to try a host that sends nothing."
    ),
]
HostTime = Annotated[
    float, typer.Option(min=1, metavar="SECONDS", rich_help_panel=_RUN, help="Time limit for one host.")
]
Deadline = Annotated[
    float | None,
    typer.Option(min=1, metavar="SECONDS", rich_help_panel=_RUN, help="Time limit for the run. [default: none]"),
]


@app.callback()
def collect() -> None:
    """Collect the evidence of partitions, and say what that involves."""


@app.command(short_help="Collect from partitions by ssh.")
def ssh(
    hosts: Annotated[
        list[str] | None,
        typer.Argument(metavar="HOST", help="As for ssh: host, user@host or user@host:port."),
    ] = None,
    inventory: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=_TARGETS,
            help="A list of hosts, an Ansible inventory, the JSON of ansible-inventory --list, an ssh configuration, "
            "a bundle of a console, a JSON list of PowerVS instances, hmc://HOST, or - for standard input; repeatable.",
        ),
    ] = None,
    run: RunOption = None,
    plan: PlanOption = "full",
    sudo: Sudo = False,
    vios: Vios = False,
    probe: Annotated[
        bool,
        typer.Option(
            "--probe",
            rich_help_panel=_HOW,
            help="Try TCP port 657: from each partition to its consoles, and from here to the partition.",
        ),
    ] = False,
    parallel: Annotated[
        int, typer.Option(min=1, metavar="NUMBER", rich_help_panel=_RUN, help="Maximum hosts in parallel.")
    ] = 32,
    per_jump: Annotated[
        int,
        typer.Option(
            min=1, metavar="NUMBER", rich_help_panel=_RUN, help="Maximum hosts in parallel through one jump host."
        ),
    ] = 8,
    retries: Retries = 2,
    host_timeout: HostTime = 420,
    deadline: Deadline = None,
    connect_timeout: Connect = 10,
    ssh_config: Config = None,
    accept_new: AcceptNew = False,
    proxy_commands: Annotated[
        bool,
        typer.Option(
            "--proxy-commands",
            rich_help_panel=_SSH,
            help="Run the ProxyCommand of an inventory, which is a command on this machine.",
        ),
    ] = False,
    collector: Script = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--policy",
            metavar="POLICY",
            rich_help_panel=POLICY,
            help="At the end, name the rules of this policy that stay undecided; repeatable. [default: rmc-core]",
            autocompletion=complete_policy,
        ),
    ] = None,
    secrets: Secrets = None,
    quiet: Quiet = False,
) -> None:
    """Collect from partitions by ssh: one connection each, the script through standard input, nothing installed.

    Your OpenSSH client does the work, with your configuration, keys, agents and jump hosts; it never asks for a
    password and always checks host keys. Every target ends in a row: collected, or why not. Then run `check` on the
    folder.

    \b
    Examples:
      rmccomply collect ssh lpar0007 lpar0008
      rmccomply collect ssh --inventory hosts.txt --sudo --run monday
      ansible-inventory --list | rmccomply collect ssh --inventory - --probe
      rmccomply collect ssh --inventory hmc://audit@hmc1 --accept-new

    \b
    Exit status:
      0    all were collected
      2    an error in the command line, an inventory or the folder
      4    there was no target
      5    some were not collected, or only in part
      130  interrupted; what came is kept, and --run continues with the rest
    """
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect.run import CollectOptions

    take_secrets(secrets)
    order = Order(parallel, per_jump, retries, host_timeout, deadline, probe)
    options = CollectOptions(
        order,
        settings_of(ssh_config, accept_new, connect_timeout),
        plan,
        access_of(sudo, vios),
        collector,
        tuple(policy or ("rmc-core",)),
        proxy_commands,
    )
    raise typer.Exit(runs.ssh(hosts or (), inventory or (), folder_of(run), options, surroundings(quiet)))


@app.command(short_help="Collect from this machine.")
def local(
    run: RunOption = None,
    plan: PlanOption = "full",
    sudo: Sudo = False,
    probe: Annotated[
        bool,
        typer.Option("--probe", rich_help_panel=_HOW, help="Try TCP port 657 of the consoles that this machine names."),
    ] = False,
    host_timeout: HostTime = 420,
    collector: Script = None,
    secrets: Secrets = None,
    quiet: Quiet = False,
) -> None:
    """Collect from this machine, with the same script.

    \b
    Example:
      rmccomply collect local --sudo --run here
    """
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect.run import CollectOptions

    take_secrets(secrets)
    order = Order(host_limit=host_timeout)
    options = CollectOptions(order, plan=plan, access=access_of(sudo, False), collector=collector)
    raise typer.Exit(runs.local(folder_of(run), options, probe, surroundings(quiet)))


@app.command(short_help="Collect from management consoles by ssh.")
def hmc(
    hosts: Annotated[list[str], typer.Argument(metavar="HOST", help="Consoles, as for ssh: user@host.")],
    run: RunOption = None,
    diagrmc: Annotated[
        bool,
        typer.Option(
            "--diagrmc", rich_help_panel=_HOW, help="Also run diagrmc, which probes the partitions; it changes nothing."
        ),
    ] = False,
    retries: Retries = 2,
    host_timeout: HostTime = 1800,
    deadline: Deadline = None,
    connect_timeout: Connect = 10,
    ssh_config: Config = None,
    accept_new: AcceptNew = False,
    secrets: Secrets = None,
    quiet: Quiet = False,
) -> None:
    """Collect from management consoles: commands that only list, one after the other.

    The bundle of a console is an inventory, too: collect ssh --inventory RUN/hmc1.rmcc.

    \b
    Example:
      rmccomply collect hmc audit@hmc1 audit@hmc2 --run consoles
    """
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect.run import CollectOptions

    take_secrets(secrets)
    order = Order(retries=retries, host_limit=host_timeout, run_limit=deadline)
    options = CollectOptions(order, settings_of(ssh_config, accept_new, connect_timeout))
    raise typer.Exit(runs.hmc(hosts, diagrmc, folder_of(run), options, surroundings(quiet)))


@app.command("import", short_help="Show what a support archive answers, and keep the answers.")
def take(
    archive: Annotated[
        Path,
        typer.Argument(metavar="ARCHIVE", help="A sosreport, supportconfig, AIX snap or ctsnap, packed or unpacked."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="A new bundle (NAME.rmcc) or a new capture folder. Without it nothing is written.",
        ),
    ] = None,
    secrets: Secrets = None,
) -> None:
    """Show which requests a support archive answers and which it does not; with -o, keep the answers.

    A bundle records how every command ended, so only a sosreport with its manifest can become one; other archives
    become a capture folder. `check` reads archives directly, too.

    \b
    Examples:
      rmccomply collect import sosreport-lpar7.tar.xz
      rmccomply collect import sosreport-lpar7.tar.xz -o lpar7.rmcc
      rmccomply collect import scc_lpar8.txz -o lpar8/
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.imports import import_archive

    take_secrets(secrets)
    raise typer.Exit(import_archive(archive, output, Path.cwd(), TerminalTeller()))


@app.command(short_help="Print the script that runs on partitions.")
def script() -> None:
    """Print the collector: one read-only shell script for AIX, VIOS and Linux.

    Nothing is installed on a partition. The script writes an evidence bundle to standard output; it explains itself:
    `sh collector.sh --help`, `sh collector.sh --list`.

    \b
    Examples:
      rmccomply collect script > collector.sh
      ssh lpar0007 sh -s -- full < collector.sh > lpar0007.rmcc
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import asked as runs

    runs.script(TerminalTeller())


@app.command("list", short_help="Print what the collector asks and why, for change boards.")
def listing(
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--policy",
            metavar="POLICY",
            rich_help_panel=POLICY,
            help="Only what this policy needs, with the rules that need it: an id or a file; repeatable.",
            autocompletion=complete_policy,
        ),
    ] = None,
    platform: Annotated[
        Literal["aix", "vios", "linux"] | None,
        typer.Option(metavar="NAME", rich_help_panel=_HOW, help="aix, vios or linux. [default: all]"),
    ] = None,
    plan: PlanOption = "full",
    output: Annotated[
        Literal["text", "json"],
        typer.Option("-o", "--output", metavar="FORMAT", help="text or json."),
    ] = "text",
) -> None:
    """Print each command and file that the collector asks for: why, for how long, and whether root is needed.

    With --policy: only what the rules of that policy need, and which rules.

    \b
    Examples:
      rmccomply collect list
      rmccomply collect list --policy powervs-import --platform aix
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import asked as runs

    runs.asked(policy or (), platform, plan, output, TerminalTeller())


def reached(
    inputs: Sequence[str], policies: Sequence[str], run: str | None, config: str, probe: bool, quiet: bool
) -> list[str]:
    """The inputs of `check`, of which those of `ssh://` are collected first, into one folder in their place."""
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect.run import CollectOptions

    options = CollectOptions(Order(probe=probe), settings_of(config, False, 10), policies=tuple(policies))
    return runs.reached(inputs, folder_of(Path(run) if run else None), options, surroundings(quiet))


def folder_of(run: Path | None) -> Path:
    """The folder of the run: the one that was named, else a new one with the time in its name."""
    return run or Path(datetime.now(UTC).strftime("rmccomply-%Y%m%dT%H%M%SZ"))


def surroundings(quiet: bool) -> "Surroundings":
    """What a run takes from this process."""
    from rmccomply.cli.signals import cancelled_by_signals
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.collect.run import Surroundings

    return Surroundings(TerminalTeller(quiet=quiet), sys.stdin.buffer, cancelled_by_signals)


def settings_of(config: str | None, accept_new: bool, connect_timeout: int) -> "ClientSettings":
    """How ssh is to be used."""
    from rmccomply.collect.ssh import ClientSettings

    return ClientSettings(config or "", accept_new, connect_timeout)


def access_of(sudo: bool, vios: bool) -> "Access":
    """How the collector is run. Raises UsageError where two ways are asked for."""
    from rmccomply.errors import UsageError

    if sudo and vios:
        raise UsageError("--sudo and --vios exclude each other: oem_setup_env already gives root")
    return "sudo" if sudo else "vios" if vios else "direct"
