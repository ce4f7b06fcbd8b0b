"""What several commands ask of the command line, and how it is completed."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from rmccomply.age import in_utc
from rmccomply.errors import UsageError
from rmccomply.guarded import LIMITS
from rmccomply.words import FORMATS

EVIDENCE: Final = "Evidence"
POLICY: Final = "Policy"
"""Groups of options that several commands have."""
Secrets = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", rich_help_panel=EVIDENCE, help="TOML file with more names and prefixes of secrets to leave out."
    ),
]
Platform = Annotated[
    Literal["aix", "vios", "linux", "hmc"] | None,
    typer.Option(
        metavar="NAME",
        rich_help_panel=EVIDENCE,
        help="aix, vios, linux or hmc: for captures that do not say what they come from.",
    ),
]
RootUri = Annotated[
    str | None,
    typer.Option(
        metavar="DIR",
        rich_help_panel=EVIDENCE,
        help="Show paths of evidence relative to this folder. [default: the current folder]",
    ),
]
Now = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        rich_help_panel=EVIDENCE,
        help="Judge ages by this time, such as 2026-11-20T04:00:00Z. [default: now]",
    ),
]
MaxSize = Annotated[
    int,
    typer.Option(
        min=1, metavar="BYTES", rich_help_panel=EVIDENCE, help="Refuse larger files, both packed and unpacked."
    ),
]
MaxMembers = Annotated[
    int,
    typer.Option(min=1, metavar="NUMBER", rich_help_panel=EVIDENCE, help="Refuse archives with more files than this."),
]
MaxSeconds = Annotated[
    int,
    typer.Option(
        min=0,
        metavar="SECONDS",
        rich_help_panel=EVIDENCE,
        help="Time limit to read one target, and again to judge it; 0: no limit.",
    ),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", rich_help_panel=POLICY, help="Set a parameter of the policy; repeatable."),
]
FORMATS_TOLD: Final = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
MAX_SIZE: Final = LIMITS.size
MAX_MEMBERS: Final = LIMITS.members
MAX_SECONDS: Final = 120


def words_of(values: Sequence[str]) -> list[str]:
    """Repeatable options that take comma lists, as one list."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def parameters_of(texts: Sequence[str]) -> dict[str, str]:
    """What `--param NAME=VALUE` says. Raises UsageError for what is no such pair."""
    parameters: dict[str, str] = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark:
            raise UsageError(f"--param: '{text}' is not NAME=VALUE")
        parameters[name.strip()] = value.strip()
    return parameters


def clock(text: str | None) -> str:
    """The clock of the run in UTC: what `--now` says, else now. Raises UsageError for a time without a zone."""
    if text is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return in_utc(text, "--now")


def root_of(text: str | None) -> Path:
    """The folder that evidence uris are relative to."""
    return Path(text) if text else Path.cwd()


def terminal(color: str) -> tuple[bool, int]:
    """Whether text is coloured, and how many columns it has: of a terminal its own, else a hundred."""
    is_one = sys.stdout.isatty()
    colored = color == "always" or (color == "auto" and is_one and "NO_COLOR" not in os.environ)
    return colored, (os.get_terminal_size().columns if is_one else 0) or 100


def take_secrets(path: str | None) -> None:
    """Know the secrets that a file lists, before any evidence is read. Raises UsageError."""
    if path is not None:
        from rmccomply.evidence.redact import add_forms
        from rmccomply.written.secret_list import read_secret_list

        add_forms(*read_secret_list(path))


def complete_policy(incomplete: str) -> list[str]:
    """Ids of the shipped policies."""
    from rmccomply.policy.load import shipped

    return [name for name in shipped() if name.startswith(incomplete)]


def complete_rule(incomplete: str) -> list[str]:
    """Ids of the shipped rules."""
    from rmccomply.policy.load import load, shipped

    ids = {loaded.rule.id for name in shipped() for loaded in load(name).rules}
    return sorted(rule for rule in ids if rule.startswith(incomplete))


def complete_format(incomplete: str) -> list[str]:
    """Names of the report formats."""
    return [name for name in FORMATS if name.startswith(incomplete)]


Policies = Annotated[
    list[str] | None,
    typer.Option(
        "-p",
        "--policy",
        metavar="POLICY",
        rich_help_panel=POLICY,
        help="Id of a shipped policy, or a policy file; repeatable. [default: rmc-core]",
        autocompletion=complete_policy,
    ),
]
OnePolicy = Annotated[
    str,
    typer.Option(
        "-p",
        "--policy",
        metavar="POLICY",
        rich_help_panel=POLICY,
        help="Id of a shipped policy, or a policy file.",
        autocompletion=complete_policy,
    ),
]
