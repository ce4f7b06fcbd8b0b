"""What ships and what is written fits the schemas in `schemas/`, by a validator that is not ours."""

import json
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from rmccomply.policy.find import shipped
from tests.cli.running import Program
from tests.hosts.building import NOW

ROOT = Path(__file__).parents[1]


def validator(name: str) -> Any:
    schema = json.loads((ROOT / "schemas" / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complaints(name: str, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]


@pytest.mark.parametrize("policy", shipped().values(), ids=shipped())
def test_shipped_policies_fit_the_policy_schema(policy: Path) -> None:
    assert complaints("policy.schema.json", tomli.loads(policy.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"colour": "red"}, "$"),
        ({"schema": 2}, "$.schema"),
        ({"id": "Upper Case"}, "$.id"),
        ({"rules": [{"id": "A-1"}]}, "$.rules[0]"),
    ],
)
def test_the_policy_schema_refuses_what_the_program_refuses(change: dict[str, Any], where: str) -> None:
    policy = {"schema": 1, "id": "x", "title": "x", "version": "1"}
    assert complaints("policy.schema.json", policy) == []
    assert any(one.startswith(f"{where}:") for one in complaints("policy.schema.json", policy | change))


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("policy", shipped())
def test_reports_of_the_examples_fit_the_report_schema(policy: str, program: Program) -> None:
    report = json.loads(program("check", "examples", "-p", policy, "--now", NOW, "-o", "json").out)
    assert len(report["targets"]) == 5
    assert complaints("report-1.schema.json", report) == []
    report["findings"][0]["result"] = "perhaps"
    assert complaints("report-1.schema.json", report) != []


@pytest.mark.usefixtures("at_root")
def test_facts_documents_of_the_examples_fit_the_facts_schema(program: Program) -> None:
    lines = program("facts", "examples", "-o", "json").out.splitlines()
    assert len(lines) == 5
    for line in lines:
        assert complaints("facts-1.schema.json", json.loads(line)) == []
    broken = json.loads(lines[0])
    next(iter(broken["facts"].values()))["reason"] = "because"
    assert complaints("facts-1.schema.json", broken) != []
