"""What `rules` does: the rules of a policy listed, or one of them whole."""

from rmccomply.checks.operands import nearest
from rmccomply.errors import UsageError
from rmccomply.policy.load import load
from rmccomply.reference.pages import rule_rows
from rmccomply.runs.teller import Teller


def rules(rule: str | None, policy: str, teller: Teller) -> None:
    """Tell a rule of a policy, by id or path, or a line for each. Raises UsageError and PolicyError."""
    loaded = load(policy)
    by_id = {one.rule.id: one for one in loaded.rules}
    if rule is None:
        rows = [
            f"{one.rule.id:<14} {one.severity:<9} {one.rule.confidence:<14} {one.rule.title}" for one in loaded.rules
        ]
    elif rule in by_id:
        rows = rule_rows(by_id[rule], loaded)
    else:
        raise UsageError(f"policy {loaded.id} has no rule '{rule}'{nearest(rule, by_id)}")
    teller.result(teller.page().laid(rows))
