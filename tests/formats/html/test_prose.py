"""Text as HTML has it: commands between backticks, lines of commands, and what a remedy begins with."""

import pytest

from rmccomply.formats.html.prose import Paragraph, Span, paragraphs, sentences_of, spans, to_begin_with


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


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Enlarge it. Look twice. Delete nothing below /var/ct.", "Enlarge it. Delete nothing below /var/ct."),
        ("Run `a. B` now. Then wait.", "Run `a. B` now."),
        ("Look. As root do it. In a cluster ask IBM support.", "Look."),
        ("Level 3.2.1 is required.", "Level 3.2.1 is required."),
        ("", ""),
    ],
)
def test_what_to_begin_with_has_every_guard(text: str, first: str) -> None:
    assert to_begin_with(text) == first


def test_sentences_are_whole() -> None:
    assert sentences_of("One.\nTwo `x. Y`! Three") == ["One.", "Two `x. Y`!", "Three"]
