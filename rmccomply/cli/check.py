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
    Against,
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
    Waivers,
    clock,
    complete_format,
    complete_rule,
    config_file,
    origins_of,
    parameters_of,
    root_of,
    settings_files,
    settings_told,
    shown,
    take_secrets,
    words_of,
)
from rmccomply.words import FOLDERS, FORMATS, REASONS, Reason, Severity, Show

if TYPE_CHECKING:
    from rmccomply.policy.load import LoadedPolicy
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
    locked: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=POLICY,
            help="Refuse policies that are not as policy lock wrote them to this file.",
        ),
    ] = None,
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
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=POLICY,
            help="Known fails, of 'rmccomply baseline write': they do not count unless they grew worse.",
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
    parts: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1000,
            metavar="N",
            rich_help_panel=_WRITTEN,
            help="Files that -o sarif-github=FOLDER has; keep it the same from run to run. [default: 16]",
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
    waivers: Waivers = None,
    secrets: Secrets = None,
    against: Against = None,
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
    from rmccomply.policy.load import load
    from rmccomply.policy.select import Choice
    from rmccomply.report import PARTS, Gate, Style
    from rmccomply.runs.check import write
    from rmccomply.runs.plan import CheckAsked, planned, under_baseline, under_waivers

    teller = TerminalTeller(quiet=quiet, notes=verbose)
    if told := settings_told(ctx):
        teller.outcome(told)
    take_secrets(secrets)
    inputs = _reached(inputs, policy or ["rmc-core"], run, ssh_config, probe, quiet)
    written = [load(name) for name in dict.fromkeys(policy or ["rmc-core"])]
    _refuse_unlocked(written, locked)
    choice = Choice(profile, parameters_of(param or ()), words_of(select or ()), words_of(ignore or ()))
    asked = CheckAsked(
        plan=planned(written, choice, clock(now)),
        given=_labels(labels),
        labels_file=labels or "",
        inputs=tuple(inputs),
        platform=platform or "",
        root=root_of(root_uri),
        limits=Limits(max_size, max_members, max_seconds),
        stdin=sys.stdin.buffer,
        secrets_file=secrets or "",
        origins=origins_of(ctx),
        against=tuple(against or ()),
        config_file=config_file(ctx, config),
    )
    places = _places(output or ["text"], parts)
    drawn = _drawn(color, places)
    style = Style(*drawn[:2], show, tuple(target or ()), severity, _reasons(reason or ()), group_by or "", drawn.ascii)
    status = write(
        under_waivers(under_baseline(asked, baseline or ""), waivers or ""),
        places,
        teller,
        style=style,
        gate=Gate(fail_on, on_unknown, min_decided, exit_zero),
        parts=parts or PARTS,
        others=_read_besides(written, labels, secrets, locked, waivers, baseline, *settings_files(config)),
    )
    raise typer.Exit(status)


def _reached(
    inputs: list[str], policies: list[str], run: str | None, ssh_config: str | None, probe: bool, quiet: bool
) -> list[str]:
    """The inputs, those by ssh collected first. Raises UsageError for options of ssh without such an input."""
    if any(name.startswith("ssh://") for name in inputs):
        from rmccomply.cli.collect import reached

        return reached(inputs, policies, run, ssh_config or "", probe, quiet)
    if only := [name for name, given in (("--run", run), ("--ssh-config", ssh_config), ("--probe", probe)) if given]:
        from rmccomply.errors import UsageError

        raise UsageError(f"{', '.join(only)}: only for ssh:// inputs")
    return inputs


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


def _read_besides(policies: Sequence["LoadedPolicy"], *paths: str | None) -> list[str]:
    """The files that are read beside the inputs: policies and those that they extend, and these that are given."""
    from rmccomply.policy.load import lineage

    return [*(str(one.path) for policy in policies for one in lineage(policy)), *filter(None, paths)]


def _refuse_unlocked(policies: Sequence["LoadedPolicy"], path: str | None) -> None:
    """Refuse what `--locked` does not name. Raises PolicyError."""
    if path is not None:
        from pathlib import Path

        from rmccomply.policy.lock import refuse_others

        refuse_others(policies, Path(path))


def _places(specs: Sequence[str], parts: int | None) -> list["ReportPlace"]:
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
        if name in FOLDERS and path in ("", "-"):
            raise UsageError(f"-o {spec} is a folder of files: give it a name: -o {name}=rmc")
        places.append(ReportPlace(name, path or None))
    if parts and not any(one.format in FOLDERS for one in places):
        raise UsageError(f"--parts: only for -o {FOLDERS[0]}")
    paths = [one.path for one in places if one.path not in (None, "-")]
    if len(places) - len(paths) > 1:
        raise UsageError("two reports cannot both go to standard output; give one of them a path: -o sarif=rmc.sarif")
    if len({os.path.realpath(path) for path in paths if path is not None}) < len(paths):
        raise UsageError("two reports cannot go to one file")
    return places
