"""`rmccomply rules`: what the rules ask, why, and where that is written."""

from typing import Annotated

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import OnePolicy, complete_rule

app = new_app()


@app.command(short_help="List the rules of a policy, or print one.")
def rules(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help="A rule, or the beginning of several, such as RMC-ID. Without it, all are listed.",
            autocompletion=complete_rule,
        ),
    ] = None,
    policy: OnePolicy = "rmc-core",
) -> None:
    """List the rules of a policy, or print one: what it checks, why, what to do, and its references.

    \b
    Examples:
      rmccomply rules
      rmccomply rules RMC-ID
      rmccomply rules RMC-ID-001
      rmccomply rules -p powervs-import
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import rules as runs

    runs.rules(rule, policy, TerminalTeller())
