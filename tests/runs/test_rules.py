"""What `rules` tells."""

import pytest

from rmccomply.errors import UsageError
from rmccomply.policy.load import load
from rmccomply.runs.rules import rules
from tests.runs.hearing import Heard


def test_a_line_for_each_rule_or_one_of_them_whole() -> None:
    heard = Heard()
    rules(None, "rmc-core", heard)
    rules("RMC-ID-001", "rmc-core", heard)
    lines, page = heard.of("result")
    assert [line.split()[0] for line in lines.splitlines()] == [one.rule.id for one in load("rmc-core").rules]
    assert page.startswith("RMC-ID-001")
    with pytest.raises(UsageError, match="policy rmc-core has no rule 'RMC-ID-1'"):
        rules("RMC-ID-1", "rmc-core", heard)


@pytest.mark.parametrize("name", ["RMC-ID", "rmc-id", "Rmc-Id"])
def test_a_family_is_listed(name: str) -> None:
    heard = Heard()
    rules(name, "rmc-core", heard)
    (lines,) = heard.of("result")
    found = [line.split()[0] for line in lines.splitlines()]
    assert len(found) > 3
    assert found == [one.rule.id for one in load("rmc-core").rules if one.rule.id.startswith("RMC-ID-")]


@pytest.mark.parametrize(
    ("name", "near"), [("rmc-idd", "did you mean 'RMC-ID'?"), ("RMC-ID-01", "did you mean 'RMC-ID-001'?")]
)
def test_a_misspelt_rule_or_family_is_told_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UsageError) as refused:
        rules(name, "rmc-core", Heard())
    assert str(refused.value) == f"policy rmc-core has no rule '{name}'; {near}"


def test_ids_are_taken_in_any_case() -> None:
    heard = Heard()
    rules("rmc-id-001", "RMC-Core", heard)
    assert heard.of("result")[0].startswith("RMC-ID-001  ")
