"""Text as HTML has it: commands between backticks and lines of commands."""

import pytest

from rmccomply.formats.html.prose import Paragraph, Span, paragraphs, spans


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Run `lssrc -a`.", (Span("Run "), Span("lssrc -a", True), Span("."))),
        ("`a`", (Span("a", True),)),
        ("one ` alone", (Span("one ` alone"),)),
        ("", (Span(""),)),
    ],
)
def test_commands_stand_between_backticks(text: str, parts: tuple[Span, ...]) -> None:
    assert tuple(one for one in spans(text) if one.text) == tuple(one for one in parts if one.text)


def test_a_line_that_begins_with_a_blank_is_a_command() -> None:
    assert paragraphs("Do this:\n  lsrpdomain; x `y`\n\nThen wait.") == (
        Paragraph((Span("Do this:"),)),
        Paragraph((Span("lsrpdomain; x `y`", True),), True),
        Paragraph((Span("Then wait."),)),
    )
