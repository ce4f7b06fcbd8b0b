"""`rmccomply doctor`: what is missing, here and there, before a first run."""

from typing import Annotated

import typer

from rmccomply.cli import new_app

app = new_app()


@app.command(short_help="Say what is missing before a first run.")
def doctor(
    hosts: Annotated[
        list[str] | None, typer.Argument(metavar="HOST", help="Partitions to look at, as for ssh: host or user@host.")
    ] = None,
    inventory: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="An inventory as for collect ssh: is it readable, and how many targets has it? Repeatable.",
        ),
    ] = None,
    sudo: Annotated[bool, typer.Option("--sudo", help="Look as collect ssh --sudo would.")] = False,
    vios: Annotated[bool, typer.Option("--vios", help="Look as collect ssh --vios would.")] = False,
    user: Annotated[
        str, typer.Option(metavar="NAME", help="The user in the printed sudoers and RBAC lines.")
    ] = "audit",
    connect_timeout: Annotated[int, typer.Option(min=1, metavar="SECONDS", help="How long ssh tries to connect.")] = 10,
    ssh_config: Annotated[
        str | None, typer.Option(metavar="FILE", help="An ssh configuration to use instead of your own (`ssh -F`).")
    ] = None,
) -> None:
    """Say what is missing before a first run: here ssh, keys, inventories; on each HOST a shell, tools, RSCT and root.

    Where root is missing, it prints what would give it: lines for sudoers, AIX RBAC or authorized_keys. It changes
    nothing, here or there.

    \b
    Examples:
      rmccomply doctor
      rmccomply doctor --inventory hosts.txt
      rmccomply doctor lpar0007 --sudo

    \b
    Exit status:
      0  nothing is missing
      1  something is
    """
    from rmccomply.cli.collect import access_of, settings_of, surroundings
    from rmccomply.runs import doctor as runs

    settings = settings_of(ssh_config, False, connect_timeout)
    raise typer.Exit(
        runs.doctor(hosts or (), inventory or (), settings, access_of(sudo, vios), user, surroundings(False))
    )
