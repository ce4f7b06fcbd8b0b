"""Rows of a report cannot be made wrong; that each fits the schema is held by the tests of the reader."""

from dataclasses import FrozenInstanceError, replace

import pytest

from rmccomply.documents.report_1 import encode
from rmccomply.documents.report_1_reader import read_row
from rmccomply.documents.report_1_rows import FindingRow, TargetRow
from rmccomply.words import REASONS, RESULTS, Disposition, Reason, Result
from tests.documents.test_report_1_reader import FINDING, REPORT

ROW = read_row(FindingRow, encode(FINDING))


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("reason", [None, REASONS[0]])
@pytest.mark.parametrize("disposition", [None, "active"])
def test_a_reason_is_of_an_unknown_and_a_disposition_of_a_fail(
    result: Result, reason: Reason | None, disposition: Disposition | None
) -> None:
    if (reason is not None, disposition is not None) == (result == "unknown", result == "fail"):
        assert replace(ROW, result=result, reason=reason, disposition=disposition).result == result
    else:
        with pytest.raises(ValueError, match=r"and every (unknown|fail) has one$"):
            replace(ROW, result=result, reason=reason, disposition=disposition)


def test_a_row_stays_as_it_is() -> None:
    with pytest.raises(FrozenInstanceError):
        ROW.rule = "other"  # type: ignore[misc]
    with pytest.raises(TypeError, match="positional"):
        FindingRow("RMC-SUB-001")  # type: ignore[call-arg]


def test_a_target_gives_its_identity() -> None:
    row = read_row(TargetRow, encode(REPORT["targets"][0]))
    assert (row.type_model, row.serial, row.lpar_id) == ("9105-42A", None, 8)
