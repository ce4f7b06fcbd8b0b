"""The facts document, version 1, read back; and the JSON Schema of it."""

from typing import Final

from pydantic import ValidationError

from rmccomply.documents.facts_1_rows import FactsDocument
from rmccomply.documents.faults import fault_lines
from rmccomply.documents.model import adapter, schema_of
from rmccomply.errors import InputError

_NAMES: Final = {
    "FactsTarget": "target",
    "FactsIdentity": "identity",
    "FactsArtifact": "artifact",
    "DamageRow": "damage",
    "FactRow": "fact",
    "FactPlace": "place",
    "FactReference": "reference",
}


def read(document: object, name: str = "the facts document") -> FactsDocument:
    """The rows of a document that was parsed. A fact that does not fit is an `UnfitFact`.

    `name` is what faults call it. Raises InputError with all that makes it no facts document, a line a fault.
    """
    try:
        return adapter(FactsDocument).validate_python(document)
    except ValidationError as error:
        raise InputError("\n".join(f"{name}: {fault}" for fault in fault_lines(error))) from None


def facts_schema() -> dict[str, object]:
    """The JSON Schema of a facts document."""
    return schema_of(FactsDocument, _NAMES, title="Facts document, version 1")
