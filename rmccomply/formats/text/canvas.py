"""What a target is drawn on, and with: the page, what the run says of rules, marks, colours and indents."""

from typing import TYPE_CHECKING, Final

from rmccomply.terminal import Page, visible
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.report import RuleCard, Run, Style

MARKS: Final = {
    "fail": "✗",
    "unknown": "?",
    "error": "!",
    "waived": "~",
    "baseline": "=",
    "pass": "✓",
    "not_applicable": "–",
}
SEVERITY_COLORS: Final = {
    "critical": "bold red",
    "high": "bold red",
    "medium": "bold yellow",
    "low": "bold cyan",
    "info": "bold",
}
STATE_COLORS: Final = {"unknown": "bold magenta", "error": "bold red", "pass": "green"}
INDENT: Final = "  "
INNER: Final = "    "
MOST_PLACES: Final = 12
"""Places that are shown of one finding or one note; the rest is counted."""


class Canvas(NamedTuple):
    """What a target is drawn on; `rules` by id."""

    page: Page
    run: "Run"
    rules: dict[str, "RuleCard"]
    show_all: bool


def page_of(style: "Style") -> Page:
    """The page of a style."""
    return Page(style.width, color=style.color, ascii=style.ascii)


def flat(text: str) -> str:
    """A message is one paragraph: a line end inside it came from evidence and is shown, not obeyed."""
    return visible(text).strip()


def labelled(page: Page, label: str, text: str) -> list[str]:
    """Prose with a label in front; nothing where there is no prose."""
    return page.labelled(label, text, INNER) if text.strip() else []
