"""`number`: a quantity within bounds, in the unit of its fact.

    check = { kind = "number", fact = "var_ct.free_mib", at_least = 64 }

Passes where the fact is at least `at_least` and below `below`.
"""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.bounds import bound_words, given, nearest_bounds
from rmccomply.checks.kind import Axis, Comparison, Names, Operand, Parameters
from rmccomply.checks.operands import UNSET, fact_line, fact_names, number_bound, typed
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import FactValue
from rmccomply.outcome import Judge, Outcome, of_fact, of_value
from rmccomply.words import Result


class NumberCheck(Comparison):
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
    def _operand(cls, value: Operand | None, info: ValidationInfo) -> Operand | None:
        return value if value is None else typed(info, value, "number")

    @model_validator(mode="after")
    def _bounded(self) -> "NumberCheck":
        if self.at_least is None and self.below is None:
            raise ValueError("give 'at_least' or 'below'")
        return self

    def compile(self, parameters: Parameters) -> Judge:
        floor = number_bound(self.at_least, parameters)
        ceiling = number_bound(self.below, parameters)
        unit = FACTS[self.fact].unit
        expected = ", ".join(
            f"{word} {bound:g} {unit}".rstrip()
            for word, bound in (("at least", floor), ("below", ceiling))
            if bound is not None
        )

        def judge(facts: Facts) -> tuple[Outcome, ...]:
            fact = facts.fact(self.fact)
            if floor is None and ceiling is None:
                return (Outcome("not_applicable", UNSET, fact=fact),)
            number = fact.number
            if number is None:
                return (of_fact(fact, expected),)
            within = (floor is None or number >= floor) and (ceiling is None or number < ceiling)
            result: Result = "pass" if within else "fail"
            message = fact.says if within else f"{fact.says.removesuffix('.')}; {expected} is required."
            actual = f"{number:g} {unit}"
            return (of_value(fact, result, message, expected, actual),)

        return judge

    def words(self, names: Names = str) -> str:
        return f"the fact {names(self.fact)} is {bound_words(self.at_least, self.below)}"

    def facts(self) -> tuple[str, ...]:
        return (self.fact,)

    def operands(self) -> tuple[Operand, ...]:
        return given(self.at_least, self.below)

    def values(self, parameters: Parameters) -> tuple[FactValue, ...]:
        bounds = (number_bound(one, parameters) for one in self.operands())
        return tuple(bound for bound in bounds if bound is not None)

    def otherwise(self, axis: Axis, at: int, good: Collection[int]) -> str:
        return nearest_bounds(axis, at, good)
