"""What several commands ask of the command line, and how it is completed."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from rmccomply.age import in_utc
from rmccomply.errors import UsageError
from rmccomply.guarded import LIMITS
from rmccomply.tuples import NamedTuple
from rmccomply.words import FORMATS, Origin

if TYPE_CHECKING:
    from rmccomply.written.settings_file import WrittenSettings

EVIDENCE: Final = "Evidence"
POLICY: Final = "Policy"
SETTINGS: Final = "Settings"
"""Groups of options that several commands have."""
Secrets = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", rich_help_panel=EVIDENCE, help="TOML file with more names and prefixes of secrets to leave out."
    ),
]
Waivers = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        rich_help_panel=POLICY,
        help="TOML file of waivers: failing checks that somebody accepted until a day; see rmccomply waiver.",
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
Against = Annotated[
    list[str] | None,
    typer.Option(
        metavar="INPUT",
        rich_help_panel=EVIDENCE,
        help="Evidence of another image or system, or a folder of such, whose node ID the image must not have; "
        "repeatable.",
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
Severities = Annotated[
    Literal["critical", "high", "medium", "low", "info"] | None,
    typer.Option(
        metavar="LEVEL",
        rich_help_panel="What is accepted",
        help="Severity that is accepted: critical, high, medium, low or info. [default: that in --pin-from]",
    ),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", rich_help_panel=POLICY, help="Set a parameter of the policy; repeatable."),
]
Config = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=lambda ctx, value: take_settings(ctx, value),
        rich_help_panel=SETTINGS,
        help="Settings file. none: heed neither a file nor RMCCOMPLY_* variables. [default: rmccomply.toml in the "
        "current folder, if it is there]",
    ),
]
FORMATS_TOLD: Final = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
_ORIGINS: Final[dict[str, Origin]] = {"COMMANDLINE": "command line", "ENVIRONMENT": "environment"}
"""What typer calls where an option comes from."""
_SET: Final = "DEFAULT_MAP"
_SETTINGS: Final = "rmccomply.settings"
MAX_SIZE: Final = LIMITS.size
MAX_MEMBERS: Final = LIMITS.members
MAX_SECONDS: Final = 120
_UNTOLD: Final = 100
"""Columns where neither a terminal nor `COLUMNS` tells them."""
_MOST_DIGITS: Final = 4


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


def pairs_of(option: str, texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What NAME=VALUE of an option says. Raises UsageError for what is no such pair."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark or not name:
            raise UsageError(f"{option}: '{text}' is not NAME=VALUE")
        pairs[name] = value
    return tuple(pairs.items())


def origins_of(ctx: typer.Context) -> dict[str, Origin]:
    """Where each option of a command comes from, by its name."""
    sources = {name: ctx.get_parameter_source(name) for name in ctx.params}
    return {name: _origin(ctx, name, source.name) for name, source in sources.items() if source is not None}


def _origin(ctx: typer.Context, name: str, source: str) -> Origin:
    if source == _SET:
        return settings_in(ctx).origins.get(name, "default")
    return _ORIGINS.get(source, "default")


def settings_in(ctx: typer.Context) -> "WrittenSettings":
    """What the settings file and the environment say of a command."""
    found: WrittenSettings = ctx.meta[_SETTINGS]
    return found


def take_settings(ctx: typer.Context, named: str | None) -> str | None:
    """Let what the settings file and the environment say stand for options that the command line does not name.

    Raises UsageError.
    """
    folder = Path()
    given = any(name.startswith("RMCCOMPLY_") for name in os.environ)
    if named is not None or given or os.path.lexists("rmccomply.toml"):
        from rmccomply.written.settings_file import settings_from

        ctx.meta[_SETTINGS] = settings = settings_from(named, folder, os.environ)
        if settings.values:
            ctx.default_map = dict(settings.values)
    return named


def config_file(ctx: typer.Context, named: str | None) -> str:
    """The settings file that a command heeds, "none" where somebody wants none; empty where there is none."""
    return (_SETTINGS in ctx.meta and settings_in(ctx).file) or named or ""


def settings_files(named: str | None) -> tuple[str, ...]:
    """The settings files of a command, whether they are there or not."""
    return tuple(filter(None, ("rmccomply.toml", named, os.environ.get("RMCCOMPLY_CONFIG"))))


def where_set(ctx: typer.Context, name: str) -> str:
    """What sets an option that the command line does not name, as people call it; empty where nothing does."""
    source = ctx.get_parameter_source(name)
    if source is None or source.name != _SET:
        return ""
    from rmccomply.written.settings_file import variable_of

    settings = settings_in(ctx)
    return variable_of(name) if settings.origins.get(name) == "environment" else settings.file


def settings_told(ctx: typer.Context) -> str:
    """One line on what is set elsewhere than on the command line; empty where nothing is."""
    set_here = [name for name in sorted(ctx.params) if (where_set(ctx, name))]
    by_place: dict[str, list[str]] = {}
    for name in set_here:
        place = "the environment" if settings_in(ctx).origins.get(name) == "environment" else settings_in(ctx).file
        by_place.setdefault(place, []).append(name.replace("_", "-"))
    return "; ".join(f"set by {place}: {', '.join(names)}" for place, names in sorted(by_place.items()))


def clock(text: str | None) -> str:
    """The clock of the run in UTC: what `--now` says, else now. Raises UsageError for a time without a zone."""
    if text is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return in_utc(text, "--now")


def root_of(text: str | None) -> Path:
    """The folder that evidence uris are relative to."""
    return Path(text) if text else Path.cwd()


class Shown(NamedTuple):
    """What text on standard output may use."""

    color: bool
    width: int
    ascii: bool


def shown(color: str = "auto", *, file: bool = False) -> Shown:
    """What text on standard output may use, or text in a file: of the terminal its colours and columns.

    `COLUMNS` is heeded by all, else a hundred columns are taken where there is no terminal. `NO_COLOR`
    (https://no-color.org) is before `FORCE_COLOR` and `CLICOLOR_FORCE` (https://bixense.com/clicolors/), and these are
    before `TERM=dumb`; each counts where it is neither empty nor 0.
    """
    is_one = not file and sys.stdout.isatty()
    return Shown(
        color == "always" or (color == "auto" and not file and _is_colored(is_one)), _columns(is_one), is_ascii()
    )


def _is_colored(is_one: bool) -> bool:
    if _is_set("NO_COLOR"):
        return False
    return _is_set("FORCE_COLOR") or _is_set("CLICOLOR_FORCE") or (is_one and os.environ.get("TERM") != "dumb")


def _is_set(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


def _columns(is_one: bool) -> int:
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told[:_MOST_DIGITS]):
        return int(told[:_MOST_DIGITS])
    return (os.get_terminal_size(sys.stdout.fileno()).columns if is_one else 0) or _UNTOLD


def is_ascii() -> bool:
    """Whether the locale is not UTF-8, so that text is ASCII alone.

    Python itself writes UTF-8 under the locales C and POSIX (PEP 538, PEP 540) and says so of its streams, so those are
    looked for by their names. Where nothing names a locale, as in containers, what Python says holds.
    """
    if (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8":
        return True
    named = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "")
    return named in ("C", "POSIX") and not os.environ.get("PYTHONIOENCODING")


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
