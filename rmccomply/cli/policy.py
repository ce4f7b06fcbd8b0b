"""`rmccomply policy`: work on policy files."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from rmccomply.cli import new_app, say
from rmccomply.cli.options import complete_policy
from rmccomply.words import counted

app = new_app(
    help="Work on policy files: their faults, their schema, their pages.",
    short_help="Lint and show policies; print schemas; write pages.",
    no_args_is_help=True,
)


@app.command(short_help="Say everything that is wrong with policy files, and what is doubtful.")
def lint(
    policies: Annotated[
        list[str],
        typer.Argument(metavar="POLICY", help="Policy files, or ids of shipped ones.", autocompletion=complete_policy),
    ],
) -> None:
    """Say everything that is wrong with policy files, and what is doubtful about those that are sound.

    Each fault and each warning has its file, line, rule and key. Warnings are rules that cannot fail or cannot pass,
    conditions that never or always hold, parts that are there twice, parameters and profiles without effect, and
    demands that healthy hosts do not meet; each ends in a code such as [cannot-fail].

    \b
    Example:
      rmccomply policy lint policies/*.toml

    \b
    Exit status:
      0  neither faults nor warnings
      1  warnings only
      2  faults
    """
    from rmccomply.cli import complain
    from rmccomply.errors import PolicyError, UsageError
    from rmccomply.reasoning.lint import lint as doubts
    from rmccomply.terminal import visible

    status = 0
    for name in policies:
        try:
            loaded, remarks = doubts(name)
        except (PolicyError, UsageError) as error:
            status = 2
            for line in str(error).split("\n"):
                complain(f"error: {line}")
            continue
        for remark in remarks:
            complain(f"warning: {remark}")
        say(visible(f"{name}: {_doubtful(len(remarks))}, {counted(len(loaded.rules), 'rule')}") + "\n")
        status = status or (1 if remarks else 0)
    raise typer.Exit(status)


def _doubtful(count: int) -> str:
    return counted(count, "warning") if count else "sound"


@app.command(short_help="Print a policy with all that it inherits.")
def show(
    policy: Annotated[
        str,
        typer.Argument(metavar="POLICY", help="A policy file, or the id of one.", autocompletion=complete_policy),
    ],
    output: Annotated[
        Literal["text", "toml"], typer.Option("-o", "--output", help="text, or toml: one file that extends nothing.")
    ] = "text",
) -> None:
    """Print a policy with all that it inherits: values, rules with the severity that holds, and where each is written.

    \b
    Examples:
      rmccomply policy show powervs-import
      rmccomply policy show our-policy.toml -o toml > resolved.toml
    """

    from rmccomply.policy.load import load
    from rmccomply.policy.show import text, toml
    from rmccomply.terminal import visible

    shown = {"text": text, "toml": toml}[output](load(policy))
    lines = "".join(f"{visible(line)}\n" for line in shown.removesuffix("\n").split("\n"))
    say(lines)


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
    from rmccomply.reference.pages import SCHEMAS, schema_text

    if name not in SCHEMAS:
        raise UsageError(f"there is no schema '{name}'{nearest(name, SCHEMAS)} The schemas are: {', '.join(SCHEMAS)}")
    say(schema_text(name))


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
    from rmccomply.reference.pages import pages
    from rmccomply.terminal import visible

    for name, text in pages(main_command()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        say(visible(path.as_posix()) + "\n")
