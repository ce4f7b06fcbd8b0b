"""`all`, `any` and `not`: checks of checks, by Kleene's logic (see `rmccomply.outcome`).

check = { kind = "any", of = [
  { kind = "number", fact = "var_ct.used_percent", below = 95 },
  { kind = "number", fact = "var_ct.free_mib", at_least = 512 },
] }
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from rmccomply.checks.operands import CheckModel, Parameters
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Judge, Outcome, combined, negated

if TYPE_CHECKING:
    Check = Any  # at run time the union of all kinds, which `rmccomply.checks` puts here

Compile = Callable[[Any, Parameters], Judge]


class CombinedCheck(CheckModel):
    """Several checks, of which all or any must pass."""

    kind: Literal["all", "any"]
    of: list["Check"] = Field(min_length=1)


class NotCheck(CheckModel):
    """A check that must fail."""

    kind: Literal["not"]
    of: "Check"


def compile(check: CombinedCheck | NotCheck, parameters: Parameters, compile_part: Compile) -> Judge:
    """The check as a function of facts; `compile_part` compiles the checks in it."""
    if isinstance(check, NotCheck):
        inner = compile_part(check.of, parameters)
        return lambda facts: (negated(combined("all", inner(facts))),)
    kind: Literal["all", "any"] = check.kind
    parts = [compile_part(one, parameters) for one in check.of]

    def judge(facts: Facts) -> tuple[Outcome, ...]:
        outcomes = [outcome for part in parts for outcome in (combined("all", part(facts)),)]
        return (combined(kind, outcomes),)

    return judge
