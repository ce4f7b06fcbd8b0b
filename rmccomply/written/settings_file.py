"""WrittenSettings that are written once: `rmccomply.toml` in the folder where `check` runs, and the environment.

schema = 1

[check]
policy = ["image-gate"]
fail-on = "medium"
waivers = "waivers.toml"

[check.param]
route = "ova"

A setting has the name of the option that it stands for, and of the variable: RMCCOMPLY_FAIL_ON. Only what decides how
evidence is judged and shown can be set: nothing that writes a file, opens a connection, turns the clock, or keeps
quiet what was set, so that a file in a folder that somebody else made does no more than judge. Files are named relative
to the folder of the file.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from rmccomply.errors import Fault, UsageError
from rmccomply.guarded import LARGEST_TOML, Unfit, as_written, bounded, toml_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import Origin
from rmccomply.written.near import near
from rmccomply.written.toml_lines import line_of_key

SETTINGS_FILE: Final = "rmccomply.toml"
PREFIX: Final = "RMCCOMPLY_"
NONE: Final = "none"
"""What is named instead of a file where neither a file nor the environment is heeded."""
_CONFIG: Final = f"{PREFIX}CONFIG"
Shape = Literal["text", "texts", "number", "switch", "pairs", "file", "files", "policies"]
SHAPES: Final[dict[str, Shape]] = {
    "policy": "policies",
    "profile": "text",
    "param": "pairs",
    "select": "texts",
    "ignore": "texts",
    "locked": "file",
    "show": "text",
    "target": "texts",
    "severity": "text",
    "reason": "texts",
    "group-by": "text",
    "color": "text",
    "verbose": "switch",
    "parts": "number",
    "fail-on": "text",
    "on-unknown": "text",
    "min-decided": "number",
    "exit-zero": "switch",
    "waivers": "file",
    "baseline": "file",
    "against": "files",
    "platform": "text",
    "labels": "file",
    "secrets": "file",
    "max-size": "number",
    "max-members": "number",
    "max-seconds": "number",
}
"""What can be set of `check`, and what shape its value has."""
_SAYS: Final[dict[Shape, str]] = {
    "text": "text in quotes",
    "texts": 'a list of at least one text, such as ["a", "b"]',
    "number": "a number",
    "switch": "true or false",
    "pairs": 'a table: write [check.param], and below it lines such as route = "ova"',
    "file": "the path of a file in quotes",
    "files": 'a list of at least one path, such as ["a", "b"]',
    "policies": 'a list of at least one policy, such as ["image-gate"]',
}
_SWITCH: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_NEAR: Final = 0.8
"""How like a name has to be to one that is known."""
_TABLES: Final = ("schema", "check")

Value = str | int | float | bool | list[str]


class WrittenSettings(NamedTuple):
    """Values by the name of their option, with `_` for `-`; where each comes from; and the file, if one was heeded."""

    values: Mapping[str, Value] = {}
    origins: Mapping[str, Origin] = {}
    file: str = ""


def settings_from(named: str | None, folder: Path, environment: Mapping[str, str]) -> WrittenSettings:
    """What is set for `check` in a folder. `named` is the file that somebody named, or "none".

    The environment goes before the file. Raises UsageError with every fault of either.
    """
    if named == NONE or (named is None and environment.get(_CONFIG) == NONE):
        return WrittenSettings()
    told = named or environment.get(_CONFIG) or ""
    path = Path(told) if told else folder / SETTINGS_FILE
    of_file = _of_file(path, told or SETTINGS_FILE) if told or path.exists() else {}
    of_environment = _of_environment(environment)
    origins: dict[str, Origin] = {**dict.fromkeys(of_file, "file"), **dict.fromkeys(of_environment, "environment")}
    return WrittenSettings({**of_file, **of_environment}, origins, path.name if of_file else "")


def variable_of(option: str) -> str:
    """The variable of the environment that stands for an option."""
    return f"{PREFIX}{option.upper().replace('-', '_')}"


def _of_file(path: Path, shown: str) -> dict[str, Value]:
    try:
        if stat.S_IMODE(os.stat(path).st_mode) & stat.S_IWOTH:
            raise UsageError(f"{shown}: everybody may write it, so it is not heeded: chmod o-w {shown}")
        raw = bounded(path, LARGEST_TOML)
        content = toml_of(raw)
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror}") from None
    except Unfit as error:
        raise UsageError(f"{shown}{f':{error.line}' if error.line else ''}: {error.says}") from None
    text = raw.decode("utf-8")
    faults = [Fault(shown, line_of_key(text, loc), "", ".".join(loc), says) for loc, says in _faults(content)]
    if faults:
        raise UsageError("\n".join(str(one) for one in sorted(faults, key=lambda one: (one.line or 0, one.key))))
    given = content.get("check", {})
    return {_name(key): _placed(SHAPES[key], value, path.parent) for key, value in given.items()}


def _faults(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where something is wrong, and what."""
    if content.get("schema") != 1 or content["schema"] is True:
        yield (("schema",) if "schema" in content else ()), "write schema = 1 on the first line"
    for key in content:
        if key not in _TABLES:
            where = "; settings stand below [check]" if key in SHAPES else near(key, _TABLES, _NEAR)
            yield (key,), f"unknown key{where}"
    given = content.get("check", {})
    if not isinstance(given, dict):
        yield ("check",), "must be a table: write [check], and settings below it"
        return
    for key, value in given.items():
        if key not in SHAPES:
            yield ("check", key), f"unknown setting{near(key, SHAPES, _NEAR)}"
        elif not _fits(SHAPES[key], value):
            yield ("check", key), f"is {as_written(value)}; it must be {_SAYS[SHAPES[key]]}"


