"""What programs give to a run, held to what it can be before anything is read.

The command line has its own words for its options. Without this a run by a clock that is none would find nothing stale,
and a text in the place of a list would be taken letter by letter: `/` is a folder.
"""

import threading
from collections.abc import Iterable
from os import PathLike, fspath
from typing import Final, TypeVar

from rmccomply.age import in_utc
from rmccomply.errors import UsageError
from rmccomply.guarded import Limits
from rmccomply.report import MOST_PARTS, NEVER, Gate
from rmccomply.words import PLATFORMS, SEVERITIES

T = TypeVar("T")
_ON_UNKNOWN: Final = ("fail", "report")
_PERCENT: Final = 100


def listed(name: str, values: Iterable[T]) -> Iterable[T]:
    """The values, where they are several. Raises UsageError for a text or a path."""
    if isinstance(values, (str, bytes, PathLike)):
        raise UsageError(f"{name}: give a list, not {fspath(values)!r} alone")
    return values


def clock_of(now: str) -> str:
    """The clock of a run, in UTC. Raises UsageError for what is no time, or names no zone."""
    return in_utc(now, "now")


def platform_of(platform: str) -> str:
    """A platform, or empty for that of the evidence. Raises UsageError for any other."""
    return _one_of("platform", platform, ("", *PLATFORMS))


def limits_of(limits: Limits) -> Limits:
    """Limits that can be held. Raises UsageError for others."""
    if min(limits) < 0:
        raise UsageError("limits: none is less than 0")
    if limits.seconds and threading.current_thread() is not threading.main_thread():
        raise UsageError("limits: seconds can be held in the main thread alone")
    return limits


def parts_of(parts: int) -> int:
    """So many files of a report that is a folder. Raises UsageError for a number that is none."""
    if not 1 <= parts <= MOST_PARTS:
        raise UsageError(f"parts: it is 1 to {MOST_PARTS}, and not {parts}")
    return parts


def gate_of(gate: Gate) -> Gate:
    """A gate that shuts as it says. Raises UsageError for any other."""
    _one_of("gate.fail_on", gate.fail_on, (*SEVERITIES, NEVER))
    _one_of("gate.on_unknown", gate.on_unknown, _ON_UNKNOWN)
    if gate.min_decided is not None and not 0 <= gate.min_decided <= _PERCENT:
        raise UsageError(f"gate.min_decided: it is 0 to {_PERCENT}, and not {gate.min_decided}")
    return gate


def _one_of(name: str, value: str, words: tuple[str, ...]) -> str:
    if value not in words:
        raise UsageError(f"{name}: {value!r} is not one of: {', '.join(filter(None, words))}")
    return value
