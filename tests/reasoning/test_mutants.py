"""Mutants: what is changed of a rule, that good cases notice each, and that what means the same is left out."""

from pathlib import Path

import pytest

from rmccomply.policy.load import LoadedRule
from rmccomply.reasoning.cases import ready
from rmccomply.reasoning.mutants import Survivor, mutants, survivors
from tests.policy.casing import CASES, POLICY, WHOLE, cases, write_policy

CHECK = 'check = { kind = "number", fact = "var_ct.used_percent", below = "$full" }'
PLACES: list[tuple[str, list[tuple[str, str]]]] = [
    (
        CHECK,
        [("check", "negated"), ("check.below", "96, and not 95 ($full)"), ("check.below", "94, and not 95 ($full)")],
    ),
    (
        'check = { kind = "version", fact = "rsct.level", at_least = "3.2.0.0", below = "4" }',
        [
            ("check", "negated"),
            ("check.at_least", "3.2.0.1, and not 3.2.0.0"),
            ("check.at_least", "3.1.0.0, and not 3.2.0.0"),
            ("check.below", "4.0.0.1, and not 4.0.0.0"),
            ("check.below", "3.0.0.0, and not 4.0.0.0"),
        ],
    ),
    (
        """check = { kind = "any", of = [
            { kind = "word", fact = "host.kind", is = ["lpar", "kvm"] },
            { kind = "not", of = { kind = "empty", fact = "subsystem.stuck" } },
        ] }""",
        [
            ("check", "negated"),
            ("check.of.0", "this part is left out"),
            ("check.of.0", "negated"),
            ("check.of.0.is", "'lpar' is left out"),
            ("check.of.0.is", "'kvm' is left out"),
            ("check.of.1", "this part is left out"),
            ("check.of.1", "negated"),
        ],
    ),
]


@pytest.mark.parametrize(("check", "places"), PLACES)
def test_one_thing_is_changed_at_each_place(tmp_path: Path, check: str, places: list[tuple[str, str]]) -> None:
    policy = write_policy(tmp_path, POLICY.replace(CHECK, check))
    found = [one for one in mutants(policy.rules[0], policy) if one.loc[0] == "check"]
    assert [".".join(map(str, one.loc)) for one in found] == [place for place, _ in places]
    assert [says in one.says for one, (_, says) in zip(found, places, strict=True)] == [True] * len(places)
    assert len({str(one.rule.check.compile) + str(one.rule.check) + one.moved for one in found}) == len(found)


def test_when_platforms_and_needs_are_changed_too(tmp_path: Path) -> None:
    text = POLICY.replace('severity = "high"\n', 'severity = "high"\nneeds = "running"\n')
    images = text.replace('version = "1"\n', 'version = "1"\nimages = true\n')
    for policy, needs in ((write_policy(tmp_path, text), 0), (write_policy(tmp_path, images), 1)):
        found = [".".join(map(str, one.loc)) for one in mutants(policy.rules[1], policy)]
        assert found.count("when") == 2
        assert found.count("platforms") == 3
        assert found.count("needs") == needs


def unnoticed(tmp_path: Path, text: str, policy: str = POLICY) -> list[Survivor]:
    found = cases(tmp_path, text, policy)
    loaded = write_policy(tmp_path, policy)
    targets = ready(loaded, found)

    def of(rule: LoadedRule) -> list[Survivor]:
        return list(survivors(rule, loaded, targets, list(mutants(rule, loaded))))

    return [one for rule in loaded.rules for one in of(rule)]


def test_good_cases_notice_everything(tmp_path: Path) -> None:
    assert [(one.mutant.loc, one.mutant.says) for one in unnoticed(tmp_path, WHOLE)] == []


@pytest.mark.parametrize(
    ("old", "new", "loc", "where"),
    [
        ("50000   95%", "10000   99%", ("check", "below"), "on aix, where var_ct.used_percent is 95"),
        ("56000   94%", "900000   10%", ("check", "below"), "on aix, where var_ct.used_percent is 94"),
    ],
)
def test_a_bound_without_a_case_beside_it_is_named(
    tmp_path: Path, old: str, new: str, loc: tuple[str, ...], where: str
) -> None:
    (one,) = unnoticed(tmp_path, WHOLE.replace(old, new))
    assert (one.loaded.rule.id, one.mutant.loc, one.where) == ("OUR-FS-001", loc, where)


def test_a_platform_and_a_condition_without_a_case_are_named(tmp_path: Path) -> None:
    found = {(one.loaded.rule.id, one.mutant.says) for one in unnoticed(tmp_path, CASES)}
    assert found == {
        (rule, f"that '{name}' is added") for rule in ("OUR-FS-001", "OUR-SUB-001") for name in ("vios", "linux", "hmc")
    }
    text = WHOLE.replace('"OUR-SUB-001" = "not_applicable" }', '"OUR-FS-001" = "pass" }')
    assert {one.mutant.loc for one in unnoticed(tmp_path, text)} == {("when",)}


def test_what_means_the_same_is_left_out_and_what_is_not_proved_is_not(tmp_path: Path) -> None:
    check = 'check = { kind = "number", fact = "var_ct.used_percent", below = 101 }'
    always = [
        one.mutant.says
        for one in unnoticed(tmp_path, CASES, POLICY.replace(CHECK, check))
        if one.mutant.loc[0] == "check"
    ]
    assert always == []
    unset = POLICY.replace("default = 95\n", "")
    expectations = CASES.replace('"OUR-FS-001" = "fail"', '"OUR-FS-001" = "not_applicable"')
    expectations = expectations.replace(', "OUR-FS-001" = "pass"', "").replace(
        "unknown:not_collected", "not_applicable"
    )
    open_ones = [one for one in unnoticed(tmp_path, expectations, unset) if one.mutant.loc == ("check",)]
    assert [(one.where, one.was) for one in open_ones] == [("", None)]


def test_what_a_rule_needs_wants_a_case_of_a_mounted_root(tmp_path: Path) -> None:
    policy = POLICY.replace('version = "1"\n', 'version = "1"\nimages = true\n')
    policy = policy.replace('severity = "high"\n', 'severity = "high"\nneeds = "running"\n')
    (one,) = unnoticed(tmp_path, WHOLE, policy)
    assert (one.mutant.loc, one.where) == (("needs",), "of the root of an image")
    root = """
[[cases]]
name = "a root"
base = "down"
image = "mounted_root"
expect = { "OUR-SUB-001" = "not_applicable" }
"""
    assert unnoticed(tmp_path, WHOLE + root, policy) == []
