"""The facts of a target: each derived when it is first asked for, and once.

`Facts` adds to the readings what the run decides: the declared management, the clock, and how old evidence may be.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeVar, cast

from rmccomply.evidence.model import Bundle
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.model import Fact
from rmccomply.sources.reading import Read, Reading, Readings, Unread
from rmccomply.sources.source import Source
from rmccomply.tuples import NamedTuple
from rmccomply.words import PLATFORMS, Image, Management

if TYPE_CHECKING:
    from rmccomply.facts.others import Others

T = TypeVar("T")
R = TypeVar("R")


_OF_THE_MACHINE: Final = frozenset({"uname", "cpuinfo", "lparcfg", "device_tree", "lparstat", "prtconf", "uptime"})
"""Sources that tell of the machine they are asked on: of a mounted image they tell nothing."""


class FactSettings(NamedTuple):
    """What a run decides about every target. `max_age` is in seconds, `now` RFC 3339 in UTC."""

    management: Management = "unknown"
    platform: str = ""
    now: str = ""
    max_age: int | None = None


class Facts:
    """The facts of one target."""

    def __init__(
        self,
        readings: Readings,
        platform: str = "",
        settings: FactSettings | None = None,
        image: Image | None = None,
        others: "Others" = None,
    ) -> None:
        self.settings = settings or FactSettings()
        self.platform = self.settings.platform or platform
        self.image = image
        self.others = others
        self._readings = readings
        self._facts: dict[str, Fact] = {}
        self._cached: dict[Callable[[Facts], object], object] = {}
        self._fresh: dict[str, tuple[Reading[object], ...]] = {}
        self._read: dict[str, tuple[Read[object], ...]] = {}

    @property
    def declared(self) -> bool:
        """Whether the platform is declared; what AIX prints a VIOS prints too, so evidence alone tells less."""
        return self.platform in PLATFORMS

    def answers(self, source: Source[R]) -> tuple[Reading[R], ...]:
        """What came of the answers to a source; under a `max_age` what is older, or of unknown age, says nothing.

        Nothing comes of what tells of the machine on which an image was mounted.
        """
        if self.image == "mounted_root" and source.name in _OF_THE_MACHINE:
            return ()
        if self.settings.max_age is None:
            return self._readings.of(source)
        if source.name not in self._fresh:
            self._fresh[source.name] = tuple(self._aged(reading) for reading in self._readings.of(source))
        return cast("tuple[Reading[R], ...]", self._fresh[source.name])

    def read(self, source: Source[R]) -> tuple[Read[R], ...]:
        """Those that were read, sorted by request."""
        found = self._read.get(source.name)
        if found is None:
            found = self._read[source.name] = tuple(one for one in self.answers(source) if isinstance(one, Read))
        return found  # type: ignore[return-value]

    def unread(self, source: Source[R]) -> tuple[Unread, ...]:
        """Those that say nothing, sorted by request."""
        return tuple(one for one in self.answers(source) if isinstance(one, Unread))

    def read_of(self, source: Source[R], name: str) -> Read[R] | None:
        """What one request said; None where it was not collected or says nothing."""
        return next((one for one in self.read(source) if one.name == name), None)

    def fact(self, name: str) -> Fact:
        """A fact by its name in the catalogue."""
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = _derivation(name)(self)
        return found

    def cached(self, derive: Callable[["Facts"], T]) -> T:
        """What a function derives from these facts, computed at the first call only."""
        if derive not in self._cached:
            self._cached[derive] = derive(self)
        return self._cached[derive]  # type: ignore[return-value]

    def every(self) -> tuple[Fact, ...]:
        """All facts of the catalogue."""
        return tuple(self.fact(name) for name in FACTS)

    def _aged(self, reading: Reading[R]) -> Reading[R]:
        if isinstance(reading, Unread):
            return reading
        why = _too_old(reading.provenance.collected, self.settings)
        name, source, argv = reading.name, reading.source, reading.argv
        return Unread(name, source, argv, reading.provenance, "stale", why, also=reading.also) if why else reading


@cache
def _derivation(name: str) -> Callable[["Facts"], Fact]:
    """The function that derives a fact: its module is imported when the fact is first asked for."""
    group, _, function = name.partition(".")
    derive: Callable[[Facts], Fact] = getattr(import_module(f"rmccomply.facts.groups.{group}"), function)
    return derive


def _too_old(collected: str | None, settings: FactSettings) -> str:
    """Why evidence is too old, or of an age that nobody can tell; empty where it is neither."""
    from datetime import datetime

    if collected is None or settings.max_age is None:
        return "its age is unknown"
    try:
        age = (datetime.fromisoformat(settings.now) - datetime.fromisoformat(collected)).total_seconds()
    except (ValueError, TypeError):
        return "its age is unknown"
    if age < -settings.max_age:
        return f"its age is unknown: it is dated {collected}, which is later than this run"
    return "it is older than the policy allows" if age > settings.max_age else ""


def facts_of(bundle: Bundle, settings: FactSettings | None = None) -> Facts:
    """The facts of a bundle."""
    return Facts(Readings(bundle.evidence), bundle.platform, settings, bundle.image)
