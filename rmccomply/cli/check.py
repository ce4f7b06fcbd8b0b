"""`rmccomply check`: judge evidence against policies."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import (
    FORMATS_TOLD,
    MAX_MEMBERS,
    MAX_SECONDS,
    MAX_SIZE,
    MaxMembers,
    MaxSeconds,
    MaxSize,
    Shown,
    clock,
    complete_format,
    complete_policy,
    complete_rule,
    origins_of,
    parameters_of,
    root_of,
    shown,
    take_secrets,
    words_of,
)
from rmccomply.words import FORMATS, REASONS, Reason, Severity, Show

if TYPE_CHECKING:
    from rmccomply.runs.reports import ReportPlace

app = new_app()

FailOn = Literal["critical", "high", "medium", "low", "info", "never"]


@app.command(short_help="Judge evidence against policies.")
def check(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Bundles, facts documents, captures, support archives, folders of these, or - ."
        ),
    ],
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--policy",
            metavar="POLICY",
            help="A shipped policy's id or a policy file; repeatable. [default: rmc-core]",
            autocompletion=complete_policy,
        ),
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="A profile of the policy: a selection and settings.")
    ] = None,
    param: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Tune a parameter; repeatable.")] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            help="Only these rules, by id or prefix (RMC-NET); comma lists, repeatable.",
            autocompletion=complete_rule,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES", help="Not these rules, likewise; wins over --select.", autocompletion=complete_rule
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FORMAT[=PATH]",
            autocompletion=complete_format,
            help=f"{FORMATS_TOLD}; repeatable. Without a path on standard output. [default: text]",
        ),
    ] = None,
    show: Annotated[Show, typer.Option(help="How much text shows.")] = "summary",
    target: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Show only these targets; all are judged. Repeatable.")
    ] = None,
    severity: Annotated[
        Severity | None, typer.Option(help="Show only what is of this severity or worse; all is judged.")
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="Show only what is undecided for this reason; comma lists, repeatable."),
    ] = None,
    group_by: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Group targets by a label, such as wave or site.")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Lowest severity of a failing finding that gives status 1.")] = "low",
    on_unknown: Annotated[
        Literal["fail", "report"], typer.Option(help="Whether unknown findings give status 3.")
    ] = "fail",
    min_decided: Annotated[
        float | None,
        typer.Option(min=0, max=100, metavar="PERCENT", help="Status 3 where fewer findings are decided."),
    ] = None,
    now: Annotated[str | None, typer.Option(metavar="RFC3339", help="The clock of the run. [default: now]")] = None,
    platform: Annotated[
        Literal["aix", "vios", "linux", "hmc"] | None,
        typer.Option(help="The platform of targets, for captures that do not say."),
    ] = None,
    labels: Annotated[
        str | None, typer.Option(metavar="FILE", help="TOML: labels such as wave or site by target.")
    ] = None,
    secrets: Annotated[
        str | None, typer.Option(metavar="FILE", help="TOML: more names and beginnings of secrets, which are left out.")
    ] = None,
    root_uri: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="What evidence uris are relative to. [default: working directory]"),
    ] = None,
    run: Annotated[
        str | None,
        typer.Option("--run", metavar="DIR", help="Where evidence of ssh:// inputs is kept. [default: a new folder]"),
    ] = None,
    ssh_config: Annotated[
        str | None, typer.Option(metavar="FILE", help="For ssh:// inputs: a configuration of ssh instead of your own.")
    ] = None,
    probe: Annotated[bool, typer.Option("--probe", help="For ssh:// inputs: try TCP 657 as collect ssh does.")] = False,
    max_size: MaxSize = MAX_SIZE,
    max_members: MaxMembers = MAX_MEMBERS,
    max_seconds: MaxSeconds = MAX_SECONDS,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Status 0 instead of 1 and 3; never hides 2 or 4.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Nothing on standard error but errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say on standard error what is being read.")] = False,
    color: Annotated[Literal["auto", "always", "never"], typer.Option(help="Colours in text.")] = "auto",
) -> None:
    """Judge evidence against policies and say, for every rule and target, what holds and which line proves it.

    \b
    Examples:
      rmccomply check bundles/                           every bundle in a folder, against rmc-core
      rmccomply check -p powervs-import lpar0007.rmcc    before a move to Power Virtual Server
      rmccomply check bundles/ -o text -o sarif=rmc.sarif -o json=rmc.json
      rmccomply check captures/ --platform aix --param management=hmc
      rmccomply check bundles/ --select RMC-ID,RMC-DOM-001 --fail-on high
      rmccomply check ssh://lpar0007 'ssh://padmin@vios1?access=vios'    collect, then check what came

    \b
    Exit status:
      0  all decided, and nothing fails at or above --fail-on
      1  something fails at or above --fail-on
      2  a fault of the command line, a policy, an input or a report
      3  none of these, but something is unknown, or an input is damaged
      4  nothing was examined
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.guarded import Limits
    from rmccomply.policy.load import lineage, load
    from rmccomply.policy.select import Choice
    from rmccomply.report import Gate, Style
    from rmccomply.runs.check import CheckAsked, planned, write

    take_secrets(secrets)
    if any(name.startswith("ssh://") for name in inputs):
        from rmccomply.cli.collect import reached

        inputs = reached(inputs, policy or ["rmc-core"], run, ssh_config or "", probe, quiet)
    elif only := [name for name, given in (("--run", run), ("--ssh-config", ssh_config), ("--probe", probe)) if given]:
        from rmccomply.errors import UsageError

        raise UsageError(f"{', '.join(only)}: only for inputs of ssh://, and there is none")
    policies = tuple(policy or ["rmc-core"])
    moment = clock(now)
    written = [load(name) for name in dict.fromkeys(policies)]
    choice = Choice(profile, parameters_of(param or ()), words_of(select or ()), words_of(ignore or ()))
    asked = CheckAsked(
        plan=planned(written, choice, moment),
        given=_labels(labels),
        labels_file=labels or "",
        inputs=tuple(inputs),
        platform=platform or "",
        root=root_of(root_uri),
        limits=Limits(max_size, max_members, max_seconds),
        stdin=sys.stdin.buffer,
        secrets_file=secrets or "",
        origins=origins_of(ctx),
    )
    places = _places(output or ["text"])
    drawn = _drawn(color, places)
    style = Style(*drawn[:2], show, tuple(target or ()), severity, _reasons(reason or ()), group_by or "", drawn.ascii)
    status = write(
        asked,
        places,
        TerminalTeller(quiet=quiet, notes=verbose),
        style=style,
        gate=Gate(fail_on, on_unknown, min_decided, exit_zero),
        others=(*(str(one.path) for each in written for one in lineage(each)), *filter(None, (labels, secrets))),
    )
    raise typer.Exit(status)


