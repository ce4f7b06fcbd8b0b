"""`word`: a fact that is one of a few words.

    check = { kind = "word", fact = "subsystem.ctrmc", is = ["active"] }

Passes where the fact is one of `is`, or none of `is_not`. The words of each fact are fixed, so that a misspelt one is a
fault of the policy.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.operands import CheckModel, Parameters, fact_line, fact_names, nearest
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Judge, Outcome, of_fact
from rmccomply.words import Result


def _words_of_facts(schema: dict[str, Any]) -> None:
    """Into the JSON Schema, the words of each fact."""
    schema["allOf"] = [
        {
            "if": {"properties": {"fact": {"const": name}}, "required": ["fact"]},
            "then": {"properties": {key: {"items": {"enum": list(line.words)}} for key in ("is", "is_not")}},
        }
        for name, line in FACTS.items()
        if line.type == "word"
    ]


class WordCheck(CheckModel):
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


def compile(check: WordCheck, parameters: Parameters) -> Judge:
    """The check as a function of facts."""
    good, bad = frozenset(check.is_ or ()), frozenset(check.is_not or ())
    expected = " or ".join(check.is_) if check.is_ else "not " + " or ".join(check.is_not or ())

    def judge(facts: Facts) -> tuple[Outcome, ...]:
        fact = facts.fact(check.fact)
        undecided = of_fact(fact, expected)
        if undecided is not None:
            return (undecided,)
        result: Result = "pass" if (fact.value in good if good else fact.value not in bad) else "fail"
        return (
            Outcome(
                result,
                fact.says,
                expected=expected,
                actual=fact.value,
                evidence=fact.evidence,
                notes=fact.also,
                fact=fact,
            ),
        )

    return judge
