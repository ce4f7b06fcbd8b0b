"""A finding: headline, what is so, the lines that prove it, why it matters and what to do."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.finding import NO_RULE, NOT_JUDGED
from rmccomply.formats._states import state_of, waiver_told
from rmccomply.formats.text.canvas import INDENT, MARKS, SEVERITY_COLORS, STATE_COLORS, flat, labelled
from rmccomply.formats.text.quoted import quoted
from rmccomply.terminal import visible, width_of
from rmccomply.words import SEVERITIES

if TYPE_CHECKING:
    from rmccomply.finding import Finding
    from rmccomply.formats.text.canvas import Canvas

_EXPLAINED: Final = frozenset({"fail", "waived", "baseline"})
_LEADS: Final = {"error": "Not judged: ", "waived": "Waived: ", "baseline": "In the baseline: "}
_SEVERITY: Final = 8
"""Columns of a severity."""
_BEFORE: Final = 14
"""Columns of a headline beside its rule and title: mark, severity and what is between."""


def drawn_finding(finding: "Finding", canvas: "Canvas") -> str:
    """A finding with all that is said of it."""
    state = state_of(finding)
    return _drawn(_headline(finding, state, canvas), finding, state, canvas)


def unknown_alike(findings: "list[Finding]", canvas: "Canvas") -> str:
    """Findings that are all unknown for one reason, as those of a target that was not reached: the reason, once."""
    counts = Counter(finding.severity for finding in findings)
    mark = canvas.page.paint(STATE_COLORS["unknown"], f"{MARKS['unknown']} {len(findings)} unknown")
    shares = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
    return _drawn([f"{mark}  {shares}"], findings[0], "unknown", canvas)


def _drawn(head: list[str], finding: "Finding", state: str, canvas: "Canvas") -> str:
    lines = [*head, *canvas.page.prose(_statement(finding, state), INDENT)]
    if finding.evidence:
        lines += ["", *quoted(canvas.page, finding.evidence)]
    if advice := _advice(finding, state, canvas):
        lines += ["", *advice]
    return "\n".join(lines)


def _headline(finding: "Finding", state: str, canvas: "Canvas") -> list[str]:
    page, severity, rule = canvas.page, finding.severity, visible(finding.rule)
    color = SEVERITY_COLORS[severity] if state == "fail" else STATE_COLORS.get(state, "faint")
    mark = page.paint(color, f"{MARKS[state]} {severity.ljust(_SEVERITY)}")
    indent = " " * (width_of(rule) + _BEFORE)
    title = NOT_JUDGED if finding.rule == NO_RULE else canvas.rules[finding.rule].title
    first, *more = [page.paint("bold", row.removeprefix(indent)) for row in page.prose(title, indent)]
    return [f"{mark}  {page.paint('bold', rule)}  {first}", *(indent + row for row in more)]


def _statement(finding: "Finding", state: str) -> str:
    """The message with the word that the mark stands for, where the message alone could mislead."""
    if state == "unknown":
        lead = "" if "unknown" in finding.message else "Unknown: "
        return f"{lead}{flat(finding.message)} ({(finding.reason or '').replace('_', ' ')})"
    return _LEADS.get(state, "") + flat(finding.message)


def _advice(finding: "Finding", state: str, canvas: "Canvas") -> list[str]:
    page, card = canvas.page, canvas.rules.get(finding.rule)
    lines: list[str] = []
    if state in _EXPLAINED and card is not None:
        lines += labelled(page, "why   ", card.rationale)
        lines += labelled(page, "do    ", finding.remediation)
    if state == "unknown":
        lines += labelled(page, "do    ", finding.advice)
    if finding.waiver is not None:
        lines += labelled(page, "terms ", waiver_told(finding.waiver))
    for note in finding.notes:
        lines += labelled(page, "note  ", note)
    return lines
