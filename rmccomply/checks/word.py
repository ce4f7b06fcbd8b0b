"""`word`: a fact that is one of a few words.

    check = { kind = "word", fact = "subsystem.ctrmc", is = ["active"] }

Passes where the fact is one of `is`, or none of `is_not`. The words of each fact are fixed, so that a misspelt one is a
fault of the policy.
"""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, ValidationInfo, field_validator, model_validator

from rmccomply.checks.kind import Axis, Comparison, Names, Parameters
from rmccomply.checks.operands import fact_line, fact_names, listed, nearest, value_text, word_list
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import FactValue
from rmccomply.outcome import Judge, Outcome, of_fact, of_value
from rmccomply.words import Result


def _words_of_facts(schema: dict[str, JsonValue]) -> None:
    """Into the JSON Schema, the words of each fact."""
    schema["allOf"] = [
        {
            "if": {"properties": {"fact": {"const": name}}, "required": ["fact"]},
            "then": {"properties": {key: {"items": {"enum": list(line.words)}} for key in ("is", "is_not")}},
        }
        for name, line in FACTS.items()
        if line.type == "word"
    ]


class WordCheck(Comparison):
    """A fact that is, or is not, one of some words."""

    model_config = ConfigDict(json_schema_extra=_words_of_facts)

    kind: Literal["word"]
    fact: Annotated[str, Field(json_schema_extra=fact_names("word"))]
    is_: list[str] | None = Field(default=None, alias="is", min_length=1)
    is_not: list[str] | None = Field(default=None, min_length=1)

    @field_validator("fact")
    @classmethod
    def _fact(cls, value: str) -> str:
        fact_line(value, "word")
        return value

    @field_validator("is_", "is_not")
    @classmethod
    def _words(cls, value: list[str] | None, info: ValidationInfo) -> list[str] | None:
        if value is not None and "fact" in info.data:
            fact = info.data["fact"]
            words = fact_line(fact, "word").words
            for word in value:
                if word not in words:
                    raise ValueError(
                        f"'{fact}' is never '{word}'{nearest(word, words) or '.'} It is: {', '.join(words)}"
                    )
        return value

    @model_validator(mode="after")
    def _one(self) -> "WordCheck":
        if (self.is_ is None) == (self.is_not is None):
            raise ValueError("give either 'is' or 'is_not'")
        return self

    def compile(self, parameters: Parameters) -> Judge:
        good, bad = frozenset(self.is_ or ()), frozenset(self.is_not or ())
        expected = listed(self.is_, self.is_not)

        def judge(facts: Facts) -> tuple[Outcome, ...]:
            fact = facts.fact(self.fact)
            if fact.state != "known":
                return (of_fact(fact, expected),)
            result: Result = "pass" if (fact.value in good if good else fact.value not in bad) else "fail"
            return (of_value(fact, result, fact.says, expected, fact.word),)

        return judge

    def words(self, names: Names = str) -> str:
        return f"the fact {names(self.fact)} is {word_list(self.is_, self.is_not)}"

    def facts(self) -> tuple[str, ...]:
        return (self.fact,)

    def values(self, parameters: Parameters) -> tuple[FactValue, ...]:
        return tuple(self.is_ or self.is_not or ())

    def otherwise(self, axis: Axis, at: int, good: Collection[int]) -> str:
        return f"were {' or '.join(value_text(axis.values[number]) for number in sorted(good))}"
