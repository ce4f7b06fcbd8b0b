"""`policy test`: what is printed, and the exit status."""

from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.policy.casing import CASES, POLICY, WHOLE


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the policy and its cases."""
    (tmp_path / "our.toml").write_text(POLICY, "utf-8")
    (tmp_path / "our.cases.toml").write_text(CASES, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.mark.usefixtures("ours")
def test_the_grid_and_what_is_not_there(program: Program) -> None:
    ran = program("policy", "test", "our.toml")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "rule            pass     fail  unknown  not applicable",
        "OUR-FS-001         1        1        1               -",
        "OUR-SUB-001        1        1        1               1",
        "",
        "our.toml:18: OUR-FS-001: no case in which it does not apply",
        "",
        "our: 6 cases, 7 expectations, all met; 1 result without a case.",
    ]
    assert program("policy", "test", "our.toml", "--complete").status == 1


def test_an_expectation_that_does_not_hold(ours: Path, program: Program) -> None:
    text = CASES.replace('{ "OUR-SUB-001" = "fail" }', '{ "OUR-SUB-001" = "pass" }')
    (ours / "our.cases.toml").write_text(text, "utf-8")
    ran = program("policy", "test", "our.toml", "--mutate")
    line = next(number for number, one in enumerate(text.split("\n"), 1) if 'name = "down"' in one) + 2
    assert ran.status == 1
    assert ran.out.splitlines()[4:7] == [
        f"our.cases.toml:{line}: 'down': OUR-SUB-001: expected pass, got fail",
        "  ctrmc is inoperative.",
        f"  our.cases.toml:{line + 4}: ctrmc            rsct                          inoperative",
    ]
    assert ran.out.splitlines()[-1] == (
        "our: 6 cases, 7 expectations, 1 wrong; 2 results without a case; no change of rules tried before all are met."
    )


def test_changes_that_no_case_notices(ours: Path, program: Program) -> None:
    ran = program("policy", "test", "our.toml", "--mutate")
    assert ran.status == 1
    assert "our.toml:22: OUR-FS-001 platforms: no case notices that 'vios' is added" in ran.out
    assert (
        "  A case would on vios, where var_ct.used_percent is 0: the rule does not apply, and changed it passes."
        in ran.out
    )
    (ours / "our.cases.toml").write_text(WHOLE, "utf-8")
    ran = program("policy", "test", "our.toml", "--mutate", "--complete")
    assert ran.status == 0
    assert ran.out.splitlines()[-1].endswith("all met; 12 changes of rules tried, none unnoticed.")


def test_cases_in_a_folder_and_in_files(ours: Path, program: Program) -> None:
    (ours / "cases").mkdir()
    (ours / "our.cases.toml").rename(ours / "cases" / "a.cases.toml")
    (ours / "cases" / "other.toml").write_text("no cases")
    assert program("policy", "test", "our.toml", "cases").status == 0
    assert program("policy", "test", "our.toml", "cases/a.cases.toml").status == 0
    for words, says in (
        (("our.toml",), "our has no cases: our.cases.toml is not beside it, so name a file of cases"),
        (("our.toml", "no.toml"), "no.toml: no such file or folder"),
        (("our.toml", "."), ".: no file in this folder ends in .cases.toml"),
        (("rmc-core",), "rmc-core has no cases"),
    ):
        ran = program("policy", "test", *words)
        assert (ran.status, ran.out) == (2, "")
        assert says in ran.err


def test_faults_of_all_files_are_told_at_once(ours: Path, program: Program) -> None:
    (ours / "b.cases.toml").write_text("schema = 2\n")
    (ours / "our.cases.toml").write_text(CASES.replace('"OUR-FS-001" = "fail"', '"OUR-X" = "fail"'), "utf-8")
    ran = program("policy", "test", "our.toml", ".")
    assert ran.status == 2
    assert [line.split(": ")[1].partition(":")[0] for line in ran.err.splitlines() if "error" in line] == [
        "error"
    ] * len(ran.err.splitlines())
    assert "b.cases.toml" in ran.err
    assert "our.cases.toml" in ran.err
