"""Cases judged: what each rule says of each case beside what it should say, and which results no case has.

A rule is judged on a case as on any target. The facts of a case are derived once, for all rules and for all changes of
them. A result that a rule can never have is told by the enumeration of `rmccomply.reasoning.possible`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rmccomply.errors import Fault, PolicyError, UsageError
from rmccomply.evaluate import CompiledRule, compile_rules, outcomes, views
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.inputs.loaded import Loaded
from rmccomply.outcome import Outcome, combined
from rmccomply.policy.load import LoadedPolicy, LoadedRule
from rmccomply.policy.model import Rule
from rmccomply.policy.select import Choice, choose
from rmccomply.reasoning.case_evidence import MOMENT, target_of
from rmccomply.reasoning.possible import Declared, rule_results
from rmccomply.tuples import NamedTuple
from rmccomply.words import PLATFORMS, Result
from rmccomply.written.cases import EXPECTED, Case, Expectation


class Setup(NamedTuple):
    """A policy under the parameters and at the time of some cases, and its rules ready to judge, by their ids."""

    policy: LoadedPolicy
    now: str
    rules: Mapping[str, CompiledRule]


class CaseTarget:
    """A case ready to be judged, by any rule."""

    def __init__(self, case: Case, target: Loaded, setup: Setup) -> None:
        self.case = case
        self.setup = setup
        self._target = target
        self._seen: dict[FactSettings, Facts] = {}

    def outcome(self, rule: CompiledRule) -> Outcome:
        """What a rule says of it, all subjects in one."""
        if rule.settings not in self._seen:
            target = self._target
            self._seen.update(views((rule,), target.readings, target.platform, target.image, target.others))
        return combined("all", outcomes(rule, self._seen[rule.settings]))


class Wrong(NamedTuple):
    """An expectation that does not hold, and what the rule says instead."""

    case: Case
    expected: Expectation
    outcome: Outcome


Grid = Mapping[str, Mapping[Result, int]]
"""Rule to result to the number of cases that expect it."""


def fits(expected: Expectation, outcome: Outcome) -> bool:
    """Whether an outcome is what a case expects."""
    return outcome.result == expected.result and expected.reason in (None, outcome.reason)


def ready(policy: LoadedPolicy, cases: Sequence[Case]) -> tuple[CaseTarget, ...]:
    """The targets of all cases. Raises PolicyError with each case whose evidence or parameters cannot be used."""
    setups: dict[tuple[object, ...], Setup] = {}
    found: list[CaseTarget] = []
    faults: list[Fault] = []
    for case in cases:
        try:
            target = target_of(case)
            now = case.now or (target.collected if case.evidence else None) or MOMENT
            key = (now, *sorted(case.params.items()))
            if key not in setups:
                setups[key] = _setup(policy, case, now)
            found.append(CaseTarget(case, target, setups[key]))
        except UsageError as error:
            faults.append(Fault(case.path, case.line, f"'{case.name}'", "params", str(error)))
        except PolicyError as error:
            faults += error.faults
    if faults:
        raise PolicyError(tuple(faults))
    return tuple(found)


def _setup(policy: LoadedPolicy, case: Case, now: str) -> Setup:
    (tuned,), chosen = choose([policy], Choice(parameters=case.params))
    return Setup(tuned, now, {one.id: one for one in compile_rules(chosen, now)})


def wrong(targets: Sequence[CaseTarget]) -> Iterator[Wrong]:
    """Every expectation that does not hold."""
    for one in targets:
        for expected in one.case.expect:
            outcome = one.outcome(one.setup.rules[expected.rule])
            if not fits(expected, outcome):
                yield Wrong(one.case, expected, outcome)


def grid(policy: LoadedPolicy, targets: Sequence[CaseTarget]) -> Grid:
    """How many cases expect each result of each rule."""
    found: dict[str, dict[Result, int]] = {one.rule.id: dict.fromkeys(EXPECTED, 0) for one in policy.rules}
    for one in targets:
        for expected in one.case.expect:
            found[expected.rule][expected.result] += 1
    return found


_ALWAYS: Final = frozenset[Result]({"unknown"})
"""What every rule can say: of a target whose platform nobody knows."""


_NOT_OF_AN_IMAGE: Final = frozenset({"first_boot"})
"""What a rule may need and no image has, however it is looked at."""


def is_of_no_image(rule: Rule, policy: LoadedPolicy) -> bool:
    """Whether a rule applies to nothing that its policy is for."""
    return policy.images and rule.needs in _NOT_OF_AN_IMAGE


def reachable(loaded: LoadedRule, policy: LoadedPolicy) -> frozenset[Result]:
    """The results that a rule can have on any target; all of them, where that cannot be enumerated."""
    rule, declared = loaded.rule, Declared(policy.parameters, policy.values)
    if is_of_no_image(rule, policy):
        return _ALWAYS | {"not_applicable"}
    found = [rule_results(rule.when, rule.check, declared, platform) for platform in rule.platforms]
    elsewhere = frozenset[Result]({"not_applicable"} if set(PLATFORMS) - set(rule.platforms) else ())
    if any(one is None for one in found):
        return frozenset(EXPECTED)
    return _ALWAYS.union(elsewhere, *(one for one in found if one is not None))


def empty_cells(rules: Sequence[LoadedRule], policy: LoadedPolicy, counts: Grid) -> Iterator[tuple[LoadedRule, Result]]:
    """Those of these rules with a result that they can have and that no case expects."""
    for loaded in rules:
        lacking = [result for result in EXPECTED if not counts[loaded.rule.id][result]]
        can = reachable(loaded, policy) if lacking else frozenset()
        yield from ((loaded, result) for result in lacking if result in can)


def own_rules(policy: LoadedPolicy) -> tuple[LoadedRule, ...]:
    """The rules that a policy does not inherit."""
    before = {one.rule.id for one in policy.parent.rules} if policy.parent else set()
    return tuple(one for one in policy.rules if one.rule.id not in before)


def own_values(policy: LoadedPolicy) -> frozenset[str]:
    """The parameters that a policy inherits and gives another value."""
    before = policy.parent.values if policy.parent else {}
    return frozenset(name for name, value in before.items() if policy.values[name] != value)
