"""Conditions in three values."""

from itertools import product

import pytest

from rmccomply.facts.images.conditions import BootCondition, every, in_words, some

STATES = (True, False, None)


@pytest.mark.parametrize("states", list(product(STATES, repeat=3)))
def test_all_and_any(states: tuple[bool | None, ...]) -> None:
    found = [BootCondition(one, f"clause {at}") for at, one in enumerate(states)]
    assert every(found).holds is (False if False in states else None if None in states else True)
    assert some(found, BootCondition(False, "")).holds is (
        True if True in states else None if None in states else False
    )


def test_all_that_do_not_hold_are_told() -> None:
    told = every((BootCondition(False, "a"), BootCondition(None, "b"), BootCondition(False, "c")))
    assert told.says == "a, and c"
    assert some((), BootCondition(False, "none")).says == "none"


def test_words() -> None:
    assert [in_words(one) for one in ((), ("a",), ("a", "b"), ("a", "b", "c"), ("a", "a"))] == [
        "",
        "a",
        "a, and b",
        "a, b, and c",
        "a",
    ]
