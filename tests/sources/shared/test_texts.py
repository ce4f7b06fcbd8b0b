"""What several sources do with lines before they read them."""

import pytest

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import has_text, is_number, may_be_cut, only_line, refuse_complaints


@pytest.mark.parametrize(
    ("text", "known"),
    [("0", True), ("657", True), ("9" * 19, True), ("9" * 20, False), ("-1", False), ("1.5", False), ("\u0661", False)],
)
def test_numbers(text: str, known: bool) -> None:
    assert is_number(text) is known
    assert not is_number("")


def test_a_complaint_in_a_capture() -> None:
    with pytest.raises(Unreadable) as refused:
        refuse_complaints(Answer(("ss",), ("Netid", "  ss: cannot open"), (), None), "ss:")
    assert (refused.value.reason, refused.value.line) == ("failed", 2)
    refuse_complaints(Answer(("ss",), ("ss: cannot open",), (), 1), "ss:")
    refuse_complaints(Answer(("ss",), ("row ss: x",), (), None), "ss:")


def test_only_the_last_line_of_an_incomplete_answer_may_be_cut() -> None:
    cut = Answer(("a",), ("x", "y"), complete=False)
    assert (may_be_cut(cut, 1), may_be_cut(cut, 2)) == (False, True)
    assert not may_be_cut(cut._replace(complete=True), 2)


def test_the_one_line_that_is_due() -> None:
    assert only_line(Answer(("lsnodeid",), ("", "# lsnodeid", "  9f ")), "lsnodeid") == ("9f", 3)


@pytest.mark.parametrize(
    ("answer", "reason", "line"),
    [
        (Answer(("u",), ()), "empty", 0),
        (Answer(("u",), ("", "#")), "empty", 0),
        (Answer(("u",), ("a", "", "b")), "unparsable", 3),
        (Answer(("u",), ("u: bad option",), (), None), "failed", 1),
        (Answer(("u",), ("a",), ("oops",), 1), "failed", -1),
    ],
)
def test_any_other_number_of_lines_is_refused(answer: Answer, reason: str, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        only_line(answer, "u")
    assert (refused.value.reason, refused.value.line) == (reason, line)


def test_a_text_in_an_answer() -> None:
    answer = Answer(("lssrc", "-a"), ("ctrmc rsct",), ("0513-085 The ctrmc Subsystem is not on file.",))
    assert has_text(answer, "rsct")
    assert has_text(answer, "0513-")
    assert not has_text(answer, "rsct0513")
