"""`ctversion`: the first word that is a level, and nothing guessed at."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ctversion import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ctversion"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ctversion", answer_of(sample)) == snapshot


@pytest.mark.parametrize(("words", "asked"), [("", True), ("-b", True), ("-b file", False), ("rsct", False)])
def test_it_takes_no_operand(words: str, asked: bool) -> None:
    assert asks(("/opt/rsct/install/bin/ctversion", *words.split())) is asked


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("rsct_build_2611a 3.2.6.4", (3, 2, 6, 4)),
        ("RSCT (3.2.6.4), build 7", (3, 2, 6, 4)),
        ("version=3.3.1.0", (3, 3, 1, 0)),
        ("3.2.6.4 3.3.1.0", (3, 2, 6, 4)),
        ("RSCT 3.2", None),
        ("RSCT 3.2.6.x", None),
        ("RSCT 3.2.6.4.1", None),
    ],
)
def test_a_level_has_four_integers(line: str, level: tuple[int, ...] | None) -> None:
    record = parse(Answer(("ctversion",), ("", line)))
    assert (record.level, record.text, record.line) == (level, line, 2)


def test_silence_and_complaints_are_no_answer() -> None:
    for answer, reason in (
        (Answer(("ctversion",), ("",)), "empty"),
        (Answer(("ctversion",), ("ctversion: no such file",), exit_status=None), "failed"),
        (Answer(("ctversion",), ("3.2.6.4",), exit_status=1), "failed"),
    ):
        with pytest.raises(Unreadable) as refused:
            parse(answer)
        assert refused.value.reason == reason
