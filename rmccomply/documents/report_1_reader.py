"""Report JSON, version 1: a report, or a line of it, read back; and the JSON Schema of it.

What is read is what `report_1` writes: `read(text)` of its text has the same rows, and they are written as the same
text again. A report of a later release of this version may hold more members; they are passed over.
"""

from typing import Final, TypeVar

from pydantic import ValidationError

from rmccomply.documents.faults import fault_lines
from rmccomply.documents.model import adapter, schema_of
from rmccomply.documents.report_1_rows import ReportDocument
from rmccomply.errors import InputError
from rmccomply.guarded import Unfit, json_of

R = TypeVar("R")

_NAMES: Final = {
    f"{name.title()}Row": name
    for name in (
        *("tool", "policy", "parameter", "finding", "reference", "target"),
        *("identity", "artifact", "notification", "summary"),
        *("problems", "counts", "setting", "run", "image", "waiver"),
    )
}


def read(report: str | bytes, name: str = "the report") -> ReportDocument:
    """A whole report. `name` is what faults call it. Raises InputError with all that does not fit, a line a fault."""
    return read_row(ReportDocument, report, name)


def read_row(kind: type[R], row: str | bytes, name: str = "the row") -> R:
    """A row of a report, such as a line of JSON Lines as `FindingRow`. Raises InputError as `read` does."""
    raw = row if isinstance(row, bytes) else row.encode("utf-8", "surrogatepass")
    try:
        content: object = json_of(raw, halves=True)
        return adapter(kind).validate_python(content)
    except Unfit as unfit:
        raise InputError(f"{name}: {unfit.says}") from None
    except ValidationError as error:
        raise InputError("\n".join(f"{name}: {fault}" for fault in fault_lines(error))) from None


def report_schema() -> dict[str, object]:
    """The JSON Schema of a report."""
    return schema_of(
        ReportDocument, _NAMES, **{"$id": "urn:rmccomply:schema:report:1", "title": "rmccomply report, version 1"}
    )
