"""The summary: findings by state and severity, the share that is decided, and the exit status in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rmccomply.ending.narrowed import NOTHING_HIDDEN, Hidden
from rmccomply.ending.verdict_line import EndWord, verdict_line
from rmccomply.formats._closing import decided
from rmccomply.formats._states import NAMES, ORDER
from rmccomply.formats.text.canvas import MARKS, STATE_COLORS
from rmccomply.terminal import Page, width_of
from rmccomply.words import SEVERITIES

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from rmccomply.report import Closing, Run

_END_COLORS: Final[Mapping[EndWord, str]] = {
    "PASSED": "bold green",
    "LET PASS": "bold yellow",
    "UNDECIDED": "bold magenta",
    "FAILED": "bold red",
    "NOT JUDGED": "bold red",
    "NOT WRITTEN": "bold red",
    "NOTHING JUDGED": "bold red",
}
_APART: Final = 2
"""Columns between the verdict and the exit status."""
_STATE: Final = 17
"""Columns of a state with its mark."""
_CELL: Final = 10
"""Columns of a count where the page has room."""


def summary(page: Page, counts: "Counter[tuple[str, str]]", closing: "Closing") -> str:
    """Findings by state and severity. Fails and unknowns have their rows even where there are none."""
    columns = [severity for severity in SEVERITIES if any(key[1] == severity for key in counts)]
    widths = _widths([*columns, "total"], counts.total(), page.width)
    head = f"{page.paint('bold', 'Summary'.ljust(_STATE))}{_cells([*columns, 'total'], widths)}"
    states = [state for state in ORDER if state in ("fail", "unknown") or _total(counts, state)]
    rows = [_row(page, state, [counts[state, severity] for severity in columns], widths) for state in states]
    return "\n".join([page.rule(), head, *rows, "", decided(closing.summary)])


def verdict(page: Page, closing: "Closing", run: "Run", hidden: Hidden = NOTHING_HIDDEN) -> str:
    """The verdict in words, and at the right, where there is room, the exit status."""
    line = verdict_line(closing, len(run.rules), run.left_out, hidden)
    *before, last = page.prose(page.plain(str(line)), "")
    status = f"exit {closing.exit_status}"
    room = page.width - width_of(last) - len(status)
    rows = [*before, f"{last}{' ' * room}{page.paint('faint', status)}" if room >= _APART else last]
    rows[0] = page.paint(_END_COLORS[line.word], line.word) + rows[0].removeprefix(line.word)
    return "\n".join(rows)


def _total(counts: "Counter[tuple[str, str]]", state: str) -> int:
    return sum(counts[state, severity] for severity in SEVERITIES)


def _widths(titles: "Sequence[str]", findings: int, width: int) -> list[int]:
    """Of the columns: alike where the page has room, else as narrow as titles and counts let them be."""
    if _STATE + _CELL * len(titles) <= width:
        return [_CELL] * len(titles)
    return [max(len(title), len(str(findings))) + 1 for title in titles]


def _row(page: Page, state: str, counts: "Sequence[int]", widths: list[int]) -> str:
    total = sum(counts)
    name = f"{MARKS[state]} {NAMES[state]}".ljust(_STATE)
    color = "bold red" if state == "fail" else STATE_COLORS.get(state, "faint")
    return (
        f"{page.paint(color if total else 'faint', name)}{_cells([*(count or '·' for count in counts), total], widths)}"
    )


def _cells(values: "Sequence[object]", widths: list[int]) -> str:
    return "".join(str(value).rjust(width) for value, width in zip(values, widths, strict=True))
