"""The facts document, version 1: the readings of one target as JSON, and back.

    {"schema": "rmccomply/facts/1", "target": {...}, "facts": {"lssrc -a": {"value": {...}, "reason": null,
     "evidence": [{"line": 4, "uri": "...", "start_line": 53, ...}]}}}

A fact's name is its request. Derived facts are made anew from these at each check, so none is written. References
point into the original files and carry their text, so that a finding judged from a document repeats them unchanged.
Records are written as their fields and read back by pydantic over the same dataclasses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final, NamedTuple, TypeVar

from rmccomply.evidence.model import WHOLE, Kind, Line, Notification, Reference, request_text
from rmccomply.sources.reading import Read, Reading, Unread
from rmccomply.sources.requests import source_of
from rmccomply.sources.table import SOURCES
from rmccomply.words import REASONS, Reason

SCHEMA: Final = "rmccomply/facts/1"
T = TypeVar("T")


class StoredAnswer(NamedTuple):
    """Where the lines of an answer stand, as a facts document tells it."""

    request: str
    collected: str | None
    places: Mapping[Line, Reference]

    def at(self, line: Line) -> Reference | None:
        """The reference for a line, or for the answer as a whole."""
        return self.places.get(line, self.places.get(WHOLE))


def facts_json(readings: Iterable[Reading[object]]) -> dict[str, Any]:
    """The `facts` of a document."""
    return {reading.name: _fact(reading) for reading in sorted(readings, key=lambda one: (one.name, one.source))}


def damage_json(notes: Iterable[Notification]) -> dict[str, Any]:
    """What was lost of the evidence, for the `target` of a document; nothing where it came whole."""
    damage = [{"text": one.text, "uri": one.uri, "line": one.line} for one in notes if one.damage]
    return {"damage": damage} if damage else {}


def read_damage(target: Mapping[str, Any], uri: str) -> list[Notification]:
    """The damage that a document's `target` tells of. What cannot be read there is damage too."""
    if "damage" not in target:
        return []
    told = target["damage"]
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        told = [{}]
    return [
        Notification(
            _kept(one, "text", str) or "the facts document tells of damage in words that this release does not read",
            _kept(one, "uri", str) or uri,
            max(_kept(one, "line", int) or 0, 0) or None,
            damage=True,
        )
        for one in told
    ]


def _kept(table: Mapping[str, Any], key: str, kind: type[T]) -> T | None:
    value = table.get(key)
    return value if isinstance(value, kind) and value is not True else None


def _fact(reading: Reading[object]) -> dict[str, Any]:
    read = reading if isinstance(reading, Read) else None
    unread = reading if isinstance(reading, Unread) else None
    at = WHOLE if unread is None else unread.line
    lines = sorted({WHOLE, 1, at, *_lines(None if read is None else read.record)})
    whole = reading.provenance.at(WHOLE)
    fact: dict[str, Any] = {
        "value": None if read is None else _plain(read.record),
        "reason": None if unread is None else unread.reason,
        "says": "" if unread is None else unread.says,
        "collected": reading.provenance.collected,
        "evidence": [
            {"line": line, **reference_json(place)}
            for line in lines
            if (place := reading.provenance.at(line)) is not None and (line == WHOLE or place != whole)
        ],
    }
    if read is not None and read.partial:
        fact["partial"] = read.partial
    if at:
        fact["line"] = at
    if reading.also:
        fact["also"] = [reference_json(place) for other in reading.also if (place := other.at(WHOLE)) is not None]
    if " ".join(_base(reading.argv)) != reading.name or any(" " in word for word in reading.argv):
        fact["argv"] = list(reading.argv)
    return fact


def _base(argv: tuple[str, ...]) -> tuple[str, ...]:
    return argv if len(argv) == 1 else (argv[0].rpartition("/")[2], *argv[1:])


def _lines(record: object) -> Iterator[Line]:
    """Every line that a record points at."""
    if isinstance(record, tuple):
        for item in record:
            yield from _lines(item)
    elif is_dataclass(record):
        for field in fields(record):
            value = getattr(record, field.name)
            if field.name == "line" or field.name.endswith("_line"):
                yield value
            else:
                yield from _lines(value)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def reference_json(place: Reference) -> dict[str, Any]:
    """A reference as reports and documents write it."""
    plain: dict[str, Any] = {
        "uri": place.uri,
        "start_line": place.start_line,
        "end_line": place.end_line,
        "start_column": place.start_column,
        "text": place.text,
        "request": place.request,
        "exit_status": place.exit_status,
        "collected": place.collected,
    }
    if place.snippet is not None:
        plain["snippet"] = place.snippet
    return plain


def read_facts(facts: Mapping[str, Any], uri: str) -> tuple[list[Reading[object]], list[Notification]]:
    """The readings of a document's `facts`. A fact that does not fit its source is unknown, never an error."""
    readings: list[Reading[object]] = []
    notes: list[Notification] = []
    for name, fact in sorted(facts.items()):
        kind: Kind = "file" if name.startswith("/") else "probe" if name.startswith("tcp ") else "cmd"
        argv = _argv(kind, name, fact)
        source = source_of(kind, argv)
        if source is None:
            notes.append(Notification(f"no source reads the fact '{name}', so it was not used", uri, level="note"))
        else:
            readings.append(_reading(name, source, argv, fact))
    return readings, notes


