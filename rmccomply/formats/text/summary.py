"""The summary: findings by state and severity, the share that is decided, and the exit status in words."""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._closing import decided, reason_of_exit
from rmccomply.formats._states import NAMES, ORDER
from rmccomply.formats.text.canvas import MARKS, STATE_COLORS
from rmccomply.terminal import Page
from rmccomply.words import SEVERITIES

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from rmccomply.report import Closing, Run

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


def verdict(page: Page, counts: "Counter[tuple[str, str]]", closing: "Closing", run: "Run") -> str:
    """The exit status and why it is so."""
    color = {0: "bold green", 3: "bold magenta"}.get(closing.exit_status, "bold red")
    fails = [severity for severity in SEVERITIES if counts["fail", severity]]
    says = reason_of_exit(
        closing, _total(counts, "fail"), fails, _total(counts, "unknown"), run.left_out, len(run.rules)
    )
    first, *more = page.prose(f"Exit status {closing.exit_status}: {says}", "")
    head, colon, tail = first.partition(":")
    return "\n".join([page.paint(color, head + colon) + tail, *more])


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
