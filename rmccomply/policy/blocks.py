"""Blocks: which problems keep which requests from an answer, or from one that decides, by what the policies say.

An unknown behind a problem is not settled by collecting again: the problem comes first.
"""

from collections.abc import Sequence

from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.outcome import Judge, combined
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.model import Cause
from rmccomply.policy.select import ChosenRule, policies_of
from rmccomply.policy.settings import settings_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason


class CompiledBlock(NamedTuple):
    """What a problem keeps unanswered. `requests` are their beginnings, by words; no `reasons` mean any.

    Without `when` it holds wherever the rule fails.
    """

    rule: str
    requests: tuple[str, ...]
    reasons: tuple[Reason, ...]
    when: Judge | None
    says: str
    settings: FactSettings

    def asks(self, request: str, reason: Reason) -> bool:
        """Whether it is of this request, and of an unknown for this reason."""
        return (not self.reasons or reason in self.reasons) and any(
            request == one or request.startswith(f"{one} ") for one in self.requests
        )

    def holds(self, facts: Facts) -> bool:
        """Whether the facts bear it out; one without `when` is left to the rule's own fail."""
        return self.when is None or combined("all", self.when(facts)).result == "pass"


def compile_blocks(chosen: Sequence[ChosenRule], now: str, platform: str = "") -> tuple[CompiledBlock, ...]:
    """What the policies of a run say of unanswered requests, in their order, each once.

    The rule need not be judged in this run: whoever looks at a part of a policy is told of the reason as well.
    """
    found: list[tuple[Cause, LoadedPolicy]] = []
    for policy in policies_of(chosen):
        known = {loaded.rule.id for loaded in policy.rules}
        for cause in policy.causes:
            if cause.blocks and cause.rule in known and not any(_same(cause, policy, *other) for other in found):
                found.append((cause, policy))
    return tuple(_compiled(cause, policy, now, platform) for cause, policy in found)


def _same(cause: Cause, policy: LoadedPolicy, other: Cause, of: LoadedPolicy) -> bool:
    return cause == other and policy.values == of.values and policy.max_age == of.max_age


def _compiled(cause: Cause, policy: LoadedPolicy, now: str, platform: str) -> CompiledBlock:
    when = None if cause.when is None else cause.when.compile(policy.values)
    settings = settings_of(policy, now, platform)
    return CompiledBlock(cause.rule, tuple(cause.blocks), tuple(cause.reasons), when, cause.says, settings)
