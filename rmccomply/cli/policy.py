"""`rmccomply policy`: work on policy files."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import complete_policy

app = new_app(
    help="Check and show policy files, print schemas, write reference pages.",
    short_help="Check and show policy files; print schemas.",
    no_args_is_help=True,
)


@app.command(short_help="List the errors and warnings of policy files.")
def lint(
    policies: Annotated[
        list[str],
        typer.Argument(
            metavar="POLICY", help="Policy files, or ids of shipped policies.", autocompletion=complete_policy
        ),
    ],
) -> None:
    """List every error in policy files, and what is doubtful about those without errors.

    Each error and each warning has its file, line, rule and key. Warnings are about rules that cannot fail or cannot
    pass, conditions that never or always hold, duplicated parts, parameters and profiles without effect, and checks
    that fail on healthy hosts; each ends in a code such as [cannot-fail].

    \b
    Example:
      rmccomply policy lint policies/*.toml

    \b
    Exit status:
      0  no errors, no warnings
      1  warnings only
      2  errors
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import policy as runs

    raise typer.Exit(runs.lint(policies, TerminalTeller()))


@app.command(short_help="Print a policy with all that it inherits.")
def show(
    policy: Annotated[
        str,
        typer.Argument(
            metavar="POLICY", help="A policy file, or the id of a shipped policy.", autocompletion=complete_policy
        ),
    ],
    output: Annotated[
        Literal["text", "toml"],
        typer.Option("-o", "--output", metavar="FORMAT", help="text, or toml: one file that extends nothing."),
    ] = "text",
) -> None:
    """Print a policy with all that it inherits: values, rules with their severity, and where each is written.

    \b
    Examples:
      rmccomply policy show powervs-import
      rmccomply policy show our-policy.toml -o toml > resolved.toml
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import policy as runs

    runs.show(policy, output, TerminalTeller())


@app.command("test", short_help="Judge the cases of a policy.")
def judge_cases(
    policy: Annotated[
        str,
        typer.Argument(
            metavar="POLICY", help="A policy file, or the id of a shipped policy.", autocompletion=complete_policy
        ),
    ],
    cases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CASES",
            help="Files of cases, or folders of *.cases.toml. [default: NAME.cases.toml beside NAME.toml]",
        ),
    ] = None,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Change each rule, one thing at a time, and name what no case notices.")
    ] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="Exit with 1 where a result that a rule can have has no case.")
    ] = False,
    inherited: Annotated[
        bool, typer.Option("--inherited", help="Look at every rule that the policy inherits, too.")
    ] = False,
) -> None:
    """Judge cases, each with evidence and what rules have to say of it, and show which results of which rule they hold.

    Of a policy that extends another, its own rules are looked at, and the bounds that it sets.

    \b
    Examples:
      rmccomply policy test our-policy.toml
      rmccomply policy test our-policy.toml cases/ --mutate --complete

    \b
    Exit status:
      0  every case is met, and --mutate found nothing that no case notices
      1  a rule says something else, a change goes unnoticed, or under --complete a result has no case
      2  an error in the policy, in a file of cases or in its evidence
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs.policies import cases as runs

    asked = runs.CasesAsked(mutate, complete, inherited)
    raise typer.Exit(runs.judge_cases(policy, cases or (), TerminalTeller(), asked))


@app.command(short_help="Write which policies a run may use.")
def lock(
    policies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="POLICY",
            help="Policy files, or ids of shipped policies. [default: all shipped]",
            autocompletion=complete_policy,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file to write. [default: standard output]"),
    ] = None,
) -> None:
    """Write the ids, versions and digests of policies, and of those that they extend, for check --locked.

    \b
    Example:
      rmccomply policy lock rmc-core our-policy.toml -o policies.lock
      rmccomply check -p our-policy.toml --locked policies.lock bundles/
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import policy as runs

    runs.lock(policies or (), output, TerminalTeller())


@app.command(short_help="Print a JSON Schema for editors and programs.")
def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="policy, report, finding or facts. [default: policy]")
    ] = "policy",
) -> None:
    """Print a JSON Schema for editors and other programs.

    \b
    Example:
      rmccomply policy schema > policy.schema.json
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.runs import policy as runs

    runs.schema(name, TerminalTeller())


@app.command(short_help="Write the reference pages.")
def docs(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the pages.")],
) -> None:
    """Write the reference pages of the shipped policies and this command line.

    \b
    Example:
      rmccomply policy docs docs/reference
    """
    from rmccomply.cli import main_command
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.reference.pages import pages
    from rmccomply.runs import policy as runs

    runs.write_pages(pages(main_command()), folder, TerminalTeller())
