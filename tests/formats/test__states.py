"""What is said of a target without open findings."""

import re
from collections import Counter
from pathlib import Path

import pytest

from rmccomply.formats._states import says_of
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle
from tests.hosts.consoles import whole_aix


@pytest.mark.parametrize(
    ("states", "left_out", "says"),
    [
        ({"pass": 3, "not_applicable": 2}, 0, "healthy: 3 checks pass, 2 do not apply"),
        ({"pass": 1}, 44, "1 of 1 selected check passes"),
        ({"pass": 3, "not_applicable": 2}, 40, "3 of 3 selected checks pass, 2 do not apply"),
        ({"pass": 1, "waived": 1}, 40, "no active problem: 1 check waived, 1 passes"),
        ({}, 40, "no check applies: none was selected"),
    ],
)
def test_only_what_was_judged_is_praised(states: dict[str, int], left_out: int, says: str) -> None:
    assert says_of(Counter(states), left_out) == says


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "RMC-SUB-001"], "1 of "),
        (["--ignore", "RMC-SUB-001"], " of "),
    ],
)
def test_a_narrowed_run_calls_no_target_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, options: list[str], rules: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.rmcc").write_bytes(bundle(whole_aix()))
    whole, narrowed = (program("check", "x.rmcc", "--now", NOW, *more) for more in ([], options))
    assert "healthy: " in whole.out
    assert "selected" not in whole.out
    assert "healthy" not in narrowed.out
    assert f"{rules}" in narrowed.out
    assert re.search(r"PASSED: \d+ of \d+ selected checks? pass", narrowed.out)
