"""`rmccomply check`: judge evidence against policies."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from rmccomply.cli import new_app
from rmccomply.cli.options import (
    EVIDENCE,
    FORMATS_TOLD,
    MAX_MEMBERS,
    MAX_SECONDS,
    MAX_SIZE,
    POLICY,
    Config,
    MaxMembers,
    MaxSeconds,
    MaxSize,
    Now,
    Parameters,
    Platform,
    Policies,
    RootUri,
    Secrets,
    Shown,
    clock,
    complete_format,
    complete_rule,
    config_file,
    origins_of,
    parameters_of,
    root_of,
    settings_told,
    shown,
    take_secrets,
    words_of,
)
from rmccomply.words import FORMATS, REASONS, Reason, Severity, Show

if TYPE_CHECKING:
    from rmccomply.runs.reports import ReportPlace

app = new_app()

FailOn = Literal["critical", "high", "medium", "low", "info", "never"]


_SHOWN: Final = "What is shown"
_WRITTEN: Final = "Reports"
_STATUS: Final = "Exit status"
_SSH: Final = "Inputs by ssh (ssh://HOST)"


@app.command(short_help="Judge evidence against policies.")
def check(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Bundles, capture folders, support archives, facts documents, folders of these, ssh://HOST, or - for "
            "standard input.",
        ),
    ],
    policy: Policies = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", rich_help_panel=POLICY, help="A profile of the policy: selected rules and settings."
        ),
    ] = None,
    param: Parameters = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            rich_help_panel=POLICY,
            help="Only these rules, by id or prefix, such as RMC-NET; separate with commas or repeat.",
            autocompletion=complete_rule,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            rich_help_panel=POLICY,
            help="Leave these rules out; wins over --select.",
            autocompletion=complete_rule,
        ),
    ] = None,
    show: Annotated[
        Show,
        typer.Option(
            metavar="WORD",
            rich_help_panel=_SHOWN,
            help="How much: summary, open (each problem and undecided check with its evidence), problems, partitions "
            "or all.",
        ),
    ] = "summary",
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GLOB", rich_help_panel=_SHOWN, help="Show only these targets, such as 'lpar00*'; repeatable."
        ),
    ] = None,
    severity: Annotated[
        Severity | None,
        typer.Option(
            metavar="LEVEL",
            rich_help_panel=_SHOWN,
            help="Show only this severity or worse: critical, high, medium, low or info.",
        ),
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REASON",
            rich_help_panel=_SHOWN,
            help="Show only checks undecided for this reason, such as timeout; separate with commas or repeat.",
        ),
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option(metavar="LABEL", rich_help_panel=_SHOWN, help="Group targets by a label, such as wave or site."),
    ] = None,
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option(metavar="WHEN", rich_help_panel=_SHOWN, help="Colors: auto, always or never."),
    ] = "auto",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FORMAT[=FILE]",
            rich_help_panel=_WRITTEN,
            autocompletion=complete_format,
            help=f"{FORMATS_TOLD}; repeatable. Without a file: on standard output. [default: text]",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", rich_help_panel=_WRITTEN, help="Only errors on standard error.")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option("-v", "--verbose", rich_help_panel=_WRITTEN, help="Say on standard error what is being read."),
    ] = False,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            metavar="LEVEL",
            rich_help_panel=_STATUS,
            help="Exit with 1 for problems of this severity or worse: critical, high, medium, low, info or never.",
        ),
    ] = "low",
    on_unknown: Annotated[
        Literal["fail", "report"],
        typer.Option(
            metavar="WORD",
            rich_help_panel=_STATUS,
            help="fail: exit with 3 where a check is undecided; report: only report it.",
        ),
    ] = "fail",
    min_decided: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=100,
            metavar="PERCENT",
            rich_help_panel=_STATUS,
            help="Exit with 3 where fewer checks than this are decided.",
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option("--exit-zero", rich_help_panel=_STATUS, help="Exit with 0 instead of 1 or 3; 2 and 4 remain."),
    ] = False,
    now: Now = None,
    platform: Platform = None,
    labels: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=EVIDENCE,
            help="TOML file with labels of targets: [lpar0007], and below it wave = '2'.",
        ),
    ] = None,
    secrets: Secrets = None,
    root_uri: RootUri = None,
    max_size: MaxSize = MAX_SIZE,
    max_members: MaxMembers = MAX_MEMBERS,
    max_seconds: MaxSeconds = MAX_SECONDS,
    config: Config = None,
    run: Annotated[
        str | None,
        typer.Option(
            "--run", metavar="DIR", rich_help_panel=_SSH, help="Folder that keeps the evidence. [default: a new folder]"
        ),
    ] = None,
    ssh_config: Annotated[
        str | None,
        typer.Option(metavar="FILE", rich_help_panel=_SSH, help="An ssh configuration to use instead of your own."),
    ] = None,
    probe: Annotated[
        bool, typer.Option("--probe", rich_help_panel=_SSH, help="Try TCP port 657, as collect ssh --probe does.")
    ] = False,
) -> None:
    """Judge evidence against policies: what is wrong, on which partitions, and which line proves it.

    Missing evidence never counts as a pass. The options under "What is shown" narrow text and HTML only:
    everything is judged, and all other reports are whole.

    \b
    Examples:
      rmccomply check bundles/
      rmccomply check bundles/ --show open --target lpar0007
      rmccomply check -p powervs-import lpar0007.rmcc
      rmccomply check captures/ --platform aix --param management=hmc
      rmccomply check ssh://lpar0007 ssh://lpar0008

    \b
    In CI:
      rmccomply check bundles/ --fail-on high --min-decided 90 \\
        -o text -o sarif=rmc.sarif -o json=rmc.json

    \b
    Exit status:
      0  every check is decided, and none fails at or above --fail-on
      1  a check fails at or above --fail-on
      2  an error in the command line, a policy, an input or a report
      3  otherwise: a check is undecided, or an input is damaged
      4  nothing was examined
    """
    from rmccomply.cli.terminal_teller import TerminalTeller
    from rmccomply.guarded import Limits
    from rmccomply.policy.load import lineage, load
    from rmccomply.policy.select import Choice
    from rmccomply.report import Gate, Style
    from rmccomply.runs.check import CheckAsked, planned, write

    teller = TerminalTeller(quiet=quiet, notes=verbose)
    if told := settings_told(ctx):
        teller.outcome(told)
    take_secrets(secrets)
    if any(name.startswith("ssh://") for name in inputs):
        from rmccomply.cli.collect import reached

        inputs = reached(inputs, policy or ["rmc-core"], run, ssh_config or "", probe, quiet)
    elif only := [name for name, given in (("--run", run), ("--ssh-config", ssh_config), ("--probe", probe)) if given]:
        from rmccomply.errors import UsageError

        raise UsageError(f"{', '.join(only)}: only for ssh:// inputs")
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
        config_file=config_file(ctx, config),
    )
    places = _places(output or ["text"])
    drawn = _drawn(color, places)
    style = Style(*drawn[:2], show, tuple(target or ()), severity, _reasons(reason or ()), group_by or "", drawn.ascii)
    status = write(
        asked,
        places,
        teller,
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
            raise UsageError(f"unknown format '{name}'{near} The formats are: {', '.join(FORMATS)}.")
        if mark and not path:
            raise UsageError(f"-o {spec} names no file; for standard output write -o {name}")
        places.append(ReportPlace(name, path or None))
    paths = [one.path for one in places if one.path not in (None, "-")]
    if len(places) - len(paths) > 1:
        raise UsageError("two reports cannot both go to standard output; give one of them a path: -o sarif=rmc.sarif")
    if len({os.path.realpath(path) for path in paths if path is not None}) < len(paths):
        raise UsageError("two reports cannot go to one file")
    return places
