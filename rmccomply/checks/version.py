"""`version`: a level compared as four integers, so that 3.10 is later than 3.9.

    check = { kind = "version", fact = "rsct.level", at_least = "3.2.1.0" }

Passes where the fact is at or above `at_least` and below `below`. A parameter without a value asks for nothing: the
check does not apply.
"""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.bounds import bound_words, given, nearest_bounds
from rmccomply.checks.kind import Axis, Comparison, Names, Operand, Parameters
from rmccomply.checks.operands import UNSET, fact_line, fact_names, typed, version_bound
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import FactValue
from rmccomply.outcome import Judge, Outcome, of_fact, of_value
from rmccomply.sources.shared.values import Version, version_text
from rmccomply.words import Result


class VersionCheck(Comparison):
    """A level at or above one version, or below another."""

    kind: Literal["version"]
    fact: Annotated[str, Field(json_schema_extra=fact_names("version"))]
    at_least: str | None = None
    below: str | None = None

    @field_validator("fact")
    @classmethod
    def _fact(cls, value: str) -> str:
        fact_line(value, "version")
        return value

    @field_validator("at_least", "below")
    @classmethod
    def _operand(cls, value: str | None, info: ValidationInfo) -> Operand | None:
        return value if value is None else typed(info, value, "version")

    @model_validator(mode="after")
    def _bounded(self) -> "VersionCheck":
        if self.at_least is None and self.below is None:
            raise ValueError("give 'at_least' or 'below'")
        return self

    def compile(self, parameters: Parameters) -> Judge:
        floor = version_bound(self.at_least, parameters)
        ceiling = version_bound(self.below, parameters)
        expected = _expected(floor, ceiling)

        def judge(facts: Facts) -> tuple[Outcome, ...]:
            fact = facts.fact(self.fact)
            if floor is None and ceiling is None:
                return (Outcome("not_applicable", UNSET, fact=fact),)
            level = fact.version
            if level is None:
                return (of_fact(fact, expected),)
            says, actual = fact.says.removesuffix("."), version_text(level)
            result: Result = "fail"
            if floor is not None and level < floor:
                message = f"{says}, older than {version_text(floor)}."
            elif ceiling is not None and level >= ceiling:
                message = f"{says}, not below {version_text(ceiling)}."
            else:
                message, result = f"{says}, as expected ({expected}).", "pass"
            return (of_value(fact, result, message, expected, actual),)

        return judge

    def words(self, names: Names = str) -> str:
        return f"the fact {names(self.fact)} is {bound_words(self.at_least, self.below)}"

    def facts(self) -> tuple[str, ...]:
        return (self.fact,)

    def operands(self) -> tuple[Operand, ...]:
        return given(self.at_least, self.below)

    def values(self, parameters: Parameters) -> tuple[FactValue, ...]:
        bounds = (version_bound(one, parameters) for one in self.operands())
        return tuple(bound for bound in bounds if bound is not None)

    def otherwise(self, axis: Axis, at: int, good: Collection[int]) -> str:
        return nearest_bounds(axis, at, good)


def _expected(floor: Version | None, ceiling: Version | None) -> str:
    parts = []
    if floor is not None:
        parts.append(f"{version_text(floor)} or later")
    if ceiling is not None:
        parts.append(f"below {version_text(ceiling)}")
    return ", ".join(parts)
