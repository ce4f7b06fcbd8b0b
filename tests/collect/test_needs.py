"""What a policy needs: the requests of the collector, joined with the rules through facts and sources."""

import pytest

from rmccomply.checks.kind import facts_of
from rmccomply.collect.needs import Need, left_to_full, left_to_probes, needs, needs_json, needs_text
from rmccomply.collect.plan import SYSTEMS
from rmccomply.facts.catalogue import sources_of
from rmccomply.policy.load import load
from rmccomply.sources.requests import source_of
from tests.hosts.building import judge, without
from tests.hosts.consoles import whole_aix
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import answers
from tests.test_generations import judged

CORE = load("rmc-core")


def found(platform: str = "aix", plan: str = "full") -> dict[str, Need]:
    return {need.step.command: need for need in needs([CORE], platform, plan)}


def test_the_rules_of_a_request() -> None:
    aix = found()
    assert aix["cat /etc/services"].rules == ("RMC-CFG-001",)
    assert not aix["cat /etc/services"].every
    assert aix["uname -a"].every
    assert aix["rmcdomainstatus -s ctrmc -a ip"].step.root == "yes"
    assert "ip addr" not in aix
    assert "ip addr" in found("linux")


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", SYSTEMS)
def test_every_source_behind_a_rule_is_asked_for_where_the_collector_asks_it(platform: str) -> None:
    for loaded in CORE.rules:
        if platform not in loaded.rule.platforms:
            continue
        sources = {one for name in facts_of(loaded.rule.when, loaded.rule.check) for one in sources_of(name)}
        asked = {source_of(n.step.kind, n.step.argv) for n in found(platform).values() if loaded.rule.id in n.rules}
        of_platform = {source_of(n.step.kind, n.step.argv) for n in found(platform).values()}
        assert sources & of_platform <= asked


def test_without_a_request_that_only_one_rule_needs_only_that_rule_is_unknown() -> None:
    whole, less = judge(whole_aix()), judge(without(whole_aix(), "/etc/services"))
    changed = {rule for rule in whole if whole[rule].result != less[rule].result}
    assert changed == set(found()["cat /etc/services"].rules)


def test_the_rules_left_to_probes_are_those_that_losing_them_makes_unknown() -> None:
    evidence = [item for item in whole_aix() if item.kind != "probe"]
    assert len(evidence) < len(whole_aix())
    less = judge(evidence)
    changed = {rule for rule, one in judge(whole_aix()).items() if one.result != less[rule].result}
    assert changed
    assert changed <= set(left_to_probes([CORE]))


@pytest.mark.parametrize("name", ["aix-7.2-tl4", "vios-3.1", "sles-15-powervs", "rhel-9-nft"])
def test_what_the_quick_profile_leaves_open_is_told(name: str) -> None:
    kind = HEALTHY[name]
    asked = [item for step, item in answers(kind.host, kind.packet_filter) if "quick" in step.plans]
    left = {one.rule for one in judged(asked, kind.host.platform) if one.result == "unknown"}
    assert left
    assert left <= set(left_to_full([CORE]))


def test_the_quick_profile_decides_what_it_is_for() -> None:
    assert not {"RMC-DOM-001", "RMC-ID-001", "RMC-SUB-001"} & set(left_to_full([CORE]))


def test_the_quick_profile_asks_less() -> None:
    assert set(found(plan="quick")) < set(found())


def test_text_and_json() -> None:
    need = found()["cat /etc/services"]
    assert needs_text("AIX", [need]) == "AIX\n  root no      5 s  cat /etc/services\n                    RMC-CFG-001\n"
    assert '"argv": [\n     "/etc/services"' in needs_json([CORE], {"aix": [need]})
