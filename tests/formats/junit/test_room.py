"""What has room is chosen by what it takes, and never more is written than was counted."""

from rmccomply.formats.junit.cases import JunitCase
from rmccomply.formats.junit.room import Sizes

FAIL = JunitCase("failure", "1", "R", "high", "says", "text")
LOW = JunitCase("failure", "3", "R2", "low", "says", "text")
PASS = JunitCase("", "9", "P", "", "", "")


def test_all_has_room_where_it_is_little() -> None:
    sizes = Sizes()
    sizes.add("a", [FAIL, PASS])
    chosen = sizes.chosen()
    assert not chosen.is_brief
    assert chosen.takes("a", FAIL)
    assert chosen.takes("a", PASS)
    assert chosen.left == {}


def test_nothing_at_all_is_chosen_from_nothing() -> None:
    chosen = Sizes().chosen()
    assert not chosen.is_brief
    assert chosen.left == {}


def test_passes_go_first_and_then_what_is_least_grave() -> None:
    sizes = Sizes()
    for _ in range(40_000):
        sizes.add("a", [FAIL])
    sizes.add("a", [LOW] * 10_000 + [PASS] * 10_000)
    chosen = sizes.chosen()
    assert chosen.is_brief
    assert chosen.takes("a", FAIL)
    assert not chosen.takes("a", LOW)
    assert not chosen.takes("a", PASS)
    assert chosen.left == {"failure": 1, "": 1}
