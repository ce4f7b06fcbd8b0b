"""What `explain` says of every rule on hosts of every kind: a proof with its lines, and a way out that is one."""

from collections.abc import Iterator
from functools import cache

import pytest

from rmccomply.evaluate import CompiledRule, compile_rules, evaluate
from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.policy.settings import settings_of
from rmccomply.reasoning.explain import Grounds, explanation
from rmccomply.sources.reading import Readings
from tests.hosts.building import NOW, file, replaced, without
from tests.hosts.consoles import whole_aix, whole_linux, whole_vios
from tests.hosts.partitions import SYSTEMS

WHOLE = {"aix": whole_aix, "vios": whole_vios, "linux": whole_linux}
EVERY = 6
"""One of so many partitions is explained, so that the test is quick."""


@cache
def rules() -> tuple[tuple[ChosenRule, CompiledRule], ...]:
    _, chosen = choose([load("rmc-core")], Choice())
    return tuple(zip(chosen, compile_rules(chosen, NOW), strict=True))


def explained(evidence: list[Evidence], platform: str) -> dict[str, tuple[str, str]]:
    """By rule its result and its explanation."""
    readings = Readings(evidence)
    found: dict[str, tuple[str, str]] = {}
    for chosen, compiled in rules():
        findings = evaluate([compiled], readings, platform)
        facts = Facts(readings, platform, settings_of(chosen.policy, NOW))
        found[compiled.id] = findings[0].result, explanation(Grounds(chosen, compiled, facts, findings, "lpar1"))
    return found


def hosts() -> Iterator[tuple[str, list[Evidence]]]:
    """Healthy partitions with one answer otherwise, or lost."""
    for platform, variants in SYSTEMS.items():
        whole = WHOLE[platform]()
        yield from ((platform, replaced(whole, one)) for several in variants.values() for one in several)
        yield from ((platform, without(whole, one.request)) for one in whole)


def test_each_has_its_lines_and_a_way_out() -> None:
    for number, (platform, evidence) in enumerate(hosts()):
        for rule, (result, text) in explained(evidence, platform).items() if number % EVERY == 0 else ():
            assert text.startswith(f"{rule}  ")
            assert "by :" not in text
            assert result not in ("pass", "fail") or "test.rmcc:" in text, text
            assert ("\nIt would pass if\n  " in text) == (result == "fail"), text
            assert ("\nTo find out\n  " in text) == (result == "unknown"), text


@pytest.mark.parametrize("request_lost", [item.request for item in whole_aix()])
def test_what_was_not_collected_is_settled_by_a_command(request_lost: str) -> None:
    for result, text in explained(without(whole_aix(), request_lost), "aix").values():
        assert result != "unknown" or "\nTo find out\n  " in text, text


def test_a_step_without_a_name_is_told_without_one() -> None:
    _, text = explained(without(whole_aix(), "lsrsrc IBM.MCP"), "aix")["RMC-MCP-003"]
    assert text.count("What IBM.MCP holds is unknown: `lsrsrc IBM.MCP` was not collected.") == 1


def test_a_line_that_proves_two_things_is_shown_once() -> None:
    malformed = file("/etc/ct_node_id", "9f684c509e74d65g\n")
    result, text = explained(replaced(whole_aix(), malformed), "aix")["RMC-ID-001"]
    assert (result, text.count("test.rmcc:20: 9f684c509e74d65g")) == ("unknown", 1)
