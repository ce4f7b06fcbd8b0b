"""`version`: levels are four integers."""

from typing import Any

import pytest
from pydantic import ValidationError

from rmccomply.sources.shared.values import parse_version
from tests.checks.making import missing, none_here, outcome, read, result, value

FACT = "rsct.level"


def level(text: str) -> Any:
    return value(FACT, parse_version(text))


def check(**bounds: str) -> dict[str, Any]:
    return {"kind": "version", "fact": FACT, **bounds}


PASS = [
    ("3.10", {"at_least": "3.9"}),
    ("3.2.10.0", {"at_least": "3.2.9.9"}),
    ("10.0.0.0", {"at_least": "9.9.9.9"}),
    ("3.2", {"at_least": "3.2.0.0"}),
    ("3.2.0.0", {"at_least": "3.2"}),
    ("3.2.6.2", {"below": "3.3"}),
    ("3.2.6.2", {"at_least": "3.2.6.2", "below": "3.2.6.3"}),
]
FAIL = [
    ("3.9", {"at_least": "3.10"}),
    ("3.2.9.9", {"at_least": "3.2.10.0"}),
    ("9.9.9.9", {"at_least": "10.0.0.0"}),
    ("3.3", {"below": "3.3.0.0"}),
    ("3.2.6.3", {"at_least": "3.2.6.2", "below": "3.2.6.3"}),
    ("3.2.6.1", {"at_least": "3.2.6.2", "below": "3.2.6.3"}),
]


@pytest.mark.parametrize(("text", "bounds"), PASS)
def test_pass(text: str, bounds: dict[str, str]) -> None:
    assert result(check(**bounds), level(text)) == "pass"


@pytest.mark.parametrize(("text", "bounds"), FAIL)
def test_fail(text: str, bounds: dict[str, str]) -> None:
    assert result(check(**bounds), level(text)) == "fail"


def test_what_is_expected_and_what_is_there() -> None:
    found = outcome(check(at_least="3.10", below="4"), level("3.9"))
    assert (found.expected, found.actual) == ("3.10.0.0 or later, below 4.0.0.0", "3.9.0.0")
    assert (found.message, found.notes) == (
        "rsct.level is given, older than 3.10.0.0.",
        ("Beside it stands this.",),
    )


def test_without_a_value() -> None:
    assert result(check(at_least="3.1"), missing(FACT)) == "unknown"
    assert result(check(at_least="3.1"), none_here(FACT)) == "not_applicable"


def test_a_parameter() -> None:
    asked = check(at_least="$minimum")
    assert result(asked, level("3.9"), parameters={"minimum": (3, 10, 0, 0)}) == "fail"
    assert result(asked, level("3.10"), parameters={"minimum": (3, 10, 0, 0)}) == "pass"


@pytest.mark.parametrize("fact", [level("3.9"), missing(FACT)])
def test_an_unset_parameter_asks_for_nothing(fact: Any) -> None:
    assert result(check(at_least="$minimum"), fact, parameters={"minimum": None}) == "not_applicable"


@pytest.mark.parametrize("bounds", [{}, {"at_least": "3.x"}, {"at_least": ""}, {"at_least": 3.1}, {"above": "3.1"}])
def test_what_is_no_check(bounds: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(check(**bounds))
