"""`number`: a quantity within bounds, in the unit of its fact.

    check = { kind = "number", fact = "var_ct.free_mib", at_least = 64 }

Passes where the fact is at least `at_least` and below `below`.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.operands import UNSET, CheckModel, Operand, Parameters, fact_line, fact_names, resolved, typed
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Judge, Outcome, of_fact
from rmccomply.words import Result


class NumberCheck(CheckModel):
    """A quantity at or above one bound, or below another."""

    kind: Literal["number"]
    fact: Annotated[str, Field(json_schema_extra=fact_names("number"))]
    at_least: int | float | str | None = None
    below: int | float | str | None = None

    @field_validator("fact")
    @classmethod
    def _fact(cls, value: str) -> str:
        fact_line(value, "number")
        return value

    @field_validator("at_least", "below")
    @classmethod
    def _operand(cls, value: Operand | None, info: ValidationInfo) -> Any:
        return value if value is None else typed(info, value, "number")

    @model_validator(mode="after")
    def _bounded(self) -> "NumberCheck":
        if self.at_least is None and self.below is None:
            raise ValueError("give 'at_least' or 'below'")
        return self


def compile(check: NumberCheck, parameters: Parameters) -> Judge:
    """The check as a function of facts."""
    floor: float | None = resolved(check.at_least, parameters, "number")
    ceiling: float | None = resolved(check.below, parameters, "number")
    unit = FACTS[check.fact].unit
    expected = ", ".join(
        f"{word} {bound:g} {unit}".rstrip()
        for word, bound in (("at least", floor), ("below", ceiling))
        if bound is not None
    )

    def judge(facts: Facts) -> tuple[Outcome, ...]:
        fact = facts.fact(check.fact)
        if floor is None and ceiling is None:
            return (Outcome("not_applicable", UNSET, fact=fact),)
        undecided = of_fact(fact, expected)
        if undecided is not None:
            return (undecided,)
        within = (floor is None or fact.value >= floor) and (ceiling is None or fact.value < ceiling)
        result: Result = "pass" if within else "fail"
        message = fact.says if within else f"{fact.says.removesuffix('.')}; {expected} is asked for."
        actual = f"{fact.value:g} {unit}"
        return (
            Outcome(
                result,
                message,
                expected=expected,
                actual=actual,
                evidence=fact.evidence,
                notes=fact.also,
                fact=fact,
            ),
        )

    return judge
