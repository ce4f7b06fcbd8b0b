"""How tests of checks make facts: a fact of any value and state under the name of a real one, without evidence."""

from typing import Any

from pydantic import TypeAdapter

from rmccomply.checks import Check
from rmccomply.checks.kind import CheckModel
from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.outcome import Outcome
from rmccomply.sources.reading import Readings

PLACE = Reference("test.rmcc", 4, 4, "the line", "lssrc -a", 0, None)
CHECK: TypeAdapter[CheckModel] = TypeAdapter(Check)


def value(name: str, value: Any) -> Fact:
    return known(name, value, f"{name} is given.", (PLACE,), also=("Beside it stands this.",))


def missing(name: str) -> Fact:
    return unknown(name, "timeout", f"{name} is unknown.", (PLACE,), settle="lssrc -a")


def none_here(name: str) -> Fact:
    return not_applicable(name, f"{name} is not here.", (PLACE,))


def read(check: dict[str, Any], **beside: Any) -> CheckModel:
    """A check as a policy states it, held to what is declared beside it."""
    return CHECK.validate_python(check, context=beside or None)


def outcomes(check: dict[str, Any], *facts: Fact, parameters: dict[str, Any] | None = None) -> tuple[Outcome, ...]:
    """What a check says of these facts; any other fact would be asked of no evidence at all."""
    made = Facts(Readings())
    made._facts.update({fact.name: fact for fact in facts})
    return read(check).compile(parameters or {})(made)


def outcome(check: dict[str, Any], *facts: Fact, parameters: dict[str, Any] | None = None) -> Outcome:
    """The one outcome of a check."""
    (one,) = outcomes(check, *facts, parameters=parameters)
    return one


def result(check: dict[str, Any], *facts: Fact, parameters: dict[str, Any] | None = None) -> str:
    return outcome(check, *facts, parameters=parameters).result
