"""The target of a case: requests as people write them, answers with the lines of the file, and named evidence."""

from pathlib import Path

import pytest

from rmccomply import data
from rmccomply.errors import PolicyError
from rmccomply.facts.gather import Facts
from rmccomply.reasoning.case_evidence import MOMENT, request_in, target_of, unread
from tests.policy.casing import CASES, LSLPP, cases


@pytest.mark.parametrize(
    ("text", "kind", "argv"),
    [
        ("/etc/ct_node_id", "file", ("/etc/ct_node_id",)),
        ("tcp 10.9.8.7 657", "probe", ("tcp", "10.9.8.7", "657")),
        ("lslpp -Lcq 'rsct.*'", "cmd", ("lslpp", "-Lcq", "rsct.*")),
        (r"rpm -qa --qf %{NAME}\t%{ARCH}\n", "cmd", ("rpm", "-qa", "--qf", r"%{NAME}\t%{ARCH}\n")),
        ("lssrc 'x", "cmd", ("lssrc", "'x")),
    ],
)
def test_requests(text: str, kind: str, argv: tuple[str, ...]) -> None:
    assert request_in(text) == (kind, argv)


def test_a_request_that_nothing_reads_is_told() -> None:
    assert unread("lssrc -a") == unread("/etc/services") == ""
    assert "nothing reads the answer to this" in unread("lssrcc -a")


def test_a_fact_cites_the_lines_of_the_file(tmp_path: Path) -> None:
    (healthy, *_) = cases(tmp_path)
    target = target_of(healthy)
    facts = Facts(target.readings, target.platform)
    (place,) = facts.fact("subsystem.ctrmc").evidence
    assert place.uri.endswith("our.cases.toml")
    assert (
        CASES.split("\n")[place.start_line - 1]
        == place.text
        == " ctrmc            rsct             5439966      active"
    )
    (place,) = facts.fact("rsct.installed").evidence
    assert (place.text, place.collected) == (LSLPP, MOMENT)


def test_evidence_is_read_from_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.rmcc").write_bytes((data.folder("examples") / "borealis-app2.rmcc").read_bytes())
    text = 'schema = 1\n[[cases]]\nname = "a"\nevidence = "a.rmcc"\nexpect = { "OUR-SUB-001" = "fail" }\n'
    (case,) = cases(tmp_path, text)
    assert target_of(case).name == "borealis-app2"
    assert target_of(case._replace(image="mounted_root")).image == "mounted_root"


def test_evidence_of_several_targets_or_of_none_is_a_fault(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "of" / name).mkdir(parents=True)
        (tmp_path / "of" / name / "lssrc-a.txt").write_text("x")
    (tmp_path / "none").write_text("nothing")
    text = 'schema = 1\n[[cases]]\nname = "a"\nevidence = "{}"\nexpect = {{ "OUR-SUB-001" = "fail" }}\n'
    for evidence, says in (("of", "holds 2 targets: name the evidence of one"), ("none", "was not recognized")):
        (case,) = cases(tmp_path, text.format(evidence))
        with pytest.raises(PolicyError, match=says):
            target_of(case)
