"""`rmccomply report`: work on reports that were written earlier."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app, say

app = new_app(
    help="Validate reports that were written earlier.",
    short_help="Validate reports that were written earlier.",
    no_args_is_help=True,
)


@app.callback()
def _report() -> None:
    """Validate reports that were written earlier."""


@app.command(short_help="Validate reports against their schema.")
def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Reports in JSON, JSON Lines or SARIF, or facts documents.")
    ],
) -> None:
    """Validate files against their schema: JSON, JSON Lines, SARIF 2.1.0 or facts documents.

    Exit status 2 if one is invalid.

    \b
    Example:
      rmccomply report validate rmc.json rmc.jsonl rmc.sarif
    """
    from rmccomply.cli import complain
    from rmccomply.documents.validate import faults_of
    from rmccomply.terminal import visible

    status = 0
    for path in files:
        faults = faults_of(path)
        for fault in faults:
            complain(f"error: {path}: {fault}")
            status = 2
        if not faults:
            say(visible(f"{path}: valid") + "\n")
    raise typer.Exit(status)
