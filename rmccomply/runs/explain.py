"""What `explain` does: find the rule and the target, judge, give the reason why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from rmccomply.assess import assess
from rmccomply.causes import compile_causes
from rmccomply.checks.operands import nearest
from rmccomply.errors import InputError, UsageError
from rmccomply.evaluate import compile_rules, verdicts, views
from rmccomply.facts.others import Others, beside
from rmccomply.guarded import LIMITS, Limits
from rmccomply.inputs.loaded import Failed, Loaded
from rmccomply.inputs.read import load_inputs
from rmccomply.isolation import Crash, isolated
from rmccomply.policy.families import families_and, patterns_of
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.problems import Problem, problems_of
from rmccomply.reasoning.cause_tree import cause_tree
from rmccomply.reasoning.explain import Grounds, explanation
from rmccomply.runs.arguments import clock_of, limits_of, listed, platform_of
from rmccomply.terminal import PAGE, Page
from rmccomply.tuples import NamedTuple
from rmccomply.verdict import Verdict

T = TypeVar("T")
_MOST_NAMES: Final = 20
_NOT_JUDGED: Final = "cannot be judged"


class Explained(NamedTuple):
    """A rule explained on one target, which `target` names.

    `text` is the whole explanation, in lines for people; `faults` is what is wrong with the input besides.
    """

    target: str
    verdicts: tuple[Verdict, ...]
    text: str
    faults: tuple[str, ...] = ()


class ExplainedCauses(NamedTuple):
    """The problems of one target in the order in which they are to be fixed, and `text`, a tree of their causes."""

    target: str
    problems: tuple[Problem, ...]
    text: str
    faults: tuple[str, ...] = ()


class ExplainAsked(NamedTuple):
    """What is asked: of which target, by which clock, on which platform where evidence does not tell."""

    target: str | None
    now: str
    platform: str
    limits: Limits
    page: Page = PAGE
    others: Others = None


class Candidates(NamedTuple):
    """The targets of an input: the labels of all, and of those that were asked for what they answered."""

    labels: list[str]
    wanted: list[tuple[str, Loaded]]
    faults: list[str]


def explain(
    source: str,
    rule: str,
    policies: Sequence[str],
    now: str,
    *,
    target: str | None = None,
    parameters: Mapping[str, str] | None = None,
    platform: str = "",
    limits: Limits = LIMITS,
    root: Path = Path(),
    stdin: BinaryIO | None = None,
    page: Page = PAGE,
    against: Sequence[str] = (),
) -> Explained:
    """Why a rule says what it says of one target of an input.

    `source` is a path as `check` takes it, or `-` for `stdin`; `policies` are ids of shipped policies or paths, which
    fit together as those of one `check` do; `now` is the clock of the run in UTC, as `2026-11-20T03:00:00Z`; `target`
    names one of several; `parameters` are values for those of the policies; `root` is what uris of evidence are
    relative to; `page` is what the text is laid out on; `against` are paths of others, as `check` takes them.

    Raises UsageError for a rule, parameter or target that is not there, PolicyError, and InputError where there is no
    target or it could not be judged.
    """
    asked = _asked(target, now, platform, limits, page, against, root)
    chosen = _rule(rule, tuple(listed("policies", policies)), parameters or {})
    told, faults = _of_one(load_inputs([source], root, stdin, limits), source, asked, partial(_told, chosen))
    return told._replace(faults=faults)


def explain_causes(
    source: str,
    policies: Sequence[str],
    now: str,
    *,
    target: str | None = None,
    parameters: Mapping[str, str] | None = None,
    platform: str = "",
    limits: Limits = LIMITS,
    root: Path = Path(),
    stdin: BinaryIO | None = None,
    page: Page = PAGE,
    against: Sequence[str] = (),
) -> ExplainedCauses:
    """Which problems of one target of an input can be the reason of which others.

    What it takes and raises is what `explain` does, without a rule: all rules of the policies are judged.
    """
    asked = _asked(target, now, platform, limits, page, against, root)
    _, chosen = choose([load(name) for name in listed("policies", policies)], Choice(parameters=parameters or {}))
    told, faults = _of_one(load_inputs([source], root, stdin, limits), source, asked, partial(_causes, chosen))
    return told._replace(faults=faults)


def _asked(
    target: str | None,
    now: str,
    platform: str,
    limits: Limits,
    page: Page,
    against: Sequence[str],
    root: Path,
) -> ExplainAsked:
    asked = ExplainAsked(target, clock_of(now), platform_of(platform), limits_of(limits), page)
    if not against:
        return asked
    from rmccomply.runs.against import others_of

    return asked._replace(others=others_of(against, root, asked.limits))


def _of_one(
    items: Iterable[object], source: str, asked: ExplainAsked, tell: Callable[[str, Loaded, ExplainAsked], T]
) -> tuple[T, tuple[str, ...]]:
    """What is told of the one target, behind the wall, and the faults of the input."""
    found = _targets(items, asked.target)
    label, loaded = _one(found, asked.target, source)
    loaded = loaded._replace(others=beside(asked.others, loaded.artifacts))
    told = isolated(lambda: tell(label, loaded, asked), asked.limits.seconds)
    if isinstance(told, Crash):
        raise InputError("\n".join((*found.faults, f"{label}: {_NOT_JUDGED}: {told.says}")))
    return told, tuple(found.faults)


def _causes(chosen: Sequence[ChosenRule], label: str, loaded: Loaded, asked: ExplainAsked) -> ExplainedCauses:
    rules = compile_rules(chosen, asked.now, asked.platform)
    causes = compile_causes(chosen, asked.now, asked.platform)
    findings = assess(loaded, rules, platform=asked.platform, now=asked.now, causes=causes).findings
    words = {one.loaded.rule.id: one.loaded.rule.problem or "" for one in chosen}
    return ExplainedCauses(label, problems_of(findings), cause_tree(findings, words, label, asked.page))


def _told(rule: ChosenRule, label: str, loaded: Loaded, asked: ExplainAsked) -> Explained:
    compiled = compile_rules([rule], asked.now, asked.platform)
    seen = views(compiled, loaded.readings, loaded.platform, loaded.image, loaded.others)
    told, facts = verdicts(compiled, seen), seen[compiled[0].settings]
    return Explained(label, told, explanation(Grounds(rule, compiled[0], facts, told, label), asked.page))


def _rule(rule: str, names: Sequence[str], parameters: Mapping[str, str]) -> ChosenRule:
    policies, rules = choose([load(name) for name in names], Choice(parameters=parameters))
    by_id = {one.loaded.rule.id: one for one in rules}
    name = rule.upper()
    if name not in by_id:
        if family := [one for one in by_id if name in patterns_of(one)]:
            raise UsageError(f"'{rule}' is the beginning of several rules; name one: {', '.join(family)}")
        ids = [policy.id for policy in policies]
        none = f"policy {ids[0]} has no" if len(ids) == 1 else f"none of the policies {', '.join(ids)} has a"
        raise UsageError(f"{none} rule '{rule}'{nearest(rule, families_and(by_id))}")
    return by_id[name]


def _targets(items: Iterable[object], target: str | None) -> Candidates:
    """All targets, one in memory at a time but for those that are asked for."""
    found = Candidates([], [], [])
    for item in items:
        if isinstance(item, Loaded):
            found.labels.append(item.label)
            if item.label == target or (target is None and not found.wanted):
                found.wanted.append((item.label, item))
        elif isinstance(item, Failed):
            found.faults.append(f"{item.name}: {_NOT_JUDGED}: {item.says}")
        elif isinstance(item, InputError):
            found.faults.append(str(item))
    return found


def _one(found: Candidates, target: str | None, source: str) -> tuple[str, Loaded]:
    """The target that is asked for. Raises InputError where there is none at all, UsageError where it is not told."""
    if not found.labels:
        raise InputError("\n".join(found.faults) or f"{source}: has no target")
    if target is not None and not found.wanted:
        known = nearest(target, found.labels) or "."
        raise UsageError(f"{source}: has no target '{target}'{known}{_listed(found.labels)}")
    if target is None and len(found.labels) > 1:
        raise UsageError(f"{source}: has several targets, so name one with --target.{_listed(found.labels)}")
    return found.wanted[0]


def _listed(labels: list[str]) -> str:
    more = f" and {len(labels) - _MOST_NAMES} more" if len(labels) > _MOST_NAMES else ""
    return f" There are: {', '.join(labels[:_MOST_NAMES])}{more}"
