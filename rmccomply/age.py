"""How old evidence is: told of every target, and noted where it may no longer be true or its date cannot be."""

from datetime import UTC, datetime
from typing import Final

from rmccomply.errors import UsageError

_DAY: Final = 86_400
OLD: Final = 30 * _DAY
"""Seconds after which evidence may no longer be true."""
CLOCKS: Final = 600
"""Seconds by which clocks of host and controller may differ."""


def seconds_between(collected: str | None, now: str) -> float | None:
    """Seconds from collection to the run; None where either has no date that can be read."""
    try:
        return (datetime.fromisoformat(now) - datetime.fromisoformat(collected or "")).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None


def in_utc(text: str, name: str) -> str:
    """A time that somebody gave as `name`, RFC 3339 in UTC. Raises UsageError for what is none, or names no zone."""
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise UsageError(f"{name}: '{text}' is not a time such as 2026-11-20T03:00:00Z") from None
    if moment.tzinfo is None:
        raise UsageError(f"{name}: '{text}' names no time zone; write 2026-11-20T03:00:00Z")
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        raise UsageError(f"{name}: '{text}' is before the first year, or after the last") from None


def dated(collected: str | None, now: str) -> str:
    """When the evidence was collected, with its age."""
    age = seconds_between(collected, now)
    if age is None:
        return "of unknown date"
    return f"collected {collected}, {_old(age)}"


def ago(age: float) -> str:
    """How long before the run that is."""
    return _old(age).removesuffix(" old") + (" ago" if _old(age).endswith(" old") else "")


def moment_of(collected: str) -> datetime:
    """A date that `seconds_between` could read, in UTC."""
    return datetime.fromisoformat(collected).astimezone(UTC)


def doubt(collected: str | None, now: str) -> str:
    """Why the date of evidence is to be looked at; empty where it is of the last 30 days, or nobody recorded it."""
    age = seconds_between(collected, now)
    if age is None or -CLOCKS <= age <= OLD:
        return ""
    if age < 0:
        return f"the evidence is dated {collected}, later than this run: look at the clock of the host, or at --now"
    return f"the evidence is {_old(age)} (collected {collected}), so it may no longer be true: collect it again"


def _old(age: float) -> str:
    if age < 0:
        return "at the time of this run" if age >= -CLOCKS else "later than this run"
    for unit, name in ((_DAY, "day"), (3600, "hour"), (60, "minute")):
        if count := int(age // unit):
            return f"{count} {name}{'' if count == 1 else 's'} old"
    return "less than a minute old"
