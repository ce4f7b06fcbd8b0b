"""`lssrc -ls mcproxy`: the lines that are known, and no in-band RMC as an answer."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.mcproxy import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("mcproxy"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("mcproxy", answer_of(sample)) == snapshot


ASKED = ("lssrc", "-ls", "mcproxy")
ROW = " mcproxy          rsct             7340412      active"


def test_it_reads_the_long_status_of_mcproxy_alone() -> None:
    assert asks(("/usr/bin/lssrc", "-ls", "mcproxy"))
    assert not any(asks(("lssrc", *words)) for words in (("-ls", "ctrmc"), ("-s", "mcproxy"), ("-ls",)))


def test_hostnames_count_wherever_they_stand_and_other_lines_do_not() -> None:
    record = parse(Answer(ASKED, (ROW, "Version: 1", "  Hostname: a.example.com", "Hostname:\tb.example.com")))
    assert [(host.name, host.line) for host in record.hostnames] == [("a.example.com", 3), ("b.example.com", 4)]
    assert record.active is True


@pytest.mark.parametrize(
    ("row", "active"),
    [
        (ROW, True),
        ("mcproxy rsct active", True),
        (" mcproxy          rsct                          inoperative", False),
        (" mcproxy          rsct             7340412      not responding", False),
        (" mcproxy          rsct             7340412      not active", False),
        (" mcproxy          rsct", False),
    ],
)
def test_the_row_tells_whether_it_runs(row: str, active: bool) -> None:
    assert parse(Answer(ASKED, (row,))).active is active


def test_without_a_row_nothing_is_said_of_its_state() -> None:
    record = parse(Answer(ASKED, ("Hostname: a.example.com",)))
    assert (record.active, len(record.hostnames)) == (None, 1)


@pytest.mark.parametrize(("lines", "errors", "exit_status"), [(True, False, 1), (False, True, 1), (True, False, None)])
def test_not_on_file_is_an_answer(lines: bool, errors: bool, exit_status: int | None) -> None:
    text = ("0513-085 The mcproxy Subsystem is not on file.",)
    record = parse(Answer(ASKED, text if lines else (), text if errors else (), exit_status))
    assert (record.active, record.hostnames) == (False, ())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(ASKED, ()), "empty"),
        (Answer(ASKED, ("Version: 1", "Hostname:")), "unparsable"),
        (Answer(ASKED, (), ("0513-001 The System Resource Controller daemon is not active.",), 1), "failed"),
        (Answer(ASKED, ("0513-036 The request could not be passed.",), (), None), "failed"),
        (Answer(ASKED, (ROW,), (), 1), "failed"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason
