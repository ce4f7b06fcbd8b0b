"""How help looks: groups, metavars, columns of every width."""

from collections.abc import Iterator
from typing import Any

import pytest

from rmccomply.cli import COMMANDS
from rmccomply.cli import command as command_of
from tests.cli.running import Program

WIDTHS = (60, 80, 100, 120)
LEAKS = ("<i", "<s", "<t", "list[", "range", "Sequence", "None", "Annotated", "x>=", "<=x", " is no ", "[required]")


def paths() -> Iterator[tuple[str, ...]]:
    yield ()
    for name in COMMANDS:
        yield (name,)
        yield from ((name, one) for one in getattr(command_of(name), "commands", {}))


def options() -> Iterator[Any]:
    for path in filter(None, paths()):
        found = command_of(path[0])
        yield from (found.commands[path[1]] if len(path) > 1 else found).params


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_help_shows_nothing_of_python_and_keeps_its_width(
    path: tuple[str, ...], width: int, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = program(*path, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert not [word for word in LEAKS if word in ran.out]
    whole, _, told = ran.out.partition("\nArguments:\n" if "\nArguments:\n" in ran.out else "ptions:\n")
    assert told
    assert all(len(line) <= width for line in told.splitlines())
    assert "..." not in whole.replace("[ARGS]...", "").partition("\n")[2], "a sentence that was cut"


def test_every_option_says_how_its_value_is_called_and_what_it_does() -> None:
    found = list(options())
    assert len(found) > 50
    for one in found:
        assert one.help, one.name
        assert one.help.endswith((".", "]")), one.name
        assert getattr(one, "is_flag", False) or one.metavar, one.name


def test_the_options_of_check_stand_in_groups(program: Program) -> None:
    text = program("check", "--help").out
    heads = [line for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert heads == [
        "Arguments:",
        "Policy:",
        "What is shown:",
        "Reports:",
        "Exit status:",
        "Evidence:",
        "Settings:",
        "Inputs by ssh (ssh://HOST):",
        "Other options:",
    ]


def test_a_status_that_is_too_long_goes_on_below_its_words(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = program("collect", "ssh", "--help").out
    (begun,) = (line for line in text.splitlines() if line.startswith("    130  interrupted"))
    assert len(begun) <= 60
    assert "\n         " in text.partition(begun)[2]
    statuses = text.partition("Exit status:")[2].partition("Arguments:")[0]
    assert all(len(line) <= 60 for line in statuses.splitlines())


def test_few_options_stand_in_one_group(program: Program) -> None:
    text = program("bundle", "extract", "--help").out
    assert "\nOptions:\n  --to DIR" in text
    assert "Evidence:" not in text
    assert text.startswith("Usage: rmccomply bundle extract [OPTIONS] BUNDLE [REQUEST]\n")


def test_a_default_is_told_once_and_only_where_it_can_be_read(program: Program) -> None:
    text = " ".join(program("check", "--help").out.split())
    assert "[default: summary]" in text
    assert text.count("[default: rmc-core]") == 1
    assert "[default: False]" not in text
