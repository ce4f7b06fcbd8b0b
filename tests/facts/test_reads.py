"""What the catalogue says that a fact reads, and where it has a value, is what its function does."""

from collections import defaultdict
from itertools import chain

import pytest

from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.facts.gather import Settings
from rmccomply.sources.table import SOURCES
from rmccomply.words import PLATFORMS
from tests.building import command, replaced
from tests.facts.recording import many, recorded
from tests.hosts.answers import HMC, mcp
from tests.hosts.generations import HOSTS
from tests.hosts.parts import LOCAL

READ: dict[str, set[str]] = defaultdict(set)
WHERE: dict[str, set[str]] = defaultdict(set)
healthy = (recorded(host.evidence, host.platform, Settings()) for host in HOSTS.values())
two_names = mcp(LOCAL, HMC).out.lines
TWO_NAMES = command("lsrsrc IBM.MCP", "\n".join(two_names).replace(f'{{"{LOCAL}"}}', f'{{"{LOCAL}","10.1.6.21"}}'))
known_by_two = (
    recorded(replaced(HOSTS[name].evidence, TWO_NAMES), HOSTS[name].platform, Settings())
    for name in ("aix-7.2-tl4", "rhel-9")
)
copies_in_band = (
    recorded([item._replace(exit_status=None) for item in host.evidence], host.platform, Settings())
    for host in HOSTS.values()
    if any(item.request == "lssrc -ls mcproxy" for item in host.evidence)
)
for facts in chain(many(1500), healthy, known_by_two, copies_in_band):
    for name, asked in facts.asked.items():
        READ[name] |= asked
    platform = facts.fact("host.platform").word
    for fact in facts.every():
        if fact.state == "known" and platform:
            WHERE[fact.name].add(platform)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_reads_what_the_catalogue_says(name: str) -> None:
    assert READ[name] == set(FACTS[name].reads)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_has_a_value_only_on_its_platforms(name: str) -> None:
    assert set(FACTS[name].platforms) <= set(PLATFORMS)
    assert WHERE[name] <= set(FACTS[name].platforms)


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
