"""`rmccomply rules`."""

from syrupy.assertion import SnapshotAssertion

from tests.cli.running import Program


def test_list(program: Program, snapshot: SnapshotAssertion) -> None:
    ran = program("rules")
    assert ran.status == 0
    assert ran.out == snapshot


def test_one_rule_tells_all_but_what_is_only_safe_without_a_cluster(program: Program) -> None:
    ran = program("rules", "RMC-ID-001")
    assert ran.status == 0
    for word in ("critical", "node_id.files", "References", "lsnodeid"):
        assert word in ran.out
    assert "recfgct" not in ran.out


def test_severity_is_that_of_the_policy(program: Program) -> None:
    assert "RMC-VER-002    info" in program("rules").out
    assert "RMC-VER-002    low" in program("rules", "-p", "powervs-import").out
