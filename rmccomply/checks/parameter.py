"""`parameter`: what the policy itself declares; the only check that no evidence can make unknown.

when = { kind = "parameter", name = "management", is_not = ["none"] }
"""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.operands import UNSET, CheckModel, Parameters, nearest, parameter_type
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Judge, Outcome
from rmccomply.words import Result


class ParameterCheck(CheckModel):
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
            raise ValueError(f"parameter '{value}' is a {found}, and a word is due here")
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


def compile(check: ParameterCheck, parameters: Parameters) -> Judge:
    """The check as a function of facts, which it does not look at."""
    value = parameters[check.name]
    if value is None:
        return lambda facts: (Outcome("not_applicable", UNSET),)
    held = value in check.is_ if check.is_ is not None else value not in (check.is_not or ())
    expected = " or ".join(check.is_) if check.is_ else "not " + " or ".join(check.is_not or ())
    result: Result = "pass" if held else "fail"
    outcome = Outcome(result, f"The parameter {check.name} is '{value}'.", expected=expected, actual=str(value))

    def judge(facts: Facts) -> tuple[Outcome, ...]:
        return (outcome,)

    return judge