def _fits(shape: Shape, value: object) -> bool:
    if shape in ("text", "file"):
        return isinstance(value, str) and value != ""
    if shape == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if shape == "switch":
        return isinstance(value, bool)
    if shape == "pairs":
        return isinstance(value, dict) and all(isinstance(one, str | int | float) for one in value.values())
    return isinstance(value, list) and value != [] and all(isinstance(one, str) and one for one in value)


def _placed(shape: Shape, value: Any, folder: Path) -> Value:
    """A value as the command line would give it, with files as they are found from the working folder."""
    if shape == "pairs":
        return [f"{name}={str(one).lower() if isinstance(one, bool) else one}" for name, one in value.items()]
    if shape == "file":
        return str(folder / value)
    if shape == "files":
        return [str(folder / one) for one in value]
    if shape == "policies":
        return [str(folder / one) if _is_path(one) else one for one in value]
    found: Value = value
    return found


def _is_path(policy: str) -> bool:
    return "/" in policy or policy.endswith(".toml")


def _of_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    known = {variable_of(key): key for key in SHAPES}
    found: dict[str, Value] = {}
    faults: list[str] = []
    for name in sorted(environment):
        value = environment[name]
        if not name.startswith(PREFIX) or name == _CONFIG:
            continue
        if name not in known:
            faults.append(f"{name}: no setting is called so{near(name, known, _NEAR)}")
        elif SHAPES[known[name]] == "switch" and value.lower() not in _SWITCH:
            faults.append(f"{name}: must be true or false")
        elif value and (words := _worded(SHAPES[known[name]], value)) == []:
            faults.append(f"{name}: names nothing, so that it would take away what is set elsewhere: unset it")
        elif value:
            found[_name(known[name])] = words
    if faults:
        raise UsageError("\n".join(faults))
    return found


def _worded(shape: Shape, value: str) -> Value:
    """What a variable says: of several, separated by commas."""
    if shape == "switch":
        return _SWITCH[value.lower()]
    if shape in ("text", "number", "file"):
        return value
    return [word.strip() for word in value.split(",") if word.strip()]


def _name(key: str) -> str:
    return key.replace("-", "_")
