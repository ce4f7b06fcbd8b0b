"""`rmccomply collect`: get the evidence of partitions, from them or from archives that people already have."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import Secrets, complete_policy, take_secrets

if TYPE_CHECKING:
    from rmccomply.collect.inventory.row import Access
    from rmccomply.collect.ssh import ClientSettings
    from rmccomply.runs.collect_run import Surroundings

app = new_app(
    help="Get the evidence of partitions.",
    short_help="Get the evidence of partitions.",
    no_args_is_help=True,
)


RunOption = Annotated[
    Path | None,
    typer.Option(
        "--run",
        metavar="DIR",
        help="The folder of the run; of one that is there only what is missing is asked. [default: a new one]",
    ),
]
ProfileOption = Annotated[Literal["quick", "full"], typer.Option(help="How much the collector asks.")]
Sudo = Annotated[bool, typer.Option("--sudo", help="Run the collector as root by `sudo -n`.")]
Vios = Annotated[bool, typer.Option("--vios", help="Run the collector as root by padmin's `oem_setup_env`.")]
Script = Annotated[
    Path | None, typer.Option(metavar="FILE", help="This collector script, such as an approved copy. [default: ours]")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress on standard error.")]
Config = Annotated[
    str | None, typer.Option(metavar="FILE", help="A configuration of ssh instead of your own (`ssh -F`).")
]
AcceptNew = Annotated[
    bool,
    typer.Option("--accept-new", help="Take the key of a host that known_hosts does not have; never a changed one."),
]
Connect = Annotated[int, typer.Option(min=1, metavar="SECONDS", help="How long ssh tries to connect.")]
Retries = Annotated[int, typer.Option(min=0, help="How often to ask again where not one octet came.")]
HostTime = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="The longest time for one host.")]
Deadline = Annotated[
    float | None, typer.Option(min=1, metavar="SECONDS", help="The longest time for the whole run. [default: none]")
]


@app.callback()
def collect() -> None:
    """Get the evidence of partitions."""


@app.command("import", short_help="Say what a support archive answers, and keep the answers.")
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
            help="A new bundle (NAME.rmcc), or a new folder for captures. Without it nothing is written.",
        ),
    ] = None,
    secrets: Secrets = None,
) -> None:
    """Say which requests a support archive answers and which it does not, and keep its answers if asked to.

    A bundle says how every command ended, so only a sosreport with its manifest can become one; what other archives
    hold becomes a folder of captures. `check` reads archives too, as they are.

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


@app.command(short_help="Collect from partitions by ssh.")
def ssh(
    hosts: Annotated[
        list[str] | None,
        typer.Argument(metavar="HOST", help="As ssh is asked for it: host, user@host, user@host:port."),
    ] = None,
    inventory: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A list of hosts, an inventory of Ansible or the JSON of ansible-inventory --list, a configuration of "
            "ssh, a bundle of a console, a list of PowerVS instances in JSON, - or hmc://HOST; repeatable.",
        ),
    ] = None,
    run: RunOption = None,
    profile: ProfileOption = "full",
    sudo: Sudo = False,
    vios: Vios = False,
    probe: Annotated[
        bool, typer.Option("--probe", help="Try TCP 657: from the partitions to their consoles, and from here to them.")
    ] = False,
    parallel: Annotated[int, typer.Option(min=1, help="So many hosts at once.")] = 32,
    per_jump: Annotated[int, typer.Option(min=1, help="So many at once through one jump host.")] = 8,
    retries: Retries = 2,
    host_timeout: HostTime = 420,
    deadline: Deadline = None,
    connect_timeout: Connect = 10,
    ssh_config: Config = None,
    accept_new: AcceptNew = False,
    proxy_commands: Annotated[
        bool,
        typer.Option(
            "--proxy-commands", help="Run the ProxyCommand of an inventory, which is a command on this machine."
        ),
    ] = False,
    collector: Script = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--policy",
            metavar="POLICY",
            help="Whose rules are told that need a probe; repeatable. [default: rmc-core]",
            autocompletion=complete_policy,
        ),
    ] = None,
    secrets: Secrets = None,
    quiet: Quiet = False,
) -> None:
    """Collect from partitions by ssh: one connection each, the script by standard input, nothing installed.

    The OpenSSH client does the work, with your configuration, keys, agents and jump hosts; it never asks for a password
    and always checks host keys. Every target ends in a row: collected, or why not. Judge the folder with `check`.

    \b
    Examples:
      rmccomply collect ssh lpar0007 lpar0008
      rmccomply collect ssh --inventory hosts.txt --sudo --run monday
      ansible-inventory --list | rmccomply collect ssh --inventory - --probe
      rmccomply collect ssh --inventory hmc://audit@hmc1 --accept-new

    \b
    Exit status:
      0    all were collected
      2    a fault of the command line, an inventory or the folder
      4    there was no target
      5    some were not collected, or not whole
      130  interrupted; what came is kept, and --run goes on with the rest
    """
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect_run import CollectOptions

    take_secrets(secrets)
    order = Order(parallel, per_jump, retries, host_timeout, deadline, probe)
    options = CollectOptions(
        order,
        settings_of(ssh_config, accept_new, connect_timeout),
        profile,
        access_of(sudo, vios),
        collector,
        tuple(policy or ("rmc-core",)),
        proxy_commands,
    )
    raise typer.Exit(runs.ssh(hosts or (), inventory or (), folder_of(run), options, surroundings(quiet)))


