"""`rmccomply facts`."""

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.running import Program
from tests.hosts.building import bundle, command, replaced
from tests.hosts.consoles import whole_aix


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    evidence = replaced(whole_aix(), command("lsnodeid", "", 1, "lsnodeid: Permission denied"))
    (tmp_path / "lpar1.rmcc").write_bytes(bundle(evidence))
    return tmp_path


def test_text(program: Program, snapshot: SnapshotAssertion) -> None:
    ran = program("facts", "lpar1.rmcc")
    assert ran.status == 0
    assert ran.out == snapshot


def test_json_is_one_document_a_line(program: Program) -> None:
    ran = program("facts", "lpar1.rmcc", "-o", "json")
    document = json.loads(ran.out)
    assert document["schema"] == "rmccomply/facts/1"
    assert document["target"]["id"] == "lpar1"
    assert document["facts"]["lsnodeid"]["reason"] == "denied"
    assert document["facts"]["lssrc -a"]["evidence"][1]["text"].split() == ["Subsystem", "Group", "PID", "Status"]


def test_management_is_as_declared(program: Program) -> None:
    assert "ipv6.link_local          present" in program("facts", "lpar1.rmcc", "--management", "powervs").out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["missing"], 2), (["lpar1.rmcc", "-o", "yaml"], 2), (["lpar1.rmcc", "missing"], 2), (["empty"], 4)],
)
def test_exit_status(folder: Path, program: Program, arguments: list[str], status: int) -> None:
    (folder / "empty").mkdir()
    assert program("facts", *arguments).status == status
