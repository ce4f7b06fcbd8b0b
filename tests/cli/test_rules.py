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


def test_one_rule_tells_what_it_reads(program: Program) -> None:
    text = program("rules", "RMC-ID-001").out
    assert "What it reads:\n  ct_node_id: The two files that hold the node ID: /etc/ct_node_id" in text
    assert "Through other facts, and to tell what the host is: uname," in text


def test_a_rule_that_is_not_there(program: Program) -> None:
    ran = program("rules", "RMC-ID-01")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean 'RMC-ID-001'?" in ran.err
