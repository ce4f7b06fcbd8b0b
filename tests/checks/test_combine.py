"""`all`, `any`, `not`: Kleene's logic over checks; what does not apply is dropped."""

from typing import Any

import pytest
from pydantic import ValidationError

from rmccomply.facts.model import Fact, Item
from tests.checks.making import missing, none_here, outcome, read, result, value

NAMES = ("subsystem.ctrmc", "subsystem.drm")
PARTS = [{"kind": "word", "fact": name, "is": ["active"]} for name in NAMES]


def state(name: str, letter: str) -> Fact:
    """P passes, F fails, U is unknown, N does not apply."""
    if letter in "PF":
        return value(name, "active" if letter == "P" else "inactive")
    return missing(name) if letter == "U" else none_here(name)


WORDS = {"P": "pass", "F": "fail", "U": "unknown", "N": "not_applicable"}
TABLE = [
    # two operands, all, any
    ("PP", "P", "P"),
    ("PF", "F", "P"),
    ("PU", "U", "P"),
    ("PN", "P", "P"),
    ("FF", "F", "F"),
    ("FU", "F", "U"),
    ("FN", "F", "F"),
    ("UU", "U", "U"),
    ("UN", "U", "U"),
    ("NN", "N", "N"),
]


@pytest.mark.parametrize(("operands", "all_", "any_"), TABLE)
@pytest.mark.parametrize("turned", [False, True])
def test_two_operands(operands: str, all_: str, any_: str, turned: bool) -> None:
    facts = [state(name, letter) for name, letter in zip(NAMES, operands[::-1] if turned else operands, strict=True)]
    found = [result({"kind": kind, "of": PARTS}, *facts) for kind in ("all", "any")]
    assert found == [WORDS[all_], WORDS[any_]]


@pytest.mark.parametrize(("letter", "expected"), [("P", "F"), ("F", "P"), ("U", "U"), ("N", "N")])
def test_not(letter: str, expected: str) -> None:
    assert result({"kind": "not", "of": PARTS[0]}, state(NAMES[0], letter)) == WORDS[expected]


def test_the_operands_that_decide_speak() -> None:
    found = outcome({"kind": "all", "of": PARTS}, state(NAMES[0], "P"), state(NAMES[1], "F"))
    assert (found.message, found.actual) == ("subsystem.drm is given.", "inactive")
    assert [part.result for part in found.parts] == ["pass", "fail"]


def test_an_unknown_keeps_its_reason_and_what_settles_it() -> None:
    found = outcome({"kind": "any", "of": PARTS}, state(NAMES[0], "F"), state(NAMES[1], "U"))
    assert (found.result, found.reason, found.settle) == ("unknown", "timeout", "lssrc -a")


def test_nesting() -> None:
    nested = {"kind": "any", "of": [{"kind": "all", "of": PARTS}, {"kind": "not", "of": PARTS[1]}]}
    assert result(nested, state(NAMES[0], "U"), state(NAMES[1], "F")) == "pass"
    assert result(nested, state(NAMES[0], "U"), state(NAMES[1], "P")) == "unknown"


def test_a_list_within_is_one_operand() -> None:
    check = {"kind": "all", "of": [{"kind": "empty", "fact": "ipv6.global_addresses"}, PARTS[0]]}
    assert result(check, value("ipv6.global_addresses", ()), state(NAMES[0], "P")) == "pass"


@pytest.mark.parametrize(
    "check", [{"kind": "all", "of": []}, {"kind": "not", "of": PARTS}, {"kind": "all"}, {"kind": "none", "of": PARTS}]
)
def test_what_is_no_check(check: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(check)


FULL = {"kind": "number", "fact": "var_ct.used_percent", "below": "$full"}


@pytest.mark.parametrize(
    "check",
    [{"kind": "not", "of": {"kind": "not", "of": FULL}}, {"kind": "all", "of": [{"kind": "any", "of": [FULL]}]}],
)
def test_checks_within_checks_have_the_same_parameters(check: dict[str, Any]) -> None:
    found = [result(check, value("var_ct.used_percent", 90), parameters={"full": full}) for full in (85, 95)]
    assert found == ["fail", "pass"]


ENTRIES = value("ipv6.global_addresses", tuple(Item(name, f"{name}.", ()) for name in ("a", "b")))
NONE = {"kind": "empty", "fact": "ipv6.global_addresses"}


@pytest.mark.parametrize(("kind", "expected"), [("all", "fail"), ("any", "fail"), ("not", "pass")])
def test_every_entry_of_a_list_within_speaks(kind: str, expected: str) -> None:
    check = {"kind": kind, "of": NONE if kind == "not" else [NONE, PARTS[0]]}
    found = outcome(check, ENTRIES, state(NAMES[0], "F"))
    assert (found.result, found.message.startswith("a. b.")) == (expected, True)
