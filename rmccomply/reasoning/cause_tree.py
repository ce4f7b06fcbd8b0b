"""The causes of one target as a tree of text: the reason of others first, and what can follow from it indented below.

A problem that several can be the reason of stands below the last of them in the order in which they are to be fixed,
so that all of them stand before it; the others only name it.
"""

from collections.abc import Iterator, Mapping, Sequence

from rmccomply.evidence.section import spoken
from rmccomply.finding import Finding
from rmccomply.problems import Problem, problems_of
from rmccomply.terminal import PAGE, Page, Verbatim
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted


class Grove(NamedTuple):
    """What a tree is made of: the problems in their order, with their words, and what each of them blocks.

    `below` are the problems that stand below a problem in the tree, `named` those that it only names.
    """

    problems: Mapping[str, Problem]
    words: Mapping[str, str]
    blocked: Mapping[str, int]
    below: Mapping[str, Sequence[str]]
    named: Mapping[str, Sequence[str]]


def cause_tree(findings: Sequence[Finding], words: Mapping[str, str], target: str, page: Page = PAGE) -> str:
    """The tree of a target. `words` are what heads a fail of a rule; a rule without speaks by its finding."""
    problems = {one.rule: one for one in problems_of(findings)}
    unknown = [one for one in findings if one.result == "unknown"]
    grove = _grove(problems, words, _blocked(problems, unknown))
    hanging = {rule for rules in grove.below.values() for rule in rules}
    lines = [f"{target}: {_counts(problems)}"]
    for rule in problems:
        if rule not in hanging:
            lines += ["", *_tree(grove, rule, 0)]
    left = sum(not one.blocked_by for one in unknown)
    if left:
        besides = " for other reasons" if left < len(unknown) else ""
        lines += ["", f"{counted(left, 'check')} {'is' if left == 1 else 'are'} undecided{besides}."]
    return page.laid(lines)


def _counts(problems: Mapping[str, Problem]) -> str:
    """How many problems there are; what only informs is none."""
    notes = sum(one.severity == "info" for one in problems.values())
    grave = len(problems) - notes
    found = counted(grave, "problem") if grave else "no problem was found"
    return f"{found}, and {counted(notes, 'note')}" if notes else found


def _blocked(problems: Mapping[str, Problem], unknown: Sequence[Finding]) -> dict[str, int]:
    """How many unknowns wait for each problem; one that waits for several counts for the first."""
    owner = {one.fingerprint: rule for rule, found in problems.items() for one in (*found.findings, *found.covered)}
    waiting = [next((owner[name] for name in one.blocked_by if name in owner), "") for one in unknown]
    return {rule: waiting.count(rule) for rule in problems}


def _grove(problems: Mapping[str, Problem], words: Mapping[str, str], blocked: Mapping[str, int]) -> Grove:
    owner = {one.fingerprint: rule for rule, found in problems.items() for one in (*found.findings, *found.covered)}
    order = {rule: number for number, rule in enumerate(problems)}
    below: dict[str, list[str]] = {rule: [] for rule in problems}
    named: dict[str, list[str]] = {rule: [] for rule in problems}
    for rule, problem in problems.items():
        before = sorted({order[owner[why.fingerprint]] for why in problem.reasons})
        first = [list(problems)[at] for at in before if at < order[rule]]
        for why in first[:-1]:
            named[why].append(rule)
        if first:
            below[first[-1]].append(rule)
    return Grove(problems, words, blocked, below, named)


def _tree(grove: Grove, rule: str, depth: int) -> Iterator[str]:
    problem, indent = grove.problems[rule], "    " * depth
    one = problem.findings[0]
    yield f"{indent}{rule}  {problem.severity}  {grove.words.get(rule) or one.message}"
    for says in dict.fromkeys(why.says for why in problem.reasons):
        yield f"{indent}  {says}"
    for finding in problem.findings:
        yield from _place(finding, f"{indent}  ")
    for other in dict.fromkeys(other.rule for other in problem.covered):
        message = next(other_one.message for other_one in problem.covered if other_one.rule == other)
        yield f"{indent}  shows again as {other}: {grove.words.get(other) or message}"
    if grove.blocked[rule]:
        yield f"{indent}  keeps {counted(grove.blocked[rule], 'check')} undecided"
    if grove.named[rule]:
        yield f"{indent}  can be the reason of {', '.join(grove.named[rule])}, below"
    if grove.below[rule]:
        yield f"{indent}  can be the reason of"
        for other in grove.below[rule]:
            yield from _tree(grove, other, depth + 1)


def _place(finding: Finding, indent: str) -> Iterator[str]:
    """The first line of evidence, with what the finding is about."""
    about = f"{finding.subject}: " if finding.subject else ""
    for place in finding.evidence[:1]:
        text = " / ".join(spoken(place.text).split("\n")).strip()
        yield Verbatim(f"{indent}{about}{place.uri}:{place.start_line}: {text}")
