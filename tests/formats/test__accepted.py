"""What was accepted, in words."""

import pytest

from rmccomply.evidence.model import Notification
from rmccomply.formats._accepted import is_listed, others_of, says_of_end, told_of
from tests.formats.awkward import CLOSING, ENDS


@pytest.mark.parametrize(
    ("accepted", "says"),
    [
        ((0, 0), "no check"),
        ((1, 0), "1 check waived"),
        ((2, 1), "2 checks waived, 1 in the baseline"),
        ((0, 1), "1 check in the baseline"),
        ((0, 1000), "1,000 checks in the baseline"),
    ],
)
def test_how_much_is_told(accepted: tuple[int, int], says: str) -> None:
    assert told_of(accepted) == says


def test_what_the_block_has_is_said_there_alone() -> None:
    listed = [end.waiver.id for end in ENDS if is_listed(end)]
    assert listed == ["W-2026-009", "W-2026-011", "W-2026-013", "W-2026-014"]
    said = [note.text for note in others_of(CLOSING)]
    assert not any(one in text for one in listed for text in said)
    assert sum("W-2026-015" in text for text in said) == 1
    assert len(said) + 3 == len(CLOSING.notifications)


def test_of_no_waivers_all_is_said() -> None:
    notes = (Notification("x"),)
    closing = CLOSING._replace(notifications=notes, leftover=CLOSING.leftover._replace(waivers=()))
    assert others_of(closing) == notes


def test_one_that_counts_says_until_when() -> None:
    assert says_of_end(ENDS[3]) == (
        "covers 1 check on 1 partition until 2027-01-31 23:59:59 +01:00 (RMC-VER-001, unix-team@example.com, CHG0042)"
    )
