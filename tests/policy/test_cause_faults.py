"""What is wrong with causes: told with the rest of a policy's faults, and none of them hides another."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import PolicyError
from rmccomply.policy.load import load
from tests.policy.writing import SOUND, changed, child, child_faults, faults, load_child, loaded, write

DOWN = {"kind": "word", "fact": "subsystem.ctrmc", "is": ["inactive"]}


def cause(**more: Any) -> dict[str, Any]:
    return {"rule": "MY-FS-001", "of": ["MY-VER-001"], "says": "It can be the reason.", **more}


def told(folder: Path, *causes: Any, **more: Any) -> list[tuple[str, str]]:
    """Key and text of each fault of the sound policy with these causes."""
    return [(fault.key, fault.says) for fault in faults(folder, changed(causes=list(causes), **more))]


def test_a_cause_loads_and_is_kept(tmp_path: Path) -> None:
    policy = loaded(tmp_path, changed(causes=[cause(when=DOWN, certain=True, same_line=True)]))
    (found,) = policy.causes
    assert (found.rule, found.of, found.certain, found.same_line) == ("MY-FS-001", ["MY-VER-001"], True, True)


@pytest.mark.parametrize(
    ("more", "key", "says"),
    [
        ({"rule": "MY-FS-01"}, "causes.0.rule", "unknown rule 'MY-FS-01'; did you mean 'MY-FS-001'?"),
        ({"of": ["MY-VER-002"]}, "causes.0.of.0", "unknown rule 'MY-VER-002'; did you mean 'MY-VER-001'?"),
        ({"of": ["MY-FS-001"]}, "causes.0.of.0", "is the rule itself"),
        ({"of": ["MY-VER-001", "MY-VER-001"]}, "causes.0.of.1", "'MY-VER-001' is named twice"),
        ({"of": []}, "causes.0", "names neither rules that it explains (of) nor requests that it blocks"),
        ({"rule": "fs"}, "causes.0.rule", "must be capital letters and digits"),
        ({"of": "MY-VER-001"}, "causes.0.of", 'must be a list, such as ["RMC-SUB-001"]'),
        ({"blocks": ["lsrsrcs"]}, "causes.0.blocks.0", "no source reads the command 'lsrsrcs'; did you mean 'lsrsrc'?"),
        ({"blocks": ["cat /etc/ct_node_ids"]}, "causes.0.blocks.0", "did you mean '/etc/ct_node_id'?"),
        ({"blocks": ["cat"]}, "causes.0.blocks.0", "names no file"),
        ({"blocks": ["lsrsrc", "lsrsrc"]}, "causes.0.blocks.1", "'lsrsrc' is named twice"),
        ({"blocks": ["lsrsrc  IBM.MCP"]}, "causes.0.blocks.0", "has blanks that no request has"),
        ({"blocks": ["lsrsrc"], "reasons": ["faild"]}, "causes.0.reasons.0", "did you mean 'failed'?"),
        ({"reasons": ["failed"]}, "causes.0", "has reasons, which says something only beside 'blocks'"),
        ({"of": [], "blocks": ["lsrsrc"], "certain": True}, "causes.0", "only beside 'of'"),
        ({"when": {**DOWN, "fact": "subsystem.ctrm"}}, "causes.0.when.fact", "did you mean 'subsystem.ctrmc'?"),
        ({"when": {**DOWN, "is": ["inactiv"]}}, "causes.0.when.is", "did you mean 'inactive'?"),
        (
            {"when": {"kind": "number", "fact": "var_ct.free_mib", "at_least": "$ful"}},
            "causes.0.when.at_least",
            "did you mean 'full'?",
        ),
        ({"says": "Run recfgct."}, "causes.0.says", "names recfgct"),
        ({"say": "It can be."}, "causes.0.say", "unknown key; did you mean 'says'?"),
        ({"subjects": ["network"]}, "causes.0.subjects.0", "no fail of MY-FS-001 has a subject"),
    ],
)
def test_a_fault_of_a_cause_has_its_key(more: dict[str, Any], key: str, says: str, tmp_path: Path) -> None:
    found = told(tmp_path, cause(**more))
    assert [one for one, _ in found] == [key]
    assert says in found[0][1]


def test_a_fault_of_a_cause_has_its_line(tmp_path: Path) -> None:
    pytest.importorskip("toml_rs")
    (fault,) = faults(tmp_path, changed(causes=[cause(), cause(rule="MY-NO-001", of=["MY-FS-001"])]))
    lines = (tmp_path / "mine.toml").read_text("utf-8").split("\n")
    assert fault.line is not None
    assert lines[fault.line - 1] == 'rule = "MY-NO-001"'


def test_all_faults_are_told_at_once_those_of_other_parts_too(tmp_path: Path) -> None:
    bad = [cause(rule="MY-X-001", of=["MY-Y-001"]), cause(blocks=["nothing"]), cause(of=[7]), cause()]
    found = told(tmp_path, *bad, rules__0__severity="urgent", title=7)
    assert {key for key, _ in found} == {
        *("title", "severity", "causes.0.rule", "causes.0.of.0", "causes.1.blocks.0", "causes.2.of.0", "causes.3.of"),
    }


@pytest.mark.parametrize("raw", [7, "text", {"rule": "MY-FS-001"}])
def test_causes_of_another_shape_are_told(raw: Any, tmp_path: Path) -> None:
    text = write(tmp_path, SOUND)
    document = Path(text).read_text("utf-8")
    shape = {7: "7", "text": '"text"'}.get(raw if isinstance(raw, (int, str)) else "", '{ rule = "MY-FS-001" }')
    Path(text).write_text(f"causes = {shape}\n{document}", "utf-8")
    with pytest.raises(PolicyError, match=r"causes: must be a list, such as \[\[causes\]\]"):
        load(text)


def test_the_same_cause_twice_is_one_too_many(tmp_path: Path) -> None:
    twice = [cause(), cause(says="Other words.", certain=True)]
    assert told(tmp_path, *twice) == [("causes.1.of", "cause 1 of this file says so too")]
    blocks = {"rule": "MY-FS-001", "blocks": ["lsrsrc"], "says": "It is down."}
    assert told(tmp_path, blocks, blocks) == [("causes.1.blocks", "cause 1 of this file says so too")]


def test_causes_between_the_same_rules_under_other_evidence_are_two(tmp_path: Path) -> None:
    other = {**DOWN, "is": ["absent"]}
    assert told(tmp_path, cause(), cause(when=DOWN), cause(when=other), cause(same_line=True)) == []


def test_what_is_said_of_rules_that_are_inherited(tmp_path: Path) -> None:
    policy = load_child(tmp_path, causes=[cause()])
    assert [(one.rule, one.of) for one in policy.causes] == [("MY-FS-001", ["MY-VER-001"])]
    assert child_faults(tmp_path, causes=[cause(of=["MY-VER-01"])])[0][1] == "causes.0.of.0"


def extending(folder: Path, **more: Any) -> dict[str, Any]:
    """A child of the sound policy with two causes."""
    both = [cause(), {"rule": "MY-VER-001", "blocks": ["lsrsrc"], "says": "It is too old to answer."}]
    write(folder, changed(causes=both), "base.toml")
    return child(**more)


def test_causes_are_inherited_and_said_once(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, extending(tmp_path)).causes) == 2
    found = faults(tmp_path, extending(tmp_path, causes=[cause(says="Other words.")]))
    assert [(one.key, one.says) for one in found] == [("causes.0.of", "the policy that this one extends says so too")]


def test_causes_go_with_a_rule_that_is_left_out(tmp_path: Path) -> None:
    for rule, left in (("MY-FS-001", [["lsrsrc"]]), ("MY-VER-001", [])):
        change = [{"rule": rule, "disabled": True, "reason": "Nobody asks."}]
        policy = loaded(tmp_path, extending(tmp_path, change=change))
        assert [one.blocks for one in policy.causes] == left
        (fault,) = faults(tmp_path, extending(tmp_path, change=change, causes=[cause(when=DOWN)]))
        assert f"the rule '{rule}' is left out by this very policy" in fault.says


def test_a_cause_of_several_keeps_those_that_are_judged(tmp_path: Path) -> None:
    change = [{"rule": "RMC-DOM-003", "disabled": True, "reason": "Nobody asks."}]
    policy = loaded(tmp_path, child(extends="rmc-core", change=change))
    assert all("RMC-DOM-003" not in (one.rule, *one.of) for one in policy.causes)
    assert ["RMC-DOM-002"] in [one.of for one in policy.causes]
    assert len(load("rmc-core").causes) - len(policy.causes) == 3


@pytest.mark.parametrize(
    ("key", "subject", "says"),
    [
        ("of_subjects", "networks", "no fail is ever about 'networks'; did you mean 'network'?"),
        ("of_subjects", "network", ""),
    ],
)
def test_a_subject_that_a_fact_never_has_is_told(key: str, subject: str, says: str, tmp_path: Path) -> None:
    causes = [{"rule": "RMC-FS-001", "of": ["RMC-LOG-001"], "says": "It can be.", key: [subject]}]
    found = faults(tmp_path, child(extends="rmc-core", causes=causes))
    assert [one.says for one in found] == ([says] if says else [])


def test_the_words_of_a_list_that_knows_its_subjects_only_by_the_host_are_let_be(tmp_path: Path) -> None:
    causes = [{"rule": "RMC-PKG-004", "of": ["RMC-FS-001"], "says": "It can be.", "subjects": ["anything"]}]
    assert faults(tmp_path, child(extends="rmc-core", causes=causes)) == ()
