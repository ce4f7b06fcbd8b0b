"""Text for people: nothing in it drives a terminal."""

from rmccomply.terminal import visible


def test_what_is_not_printable_is_shown_as_its_code() -> None:
    assert visible("a\x1b[1m\tb\u202e\x00") == "a\\x1b[1m   b\\u202e\\x00"
    assert visible("härte ☃") == "härte ☃"
