"""`lslpp -h`: rows below their name, and what a cut one does."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.lslpp_history import asks, parse
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("lslpp_history"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lslpp_history", answer_of(sample)) == snapshot


HEADER = "  Fileset         Level     Action       Status       Date         Time"
EVENT = "                  3.2.6.4   APPLY        COMPLETE     02/11/26     21:40:17"


def history(*lines: str, words: str = "-h rsct.core.rmc", exit_status: int | None = 0, complete: bool = True) -> Answer:
    return Answer(("lslpp", *words.split()), (HEADER, *lines), exit_status=exit_status, complete=complete)


@pytest.mark.parametrize(
    ("words", "asked"),
    [("-h", True), ("-ha rsct.*", True), ("-hq", True), ("-hc", False), ("-l", False), ("", False)],
)
def test_the_history_is_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/lslpp", *words.split())) is asked


def test_rows_take_the_name_above_them() -> None:
    rows = parse(history("Path: /usr/lib/objrepos", "  rsct.core.rmc", EVENT, "", "  rsct.core.sec", EVENT)).rows
    assert [(row.fileset, row.level, row.action, row.status, row.date, row.time, row.line) for row in rows] == [
        ("rsct.core.rmc", (3, 2, 6, 4), "APPLY", "COMPLETE", "02/11/26", "21:40:17", 4),
        ("rsct.core.sec", (3, 2, 6, 4), "APPLY", "COMPLETE", "02/11/26", "21:40:17", 7),
    ]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([EVENT], 2),
        (["  rsct.core.rmc", EVENT[:45]], 3),
        (["  rsct.core.sec", "  rsct.core.rmc", EVENT], 2),
        (["  rsct.core.rmc", EVENT, "  rsct.core.sec"], 4),
        (["  rsct.core.rmc", "  x.2.6.4   APPLY        COMPLETE     02/11/26     21:40:17"], 3),
    ],
)
def test_what_is_cut_is_refused(lines: list[str], line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(history(*lines))
    assert (refused.value.reason, refused.value.line) == ("unparsable", line)


def test_a_last_row_of_an_incomplete_answer_is_left_out() -> None:
    record = parse(history("  rsct.core.rmc", EVENT, EVENT[:-4], complete=False))
    assert ([row.line for row in record.rows], record.whole) == ([3], False)


def test_absence_is_known_for_what_was_asked() -> None:
    rows = ("  rsct.core.rmc", EVENT)
    assert parse(history(*rows)).whole
    assert not parse(history(*rows, words="-h rsct.core.sec")).whole
    assert not parse(history(*rows, words="-h", exit_status=None)).whole
    assert not parse(history("  bos.rte", EVENT, *rows, words="-h", exit_status=None)).whole
    past = ("  bos.rte", EVENT, *rows, "  xlC.rte", EVENT)
    assert not parse(history(*past, words="-h", exit_status=None)).whole
    again = ("Path: /etc/objrepos", *past)
    assert parse(history(*past, *again, words="-h", exit_status=None)).whole
    assert not parse(history(*rows, words="-h rsct.core.rmc", exit_status=None)).whole
