"""`rmccomply bundle`: look at evidence bundles, prove them sound, take answers out of them, replay them."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import Secrets, take_secrets

app = new_app(
    help="Show, verify, unpack and replay evidence bundles.",
    short_help="Show, verify, unpack and replay evidence bundles.",
    no_args_is_help=True,
)

BundleFile = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A bundle (.rmcc or .rmcc.gz).")]


@app.command(short_help="List what a bundle holds.")
def show(bundle: BundleFile, secrets: Secrets = None) -> None:
    """List what a bundle holds: its head, and each request with the state of its answer.

    \b
    Example:
      rmccomply bundle show lpar0007.rmcc
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import bundle as runs

    take_secrets(secrets)
    raise typer.Exit(runs.show(bundle, TerminalTeller()))


@app.command(short_help="Verify bundles, or say what is damaged.")
def verify(
    bundles: Annotated[list[Path], typer.Argument(metavar="BUNDLE", help="Bundles to verify.")],
    secrets: Secrets = None,
) -> None:
    """Check every checksum, count and line of bundles. Exit status 0: all intact; 3: something is damaged.

    \b
    Example:
      rmccomply bundle verify bundles/*.rmcc
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import bundle as runs

    take_secrets(secrets)
    raise typer.Exit(runs.verify(bundles, TerminalTeller()))


@app.command(short_help="Take answers out of a bundle.")
def extract(
    bundle: BundleFile,
    request: Annotated[
        str | None,
        typer.Argument(metavar="REQUEST", help="A command such as 'lssrc -a', or a file such as /etc/ct_node_id."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write all answers into this new capture folder."),
    ] = None,
    error: Annotated[bool, typer.Option("--error", help="Print the error output instead of the output.")] = False,
    secrets: Secrets = None,
) -> None:
    """Take answers out of a bundle, byte for byte: one to standard output, or all into a folder.

    `check` reads the folder, but without the exit statuses and times of the bundle.

    \b
    Examples:
      rmccomply bundle extract lpar0007.rmcc 'lssrc -a'
      rmccomply bundle extract lpar0007.rmcc --to lpar0007/
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import bundle as runs

    take_secrets(secrets)
    raise typer.Exit(runs.extract(bundle, request, to, error, TerminalTeller()))


@app.command(short_help="Make a stand-in host that answers as recorded.")
def replay(
    bundle: BundleFile,
    to: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    delays: Annotated[bool, typer.Option("--delays", help="Answer as slowly as the host did.")] = False,
    secrets: Secrets = None,
) -> None:
    """Write a folder of stand-in commands and files that answer as recorded: a host to try the collector on.

    What timed out hangs, and incomplete answers stay incomplete. A bundle that is collected from such a folder says
    so in its head (mode replay).

    \b
    Example:
      rmccomply bundle replay lpar0007.rmcc lpar0007/
      rmccomply collect script | sh -s -- full --probe --replay "$PWD/lpar0007" > again.rmcc
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import bundle as runs

    take_secrets(secrets)
    raise typer.Exit(runs.replay(bundle, to, delays, TerminalTeller()))
