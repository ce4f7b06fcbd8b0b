"""Readings: what each answer of a target says, made when it is first asked for, and once.

They are indexed by the word that names their source (a command's base name, a file's path, `tcp`), so that the module
of a source is imported only when its reading is wanted.
"""

from collections.abc import Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from rmccomply.evidence.model import WHOLE, Damage, Evidence, Line, Provenance, Reference
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.source import Parser, Source, head_of
from rmccomply.sources.table import SOURCES
from rmccomply.words import REASONS, Reason

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

_FILTERED: Final = Damage("truncated", "what was kept is only a part of the answer", partial=True)
_LAST: Final = Damage("truncated", "its last line is incomplete", partial=True)
_LANGUAGE: Final = "it may be in another language: run the command with LC_ALL=C"
_LONGEST_LINE: Final = 256 * 1024
_EMPTY: Final = Damage("empty", "the capture is empty, and no exit status shows whether that is an answer")


class Read(NamedTuple, Generic[R_co]):
    """What one answer says.

    `name` is the request (`lssrc -a`, `/etc/ct_node_id`), `source` the source that read it. `partial` is set where rows
    prove presence only. `also` are equal answers to the request.
    """

    name: str
    source: str
    argv: tuple[str, ...]
    record: R_co
    provenance: Provenance
    partial: Reason | None = None
    also: tuple[Provenance, ...] = ()

    @property
    def why(self) -> Reason | None:
        """Why it does not say all; None where it does."""
        return self.partial

    def at(self, line: Line) -> tuple[Reference, ...]:
        """References for a line of the answer: none where the file has no such line."""
        found = self.provenance.at(line)
        return () if found is None else (found,)

    def where(self) -> tuple[Reference, ...]:
        """The first line of the answer, and of those that equal it."""
        return (*self.at(WHOLE), *_each_at(self.also, WHOLE))


class Unread(NamedTuple):
    """Why one answer says nothing: a reason, and in `says` the clause that tells it; `line` is where.

    `also` are the other answers to the request that it conflicts with.
    """

    name: str
    source: str
    argv: tuple[str, ...]
    provenance: Provenance
    reason: Reason
    says: str = ""
    line: Line = WHOLE
    also: tuple[Provenance, ...] = ()

    @property
    def why(self) -> Reason:
        """Why it says nothing."""
        return self.reason

    def at(self, line: Line) -> tuple[Reference, ...]:
        """References for a line of the answer: none where the file has no such line."""
        found = self.provenance.at(line)
        return () if found is None else (found,)

    def where(self) -> tuple[Reference, ...]:
        """Where the answer failed; of conflicting answers, all."""
        return (*self.at(self.line), *_each_at(self.also, WHOLE))


Reading = Read[R_co] | Unread
"""What came of an answer."""


def _each_at(answers: Iterable[Provenance], line: Line) -> tuple[Reference, ...]:
    return tuple(place for answer in answers if (place := answer.at(line)) is not None)


class Readings:
    """The readings of one target by source."""

    def __init__(self, evidence: Iterable[Evidence] = (), made: Iterable[Reading[object]] = ()) -> None:
        self._made: dict[str, tuple[Reading[object], ...]] = {}
        self._by_word: dict[str, list[Evidence]] = {}
        for item in evidence:
            if item.argv and (item.origin == "host" or item.kind == "meta"):
                self._by_word.setdefault(head_of(item.kind, item.argv), []).append(item)
        by_source: dict[str, list[Reading[object]]] = {}
        for reading in made:
            by_source.setdefault(reading.source, []).append(reading)
        self._made.update((source, tuple(readings)) for source, readings in by_source.items())

    def of(self, source: Source[R]) -> tuple[Reading[R], ...]:
        """The readings of a source, sorted by request; empty where nothing was collected."""
        found = self._made.get(source.name)
        if found is None:
            found = self._made[source.name] = self._read(source)
        return found  # type: ignore[return-value]

    def all(self) -> tuple[Reading[object], ...]:
        """Every reading, by source and request."""
        return tuple(reading for name in sorted(SOURCES) for reading in self.of(SOURCES[name]))

    def _read(self, source: Source[R]) -> tuple[Reading[R], ...]:
        found: list[Evidence] = []
        for word in source.heads:
            found += self._by_word.get(word, ())
        if not found:
            return ()
        parser = source.load()
        by_request: dict[str, list[Evidence]] = {}
        for item in found:
            if parser.asks(item.argv):
                by_request.setdefault(item.request, []).append(item)
        return tuple([_reading(name, source.name, parser, by_request[name]) for name in sorted(by_request)])


