"""From evidence to readings to facts: each made when it is first asked for, and once.

`Readings` index the answers of one target by the word that names their source (a command's base name, a file's path,
`tcp`), so that a source's module is imported only when its reading is wanted. `Facts` adds what the run decides: the
declared management, the clock, and how old evidence may be.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any, Final, NamedTuple, TypeVar, cast

from rmccomply.evidence.model import Bundle, Damage, Evidence
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.model import Fact, Reading
from rmccomply.sources import SOURCES, Source, head_of, load
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.words import PLATFORMS, REASONS, Management

T = TypeVar("T")

_FILTERED: Final = Damage("truncated", "what was kept is only a part of the answer", partial=True)
_LAST: Final = Damage("truncated", "its last line is no whole row of it", partial=True)
_LANGUAGE: Final = "it may be in another language: run the command with LC_ALL=C"
_LONGEST_LINE: Final = 256 * 1024
_EMPTY: Final = Damage("empty", "the capture is empty, and no exit status tells whether that is an answer")


class Readings:
    """The readings of one target by source."""

    def __init__(self, evidence: Iterable[Evidence] = (), made: Iterable[Reading] = ()) -> None:
        self._made: dict[str, tuple[Reading, ...]] = {}
        self._by_word: dict[str, list[Evidence]] = {}
        for item in evidence:
            if item.argv and (item.origin == "host" or item.kind == "meta"):
                self._by_word.setdefault(head_of(item.kind, item.argv), []).append(item)
        by_source: dict[str, list[Reading]] = {}
        for reading in made:
            by_source.setdefault(reading.source, []).append(reading)
        self._made.update((source, tuple(readings)) for source, readings in by_source.items())

    def of(self, source: str) -> tuple[Reading, ...]:
        """The readings of a source, sorted by request; empty where nothing was collected."""
        if source not in self._made:
            self._made[source] = self._read(source)
        return self._made[source]

    def all(self) -> tuple[Reading, ...]:
        """Every reading, by source and request."""
        return tuple(reading for source in sorted(SOURCES) for reading in self.of(source))

    def _read(self, source: str) -> tuple[Reading, ...]:
        found = [item for word in SOURCES[source] for item in self._by_word.get(word, ())]
        if not found:
            return ()
        module = load(source)
        by_request: dict[str, list[Evidence]] = {}
        for item in found:
            if module.asks(item.argv):
                by_request.setdefault(item.request, []).append(item)
        return tuple(_reading(source, module, by_request[request]) for request in sorted(by_request))


def _reading(source: str, module: Source, answers: list[Evidence]) -> Reading:
    """One reading of all answers to one request: equal answers are one, the latest, and different ones conflict."""
    if len(answers) == 1:
        return _read_one(source, module, answers[0])
    answers = sorted(answers, key=lambda item: (item.uri, item.line))
    readings = [_read_one(source, module, item) for item in answers]
    whole = [n for n, reading in enumerate(readings) if reading.record is not None and reading.partial is None]
    usable = whole or [n for n, reading in enumerate(readings) if reading.record is not None]
    if not usable:
        return min(readings, key=_closeness)
    latest = max(usable, key=lambda n: answers[n].ended or "")
    others = tuple(answers[n] for n in usable if n != latest)
    texts = {(answers[n].out.lines, answers[n].err.lines, answers[n].exit_status) for n in usable}
    if len(texts) == 1:
        return readings[latest]._replace(also=tuple(one for one in others if one.ended != answers[latest].ended))
    says = f"{len(usable)} answers to it differ from each other"
    return readings[latest]._replace(record=None, reason="conflicting", says=says, partial=None, also=others)


def _closeness(reading: Reading) -> tuple[int, str]:
    """Of several answers that say nothing, the one to speak of does not depend on their order."""
    return (REASONS.index(reading.reason) if reading.reason else len(REASONS), reading.says)


def _read_one(source: str, module: Source, item: Evidence) -> Reading:
    name, argv = item.request, item.argv
    damage = item.damage or _capture_damage(item) or _overlong(item)
    if damage is not None and not (damage.partial and module.LISTING):
        return Reading(name, source, argv, None, item, damage.reason, damage.says)
    lines, errors = item.out.lines, item.err.lines
    if "\xa0" in "\n".join(lines):
        lines = tuple(line.replace("\xa0", " ") for line in lines)
    absent = item.state == "absent"
    answer = Answer(argv, lines, errors, item.exit_status, damage is None, absent)
    try:
        record = module.parse(answer)
    except Unreadable as refused:
        if damage is not None:
            return Reading(name, source, argv, None, item, damage.reason, damage.says)
        if module.LISTING and _is_last(refused, item):
            return _read_one(source, module, item._replace(damage=_LAST))
        return Reading(name, source, argv, None, item, refused.reason, _told(refused, lines), refused.line)
    return Reading(name, source, argv, record, item, partial=damage.reason if damage else None)


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


class Settings(NamedTuple):
    """What a run decides about every target. `max_age` is in seconds, `now` RFC 3339 in UTC."""

    management: Management = "unknown"
    platform: str = ""
    now: str = ""
    max_age: int | None = None


class Facts:
    """The facts of one target."""

    def __init__(self, readings: Readings, platform: str = "", settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.platform = self.settings.platform or platform
        self._readings = readings
        self._facts: dict[str, Fact] = {}
        self._once: dict[Callable[[Facts], Any], Any] = {}
        self._fresh: dict[str, tuple[Reading, ...]] = {}

    @property
    def declared(self) -> bool:
        """Whether the platform is declared; what AIX prints a VIOS prints too, so evidence alone tells less."""
        return self.platform in PLATFORMS

    def readings(self, source: str) -> tuple[Reading, ...]:
        """The readings of a source; under a `max_age`, those that are older or of unknown age say nothing."""
        if self.settings.max_age is None:
            return self._readings.of(source)
        if source not in self._fresh:
            self._fresh[source] = tuple(self._aged(reading) for reading in self._readings.of(source))
        return self._fresh[source]

    def reading(self, source: str, name: str) -> Reading | None:
        """The reading of one request, None where it was not collected."""
        return next((reading for reading in self.readings(source) if reading.name == name), None)

    def fact(self, name: str) -> Fact:
        """A fact by its name in the catalogue."""
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = _derivation(name)(self)
        return found

    def once(self, derive: Callable[["Facts"], T]) -> T:
        """What a function derives from these facts, computed at the first call only."""
        if derive not in self._once:
            self._once[derive] = derive(self)
        return cast("T", self._once[derive])

    def every(self) -> tuple[Fact, ...]:
        """All facts of the catalogue."""
        return tuple(self.fact(name) for name in FACTS)

    def _aged(self, reading: Reading) -> Reading:
        why = "" if reading.record is None else _too_old(reading.provenance.collected, self.settings)
        return reading._replace(record=None, reason="stale", says=why, partial=None) if why else reading


@cache
def _derivation(name: str) -> Callable[["Facts"], Fact]:
    """The function that derives a fact: its module is imported when the fact is first asked for."""
    group, _, function = name.partition(".")
    derive: Callable[[Facts], Fact] = getattr(import_module(f"rmccomply.facts.groups.{group}"), function)
    return derive


def _too_old(collected: str | None, settings: Settings) -> str:
    """Why evidence is too old, or of an age that nobody can tell; empty where it is neither."""
    from datetime import datetime

    if collected is None or settings.max_age is None:
        return "it is of unknown age"
    try:
        age = (datetime.fromisoformat(settings.now) - datetime.fromisoformat(collected)).total_seconds()
    except (ValueError, TypeError):
        return "it is of unknown age"
    if age < -settings.max_age:
        return f"it is of unknown age: it is dated {collected}, which is later than this run"
    return "it is older than the policy allows" if age > settings.max_age else ""


def facts_of(bundle: Bundle, settings: Settings | None = None) -> Facts:
    """The facts of a bundle."""
    return Facts(Readings(bundle.evidence), bundle.platform, settings)
