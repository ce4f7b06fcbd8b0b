"""When evidence was collected, in words."""

import pytest

from rmccomply.age import seconds_between
from rmccomply.formats._dates import Dates, collected_at, collected_of

DAY = 86_400
NOW = "2026-11-30T03:00:00Z"


def test_dates_of_a_fleet() -> None:
    dates = Dates()
    for age, text in ((None, ""), (10 * DAY, "b"), (31 * DAY, "a"), (30 * DAY, "c"), (DAY, "d")):
        dates.add(age, text)
    assert (dates.newest, dates.oldest, dates.old, dates.unknown) == ((DAY, "d"), (31 * DAY, "a"), 1, 1)


@pytest.mark.parametrize(
    ("collected", "told"),
    [
        (["2026-11-20T03:00:00Z"] * 2, "collected 2026-11-20 (10 days ago)"),
        (
            ["2026-11-20T03:00:00Z", "2026-09-01T00:00:00Z", None, "never"],
            "collected 2026-09-01 to 2026-11-20 (10 to 90 days ago; 1 older than 30 days; 2 of unknown date)",
        ),
        (["2026-11-30T02:00:00Z"], "collected 2026-11-30 (1 hour ago)"),
        (
            ["2026-11-20T23:00:00-09:00", "2026-11-21T06:00:00+09:00"],
            "collected 2026-11-20 to 2026-11-21 (8 to 9 days ago)",
        ),
        (["2026-12-24T03:00:00Z"], "collected 2026-12-24 (later than this run; 1 later than this run)"),
        (["never"], "1 of unknown date"),
        ([], ""),
    ],
)
def test_dates_in_words(collected: list[str | None], told: str) -> None:
    dates = Dates()
    for one in collected:
        age = seconds_between(one, NOW)
        dates.add(None if age is None else int(age), one or "")
    assert collected_of(dates) == told


def test_the_date_of_one_target() -> None:
    assert collected_at("2026-11-20T03:00:00Z", NOW) == "collected 2026-11-20 03:00 UTC (10 days ago)"
    assert collected_at("never", NOW) == collected_at(None, NOW) == "of unknown date"
