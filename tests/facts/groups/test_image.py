"""The image that evidence was gathered from."""

import pytest

from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Readings
from rmccomply.words import Image


@pytest.mark.parametrize("image", ["running", "mounted_root"])
def test_where_evidence_was_gathered_is_told(image: Image) -> None:
    assert Facts(Readings(), image=image).fact("image.mode").value == image


def test_it_is_never_guessed() -> None:
    assert Facts(Readings()).fact("image.mode").state == "unknown"
