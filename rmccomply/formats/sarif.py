"""SARIF 2.1.0 of what needs attention, and nothing else: for code scanning, dashboards and tickets.

Every consumer makes an alert of every result, whatever its kind, and most ignore suppressions. So results are

- the active fails above info, also those that are the same fault as another one (`coveredBy` says of which);
- for each target and for each thing that is to be done about unknowns above info, one result of the rule RMC-UNDECIDED.
  What cannot be decided before a fail is fixed is counted by that fail alone (`blocks`).

What passes, does not apply, only informs, is waived or is known from a baseline is no result; `inThisLog` of the run
counts what became of everything. `-o sarif-all` has a result for each finding.
"""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.formats._sarif_log import SarifAssembly, SarifFragment, fragment_of
from rmccomply.formats._sarif_places import known_places
from rmccomply.formats._sarif_results import result_of
from rmccomply.formats._sarif_undecided import undecided_results
from rmccomply.problems import undecided_of

if TYPE_CHECKING:
    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed

_COUNTED: Final = (
    *("fails", "undecidedResults", "undecided", "blocked"),
    *("informing", "accepted", "passed", "notApplicable", "errors"),
)
"""Fails and undecided checks that results stand for, and what is left out of them, and why."""


def fragment(item: "Assessed", frame: "Frame") -> SarifFragment:
    """The rows of a target."""
    known = known_places(frame.run)
    fails = [finding for finding in item.findings if finding.disposition == "active" and finding.severity != "info"]
    shown = {finding.fingerprint for finding in fails}
    blocks: Counter[str] = Counter()
    left: list[Finding] = []
    for finding in item.findings:
        if finding.result == "unknown" and finding.severity != "info":
            behind = [one for one in finding.blocked_by if one in shown]
            blocks.update(behind)
            if not behind:
                left.append(finding)
    groups = undecided_of(left)
    results = [result_of(finding, item, known, blocks[finding.fingerprint]) for finding in fails]
    results += undecided_results(groups, item, known)
    return fragment_of(item, known, results, _counted(item, len(fails), len(groups), len(left)))


def assembly(frame: "Frame") -> SarifAssembly:
    """An empty log."""
    return SarifAssembly(frame, _COUNTED, undecided=True)


def _counted(item: "Assessed", fails: int, groups: int, undecided: int) -> "Counter[str]":
    """What became of each finding of a target; all but the number of groups add up to all of them."""
    results = Counter(finding.result for finding in item.findings)
    accepted = sum(finding.disposition in ("waived", "baseline") for finding in item.findings)
    unknown = sum(finding.result == "unknown" and finding.severity != "info" for finding in item.findings)
    return Counter(
        {
            "fails": fails,
            "undecidedResults": groups,
            "undecided": undecided,
            "blocked": unknown - undecided,
            "informing": results["fail"] - fails - accepted + results["unknown"] - unknown,
            "accepted": accepted,
            "passed": results["pass"],
            "notApplicable": results["not_applicable"],
            "errors": results["error"],
        }
    )
