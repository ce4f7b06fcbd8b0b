"""Hold a report file to the schema that it names."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply import data
from rmccomply.documents import FACTS_1, REPORT_1
from rmccomply.guarded import Unfit, bounded, json_of

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MOST: Final = 20
_LARGEST: Final = 1024**3
_BY_SCHEMA: Final[dict[str, str]] = {
    REPORT_1: "report-1.schema.json",
    FACTS_1: "facts-1.schema.json",
}


def faults_of(path: Path) -> list[str]:
    """What does not fit, the first twenty; empty where all does."""
    try:
        document: object = json_of(bounded(path, _LARGEST), halves=True)
    except OSError as error:
        return [f"cannot be read: {error.strerror}"]
    except Unfit as error:
        return [error.says]
    name = _schema_of(document)
    if name is None:
        return ["is neither a report of rmccomply nor SARIF 2.1.0"]
    return _faults(document, json.loads((data.folder("schemas") / name).read_text("utf-8")))


def _schema_of(document: object) -> str | None:
    if not isinstance(document, dict):
        return None
    if document.get("version") == "2.1.0" and "runs" in document:
        return "sarif-2.1.0.json"
    return _BY_SCHEMA.get(str(document.get("schema")))


def _faults(document: object, schema: dict[str, object]) -> list[str]:
    from jsonschema.validators import extend, validator_for

    kind = extend(validator_for(schema), {"uniqueItems": _unique})
    found = []
    for error in kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(document):
        found.append(f"{error.json_path}: {error.message[:200]}")
        if len(found) == _MOST:
            break
    return found


def _unique(_: object, wanted: object, items: object, __: object) -> "Iterator[ValidationError]":
    """`uniqueItems` in a time that grows as the list does: the library looks at every pair of tables.

    Texts tell values apart as JSON does, but for numbers that are written otherwise, of which no log of ours holds any.
    """
    from jsonschema import ValidationError

    if wanted is True and isinstance(items, list):
        texts = {json.dumps(item, sort_keys=True) for item in items}
        if len(texts) < len(items):
            yield ValidationError("has duplicate elements")
