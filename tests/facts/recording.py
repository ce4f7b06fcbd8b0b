"""Facts that record what each of them reads: sources and other facts, asked for by its own derivation."""

import random
from collections.abc import Callable, Iterator
from typing import TypeVar

from rmccomply.evidence.model import Evidence
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.model import Fact
from rmccomply.facts.others import Others
from rmccomply.sources.reading import Read, Reading, Readings
from rmccomply.sources.source import Source
from rmccomply.words import MANAGEMENTS, Image
from tests.hosts.image_files import ROOTS
from tests.hosts.partitions import SYSTEMS

R = TypeVar("R")
T = TypeVar("T")


class Recording(Facts):
    """Facts of one target. `asked` is, by fact, the names of what its derivation asked for."""

    def __init__(
        self,
        readings: Readings,
        platform: str = "",
        settings: FactSettings | None = None,
        image: Image | None = None,
        others: Others = None,
    ) -> None:
        super().__init__(readings, platform, settings, image, others)
        self.asked: dict[str, set[str]] = {name: set() for name in FACTS}
        self._asking: list[str] = []

    def answers(self, source: Source[R]) -> tuple[Reading[R], ...]:
        self._note(source.name)
        return super().answers(source)

    def read(self, source: Source[R]) -> tuple[Read[R], ...]:
        self._note(source.name)
        return super().read(source)

    def fact(self, name: str) -> Fact:
        self._note(name)
        self._asking.append(name)
        try:
            return super().fact(name)
        finally:
            self._asking.pop()

    def cached(self, derive: Callable[[Facts], T]) -> T:
        """Computed at each call, so that every fact that needs it is seen to read what it reads."""
        return derive(self)

    def _note(self, name: str) -> None:
        if self._asking:
            self.asked[self._asking[-1]].add(name)


def recorded(
    evidence: list[Evidence],
    platform: str,
    settings: FactSettings,
    image: Image | None = None,
    others: Others = None,
) -> Recording:
    """All facts of this evidence, and what they read."""
    facts = Recording(Readings(evidence), platform, settings, image, others)
    facts.every()
    return facts


def many(count: int, seed: int = 3) -> Iterator[Recording]:
    """The facts of many partitions, the same at every run: answers lost and varied, declared or not, managed or not."""
    draw = random.Random(seed)
    for _ in range(count):
        system = draw.choice(sorted(SYSTEMS))
        lost = draw.choice((0.02, 0.1, 0.3))
        evidence = [
            draw.choice(variants) for variants in SYSTEMS[system].values() if variants and draw.random() >= lost
        ]
        declared = draw.choice((system, system, system, "", "hmc"))
        yield recorded(evidence, declared, FactSettings(draw.choice(MANAGEMENTS)))


def many_images(count: int, seed: int = 5) -> Iterator[Recording]:
    """The same of images, of which answers are lost and some have a fault, running or mounted."""
    draw = random.Random(seed)
    for _ in range(count):
        platform, variants = draw.choice(ROOTS)
        lost = draw.choice((0.0, 0.02, 0.1))
        evidence = [draw.choice(some) for some in variants.values() if draw.random() >= lost]
        image: Image = draw.choice(("running", "mounted_root", "mounted_root"))
        yield recorded(evidence, platform, FactSettings(draw.choice(("powervs", "powervs", "unknown"))), image)
