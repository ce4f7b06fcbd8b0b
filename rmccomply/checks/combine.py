"""`all`, `any` and `not`: checks of checks, by Kleene's logic (see `rmccomply.outcome`); and what any check is.

check = { kind = "any", of = [
  { kind = "number", fact = "var_ct.used_percent", below = 95 },
  { kind = "number", fact = "var_ct.free_mib", at_least = 512 },
] }
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from rmccomply.checks.empty import EmptyCheck
from rmccomply.checks.kind import CheckModel, Names, Parameters
from rmccomply.checks.number import NumberCheck
from rmccomply.checks.parameter import ParameterCheck
from rmccomply.checks.version import VersionCheck
from rmccomply.checks.word import WordCheck
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Judge, Outcome, combined, negated


class CombinedCheck(CheckModel):
    """Several checks, of which all or any must pass."""

    kind: Literal["all", "any"]
    of: list["Check"] = Field(min_length=1)

    def compile(self, parameters: Parameters) -> Judge:
        kind, parts = self.kind, [part.compile(parameters) for part in self.of]

        def judge(facts: Facts) -> tuple[Outcome, ...]:
            return (combined(kind, [combined("all", part(facts)) for part in parts]),)

        return judge

    def words(self, names: Names = str) -> str:
        return f"{self.kind} of:"

    def parts(self) -> Sequence[CheckModel]:
        return self.of

    def behind(self, outcome: Outcome) -> tuple[Outcome, ...]:
        return (outcome,) if len(self.of) == 1 else outcome.parts


class NotCheck(CheckModel):
    """A check that must fail."""

    kind: Literal["not"]
    of: "Check"

    def compile(self, parameters: Parameters) -> Judge:
        inner = self.of.compile(parameters)
        return lambda facts: (negated(combined("all", inner(facts))),)

    def words(self, names: Names = str) -> str:
        return "not:"

    def parts(self) -> Sequence[CheckModel]:
        return (self.of,)

    def behind(self, outcome: Outcome) -> tuple[Outcome, ...]:
        return (outcome.parts[0] if outcome.result in ("pass", "fail") else outcome,)


Check = Annotated[
    VersionCheck | WordCheck | NumberCheck | EmptyCheck | ParameterCheck | CombinedCheck | NotCheck,
    Field(discriminator="kind"),
]
"""Any check, told apart by its `kind`. It stands here because these models are made of it, when they are first used."""
