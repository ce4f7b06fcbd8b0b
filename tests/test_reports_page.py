"""docs/reports.md names all that reports hold, and its lines of jq print what it shows.

TESTS_REQUIRE_JQ=1, as CI has it where jq could be installed, makes a missing jq a failure.
"""

import os
import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest

from rmccomply.documents.finding_1_rows import finding_schema
from rmccomply.documents.report_1_reader import report_schema
from rmccomply.documents.validate import faults_of
from rmccomply.finding import WaiverCard
from rmccomply.formats import csv, csv_targets
from rmccomply.formats._sarif.rules import LEVELS, RANKS, SCORES
from rmccomply.words import FORMATS, RESULTS, SEVERITIES, STANDINGS, Disposition, GateWord, Origin
from tests.reports_page import PAGE, commands, printed, with_output

TEXT = PAGE.read_text("utf-8")
NAMED = {word for code in re.findall(r"`([^`\n]+)`", TEXT) for word in re.findall(r"[\w-]+", code)}


def members(schema: Any) -> set[str]:
    """The names of all members that a schema tells of."""
    rows = [schema, *schema.get("$defs", {}).values()]
    return {name for row in rows for name in row["properties"]} - {"schema", "name", "version", "title", "sha256"}


@pytest.mark.parametrize("schema", [report_schema(), finding_schema()], ids=["report", "finding"])
def test_every_member_is_named(schema: Any) -> None:
    counts = {"pass", "fail", "unknown", "not_applicable", "error", *SEVERITIES, "of_policy", "looser"}
    assert members(schema) - counts - NAMED == set()


def test_every_word_and_column_and_format_is_named() -> None:
    words = (RESULTS, SEVERITIES, STANDINGS, get_args(Disposition), get_args(GateWord), csv_targets.COLUMNS, FORMATS)
    assert {word for some in words for word in some} - NAMED == set()
    assert [word for word in get_args(Origin) if f"`{word}`" not in TEXT] == []
    of_waivers = {f"waiver_{name}" for name in WaiverCard._fields}
    assert {*csv.COLUMNS} - {"text", "request", "proof"} <= members(finding_schema()) | {"title"} | of_waivers


@pytest.mark.parametrize("severity", SEVERITIES)
def test_the_table_of_severities_is_what_is_written(severity: Any) -> None:
    rank = f"{RANKS[severity]:g}" if severity in RANKS else ""
    row = f"{LEVELS[severity]} | {rank} | {SCORES[severity]} |".replace("  ", " ")
    (line,) = (line for line in TEXT.splitlines() if re.match(rf"\| {severity}(, undecided)? \|", line))
    assert line.replace("  ", " ").endswith(row)


@pytest.mark.skipif(
    shutil.which("jq") is None and os.environ.get("TESTS_REQUIRE_JQ") != "1", reason="there is no jq here"
)
def test_every_line_of_jq_prints_what_the_page_shows(tmp_path: Path) -> None:
    assert shutil.which("jq") is not None
    asked = [command for command in commands(TEXT) if command.startswith("jq ")]
    assert len(asked) >= 10
    assert with_output(TEXT, tmp_path) == TEXT, "write it anew: python -m tests.reports_page"
    assert [command for command in asked if not printed(command, tmp_path)] == []
    assert [faults_of(tmp_path / name) for name in ("rmc.json", "old.json", "rmc.jsonl")] == [[], [], []]
