"""What a model refuses of a file that people write: all of it at once, each with its line, its key and what is due.

The models are pydantic's; its words are not told, since they speak of Python to who wrote TOML.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from rmccomply.errors import Fault, PolicyError
from rmccomply.guarded import LARGEST_TOML, Unfit, as_written, bounded, toml_of
from rmccomply.tuples import NamedTuple
from rmccomply.written.near import near
from rmccomply.written.toml_lines import KeyPlace, deepest, places_of

M = TypeVar("M", bound=BaseModel)
_SHAPES: Final = {
    "string_type": "text in quotes",
    "string_too_short": "text that is not empty",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "too_short": "a list with at least one entry",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
Loc = Sequence[str | int]


class WrittenFile(NamedTuple):
    """A file that somebody wrote: its content, and the line of each of its keys."""

    path: str
    text: str
    content: Mapping[str, Any]
    places: KeyPlace

    def line(self, loc: Loc) -> int | None:
        """The line of the deepest key that the file has of a place."""
        return deepest(self.places, loc)

    def fault(self, loc: Loc, says: str, about: str = "") -> Fault:
        """A fault at a place; `about` is the entry that it is of, where that has a name."""
        return Fault(self.path, self.line(loc), about, ".".join(map(str, loc)), says)


def open_written(path: Path) -> WrittenFile:
    """The content of a TOML file. Raises PolicyError for what is none."""
    try:
        raw = bounded(path, LARGEST_TOML)
        content = toml_of(raw)
    except Unfit as error:
        raise PolicyError((Fault(str(path), error.line, "", "", error.says),)) from None
    except OSError as error:
        raise PolicyError((Fault(str(path), None, "", "", f"cannot be read: {error.strerror or error}"),)) from None
    text = raw.decode("utf-8")
    return WrittenFile(str(path), text, content, places_of(text))


def validated(file: WrittenFile, model: type[M], entries: str) -> tuple[M | None, list[Fault]]:
    """The file by its model, or what the model refuses; `entries` is the list of tables whose entries have names."""
    try:
        return model.model_validate(file.content), []
    except ValidationError as error:
        return None, [_fault(file, one, model, entries) for one in error.errors(include_url=False)]


def in_order(faults: Collection[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of their file, each once."""
    return tuple(sorted(set(faults), key=lambda fault: (fault.line or 0, fault.rule, fault.key, fault.says)))


def _fault(file: WrittenFile, error: Any, model: type[BaseModel], entries: str) -> Fault:
    parts = error["loc"]
    own = parts[-1:] if error["type"] == "extra_forbidden" else ()
    loc = [*(part for part in parts[: len(parts) - len(own)] if not _is_of_a_union(part)), *own]
    about, shown = _entry(file, loc, entries)
    return Fault(file.path, file.line(loc), about, ".".join(map(str, shown)), _says(error, loc, model))


def _is_of_a_union(part: str | int) -> bool:
    """Whether a part of a location names a type of pydantic and no key."""
    return isinstance(part, str) and (part in ("str", "int", "float", "bool") or "[" in part or part[:1].isupper())


def _entry(file: WrittenFile, loc: Loc, entries: str) -> tuple[str, Loc]:
    """The name of the entry that a place is in, and the rest of the place."""
    if len(loc) > 1 and loc[0] == entries and isinstance(loc[1], int):
        listed = file.content.get(entries)
        one = listed[loc[1]] if isinstance(listed, list) and loc[1] < len(listed) else None
        named = one if isinstance(one, dict) else {}
        name = next((named[key] for key in ("name", "id") if isinstance(named.get(key), str)), "")
        return f"'{name}'" if name else f"{entries} {loc[1] + 1}", loc[2:]
    return "", loc


def _says(error: Any, loc: Loc, model: type[BaseModel]) -> str:
    kind, given, details = error["type"], error.get("input"), error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        name = str(loc[-1])
        return f"unknown key{near(name, _keys(model) - {name})}"
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", str(details.get("expected", "")))
        if not options:
            return f"'{as_written(given)}' is not known: write {details.get('expected')}"
        told = near(given, options) if isinstance(given, str) else ""
        return f"'{as_written(given)}' is not one of: {', '.join(options)}{told}"
    if kind in _SHAPES:
        return f"must be {_SHAPES[kind]}"
    return str(details.get("error", error["msg"]))


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key that a model, and each model below it, knows."""
    schema = model.model_json_schema()
    tables = [schema, *schema.get("$defs", {}).values()]
    return {key for table in tables for key in table.get("properties", {})}
