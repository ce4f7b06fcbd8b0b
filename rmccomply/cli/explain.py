"""`rmccomply explain`: why a rule says what it says of one target."""

import sys
from typing import Annotated

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import (
    EVIDENCE,
    MAX_MEMBERS,
    MAX_SECONDS,
    MAX_SIZE,
    Against,
    MaxMembers,
    MaxSeconds,
    MaxSize,
    Now,
    OnePolicy,
    Parameters,
    Platform,
    RootUri,
    Secrets,
    clock,
    complete_rule,
    parameters_of,
    root_of,
    take_secrets,
)

app = new_app()


@app.command(short_help="Explain a rule, or its verdict on one target.")
def explain(
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help="The id of a rule, such as RMC-ID-001.", autocompletion=complete_rule)
    ],
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="INPUT",
            help="A bundle, capture folder, support archive, facts document, folder, or - for standard input. "
            "Without it, the rule itself is printed.",
        ),
    ] = None,
    causes: Annotated[
        bool, typer.Option("--causes", help="Show which problems can be the reason of which; takes no RULE.")
    ] = False,
    target: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=EVIDENCE, help="Which target, if there are several.")
    ] = None,
    policy: OnePolicy = "rmc-core",
    param: Parameters = None,
    now: Now = None,
    platform: Platform = None,
    secrets: Secrets = None,
    against: Against = None,
    root_uri: RootUri = None,
    max_size: MaxSize = MAX_SIZE,
    max_members: MaxMembers = MAX_MEMBERS,
    max_seconds: MaxSeconds = MAX_SECONDS,
) -> None:
    """Explain a rule's verdict on one target: each step of the proof, and the lines of evidence behind it.

    For a failed check it says which facts would have to differ for it to pass; for an undecided one, which command
    would decide it. `check` says what to do.

    With --causes it shows the problems of the target as a tree instead: what can be the reason of others first, what
    can follow from it below, and how many undecided checks wait for it.

    Marks: ✓ passes, ✗ fails, ? is undecided, – does not apply.

    \b
    Examples:
      rmccomply explain RMC-ID-001
      rmccomply explain RMC-ID-001 lpar0007.rmcc
      rmccomply explain RMC-FS-001 bundles/ --target lpar0007 --param full_percent=90
      rmccomply explain --causes lpar0007.rmcc

    \b
    Exit status:
      0  explained
      2  an error in the command line, the policy or the input
    """
    from functools import partial

    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.errors import UsageError
    from rmccomply.guarded import Limits
    from rmccomply.runs import explain as runs

    take_secrets(secrets)
    if source is None and not causes:
        from pathlib import Path

        from rmccomply.runs.rules import rules

        if Path(rule).exists():
            raise UsageError(f"{rule}: name a rule before the input, such as `rmccomply explain RMC-ID-001 {rule}`")
        rules(rule, policy, TerminalTeller())
        raise typer.Exit(0)
    limits = Limits(max_size, max_members, max_seconds)
    parameters, at = parameters_of(param or ()), clock(now)
    if source is not None and causes:
        raise UsageError("--causes takes no RULE: name the input alone")
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
        against=tuple(against or ()),
    )
    for fault in explained.faults:
        teller.fault(fault)
    teller.result(explained.text)
    raise typer.Exit(2 if explained.faults else 0)
