"""`rmccomply example`: the shipped examples in a new folder, to try everything on."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app

app = new_app()


@app.command(short_help="Unpack example partitions to try everything on.")
def example(
    to: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A new folder. [default: rmccomply-examples]"),
    ] = None,
) -> None:
    """Unpack the shipped examples into a new folder: five constructed partitions, healthy and broken.

    \b
    Begin with:
      rmccomply example
      rmccomply check rmccomply-examples
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import example as runs

    runs.example(to or Path(runs.FOLDER), TerminalTeller())
