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
