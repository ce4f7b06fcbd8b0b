"""`word`: one of a few words."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from rmccomply.checks.word import WordCheck
from rmccomply.facts.catalogue import FACTS
from tests.checks.making import missing, none_here, outcome, read, result, value

FACT = "console.connection"


def check(**words: Any) -> dict[str, Any]:
    return {"kind": "word", "fact": FACT, **words}


PASS = [
    ("up", {"is": ["up"]}),
    ("in_band", {"is": ["up", "in_band"]}),
    ("up", {"is_not": ["down", "no_console"]}),
]
FAIL = [
    ("down", {"is": ["up"]}),
    ("down", {"is": ["up", "in_band"]}),
    ("down", {"is_not": ["down", "no_console"]}),
]


@pytest.mark.parametrize(("word", "words"), PASS)
def test_pass(word: str, words: dict[str, list[str]]) -> None:
    assert result(check(**words), value(FACT, word)) == "pass"


@pytest.mark.parametrize(("word", "words"), FAIL)
def test_fail(word: str, words: dict[str, list[str]]) -> None:
    assert result(check(**words), value(FACT, word)) == "fail"


@pytest.mark.parametrize("words", [{"is": ["up"]}, {"is_not": ["up"]}])
def test_without_a_value(words: dict[str, list[str]]) -> None:
    assert result(check(**words), missing(FACT)) == "unknown"
    assert result(check(**words), none_here(FACT)) == "not_applicable"


def test_what_is_expected() -> None:
    assert outcome(check(is_not=["down", "unstable"]), value(FACT, "up")).expected == "not down or unstable"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"is": ["upp"]}, "did you mean 'up'"),
        ({"is_not": ["DOWN"]}, "is never 'DOWN'"),
        ({}, "either 'is' or 'is_not'"),
        ({"is": ["up"], "is_not": ["down"]}, "either 'is' or 'is_not'"),
        ({"is": []}, "at least 1"),
        ({"is": "up"}, "valid list"),
    ],
)
def test_what_is_no_check(words: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read(check(**words))


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ({"is": ["up", "down"]}, True),
        ({"is_not": ["down"]}, True),
        ({"is": ["up", "yes"]}, False),
        ({"is_not": ["active"]}, False),
        ({"fact": "subsystem.ctrmc", "is": ["active"]}, True),
        ({"fact": "subsystem.ctrmc", "is": ["up"]}, False),
        ({"fact": "rsct.level", "is": ["up"]}, False),
    ],
)
def test_editors_know_the_words_of_each_fact(words: dict[str, Any], fits: bool) -> None:
    schema = TypeAdapter(WordCheck).json_schema()
    assert Draft202012Validator(schema).is_valid({**check(), **words}) is fits
    assert len(schema["allOf"]) == len([line for line in FACTS.values() if line.type == "word"])
