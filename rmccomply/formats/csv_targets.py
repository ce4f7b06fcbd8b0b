"""CSV of targets: a row each, with what it is, its problems by severity, and what to do first; for spreadsheets.

`critical` to `info` count problems, where the same fault that several rules see is one; `undecided`, `passed` and
`not_applicable` count checks, and so do `waived` and `baseline`, which are no problems. `rule` and `problem` are what
is to be fixed first, `proof` the line that proves it; where there is no problem, `what_to_do` and `command` settle most
of what is undecided.
"""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.finding import NOT_JUDGED
from rmccomply.formats._cells import row
from rmccomply.formats._sheet import SheetAssembly, labels_of, place_of
from rmccomply.problems import failing_of, informing, problems_of, standing_of, undecided_of
from rmccomply.report import cards_of
from rmccomply.words import SEVERITIES

if TYPE_CHECKING:
    from rmccomply.formats import Frame
    from rmccomply.problems import Problem
    from rmccomply.report import Assessed, RuleCard

COLUMNS: Final = (
    *("target", "platform", "os", "cluster", "standing", *SEVERITIES, "undecided", "passed", "not_applicable"),
    *("rule", "problem", "proof", "what_to_do", "command"),
    *("evidence", "collected", "type_model", "serial", "lpar_id", "labels"),
    *("waived", "baseline"),
)


def fragment(item: "Assessed", frame: "Frame") -> str:
    """The row of a target."""
    card = item.target
    problems = problems_of(item.findings)
    informs = informing(tuple(failing_of(problems)))
    by_severity = Counter(one.severity for one in problems)
    results = Counter(finding.result for finding in item.findings)
    accepted = Counter(finding.disposition for finding in item.findings)
    files = [one.uri for one in card.evidence]
    return row(
        (
            *(card.id, card.platform, card.os, card.cluster, standing_of(item.findings, frame.run.left_out)),
            *(by_severity[severity] for severity in SEVERITIES),
            *(results["unknown"], results["pass"], results["not_applicable"]),
            *_first(item, [one for one in problems if one.rule not in informs], cards_of(frame.run)),
            *(f"{files[0]} and {len(files) - 1} more" if files[1:] else "".join(files), card.collected),
            *(card.type_model, card.serial, card.lpar_id, labels_of(card.labels)),
            *(accepted["waived"], accepted["baseline"]),
        )
    )


def assembly(frame: "Frame") -> SheetAssembly:
    """An empty report."""
    return SheetAssembly(COLUMNS)


def _first(item: "Assessed", problems: "list[Problem]", cards: "dict[str, RuleCard]") -> tuple[str, ...]:
    """What is to be done first: the first problem, else what settles most; of what was not judged, why."""
    error = next((one for one in item.findings if one.result == "error"), None)
    if error is not None:
        return (error.rule, NOT_JUDGED, place_of(error.evidence), error.message, "")
    if problems:
        head = problems[0].findings[0]
        return (head.rule, cards[head.rule].fault, place_of(head.evidence), head.remediation, "")
    open_ones = undecided_of(item.findings)
    if open_ones:
        head = open_ones[0].findings[0]
        return ("", "", "", head.advice, head.settle)
    return ("", "", "", "", "")
