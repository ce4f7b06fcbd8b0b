"""`lslpp -l` and `-L`: wrapped names, states of two forms, and when absence is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.lslpp_listing import asks, parse
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("lslpp_listing"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lslpp_listing", answer_of(sample)) == snapshot


HEADER = "  Fileset                      Level  State      Description"
ROW = "  rsct.core.rmc              3.2.6.4  COMMITTED  RSCT Resource Monitoring"


def listing(*lines: str, words: str = "-l rsct.*", exit_status: int | None = 0, complete: bool = True) -> Answer:
    return Answer(("lslpp", *words.split()), (HEADER, *lines), exit_status=exit_status, complete=complete)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-l", True),
        ("-L all", True),
        ("-l -q rsct.*", True),
        ("-Lq", True),
        ("-lc", False),
        ("-Lc", False),
        ("-h", False),
        ("-la", False),
        ("", False),
    ],
)
def test_listings_for_people_are_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/lslpp", *words.split())) is asked


def test_a_wrapped_name_belongs_to_the_values_below_it() -> None:
    record = parse(listing("  rsct.compat.clients.hacmp.runtime", " " * 29 + "3.2.6.1  COMMITTED  Client Functions"))
    assert [(row.name, row.level, row.line) for row in record.rows] == [
        ("rsct.compat.clients.hacmp.runtime", (3, 2, 6, 1), 3)
    ]


@pytest.mark.parametrize(
    "below",
    [
        [" " * 49 + "Control"],
        [" " * 49 + "3.2 COMMITTED levels of AIX"],
        [" " * 38 + "EFIXLOCKED"],
        ["Control"],
        ["", "Control and more"],
    ],
)
def test_what_goes_on_below_a_row_is_its_description(below: list[str]) -> None:
    record = parse(listing(ROW, *below))
    assert [(row.name, row.state) for row in record.rows] == [("rsct.core.rmc", "C")]
    assert record.whole


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([ROW, "  rsct.core.sec              3.2.6.0"], 3),
        ([ROW, "  rsct.core.sec.of.many.words", ROW], 3),
        ([" " * 29 + "3.2.6.1  COMMITTED  Client Functions"], 2),
        (["one two three"], 2),
    ],
)
def test_rows_that_are_cut_are_refused(lines: list[str], line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(listing(*lines))
    assert (refused.value.reason, refused.value.line) == ("unparsable", line)


def test_a_name_at_the_end_proves_no_absence() -> None:
    assert parse(listing(ROW)).whole
    assert not parse(listing(ROW, "  rsct.core.sec")).whole


def test_a_letter_is_a_state_only_where_letters_are_printed() -> None:
    line = "  rsct.core.rmc              3.2.6.4    B     F    RSCT Resource Monitoring"
    assert [row.state for row in parse(listing(line, words="-L rsct.*")).rows] == ["B"]
    with pytest.raises(Unreadable) as refused:
        parse(listing(line, words="-l rsct.*"))
    assert refused.value.reason == "unparsable"


def test_a_copy_of_everything_is_whole_where_it_came_past_rsct_to_its_legend() -> None:
    bos = "  bos.rte  7.3.2.0  C  F  Base Operating System Runtime"
    rows = (bos, "  xlC.rte  16.1.0.9  C  F  IBM XL C++ Runtime for AIX", "State codes:")
    assert parse(listing(*rows, words="-L", exit_status=None)).whole
    assert not parse(listing(*rows[:2], words="-L", exit_status=None)).whole
    assert not parse(listing(rows[0], rows[2], words="-L", exit_status=None)).whole
    assert not parse(listing(ROW, words="-l", exit_status=None)).whole


def test_not_installed_is_an_answer_and_other_errors_are_none() -> None:
    said = "lslpp: 0504-132  Fileset rsct.basic.* not installed."
    record = parse(Answer(("lslpp", "-l", "rsct.core.*", "rsct.basic.*"), (HEADER, ROW), (said,), 1))
    assert (record.absent, record.absent_line, record.whole) == (("rsct.basic.*",), -1, True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lslpp", "-l", "rsct.basic.*"), (), (said, "lslpp: 0504-017 No database."), 1))
    assert (refused.value.reason, refused.value.line) == ("failed", -2)
