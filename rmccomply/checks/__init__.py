"""Checks: one module a kind, and the table of them all. The set is small and closed: no expression language."""

from typing import Final

from rmccomply.checks import combine, empty, number, parameter, version, word
from rmccomply.checks.combine import Check
from rmccomply.checks.kind import CheckModel

__all__ = ["KINDS", "Check"]

KINDS: Final[dict[str, type[CheckModel]]] = {
    "version": version.VersionCheck,
    "word": word.WordCheck,
    "number": number.NumberCheck,
    "empty": empty.EmptyCheck,
    "parameter": parameter.ParameterCheck,
    "all": combine.CombinedCheck,
    "any": combine.CombinedCheck,
    "not": combine.NotCheck,
}
"""Every kind, by its word in a policy."""
