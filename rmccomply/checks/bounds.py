"""What `version` and `number` share: a value at or above one bound, and below another."""

from collections.abc import Collection, Iterator

from rmccomply.checks.kind import Axis, Operand
from rmccomply.checks.operands import operand_words, value_text


def given(*bounds: Operand | None) -> tuple[Operand, ...]:
    """The bounds that a policy gives."""
    return tuple(bound for bound in bounds if bound is not None)


def bound_words(at_least: Operand | None, below: Operand | None) -> str:
    """`at least 3.1 and below 4`."""
    bounds = (("at least", at_least), ("below", below))
    return " and ".join(f"{word} {operand_words(value)}" for word, value in bounds if value is not None)


def nearest_bounds(axis: Axis, at: int, good: Collection[int]) -> str:
    """The bounds of the values around number `at` that will do as well."""
    low = high = at
    while low - 1 in good:
        low -= 1
    while high + 1 in good:
        high += 1
    return f"were {' and '.join(_around(axis, low, high)) or 'known'}"


def _around(axis: Axis, low: int, high: int) -> Iterator[str]:
    unit = f" {axis.unit}" if axis.unit else ""
    if low:
        yield f"at least {value_text(axis.values[low])}{unit}"
    if high + 1 < len(axis.values):
        yield f"below {value_text(axis.values[high + 1])}{unit}"
