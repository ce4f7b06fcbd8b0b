"""Checks: one module a kind, and the table of them all. The set is small and closed: no expression language."""

from typing import Annotated, Final

from pydantic import Field

from rmccomply.checks import combine, empty, number, parameter, version, word
from rmccomply.checks.kind import CheckModel

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

KINDS: Final[dict[str, type[CheckModel]]] = {
    "version": version.VersionCheck,
    "word": word.WordCheck,
    "number": number.NumberCheck,
    "empty": empty.EmptyCheck,
    "parameter": parameter.ParameterCheck,
    "all": combine.CombinedCheck,
    "any": combine.CombinedCheck,
    "not": combine.NotCheck,
}
"""Every kind, by its word in a policy."""

for _kind in (combine.CombinedCheck, combine.NotCheck):
    _kind.model_rebuild(_types_namespace={"Check": Check})
