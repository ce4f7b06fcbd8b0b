"""`lparstat -i`: labels and values of AIX and Linux."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.lparstat import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

ASKED = ("lparstat", "-i")


@pytest.mark.parametrize("sample", samples("lparstat"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lparstat", answer_of(sample)) == snapshot


def test_requests() -> None:
    assert asks(("/usr/bin/lparstat", "-i"))
    assert asks(("lparstat", "-is"))
    assert not any(asks(("lparstat", *words)) for words in ((), ("1", "1"), ("-i", "1"), ("-H",)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Partition Name    : lpar17: billing", ("lpar17: billing", None)),
        ("Partition Number  : 17", ("", 17)),
        ("Partition Number  : -", ("", None)),
        ("Partition Number  : -1", ("", -1)),
        ("Partition Number  : -17", ("", None)),
        ("Partition Number  : 1x", ("", None)),
        ("Partition Name : -", ("", None)),
    ],
)
def test_values(line: str, expected: tuple[str, int | None]) -> None:
    record = parse(Answer(ASKED, ("Node Name : n", line)))
    assert (record.partition_name, record.partition_number) == expected
    assert (record.rows[1].value, record.rows[1].line) == (line.partition(":")[2].strip(), 2)


def test_a_label_of_the_partition_is_due() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, ("Online Memory : 1024 MB",)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


@pytest.mark.parametrize(("exit_status", "complete"), [(None, True), (0, False)])
def test_a_label_that_is_not_there_says_nothing_in_a_part(exit_status: int | None, complete: bool) -> None:
    lines = ("Node Name : n", "Partition Number : 1")
    record = parse(Answer(ASKED, lines, (), exit_status, complete))
    assert (record.whole, record.node_name) == (False, "n")
    assert record.partition_number == (1 if complete else None)
