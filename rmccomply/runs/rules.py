"""What `rules` does: the rules of a policy listed, those of a family, or one of them whole."""

from collections.abc import Iterable

from rmccomply.checks.operands import nearest
from rmccomply.errors import UsageError
from rmccomply.policy.families import families_and, patterns_of
from rmccomply.policy.load import LoadedRule, load
from rmccomply.reference.pages import rule_rows
from rmccomply.runs.teller import Teller


def rules(rule: str | None, policy: str, teller: Teller) -> None:
    """Tell a rule of a policy, by id or path, or a line for each of a family (RMC-ID), or of all.

    Raises UsageError and PolicyError.
    """
    loaded = load(policy)
    by_id = {one.rule.id: one for one in loaded.rules}
    name = (rule or "").upper()
    family = [one for one in loaded.rules if name in patterns_of(one.rule.id)]
    if rule is None:
        rows = _lines(loaded.rules)
    elif name in by_id:
        rows = rule_rows(by_id[name], loaded)
    elif family:
        rows = _lines(family)
    else:
        raise UsageError(f"policy {loaded.id} has no rule '{rule}'{nearest(rule, families_and(by_id))}")
    teller.result(teller.page().laid(rows))


def _lines(rules: Iterable[LoadedRule]) -> list[str]:
    return [f"{one.rule.id:<14} {one.severity:<9} {one.rule.confidence:<14} {one.rule.title}" for one in rules]
