"""The results of what needs attention on a target, and the counts of what is left out of them."""

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from rmccomply.formats._limits import SARIF_LOCATIONS
from rmccomply.formats._sarif.log import SarifFragment, fragment_of
from rmccomply.formats._sarif.places import Properties, known_places
from rmccomply.formats._sarif.results import result_of
from rmccomply.formats._sarif.undecided import undecided_results
from rmccomply.problems import undecided_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from rmccomply.finding import Finding
    from rmccomply.report import Assessed, Run
    from rmccomply.words import Disposition

COUNTED: Final = (
    *("fails", "undecidedResults", "undecided", "blocked"),
    *("informing", "accepted", "passed", "notApplicable", "errors"),
)
"""Fails and undecided checks that results stand for, and what is left out of them, and why."""


def attention(
    item: "Assessed", run: "Run", shows: "Collection[Disposition]", undecided: str, *, bare: bool = False
) -> SarifFragment:
    """The rows of a target: its fails above info that became one of `shows`, and its unknowns above info, folded.

    `undecided` is the message string of those; `bare` results have few properties.
    """
    known = known_places(run)
    fails = [finding for finding in item.findings if finding.disposition in shows and finding.severity != "info"]
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
    failing = (result_of(finding, item, known, blocks[finding.fingerprint], bare=bare) for finding in fails)
    results = map(_within, chain(failing, undecided_results(groups, item, known, undecided)))
    return fragment_of(item, known, results, _counted(item, fails, len(groups), len(left)))


def _within(result: Properties) -> Properties:
    """A result with as many places as GitHub takes, and a count of the others."""
    related, properties = result.get("relatedLocations"), result["properties"]
    if not isinstance(related, list) or not isinstance(properties, dict) or len(related) < SARIF_LOCATIONS:
        return result
    kept = related[: SARIF_LOCATIONS - 1]
    told = {**properties, "locationsLeftOut": len(related) - len(kept)}
    return {**result, "relatedLocations": kept, "properties": told}


def _counted(item: "Assessed", fails: "list[Finding]", groups: int, undecided: int) -> "Counter[str]":
    """What became of each finding of a target; all but the number of groups add up to all of them."""
    results = Counter(finding.result for finding in item.findings)
    told = {id(finding) for finding in fails}
    accepted = sum(one.disposition in ("waived", "baseline") and id(one) not in told for one in item.findings)
    unknown = sum(finding.result == "unknown" and finding.severity != "info" for finding in item.findings)
    return Counter(
        {
            "fails": len(fails),
            "undecidedResults": groups,
            "undecided": undecided,
            "blocked": unknown - undecided,
            "informing": results["fail"] - len(fails) - accepted + results["unknown"] - unknown,
            "accepted": accepted,
            "passed": results["pass"],
            "notApplicable": results["not_applicable"],
            "errors": results["error"],
        }
    )
