"""A line that stands alone is read back as it was written, and is written again as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.documents.finding_1 import line_of
from rmccomply.documents.finding_1_rows import FindingDocument
from rmccomply.documents.report_1_reader import read_row
from rmccomply.documents.report_1_rows import FindingRow
from rmccomply.errors import InputError
from tests.documents.drawn import finding_documents
from tests.documents.test_report_1 import ASCII, DRAWN
from tests.formats.awkward import write


@DRAWN
@given(finding_documents())
def test_a_line_is_read_back_as_it_was(row: Any) -> None:
    line = line_of(row)
    assert set(line) <= ASCII
    assert read_row(FindingDocument, line) == row


def test_the_awkward_report_is_written_again_as_it_was() -> None:
    lines = write("jsonl").splitlines()
    assert [line_of(read_row(FindingDocument, line)) for line in lines] == lines


@DRAWN
@given(st.data())
def test_a_line_can_be_read_as_a_finding_too(data: st.DataObject) -> None:
    row = data.draw(finding_documents())
    found = read_row(FindingRow, line_of(row))
    assert (found.rule, found.evidence, found.blocked_by) == (row.rule, row.evidence, row.blocked_by)


def test_a_finding_without_its_run_does_not_stand_alone() -> None:
    (line, *_) = write("jsonl").splitlines()
    with pytest.raises(InputError, match=r"^the row: \$\.run: is missing$"):
        read_row(FindingDocument, line.replace('"run":', '"ran":', 1))
