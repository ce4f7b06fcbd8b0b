"""`target.toml`: what whoever keeps a capture folder says of its host, and of files whose names do not tell.

What is wrong with one is told as of a policy: all at once, each with its line, its key and what to write.
"""

import json
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rmccomply.errors import Fault, InputError
from rmccomply.guarded import LARGEST_TOML, Unfit, as_written, bounded, toml_of
from rmccomply.written.near import near
from rmccomply.written.toml_lines import as_key, line_of_key

TARGET_FILE: Final = "target.toml"
Platform = Literal["", "aix", "vios", "linux", "hmc"]
Argv = Annotated[list[str], Field(min_length=1)]
_SHAPES: Final = {
    "name": "text in quotes",
    "filtered": "true or false",
    "labels": 'a table: write [labels], and below it lines such as wave = "3"',
    "requests": 'a table: write [requests], and below it lines such as "x.txt" = ["lssrc", "-a"]',
}
_LIKE: Final = '["lssrc", "-a"]'


class Request(BaseModel):
    """What a file answers, where more is to be said of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    request: Argv
    filtered: bool = False


class Target(BaseModel):
    """All that the file can say."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    name: str = ""
    platform: Platform = ""
    labels: dict[str, str] = {}
    filtered: bool = False
    requests: dict[str, Argv | Request | bool] = {}


def read_target(path: Path) -> Target:
    """What the file says; nothing where it is not there. Raises InputError with every fault of it."""
    if path.is_symlink():
        raise InputError(f"{path}: is a link, and links are not followed: put the file itself there")
    if not path.exists():
        return Target()
    try:
        raw = bounded(path, LARGEST_TOML)
        content = toml_of(raw)
    except Unfit as error:
        raise InputError(f"{path}{f':{error.line}' if error.line else ''}: {error.says}") from None
    try:
        target, places = Target.model_validate(content), set[tuple[str, ...]]()
    except ValidationError as error:
        target, places = Target(), {tuple(map(str, one["loc"][:2])) for one in error.errors(include_input=False)}
    told = content.get("requests")
    if isinstance(told, dict):
        places |= {("requests", name) for name, one in told.items() if _is_odd(name, one)}
    if places:
        text = raw.decode("utf-8")
        faults = [_fault(path, text, content, loc) for loc in places]
        raise InputError("\n".join(str(one) for one in sorted(faults, key=lambda one: (one.line or 0, one.key))))
    return target


def _is_odd(name: str, entry: object) -> bool:
    """Whether a model would take a word for what it is not: a text or a number for true or false."""
    return not isinstance(entry, list | dict) and not (name == "filtered" and isinstance(entry, bool))


def _fault(path: Path, text: str, content: dict[str, Any], loc: Sequence[str]) -> Fault:
    return Fault(str(path), line_of_key(text, loc), "", ".".join(map(as_key, loc)), _says(content, loc))


def _says(content: dict[str, Any], loc: Sequence[str]) -> str:
    name, given = loc[0], content[loc[0]]
    if name not in Target.model_fields:
        return f"unknown key{near(name, list(Target.model_fields))}"
    if name == "platform":
        known = [one for one in get_args(Platform) if one]
        return f"{_shown(given)} is not one of: {', '.join(known)}{near(str(given), known)}"
    if len(loc) < 2 or not isinstance(given, dict):
        return f"must be {_SHAPES[name]}"
    return _of_label(given[loc[1]]) if name == "labels" else _of_request(given[loc[1]])


def _of_label(given: Any) -> str:
    plain = isinstance(given, int | float) and not isinstance(given, bool)
    return f'must be text in quotes: write "{given}"' if plain else "must be text in quotes"


def _of_request(given: Any) -> str:
    if isinstance(given, dict):
        return f"must be {{ request = {_LIKE}, filtered = true }}, or a request alone"
    if isinstance(given, str) and (words := _words(given)):
        return f"must be a list of words: write {json.dumps(words, ensure_ascii=False)}"
    return f"{f'is {_shown(given)}; it ' if isinstance(given, bool) else ''}must be a request, such as {_LIKE}"


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _shown(given: Any) -> str:
    return as_written(given) if isinstance(given, bool | list | dict) else f"'{given}'"


def requests_in(target: Target) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """The files that it tells of: each with its request, and whether lines of the answer were left out."""
    for name, entry in target.requests.items():
        if isinstance(entry, Request):
            yield name, tuple(entry.request), entry.filtered
        elif not isinstance(entry, bool):
            yield name, tuple(entry), False
