"""How long a system is up: the file, and the pieces of `uptime`."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.uptime import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("uptime"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("uptime", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("/proc/uptime", True),
        ("/usr/bin/uptime", True),
        ("who -b", True),
        ("uptime -p", False),
        ("uptime -b", False),
        ("who", False),
        ("who -a", False),
    ],
)
def test_the_start_is_asked(words: str, asked: bool) -> None:
    assert asks(tuple(words.split())) is asked


@pytest.mark.parametrize(
    ("pieces", "seconds"),
    [
        ("4 days,   3:00,", 356400),
        ("1 day, 3 min,", 86580),
        ("1 day,  1 hr,", 90000),
        ("12 mins,", 720),
        ("5 hrs,", 18000),
        (" 3:05,", 11100),
        ("43 secs,", 43),
        ("4 days,", 345600),
        ("a while,", None),
        ("1 day, 3:0x,", None),
        ("", None),
    ],
)
def test_pieces_are_added_up_or_not_told(pieces: str, seconds: int | None) -> None:
    text = f" 10:14:02 up {pieces}  2 users,  load average: 1.20, 1.11, 1.04"
    assert parse(Answer(("uptime",), (text,))).seconds == seconds


def test_a_line_that_ends_before_its_users_tells_no_time() -> None:
    assert parse(Answer(("uptime",), (" 10:14:02 up 1 day",), exit_status=None)).seconds is None


def test_the_file_holds_two_numbers() -> None:
    assert parse(Answer(("/proc/uptime",), ("356412.73 2811064.10",))).seconds == 356412
    for text in ("356412.73", "356412.73 x", "x 2811064.10", ".73 1.0", "1 2 3"):
        with pytest.raises(Unreadable) as refused:
            parse(Answer(("/proc/uptime",), (text,)))
        assert refused.value.reason == "unparsable"


def test_a_date_without_a_year_stays_text() -> None:
    record = parse(Answer(("who", "-b"), ("   .        system boot Mar 10 07:14",)))
    assert (record.seconds, record.text) == (None, ".        system boot Mar 10 07:14")
