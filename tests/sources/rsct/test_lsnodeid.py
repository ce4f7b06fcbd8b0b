"""`lsnodeid`: a value, none assigned, or a word that is no node ID."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.lsnodeid import parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lsnodeid"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lsnodeid", answer_of(sample)) == snapshot


UNASSIGNED = "2641-036 The node does not have an assigned node identifier."


def test_missing_zeros_are_put_back() -> None:
    record = parse(Answer(("lsnodeid",), ("3c09a1be27d846",)))
    assert (record.text, record.value, record.fault) == ("3c09a1be27d846", "003c09a1be27d846", "")


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(("lsnodeid",), (), (UNASSIGNED,), 1), -1),
        (Answer(("lsnodeid",), ("", UNASSIGNED), (), 1), 2),
        (Answer(("lsnodeid",), (f"lsnodeid: {UNASSIGNED}",), (), None), 1),
    ],
)
def test_none_assigned_is_an_answer(answer: Answer, line: int) -> None:
    record = parse(answer)
    assert (record.value, record.fault, record.line) == (None, "unassigned", line)


@pytest.mark.parametrize("text", ["0x5f3c09a1be27d846", "0", "ffffffffffffffff", "5f3c09a1be27d8461"])
def test_a_malformed_word_is_an_answer_without_a_value(text: str) -> None:
    record = parse(Answer(("lsnodeid",), (text,)))
    assert (record.text, record.value) == (text, None)
    assert record.fault not in ("", "unassigned")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(("lsnodeid",), ()), "empty"),
        (Answer(("lsnodeid",), ("  ",)), "empty"),
        (Answer(("lsnodeid",), (UNASSIGNED,)), "failed"),
        (Answer(("lsnodeid",), (), ("2641-001 Something else.",), 1), "failed"),
        (Answer(("lsnodeid",), ("5f3c09a1be27d846",), (), 3), "failed"),
        (Answer(("lsnodeid",), ("5f3c09a1be27d846", "5f3c09a1be27d846")), "unparsable"),
        (Answer(("lsnodeid",), ("connection closed",), (), None), "unparsable"),
    ],
)
def test_everything_else_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


def test_corpus_value_that_its_author_changed() -> None:
    record = parse(capture("ubuntu2404-ppc64el-brazil", "lsnodeid.txt", "/usr/sbin/rsct/bin/lsnodeid"))
    assert (record.text, record.value, record.line) == ("a4g9d52f36c7d8d1", None, 1)
    assert record.fault == "it holds 'g', which is not a hexadecimal digit"
