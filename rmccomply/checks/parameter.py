"""`parameter`: what the policy itself declares; the only check that no evidence can make unknown.

when = { kind = "parameter", name = "management", is_not = ["none"] }
"""

from collections.abc import Collection
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.kind import Axis, Comparison, Names, Parameters
from rmccomply.checks.operands import UNSET, listed, nearest, parameter_type, value_text, word_list
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import FactValue
from rmccomply.outcome import Judge, Outcome
from rmccomply.words import Result


class ParameterCheck(Comparison):
    """A word parameter that is, or is not, one of some words."""

    kind: Literal["parameter"]
    name: str
    is_: list[str] | None = Field(default=None, alias="is", min_length=1)
    is_not: list[str] | None = Field(default=None, min_length=1)

    @field_validator("name")
    @classmethod
    def _name(cls, value: str, info: ValidationInfo) -> str:
        found = parameter_type(info, value)
        if found not in (None, "word"):
            raise ValueError(f"parameter '{value}' is a {found}, but a word is needed here")
        return value

    @field_validator("is_", "is_not")
    @classmethod
    def _words(cls, value: list[str] | None, info: ValidationInfo) -> list[str] | None:
        name = info.data.get("name", "")
        known: list[str] = ((info.context or {}).get("words") or {}).get(name) or []
        for word in value or ():
            if known and word not in known:
                raise ValueError(f"'{name}' is never '{word}'{nearest(word, known) or '.'} It is: {', '.join(known)}")
        return value

    @model_validator(mode="after")
    def _one(self) -> "ParameterCheck":
        if (self.is_ is None) == (self.is_not is None):
            raise ValueError("give either 'is' or 'is_not'")
        return self

    def compile(self, parameters: Parameters) -> Judge:
        value = parameters[self.name]
        if value is None:
            return lambda facts: (Outcome("not_applicable", UNSET),)
        held = value in self.is_ if self.is_ is not None else value not in (self.is_not or ())
        expected = listed(self.is_, self.is_not)
        result: Result = "pass" if held else "fail"
        outcome = Outcome(result, f"The parameter {self.name} is '{value}'.", expected=expected, actual=str(value))

        def judge(facts: Facts) -> tuple[Outcome, ...]:
            return (outcome,)

        return judge

    def words(self, names: Names = str) -> str:
        return f"the parameter `{self.name}` is {word_list(self.is_, self.is_not)}"

    def named(self) -> tuple[str, ...]:
        return (self.name,)

    def values(self, parameters: Parameters) -> tuple[FactValue, ...]:
        return tuple(self.is_ or self.is_not or ())

    def otherwise(self, axis: Axis, at: int, good: Collection[int]) -> str:
        return f"were {' or '.join(value_text(axis.values[number]) for number in sorted(good))}"
