"""`rmccomply report validate`."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.hosts.building import bundle, healthy_aix


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lpar1.rmcc").write_bytes(bundle(healthy_aix()))
    return tmp_path


def test_our_own_reports_fit(program: Program) -> None:
    program("check", "lpar1.rmcc", "-o", "json=a.json", "-o", "sarif=a.sarif", "-o", "jsonl=a.jsonl")
    program("facts", "lpar1.rmcc", "-o", "json=f.json")
    ran = program("report", "validate", "a.json", "a.sarif", "a.jsonl", "f.json")
    assert (ran.status, ran.err) == (0, "")


def test_what_does_not_fit_is_named(folder: Path, program: Program) -> None:
    program("check", "lpar1.rmcc", "-o", "json=a.json")
    report = json.loads((folder / "a.json").read_text())
    report["findings"][0]["result"] = "green"
    (folder / "a.json").write_text(json.dumps(report))
    (folder / "b.json").write_text("{")
    (folder / "c.json").write_text("{}")
    ran = program("report", "validate", "a.json", "b.json", "c.json", "d.json")
    assert ran.status == 2
    assert "$.findings[0]" in ran.err
    for name in ("b.json: is not valid JSON", "c.json: is neither", "d.json: cannot be read"):
        assert name in ran.err
