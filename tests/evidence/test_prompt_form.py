"""Prompts that nobody can list: told by the command of their file, and never found in an answer."""

import pytest

from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Asked
from rmccomply.evidence.prompt_form import plain_prompts
from rmccomply.sources.requests import source_of
from tests.evidence.test_session import ANSWERS, found_in, shows_its_command


def own(asked: Asked) -> bool:
    return asked.argv[0].endswith("lssrc")


def known(asked: Asked) -> bool:
    return asked.argv[0] in ("lssrc", "lsrpdomain")


def plain(*lines: str) -> tuple[str, ...]:
    return plain_prompts(lines, own, known)


@pytest.mark.parametrize(
    ("first", "again", "host"),
    [
        ("lpar1/#lssrc -a", "lpar1/#", "lpar1"),
        ('lpar1 /usr/bin # lssrc -s "ctrmc"', "lpar1 /usr/bin #", "lpar1"),
        ("TEPR2E01(root):/root $(EU EDI Prod) /usr/bin/lssrc -a", "TEPR2E01(root):/root $(EU EDI Prod)", "TEPR2E01"),
        ("{lpar1:root}/ # lssrc -a", "{lpar1:root}/ # ", "lpar1"),
        ("<root@lpar1:/>$ sudo lssrc -a", "<root@lpar1:/>$ exit", "lpar1"),
        ("[11:20:03] root@lpar1:/ # lssrc -a", "[9:59] root@lpar1:/ #", "lpar1"),
        ("$padmin> lssrc -a | grep ctrmc", "$padmin> license -accept", "root"),
        ("lpar1:/ -> lssrc -a", "lpar1:/ -> lsrpdomain", "lpar1"),
        ("➜  ~ lssrc -a", "➜  ~", "root"),
        ("=== lssrc -a", "=== lsrpdomain", "root"),
    ],
)
def test_what_stands_before_the_command_of_a_file_is_its_prompt(first: str, again: str, host: str) -> None:
    shown = plain("Last login: Mon", "", first, " ctrmc rsct 1 active", again)
    assert shown[:2] == ("Last login: Mon", "")
    assert shown[3] == " ctrmc rsct 1 active"
    assert [line.partition(":/# ")[0] for line in (shown[2], shown[4])] == [host, host]
    assert "lssrc" in shown[2].partition("# ")[2]
    assert shown[4].partition("# ")[2] in again


@pytest.mark.parametrize(
    "lines",
    [
        ("# lssrc -a", "x"),
        ("root@lpar1:/# lssrc -a", "{lpar1}# lssrc -a"),
        ("this is what I got from lssrc -a", "x"),
        ("Subsystem Group", " ctrmc: lssrc -a"),
        ("{lpar1}# lsrpdomain", "x"),
        ("{lpar1}# lssrc -a; lssrc -s x", "x"),
        ("lpar1 # echo 'lssrc -a", "x"),
        (),
    ],
)
def test_what_is_no_such_prompt(lines: tuple[str, ...]) -> None:
    assert plain(*lines) == lines


def test_without_a_sign_a_line_that_begins_alike_is_none() -> None:
    lines = ("lssrc -a", "- x", "-", "lssrc -a")
    assert plain(*lines) == ("root:/# lssrc -a", *lines[1:])
    assert plain("- lssrc -a", "- x", "-") == ("root:/# lssrc -a", "- x", "root:/# ")


def test_a_prompt_of_two_lines_is_two_lines_wherever_it_stands() -> None:
    assert plain("lpar1 in /", "❯ lssrc -a", "x", "lpar1 in /", "❯") == (
        *("(0) root @ root: /", "root:/# lssrc -a"),
        *("x", "(0) root @ root: /", "root:/# "),
    )
    assert plain("banner", "❯ lssrc -a", "x", "❯") == ("banner", "root:/# lssrc -a", "x", "root:/# ")


@pytest.mark.exhaustive
@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_no_line_of_an_answer_is_taken_for_a_prompt(asked: Asked, text: str) -> None:
    lines = lines_of(text.encode("utf-8", "surrogateescape"))
    if shows_its_command(asked, text):
        pytest.skip("its command stands in it")
    source = source_of(asked.kind, asked.argv)
    reads = lambda one: source_of(one.kind, one.argv) is not None  # noqa: E731
    assert plain_prompts(lines, lambda one: source_of(one.kind, one.argv) == source, reads) == lines
    assert plain_prompts(lines, reads, reads) == lines


def test_a_filter_behind_such_a_prompt_is_one() -> None:
    text = "mx0a/#ps -ef | egrep 'rmcd|ctcas'\n root 1 2 0 Nov 10 - 0:01 /usr/sbin/rsct/bin/rmcd\nmx0a/#\n"
    ((asks, lines, whole),) = found_in("ps-ef.txt", text)
    assert (asks, len(lines), whole) == ("ps -ef", 1, False)
