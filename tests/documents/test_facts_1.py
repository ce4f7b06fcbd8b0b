"""What is written of a facts document is read back as it was, whatever its texts hold."""

import json

from hypothesis import HealthCheck, given, settings

from rmccomply.documents.facts_1 import fact_line, facts_line
from rmccomply.documents.facts_1_reader import read
from rmccomply.documents.facts_1_rows import FactRow, FactsDocument, UnfitFact
from rmccomply.documents.model import adapter
from tests.documents.drawn import FACTS_DOCUMENTS, facts

DRAWN = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASCII = frozenset(map(chr, range(0x20, 0x7F)))


@DRAWN
@given(facts())
def test_a_fact_is_read_back_as_it_was(fact: FactRow) -> None:
    line = fact_line(fact)
    assert set(line) <= ASCII
    assert adapter(FactRow).validate_python(json.loads(line)) == fact


@DRAWN
@given(FACTS_DOCUMENTS)
def test_a_document_is_read_back_as_it_was(document: FactsDocument) -> None:
    line = facts_line(document)
    assert line.endswith("}\n")
    assert set(line[:-1]) <= ASCII
    assert read(json.loads(line)) == document
    assert facts_line(read(json.loads(line))) == line


def test_what_is_empty_is_left_out() -> None:
    assert json.loads(fact_line(FactRow(reason="denied"))) == {
        "value": None,
        "reason": "denied",
        "says": "",
        "collected": None,
        "evidence": [],
    }


def test_a_fact_that_does_not_fit_is_not_written_again() -> None:
    document = read({"schema": "rmccomply/facts/1", "target": {}, "facts": {"a": 7, "b": {"value": {}}}})
    assert document.facts["a"] == UnfitFact()
    assert list(json.loads(facts_line(document))["facts"]) == ["b"]
