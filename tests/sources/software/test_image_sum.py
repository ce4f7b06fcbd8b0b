"""The digest of an image file: of the file that was asked for, or none."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.image_sum import asks, parse
from tests.facts.samples import answer_of, read, samples

FILE = "/srv/build/rhel9.raw"


@pytest.mark.parametrize("sample", samples("image_sum"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("image_sum", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (("sha256sum", FILE), True),
        (("sha256sum", "--", FILE), True),
        (("sha256sum", "-c", FILE), False),
        (("sha256sum", "-c"), False),
        (("sha256sum",), False),
    ],
)
def test_one_file_is_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize("text", [f"{'A' * 64}  {FILE}", f"{'a' * 64} {FILE}", f"\\{'a' * 64}  {FILE}", "a" * 64])
def test_no_other_form_is_guessed_at(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("sha256sum", FILE), (text,)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)
