"""A rule explained as a Python user would ask for it: plain values in, verdicts and a text back."""

import io
from pathlib import Path

import pytest

from rmccomply.errors import InputError, PolicyError, UsageError
from rmccomply.runs.explain import explain, explain_causes
from tests.hosts.building import NOW, bundle, file, healthy_aix, replaced
from tests.hosts.story_answers import OTHER_ID


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("lpar1", "lpar2"):
        (tmp_path / f"{name}.rmcc").write_bytes(bundle(healthy_aix(), name))
    return tmp_path


def test_verdicts_and_a_text_come_back(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    explained = explain("lpar1.rmcc", "RMC-SUB-001", ["rmc-core"], NOW)
    (verdict,) = explained.verdicts
    assert (explained.target, verdict.rule, verdict.result, explained.faults) == ("lpar1", "RMC-SUB-001", "pass", ())
    assert explained.text.startswith("RMC-SUB-001  ")
    assert f"✓ passes on lpar1: {verdict.message}" in explained.text
    assert "lpar1.rmcc:" in explained.text
    assert capfd.readouterr() == ("", "")


def test_standard_input_is_what_was_given(folder: Path) -> None:
    data = (folder / "lpar1.rmcc").read_bytes()
    assert explain("-", "RMC-SUB-001", ["rmc-core"], NOW, stdin=io.BytesIO(data)).target == "lpar1"


def test_several_policies_are_asked_together(folder: Path) -> None:
    (folder / "ours.toml").write_text('schema = 1\nid = "ours"\ntitle = "O"\nversion = "1"\nextends = "rmc-core"\n')
    assert explain("lpar1.rmcc", "RMC-SUB-001", ["rmc-core", "ours.toml"], NOW).verdicts[0].result == "pass"
    with pytest.raises(UsageError, match="none of the policies rmc-core, ours has a rule 'RMC-X-001'"):
        explain("lpar1.rmcc", "RMC-X-001", ["rmc-core", "ours.toml"], NOW)
    with pytest.raises(PolicyError, match="is judged differently by the policies rmc-core and powervs-import"):
        explain("lpar1.rmcc", "RMC-SUB-001", ["rmc-core", "powervs-import"], NOW)


def test_what_is_not_there_is_told_with_what_is(folder: Path) -> None:
    with pytest.raises(UsageError, match="policy rmc-core has no rule 'RMC-SUB-1'"):
        explain("lpar1.rmcc", "RMC-SUB-1", ["rmc-core"], NOW)
    with pytest.raises(UsageError, match=r"has several targets, so name one with --target\. There are: lpar1, lpar2"):
        explain(".", "RMC-SUB-001", ["rmc-core"], NOW)
    assert explain(".", "RMC-SUB-001", ["rmc-core"], NOW, target="lpar2").target == "lpar2"
    with pytest.raises(UsageError, match="has no target 'lpar3'"):
        explain(".", "RMC-SUB-001", ["rmc-core"], NOW, target="lpar3")
    with pytest.raises(InputError):
        explain("none", "RMC-SUB-001", ["rmc-core"], NOW)


def test_the_causes_of_a_target_come_back_as_problems_and_a_text(folder: Path) -> None:
    (folder / "sick.rmcc").write_bytes(bundle(replaced(healthy_aix(), file("/etc/ct_node_id", f"{OTHER_ID}\n"))))
    found = explain_causes("sick.rmcc", ["rmc-core"], NOW, root=folder)
    assert (found.target, [one.rule for one in found.problems], found.faults) == ("lpar1", ["RMC-ID-001"], ())
    assert found.text.startswith("lpar1: 1 problem\n\nRMC-ID-001  critical  ")
    with pytest.raises(UsageError, match="no policy has a parameter"):
        explain_causes("sick.rmcc", ["rmc-core"], NOW, parameters={"full": "90"})
    with pytest.raises(UsageError, match="has several targets"):
        explain_causes(".", ["rmc-core"], NOW)
