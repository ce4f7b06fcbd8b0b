"""`rmccomply example`: the first command of all."""

from pathlib import Path

import pytest

from rmccomply.runs.example import FOLDER
from tests.cli.running import Program


def test_what_the_help_says_first_works(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = program("--help").out
    assert "rmccomply example\n" in told
    assert f"rmccomply check {FOLDER}\n" in told
    assert program("example").status == 0
    checked = program("check", FOLDER)
    assert checked.status == 1
    assert "borealis-app2" in checked.out
    assert program("example").status == 2
