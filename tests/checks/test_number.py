"""`number`: a quantity within bounds."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.checks.making import missing, none_here, outcome, read, result, value

FACT = "var_ct.used_percent"


def check(**bounds: Any) -> dict[str, Any]:
    return {"kind": "number", "fact": FACT, **bounds}


PASS: list[tuple[float, dict[str, float]]] = [
    (95, {"at_least": 95}),
    (94.9, {"below": 95}),
    (10, {"at_least": 9, "below": 11}),
    (0, {"at_least": 0}),
]
FAIL: list[tuple[float, dict[str, float]]] = [
    (94.9, {"at_least": 95}),
    (95, {"below": 95}),
    (11, {"at_least": 9, "below": 11}),
    (8, {"at_least": 9, "below": 11}),
]
NO_CHECKS: list[dict[str, Any]] = [
    {},
    {"below": "95"},
    {"below": True},
    {"below": "95 %"},
    {"under": 95},
    {"below": float("nan")},
    {"at_least": float("inf")},
]


@pytest.mark.parametrize(("number", "bounds"), PASS)
def test_pass(number: float, bounds: dict[str, float]) -> None:
    assert result(check(**bounds), value(FACT, number)) == "pass"


@pytest.mark.parametrize(("number", "bounds"), FAIL)
def test_fail(number: float, bounds: dict[str, float]) -> None:
    assert result(check(**bounds), value(FACT, number)) == "fail"


def test_without_a_value() -> None:
    assert result(check(below=95), missing(FACT)) == "unknown"
    assert result(check(below=95), none_here(FACT)) == "not_applicable"


def test_the_unit_is_told() -> None:
    found = outcome(check(at_least=1, below=95), value(FACT, 96.5))
    assert (found.expected, found.actual) == ("at least 1 %, below 95 %", "96.5 %")


def test_a_parameter() -> None:
    assert result(check(below="$full"), value(FACT, 90), parameters={"full": 85}) == "fail"
    assert result(check(at_least="$full"), value(FACT, 80), parameters={"full": 85}) == "fail"
    assert result(check(below="$full"), missing(FACT), parameters={"full": None}) == "not_applicable"


@pytest.mark.parametrize("bounds", NO_CHECKS)
def test_what_is_no_check(bounds: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(check(**bounds))