def _drawn(color: str, places: Sequence["ReportPlace"]) -> Shown:
    """What text may use: that of the terminal, unless all of it goes to files."""
    return shown(color, file=all(one.path not in (None, "-") for one in places if one.format == "text"))


def _reasons(texts: Sequence[str]) -> tuple[Reason, ...]:
    """What `--reason` names. Raises UsageError for a word that is not a reason."""
    from rmccomply.checks.operands import nearest
    from rmccomply.errors import UsageError

    words = words_of(texts)
    for word in words:
        if word not in REASONS:
            near = nearest(word, REASONS) or "."
            raise UsageError(f"--reason: '{word}' is not a reason{near} The reasons are: {', '.join(REASONS)}.")
    return tuple(one for one in REASONS if one in words)


def _labels(path: str | None) -> dict[str, dict[str, str]]:
    """What `--labels` names. Raises UsageError."""
    if path is None:
        return {}
    from rmccomply.written.labels import read_labels

    return read_labels(path)


def _places(specs: Sequence[str]) -> list["ReportPlace"]:
    """Each `-o FORMAT[=PATH]`. Raises UsageError."""
    from rmccomply.checks.operands import nearest
    from rmccomply.errors import UsageError
    from rmccomply.runs.reports import ReportPlace

    places: list[ReportPlace] = []
    for spec in specs:
        name, mark, path = spec.partition("=")
        if name not in FORMATS:
            near = nearest(name, FORMATS) or "."
            raise UsageError(f"there is no format '{name}'{near} The formats are: {', '.join(FORMATS)}.")
        if mark and not path:
            raise UsageError(f"-o {spec} names no file; for standard output write -o {name}")
        places.append(ReportPlace(name, path or None))
    paths = [one.path for one in places if one.path not in (None, "-")]
    if len(places) - len(paths) > 1:
        raise UsageError("two reports cannot both go to standard output; give one of them a path: -o sarif=rmc.sarif")
    if len({os.path.realpath(path) for path in paths if path is not None}) < len(paths):
        raise UsageError("two reports cannot go to one file")
    return places
