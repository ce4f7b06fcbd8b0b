"""What the error log shows of RMC."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.facts.groups.test_control_points import subjects
from tests.hosts.building import command, facts
from tests.hosts.cases import broken, says
from tests.hosts.consoles import errors

THRICE = errors("1119110026", "1119230026", "1120010026")
MANY = errors("1119110026", "1120010026", *[f"1119{n // 60:02}{n % 60:02}26" for n in range(198)], resource="ConfigRM")
CASES = [
    pytest.param([THRICE], "rmcd", id="three times within a day"),
    pytest.param([errors("1119005926", "1119230026", "1120010026")], "", id="three times in more than a day"),
    pytest.param([errors("1119230026", "1120010026")], "", id="twice"),
    pytest.param([errors("1011110026", "1011230026", "1012010026")], "", id="three times, long ago"),
    pytest.param([errors()], "", id="never"),
    pytest.param([command("errpt", "")], "", id="an empty log"),
    pytest.param([errors("1119110026", "1119230026", "1120010026", resource="ConfigRM")], "", id="another daemon"),
    pytest.param([errors("1119110026", "1119230026", "1120010026", status=None)], "rmcd", id="a copy shows it"),
    pytest.param([errors("1120010026", status=None)], "?truncated", id="a copy without its end"),
    pytest.param([errors("1120010026", "0314101226", status=None)], "", id="a copy that goes far back"),
    pytest.param([MANY], "?truncated", id="more entries than are kept"),
    pytest.param([broken(THRICE, "timeout")], "?timeout", id="timed out"),
    pytest.param([], "?not_collected", id="not collected"),
    pytest.param([command("uname -W", "3\n"), THRICE], "n/a", id="a workload partition"),
]


@pytest.mark.parametrize(("evidence", "expected"), CASES)
def test_rmcd_starts(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(*evidence).fact("error_log.rmcd_starts"))) == expected


def test_the_lines_of_all_starts_are_shown() -> None:
    (item,) = facts(THRICE).fact("error_log.rmcd_starts").items
    assert item.says == "rmcd was started 3 times within 24 hours, the last time at 2026-11-20 01:00."
    assert len(item.evidence) == 3
