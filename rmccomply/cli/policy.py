"""`rmccomply policy`: work on policy files."""

from pathlib import Path
from typing import Annotated

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import complete_policy

app = new_app(
    help="Work on policy files: their faults, their schema, their pages.",
    short_help="Lint policies; print schemas; write reference pages.",
    no_args_is_help=True,
)


@app.command(short_help="Say everything that is wrong with policy files.")
def lint(
    policies: Annotated[
        list[str],
        typer.Argument(metavar="POLICY", help="Policy files, or ids of shipped ones.", autocompletion=complete_policy),
    ],
) -> None:
    """Say everything that is wrong with policy files, each fault with its file, line, rule and key.

    \b
    Example:
      rmccomply policy lint policies/*.toml
    """
    from rmccomply.cli import complain
    from rmccomply.errors import PolicyError
    from rmccomply.policy.load import load

    status = 0
    for name in policies:
        try:
            loaded = load(name)
            typer.echo(f"{name}: sound, {len(loaded.rules)} rules")
        except PolicyError as error:
            status = 2
            for line in str(error).split("\n"):
                complain(f"error: {line}")
    raise typer.Exit(status)


@app.command(short_help="Print a JSON Schema for editors and programs.")
def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="policy, report or facts.")] = "policy",
) -> None:
    """Print a JSON Schema that editors and other programs can check files with.

    \b
    Example:
      rmccomply policy schema > policy.schema.json
    """
    from rmccomply.checks.operands import nearest
    from rmccomply.errors import UsageError
    from rmccomply.pages import SCHEMAS, schema_text

    if name not in SCHEMAS:
        raise UsageError(f"there is no schema '{name}'{nearest(name, SCHEMAS)} The schemas are: {', '.join(SCHEMAS)}")
    typer.echo(schema_text(name), nl=False)


@app.command(short_help="Write the reference pages.")
def docs(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the pages are written.")],
) -> None:
    """Write the pages that are made from the shipped policies and this command line.

    \b
    Example:
      rmccomply policy docs docs/reference
    """
    from rmccomply.cli import main_command
    from rmccomply.pages import pages

    for name, text in pages(main_command()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        typer.echo(path.as_posix())
