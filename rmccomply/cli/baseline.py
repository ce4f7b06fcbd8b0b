"""`rmccomply baseline`: fails that were there before, so that only new ones stop a pipeline."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app

app = new_app(
    help="Write down the fails that are there, so that only new ones count.",
    short_help="Write and update baselines of known fails.",
    no_args_is_help=True,
)

_REPORT = typer.Argument(metavar="REPORT", help="A report in JSON, of check -o json=FILE.")


@app.command(short_help="Write a baseline of the fails of a report.")
def write(
    report: Annotated[Path, _REPORT],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it; the file must not be there yet.")
    ],
) -> None:
    """Write a baseline of the fails of a report: a line each, which git merges.

    With check --baseline FILE these fails no longer count, as long as they are no more severe and of the same
    value. Undecided checks are never in it, and waived fails neither.

    \b
    Example:
      rmccomply check bundles/ -o json=rmc.json
      rmccomply baseline write rmc.json -o baseline.jsonl
      rmccomply check bundles/ --baseline baseline.jsonl
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import baseline as runs

    runs.write(report, output, TerminalTeller())


@app.command(short_help="Take out of a baseline what is fixed.")
def update(
    report: Annotated[Path, _REPORT],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The baseline.")],
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="FINGERPRINT", help="Take this fail of the report in, new or changed; repeatable."),
    ] = None,
) -> None:
    """Take out of a baseline what a report shows to be fixed, and lower what became less severe.

    An entry goes only where its check was decided on its partition. Nothing enters but what --accept names; each fail
    that the baseline does not cover is printed with its fingerprint, the worst first.

    \b
    Examples:
      rmccomply check bundles/ --baseline baseline.jsonl -o json=rmc.json
      rmccomply baseline update rmc.json baseline.jsonl
      rmccomply baseline update rmc.json baseline.jsonl --accept FINGERPRINT
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import baseline as runs

    runs.update(report, file, accept or (), TerminalTeller())
