"""`rmccomply requests`: what a policy needs of a partition, before anyone connects."""

from typing import Annotated, Literal

import typer

from rmccomply.cli import new_app, say
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

    from rmccomply.collect.listing import TITLES
    from rmccomply.collect.needs import needs, needs_json, needs_text
    from rmccomply.policy.load import load

    policies = [load(name) for name in policy or ["rmc-core"]]
    found = {name: needs(policies, name, profile) for name in ([platform] if platform else TITLES)}
    if output == "json":
        text = needs_json(policies, found)
    else:
        text = "\n".join(needs_text(TITLES[name], lines) for name, lines in found.items())
    say(text)
