"""Lines that are printed: without secrets, and harmless."""

from rmccomply.runs.lines import harmless, printed
from rmccomply.terminal import Page


def test_what_is_told_of_evidence_has_no_secrets_and_no_controls() -> None:
    assert printed(["a\x1b[2J", "password=hunter2Tig3r"], Page(80)) == "a\\x1b[2J\npassword=(redacted)\n"


def test_what_people_wrote_is_printed_whole_and_harmless() -> None:
    assert harmless("a\x07\n\nb\n") == "a\\x07\n\nb\n"
    assert harmless("a") == "a\n"
