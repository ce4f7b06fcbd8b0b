"""What each kind of check says as a whole: the sentence, what was asked for, what is there, the line, the fact."""

from typing import Any

import pytest

from rmccomply.checks.operands import UNSET
from rmccomply.facts.model import Fact, Item
from rmccomply.outcome import Outcome
from rmccomply.sources.shared.values import parse_version
from tests.checks.making import PLACE, missing, none_here, outcome, outcomes, read, value

WORD, NUMBER, VERSION, LIST = "console.connection", "var_ct.used_percent", "rsct.level", "ipv6.global_addresses"
CHECKS: dict[str, dict[str, Any]] = {
    WORD: {"kind": "word", "fact": WORD, "is": ["up", "in_band"]},
    NUMBER: {"kind": "number", "fact": NUMBER, "at_least": 1, "below": 95},
    VERSION: {"kind": "version", "fact": VERSION, "at_least": "3.1", "below": "4"},
    LIST: {"kind": "empty", "fact": LIST},
}
ASKED = {
    WORD: "up or in_band",
    NUMBER: "at least 1 %, below 95 %",
    VERSION: "3.1.0.0 or later, below 4.0.0.0",
    LIST: "none",
}
COMPARED: list[tuple[str, Any, Any, str, str]] = [
    # fact, value, result, message, actual
    (WORD, "up", "pass", "console.connection is given.", "up"),
    (WORD, "down", "fail", "console.connection is given.", "down"),
    (NUMBER, 94.5, "pass", "var_ct.used_percent is given.", "94.5 %"),
    (NUMBER, 95, "fail", "var_ct.used_percent is given; at least 1 %, below 95 % is required.", "95 %"),
    (VERSION, "3.2", "pass", "rsct.level is given, as expected (3.1.0.0 or later, below 4.0.0.0).", "3.2.0.0"),
    (VERSION, "3.0", "fail", "rsct.level is given, older than 3.1.0.0.", "3.0.0.0"),
    (VERSION, "4.0", "fail", "rsct.level is given, not below 4.0.0.0.", "4.0.0.0"),
    (LIST, (), "pass", "ipv6.global_addresses is given.", "none"),
]


@pytest.mark.parametrize(("name", "given", "result", "message", "actual"), COMPARED)
def test_a_value(name: str, given: Any, result: Any, message: str, actual: str) -> None:
    fact = value(name, parse_version(given) if name == VERSION else given)
    expected = Outcome(result, message, None, "", ASKED[name], actual, (PLACE,), "", fact.also, fact)
    assert outcome(CHECKS[name], fact) == expected


def test_an_entry_of_a_list() -> None:
    fact = value(LIST, (Item("2001:db8::1", "One.", (PLACE,)),))
    expected = Outcome("fail", "One.", None, "2001:db8::1", "none", "2001:db8::1", (PLACE,), fact=fact)
    assert outcomes(CHECKS[LIST], fact) == (expected,)


@pytest.mark.parametrize("name", CHECKS)
def test_no_value(name: str) -> None:
    fact = missing(name)._replace(also=("Beside it stands this.",))
    says = f"{name} is unknown."
    expected = Outcome("unknown", says, "timeout", "", ASKED[name], "", (PLACE,), "lssrc -a", fact.also, fact)
    assert outcome(CHECKS[name], fact) == expected
    fact = none_here(name)
    says = f"{name} is not here."
    assert outcome(CHECKS[name], fact) == Outcome(
        "not_applicable", says, None, "", ASKED[name], evidence=(PLACE,), fact=fact
    )


@pytest.mark.parametrize("fact", [value(NUMBER, 3), missing(VERSION)])
def test_a_parameter_without_a_value_asks_for_nothing(fact: Fact) -> None:
    kind = "number" if fact.name == NUMBER else "version"
    check = {"kind": kind, "fact": fact.name, "below": "$most"}
    assert outcome(check, fact, parameters={"most": None}) == Outcome("not_applicable", UNSET, fact=fact)


def test_a_version_below_a_parameter() -> None:
    check = {"kind": "version", "fact": VERSION, "below": "$most"}
    results = [
        outcome(check, value(VERSION, parse_version(text)), parameters={"most": (4, 0, 0, 0)}).result
        for text in ("3.9", "4")
    ]
    assert results == ["pass", "fail"]


def test_a_word_of_the_policy() -> None:
    check = {"kind": "parameter", "name": "management", "is_not": ["none", "hmc"]}
    assert outcome(check, parameters={"management": None}) == Outcome("not_applicable", UNSET)
    says = "The parameter management is 'hmc'."
    assert outcome(check, parameters={"management": "hmc"}) == Outcome(
        "fail", says, expected="not none or hmc", actual="hmc"
    )


def test_a_negation() -> None:
    fact = value(WORD, "down")
    inner = outcome(CHECKS[WORD], fact)
    found = outcome({"kind": "not", "of": CHECKS[WORD]}, fact)
    assert found == inner._replace(result="pass", expected="not: up or in_band", parts=(inner,))


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ({**CHECKS[VERSION], "below": "new"}, "'new' is not a version such as"),
        ({**CHECKS[NUMBER], "below": "full"}, "'full' is not a number"),
        ({**CHECKS[NUMBER], "below": "$minimum"}, "parameter 'minimum' is a version, but a number is needed here"),
    ],
)
def test_an_operand_of_another_type_is_named(check: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(check, parameters={"minimum": "version"})
