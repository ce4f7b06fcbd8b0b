"""`rmccomply rules`: what the rules ask, why, and where that is written."""

from typing import Annotated

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import complete_policy, complete_rule

app = new_app()


@app.command(short_help="List the rules of a policy, or explain one.")
def rules(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE", help="One rule, whole; without it all are listed.", autocompletion=complete_rule
        ),
    ] = None,
    policy: Annotated[
        str,
        typer.Option(
            "-p",
            "--policy",
            metavar="POLICY",
            help="A shipped policy's id or a policy file.",
            autocompletion=complete_policy,
        ),
    ] = "rmc-core",
) -> None:
    """List the rules of a policy, or explain one: what it asks, why, what to do, where that is written.

    \b
    Examples:
      rmccomply rules
      rmccomply rules RMC-ID-001
      rmccomply rules -p powervs-import
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import rules as runs

    runs.rules(rule, policy, TerminalTeller())