def _reading(name: str, source: str, parser: Parser[R], answers: list[Evidence]) -> Reading[R]:
    """One reading of all answers to one request: equal answers are one, the latest, and different ones conflict."""
    if len(answers) == 1:
        return _read_one(name, source, parser, answers[0])
    answers = sorted(answers, key=lambda item: (item.uri, item.line))
    readings = [_read_one(name, source, parser, item) for item in answers]
    read = [(item, one) for item, one in zip(answers, readings, strict=True) if isinstance(one, Read)]
    usable = [(item, one) for item, one in read if one.partial is None] or read
    if not usable:
        return min((one for one in readings if isinstance(one, Unread)), key=_closeness)
    latest, reading = max(usable, key=lambda pair: pair[0].ended or "")
    others = tuple(item for item, one in usable if one is not reading)
    texts = {(item.out.lines, item.err.lines, item.exit_status) for item, _ in usable}
    if len(texts) == 1:
        return reading._replace(also=tuple(item for item in others if item.ended != latest.ended))
    says = f"{len(usable)} answers to it differ from each other"
    return Unread(reading.name, source, reading.argv, latest, "conflicting", says, also=others)


def _closeness(reading: Unread) -> tuple[int, str]:
    """Of several answers that say nothing, the one to speak of does not depend on their order."""
    return (REASONS.index(reading.reason), reading.says)


def _read_one(name: str, source: str, parser: Parser[R], item: Evidence) -> Reading[R]:
    argv = item.argv
    damage = item.damage or _capture_damage(item) or _overlong(item)
    if damage is not None and not (damage.partial and parser.LISTING):
        return Unread(name, source, argv, item, damage.reason, damage.says)
    lines, errors = item.out.lines, item.err.lines
    if "\xa0" in "\n".join(lines):
        lines = tuple(line.replace("\xa0", " ") for line in lines)
    answer = Answer(argv, lines, errors, item.exit_status, damage is None, item.state == "absent")
    try:
        record = parser.parse(answer)
    except Unreadable as refused:
        if damage is not None:
            return Unread(name, source, argv, item, damage.reason, damage.says)
        if parser.LISTING and _is_last(refused, item):
            return _read_one(name, source, parser, item._replace(damage=_LAST))
        return Unread(name, source, argv, item, refused.reason, _told(refused, lines), refused.line)
    return Read(name, source, argv, record, item, damage.reason if damage else None)


def _is_last(refused: Unreadable, item: Evidence) -> bool:
    """Whether the last line of a capture is what spoils it: whoever saved it may have lost the end."""
    filled = [number for number, line in enumerate(item.out.lines, 1) if line.strip()]
    return item.exit_status is None and refused.reason == "unparsable" and [refused.line] == filled[-1:] != filled


def _told(refused: Unreadable, lines: tuple[str, ...]) -> str:
    """Why an answer was refused; one with letters that no English text has was perhaps printed in another language."""
    foreign = refused.reason == "unparsable" and not all(line.isascii() for line in lines)
    return f"{refused.says} ({_LANGUAGE})" if foreign and "LC_ALL" not in refused.says else refused.says


def _capture_damage(item: Evidence) -> Damage | None:
    if item.state == "exit" and item.exit_status is None and not any(line.strip() for line in item.out.lines):
        return _EMPTY
    return None if item.whole else _FILTERED


def _overlong(item: Evidence) -> Damage | None:
    """What is wrong with an answer that has a line which no command prints."""
    if item.out.size + item.err.size <= _LONGEST_LINE:
        return None
    for line in (*item.out.lines, *item.err.lines):
        if len(line) > _LONGEST_LINE:
            return Damage("unparsable", f"a line of it has {len(line)} characters, which no command prints")
    return None
