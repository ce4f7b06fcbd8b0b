"""Isolation: whatever the evidence of one target does to this program ends the judging of that target alone.

Every reader refuses what it does not know in words of its own. This is the wall behind them, for what nobody thought
of: a run over hundreds of targets is never lost to one of them.
"""

import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final, TypeVar

from rmccomply.errors import RmccomplyError
from rmccomply.tuples import NamedTuple

T = TypeVar("T")
_PACKAGE: Final = str(Path(__file__).parent)
_LONGEST: Final = 300


class Crash(NamedTuple):
    """What ended a target, where that was no answer of a reader; `says` ends in the place."""

    says: str


class _TooSlow(Exception):
    """The time that one target may take is over."""


def isolated(make: Callable[[], T], seconds: int = 0) -> T | Crash:
    """What `make` makes, or how it crashed; `seconds` is the time that it may take, 0 any."""
    try:
        return _within(make, seconds) if seconds else make()
    except RmccomplyError:
        raise
    except _TooSlow:
        return Crash(f"it took longer than {seconds} s (--max-seconds)")
    except Exception as error:  # noqa: BLE001  a fault of ours in one target must not cost the report of all others
        return Crash(_told(error))


def _within(make: Callable[[], T], seconds: int) -> T:
    before = signal.signal(signal.SIGALRM, _over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return make()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _over(number: int, frame: FrameType | None) -> None:
    raise _TooSlow


def _told(error: Exception) -> str:
    """What was raised, and the last place of this program that it passed."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_PACKAGE)]
    place = f"{Path(ours[-1].filename).relative_to(_PACKAGE)}:{ours[-1].lineno}" if ours else "isolation.py"
    said = " ".join(str(error).split())[:_LONGEST]
    return f"a defect of rmccomply, please report it: {type(error).__name__}: {said} (rmccomply/{place})"
