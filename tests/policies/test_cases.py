"""The cases of the shipped policies: every result that a rule can have, and no change of a rule that none notices."""

from pathlib import Path

import pytest

from rmccomply.policy.find import shipped
from tests import policy_cases
from tests.cli.running import Program

FILES = {path.name.removesuffix(".cases.toml"): path for path in sorted(policy_cases.FOLDER.glob("*.cases.toml"))}


@pytest.mark.parametrize("policy", FILES)
def test_they_are_what_the_tables_say(policy: str) -> None:
    assert FILES[policy].read_text("utf-8") == policy_cases.content(policy)


@pytest.mark.parametrize("policy", FILES)
def test_they_hold_have_every_result_and_notice_every_change(policy: str, program: Program) -> None:
    ran = program("policy", "test", policy, str(FILES[policy]), "--mutate", "--complete", "--inherited")
    assert (ran.status, ran.err) == (0, ""), ran.out
    assert " -" not in ran.out


def test_every_shipped_policy_has_its_cases() -> None:
    assert sorted(FILES) == sorted(shipped())
    assert {path.parent for path in FILES.values()} == {Path(policy_cases.FOLDER)}
