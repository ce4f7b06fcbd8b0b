"""The facts of a document as plain data, which tests change."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rmccomply.documents import FACTS_1
from rmccomply.documents.facts_1 import fact_line
from rmccomply.documents.facts_1_reader import read
from rmccomply.documents.facts_1_readings import fact_rows, readings_of
from rmccomply.evidence.model import Notification
from rmccomply.sources.reading import Reading


def facts_json(readings: Iterable[Reading[object]]) -> dict[str, Any]:
    """The `facts` of a document as it is written."""
    return {name: json.loads(fact_line(row)) for name, row in fact_rows(readings).items()}


def read_facts(facts: Mapping[str, Any], uri: str) -> tuple[list[Reading[object]], list[Notification]]:
    """The readings of a document with these facts."""
    return readings_of(read({"schema": FACTS_1, "target": {}, "facts": facts}).facts, uri)
