"""What somebody may have meant."""

import pytest

from rmccomply.written.near import near

KNOWN = ("platform", "labels", "RMC-VER-002")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("platfrom", "; did you mean 'platform'?"),
        ("PLATFORM", "; did you mean 'platform'?"),
        ("rmc-ver-02", "; did you mean 'RMC-VER-002'?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_named_as_it_is_written(word: str, says: str) -> None:
    assert near(word, KNOWN) == says


def test_how_alike_it_has_to_be_is_told() -> None:
    assert near("flat", KNOWN) == "; did you mean 'platform'?"
    assert near("flat", KNOWN, 0.8) == ""
