"""How much is decided, in words."""

import pytest

from rmccomply.formats._closing import decided


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"pass": 2, "unknown": 1}, "2 of 3 checks decided (66.6 %)"),
        ({"pass": 1999, "unknown": 1}, "1999 of 2000 checks decided (99.9 %)"),
        ({"fail": 1}, "1 of 1 check decided (100 %)"),
        ({"not_applicable": 4}, "no check applies"),
    ],
)
def test_the_share_is_rounded_down(counts: dict[str, int], says: str) -> None:
    assert decided({"pass": 0, "fail": 0, "unknown": 0, "error": 0, **counts}) == says
