"""Why a rule says what it says of a target: its proof as a tree, and what would have made it pass or would settle it.

The tree has the shape of the check. A step carries the result that the outcome has; of a comparison it also carries
the fact, which has its own basis and the lines that prove it.
"""

from collections.abc import Iterator
from typing import Final

from rmccomply.checks.kind import CheckModel, facts_of
from rmccomply.evaluate import CompiledRule
from rmccomply.evidence.model import Reference
from rmccomply.evidence.section import spoken
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact
from rmccomply.outcome import Outcome
from rmccomply.policy.model import OF_EVERY_RULE, Rule
from rmccomply.policy.select import ChosenRule
from rmccomply.reasoning.counterfactual import proposals
from rmccomply.reasoning.possible import Declared
from rmccomply.terminal import PAGE, Page, Verbatim
from rmccomply.tuples import NamedTuple
from rmccomply.verdict import Verdict
from rmccomply.words import Result

MARKS: Final[dict[Result, str]] = {"pass": "✓", "fail": "✗", "unknown": "?", "not_applicable": "–", "error": "!"}
_NAMES: Final[dict[Result, str]] = {
    "pass": "passes",
    "fail": "fails",
    "unknown": "is undecided",
    "not_applicable": "does not apply",
    "error": "was not judged",
}
_MOST_LINES: Final = 6


class ProofStep(NamedTuple):
    """One step of a proof. `check` is None where a rule was not judged for what the host is."""

    check: CheckModel | None
    outcome: Outcome
    parts: tuple["ProofStep", ...] = ()
    condition: bool = False

    @property
    def result(self) -> Result:
        return self.outcome.result


def proof(rule: Rule, tree: Outcome) -> ProofStep:
    """The proof of a finding of this rule."""
    if _is_not_judged(rule, tree):
        return ProofStep(None, tree)
    if rule.when is not None and len(tree.parts) == 1 and tree.result in ("unknown", "not_applicable"):
        return ProofStep(rule.when, tree, (_step(rule.when, tree.parts[0]),), condition=True)
    return _step(rule.check, tree)


def _is_not_judged(rule: Rule, tree: Outcome) -> bool:
    """Whether platform or kind of host decided before the check was asked."""
    if tree.parts or tree.fact is None or tree.fact.name not in OF_EVERY_RULE:
        return False
    return tree.result == "not_applicable" or tree.fact.name not in facts_of(rule.check)


def _step(check: CheckModel, outcome: Outcome) -> ProofStep:
    return ProofStep(check, outcome, tuple(map(_step, check.parts(), check.behind(outcome))))


class Grounds(NamedTuple):
    """What is needed to explain the verdicts of one rule on one target."""

    chosen: ChosenRule
    compiled: CompiledRule
    facts: Facts
    verdicts: tuple[Verdict, ...]
    target: str


def explanation(one: Grounds, page: Page = PAGE) -> str:
    """The whole explanation as text, laid out on a page."""
    rule, policy, target = one.chosen.loaded, one.chosen.policy, one.target
    lines = [
        f"{rule.rule.id}  {rule.rule.title}",
        f"{rule.severity}, {policy.id} {policy.version}, {rule.uri}:{rule.line}",
    ]
    for verdict in one.verdicts:
        subject = f" for {verdict.subject}" if verdict.subject else ""
        lines += ["", f"{MARKS[verdict.result]} {_NAMES[verdict.result]} on {target}{subject}: {verdict.message}", ""]
        if verdict.tree is not None:
            lines += _tree(proof(rule.rule, verdict.tree), 1, set())
    lines += _advice(one)
    return page.laid(lines)


def _tree(step: ProofStep, depth: int, told: set[str]) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}{MARKS[step.result]} {_says(step)}"
    if step.parts:
        for part in step.parts:
            yield from _tree(part, depth + 1, told)
    else:
        yield from _fact_lines(step.outcome, indent + "    ", told)


def _says(step: ProofStep) -> str:
    if step.condition:
        return "the rule applies only where this holds:"
    if step.check is None:
        return "what the host is:"
    words = step.check.words().replace("`", "")
    if step.check.parts():
        return words
    if step.outcome.expected and step.check.is_tuned():
        words += f" ({step.outcome.expected})"
    found = _found(step.outcome)
    return f"{words}: {found}" if found else words


def _found(outcome: Outcome) -> str:
    if outcome.result == "unknown":
        return f"unknown ({(outcome.reason or '').replace('_', ' ')})"
    if outcome.result == "not_applicable":
        return "not applicable"
    return f"it is {outcome.actual}" if outcome.actual else ""


def _fact_lines(outcome: Outcome, indent: str, told: set[str]) -> Iterator[str]:
    """What is behind a comparison: the sentence and lines of its fact, and of the facts that this follows from."""
    if outcome.fact is None or outcome.subject:
        yield from _told(outcome.message, outcome.evidence, indent)
        return
    yield from _basis(outcome.fact, indent, told)


def _basis(fact: Fact, indent: str, told: set[str]) -> Iterator[str]:
    if fact.name in told:
        yield f"{indent}{fact.name}: as above"
        return
    told.add(fact.name)
    yield from _told(fact.says, fact.evidence, indent)
    for one in fact.basis:
        if one.name in told:
            yield f"{indent}by {one.name}, as above"
        elif one.name:
            yield f"{indent}by {one.name}:"
            yield from _basis(one, indent + "  ", told)
        else:
            yield from _told(one.says, one.evidence, indent)


def _told(says: str, evidence: tuple[Reference, ...], indent: str) -> Iterator[str]:
    yield f"{indent}{says}"
    for place in evidence[:_MOST_LINES]:
        said = " / ".join(spoken(place.text).split("\n")).strip()
        yield Verbatim(f"{indent}{place.uri}:{place.start_line}: {said}")
    if len(evidence) > _MOST_LINES:
        yield f"{indent}and {len(evidence) - _MOST_LINES} more places"


def _advice(one: Grounds) -> Iterator[str]:
    """What would have made it pass, or what would settle it."""
    results = {verdict.result for verdict in one.verdicts}
    if "fail" in results:
        yield ""
        yield from _otherwise(one)
    elif "unknown" in results:
        yield ""
        yield "To find out"
        yield f"  {next(verdict.advice for verdict in one.verdicts if verdict.result == 'unknown')}"


def _otherwise(one: Grounds) -> Iterator[str]:
    policy = one.chosen.policy
    declared = Declared(policy.parameters, policy.values)
    found = proposals(one.compiled, one.chosen.loaded.rule.check, declared, one.facts)
    if not found:
        yield "No change of its facts that was tried would make it pass."
    for number, proposal in enumerate(found):
        yield "It would pass if" if number == 0 else "or if"
        for at, words in enumerate(proposal.words):
            yield f"  {'and ' if at else ''}{words}"
