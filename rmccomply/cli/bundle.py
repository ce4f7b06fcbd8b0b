"""`rmccomply bundle`: look at evidence bundles, prove them sound, take answers out of them."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app

app = new_app(
    help="Look at evidence bundles, prove them sound, take answers out of them.",
    short_help="Show, verify and unpack evidence bundles.",
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A bundle (.rmcc or .rmcc.gz).")]


@app.command(short_help="List what a bundle holds.")
def show(bundle: File) -> None:
    """List what a bundle holds: its head, and each request with the state of its answer.

    \b
    Example:
      rmccomply bundle show lpar0007.rmcc
    """
    from rmccomply.cli import bundling

    raise typer.Exit(bundling.show(bundle))


@app.command(short_help="Prove bundles sound, or say what is damaged.")
def verify(bundles: Annotated[list[Path], typer.Argument(metavar="BUNDLE", help="Bundles to verify.")]) -> None:
    """Check every sum, count and line of bundles. Status 0: all sound; 3: something is damaged.

    \b
    Example:
      rmccomply bundle verify bundles/*.rmcc
    """
    from rmccomply.cli import bundling

    raise typer.Exit(bundling.verify(bundles))


@app.command(short_help="Take answers out of a bundle.")
def extract(
    bundle: File,
    request: Annotated[
        str | None, typer.Argument(metavar="REQUEST", help="A request such as 'lssrc -a' or /etc/ct_node_id.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write every answer into this new folder, as a capture folder."),
    ] = None,
    error: Annotated[bool, typer.Option("--error", help="The error output instead of the output.")] = False,
) -> None:
    """Take answers out of a bundle, byte for byte: one to standard output, or all into a folder.

    The folder is a capture folder: `check` reads it, though exit statuses and times stay behind in the bundle.

    \b
    Examples:
      rmccomply bundle extract lpar0007.rmcc 'lssrc -a'
      rmccomply bundle extract lpar0007.rmcc --to lpar0007/
    """
    from rmccomply.cli import bundling

    raise typer.Exit(bundling.extract(bundle, request, to, error))
