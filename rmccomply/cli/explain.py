"""`rmccomply explain`: why a rule says what it says of one target."""

import sys
from typing import Annotated, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import (
    MAX_MEMBERS,
    MAX_SECONDS,
    MAX_SIZE,
    MaxMembers,
    MaxSeconds,
    MaxSize,
    Secrets,
    clock,
    complete_policy,
    complete_rule,
    parameters_of,
    root_of,
    take_secrets,
)

app = new_app()


@app.command(short_help="Explain a rule's verdict on one target, step by step.")
def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule.", autocompletion=complete_rule)],
    source: Annotated[
        str | None,
        typer.Argument(metavar="INPUT", help="A bundle (.rmcc), facts document, capture folder, folder, or - ."),
    ] = None,
    causes: Annotated[
        bool, typer.Option("--causes", help="Which problems can be the reason of which; takes no RULE.")
    ] = False,
    target: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which target, where the input has several.")
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
    param: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Tune a parameter; repeatable.")] = None,
    now: Annotated[str | None, typer.Option(metavar="RFC3339", help="The clock of the run. [default: now]")] = None,
    platform: Annotated[
        Literal["aix", "vios", "linux", "hmc"] | None,
        typer.Option(help="The platform of targets, for captures that do not say."),
    ] = None,
    secrets: Secrets = None,
    root_uri: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="What evidence uris are relative to. [default: working directory]"),
    ] = None,
    max_size: MaxSize = MAX_SIZE,
    max_members: MaxMembers = MAX_MEMBERS,
    max_seconds: MaxSeconds = MAX_SECONDS,
) -> None:
    """Explain a rule's verdict on one target: each step of the proof, and the lines of evidence behind it.

    Of a fail it says which facts would have to be otherwise for the rule to pass, of an unknown the command that would
    settle it. It changes nothing and advises nothing: `check` says what to do.

    With --causes it shows the problems of the target as a tree instead: what can be the reason of others first, what
    can follow from it below, and how many undecided checks wait for it.

    \b
    Marks: ✓ passes, ✗ fails, ? is unknown, – does not apply.

    \b
    Examples:
      rmccomply explain RMC-ID-001 lpar0007.rmcc
      rmccomply explain RMC-FS-001 bundles/ --target lpar0007 --param full_percent=90
      rmccomply explain --causes lpar0007.rmcc

    \b
    Exit status:
      0  explained
      2  a fault of the command line, the policy or the input
    """
    from functools import partial

    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.errors import UsageError
    from rmccomply.guarded import Limits
    from rmccomply.runs import explain as runs

    take_secrets(secrets)
    limits = Limits(max_size, max_members, max_seconds)
    parameters, at = parameters_of(param or ()), clock(now)
    if (source is None) is not causes:
        says = "--causes takes no RULE: name the input alone" if causes else "INPUT is missing: what to explain it on"
        raise UsageError(says)
    teller = TerminalTeller()
    asked = partial(runs.explain, source or "", rule) if source is not None else partial(runs.explain_causes, rule)
    explained = asked(
        policies=(policy,),
        now=at,
        target=target,
        parameters=parameters,
        platform=platform or "",
        limits=limits,
        root=root_of(root_uri),
        stdin=sys.stdin.buffer,
        page=teller.page(),
    )
    for fault in explained.faults:
        teller.fault(fault)
    teller.result(explained.text)
    raise typer.Exit(2 if explained.faults else 0)
