"""What a source costs grows as its answer does: four times the rows, about four times the time."""

import time
from collections.abc import Iterator
from math import inf

import pytest
import tomli

from rmccomply.sources.shared.answer import Answer
from rmccomply.sources.table import SOURCES
from tests.facts.samples import SAMPLES, answer_of, read

ROWS = 800
TIMES = 4
MOST = 8
"""Between four times the time, and the sixteen of what looks at every row for every row."""
SLACK = 0.05
"""Seconds: what a machine with other work may add."""
TRIES = 5
"""The least of so many measurements counts: other work only adds."""


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


def is_linear(source: str, answer: Answer) -> bool:
    """Whether each way of growing costs about as much more as it has more rows."""
    least = [[inf] * 3, [inf] * 3]
    for _ in range(TRIES):
        measured = [seconds(source, answer, rows) for rows in (ROWS, TIMES * ROWS)]
        least = [list(map(min, one, new)) for one, new in zip(least, measured, strict=True)]
        if all(long < MOST * short + SLACK for short, long in zip(*least, strict=True)):
            return True
    return False


@pytest.mark.exhaustive
@pytest.mark.parametrize("source", SOURCES)
def test_four_times_the_rows_of_a_source_take_about_four_times_the_time(source: str) -> None:
    answers = [answer_of(sample) for sample in tomli.loads((SAMPLES / f"{source}.toml").read_text("utf-8"))["answer"]]
    assert [answer.argv for answer in answers if answer.lines and not is_linear(source, answer)] == []
