"""`emgr -l`: columns that may be empty, and the answer that there is no interim fix."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.emgr import asks, parse
from tests.facts.samples import answer_of, read, samples

ASKED = ("/usr/sbin/emgr", "-l")
RULER = "=== ===== ========== ================= ========== ======================================"
ROW = "1    S    IJ41706s3a 11/14/25 10:22:41            RSCT 3.3.2.2 correction"
UPDATED = "2   *Q*   IJ50827m1a 12/02/25 18:05:10 IJ50999s1a kernel correction"
NONE = "There is no efix data on this system."


@pytest.mark.parametrize("sample", samples("emgr"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("emgr", answer_of(sample)) == snapshot


def test_other_requests_print_more() -> None:
    assert asks(ASKED)
    assert not any(asks(("emgr", *words)) for words in ((), ("-lv3",), ("-l", "-L", "x"), ("-P",)))


def test_the_ruler_tells_which_column_is_empty() -> None:
    rows = parse(Answer(ASKED, (RULER, ROW, UPDATED))).rows
    assert [(row.state, row.updated_by, row.abstract) for row in rows] == [
        ("S", "", "RSCT 3.3.2.2 correction"),
        ("Q", "IJ50999s1a", "kernel correction"),
    ]


@pytest.mark.parametrize("lines", [(ROW,), (RULER, " ".join(ROW.split()))])
def test_without_columns_the_rest_is_the_abstract(lines: tuple[str, ...]) -> None:
    (row,) = parse(Answer(ASKED, lines)).rows
    assert (row.label, row.installed, row.updated_by, row.abstract) == (
        "IJ41706s3a",
        "11/14/25 10:22:41",
        "",
        "RSCT 3.3.2.2 correction",
    )


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(ASKED, (), (NONE,)), -1),
        (Answer(ASKED, (), (f" {NONE}",), 1), -1),
        (Answer(ASKED, ("", NONE), exit_status=None), 2),
    ],
)
def test_no_interim_fix_is_an_answer(answer: Answer, line: int) -> None:
    record = parse(answer)
    assert (record.rows, record.none_line, record.whole) == ((), line, True)


def test_silence_is_none() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, ()))
    assert refused.value.reason == "empty"


@pytest.mark.parametrize(
    ("lines", "exit_status", "complete", "whole"),
    [
        ((RULER, ROW), 0, True, True),
        ((RULER, ROW), None, True, False),
        ((RULER, ROW, "", "STATE codes:", " S = STABLE"), None, True, True),
        ((RULER, ROW, UPDATED), 0, False, False),
    ],
)
def test_a_copy_is_whole_with_its_legend(
    lines: tuple[str, ...], exit_status: int | None, complete: bool, whole: bool
) -> None:
    record = parse(Answer(ASKED, lines, (), exit_status, complete))
    assert ([row.number for row in record.rows], record.whole) == ([1], whole)


@pytest.mark.parametrize("line", ["1    S    IJ41706s3a 11/14/25", "x    S    IJ41706s3a 11/14/25 10:22:41", "Usage"])
def test_a_line_that_is_no_row_is_refused(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, (ROW, line)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)
