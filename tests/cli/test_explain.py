"""`rmccomply explain`."""

from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, healthy_aix

EXAMPLES = Path(__file__).parents[2] / "examples"
ONE = str(EXAMPLES / "borealis-app2.rmcc")


@pytest.mark.parametrize(
    ("rule", "name", "mark"),
    [
        ("RMC-ID-001", "borealis-app2.rmcc", "✗ fails"),
        ("RMC-DOM-001", "cirrus-web3.rmcc", "? is undecided"),
        ("RMC-ID-001", "aurora-db1.rmcc", "✓ passes"),
        ("RMC-IP6-001", "aurora-db1.rmcc", "– does not apply"),
    ],
)
def test_whatever_the_verdict_is_it_is_explained(rule: str, name: str, mark: str, program: Program) -> None:
    ran = program("explain", rule, str(EXAMPLES / name), "--now", NOW)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split("\n")[3].startswith(mark)


def test_it_says_what_check_says(program: Program) -> None:
    checked = program("check", ONE, "--select", "RMC-ID-001", "-o", "jsonl").out
    assert "4be1077fd2a9c365" in checked
    assert "4be1077fd2a9c365" in program("explain", "RMC-ID-001", ONE).out


def test_of_several_targets_one_is_named(program: Program) -> None:
    ran = program("explain", "RMC-ID-001", str(EXAMPLES))
    assert (ran.status, ran.out) == (2, "")
    assert "--target" in ran.err
    assert "aurora-db1, borealis-app2" in ran.err
    named = program("explain", "RMC-ID-001", str(EXAMPLES), "--target", "aurora-db1")
    assert named.status == 0
    assert "passes on aurora-db1" in named.out


def test_two_targets_of_one_name_are_told_apart(tmp_path: Path, program: Program) -> None:
    for name in ("a.rmcc", "b.rmcc"):
        (tmp_path / name).write_bytes(bundle(healthy_aix()))
    root = ("--root-uri", str(tmp_path))
    told = program("explain", "RMC-ID-001", str(tmp_path), *root).err
    assert "lpar1 (a.rmcc), lpar1 (b.rmcc)" in told
    assert (
        "on lpar1 (b.rmcc)" in program("explain", "RMC-ID-001", str(tmp_path), *root, "--target", "lpar1 (b.rmcc)").out
    )


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("RMC-ID-01", ONE), "did you mean 'RMC-ID-001'?"),
        (("RMC-ID-001", str(EXAMPLES), "--target", "aurora-db"), "did you mean 'aurora-db1'?"),
        (("RMC-ID-001", ONE, "-p", "rmc-cor"), "did you mean 'rmc-core'?"),
        (("RMC-ID-001", ONE, "--param", "managment=hmc"), "did you mean 'management'?"),
        (("RMC-ID-001", ONE, "--param", "management"), "is not NAME=VALUE"),
        (("RMC-ID-001", "not-there.rmcc"), "no such file"),
        (("RMC-ID-001", __file__), "was not recognized"),
    ],
)
def test_what_cannot_be_explained_is_status_2(arguments: tuple[str, ...], near: str, program: Program) -> None:
    ran = program("explain", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert near in ran.err


def test_a_faulty_input_beside_is_told(tmp_path: Path, program: Program) -> None:
    (tmp_path / "a.rmcc").write_bytes(bundle(healthy_aix()))
    (tmp_path / "facts.ndjson").write_text('{"schema": "rmccomply/facts/1"}\n{"schema": "rmccomply/facts/1"}\n')
    ran = program("explain", "RMC-ID-001", str(tmp_path), "--target", "lpar1")
    assert ran.status == 2
    assert "passes on lpar1" in ran.out
    assert "facts.ndjson" in ran.err


def test_parameters_and_policy_count(program: Program) -> None:
    ran = program("explain", "RMC-VER-001", ONE, "--param", "minimum_rsct=3.0.1.0")
    assert "✓ passes" in ran.out
    ran = program("explain", "RMC-VER-001", ONE, "-p", "powervs-import")
    assert "rsct.level were at least 3.2.1.0" in ran.out


def test_standard_input_and_platform(program: Program, tmp_path: Path) -> None:
    captures = tmp_path / "lpar9"
    captures.mkdir()
    (captures / "etc_ct_node_id.txt").write_text("9f684c509e74d650\n")
    ran = program("explain", "RMC-ID-001", str(captures), "--platform", "aix", "--root-uri", str(tmp_path))
    assert ran.status == 0
    assert "lpar9/etc_ct_node_id.txt:1:" in ran.out
    assert "\nTo find out\n  Add the output of `cat /var/ct/cfg/ct_node_id`, or collect again:\n" in ran.out


def test_the_causes_of_a_target_are_a_tree(program: Program) -> None:
    ran = program("explain", "--causes", ONE, "--now", NOW)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.split("\n")
    full = next(number for number, line in enumerate(lines) if line.startswith("RMC-FS-001  high  "))
    down = next(number for number, line in enumerate(lines) if line.startswith("    RMC-SUB-001  critical  "))
    assert full < lines.index("  can be the reason of") < down
    assert "      Too little free space for /var/ct can be the reason." in lines
    assert any("borealis-app2.rmcc:57: ctrmc" in line for line in lines)


def test_causes_are_of_one_target_and_take_no_rule(program: Program) -> None:
    assert "--target" in program("explain", "--causes", str(EXAMPLES)).err
    assert program("explain", "--causes", str(EXAMPLES), "--target", "aurora-db1").out.startswith(
        "aurora-db1: no problem"
    )
    assert "--causes takes no RULE" in program("explain", "--causes", "RMC-ID-001", ONE).err


@pytest.mark.parametrize("rule", ["RMC-ID-001", "rmc-id-001"])
def test_without_an_input_the_rule_itself_is_printed(rule: str, program: Program) -> None:
    ran = program("explain", rule)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == program("rules", "RMC-ID-001").out


def test_an_input_without_a_rule_is_told_what_goes_before_it(program: Program) -> None:
    ran = program("explain", ONE)
    assert (ran.status, ran.out) == (2, "")
    assert "name a rule before the input" in ran.err
    assert f"rmccomply explain RMC-ID-001 {ONE}" in ran.err


def test_of_a_family_one_rule_is_to_be_named(program: Program) -> None:
    ran = program("explain", "rmc-id", ONE)
    assert (ran.status, ran.out) == (2, "")
    assert "name one: RMC-ID-001, RMC-ID-002" in ran.err
    assert program("explain", "rmc-id").out.startswith("RMC-ID-001 ")


def test_a_rule_of_an_input_is_taken_in_any_case(program: Program) -> None:
    assert program("explain", "rmc-id-001", ONE).out == program("explain", "RMC-ID-001", ONE).out