@app.command(short_help="Collect from this machine.")
def local(
    run: RunOption = None,
    profile: ProfileOption = "full",
    sudo: Sudo = False,
    probe: Annotated[
        bool, typer.Option("--probe", help="Try TCP 657 of the consoles that this machine names.")
    ] = False,
    host_timeout: HostTime = 420,
    collector: Script = None,
    secrets: Secrets = None,
    quiet: Quiet = False,
) -> None:
    """Collect from this machine, by the same script.

    \b
    Example:
      rmccomply collect local --sudo --run here
    """
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect_run import CollectOptions

    take_secrets(secrets)
    order = Order(host_limit=host_timeout)
    options = CollectOptions(order, profile=profile, access=access_of(sudo, False), collector=collector)
    raise typer.Exit(runs.local(folder_of(run), options, probe, surroundings(quiet)))


@app.command(short_help="Collect from management consoles by ssh.")
def hmc(
    hosts: Annotated[list[str], typer.Argument(metavar="HOST", help="Consoles, as ssh is asked for them.")],
    run: RunOption = None,
    diagrmc: Annotated[
        bool, typer.Option("--diagrmc", help="Ask diagrmc too, which probes the partitions; it corrects nothing.")
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
    """Collect from management consoles: commands that list, each in a session of its own, one after the other.

    The bundle of a console is an inventory too: collect ssh --inventory RUN/hmc1.rmcc.

    \b
    Example:
      rmccomply collect hmc audit@hmc1 audit@hmc2 --run consoles
    """
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect_run import CollectOptions

    take_secrets(secrets)
    order = Order(retries=retries, host_limit=host_timeout, run_limit=deadline)
    options = CollectOptions(order, settings_of(ssh_config, accept_new, connect_timeout))
    raise typer.Exit(runs.hmc(hosts, diagrmc, folder_of(run), options, surroundings(quiet)))


def reached(
    inputs: Sequence[str], policies: Sequence[str], run: str | None, config: str, probe: bool, quiet: bool
) -> list[str]:
    """The inputs of `check`, of which those of `ssh://` are collected first, into one folder in their place."""
    from rmccomply.collect.run import Order
    from rmccomply.runs import collect as runs
    from rmccomply.runs.collect_run import CollectOptions

    options = CollectOptions(Order(probe=probe), settings_of(config, False, 10), policies=tuple(policies))
    return runs.reached(inputs, folder_of(Path(run) if run else None), options, surroundings(quiet))


def folder_of(run: Path | None) -> Path:
    """The folder of the run: the one that was named, else a new one with the time in its name."""
    return run or Path(datetime.now(UTC).strftime("rmccomply-%Y%m%dT%H%M%SZ"))


def surroundings(quiet: bool) -> "Surroundings":
    """What a run takes from this process."""
    from rmccomply.cli.signals import cancelled_by_signals
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.collect_run import Surroundings

    return Surroundings(TerminalTeller(quiet=quiet), sys.stdin.buffer, cancelled_by_signals)


def settings_of(config: str | None, accept_new: bool, connect_timeout: int) -> "ClientSettings":
    """How ssh is to be used."""
    from rmccomply.collect.ssh import ClientSettings

    return ClientSettings(config or "", accept_new, connect_timeout)


def access_of(sudo: bool, vios: bool) -> "Access":
    """How the collector is run. Raises UsageError where two ways are asked for."""
    from rmccomply.errors import UsageError

    if sudo and vios:
        raise UsageError("--sudo and --vios do not go together: oem_setup_env is root already")
    return "sudo" if sudo else "vios" if vios else "direct"
