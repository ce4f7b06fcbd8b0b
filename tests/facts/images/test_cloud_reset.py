"""The fact image.reset."""

from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Readings


def test_nothing_is_concluded_from_nothing() -> None:
    assert Facts(Readings()).fact("image.reset").state == "unknown"
