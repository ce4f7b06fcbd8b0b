"""All that each fact says where one answer of a healthy partition is another, lost or broken: sentence, lines, command.

The snapshots, a file for each group of facts, have each different text once, after the first partition that makes it:
to be read, not only compared.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.amber import AmberSnapshotExtension
from syrupy.location import PyTestLocation

from rmccomply.evidence.model import Evidence, Reference
from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.facts.model import Fact
from rmccomply.sources.reading import Readings
from rmccomply.sources.table import SOURCES
from tests.hosts.building import facts, replaced, without
from tests.hosts.cases import broken, says
from tests.hosts.consoles import whole_aix, whole_linux, whole_vios
from tests.hosts.partitions import SYSTEMS

HEALTHY = {"aix": whole_aix(), "vios": whole_vios(), "linux": whole_linux()}
Host = tuple[str, str, list[Evidence]]


@cache
def source_of(item: Evidence) -> str:
    """The source that reads an answer; "" where none does."""
    readings = Readings([item])
    return next((name for name, source in SOURCES.items() if readings.of(source)), "")


def altered(name: str) -> Iterator[Host]:
    """The healthy partitions, and those with another answer that the fact rests upon."""
    for system, whole in HEALTHY.items():
        yield system, "healthy", whole
        for item in whole:
            if source_of(item) in sources_of(name):
                yield system, f"without {item.request}", without(whole, item.request)
                yield system, f"{item.request} denied", replaced(whole, broken(item, "denied"))
        for variants in SYSTEMS[system].values():
            for number, item in enumerate(variants, 1):
                if source_of(item) in sources_of(name):
                    yield system, f"{item.request}, {number}", replaced(whole, item)


def told(fact: Fact) -> str:
    """A fact as a reader would have it: what it is, the sentence, what settles it, the lines, what it rests upon."""
    items = fact.items if FACTS[fact.name].type == "list" else ()
    value = [item.subject for item in items] if items else says(fact)
    said = [f"{value}: {fact.says}", *(f"  beside it: {text}" for text in fact.also)]
    said += [f"  {item.subject}: {item.says} ({places(item.evidence)})" for item in items]
    said += [f"  lines: {places(fact.evidence)}"] if fact.evidence else []
    said += [f"  settle: {fact.settle}"] if fact.settle else []
    said += [f"  basis: {', '.join(one.name for one in fact.basis)}"] if fact.basis else []
    return "\n".join(said)


def places(evidence: tuple[Reference, ...]) -> str:
    return ", ".join(f"{place.request}:{place.start_line}" for place in evidence)


class ByGroup(AmberSnapshotExtension):
    """A file for each group of facts: `__snapshots__/GROUP/test_all_that_is_said.ambr`."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        group = test_location.snapshot_name.partition("[")[2].partition(".")[0]
        return str(Path(super().dirname(test_location=test_location)) / group)


@pytest.mark.parametrize("name", FACTS)
def test_all_that_a_fact_says(name: str, snapshot: SnapshotAssertion) -> None:
    snapshot = snapshot.use_extension(ByGroup)
    found: dict[str, str] = {}
    for system, what, evidence in altered(name):
        fact = facts(*evidence, platform=system).fact(name)
        assert fact.name == name
        found.setdefault(told(fact), f"{system}, {what}")
    assert "\n\n".join(f"{host}\n{text}" for text, host in found.items()) == snapshot
