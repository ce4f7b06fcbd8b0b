"""What would have made a rule pass: under each proposal it passes, under no part of one, and nothing is left out."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rmccomply.evaluate import CompiledRule, compile_rules, outcomes
from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.policy.settings import settings_of
from rmccomply.reasoning.counterfactual import Otherwise, Proposal, proposals, would_pass
from rmccomply.reasoning.possible import Declared
from rmccomply.sources.reading import Readings
from tests.hosts.building import DF, IFCONFIG, LSLPP, NOW, command, file, healthy_aix, judge, replaced, without
from tests.hosts.cases import domain, lslpp, lssrc
from tests.hosts.partitions import Partition, partitions

FULL = command("df -k /var /tmp /", DF.replace("2778726   47%", "   1000  100%"))
NOT_INSTALLED = command("lslpp -Lcq 'rsct.*'", "", 1, "lslpp: Fileset rsct.* not installed.\n")
NO_LOCAL = IFCONFIG.replace("fe80::9400:30ff:fe5b:7a50", "2001:db8::1")


def disk(free: int, size: int) -> Evidence:
    """`df` with a file system of /var/ct of this size, both in KiB."""
    percent = -(-100 * (size - free) // size)
    return command("df -k /var /tmp /", DF.replace("5242880   2778726   47%", f"{size} {free} {percent}%"))


def rule_of(name: str, policy: str = "rmc-core", **parameters: str) -> ChosenRule:
    _, chosen = choose([load(policy)], Choice(parameters=parameters))
    return next(one for one in chosen if one.loaded.rule.id == name)


def asked(one: ChosenRule, evidence: list[Evidence], platform: str) -> tuple[CompiledRule, Any, Declared, Facts]:
    (compiled,) = compile_rules([one], NOW)
    facts = Facts(Readings(evidence), platform, settings_of(one.policy, NOW))
    return compiled, one.loaded.rule.check, Declared(one.policy.parameters, one.policy.values), facts


def proposed(name: str, *others: Evidence, less: tuple[str, ...] = (), **parameters: str) -> list[tuple[str, ...]]:
    evidence = replaced(without(healthy_aix(), *less), *others)
    return [found.words for found in proposals(*asked(rule_of(name, **parameters), evidence, "aix"))]


def test_a_word() -> None:
    found = proposed("RMC-ID-001", file("/var/ct/cfg/ct_node_id", "1234567890abcdef\n"))
    assert found == [("node_id.files were equal",)]


def test_a_version_moves_to_the_nearest_that_will_do() -> None:
    assert proposed("RMC-VER-001", lslpp("3.0.9.9")) == [("rsct.level were at least 3.1.0.0",)]


def test_several_words_that_will_do() -> None:
    assert proposed("RMC-DOM-001", domain("i A 10.9.8.7")) == [("console.connection were up or in_band",)]


def test_what_is_unknown_is_told_to_be() -> None:
    full = proposed("RMC-VER-001", command("lslpp -Lcq 'rsct.*'", LSLPP.format(level="3.2.6.2", state="B")))
    assert full == [("rsct.level were at least 3.1.0.0 (it is unknown)",)]


def test_in_all_every_failing_part_and_in_any_any_part() -> None:
    assert proposed("RMC-FS-001", FULL) == [
        ("var_ct.free_mib were at least 512 MiB",),
        ("var_ct.free_mib were at least 64 MiB and below 512 MiB", "var_ct.used_percent were below 95 %"),
    ]


def test_the_parameters_count() -> None:
    assert proposed("RMC-FS-001", FULL, ample_free_mib="2000", full_percent="50") == [
        ("var_ct.free_mib were at least 2000 MiB",),
        ("var_ct.free_mib were at least 64 MiB and below 2000 MiB", "var_ct.used_percent were below 50 %"),
    ]


def test_a_list_without_entries() -> None:
    found = proposed("RMC-IP6-002", command("ifconfig -a", NO_LOCAL), management="powervs")
    assert found == [("ipv6.global_addresses had no entries",)]


def test_the_absence_of_rsct() -> None:
    found = proposed("RMC-VER-001", NOT_INSTALLED)
    assert found == [("rsct.installed were installed", "rsct.level were at least 3.1.0.0")]


@pytest.mark.parametrize(
    ("rule", "failing", "words", "mended", "result"),
    [
        ("RMC-VER-001", NOT_INSTALLED, 2, lslpp("3.1.0.0"), "pass"),
        ("RMC-VER-001", NOT_INSTALLED, 2, lslpp("3.0.9.9"), "fail"),
        ("RMC-VER-001", lslpp("3.0.9.9"), 1, lslpp("3.1.0.0"), "pass"),
        ("RMC-FS-001", FULL, 1, disk(512 * 1024, 5242880), "pass"),
        ("RMC-FS-001", FULL, 1, disk(511 * 1024, 52428800), "fail"),
        ("RMC-FS-001", FULL, 1, disk(64 * 1024, 1000 * 1024), "pass"),
        ("RMC-FS-001", FULL, 1, disk(63 * 1024, 1000 * 1024), "fail"),
        ("RMC-DOM-001", domain("O A 10.9.8.7"), 1, domain("I A 10.9.8.7"), "pass"),
        ("RMC-SUB-001", lssrc("ctrmc rsct inoperative"), 1, lssrc("ctrmc rsct active"), "pass"),
    ],
)
def test_evidence_that_is_as_proposed_is_judged_so(
    rule: str, failing: Evidence, words: int, mended: Evidence, result: str
) -> None:
    assert len(proposed(rule, failing)[0]) == words
    assert judge(replaced(healthy_aix(), mended))[rule].result == result


def test_what_the_host_is_is_not_proposed() -> None:
    one = rule_of("RMC-SUB-001")
    check = type(one.loaded.rule.check).model_validate(
        {"kind": "word", "fact": "host.platform", "is": ["linux"]}, strict=False
    )
    rule = one.loaded.rule.model_copy(update={"check": check})
    compiled, _, declared, facts = asked(one._replace(loaded=one.loaded._replace(rule=rule)), healthy_aix(), "aix")
    assert proposals(compiled, check, declared, facts) == ()


def test_otherwise_changes_what_it_says_and_nothing_else() -> None:
    *_, facts = asked(rule_of("RMC-ID-001"), healthy_aix(), "aix")
    other = Otherwise(facts, {"node_id.files": "different"})
    assert other.fact("node_id.files").value == "different"
    assert other.fact("node_id.live") is facts.fact("node_id.live")


def parts_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Every change without one of its facts."""
    return [{key: one for key, one in proposal.change.items() if key != left} for left in proposal.change]


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(partition=partitions())
def test_every_proposal_makes_it_pass_and_no_part_of_one_does(policy: str, partition: Partition) -> None:
    _, chosen = choose([load(policy)], Choice())
    for one in chosen:
        compiled, check, declared, facts = asked(one, partition.evidence, partition.platform)
        if would_pass(compiled, facts, {}):
            continue
        for proposal in proposals(compiled, check, declared, facts):
            assert would_pass(compiled, facts, proposal.change)
            assert not any(would_pass(compiled, facts, part) for part in parts_of(proposal))
            assert len(proposal.words) == len(proposal.change)


@pytest.mark.exhaustive
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(partition=partitions())
def test_a_failing_rule_of_rmc_core_always_has_one(partition: Partition) -> None:
    _, chosen = choose([load("rmc-core")], Choice())
    for one in chosen:
        compiled, check, declared, facts = asked(one, partition.evidence, partition.platform)
        if any(outcome.result == "fail" for outcome in outcomes(compiled, facts)):
            assert proposals(compiled, check, declared, facts) != ()


def test_subsystems_that_fail_have_their_word() -> None:
    assert proposed("RMC-SUB-001", lssrc("ctrmc rsct inoperative")) == [("subsystem.ctrmc were active",)]
