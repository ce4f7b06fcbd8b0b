"""`rmccomply rules`: what the rules ask, why, and where that is written."""

from typing import Annotated

import typer

from rmccomply.cli import new_app, say
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

    from rmccomply.checks.operands import nearest
    from rmccomply.errors import UsageError
    from rmccomply.policy.load import load
    from rmccomply.reference.pages import rule_text
    from rmccomply.terminal import visible

    loaded = load(policy)
    by_id = {one.rule.id: one for one in loaded.rules}
    if rule is None:
        text = "".join(
            f"{one.rule.id:<14} {one.severity:<9} {one.rule.confidence:<14} {visible(one.rule.title)}\n"
            for one in loaded.rules
        )
    elif rule in by_id:
        text = "".join(f"{visible(line)}\n" for line in rule_text(by_id[rule], loaded).removesuffix("\n").split("\n"))
    else:
        raise UsageError(f"policy {loaded.id} has no rule '{rule}'{nearest(rule, by_id)}")
    say(text)
