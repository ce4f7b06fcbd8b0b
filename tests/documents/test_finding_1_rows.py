"""The schema of a finding that stands alone: in the repository, and the same in all that findings of reports have."""

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from rmccomply.documents.finding_1_rows import finding_schema
from rmccomply.documents.report_1_reader import report_schema
from rmccomply.reference.pages import schema_text

FILE = Path(__file__).parents[2] / "schemas" / "finding-1.schema.json"


def test_the_schema_file_is_what_the_code_says() -> None:
    assert FILE.read_text() == schema_text("finding"), "generate it anew: see schemas/README.md"


def test_it_has_all_that_a_finding_of_a_report_has() -> None:
    alone: Any = finding_schema()
    Draft202012Validator.check_schema(alone)
    finding = report_schema()["$defs"]["finding"]  # type: ignore[index]
    assert alone["properties"].items() >= finding["properties"].items()
    assert {*alone["required"]} > {*finding["required"]}
    assert alone["allOf"] == finding["allOf"]
