"""Which schema a file is held to, and that only the first faults are told."""

import json
from pathlib import Path

from rmccomply.documents.validate import faults_of


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
