"""Checks: one module a kind, and the table of them all. The set is small and closed: no expression language."""

from typing import Final, get_args

from rmccomply.checks.combine import Check
from rmccomply.checks.kind import CheckModel

__all__ = ["KINDS", "Check"]

KINDS: Final[dict[str, type[CheckModel]]] = {
    word: kind for kind in get_args(get_args(Check)[0]) for word in get_args(kind.__annotations__["kind"])
}
"""Every kind in the union of checks, by its word in a policy."""
