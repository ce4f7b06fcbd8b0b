"""Prompts: which lines are some, and what stands between them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.evidence.model import Asked
from rmccomply.evidence.terminal import Part, parts_of, without_escapes


def known(asked: Asked) -> bool:
    return asked.argv == ("lspv",)


def reads(typed: str | None, lines: tuple[str, ...]) -> str:
    return "read" if typed is not None and set(lines) <= {"hdisk0", "y"} else "unparsable"


def typed(*lines: str) -> list[str | None]:
    return [part.typed for part in parts_of(lines, known, reads)]


@pytest.mark.parametrize(
    "line",
    ["a@b:/# ls -l", "[a@b ~]$ ls -l", "a@b:~/x$ ls -l", "(0) a@b: /# ls -l", "a @ b: / # ls -l", "a@b /tmp % ls -l"],
)
def test_a_prompt_with_a_user_is_one_wherever_it_stands(line: str) -> None:
    assert typed("x", line, "y") == [None, "ls -l"]


@pytest.mark.parametrize("prompt", ["b:/>", "b:/ # ", "b# ", "bash-5.0# ", "/tmp $ ", "$ ", "% ", "> "])
def test_any_other_prompt_is_one_from_a_command_on_that_is_read(prompt: str) -> None:
    assert typed("x", f"{prompt}ls", "y") == [None]
    assert typed("x", f"{prompt}ls", "y", f"{prompt}lspv", "y", f"{prompt}ls") == [None, "lspv", "ls"]


def test_a_lone_hash_is_a_prompt_with_a_command_that_is_read_and_at_the_end() -> None:
    assert typed("# lspv", "# ls", "#", "x", "#") == [None, "lspv", ""]


@pytest.mark.parametrize("line", ["#lspv", "#Fileset:lspv", "x lspv", "x:1:y >/dev/lspv", "a@b lspv", "<x> lspv", ""])
def test_what_is_no_prompt(line: str) -> None:
    assert typed(line, "y") == [None]


def test_parts_are_told_by_their_lines() -> None:
    shown = (
        "Script started on x",
        "old",
        "(0) root @ a: /",
        "# lspv",
        "hdisk0",
        "",
        "(0) root @ a: /",
        "#",
        "Script done",
    )
    assert parts_of(shown, known, reads) == [
        Part(None, 2, ("old",)),
        Part("lspv", 5, ("hdisk0", ""), "a"),
        Part("", 10, (), "a"),
    ]


def test_a_file_without_a_prompt_is_one_part() -> None:
    assert parts_of(("a", "b"), known, reads) == [Part(None, 1, ("a", "b"))]
    assert parts_of((), known, reads) == [Part(None, 1, ())]


def test_escapes_are_left_out() -> None:
    assert without_escapes(("\x1b]0;a@b\x07\x1b[?2004h\x1b[01;31ma\x1b[K\x1b(B", "\x1b[?2004l\rb", "c\x1b")) == (
        "a",
        "b",
        "c\x1b",
    )


@given(st.lists(st.text(alphabet="a@:/ ()[]~#$%>.-\x1b|", max_size=20), max_size=8).map(tuple))
def test_no_line_comes_twice_or_moves(lines: tuple[str, ...]) -> None:
    parts = parts_of(lines, known, reads)
    numbers = [number for part in parts for number in range(part.first, part.first + len(part.lines))]
    assert numbers == sorted(set(numbers))
    assert all(part.lines[n] == lines[part.first + n - 1] for part in parts for n in range(len(part.lines)))


@pytest.mark.parametrize("piece", ["a", "a@", "a:", "[a@", "(a", "~/", "a.-", "\x1b[", "\x1b]0"])
def test_a_long_line_costs_no_more_than_its_length(piece: str) -> None:
    begun = time.perf_counter()
    line = piece * 200_000
    without_escapes((line,))
    typed(line)
    assert time.perf_counter() - begun < 1


@pytest.mark.exhaustive
def test_a_file_of_prompts_alone_costs_no_minute() -> None:
    begun = time.perf_counter()
    assert len(parts_of(("# lspv -x",) * 100_000, known, reads)) == 1
    assert len(parts_of(("$",) * 100_000, known, reads)) == 100_001
    assert time.perf_counter() - begun < 10
