"""`rmccomply waiver`: failing checks that somebody accepted until a day."""

from typing import Annotated, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import Now, Policies, Severities, clock, complete_rule, pairs_of

app = new_app(
    help="Accept failing checks until a day, and see what was accepted.",
    short_help="Accept failing checks until a day.",
    no_args_is_help=True,
)
_WHAT = "What is accepted"
_WHO = "Who accepted it, why and until when"
WaiversPath = Annotated[str, typer.Argument(metavar="FILE", help="A waivers file.")]


@app.callback()
def _waiver() -> None:
    """Accept failing checks until a day, and see what was accepted."""


@app.command(short_help="Add a waiver to a file.")
def add(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A waivers file; it is made if it is not there.")],
    rule: Annotated[
        str,
        typer.Option(metavar="RULE", rich_help_panel=_WHAT, help="The rule that fails.", autocompletion=complete_rule),
    ],
    owner: Annotated[str, typer.Option(metavar="NAME", rich_help_panel=_WHO, help="Who mends it until then.")],
    approved_by: Annotated[str, typer.Option(metavar="NAME", rich_help_panel=_WHO, help="Who accepted it.")],
    ticket: Annotated[str, typer.Option(metavar="TEXT", rich_help_panel=_WHO, help="The ticket or change.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", rich_help_panel=_WHO, help="Why, in a sentence.")],
    expires: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            rich_help_panel=_WHO,
            help="The last second that counts, with its offset: 2026-12-31T23:59:59+01:00.",
        ),
    ],
    target: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", rich_help_panel=_WHAT, help="Targets by name, such as 'aix73-*'; repeatable."),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            rich_help_panel=_WHAT,
            help="Targets with this label, such as wave=3; repeatable.",
        ),
    ] = None,
    subject: Annotated[
        str, typer.Option(metavar="TEXT", rich_help_panel=_WHAT, help="Only this subject of the rule.")
    ] = "",
    severity: Severities = None,
    pin_from: Annotated[
        str | None,
        typer.Option(
            metavar="REPORT",
            rich_help_panel=_WHAT,
            help="A report in JSON: the waiver holds only while the check says what it says there.",
        ),
    ] = None,
    approved: Annotated[
        str, typer.Option(metavar="DAY", rich_help_panel=_WHO, help="The day of approval. [default: today]")
    ] = "",
    id: Annotated[
        str, typer.Option("--id", metavar="ID", rich_help_panel=_WHO, help="Its id. [default: the next of the year]")
    ] = "",
    policy: Policies = None,
    now: Now = None,
) -> None:
    """Add a waiver to a file: a failing check that somebody accepted until a day.

    The rest of the file stays as it is. Several may add to one file at once, and none is lost.

    \b
    Example:
      rmccomply waiver add waivers.toml --rule RMC-VER-002 --target 'aix73-*' \\
        --severity low --owner a.meier@example.com --approved-by j.kim@example.com \\
        --ticket CHG0042 --reason 'Level is raised in the December build.' \\
        --expires 2026-12-31T23:59:59+01:00
      rmccomply check bundles/ --waivers waivers.toml
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.waivers import add as runs

    asked = runs.WaiverAsked(
        *(rule, tuple(target or ()), pairs_of("--label", label or ()), subject, severity or ""),
        *(owner, approved_by, approved, ticket, reason, expires, id, pin_from or ""),
    )
    runs.add(file, asked, policy or ["rmc-core"], clock(now), TerminalTeller())


@app.command("list", short_help="List the waivers of a file.")
def list_(
    file: WaiversPath,
    policy: Policies = None,
    now: Now = None,
    output: Annotated[
        Literal["text", "json"], typer.Option("-o", "--output", metavar="FORMAT", help="text or json.")
    ] = "text",
) -> None:
    """List the waivers of a file as they are now, or at another time: in force, soon, ran out or void.

    \b
    Examples:
      rmccomply waiver list waivers.toml
      rmccomply waiver list waivers.toml --now 2027-01-01T00:00:00Z
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.waivers import listing as runs

    runs.listed(file, policy or ["rmc-core"], clock(now), output, TerminalTeller())


@app.command(short_help="Find faults, and what runs out or is not needed.")
def lint(
    file: WaiversPath,
    report: Annotated[
        str | None, typer.Argument(metavar="REPORT", help="A report in JSON, to find waivers that cover nothing.")
    ] = None,
    policy: Policies = None,
    now: Now = None,
) -> None:
    """Find faults of a waivers file, and waivers that run out soon, ran out, are void, or cover nothing in a report.

    \b
    Example:
      rmccomply waiver lint waivers.toml rmc.json

    \b
    Exit status:
      0  no faults, and every waiver is in force
      1  a waiver runs out soon, ran out, is void, or covers nothing
      2  the file has faults
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.waivers import listing as runs

    raise typer.Exit(runs.lint(file, report, policy or ["rmc-core"], clock(now), TerminalTeller()))
