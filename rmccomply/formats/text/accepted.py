"""What was accepted, in one short block: how much, then each waiver, those first that count for nothing any more."""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._accepted import is_listed, says_of_end, told_of
from rmccomply.formats.text.layout import NOTHING, PagePart, filled
from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmccomply.dispose.waiver_ends import WaiverEnd
    from rmccomply.terminal import Page
    from rmccomply.words import WaiverState

_COLORS: "Final[dict[WaiverState, str]]" = {"expired": "bold red", "void": "bold red", "soon": "bold yellow"}
_MOST: Final = 6
_LINES: Final = 3


def accepted_section(
    page: "Page", ends: "Iterable[WaiverEnd]", accepted: tuple[int, int], targets: int = 0, *, whole: bool = False
) -> PagePart:
    """The block: `accepted` are how many checks are waived and in the baseline, on so many targets (0: on the one)."""
    listed = [end for end in ends if is_listed(end)]
    if not listed and not any(accepted):
        return NOTHING
    on = f" on {counted(targets, 'partition')}" if targets else ""
    rows = [_row(page, end) for end in listed]

    def more(shown: int) -> list[str]:
        return [f"{counted(len(listed) - shown, 'more waiver')}: --show all"]

    head = page.paint("bold", f"ACCEPTED: {told_of(accepted)}{on}")
    return PagePart([head], rows, more, min(2, len(rows)), len(rows) if whole else _MOST)


def _row(page: "Page", end: "WaiverEnd") -> "Sequence[str]":
    """A waiver: what is to be told of it, else what it covers and until when; and whose it is."""
    name = page.visible(end.waiver.id)
    first, *more = filled(page, f"{name}  {page.visible(says_of_end(end))}", page.width - 4, _LINES)
    shown = (
        page.paint(_COLORS.get(end.state, "bold"), name) + first.removeprefix(name) if first.startswith(name) else first
    )
    return [f"  {shown}", *(f"    {line}" for line in more)]
