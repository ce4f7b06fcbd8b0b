"""Message identifiers: found behind a command's name, in any language."""

import pytest

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import find_message, message_id, refuse_messages, refuse_silence


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2612-022 A session could not be established.", "2612-022"),
        ("  /usr/bin/lsrsrc: 2612-022: A session", "2612-022"),
        ("2612-022", "2612-022"),
        ("The message 2612-022 is known.", ""),
        ("12-022 x", ""),
        ("2612-0222 x", ""),
        ("a: b: 2612-022", ""),
        ("", ""),
    ],
)
def test_an_identifier_opens_the_line(text: str, identifier: str) -> None:
    assert message_id(text) == identifier


def test_the_error_output_comes_first() -> None:
    answer = Answer(("a",), ("x", "2612-022 out"), ("y", "2610-418 err"))
    assert find_message(answer) == (-2, "2610-418 err")
    assert find_message(answer, "2612-022") == (2, "2612-022 out")
    assert find_message(answer, "2641-036") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2610-418 Verboten.", "denied"), ("2645-001 Permission is denied.", "denied"), ("2612-022 No.", "failed")],
)
def test_a_message_is_a_refusal_or_a_failure(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        refuse_messages(Answer(("a",), (text,)))
    assert (refused.value.reason, refused.value.line) == (reason, 1)


def test_error_output_beside_output_is_no_silence() -> None:
    refuse_silence(Answer(("a",), ("row",), ("warning",)))
    with pytest.raises(Unreadable):
        refuse_silence(Answer(("a",), (" ",), ("", "warning")))
