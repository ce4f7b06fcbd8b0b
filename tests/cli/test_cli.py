"""The command line as a whole: help, crashes, interruption, completion."""

import shlex
import subprocess
import sys

import pytest

from rmccomply import cli
from rmccomply.cli import COMMANDS, complain
from rmccomply.cli.options import clock, complete_format, complete_policy, complete_rule, words_of
from rmccomply.errors import UsageError
from tests.cli.running import Program


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(program: Program, name: str) -> None:
    ran = program(name, "--help")
    assert ran.status == 0
    assert f"rmccomply {name}" in ran.out or f"Usage: rmccomply {name}" in ran.out


def test_help_of_the_program(program: Program) -> None:
    ran = program("--help")
    assert ran.status == 0
    for name in COMMANDS:
        assert f"  {name} " in ran.out


def test_no_command_shows_help(program: Program) -> None:
    assert "Usage: rmccomply" in program().out + program().err


def test_a_crash_is_a_report_block_and_never_status_1(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> None:
        raise ZeroDivisionError("\x1b[31mboom")

    monkeypatch.setattr(cli, "main_command", crash)
    ran = program("check", "x")
    assert ran.status == 2
    assert "a defect of rmccomply, not of any host" in ran.err
    assert "Traceback" in ran.err
    assert "\x1b" not in ran.err


def test_interruption(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main_command", interrupt)
    assert program("check", "x").status == 130


def test_complaints_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    complain("a\x1b]0;b\x07\u202ec")
    assert capsys.readouterr().err == "rmccomply: a\\x1b]0;b\\x07\\x202ec\n"


def test_completion_offers_what_exists() -> None:
    assert complete_policy("rmc") == ["rmc-core"]
    assert complete_format("js") == ["json", "jsonl"]
    assert "RMC-ID-001" in complete_rule("RMC-ID")


def test_completion_of_a_shell_is_printed() -> None:
    """For the shell that is found among the parents, so that one has to be there."""
    line = f"{shlex.quote(sys.executable)} -m rmccomply --show-completion; exit $?"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert "complete" in done.stdout


def test_comma_lists() -> None:
    assert words_of(["A,B", " C "]) == ["A", "B", "C"]


def test_clock_is_in_utc() -> None:
    assert clock("2026-11-20T05:00:00+02:00") == "2026-11-20T03:00:00Z"
    with pytest.raises(UsageError, match="time zone"):
        clock("2026-11-20T05:00:00")
