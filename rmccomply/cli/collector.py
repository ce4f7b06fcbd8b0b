"""`rmccomply collector`: the script that gathers the evidence of one partition."""

from typing import Annotated

import typer

from rmccomply.cli import new_app

app = new_app()


@app.command(short_help="Print the script that runs on partitions, or what it asks.")
def collector(
    listed: Annotated[
        bool, typer.Option("--list", help="Print every request, why, and what needs root, for change boards.")
    ] = False,
    platform: Annotated[
        str | None, typer.Option("--platform", metavar="NAME", help="With --list: of aix, vios or linux alone.")
    ] = None,
) -> None:
    """Print the collector: one shell script that reads, and changes nothing, on AIX, VIOS and Linux.

    Nothing is installed on a partition. The script writes an evidence bundle to standard output, and tells all that it
    can do itself: `sh collector.sh --help`, `sh collector.sh --list`.

    \b
    Examples:
      rmccomply collector > collector.sh
      ssh lpar0007 sh -s -- full < collector.sh > lpar0007.rmcc
      rmccomply collector --list
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import collector as runs

    runs.collector(listed, platform, TerminalTeller())
