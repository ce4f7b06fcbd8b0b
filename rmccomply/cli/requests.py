"""`rmccomply requests`: what a policy needs of a partition, before anyone connects."""

from typing import Annotated, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import complete_policy

app = new_app()


@app.command(short_help="Print what a policy needs of partitions, before anyone connects.")
def requests(
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--policy",
            metavar="POLICY",
            help="A shipped policy's id or a policy file; repeatable. [default: rmc-core]",
            autocompletion=complete_policy,
        ),
    ] = None,
    platform: Annotated[
        Literal["aix", "vios", "linux"] | None, typer.Option(help="Of this platform alone. [default: all]")
    ] = None,
    profile: Annotated[Literal["quick", "full"], typer.Option(help="What the collector is asked for.")] = "full",
    output: Annotated[Literal["text", "json"], typer.Option("-o", "--output", help="text or json.")] = "text",
) -> None:
    """Print what a policy needs of partitions: each command and file, whether root is needed, and the rules it serves.

    \b
    Examples:
      rmccomply requests --platform aix
      rmccomply requests -p powervs-import -o json
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import requests as runs

    runs.requests(policy or ["rmc-core"], platform, profile, output, TerminalTeller())
