"""What the catalogue says that a fact reads, and where it has a value, is what its function does."""

from collections.abc import Iterator
from functools import cache
from itertools import chain

import pytest

from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.judging.shared_id import held_by
from rmccomply.facts.others import Other
from rmccomply.sources.reading import Readings
from rmccomply.sources.table import SOURCES
from rmccomply.words import PLATFORMS
from tests.facts.recording import Recording, many, many_images, recorded
from tests.hosts.answers import HMC, mcp
from tests.hosts.building import command, replaced
from tests.hosts.generations import HOSTS
from tests.hosts.parts import LOCAL


@cache
def observed(count: int) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By fact: what its function was seen to ask for, and the platforms on which it had a value."""
    read: dict[str, set[str]] = {name: set() for name in FACTS}
    where: dict[str, set[str]] = {name: set() for name in FACTS}
    for facts in chain(many(count), many_images(count), *hosts()):
        for name, asked in facts.asked.items():
            read[name] |= asked
        platform = facts.fact("host.platform").word
        for fact in facts.every():
            if fact.state == "known" and platform:
                where[fact.name].add(platform)
    return read, where


def hosts() -> Iterator[Iterator[Recording]]:
    """Healthy hosts, those whose console has two names, and copies of those that are in band."""
    yield (
        recorded(host.evidence, host.platform, FactSettings(), others=others)
        for host in HOSTS.values()
        for others in (None, (Other("copy", "copy.rmcc", held_by(Facts(Readings(host.evidence), host.platform))),))
    )
    two = "\n".join(mcp(LOCAL, HMC).out.lines).replace(f'{{"{LOCAL}"}}', f'{{"{LOCAL}","10.1.6.21"}}')
    yield (
        recorded(replaced(host.evidence, command("lsrsrc IBM.MCP", two)), host.platform, FactSettings())
        for host in (HOSTS["aix-7.2-tl4"], HOSTS["rhel-9"])
    )
    yield (
        recorded([item._replace(exit_status=None) for item in host.evidence], host.platform, FactSettings())
        for host in HOSTS.values()
        if any(item.request == "lssrc -ls mcproxy" for item in host.evidence)
    )


@pytest.mark.exhaustive
def test_every_fact_reads_what_the_catalogue_says() -> None:
    read, _ = observed(1500)
    assert read == {name: set(line.reads) for name, line in FACTS.items()}


def test_no_fact_reads_what_the_catalogue_does_not_say() -> None:
    read, _ = observed(100)
    assert {name: found - set(FACTS[name].reads) for name, found in read.items()} == {name: set() for name in FACTS}


def test_every_fact_has_a_value_only_on_its_platforms() -> None:
    _, where = observed(100)
    assert {name: found - set(FACTS[name].platforms) for name, found in where.items()} == {
        name: set() for name in FACTS
    }
    assert all(set(line.platforms) <= set(PLATFORMS) for line in FACTS.values())


@pytest.mark.parametrize("name", FACTS)
def test_what_is_read_exists(name: str) -> None:
    for one in FACTS[name].reads:
        assert one in (FACTS if "." in one else SOURCES)
    assert set(sources_of(name)) <= set(SOURCES)


def test_sources_are_those_of_the_fact_and_of_the_facts_behind_it() -> None:
    assert sources_of("var_ct.free_mib") == ("df",)
    found = sources_of("console.in_band")
    assert found[:2] == ("lssrc", "mcproxy")
    assert "oslevel" in found


def test_no_fact_is_behind_itself() -> None:
    def behind(name: str) -> set[str]:
        direct = {one for one in FACTS[name].reads if "." in one}
        return direct.union(*map(behind, direct))

    assert [name for name in FACTS if name in behind(name)] == []
