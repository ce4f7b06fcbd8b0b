"""Rows of a page: what is undecided, with a command that people copy."""

import shlex

import pytest

from rmccomply.formats.text.rows import undecided_rows
from rmccomply.terminal import Page
from rmccomply.undecided import UndecidedKey, UndecidedRow


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_command_of_several_lines_can_be_copied(width: int) -> None:
    command = "rmccomply collect ssh --inventory 'my hosts.txt' --sudo --probe --run before-the-move-of-wave-2"
    row = UndecidedRow(UndecidedKey("reach", "not_collected"), 96, 2, "not reached", f"see to ssh, then {command}")
    (lines,) = undecided_rows(Page(width=width), [row], fleet=True)
    assert all(len(line) <= width for line in lines)
    begins = next(at for at, line in enumerate(lines) if "rmccomply" in line)
    typed = "\n".join(line.strip() for line in lines[begins:]).replace(" \\\n", " ")
    assert "\n" not in typed
    assert shlex.split(typed) == shlex.split(command)
    assert len(lines[begins:]) > 1 or width == 100
