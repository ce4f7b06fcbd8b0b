"""What rows of cells share: they are written as targets come, below the names of their columns."""

from rmccomply.formats import Frame, load
from rmccomply.formats._sheet import SheetAssembly, labels_of, place_of
from tests.formats.awkward import ASSESSED, CLOSING, PLAIN, RUN, SICK_FINDINGS


def test_rows_are_written_as_they_come() -> None:
    frame = Frame(RUN, PLAIN)
    for name in ("csv", "csv-targets"):
        sheet, written = load(name).assembly(frame), load(name)
        assert sheet.begin().count("\n") == 1
        pieces = [sheet.add(written.fragment(item, frame)) for item in ASSESSED]
        expected = [len(item.findings) if name == "csv" else 1 for item in ASSESSED]
        assert [piece.count("\n") for piece in pieces] == expected
        assert list(sheet.end(CLOSING)) == []


def test_a_report_without_targets_has_its_columns() -> None:
    assert SheetAssembly(("a", "b")).begin() == "\ufeffa,b\n"


def test_labels_and_places_in_one_cell() -> None:
    assert labels_of({"wave": "3", "site": "north"}) == "site=north; wave=3"
    assert place_of(()) == ""
    assert place_of(SICK_FINDINGS[0].evidence) == f"{SICK_FINDINGS[0].evidence[0].uri}:97"
