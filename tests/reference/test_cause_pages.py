"""Causes on pages: both of their ends tell them, with the evidence that they need."""

from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.reference.cause_pages import causes_of, policy_lines, rule_lines

POLICIES = [load(name) for name in shipped()]
CAUSES = causes_of(POLICIES)


def test_what_policies_inherit_is_told_once() -> None:
    assert list(load("image-gate").causes) == CAUSES


def test_a_cause_stands_on_the_pages_of_both_rules() -> None:
    says = "Too little free space for /var/ct can be the reason."
    reason = f"- [RMC-FS-001](RMC-FS-001.md): {says} Only where the fact subsystem.ctrmc is"
    assert any(line.startswith(reason) for line in rule_lines("RMC-SUB-001", CAUSES))
    effect = f"- [RMC-SUB-001](RMC-SUB-001.md): {says}"
    lines = list(rule_lines("RMC-FS-001", CAUSES))
    assert any(line.startswith(effect) for line in lines)
    assert any("the same fault, and both are shown as one problem" in line for line in lines)


def test_what_is_kept_from_an_answer_is_told_with_its_requests() -> None:
    (line,) = [line for line in rule_lines("RMC-SUB-006", CAUSES) if line.startswith("- `lsrsrc`")]
    assert "is settled by fixing this" in line
    assert "where the reason is `failed`" in line


def test_subjects_and_parts_of_a_condition_are_told() -> None:
    assert any("by a fail about DynamicRM" in line for line in rule_lines("RMC-PKG-004", CAUSES))
    assert any("of a fail about network" in line for line in rule_lines("RMC-LOG-001", CAUSES))
    (line,) = [line for line in rule_lines("RMC-SUB-002", CAUSES) if "Without ctrmc no resource" in line]
    assert "where all of: the fact subsystem.ctrmc is `inactive` or `absent`; the fact subsystem.domain_manager" in line


def test_a_rule_that_no_cause_names_says_nothing_of_them() -> None:
    assert list(rule_lines("RMC-CFG-001", CAUSES)) == []


def test_a_policy_lists_its_causes() -> None:
    lines = list(policy_lines(load("image-gate")))
    rows = [line for line in lines if line.startswith("| [RMC-")]
    assert len(rows) == len(CAUSES)
    assert list(policy_lines(load("rmc-core")._replace(causes=()))) == []
