"""rmccomply: policy-as-code compliance checks for IBM RSCT/RMC on AIX, VIOS and Linux on Power.

How a verdict comes about, one package or module for each step, imports pointing down this page only:

    a partition's answers               bundle, capture folder, support archive, facts document
            |   evidence, inputs        verbatim, each line with its place
            v
        Evidence
            |   facts                   sources read answers into readings, derived facts follow from readings
            v
          Facts <-------- checks, policy            rules in TOML, compiled to functions of facts
            |                  |
            v   outcome        v   evaluate         three-valued: a missing fact is unknown, never a pass
         Verdict                        what a rule says, with lines and remediation
            |   finding                 on which target, the same one next week, and what became of it
            v
         Finding
            |   assess, report          all that a format may need of one target
            v
         Assessed
            |   formats                 report to text
            v
           text ---- sinks ----> standard output, a file          status tells the exit status

`runs` puts these together, as functions of values; `cli` parses, calls one and prints. The words that modules and
reports share are in `docs/glossary.md`; the shortest list:

    target     one partition that is judged          rule        the smallest judged unit of a policy
    request    one thing asked of it                 outcome     what a check says of a target
    evidence   the verbatim answer                   finding     a rule's verdict on a target, pass or not
    reading    what a source made of one answer      reason      why something is unknown, one of twelve words
    fact       a named value that policies speak of  reference   the line of a file that proves something

For use from Python (`docs/python.md`), each name imported when it is first asked for:

    import rmccomply

    found = rmccomply.check(["bundles"], ["rmc-core"], now="2026-11-20T04:00:00Z")
    for each in found.targets:
        print(each.target.id, [finding.rule for finding in each.findings if finding.result == "fail"])
"""

TYPE_CHECKING = False
"""As in `typing`, which is not imported for `--version`: it takes longer than all the rest."""

if TYPE_CHECKING:
    from typing import Any, Final

    from rmccomply.errors import RmccomplyError
    from rmccomply.evidence.model import Notification
    from rmccomply.finding import Finding
    from rmccomply.guarded import Limits
    from rmccomply.report import Assessed, Closing, Gate, Run, TargetCard
    from rmccomply.runs.check import Checked, check, check_each
    from rmccomply.runs.collect import collect_from
    from rmccomply.runs.collect.run import Collected, CollectOptions, Surroundings
    from rmccomply.runs.explain import Explained, explain
    from rmccomply.version import VERSION

__all__ = [
    "VERSION",
    "Assessed",
    "Checked",
    "Closing",
    "CollectOptions",
    "Collected",
    "Explained",
    "Finding",
    "Gate",
    "Limits",
    "Notification",
    "RmccomplyError",
    "Run",
    "Surroundings",
    "TargetCard",
    "check",
    "check_each",
    "collect_from",
    "explain",
]

_PUBLIC: "Final[dict[str, str]]" = {
    "VERSION": "version",
    "Assessed": "report",
    "Checked": "runs.check",
    "Closing": "report",
    "CollectOptions": "runs.collect.run",
    "Collected": "runs.collect.run",
    "Explained": "runs.explain",
    "Finding": "finding",
    "Gate": "report",
    "Limits": "guarded",
    "Notification": "evidence.model",
    "RmccomplyError": "errors",
    "Run": "report",
    "Surroundings": "runs.collect.run",
    "TargetCard": "report",
    "check": "runs.check",
    "check_each": "runs.check",
    "collect_from": "runs.collect",
    "explain": "runs.explain",
}
"""Public name to its module. All else may move between releases."""


def __getattr__(name: str) -> "Any":
    if name not in _PUBLIC:
        raise AttributeError(f"module 'rmccomply' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"rmccomply.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return __all__
