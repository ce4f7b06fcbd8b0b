"""Why a rule says what it says: the tree recomputes to the verdict, and each leaf shows its lines."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from syrupy.assertion import SnapshotAssertion

from rmccomply.evaluate import compile_rules, evaluate
from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.policy.settings import settings_of
from rmccomply.reasoning.explain import Grounds, ProofStep, explanation, proof
from rmccomply.sources.reading import Readings
from rmccomply.terminal import Page
from tests.hosts.building import DF, IFCONFIG, NOW, command, file, healthy_aix, replaced, without
from tests.hosts.cases import SETTLE, broken, domain, lslpp
from tests.hosts.partitions import Partition, partitions

WIDE = Page(10_000)

FULL = command("df -k /var /tmp /", DF.replace("2778726   47%", "   1000  100%"))
OLD_AIX = command("oslevel -s", "6100-09-12-1846\n")
TWO_GLOBAL = IFCONFIG.replace("inet6 fe80::9400:30ff:fe5b:7a50/64", "inet6 2001:db8::1/64\n\tinet6 2001:db8::2/64")


def rules_of(policy: str, **parameters: str) -> dict[str, ChosenRule]:
    _, chosen = choose([load(policy)], Choice(parameters=parameters))
    return {one.loaded.rule.id: one for one in chosen}


def explained(one: ChosenRule, evidence: list[Evidence], platform: str = "aix") -> Grounds:
    compiled = compile_rules([one], NOW)
    readings = Readings(evidence)
    findings = evaluate(compiled, readings, platform)
    return Grounds(one, compiled[0], Facts(readings, platform, settings_of(one.policy, NOW)), findings, "lpar1")


def lines(name: str, *others: Evidence, less: tuple[str, ...] = (), platform: str = "aix", **more: str) -> list[str]:
    evidence = replaced(without(healthy_aix(), *less), *others)
    return explanation(explained(rules_of("rmc-core", **more)[name], evidence, platform), WIDE).splitlines()


CASES: list[Any] = [
    pytest.param("RMC-FS-001", [], (), {}, id="pass"),
    pytest.param("RMC-FS-001", [FULL], (), {}, id="fail of a combined check"),
    pytest.param("RMC-DOM-001", [broken(domain(), "timeout")], (), {}, id="unknown"),
    pytest.param("RMC-SUB-003", [domain("O A 10.9.8.7")], (), {}, id="not applicable, by another fact"),
    pytest.param("RMC-IP6-002", [command("ifconfig -a", TWO_GLOBAL)], (), {"management": "powervs"}, id="two subjects"),
    pytest.param("RMC-VER-001", [OLD_AIX, lslpp("2.5.5.0")], ("uname -a",), {}, id="not applicable, by its condition"),
    pytest.param("RMC-VER-001", [OLD_AIX], ("uname -a", "lslpp -Lcq rsct.*"), {}, id="condition unknown"),
]


@pytest.mark.parametrize(("name", "others", "less", "parameters"), CASES)
def test_the_whole_text(
    name: str, others: list[Evidence], less: tuple[str, ...], parameters: dict[str, str], snapshot: SnapshotAssertion
) -> None:
    head, origin, *rest = lines(name, *others, less=less, **parameters)
    assert re.fullmatch(r"\w+, rmc-core [\w.]+, policies/rmc-core\.toml:\d+", origin)
    assert "\n".join([head, *rest]) == snapshot


def test_a_fail_says_what_would_have_made_it_pass() -> None:
    found = lines("RMC-FS-001", FULL)
    assert found[-5:] == [
        "It would pass if",
        "  var_ct.free_mib were at least 512 MiB",
        "or if",
        "  var_ct.free_mib were at least 64 MiB and below 512 MiB",
        "  and var_ct.used_percent were below 95 %",
    ]


def test_an_unknown_names_the_one_command_that_would_settle_it() -> None:
    found = lines("RMC-ID-001", less=("/var/ct/cfg/ct_node_id",))
    again = "or collect again: `rmccomply collect ssh HOST --sudo`."
    assert found[-2:] == ["To find out", f"  Add the output of `cat /var/ct/cfg/ct_node_id`, {again}"]
    assert [line for line in lines("RMC-ID-001") if "would" in line or "settle" in line] == []


def test_each_leaf_has_its_lines_and_what_it_follows_from() -> None:
    found = lines("RMC-SUB-003")
    assert any("test.rmcc:25:" in line and "IBM.DRM" in line for line in found)
    at = next(number for number, line in enumerate(found) if "by console.connected:" in line)
    assert "10.9.8.7" in found[at + 1]


def test_another_platform_is_the_reason() -> None:
    found = lines("RMC-ID-001", platform="hmc")
    assert "– does not apply on lpar1: The rule is not for this platform" in found[3]
    assert found[5].strip() == "– what the host is:"


def test_nothing_in_evidence_drives_a_terminal() -> None:
    odd = file("/var/ct/cfg/ct_node_id", "\x1b]0;owned\x07 9f684c\u202e\n")
    text = "\n".join(lines("RMC-ID-003", odd))
    assert "owned" in text
    assert [char for char in text if not char.isprintable() and char != "\n"] == []
    assert "\\x1b" in text
    assert "\\u202e" in text


def combined(kind: str, results: list[str]) -> str:
    """Kleene's logic, written again from the glossary."""
    applicable = [one for one in results if one != "not_applicable"]
    if not applicable:
        return "not_applicable"
    decisive, other = ("fail", "pass") if kind == "all" else ("pass", "fail")
    return next(one for one in (decisive, "unknown", other) if one in applicable)


def recomputed(step: ProofStep) -> str:
    """The result of a step by those of its leaves alone."""
    inner = [recomputed(part) for part in step.parts]
    if step.condition:
        return {"unknown": "unknown", "pass": "the rule is judged"}.get(inner[0], "not_applicable")
    if not inner:
        return step.result
    if step.check is None or step.check.kind == "not":
        return {"pass": "fail", "fail": "pass"}.get(inner[0], inner[0])
    return combined(step.check.kind, inner)


def shape(step: ProofStep) -> Any:
    """A proof has the shape of its check: a leaf for each comparison, as many parts as the check has."""
    if step.condition:
        return len(step.parts) == 1 and shape(step.parts[0])
    if step.check is None or step.check.kind not in ("all", "any", "not"):
        return not step.parts
    return len(step.parts) == len(step.check.parts()) and all(map(shape, step.parts))


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(partition=partitions())
def test_the_tree_recomputes_to_the_verdict(policy: str, partition: Partition) -> None:
    for one in rules_of(policy).values():
        found = explained(one, partition.evidence, partition.platform)
        for finding in found.verdicts:
            assert finding.tree is not None
            step = proof(one.loaded.rule, finding.tree)
            assert recomputed(step) == finding.result
            assert shape(step)
        assert explanation(found).endswith("\n")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(partition=partitions())
def test_every_line_that_proves_a_verdict_is_shown(partition: Partition) -> None:
    for one in rules_of("rmc-core").values():
        found = explained(one, partition.evidence, partition.platform)
        text = explanation(found)
        for finding in found.verdicts:
            for place in finding.evidence[:3]:
                assert f"{place.uri}:{place.start_line}:" in text


def test_settling_is_taken_from_what_is_behind_an_unknown() -> None:
    assert lines("RMC-NET-002", less=(SETTLE,))[-1].startswith(f"  Add the output of `{SETTLE}`")
