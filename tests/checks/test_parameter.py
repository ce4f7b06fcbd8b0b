"""`parameter`: what the policy declares; no evidence is asked."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.checks.making import outcome, read, result

CHECK = {"kind": "parameter", "name": "management", "is": ["hmc", "powervs"]}
NOT = {"kind": "parameter", "name": "management", "is_not": ["none"]}


@pytest.mark.parametrize(("check", "word"), [(CHECK, "hmc"), (CHECK, "powervs"), (NOT, "hmc")])
def test_pass(check: dict[str, Any], word: str) -> None:
    assert result(check, parameters={"management": word}) == "pass"


@pytest.mark.parametrize(("check", "word"), [(CHECK, "none"), (NOT, "none")])
def test_fail(check: dict[str, Any], word: str) -> None:
    assert result(check, parameters={"management": word}) == "fail"


@pytest.mark.parametrize("check", [CHECK, NOT])
def test_unset_does_not_apply(check: dict[str, Any]) -> None:
    assert result(check, parameters={"management": None}) == "not_applicable"


def test_it_says_what_is_declared() -> None:
    found = outcome(CHECK, parameters={"management": "none"})
    assert (found.message, found.expected, found.actual) == (
        "The parameter management is 'none'.",
        "hmc or powervs",
        "none",
    )


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ({**CHECK, "name": "managment"}, "did you mean 'management'"),
        ({**CHECK, "name": "minimum"}, "is a version, but a word is needed"),
        ({**CHECK, "is": ["pwervs"]}, "did you mean 'powervs'"),
        ({**CHECK, "is_not": ["none"]}, "either 'is' or 'is_not'"),
        ({"kind": "parameter", "name": "management"}, "either 'is' or 'is_not'"),
    ],
)
def test_what_is_no_check(check: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read(
            check,
            parameters={"management": "word", "minimum": "version"},
            words={"management": ["hmc", "powervs", "none"]},
        )
