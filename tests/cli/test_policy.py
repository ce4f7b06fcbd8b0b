"""`rmccomply policy`."""

import json
from pathlib import Path

from rmccomply import data
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from tests.cli.running import Program


def test_lint_of_shipped_policies(program: Program) -> None:
    ran = program("policy", "lint", "rmc-core", "powervs-import")
    assert ran.status == 0
    counts = {name: len(load(name).rules) for name in ("rmc-core", "powervs-import")}
    assert ran.out.splitlines() == [f"{name}: sound, {count} rules" for name, count in counts.items()]


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


DOUBTFUL = """\
schema = 1
id = "doubtful"
title = "x"
version = "1"
extends = "rmc-core"
[[rules]]
id = "OUR-FS-001"
title = "x"
severity = "low"
platforms = ["aix"]
check = { kind = "number", fact = "var_ct.used_percent", below = 101 }
rationale = "x"
remediation = "x"
problem = "x"
references = [{ title = "A book" }]
"""


def test_warnings_alone_are_status_1_and_faults_win(tmp_path: Path, program: Program) -> None:
    doubtful, bad = tmp_path / "doubtful.toml", tmp_path / "bad.toml"
    doubtful.write_text(DOUBTFUL)
    bad.write_text("schema = 2\n")
    ran = program("policy", "lint", str(doubtful), "rmc-core")
    assert ran.status == 1
    (line,) = ran.err.splitlines()
    assert line.startswith(f"rmccomply: warning: {doubtful}:11: OUR-FS-001 check: cannot fail")
    assert line.endswith("[cannot-fail]")
    assert f"{doubtful}: 1 warning, " in ran.out
    assert program("policy", "lint", str(bad), str(doubtful)).status == 2
    assert program("policy", "lint", str(doubtful), str(bad)).status == 2


def test_lint_goes_on_where_there_is_no_such_policy(program: Program) -> None:
    ran = program("policy", "lint", "rmc-cor", "rmc-core")
    assert ran.status == 2
    assert "did you mean 'rmc-core'?" in ran.err
    assert "rmc-core: sound" in ran.out


def test_the_help_of_lint_has_its_statuses(program: Program) -> None:
    text = program("policy", "lint", "--help").out
    assert all(one in text for one in ("0  no errors, no warnings", "1  warnings only", "2  errors"))


def test_show_as_text(program: Program) -> None:
    ran = program("policy", "show", "powervs-import")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("powervs-import ")
    assert "policies/powervs-import.toml:" in ran.out


def test_show_as_toml_is_a_policy(tmp_path: Path, program: Program) -> None:
    ran = program("policy", "show", "powervs-import", "-o", "toml")
    flat = tmp_path / "flat.toml"
    flat.write_text(ran.out, "utf-8")
    assert program("policy", "lint", str(flat)).status == 0


def test_show_of_a_policy_that_is_not_there(program: Program) -> None:
    ran = program("policy", "show", "powervs-imprt")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean 'powervs-import'?" in ran.err


def test_a_lock_is_written_and_other_policies_are_refused(tmp_path: Path, program: Program) -> None:
    lock = tmp_path / "policies.lock"
    assert program("policy", "lock", "powervs-import", "-o", str(lock)).status == 0
    assert program("policy", "lock").out.count("[[policies]]") == len(shipped())
    example = str(data.folder("examples") / "aurora-db1.rmcc")
    ran = program("check", "-p", "powervs-import", "--locked", str(lock), "--exit-zero", example)
    assert (ran.status, ran.err) == (0, "")
    lock.write_text(lock.read_text("utf-8").replace('"2026.1"', '"2026.0"'), "utf-8")
    ran = program("check", "-p", "powervs-import", "--locked", str(lock), "--exit-zero", example)
    assert (ran.status, ran.out) == (2, "")
    assert [line.partition(": the policy ")[2].split()[0] for line in ran.err.splitlines()] == [
        "powervs-import",
        "rmc-core",
    ]


def test_a_report_never_replaces_the_lock(tmp_path: Path, program: Program) -> None:
    lock = tmp_path / "policies.lock"
    program("policy", "lock", "-o", str(lock))
    before = lock.read_bytes()
    example = str(data.folder("examples") / "aurora-db1.rmcc")
    assert program("check", "--locked", str(lock), "-o", f"json={lock}", example).status == 2
    assert lock.read_bytes() == before
