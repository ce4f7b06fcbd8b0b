"""Readings as rows of a facts document, and readings of rows.

A record is written as its fields, and read back by pydantic over the same dataclasses. References point into the
original files and carry their text, so that a finding judged from a document repeats them unchanged.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final

from pydantic import ValidationError

from rmccomply.documents.facts_1_rows import DamageRow, FactPlace, FactReference, FactRow, UnfitFact
from rmccomply.documents.faults import fault_lines
from rmccomply.documents.model import adapter
from rmccomply.evidence.model import WHOLE, Kind, Line, Notification, Reference, request_text
from rmccomply.evidence.uris import carried
from rmccomply.sources.reading import Read, Reading, Unread
from rmccomply.sources.requests import source_of
from rmccomply.sources.table import SOURCES
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_DAMAGED: Final = "the facts document describes damage in words that this release does not know"


class StoredAnswer(NamedTuple):
    """Where the lines of an answer stand, as a facts document tells it."""

    request: str
    collected: str | None
    places: Mapping[Line, Reference]

    def at(self, line: Line) -> Reference | None:
        """The reference for a line, or for the answer as a whole."""
        return self.places.get(line, self.places.get(WHOLE))


def fact_rows(readings: Iterable[Reading[object]]) -> dict[str, FactRow]:
    """The `facts` of a document."""
    return {reading.name: _row(reading) for reading in sorted(readings, key=lambda one: (one.name, one.source))}


def _row(reading: Reading[object]) -> FactRow:
    at, record = (WHOLE, reading.record) if isinstance(reading, Read) else (reading.line, None)
    named = " ".join(_base(reading.argv)) == reading.name and not any(" " in word for word in reading.argv)
    return FactRow(
        value=_plain(record),
        reason=None if isinstance(reading, Read) else reading.reason,
        says="" if isinstance(reading, Read) else reading.says,
        partial=reading.partial if isinstance(reading, Read) else None,
        collected=reading.provenance.collected,
        line=at,
        argv=None if named else reading.argv,
        evidence=tuple(_places(reading, sorted({WHOLE, 1, at, *_lines(record)}))),
        also=tuple(_row_of(place) for other in reading.also if (place := other.at(WHOLE)) is not None),
    )


def _base(argv: tuple[str, ...]) -> tuple[str, ...]:
    return argv if len(argv) == 1 else (argv[0].rpartition("/")[2], *argv[1:])


def _places(reading: Reading[object], lines: Iterable[Line]) -> Iterator[FactPlace]:
    """Where the answer stands, and those of its lines that stand elsewhere."""
    whole = reading.provenance.at(WHOLE)
    for line in lines:
        place = reading.provenance.at(line)
        if place is not None and (line == WHOLE or place != whole):
            yield FactPlace(line=line, **place._asdict())


def _row_of(place: Reference) -> FactReference:
    return FactReference(**place._asdict())


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


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def damage_rows(notes: Iterable[Notification]) -> tuple[DamageRow, ...]:
    """What was lost of the evidence; nothing where it came whole."""
    return tuple(DamageRow(text=one.text, uri=one.uri, line=one.line) for one in notes if one.damage)


def damage_notes(rows: Iterable[DamageRow], uri: str) -> list[Notification]:
    """The damage that a document tells of; what it does not say of it is said of the document, whose uri is given."""
    return [Notification(row.text or _DAMAGED, carried(row.uri) or uri, row.line, damage=True) for row in rows]


def readings_of(facts: Mapping[str, FactRow | UnfitFact], uri: str) -> tuple[list[Reading[object]], list[Notification]]:
    """The readings that facts tell of. A fact that does not fit its source is unknown, never an error."""
    readings: list[Reading[object]] = []
    notes: list[Notification] = []
    for name, fact in sorted(facts.items()):
        kind: Kind = "file" if name.startswith("/") else "probe" if name.startswith("tcp ") else "cmd"
        argv = _argv(kind, name, fact.argv)
        source = source_of(kind, argv)
        if source is None:
            notes.append(Notification(f"nothing here reads the fact '{name}', so it was not used", uri, level="note"))
        else:
            readings.append(_reading(name, source, argv, fact))
    return readings, notes


def _argv(kind: Kind, name: str, told: tuple[str, ...] | None) -> tuple[str, ...]:
    if told is not None and request_text(kind, told) == name:
        return told
    return (name,) if kind == "file" else tuple(name.split(" "))


def _reading(name: str, source: str, argv: tuple[str, ...], fact: FactRow | UnfitFact) -> Reading[object]:
    if isinstance(fact, UnfitFact):
        says = _unfit(source, fact.fault.removeprefix("$."))
        return _nowhere(name, source, argv, says if fact.fault else "the fact is not a table with value and reason")
    provenance = StoredAnswer(name, fact.collected, {place.line: _reference(place) for place in fact.evidence})
    also = tuple(StoredAnswer(name, None, {WHOLE: _reference(place)}) for place in fact.also)
    reason: Reason | None = "not_collected" if fact.reason is None and fact.value is None else fact.reason
    if reason is not None:
        says = fact.says or "the facts document gives no value"
        return Unread(name, source, argv, provenance, reason, says, fact.line, also)
    try:
        record = adapter(SOURCES[source].load().RECORD).validate_python(fact.value)
    except ValidationError as error:
        return _nowhere(name, source, argv, _unfit(source, f"value{next(fault_lines(error)).removeprefix('$')}"))
    return Read(name, source, argv, record, provenance, fact.partial, also)


def _unfit(source: str, fault: str) -> str:
    return f"the fact does not fit the source {source}: {fault}"


def _nowhere(name: str, source: str, argv: tuple[str, ...], says: str) -> Unread:
    return Unread(name, source, argv, StoredAnswer(name, None, {}), "unparsable", says)


def _reference(place: FactReference) -> Reference:
    return Reference(
        carried(place.uri),
        place.start_line,
        place.end_line,
        place.text,
        place.request,
        place.exit_status,
        place.collected,
        place.start_column,
        place.snippet,
    )
