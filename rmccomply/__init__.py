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

`cli` alone puts these together. The words that modules and reports share are in `docs/glossary.md`; the shortest list:

    target     one partition that is judged          rule        the smallest judged unit of a policy
    request    one thing asked of it                 outcome     what a check says of a target
    evidence   the verbatim answer                   finding     a rule's verdict on a target, pass or not
    reading    what a source made of one answer      reason      why something is unknown, one of twelve words
    fact       a named value that policies speak of  reference   the line of a file that proves something

For use from Python, each name imported when it is first asked for:

    from pathlib import Path
    import rmccomply

    bundle = rmccomply.read_bundle(Path("lpar0007.rmcc").read_bytes(), "lpar0007.rmcc")
    policies, rules = rmccomply.choose([rmccomply.load_policy("rmc-core")], rmccomply.Choice())
    compiled = rmccomply.compile_rules(rules, now="2026-11-20T04:00:00Z")
    verdicts = rmccomply.judge(compiled, rmccomply.Readings(bundle.evidence), bundle.platform)
"""

TYPE_CHECKING = False
"""As in `typing`, which is not imported for `--version`: it takes longer than all the rest."""

if TYPE_CHECKING:
    from typing import Any, Final

    from rmccomply.errors import RmccomplyError
    from rmccomply.evaluate import compile_rules
    from rmccomply.evaluate import evaluate as judge
    from rmccomply.evidence.bundle import read_bundle
    from rmccomply.evidence.model import Bundle
    from rmccomply.facts.gather import Facts
    from rmccomply.policy.load import load as load_policy
    from rmccomply.policy.select import Choice, choose
    from rmccomply.sources.reading import Readings
    from rmccomply.verdict import Verdict
    from rmccomply.version import VERSION

__all__ = [
    "VERSION",
    "Bundle",
    "Choice",
    "Facts",
    "Readings",
    "RmccomplyError",
    "Verdict",
    "choose",
    "compile_rules",
    "judge",
    "load_policy",
    "read_bundle",
]

_PUBLIC: "Final[dict[str, tuple[str, str]]]" = {
    "Bundle": ("evidence.model", "Bundle"),
    "Choice": ("policy.select", "Choice"),
    "Facts": ("facts.gather", "Facts"),
    "Verdict": ("verdict", "Verdict"),
    "Readings": ("facts.gather", "Readings"),
    "RmccomplyError": ("errors", "RmccomplyError"),
    "VERSION": ("version", "VERSION"),
    "choose": ("policy.select", "choose"),
    "compile_rules": ("evaluate", "compile_rules"),
    "judge": ("evaluate", "evaluate"),
    "load_policy": ("policy.load", "load"),
    "read_bundle": ("evidence.bundle", "read_bundle"),
}
"""Public name to module and name there. All else may move between releases.

`judge` is `evaluate.evaluate`: the module of that name would hide the function once it is imported.
"""


def __getattr__(name: str) -> "Any":
    if name not in _PUBLIC:
        raise AttributeError(f"module 'rmccomply' has no attribute '{name}'")
    from importlib import import_module

    module, attribute = _PUBLIC[name]
    return getattr(import_module(f"rmccomply.{module}"), attribute)


def __dir__() -> list[str]:
    return __all__
