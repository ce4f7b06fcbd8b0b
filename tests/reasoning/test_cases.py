"""Cases judged: what does not hold is told, results without a case are those that a rule can have."""

from pathlib import Path

import pytest

from rmccomply.errors import PolicyError
from rmccomply.policy.load import load
from rmccomply.reasoning.cases import empty_cells, grid, own_rules, own_values, reachable, ready, wrong
from tests.policy.casing import CASES, POLICY, WHOLE, cases, write_policy


def test_what_holds_is_counted_and_nothing_is_wrong(tmp_path: Path) -> None:
    found = cases(tmp_path)
    policy = write_policy(tmp_path)
    targets = ready(policy, found)
    assert list(wrong(targets)) == []
    counts = grid(policy, targets)
    assert counts["OUR-SUB-001"] == {"pass": 1, "fail": 1, "unknown": 1, "not_applicable": 1}
    assert [(one.rule.id, result) for one, result in empty_cells(policy.rules, policy, counts)] == [
        ("OUR-FS-001", "not_applicable")
    ]


@pytest.mark.parametrize(
    ("old", "new", "got"),
    [
        ('"OUR-FS-001" = "fail"', '"OUR-FS-001" = "pass"', ("fail", None)),
        ("unknown:timeout", "unknown:denied", ("unknown", "timeout")),
        ("unknown:timeout", "fail", ("unknown", "timeout")),
    ],
)
def test_what_does_not_hold_is_told(tmp_path: Path, old: str, new: str, got: tuple[str, str | None]) -> None:
    found = cases(tmp_path, CASES.replace(old, new))
    (one,) = wrong(ready(write_policy(tmp_path), found))
    assert (one.outcome.result, one.outcome.reason) == got
    assert CASES.split("\n")[one.expected.line - 1].startswith("expect")


def test_a_case_has_its_own_parameters_and_image(tmp_path: Path) -> None:
    rule = 'severity = "high"\nneeds = "running"\n'
    text = POLICY.replace('version = "1"\n', 'version = "1"\nimages = true\n').replace('severity = "high"\n', rule)
    more = """
[[cases]]
name = "fuller"
base = "95 % are in use"
params = { full = 96 }
expect = { "OUR-FS-001" = "pass" }

[[cases]]
name = "an image"
base = "down"
image = "mounted_root"
expect = { "OUR-SUB-001" = "not_applicable" }
"""
    found = cases(tmp_path, CASES + more, text)
    assert list(wrong(ready(write_policy(tmp_path, text), found))) == []


def test_a_parameter_that_cannot_have_a_value_is_told_with_its_case(tmp_path: Path) -> None:
    found = cases(tmp_path, CASES.replace('{ judged = "no" }', '{ full = "much" }'))
    with pytest.raises(PolicyError, match="'it is not judged' params: parameter full: 'much' is not a number"):
        ready(write_policy(tmp_path), found)


def test_a_result_that_no_host_can_have_needs_no_case(tmp_path: Path) -> None:
    text = POLICY.replace('below = "$full"', "below = 101").replace('["aix"]', '["aix", "vios", "linux", "hmc"]')
    policy = write_policy(tmp_path, text)
    can = {one.rule.id: reachable(one, policy) for one in policy.rules}
    assert can["OUR-FS-001"] == {"pass", "unknown", "not_applicable"}
    assert can["OUR-SUB-001"] == {"pass", "fail", "unknown", "not_applicable"}


def test_the_whole_cases_have_every_result(tmp_path: Path) -> None:
    found = cases(tmp_path, WHOLE)
    policy = write_policy(tmp_path)
    assert list(empty_cells(policy.rules, policy, grid(policy, ready(policy, found)))) == []


def test_a_policy_answers_for_its_own_rules_and_for_the_values_that_it_sets(tmp_path: Path) -> None:
    cloud = load("powervs-import")
    assert own_rules(cloud) == tuple(one for one in cloud.rules if one.uri == cloud.uri)
    assert own_values(cloud) == {"management", "minimum_rsct", "judge_old_aix"}
    base = write_policy(tmp_path)
    assert (own_rules(base), own_values(base)) == (base.rules, frozenset())


def test_a_case_is_compared_with_the_hosts_of_others(tmp_path: Path) -> None:
    text = """
[[cases]]
name = "{name}"
platform = "aix"
image = "mounted_root"
{against}
answers = {{ "/etc/ct_node_id" = "{id}", "/var/ct/cfg/ct_node_id" = "{id}" }}
{expect}
"""
    rule = 'check = { kind = "empty", fact = "image.shared_node_id" }'
    policy = POLICY.replace('check = { kind = "word", fact = "subsystem.ctrmc", is = ["active"] }', rule)
    judged = [
        ("a", "", "5f3c09a1be27d846", ""),
        ("b", "", "9f684c509e74d650", ""),
        ("alone", "", "5f3c09a1be27d846", 'expect = { "OUR-SUB-001" = "not_applicable" }'),
    ]
    content = "schema = 1\n" + "".join(
        text.format(name=name, against=against, id=node, expect=expect) for name, against, node, expect in judged
    )
    content = content.replace('name = "alone"', 'name = "alone"\nbase = "a"') + (
        '\n[[cases]]\nname = "with both"\nbase = "a"\nagainst = ["b", "a"]\nexpect = { "OUR-SUB-001" = "unknown" }\n'
    )
    found = cases(tmp_path, content, policy)
    assert [one.against and [other.name for other in one.against] for one in found] == [None, ["b", "a"]]
    faulty = content.replace('against = ["b", "a"]', 'against = ["bb"]')
    with pytest.raises(PolicyError, match="'with both' against: no case is called 'bb'"):
        cases(tmp_path, faulty, policy)
