"""Which schema a file is held to, and that only the first faults are told."""

import json
from pathlib import Path

import pytest

from rmccomply.documents.validate import faults_of
from tests.cost import cost
from tests.formats.awkward import write


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


def test_each_line_of_json_lines_is_held_to_its_schema_and_a_fault_names_the_line(tmp_path: Path) -> None:
    good = write("jsonl").splitlines()
    path = tmp_path / "r.jsonl"
    path.write_text("".join(f"{line}\n" for line in good))
    assert faults_of(path) == []
    odd = json.dumps({**json.loads(good[0]), "run": 7})
    path.write_text("\n".join([good[0], "{", odd, "7", good[1]]))
    faults = faults_of(path)
    assert [fault.partition(": ")[0] for fault in faults] == ["line 2", "line 3", "line 4"]
    assert faults[1] == "line 3: $.run: 7 is not of type 'string'"


def test_json_lines_are_known_by_their_first_line_or_by_their_name(tmp_path: Path) -> None:
    good = write("jsonl")
    for name in ("r.txt", "r.jsonl"):
        (tmp_path / name).write_text(good)
        assert faults_of(tmp_path / name) == []
    (tmp_path / "one.json").write_text(good.splitlines()[0])
    assert faults_of(tmp_path / "one.json") == []
    (tmp_path / "empty.jsonl").write_text("")
    assert faults_of(tmp_path / "empty.jsonl") == []
    (tmp_path / "empty.json").write_text("")
    assert len(faults_of(tmp_path / "empty.json")) == 1


def test_a_report_over_many_lines_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(write("json"))
    assert faults_of(path) == []
    path.write_text(write("json").replace('"schema":', '"scheme":', 1))
    assert faults_of(path) == ["is neither a report of rmccomply nor SARIF 2.1.0"]


def test_faults_of_lines_are_limited_too(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("{}\n" * 100)
    assert len(faults_of(path)) == 20
