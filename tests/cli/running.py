"""How tests run the command line: as a user would, output and errors apart, byte for byte."""

from dataclasses import dataclass

import pytest

from rmccomply.cli import run

NOT_ENGLISH = ("<list", "<int", "Value error", "Errno", "Extra inputs", " is no ", " are no ", "(char ", "Input should")
"""What no message says: words of Python and its libraries, and a turn of phrase that is not English."""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str


class Program:
    """The program, called with its arguments."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str) -> Ran:
        self._capture.readouterr()
        status = run(arguments)
        captured = self._capture.readouterr()
        ran = Ran(status, captured.out.decode(), captured.err.decode())
        assert "Traceback" in ran.err or not [one for one in NOT_ENGLISH if one in ran.err], ran.err
        return ran
