"""`empty`: a list that should have no entries; each entry it has is a finding with that entry as its subject.

check = { kind = "empty", fact = "ipv6.global_addresses" }
"""

from collections.abc import Collection
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from rmccomply.checks.kind import Axis, Comparison, Names, Parameters
from rmccomply.checks.operands import fact_line, fact_names
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import FactValue, Item
from rmccomply.outcome import Judge, Outcome, of_fact, of_value

ENTRY: Final = Item("something", "Something is there.", ())
"""Stands for whatever a list has."""


class EmptyCheck(Comparison):
    """A list fact without entries."""

    kind: Literal["empty"]
    fact: Annotated[str, Field(json_schema_extra=fact_names("list"))]

    @field_validator("fact")
    @classmethod
    def _fact(cls, value: str) -> str:
        fact_line(value, "list")
        return value

    def compile(self, parameters: Parameters) -> Judge:

        def judge(facts: Facts) -> tuple[Outcome, ...]:
            fact = facts.fact(self.fact)
            if fact.state != "known":
                return (of_fact(fact, "none"),)
            if not fact.items:
                return (of_value(fact, "pass", fact.says, "none", "none"),)
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
                for item in fact.items
            )

        return judge

    def words(self, names: Names = str) -> str:
        return f"the fact {names(self.fact)} has no entries"

    def facts(self) -> tuple[str, ...]:
        return (self.fact,)

    def values(self, parameters: Parameters) -> tuple[FactValue, ...]:
        return ((), (ENTRY,))

    def otherwise(self, axis: Axis, at: int, good: Collection[int]) -> str:
        return "had no entries"
