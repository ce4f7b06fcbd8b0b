"""`version`: a level compared as four integers, so that 3.10 is later than 3.9.

    check = { kind = "version", fact = "rsct.level", at_least = "3.2.1.0" }

Passes where the fact is at or above `at_least` and below `below`. A parameter without a value asks for nothing: the
check does not apply.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks.operands import UNSET, CheckModel, Parameters, fact_line, fact_names, resolved, typed
from rmccomply.facts.gather import Facts
from rmccomply.facts.values import Version, version_text
from rmccomply.outcome import Judge, Outcome, of_fact


class VersionCheck(CheckModel):
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
    def _operand(cls, value: str | None, info: ValidationInfo) -> Any:
        return value if value is None else typed(info, value, "version")

    @model_validator(mode="after")
    def _bounded(self) -> "VersionCheck":
        if self.at_least is None and self.below is None:
            raise ValueError("give 'at_least' or 'below'")
        return self


def compile(check: VersionCheck, parameters: Parameters) -> Judge:
    """The check as a function of facts."""
    floor: Version | None = resolved(check.at_least, parameters, "version")
    ceiling: Version | None = resolved(check.below, parameters, "version")
    expected = _expected(floor, ceiling)

    def judge(facts: Facts) -> tuple[Outcome, ...]:
        fact = facts.fact(check.fact)
        if floor is None and ceiling is None:
            return (Outcome("not_applicable", UNSET, fact=fact),)
        undecided = of_fact(fact, expected)
        if undecided is not None:
            return (undecided,)
        level: Version = fact.value
        says, actual = fact.says.removesuffix("."), version_text(level)
        if floor is not None and level < floor:
            message, result = f"{says}, older than {version_text(floor)}.", "fail"
        elif ceiling is not None and level >= ceiling:
            message, result = f"{says}, not below {version_text(ceiling)}.", "fail"
        else:
            message, result = f"{says}, as expected ({expected}).", "pass"
        return (
            Outcome(
                result,  # type: ignore[arg-type]
                message,
                expected=expected,
                actual=actual,
                evidence=fact.evidence,
                notes=fact.also,
                fact=fact,
            ),
        )

    return judge


def _expected(floor: Version | None, ceiling: Version | None) -> str:
    parts = []
    if floor is not None:
        parts.append(f"{version_text(floor)} or later")
    if ceiling is not None:
        parts.append(f"below {version_text(ceiling)}")
    return ", ".join(parts)
