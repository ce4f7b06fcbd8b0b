"""Hold a report file to the schema that it names; of JSON Lines each line to its own."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply import data
from rmccomply.documents import FACTS_1, FINDING_1, REPORT_1
from rmccomply.guarded import Unfit, bounded, json_of

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

_MOST: Final = 20
_LARGEST: Final = 1024**3
_OF_LINES: Final = (".jsonl", ".ndjson")
_NEITHER: Final = "is neither a report of rmccomply nor SARIF 2.1.0"
_BY_SCHEMA: Final[dict[str, str]] = {
    REPORT_1: "report-1.schema.json",
    FINDING_1: "finding-1.schema.json",
    FACTS_1: "facts-1.schema.json",
}


def faults_of(path: Path) -> list[str]:
    """What does not fit, the first twenty; empty where all does."""
    try:
        raw = bounded(path, _LARGEST)
    except OSError as error:
        return [f"cannot be read: {error.strerror}"]
    except Unfit as error:
        return [error.says]
    return list(islice(_faults_of_lines(raw) if _is_of_lines(raw, path) else _faults_of_text(raw), _MOST))


def _is_of_lines(raw: bytes, path: Path) -> bool:
    """Whether it is JSON Lines: its first line is a document by itself, and it has several, or is called so."""
    first, _, rest = raw.partition(b"\n")
    if path.suffix in _OF_LINES:
        return True
    try:
        return bool(rest.strip()) and _schema_of(json_of(first, halves=True)) is not None
    except Unfit:
        return False


def _faults_of_lines(raw: bytes) -> Iterator[str]:
    for number, line in enumerate(raw.splitlines(), 1):
        for fault in _faults_of_text(line):
            yield f"line {number}: {fault}"


def _faults_of_text(raw: bytes) -> Iterator[str]:
    try:
        document: object = json_of(raw, halves=True)
    except Unfit as error:
        yield error.says
        return
    name = _schema_of(document)
    if name is None:
        yield _NEITHER
        return
    for wrong in _validator(name).iter_errors(document):
        yield f"{wrong.json_path}: {wrong.message[:200]}"


def _schema_of(document: object) -> str | None:
    if not isinstance(document, dict):
        return None
    if document.get("version") == "2.1.0" and "runs" in document:
        return "sarif-2.1.0.json"
    return _BY_SCHEMA.get(str(document.get("schema")))


@cache
def _validator(name: str) -> "Validator":
    from jsonschema.validators import extend, validator_for

    schema = json.loads((data.folder("schemas") / name).read_text("utf-8"))
    kind = extend(validator_for(schema), {"uniqueItems": _unique})
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def _unique(_: object, wanted: object, items: object, __: object) -> "Iterator[ValidationError]":
    """`uniqueItems` in a time that grows as the list does: the library looks at every pair of tables.

    Texts tell values apart as JSON does, but for numbers that are written otherwise, of which no log of ours holds any.
    """
    from jsonschema import ValidationError

    if wanted is True and isinstance(items, list):
        texts = {json.dumps(item, sort_keys=True) for item in items}
        if len(texts) < len(items):
            yield ValidationError("has duplicate elements")
