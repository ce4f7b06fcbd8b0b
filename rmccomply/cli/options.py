"""What several commands ask of the command line, and how it is completed."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from rmccomply.age import in_utc
from rmccomply.errors import UsageError
from rmccomply.guarded import LIMITS
from rmccomply.words import FORMATS

Secrets = Annotated[
    str | None, typer.Option(metavar="FILE", help="TOML: more names and beginnings of secrets, which are left out.")
]
MaxSize = Annotated[
    int, typer.Option(min=1, metavar="BYTES", help="No file larger than this is read, packed or unpacked.")
]
MaxMembers = Annotated[int, typer.Option(min=1, metavar="NUMBER", help="No archive with more files than this is read.")]
MaxSeconds = Annotated[
    int, typer.Option(min=0, metavar="SECONDS", help="Time to read a target, and again to judge it; 0 is any.")
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
    from rmccomply.policy.find import shipped

    return [name for name in shipped() if name.startswith(incomplete)]


def complete_rule(incomplete: str) -> list[str]:
    """Ids of the shipped rules."""
    from rmccomply.policy.find import shipped
    from rmccomply.policy.load import load

    ids = {loaded.rule.id for name in shipped() for loaded in load(name).rules}
    return sorted(rule for rule in ids if rule.startswith(incomplete))


def complete_format(incomplete: str) -> list[str]:
    """Names of the report formats."""
    return [name for name in FORMATS if name.startswith(incomplete)]
