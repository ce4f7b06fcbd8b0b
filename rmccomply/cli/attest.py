"""`rmccomply attest`: a statement that an image passed, for whoever asks a year later."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import words_of

app = new_app(
    help="State that an image passed, and verify such a statement.",
    short_help="State that an image passed, and verify it.",
    no_args_is_help=True,
)

_IMAGE = typer.Option(metavar="FILE", help="The image file.")


@app.command(short_help="Write a statement about an image by a report.")
def create(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="The report in JSON, of check -o json=FILE.")],
    image: Annotated[Path, _IMAGE],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="STATEMENT", help="Where to write the statement.")],
    sign: Annotated[
        Path | None,
        typer.Option(metavar="KEY", help="Sign with this ssh key; the signature is STATEMENT.sig."),
    ] = None,
) -> None:
    """Write a statement about an image file: in-toto, with the result of its test.

    PASSED: all of the policy was judged, nothing above info fails and nothing is undecided, whatever the options of
    check were. WARNED: so too, but a waiver or a baseline covered something. FAILED: otherwise.

    A file beside the image that ends in .sha256 must have its checksum.

    \b
    Examples:
      rmccomply attest create rmc.json --image rhel9.raw -o rhel9.statement.json
      rmccomply attest create rmc.json --image rhel9.raw -o rhel9.statement.json --sign ~/.ssh/id_ed25519
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import attest as runs

    runs.create(report, image, output, sign, TerminalTeller())


@app.command(short_help="Verify a statement, its signature and what it is about.")
def verify(
    statement: Annotated[
        Path, typer.Argument(metavar="STATEMENT", help="The statement; its signature is STATEMENT.sig.")
    ],
    image: Annotated[Path, _IMAGE],
    report: Annotated[Path, typer.Option(metavar="FILE", help="The report in JSON.")],
    allowed_signers: Annotated[
        Path, typer.Option(metavar="FILE", help="Who may sign: a line each, NAME KEYTYPE KEY, as ssh-keygen has it.")
    ],
    policy: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A policy that it was judged by; repeatable.")
    ] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help="observed: the image's own root was judged, as the collector saw; passed: PASSED, not WARNED.",
        ),
    ] = None,
) -> None:
    """Verify a statement: who signed it, and that image, report and policy are those that it names.

    Says in a sentence what differs.

    \b
    Example:
      rmccomply attest verify rhel9.statement.json --image rhel9.raw --report rmc.json \\
        --allowed-signers signers --require observed

    \b
    Exit status:
      0  it holds, and the image passed (PASSED or WARNED)
      1  refused: something differs, the signature does not hold, or the image failed
      2  an error in the command line or a file
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import attest as runs

    asked = runs.required(words_of(require or ()))
    status = runs.verify(statement, image, report, allowed_signers, policy or (), asked, TerminalTeller())
    raise typer.Exit(status)
