"""Progress on standard error: who is being asked, how many are done and failed, how long it takes.

On a terminal one line that is drawn anew; elsewhere a line for each target that ended.
"""

import time
from collections.abc import Callable
from typing import Final

from rmccomply.collect.journal import End
from rmccomply.terminal import visible

_CLEAR: Final = "\r\x1b[K"


class Progress:
    """The progress of a run. `write` takes text for standard error as it is.

    `width` is that of the terminal, None where standard error is a file, 0 where nothing is to be shown.
    """

    def __init__(
        self, total: int, write: Callable[[str], object], width: int | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = total
        self._write = write
        self._width = width
        self._clock = clock
        self._begun = clock()
        self._running: dict[str, float] = {}
        self._done = 0
        self._failed = 0

    def began(self, label: str) -> None:
        """A target is being asked."""
        self._running[label] = self._clock()
        self.draw()

    def ended(self, end: End) -> None:
        """It ended with a target."""
        self._running.pop(end.target, None)
        self._done += 1
        self._failed += end.word != "collected"
        if self._width is None:
            how = f"{end.word}: {visible(end.says)}" if end.says else end.word
            self._write(f"rmccomply: {visible(end.target)}: {how} ({end.seconds:g} s; {self._done} of {self._total})\n")
        self.draw()

    def draw(self) -> None:
        """Draw the line anew."""
        if self._width:
            self._write(_CLEAR + self.line()[: self._width - 1])

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._write(_CLEAR)

    def line(self) -> str:
        """Where the run is: the longest running first."""
        now = self._clock()
        running = sorted(self._running.items(), key=lambda pair: pair[1])
        who = ", ".join(f"{visible(label)} {now - begun:.0f} s" for label, begun in running)
        counts = f"{len(running)} running, {self._done} of {self._total} done, {self._failed} failed"
        return f"{_span(now - self._begun)}  {counts}" + (f": {who}" if who else "")


def _span(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
