"""`empty`: a list that should have no entries; each entry it has is a finding with that entry as its subject.

check = { kind = "empty", fact = "ipv6.global_addresses" }
"""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from rmccomply.checks.operands import CheckModel, Parameters, fact_line, fact_names
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Judge, Outcome, of_fact


class EmptyCheck(CheckModel):
    """A list fact without entries."""

    kind: Literal["empty"]
    fact: Annotated[str, Field(json_schema_extra=fact_names("list"))]

    @field_validator("fact")
    @classmethod
    def _fact(cls, value: str) -> str:
        fact_line(value, "list")
        return value


def compile(check: EmptyCheck, parameters: Parameters) -> Judge:
    """The check as a function of facts."""

    def judge(facts: Facts) -> tuple[Outcome, ...]:
        fact = facts.fact(check.fact)
        undecided = of_fact(fact, "none")
        if undecided is not None:
            return (undecided,)
        if not fact.value:
            passed = Outcome("pass", fact.says, expected="none", actual="none", evidence=fact.evidence, fact=fact)
            return (passed._replace(notes=fact.also),)
        return tuple(
            Outcome(
                "fail",
                item.says,
                subject=item.subject,
                expected="none",
                actual=item.subject,
                evidence=item.evidence,
                fact=fact,
            )
            for item in fact.value
        )

    return judge
