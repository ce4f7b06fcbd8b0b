"""The reader of workflow commands finds commands, so that what it does not find is none."""

import pytest

from tests.formats.commands import Command, commands


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "::error file=a%2Cb,line=3,title=x%3A::y%0Az%2525",
            Command("error", {"file": "a,b", "line": "3", "title": "x:"}, "y\nz%25"),
        ),
        ("  ::stop-commands::token", Command("stop-commands", {}, "token")),
        ("\u3000::notice::x", Command("notice", {}, "x")),
        ("text ##[error]x%5D", Command("error", {}, "x]")),
        ("text ::error::x", "text ::error::x"),
        ("::unknown::x", "::unknown::x"),
        ("::error x", "::error x"),
    ],
)
def test_a_line_is_read_as_the_runner_reads_it(line: str, found: Command | str) -> None:
    assert commands(line) == [found]


def test_every_end_of_a_line_begins_another() -> None:
    assert [one if isinstance(one, str) else one.word for one in commands("a\r::error::b\r\n::notice::c")] == [
        "a",
        "error",
        "notice",
    ]
