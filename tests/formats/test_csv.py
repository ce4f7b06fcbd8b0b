"""CSV of findings: all of them, whole, and the same to a program and to a spreadsheet."""

import json
from pathlib import Path
from typing import Any

from syrupy.assertion import SnapshotAssertion

from rmccomply.formats import Format
from rmccomply.formats import csv as report_csv
from tests.cli.running import Program
from tests.formats import awkward
from tests.formats.awkward import write
from tests.formats.sheets import needs_calc, read_by_calc, read_by_python
from tests.hosts.building import NOW

FITS: Format[str] = report_csv
"""The type checker sees that the module is a format."""


def table(text: str) -> list[dict[str, str]]:
    head, *rows = read_by_python(text)
    return [dict(zip(head, cells, strict=True)) for cells in rows]


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    assert write("csv").encode() == snapshot(extension_class=awkward.snapshots_as("csv"))


def test_every_finding_has_a_row_with_what_json_says_of_it(program: Program, monkeypatch: Any) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    found = [json.loads(line) for line in program("check", "examples", "--now", NOW, "-o", "jsonl").out.splitlines()]
    rows = table(program("check", "examples", "--now", NOW, "-o", "csv").out)
    same = (
        *("target", "platform", "severity", "result", "reason", "disposition", "rule", "title", "message", "subject"),
        *("remediation", "advice", "settle", "step", "first", "policy", "serial", "collected", "fingerprint"),
    )
    assert len(rows) == len(found) > 200
    for row, finding in zip(rows, found, strict=True):
        assert {name: row[name].removeprefix("'") for name in same} == {name: finding[name] or "" for name in same}


def test_findings_that_explain_others_are_named_by_their_rules() -> None:
    rows = {row["rule"]: row for row in table(write("csv")) if row["target"] == awkward.SICK}
    assert (rows["RMC-ID-001"]["caused_by"], rows["RMC-ID-001"]["covered_by"]) == ("RMC-FS-001", "")
    assert (rows["RMC-VER-002"]["caused_by"], rows["RMC-VER-002"]["covered_by"]) == ("RMC-VER-001", "RMC-VER-001")
    assert rows["RMC-SUB-001"]["blocked_by"] == "RMC-FS-001"


def test_only_a_fail_has_a_problem() -> None:
    rows = table(write("csv"))
    assert {row["result"] for row in rows if row["problem"]} == {"fail"}
    assert all(row["problem"] for row in rows if row["result"] == "fail")


def test_no_cell_of_a_hostile_report_is_a_formula_or_holds_a_control() -> None:
    rows = read_by_python(write("csv"))
    assert len({len(cells) for cells in rows}) == 1
    for shown in (shown for cells in rows for shown in cells):
        assert shown.isprintable()
        assert not shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@needs_calc
def test_calc_reads_what_python_reads(tmp_path: Path) -> None:
    text = write("csv")
    shown, formulas = read_by_calc(text, tmp_path)
    width = len(shown[0])
    assert formulas == []
    assert [cells + [""] * (width - len(cells)) for cells in shown] == read_by_python(text)
