"""What all tests share: a program to run, and an environment without the machine's own habits."""

import pytest

from tests.cli.running import Program


@pytest.fixture
def program(capfdbinary: pytest.CaptureFixture[bytes]) -> Program:
    """The command line."""
    return Program(capfdbinary)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LANG", "LC_ALL", "CI"):
        monkeypatch.delenv(name, raising=False)
