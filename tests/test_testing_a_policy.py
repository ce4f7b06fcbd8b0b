"""docs/testing-a-policy.md: its cases hold, and its commands print what it shows."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.test_writing_a_policy import EXAMPLE, POLICY

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "testing-a-policy.md").read_text("utf-8")
CASES = PAGE.split("```toml\n")[1].split("```")[0]
BLOCKS = [block.split("```")[0].splitlines() for block in PAGE.split("```console\n")[1:]]
COMMANDS = [(line, [*block[at + 1 :]]) for block in BLOCKS for at, line in enumerate(block) if line.startswith("$ ")]
AURORA = EXAMPLE.with_name("aurora-db1.rmcc")


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the page: the policy, its cases and the evidence of a host."""
    (tmp_path / "our-partitions.toml").write_text(POLICY, "utf-8")
    (tmp_path / "our-partitions.cases.toml").write_text(CASES, "utf-8")
    (tmp_path / "lpar0007.rmcc").write_bytes(AURORA.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    return tmp_path


def is_shown(expected: list[str], printed: list[str]) -> bool:
    """Whether lines are those that the page shows, `[...]` for any."""
    pattern = "\n".join(".*" if line == "[...]" else re.escape(line) for line in expected)
    return re.fullmatch(pattern, "\n".join(printed), re.DOTALL) is not None


@pytest.mark.usefixtures("ours")
def test_its_commands_print_what_it_shows(program: Program) -> None:
    assert len(COMMANDS) == 4
    for command, shown in COMMANDS:
        ran = program(*shlex.split(command)[2:])
        assert ran.status in (0, 1, 3), (command, ran.err)
        lines = [line for line in shown if not line.startswith("$ ")]
        assert not lines or is_shown(lines, ran.out.splitlines()), (command, ran.out)


def test_an_expectation_that_does_not_hold_is_shown_as_it_says(ours: Path, program: Program) -> None:
    text = CASES.replace('expect = { "OUR-FS-001" = "fail" }', 'expect = { "OUR-FS-001" = "pass" }')
    (ours / "our-partitions.cases.toml").write_text(text, "utf-8")
    ran = program("policy", "test", "our-partitions.toml")
    assert ran.status == 1
    block = next(block.split("```")[0] for block in PAGE.split("```text\n") if "expected pass, got fail" in block)
    pattern = re.escape(block.strip()).replace(re.escape("[...]"), ".*")
    assert re.search(pattern, ran.out), ran.out


def test_every_key_of_a_case_is_on_the_page() -> None:
    from rmccomply.written.cases import AnswerTable, CaseTable

    keys = {*CaseTable.model_fields, *AnswerTable.model_fields}
    assert [key for key in sorted(keys) if f"`{key}`" not in PAGE and f"`{key} = " not in PAGE] == []


@pytest.mark.parametrize(("now", "status"), [("2026-11-20T04:00:00Z", 0), ("2027-01-01T00:00:00Z", 1)])
def test_a_fail_before_its_day_says_what_the_page_shows(ours: Path, program: Program, now: str, status: int) -> None:
    text = POLICY.replace('max_age = "2d"\n', "").replace(
        'id = "OUR-FS-001"', 'id = "OUR-FS-001"\neffective = 2027-01-01'
    )
    text = text.replace("at_least = 1024", "at_least = 9999").replace("default = 80", "default = 20")
    (ours / "our-partitions.toml").write_text(text, "utf-8")
    asked = ("--select", "OUR-FS", "--show", "open", "--now", now)
    ran = program("check", "-p", "our-partitions.toml", *asked, "lpar0007.rmcc")
    assert ran.status == status, ran.out
    (says,) = re.findall(r"```text\n(This rule takes effect .*)\n", PAGE)
    assert (says in " ".join(ran.out.split())) == (status == 0), ran.out