def _argv(kind: Kind, name: str, fact: Any) -> tuple[str, ...]:
    argv = fact.get("argv") if isinstance(fact, dict) else None
    if isinstance(argv, list) and all(isinstance(word, str) for word in argv):
        told = tuple(argv)
        if request_text(kind, told) == name:
            return told
    return (name,) if kind == "file" else tuple(name.split(" "))


def _reading(name: str, source: str, argv: tuple[str, ...], fact: Any) -> Reading[object]:
    from pydantic import ValidationError

    if not isinstance(fact, dict):
        nowhere = StoredAnswer(name, None, {})
        return Unread(name, source, argv, nowhere, "unparsable", "the fact is no table of value and reason")
    try:
        provenance = StoredAnswer(name, _text(fact, "collected"), _places(fact))
        also = tuple(StoredAnswer(name, None, {WHOLE: _reference(place)}) for place in _list(fact, "also"))
        reason, line, partial = fact.get("reason"), _number(fact, "line", None), fact.get("partial")
        if reason is None and fact.get("value") is None:
            reason = "not_collected"
        if reason is not None:
            known: Reason = reason if reason in REASONS else "unparsable"
            says = _text(fact, "says") or "the facts document gives no value"
            return Unread(name, source, argv, provenance, known, says, line, also)
        if partial is not None and partial not in REASONS:
            raise ValueError("'partial' is no reason")
        record = _adapter(source).validate_python(fact["value"])
    except (ValidationError, KeyError, ValueError) as error:
        nowhere = StoredAnswer(name, None, {})
        says = f"the fact does not fit the source {source}: {str(error).splitlines()[0]}"
        return Unread(name, source, argv, nowhere, "unparsable", says)
    return Read(name, source, argv, record, provenance, partial, also)


def _adapter(source: str) -> Any:
    adapter = _ADAPTERS.get(source)
    if adapter is None:
        from pydantic import TypeAdapter

        adapter = _ADAPTERS[source] = TypeAdapter(SOURCES[source].load().RECORD)
    return adapter


_ADAPTERS: Final[dict[str, Any]] = {}


def _places(fact: Mapping[str, Any]) -> dict[Line, Reference]:
    return {_number(place, "line", None): _reference(place) for place in _list(fact, "evidence")}


def _reference(place: Mapping[str, Any]) -> Reference:
    status = place.get("exit_status")
    return Reference(
        _word(place, "uri"),
        _number(place, "start_line"),
        _number(place, "end_line"),
        _word(place, "text"),
        _word(place, "request"),
        None if status is None else _number(place, "exit_status", None),
        _text(place, "collected"),
        _number(place, "start_column") if "start_column" in place else 1,
        _text(place, "snippet"),
    )


def _list(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A list of tables; empty where there is none."""
    items = table.get(key) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError(f"'{key}' is no list of tables")
    return items


def _number(table: Mapping[str, Any], key: str, lowest: int | None = 1) -> int:
    """A whole number; where it may be negative it may be left out too, and then is 0."""
    value = table.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int) or (lowest is not None and value < lowest):
        raise ValueError(f"'{key}' is no number that can stand there")
    return value


def _word(table: Mapping[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str):
        raise ValueError(f"'{key}' is no text")
    return value


def _text(table: Mapping[str, Any], key: str) -> str | None:
    return None if table.get(key) is None else _word(table, key)


_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_POSITION: Final = {"type": "integer", "minimum": 1}
_LINE: Final = {"type": "integer", "description": "Which line of the answer: 0 the whole, negative error output."}


def facts_schema() -> dict[str, Any]:
    """The JSON Schema of a facts document."""
    properties = {"id": _TEXT, "platform": _TEXT, "damage": _damage_schema()}
    target = {"type": "object", "required": ["id", "platform"], "properties": properties}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts document, version 1",
        "type": "object",
        "required": ["schema", "target", "facts"],
        "properties": {
            "schema": {"const": SCHEMA},
            "target": target,
            "facts": {"type": "object", "additionalProperties": _fact_schema(_place_schema())},
        },
    }


def _damage_schema() -> dict[str, Any]:
    line = {"type": ["integer", "null"], "minimum": 1}
    return {
        "type": "array",
        "description": "What was lost of the evidence; where anything is, no check of this document ends in status 0.",
        "items": {"type": "object", "required": ["text"], "properties": {"text": _TEXT, "uri": _TEXT, "line": line}},
    }


def _fact_schema(place: dict[str, Any]) -> dict[str, Any]:
    value = {"type": ["object", "null"], "description": "What the source read; null where reason says why not."}
    return {
        "type": "object",
        "required": ["value", "reason", "evidence"],
        "properties": {
            "value": value,
            "reason": {"enum": [None, *REASONS]},
            "says": _TEXT,
            "partial": {"enum": list(REASONS)},
            "collected": _TEXT_OR_NULL,
            "line": _LINE,
            "argv": {"type": "array", "items": _TEXT},
            "evidence": {"type": "array", "items": place},
            "also": {"type": "array", "items": place},
        },
    }


def _place_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["uri", "start_line", "end_line", "text", "request", "exit_status", "collected"],
        "properties": {
            "line": _LINE,
            "uri": _TEXT,
            "start_line": _POSITION,
            "end_line": _POSITION,
            "start_column": _POSITION,
            "text": _TEXT,
            "snippet": _TEXT,
            "request": _TEXT,
            "exit_status": {"type": ["integer", "null"]},
            "collected": _TEXT_OR_NULL,
        },
    }
