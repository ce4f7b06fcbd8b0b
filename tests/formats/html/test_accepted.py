"""What was accepted, for the front of the page."""

from rmccomply.formats.html.accepted import accepted_rows, accepted_told
from rmccomply.report import Counts
from tests.formats.awkward import CLOSING, write


def test_each_waiver_has_its_row_and_those_to_be_looked_at_are_known() -> None:
    assert [(looked_at, name) for looked_at, name, _ in accepted_rows(CLOSING)] == [
        (True, "W-2026-009"),
        (True, "W-2026-011"),
        (True, "W-2026-013"),
        (False, "W-2026-014"),
    ]


def test_how_much_is_told() -> None:
    assert accepted_told(CLOSING) == "1 check waived, 1 in the baseline on 1 partition"
    assert accepted_told(CLOSING._replace(counts=Counts(waived=2, accepted_on=1), targets=1)) == "2 checks waived"
    nothing = CLOSING._replace(counts=Counts(), leftover=CLOSING.leftover._replace(waivers=()))
    assert accepted_told(nothing) == ""


def test_a_page_without_it_has_no_such_part() -> None:
    assert 'id="accepted"' in write("html")
    counts = CLOSING.counts._replace(waived=0, known=0, accepted_on=0)
    end = CLOSING._replace(counts=counts, leftover=CLOSING.leftover._replace(waivers=()))
    assert 'id="accepted"' not in write("html", end=end)
