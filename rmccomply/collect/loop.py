"""One run in an event loop of its own: its progress drawn again and again, and cancelled from outside.

Who starts a run says what cancels it: `CancelledBy` is given a function that does, which any thread and any handler of
a signal may call at any time, and stays in force until the run and its loop have ended.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from rmccomply.collect.progress import Progress
from rmccomply.collect.run import Job, RunAtWork

Cancel = Callable[[], None]
CancelledBy = Callable[[Cancel], AbstractContextManager[object]]
_TICK: Final = 0.5
"""Seconds after which progress is drawn anew."""


def by_nothing(cancel: Cancel) -> AbstractContextManager[object]:
    """Nothing cancels the run but Ctrl-C."""
    return nullcontext(cancel)


class _Switch:
    """Cancels the task of a run, whenever that begins."""

    def __init__(self) -> None:
        self._thrown = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self, loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None] | None") -> None:
        """This is what is to be cancelled."""
        self._loop, self._task = loop, task
        if self._thrown:
            self.throw()

    def throw(self) -> None:
        """Cancel it, now or as soon as it begins; nothing where it has ended."""
        self._thrown = True
        if self._loop is not None and self._task is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._task.cancel)


def ran(run: RunAtWork, jobs: Sequence[Job], progress: Progress, cancelled_by: CancelledBy = by_nothing) -> bool:
    """Run to the end; whether it was interrupted, by Ctrl-C or by what cancels it. Raises OutputError."""
    switch = _Switch()
    try:
        with cancelled_by(switch.throw):
            asyncio.run(_watched(run, jobs, progress, switch))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return True
    finally:
        progress.clear()
    return False


async def _watched(run: RunAtWork, jobs: Sequence[Job], progress: Progress, switch: _Switch) -> None:
    switch.begin(asyncio.get_running_loop(), asyncio.current_task())
    ticking = asyncio.create_task(_ticking(progress))
    try:
        await run.collect(jobs)
    finally:
        ticking.cancel()


async def _ticking(progress: Progress) -> None:
    while True:
        await asyncio.sleep(_TICK)
        progress.draw()
