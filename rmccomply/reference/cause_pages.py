"""Causes on the pages of rules and policies: what can be the reason of a fail, and what comes of one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.model import Cause

_SAME: Final = "is the same fault as"
_FOLDER: Final = "../rules/"


def causes_of(policies: Sequence[LoadedPolicy]) -> list[Cause]:
    """The causes of all these policies, those that several inherit once."""
    found: list[Cause] = []
    for policy in policies:
        found += [cause for cause in policy.causes if cause not in found]
    return found


def policy_lines(policy: LoadedPolicy) -> Iterator[str]:
    """The causes of a policy as a table; nothing where it has none."""
    if policy.causes:
        yield from (
            "",
            "## Causes",
            "",
            "What a fail brings about on the same target; the pages of the rules say under what",
        )
        yield from ("evidence.", "", "| a fail of | | | in a sentence |", "|---|---|---|---|")
        for cause in policy.causes:
            how = _SAME if cause.certain else "can be the reason of" if cause.of else "keeps from an answer"
            reason, effects = _rule(cause.rule, _FOLDER), _effects(cause, _FOLDER)
            yield f"| {reason} | {how} | {effects} | {cause.says} |"


def rule_lines(rule: str, causes: Iterable[Cause]) -> Iterator[str]:
    """What can be the reason of a fail of a rule, and what its fail brings about; nothing where no cause names it."""
    known = list(causes)
    for title, found in (
        ("What can be the reason of a fail", [_line(_rule(one.rule), one) for one in known if rule in one.of]),
        ("What a fail can bring about", [_line(_effects(one), one) for one in known if one.rule == rule]),
    ):
        if found:
            yield from (f"## {title}", "", *found, "")


def _line(names: str, cause: Cause) -> str:
    """A cause with the other side of it, and under what it holds."""
    sentences = [cause.says]
    if cause.certain:
        sentences.append("It is the same fault, and both are shown as one problem.")
    elif not cause.of:
        sentences.append("What is unknown for want of these answers is settled by fixing this.")
    if told := "; ".join(_only(cause)):
        sentences.append(f"Only {told}.")
    return f"- {names}: {' '.join(sentences)}"


def _only(cause: Cause) -> Iterator[str]:
    if cause.subjects:
        yield f"by a fail about {' or '.join(cause.subjects)}"
    if cause.of_subjects:
        yield f"of a fail about {' or '.join(cause.of_subjects)}"
    if cause.same_line:
        yield "where both cite one line of evidence"
    if cause.reasons:
        yield f"where the reason is {' or '.join(f'`{one}`' for one in cause.reasons)}"
    if cause.when is not None:
        first, *parts = [line.strip().removeprefix("- ") for line in cause.when.lines()]
        yield f"where {first} {'; '.join(parts)}".rstrip()


def _effects(cause: Cause, folder: str = "") -> str:
    requests = [f"`{one}`" for one in cause.blocks]
    return ", ".join((*(_rule(name, folder) for name in cause.of), *requests))


def _rule(name: str, folder: str = "") -> str:
    return f"[{name}]({folder}{name}.md)"
