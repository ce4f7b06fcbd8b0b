"""docs/writing-a-policy.md: its policy is sound, valid for editors, and does what the page says."""

from pathlib import Path

import pytest

from rmccomply.policy.load import load
from tests.cli.running import Program
from tests.hosts.building import NOW

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "writing-a-policy.md").read_text("utf-8")
POLICY = PAGE.split("```toml\n")[1].split("```")[0]
EXAMPLE = ROOT / "examples" / "borealis-app2.rmcc"


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the page makes: no shipped policy is near, and the policy extends one by its id all the same."""
    (tmp_path / "our-partitions.toml").write_text(POLICY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("ours")
def test_it_is_sound(program: Program) -> None:
    ran = program("policy", "lint", "our-partitions.toml")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("our-partitions.toml: sound, ")


def test_the_change_that_the_page_proposes_gives_two_warnings(ours: Path, program: Program) -> None:
    changed = POLICY.replace('below = "$largest_use"', "below = 101")
    assert changed != POLICY
    (ours / "our-partitions.toml").write_text(changed, "utf-8")
    ran = program("policy", "lint", "our-partitions.toml")
    assert ran.status == 1
    assert [line.rpartition(" ")[2] for line in ran.err.splitlines()] == ["[unused-parameter]", "[constant-part]"]


@pytest.mark.usefixtures("ours")
def test_every_command_of_the_page_is_there(program: Program) -> None:
    commands = [line[2:].split() for line in PAGE.splitlines() if line.startswith("$ rmccomply")]
    assert len(commands) > 7
    for words in commands:
        depth = 2 if words[1] == "policy" else 1
        assert program(*words[1 : depth + 1], "--help").status == 0


@pytest.mark.usefixtures("ours")
def test_it_is_shown_checked_and_explained_beside_the_shipped_ones(program: Program) -> None:
    assert "our-partitions.toml:" in program("policy", "show", "our-partitions.toml").out
    assert "OUR-FS-001" in program("rules", "-p", "our-partitions.toml", "OUR-FS-001").out
    fails = program("check", "-p", "our-partitions.toml", str(EXAMPLE), "--now", NOW, "--select", "OUR")
    assert fails.status == 1
    assert "OUR-FS-001" in fails.out
    both = program("check", "-p", "our-partitions.toml", "-p", "rmc-core", "--select", "OUR-FS", str(EXAMPLE))
    assert "OUR-FS-001" in both.out
    told = program("explain", "OUR-FS-001", str(EXAMPLE), "-p", "our-partitions.toml", "--now", NOW)
    assert "or if" in told.out


@pytest.mark.usefixtures("ours")
def test_it_takes_over_the_shipped_policy() -> None:
    policy = load("our-partitions.toml")
    assert policy.values["minimum_rsct"] == (3, 2, 1, 0)
    assert {one.rule.id: one.severity for one in policy.rules}["RMC-NET-002"] == "low"
    assert {one.rule.id for one in policy.rules} > {one.rule.id for one in load("rmc-core").rules}
