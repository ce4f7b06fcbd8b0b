"""What text may use where it is shown: columns, colours, and no other characters than ASCII."""

import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from rmccomply.cli.options import Shown, is_ascii, shown
from tests.hosts.building import NOW

ROOT = Path(__file__).parents[2]
BUNDLE = str(ROOT / "examples" / "borealis-app2.rmcc")
POLICY = str(ROOT / "policies" / "powervs-import.toml")
PROGRAM = (sys.executable, "-m", "rmccomply")
COMMANDS = {
    "check": ("check", BUNDLE, "--show", "open", "--now", NOW),
    "explain": ("explain", "RMC-DOM-001", BUNDLE, "--now", NOW),
    "rules": ("rules",),
    "rule": ("rules", "RMC-ID-001"),
    "facts": ("facts", BUNDLE),
    "show": ("policy", "show", POLICY),
    "lint": ("policy", "lint", POLICY),
    "doctor": ("doctor",),
}
MAY_BE_WIDE = re.compile(r"^ *\S*(?:\.rmcc|\.toml|\.rmcc:\d+): | │ |^\s*\S+$|^ *(?:\d+ )?[^ ]*/[^ ]*$|`| rmccomply ")
"""Commands, paths and evidence, which stay whole."""


def surroundings(**more: str) -> dict[str, str]:
    named = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING")
    kept = {name: value for name, value in os.environ.items() if name not in named}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm", **more}


def piped(*words: str, **more: str) -> str:
    """What a command writes into a pipe."""
    ran = subprocess.run((*PROGRAM, *words), capture_output=True, env=surroundings(**more), check=False)
    assert b"Traceback" not in ran.stderr
    return ran.stdout.decode("utf-8")


def on_terminal(*words: str, columns: int, **more: str) -> str:
    """What a command writes to a terminal of so many columns."""
    ours, its = pty.openpty()
    termios.tcsetwinsize(its, (24, columns))
    with subprocess.Popen((*PROGRAM, *words), stdout=its, stderr=its, env=surroundings(**more)) as child:
        os.close(its)
        told = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            told += piece
        child.wait()
    os.close(ours)
    return told.decode("utf-8").replace("\r\n", "\n")


def widths(text: str) -> list[int]:
    return [len(line) for line in text.split("\n") if not MAY_BE_WIDE.search(line)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_heeds_columns_in_a_pipe(name: str) -> None:
    narrow = piped(*COMMANDS[name], COLUMNS="60")
    assert narrow
    assert max(widths(narrow)) <= 60
    assert "\x1b" not in narrow


def test_a_hundred_columns_where_nothing_tells_them() -> None:
    rules = [line for line in piped(*COMMANDS["check"]).split("\n") if set(line) == {"─"}]
    assert {len(line) for line in rules} <= {100}
    assert 90 < max(widths(piped(*COMMANDS["rule"]))) <= 100


@pytest.mark.parametrize("name", ["explain", "rule", "facts"])
def test_a_terminal_tells_its_columns(name: str) -> None:
    assert max(widths(on_terminal(*COMMANDS[name], columns=72))) <= 72
    assert 72 < max(widths(on_terminal(*COMMANDS[name], columns=90))) <= 90


@pytest.mark.parametrize(
    ("more", "colored"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_on_a_terminal(more: dict[str, str], colored: bool) -> None:
    assert ("\x1b[" in on_terminal("check", BUNDLE, "--now", NOW, columns=80, **more)) == colored


@pytest.mark.parametrize(
    ("more", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_in_a_pipe(more: dict[str, str], colored: bool) -> None:
    assert ("\x1b[" in piped("check", BUNDLE, "--now", NOW, **more)) == colored


def test_the_option_is_before_all() -> None:
    assert "\x1b[" in piped("check", BUNDLE, "--color", "always", NO_COLOR="1")
    assert "\x1b[" not in piped("check", BUNDLE, "--color", "never", FORCE_COLOR="1")


@pytest.mark.parametrize("name", COMMANDS)
def test_another_locale_gets_ascii(name: str) -> None:
    assert piped(*COMMANDS[name], LC_ALL="C").isascii()
    assert piped(*COMMANDS[name], PYTHONIOENCODING="latin-1").isascii()


def test_what_is_said_on_standard_error_is_ascii_too() -> None:
    for name, expected in (
        ("C", b"n\\xfcrnberg-\\u65e5: no such"),
        ("C.UTF-8", "nürnberg-日: no such".encode()),
    ):
        words = (*PROGRAM, "check", "nürnberg-日")
        ran = subprocess.run(words, capture_output=True, env=surroundings(LC_ALL=name), check=False)
        assert ran.stderr.startswith(b"rmccomply: error: " + expected)


def test_utf_8_gets_its_symbols() -> None:
    assert "✗" in piped(*COMMANDS["explain"], LC_ALL="C.UTF-8") + piped(*COMMANDS["check"], LC_ALL="C.UTF-8")


def test_a_closed_standard_output_is_no_crash() -> None:
    words = " ".join((*PROGRAM, *COMMANDS["check"]))
    ran = subprocess.run(f"exec {words} >&-", shell=True, capture_output=True, env=surroundings(), check=False)
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr
    assert ran.stderr.startswith(b"rmccomply: error: standard output: ")


def test_text_in_a_file_has_neither_the_colours_nor_the_columns_of_the_terminal(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    on_terminal("check", BUNDLE, "-o", f"text={report}", columns=70)
    assert "\x1b" not in report.read_text("utf-8")
    assert max(widths(report.read_text("utf-8"))) > 90


LOCALES: Mapping[str, tuple[dict[str, str], bool]] = {
    "C": ({"LC_ALL": "C"}, True),
    "POSIX": ({"LANG": "POSIX"}, True),
    "UTF-8": ({"LANG": "en_US.UTF-8"}, False),
    "overridden": ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
    "nothing named": ({}, False),
    "told": ({"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}, False),
}


@pytest.fixture
def locale_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    def set_to(values: dict[str, str]) -> None:
        for name in ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING"):
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_to


@pytest.mark.parametrize("name", LOCALES)
def test_which_locale_is_ascii(name: str, locale_of: Callable[[dict[str, str]], None]) -> None:
    values, expected = LOCALES[name]
    locale_of(values)
    assert is_ascii() == expected


@pytest.mark.parametrize(("told", "width"), [("60", 60), ("0", 100), ("", 100), ("wide", 100), ("9" * 40, 9999)])
def test_columns_that_are_no_number_are_not_heeded(told: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", told)
    assert shown("never") == Shown(False, width, is_ascii())
