"""What a root is mounted from: four words and no others."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.image_mount import asks, parse
from tests.facts.samples import answer_of, read, samples

ARGV = ("mounted", "/mnt/rhel9", "/srv/build/rhel9.raw")


@pytest.mark.parametrize("sample", samples("image_mount"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("image_mount", answer_of(sample)) == snapshot


@pytest.mark.parametrize(("argv", "asked"), [(ARGV, True), (ARGV[:2], False), ((*ARGV, "more"), False)])
def test_a_folder_and_a_file_are_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize("word", ["Same", "same ", "the same", ""])
def test_no_other_word_is_guessed_at(word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ARGV, (word, "source /dev/loop0")))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)
