"""`rmccomply report`: work on reports that were written earlier."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app, say
from rmccomply.cli.options import Against, Policies, RootUri, Secrets, root_of, take_secrets

app = new_app(
    help="Validate reports that were written earlier, and judge again what they are of.",
    short_help="Validate and verify reports that were written earlier.",
    no_args_is_help=True,
)


@app.callback()
def _report() -> None:
    """Validate reports that were written earlier, and judge again what they are of."""


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


@app.command(short_help="Judge the inputs of a report again, and compare.")
def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report in JSON, of check -o json=FILE.")],
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="What was judged, as check takes it.")],
    policy: Policies = None,
    labels: Annotated[str | None, typer.Option(metavar="FILE", help="The labels file of the run.")] = None,
    secrets: Secrets = None,
    baseline: Annotated[str | None, typer.Option(metavar="FILE", help="The baseline of the run.")] = None,
    waivers: Annotated[str | None, typer.Option(metavar="FILE", help="The waivers of the run.")] = None,
    against: Against = None,
    root_uri: RootUri = None,
) -> None:
    """Judge the inputs of a report again, by its policies, settings and clock, and compare octet for octet.

    Files that the run read besides are named again: policies of your own, labels, secrets, a baseline,
    waivers, evidence of others. Where the
    evidence lies elsewhere now, --root-uri names the folder from which its paths are as in the report.

    \b
    Examples:
      rmccomply report verify rmc.json bundles/
      rmccomply report verify rmc.json archive/bundles/ --root-uri archive --policy ours.toml

    \b
    Exit status:
      0  the same report, octet for octet
      1  it differs; what differs first is said
      2  an error in the command line or a file
    """
    import sys

    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.attest.replay import Replay
    from rmccomply.runs.attest.replay import verify as judge_again
    from rmccomply.written.labels import read_labels

    take_secrets(secrets)
    files = {"labels": labels, "secrets": secrets, "baseline": baseline, "waivers": waivers}
    replay = Replay(
        tuple(inputs),
        root_of(root_uri),
        tuple(policy or ()),
        {name: path for name, path in files.items() if path},
        read_labels(labels) if labels else {},
        tuple(against or ()),
        sys.stdin.buffer,
    )
    raise typer.Exit(judge_again(report, replay, TerminalTeller()))
