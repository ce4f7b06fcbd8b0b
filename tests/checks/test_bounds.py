"""Bounds: those that a policy gives, in words, and those of the values that would do."""

from collections.abc import Collection

import pytest

from rmccomply.checks.bounds import bound_words, given, nearest_bounds
from rmccomply.checks.kind import Axis, Operand

PERCENT = Axis("var_ct.used_percent", (10, 20, 30, 40, 50), 2, "%")


@pytest.mark.parametrize(
    ("at_least", "below", "operands", "words"),
    [
        (3, "$most", (3, "$most"), "at least `3` and below the parameter `most`"),
        (0, None, (0,), "at least `0`"),
        (None, 0, (0,), "below `0`"),
    ],
)
def test_the_bounds_that_are_given(
    at_least: Operand | None, below: Operand | None, operands: tuple[Operand, ...], words: str
) -> None:
    assert given(at_least, below) == operands
    assert bound_words(at_least, below) == words


@pytest.mark.parametrize(
    ("at", "good", "says"),
    [
        (2, {1, 2, 3}, "were at least 20 % and below 50 %"),
        (1, {1, 3, 4}, "were at least 20 % and below 30 %"),
        (1, {0, 1}, "were below 30 %"),
        (3, {3, 4}, "were at least 40 %"),
        (0, {0, 1, 2, 3, 4}, "were known"),
    ],
)
def test_the_values_around_one_that_will_do_are_told_by_their_bounds(at: int, good: Collection[int], says: str) -> None:
    assert nearest_bounds(PERCENT, at, good) == says


def test_a_version_has_no_unit() -> None:
    axis = Axis("rsct.level", ((3, 1, 0, 0), (3, 2, 0, 0)), 0)
    assert nearest_bounds(axis, 1, {1}) == "were at least 3.2.0.0"
