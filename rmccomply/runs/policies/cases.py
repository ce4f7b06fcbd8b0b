"""What `policy test` does: cases judged by a policy, each result of each rule counted, and the rules changed to see
whether any case notices."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from rmccomply.errors import Fault, PolicyError, UsageError
from rmccomply.guarded import place_of
from rmccomply.policy.load import LoadedPolicy, LoadedRule, load
from rmccomply.policy.show import ShownPolicy, shown
from rmccomply.reasoning.case_evidence import unread
from rmccomply.reasoning.cases import (
    CaseTarget,
    Grid,
    Wrong,
    empty_cells,
    grid,
    own_rules,
    own_values,
    reachable,
    ready,
    wrong,
)
from rmccomply.reasoning.mutants import Survivor, mutants, survivors
from rmccomply.runs.lines import printed
from rmccomply.runs.teller import Teller
from rmccomply.tuples import NamedTuple
from rmccomply.words import Result, counted
from rmccomply.written.cases import EXPECTED, Case, KnownNames, read_cases

ENDING: Final = ".cases.toml"
_HEADS: Final[dict[Result, str]] = {"not_applicable": "not applicable"}
_IN_WORDS: Final[dict[Result, str]] = {
    "pass": "passes",
    "fail": "fails",
    "unknown": "is unknown",
    "not_applicable": "does not apply",
    "error": "cannot be judged",
}


class CasesAsked(NamedTuple):
    """What is asked of the cases of a policy: also to change the rules, to be content with nothing less than a case for
    each result, and to look at all rules that it inherits."""

    mutate: bool = False
    complete: bool = False
    inherited: bool = False


_NO_MORE: Final = CasesAsked()


def judge_cases(name: str, places: Sequence[str], teller: Teller, asked: CasesAsked = _NO_MORE) -> int:
    """Judge the cases of a policy, by id or path, and tell what came of it.

    1 where an expectation does not hold or a changed rule is not noticed, and under `complete` where a result that a
    rule can have is expected by no case. Raises UsageError and PolicyError.
    """
    policy = load(name)
    cases = _read(policy, list(_files(policy, places)))
    targets = ready(policy, cases)
    others = list(wrong(targets))
    counts = grid(policy, targets)
    rules = policy.rules if asked.inherited else own_rules(policy)
    at = shown(policy)
    lacking = list(empty_cells(rules, policy, counts))
    met = {rule for rule, row in counts.items() if any(row.values())}
    lines = [*_grid([one for one in policy.rules if one in rules or one.rule.id in met], policy, counts), ""]
    lines += [line for one in others for line in _wrong(one)]
    lines += _lacking(at, lacking, met)
    told = [_judged(policy, cases, others)]
    told += [f"{counted(len(lacking), 'result')} without a case"] if lacking else []
    unnoticed = 0
    if asked.mutate and others:
        told.append("no change of rules tried before all are met")
    elif asked.mutate:
        tried, found = _mutated(policy, rules, targets)
        unnoticed = len(found)
        lines += [
            line for one in found if one.loaded.rule.id in met or one.loaded not in rules for line in _survivor(at, one)
        ]
        told.append(f"{counted(tried, 'change')} of rules tried, {unnoticed or 'none'} unnoticed")
    teller.result(printed([*lines, *([""] if lines[-1] else []), f"{'; '.join(told)}."], teller.page()))
    return 1 if others or unnoticed or (asked.complete and lacking) else 0


def _lacking(at: ShownPolicy, lacking: Sequence[tuple[LoadedRule, Result]], met: Collection[str]) -> Iterator[str]:
    """The results without a case; of a rule of which no case expects anything, that alone."""
    for rule in dict.fromkeys(loaded.rule.id for loaded, _ in lacking):
        place = _place(at, rule, ())
        if rule not in met:
            yield f"{place}: {rule}: no case expects anything of it"
            continue
        for result in (result for loaded, result in lacking if loaded.rule.id == rule):
            yield f"{place}: {rule}: no case in which it {_IN_WORDS[result]}"


def _files(policy: LoadedPolicy, places: Sequence[str]) -> Iterator[Path]:
    """The files of cases: those that are named, and of folders theirs; else that beside the policy."""
    for place in places or [str(policy.path.with_name(policy.path.stem + ENDING))]:
        path = Path(place)
        if place_of(path).kind == "folder":
            found = sorted(path.glob(f"*{ENDING}"))
            if not found:
                raise UsageError(f"{place}: no file in this folder ends in {ENDING}")
            yield from found
        elif place_of(path).kind == "file":
            yield path
        elif places:
            raise UsageError(f"{place}: no such file or folder")
        else:
            raise UsageError(f"{policy.id} has no cases: {path.name} is not beside it, so name a file of cases")


def _read(policy: LoadedPolicy, files: Sequence[Path]) -> list[Case]:
    known = KnownNames([one.rule.id for one in policy.rules], policy.parameters, unread)
    cases: list[Case] = []
    faults: list[Fault] = []
    for path in files:
        try:
            cases += read_cases(path, known)
        except PolicyError as error:
            faults += error.faults
    if faults:
        raise PolicyError(tuple(faults))
    return cases


def _grid(rules: Sequence[LoadedRule], policy: LoadedPolicy, counts: Grid) -> Iterator[str]:
    """Rule by result: how many cases expect it, `-` where none does, `never` where no host can have it."""
    width = max((len(one.rule.id) for one in rules), default=0)
    heads = [_HEADS.get(result, result) for result in EXPECTED]
    yield f"{'rule':<{width}}  {'  '.join(f'{head:>7}' for head in heads)}".rstrip()
    for loaded in rules:
        row = counts[loaded.rule.id]
        can = reachable(loaded, policy) if not all(row.values()) else frozenset(EXPECTED)
        cells = [str(row[result] or ("-" if result in can else "never")) for result in EXPECTED]
        aligned = "  ".join(f"{cell:>{max(7, len(head))}}" for cell, head in zip(cells, heads, strict=True))
        yield f"{loaded.rule.id:<{width}}  {aligned}"


def _wrong(one: Wrong) -> Iterator[str]:
    got, expected = one.outcome, one.expected
    reason = f" ({got.reason})" if got.reason else ""
    said = f"expected {expected}, got {got.result.replace('_', ' ')}{reason}"
    yield f"{one.case.path}:{expected.line}: '{one.case.name}': {expected.rule}: {said}"
    yield f"  {got.message}"
    for place in got.evidence[:1]:
        yield f"  {place.uri}:{place.start_line}: {place.text.strip()}"


def _place(policy: ShownPolicy, rule: str, loc: tuple[str | int, ...]) -> str:
    """The file and the line of a place in a rule, in whichever policy it stands."""
    for source in policy.sources:
        for number, one in enumerate(source.content.get("rules", [])):
            if one.get("id") == rule:
                return source.at("rules", number, *(loc or ("id",)))
    return ""


def _mutated(
    policy: LoadedPolicy, rules: Sequence[LoadedRule], targets: Sequence[CaseTarget]
) -> tuple[int, list[Survivor]]:
    """How many mutants were tried, and those that no case notices. Of inherited rules only bounds are moved, and only
    those to which the policy gives another value."""
    values, count, found = own_values(policy), 0, list[Survivor]()
    for loaded in policy.rules:
        every = loaded in rules
        tried = [one for one in mutants(loaded, policy) if every or one.moved.partition(" ")[0] in values]
        count += len(tried)
        found += survivors(loaded, policy, targets, tried)
    return count, found


def _survivor(at: ShownPolicy, one: Survivor) -> Iterator[str]:
    rule, mutant = one.loaded.rule.id, one.mutant
    key = ".".join(map(str, mutant.loc))
    yield f"{_place(at, rule, mutant.loc)}: {rule} {key}: no case notices {mutant.says}"
    if one.was is not None and one.would is not None:
        yield f"  A case would {one.where}: the rule {_IN_WORDS[one.was]}, and changed it {_IN_WORDS[one.would]}."
    elif one.where:
        yield f"  A case would {one.where}."


def _judged(policy: LoadedPolicy, cases: Sequence[Case], others: Sequence[Wrong]) -> str:
    expectations = sum(len(one.expect) for one in cases)
    what = f"{policy.id}: {counted(len(cases), 'case')}, {counted(expectations, 'expectation')}"
    return f"{what}, {len(others) or 'all'} {'wrong' if others else 'met'}"
