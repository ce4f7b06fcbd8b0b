"""A target of which something is shown: its heading, its findings, what settles them, and how many others it has."""

from collections import Counter
from typing import TYPE_CHECKING

from rmccomply.formats._states import ORDER, counts_of, is_healthy, says_of, state_of
from rmccomply.formats.text.canvas import INDENT, labelled
from rmccomply.formats.text.finding import drawn_finding, unknown_alike
from rmccomply.formats.text.heading import heading
from rmccomply.words import RANK, counted

if TYPE_CHECKING:
    from rmccomply.finding import Finding
    from rmccomply.formats.text.canvas import Canvas
    from rmccomply.report import Assessed
    from rmccomply.terminal import Page


def block(item: "Assessed", shown: "list[Finding]", canvas: "Canvas") -> str:
    """A target with those of its findings that are shown."""
    states = Counter(map(state_of, item.findings))
    alike = _for_one_reason(shown)
    parts = [heading(canvas.page, item.target, canvas.run.now)]
    if len(shown) > 1 and alike and not canvas.show_all:
        parts.append(unknown_alike(shown, canvas))
    else:
        parts += [drawn_finding(finding, canvas) for finding in sorted(shown, key=_place)]
    parts += [] if alike else _to_settle(shown, canvas.page)
    parts += [] if canvas.show_all else _rest(states, canvas.page)
    if is_healthy(states):
        parts.append(f"{canvas.page.paint('green', '✓')} {says_of(states, canvas.run.left_out)}")
    return "\n\n".join(parts)


def _place(finding: "Finding") -> tuple[int, int]:
    return ORDER.index(state_of(finding)), RANK[finding.severity]


def _for_one_reason(findings: "list[Finding]") -> bool:
    """Whether all are unknown, in the same words and with the same way out."""
    reasons = {(finding.message, finding.advice, finding.evidence) for finding in findings}
    return len(reasons) == 1 and all(state_of(finding) == "unknown" for finding in findings)


def _to_settle(shown: "list[Finding]", page: "Page") -> list[str]:
    """What to do about the unknowns, what settles most first; said again only where one settles several."""
    advice = Counter(finding.advice for finding in shown if state_of(finding) == "unknown" and finding.advice)
    if advice.total() == len(advice):
        return []
    title = f"{INDENT}To settle the {counted(advice.total(), 'unknown finding')}:"
    rows = [row for text, count in advice.most_common() for row in labelled(page, f"{count:>4}  ", text)]
    return ["\n".join([page.paint("bold", title), *rows])]


def _rest(states: Counter[str], page: "Page") -> list[str]:
    """How many findings are not shown."""
    rest = counts_of(states, ORDER[3:])
    return [INDENT + page.paint("faint", rest)] if rest else []
