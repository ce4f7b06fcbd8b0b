"""The facts document, version 1: the readings of one target as JSON, and back.

    {"schema": "rmccomply/facts/1", "target": {...}, "facts": {"lssrc -a": {"value": {...}, "reason": null,
     "evidence": [{"line": 4, "uri": "...", "start_line": 53, ...}]}}}

A fact's name is its request. Derived facts are made anew from these at each check, so none is written. References
point into the original files and carry their text, so that a finding judged from a document repeats them unchanged.
Records are written as their fields and read back by pydantic over the same dataclasses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final, NamedTuple

from rmccomply.evidence.model import WHOLE, Kind, Line, Notification, Reference
from rmccomply.facts import load
from rmccomply.facts.model import Reading
from rmccomply.facts.requests import source_of
from rmccomply.words import REASONS, Reason

SCHEMA: Final = "rmccomply/facts/1"


class StoredAnswer(NamedTuple):
    """Where the lines of an answer stand, as a facts document tells it."""

    request: str
    collected: str | None
    places: Mapping[Line, Reference]

    def at(self, line: Line) -> Reference | None:
        """The reference for a line, or for the answer as a whole."""
        return self.places.get(line, self.places.get(WHOLE))


def facts_json(readings: Iterable[Reading]) -> dict[str, Any]:
    """The `facts` of a document."""
    return {reading.name: _fact(reading) for reading in sorted(readings, key=lambda one: (one.name, one.source))}


def _fact(reading: Reading) -> dict[str, Any]:
    lines = sorted({WHOLE, 1, reading.line, *_lines(reading.record)})
    whole = reading.provenance.at(WHOLE)
    fact: dict[str, Any] = {
        "value": None if reading.record is None else _plain(reading.record),
        "reason": reading.reason,
        "says": reading.says,
        "collected": reading.provenance.collected,
        "evidence": [
            {"line": line, **reference_json(place)}
            for line in lines
            if (place := reading.provenance.at(line)) is not None and (line == WHOLE or place != whole)
        ],
    }
    if reading.partial:
        fact["partial"] = reading.partial
    if reading.line:
        fact["line"] = reading.line
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


def read_facts(facts: Mapping[str, Any], uri: str) -> tuple[list[Reading], list[Notification]]:
    """The readings of a document's `facts`. A fact that does not fit its source is unknown, never an error."""
    readings: list[Reading] = []
    notes: list[Notification] = []
    for name, fact in sorted(facts.items()):
        argv = _argv(name, fact)
        kind: Kind = "file" if name.startswith("/") else "probe" if name.startswith("tcp ") else "cmd"
        source = source_of(kind, argv)
        if source is None:
            notes.append(Notification(f"no source reads the fact '{name}', so it was not used", uri, level="note"))
        else:
            readings.append(_reading(name, source, argv, fact))
    return readings, notes


def _argv(name: str, fact: Any) -> tuple[str, ...]:
    argv = fact.get("argv") if isinstance(fact, dict) else None
    if isinstance(argv, list) and argv and all(isinstance(word, str) for word in argv):
        return tuple(argv)
    return (name,) if name.startswith("/") else tuple(name.split(" "))


def _reading(name: str, source: str, argv: tuple[str, ...], fact: Any) -> Reading:
    from pydantic import ValidationError

    if not isinstance(fact, dict):
        nowhere = StoredAnswer(name, None, {})
        return Reading(name, source, argv, None, nowhere, "unparsable", "the fact is no table of value and reason")
    try:
        provenance = StoredAnswer(name, fact.get("collected"), _places(fact.get("evidence") or []))
        also = tuple(StoredAnswer(name, None, {WHOLE: _reference(place)}) for place in fact.get("also") or [])
        reason, line = fact.get("reason"), int(fact.get("line") or WHOLE)
        if reason is not None:
            known: Reason = reason if reason in REASONS else "unparsable"
            says = str(fact.get("says") or "the facts document gives no value")
            return Reading(name, source, argv, None, provenance, known, says, line, also=also)
        if fact.get("value") is None:
            return Reading(name, source, argv, None, provenance, "not_collected", "the facts document gives no value")
        record = _adapter(source).validate_python(fact["value"])
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        nowhere = StoredAnswer(name, None, {})
        says = f"its value does not fit the source {source}: {str(error).splitlines()[0]}"
        return Reading(name, source, argv, None, nowhere, "unparsable", says)
    partial = fact.get("partial")
    return Reading(name, source, argv, record, provenance, partial=partial if partial in REASONS else None)


def _adapter(source: str) -> Any:
    adapter = _ADAPTERS.get(source)
    if adapter is None:
        from pydantic import TypeAdapter

        adapter = _ADAPTERS[source] = TypeAdapter(load(source).RECORD)
    return adapter


_ADAPTERS: Final[dict[str, Any]] = {}


def _places(evidence: list[Any]) -> dict[Line, Reference]:
    return {int(place.get("line", WHOLE)): _reference(place) for place in evidence}


def _reference(place: Mapping[str, Any]) -> Reference:
    status, collected, snippet = place.get("exit_status"), place.get("collected"), place.get("snippet")
    return Reference(
        str(place["uri"]),
        int(place["start_line"]),
        int(place["end_line"]),
        str(place["text"]),
        str(place["request"]),
        None if status is None else int(status),
        None if collected is None else str(collected),
        int(place.get("start_column", 1)),
        None if snippet is None else str(snippet),
    )


def facts_schema() -> dict[str, Any]:
    """The JSON Schema of a facts document."""
    text, texts = {"type": "string"}, {"type": ["string", "null"]}
    place = {
        "type": "object",
        "required": ["uri", "start_line", "end_line", "text", "request", "exit_status", "collected"],
        "properties": {
            "line": {
                "type": "integer",
                "description": "Which line of the answer: 0 the whole, negative error output.",
            },
            "uri": text,
            "start_line": {"type": "integer", "minimum": 1},
            "end_line": {"type": "integer", "minimum": 1},
            "start_column": {"type": "integer", "minimum": 1},
            "text": text,
            "snippet": text,
            "request": text,
            "exit_status": {"type": ["integer", "null"]},
            "collected": texts,
        },
    }
    fact = {
        "type": "object",
        "required": ["value", "reason", "evidence"],
        "properties": {
            "value": {
                "type": ["object", "null"],
                "description": "What the source read; null where reason says why not.",
            },
            "reason": {"enum": [None, *REASONS]},
            "says": text,
            "partial": {"enum": list(REASONS)},
            "collected": texts,
            "argv": {"type": "array", "items": text},
            "evidence": {"type": "array", "items": place},
        },
    }
    target = {"type": "object", "required": ["id", "platform"], "properties": {"id": text, "platform": text}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts document, version 1",
        "type": "object",
        "required": ["schema", "target", "facts"],
        "properties": {
            "schema": {"const": SCHEMA},
            "target": target,
            "facts": {"type": "object", "additionalProperties": fact},
        },
    }
