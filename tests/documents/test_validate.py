"""Which schema a file is held to, and that only the first faults are told."""

import json
from pathlib import Path

import pytest

from rmccomply.documents.validate import faults_of
from tests.cost import cost


def test_faults_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"schema": "rmccomply/report/1", "findings": [{} for _ in range(100)]}))
    assert len(faults_of(path)) == 20


def test_sarif_is_known_by_its_version(tmp_path: Path) -> None:
    path = tmp_path / "r.sarif"
    path.write_text(json.dumps({"version": "2.1.0", "runs": []}))
    assert faults_of(path) == []
    path.write_text(json.dumps({"version": "2.1.0", "runs": [{"results": []}]}))
    assert "tool" in faults_of(path)[0]


def log(artifacts: int, *more: object) -> str:
    files = [{"location": {"uri": f"{number}.rmcc"}} for number in range(artifacts)]
    driver = {"driver": {"name": "rmccomply"}}
    return json.dumps({"version": "2.1.0", "runs": [{"tool": driver, "artifacts": [*files, *more]}]})


@pytest.mark.exhaustive
def test_a_log_of_a_fleet_is_held_to_its_schema_in_a_time_that_grows_as_it_does(tmp_path: Path) -> None:
    (tmp_path / "few.sarif").write_text(log(1000))
    (tmp_path / "many.sarif").write_text(log(4000))
    few, many = (cost(tmp_path, "report", "validate", name) for name in ("few.sarif", "many.sarif"))
    assert (few.status, many.status) == (0, 0)
    assert many.seconds < 8 * few.seconds


def test_what_is_there_twice_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "r.sarif"
    path.write_text(log(3, {"location": {"uri": "1.rmcc"}}))
    assert faults_of(path) == ["$.runs[0].artifacts: has duplicate elements"]


def test_a_report_of_a_name_that_is_no_text_fits(tmp_path: Path) -> None:
    path = tmp_path / "r.sarif"
    path.write_text(log(0, {"location": {"uri": "x"}, "description": {"text": "\udcff"}}))
    assert faults_of(path) == []
