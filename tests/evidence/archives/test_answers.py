"""What the readers of archives share: command lines taken apart, texts cut into sections."""

import pytest

from rmccomply.evidence.archives.answers import Head, captured, copied, sections_of, whole_stream, words_of
from rmccomply.evidence.archives.tree import File
from rmccomply.evidence.model import Asked


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/usr/bin/lssrc -a", ("/usr/bin/lssrc", "-a")),
        ("lslpp -Lcq 'rsct.*'", ("lslpp", "-Lcq", "rsct.*")),
        ('rpm -qa --qf "%{NAME}\\n"', ("rpm", "-qa", "--qf", "%{NAME}\\n")),
        ("df -k '/a|b' # c", ("df", "-k", "/a|b", "#", "c")),
        ("lssrc -a | grep rsct", None),
        ("lssrc -a; true", None),
        ("lssrc -a > /tmp/x", None),
        ("(lssrc -a)", None),
        ("lssrc -a &", None),
        ("lssrc -s $(cat x)", None),
        ("lssrc -s `cat x`", None),
        ("lssrc 'a", None),
        ("", None),
    ],
)
def test_only_one_command_without_a_shell_is_a_request(line: str, words: tuple[str, ...] | None) -> None:
    assert words_of(line) == words


def test_lines_of_a_file() -> None:
    stream = whole_stream(File("x", b"\xef\xbb\xbfone\r\ntwo\r\n\xff\n"))
    assert (stream.lines, stream.first_line, stream.size) == (("one", "two", "\\xff"), 1, 15)


def test_the_fragment_of_a_file_that_is_cut_is_left_out() -> None:
    file = File("x", b"one\ntwo\nthr", cut=True)
    assert whole_stream(file).lines == ("one", "two")
    for item in (copied(file, "/etc/x", "u"), captured(file, Asked("cmd", ("x",)), "u", whole=True)):
        assert item.damage is not None
        assert (item.damage.reason, item.damage.partial) == ("truncated", True)


def test_a_copy_was_read_whole_and_a_capture_has_no_end() -> None:
    file = File("x", b"one\n")
    assert copied(file, "/etc/x", "u").exit_status == 0
    assert copied(file, "/etc/x", "u", read=False).exit_status is None
    assert captured(file, Asked("cmd", ("x",)), "u", whole=False)[4:6] == (None, whole_stream(file))


def test_sections_keep_their_places() -> None:
    lines = ("head", "= a", "one", "two", "", "= b", "", "= c", "three")
    heads = [Head(at, at, at + 1, "k", lines[at]) for at in (1, 5, 7)]
    found = list(sections_of(File("x", b""), lines, heads))
    assert [(one.title, one.title_line, one.first_line, one.stream().lines) for one in found] == [
        ("= a", 2, 3, ("one", "two")),
        ("= b", 6, 7, ()),
        ("= c", 8, 9, ("three",)),
    ]
    assert found[0].stream().first_line == 3


def test_the_last_section_of_a_file_that_is_cut_is_cut() -> None:
    lines = ("= a", "one", "= b", "two", "thr")
    heads = [Head(at, at, at + 1, "k", lines[at]) for at in (0, 2)]
    first, last = sections_of(File("x", b"", cut=True), lines, heads)
    assert (first.cut, first.stream().lines) == (False, ("one",))
    assert (last.cut, last.stream().lines) == (True, ("two",))
