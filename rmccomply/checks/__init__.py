"""Checks: one module a kind, and the table of them all. The set is small and closed: no expression language."""

from typing import Annotated, Any, Final, Protocol

from pydantic import Field

from rmccomply.checks import combine, empty, number, parameter, version, word
from rmccomply.checks.operands import Parameters
from rmccomply.outcome import Judge

Check = Annotated[
    version.VersionCheck
    | word.WordCheck
    | number.NumberCheck
    | empty.EmptyCheck
    | parameter.ParameterCheck
    | combine.CombinedCheck
    | combine.NotCheck,
    Field(discriminator="kind"),
]
"""Any check, told apart by its `kind`."""


class Kind(Protocol):
    """What a module of this package is."""

    def compile(self, check: Any, parameters: Parameters) -> Judge:
        """The check as a function of facts."""


CHECKS: Final[dict[str, Kind]] = {
    "version": version,
    "word": word,
    "number": number,
    "empty": empty,
    "parameter": parameter,
    "all": combine,
    "any": combine,
    "not": combine,
}
"""Kind to module."""


def compile(check: Any, parameters: Parameters) -> Judge:
    """A check of any kind as a function of facts."""
    return CHECKS[check.kind].compile(check, parameters)


combine.CombinedCheck.model_rebuild(_types_namespace={"Check": Check})
combine.NotCheck.model_rebuild(_types_namespace={"Check": Check})
