"""`rmccomply policy`."""

import json
from pathlib import Path

from tests.cli.running import Program


def test_lint_of_shipped_policies(program: Program) -> None:
    ran = program("policy", "lint", "rmc-core", "powervs-import")
    assert ran.status == 0
    assert ran.out.splitlines() == ["rmc-core: sound, 15 rules", "powervs-import: sound, 15 rules"]


def test_lint_reports_every_fault_and_goes_on(tmp_path: Path, program: Program) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(
        'schema = 1\nid = "bad"\ntitle = "x"\nversion = "1"\ncolour = "red"\n[parameters.A]\ntype = "word"\n'
    )
    ran = program("policy", "lint", str(bad), "rmc-core")
    assert ran.status == 2
    assert len([line for line in ran.err.splitlines() if f"{bad}:" in line]) > 1
    assert "rmc-core: sound" in ran.out


def test_schema_is_a_json_schema(program: Program) -> None:
    for name in ("policy", "report", "facts"):
        assert json.loads(program("policy", "schema", name).out)["$schema"].endswith("2020-12/schema")


def test_docs_writes_the_pages(tmp_path: Path, program: Program) -> None:
    ran = program("policy", "docs", str(tmp_path / "reference"))
    assert ran.status == 0
    assert (tmp_path / "reference" / "rules" / "RMC-ID-001.md").is_file()
    assert len(ran.out.splitlines()) == len(list(tmp_path.rglob("*.md")))
