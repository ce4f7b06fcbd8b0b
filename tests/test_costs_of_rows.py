"""What a source costs grows as its answer does: twice the rows, about twice the time, whatever is repeated."""

import time
from collections.abc import Iterator

import pytest
import tomli

from rmccomply.facts import SOURCES
from rmccomply.facts.answer import Answer
from tests.facts.samples import SAMPLES, answer_of, read

ROWS = 3_000
MOST = 3
SLACK = 0.1
"""Seconds: what a machine with other work may add."""


def grown(lines: tuple[str, ...], rows: int) -> Iterator[tuple[str, ...]]:
    """The lines again and again, the head of them once and the rest again and again, and one line of them."""
    longest = max(lines, key=len)
    times = rows // len(lines) + 1
    yield (lines * times)[:rows]
    yield (*lines[:1], *(lines[1:] or lines) * times)[:rows]
    yield (*lines, *(f"{longest}{number}" for number in range(rows)))


def seconds(source: str, answer: Answer, rows: int) -> list[float]:
    """The processor time of each way in which an answer grows."""
    took = []
    for lines in grown(answer.lines, rows):
        long = answer._replace(lines=lines)
        begun = time.process_time()
        read(source, long)
        took.append(time.process_time() - begun)
    return took


@pytest.mark.parametrize("source", SOURCES)
def test_twice_the_rows_of_a_source_take_about_twice_the_time(source: str) -> None:
    answers = [answer_of(sample) for sample in tomli.loads((SAMPLES / f"{source}.toml").read_text("utf-8"))["answer"]]
    for answer in [one for one in answers if one.lines]:
        once, twice = (seconds(source, answer, rows) for rows in (ROWS, 2 * ROWS))
        assert all(long < MOST * short + SLACK for short, long in zip(once, twice, strict=True)), answer.argv
