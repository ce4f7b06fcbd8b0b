"""When evidence was collected, in words: of one target, and of a fleet."""

from typing import Final

from rmccomply.age import CLOCKS, OLD, ago, moment_of, seconds_between
from rmccomply.words import counted

_DATE: Final = 10
"""Characters of a date without its time."""
_DAY: Final = 86_400


class Dates:
    """When the evidence of a fleet was collected: the newest and the oldest, and how many have which fault."""

    def __init__(self) -> None:
        self.newest: tuple[int, str] | None = None
        self.oldest: tuple[int, str] | None = None
        self.old = self.later = self.unknown = 0

    def add(self, age: int | None, date: str) -> None:
        """See one target."""
        if age is None:
            self.unknown += 1
            return
        self.old += age > OLD
        self.later += age < -CLOCKS
        self.newest = min(self.newest or (age, date), (age, date))
        self.oldest = max(self.oldest or (age, date), (age, date))


def collected_at(collected: str | None, now: str) -> str:
    """`collected 2026-11-20 03:00 UTC (10 days ago)`."""
    age = seconds_between(collected, now)
    if age is None or collected is None:
        return "of unknown date"
    return f"collected {_in_utc(collected)} ({ago(age)})"


def _in_utc(collected: str) -> str:
    """A date that can be read; as it stands where UTC has none for it."""
    try:
        return f"{moment_of(collected):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError):
        return collected


def collected_of(dates: Dates) -> str:
    """`collected 2026-11-20 (10 days ago; 3 older than 30 days)`."""
    notes = [f"{dates.old:,} older than 30 days"] if dates.old else []
    notes += [f"{dates.later:,} later than this run"] if dates.later else []
    notes += [f"{dates.unknown:,} of unknown date"] if dates.unknown else []
    if dates.newest is None or dates.oldest is None:
        return notes[-1] if notes else ""
    (least, new), (most, old) = dates.newest, dates.oldest
    days = (int(max(least, 0) // _DAY), int(max(most, 0) // _DAY))
    if days[0] == days[1]:
        told = f"{counted(days[0], 'day')} ago" if days[0] else ago(most)
    else:
        told = f"{days[0]} to {days[1]} days ago"
    first, last = _in_utc(old)[:_DATE], _in_utc(new)[:_DATE]
    day = last if first == last else f"{first} to {last}"
    return f"collected {day} ({'; '.join([told, *notes])})"
