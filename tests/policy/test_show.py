"""A policy with all that it inherits: its places are right, and its TOML is the same policy."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.policy.show import rows, shown, toml
from tests.policy.writing import changed, load_child, loaded, write

CHANGE = [
    {"rule": "MY-VER-001", "severity": "critical"},
    {"rule": "MY-FS-001", "disabled": True, "reason": "Another tool watches it."},
]
SET = {"minimum": {"value": "3.1", "reason": "Old hosts."}}


def meaning(policy: LoadedPolicy) -> object:
    """All by which a policy judges, without where it is written."""
    rules = [(one.rule.model_copy(update={"severity": one.severity}), one.severity) for one in policy.rules]
    known = policy.id, policy.title, policy.version, policy.max_age, policy.images, policy.waivers
    return *known, rules, dict(policy.values), dict(policy.profiles)


def flat(policy: LoadedPolicy, folder: Path) -> LoadedPolicy:
    return load(write(folder, toml(policy), "flat.toml"))


@pytest.mark.parametrize("name", shipped())
def test_the_toml_of_a_shipped_policy_is_that_policy(name: str, tmp_path: Path) -> None:
    policy = load(name)
    found = flat(policy, tmp_path)
    assert meaning(found) == meaning(policy)
    assert found.parent is None


def test_the_toml_of_a_child_is_that_child(tmp_path: Path) -> None:
    odd = 'A "quoted" \\ text\nof two lines, with \x07 and \u00e9'
    profiles = {"few": {"title": "Few", "select": ["MY-VER"], "set": {"full": 90}}}
    policy = load_child(tmp_path, title=odd, set=SET, change=CHANGE, profiles=profiles, max_age="2h")
    assert meaning(flat(policy, tmp_path)) == meaning(policy)


def test_a_parameter_is_shown_where_its_value_was_set(tmp_path: Path) -> None:
    policy = load_child(tmp_path, set=SET)
    child, base = (Path(tmp_path / name).read_text("utf-8").split("\n") for name in ("mine.toml", "base.toml"))
    found = shown(policy)
    place, reason = found.set_by("minimum")
    assert reason == "Old hosts."
    assert child[int(place.rpartition(":")[2]) - 1] == "[set.minimum]"
    place, reason = found.set_by("full")
    assert reason == ""
    assert place.startswith("base.toml:")
    assert base[int(place.rpartition(":")[2]) - 1] == "[parameters.full]"


def test_the_text_has_everything_that_a_reader_asks(tmp_path: Path) -> None:
    lines = rows(load_child(tmp_path, set=SET, change=CHANGE, max_age="2h"))
    assert lines[0] == "child 1  A child"
    (value,) = [line for line in lines if line.strip().startswith("minimum ")]
    assert value.split()[1] == "3.1.0.0"
    assert value.endswith("(Old hosts.)")
    assert any("extends mine 1  base.toml" in line for line in lines)
    assert any("older than 2 hours is stale" in line for line in lines)
    (severity,) = [line for line in lines if "severity critical by mine.toml:" in line]
    assert severity
    (left_out,) = [line for line in lines if "MY-FS-001" in line]
    assert left_out.endswith("Another tool watches it.")
    assert "    - the fact rsct.level is at least the parameter minimum" in lines


def test_a_policy_for_images_says_what_its_rules_need(tmp_path: Path) -> None:
    informs = {"kind": "word", "fact": "image.mode", "is": ["running"]}
    policy = load_child(tmp_path, images=True)
    base = changed(rules__0__needs="first_boot", rules__1__informs=informs)
    write(tmp_path, base, "base.toml")
    lines = rows(load(str(tmp_path / "mine.toml")))
    assert any(line.startswith("  for images: ") for line in lines)
    assert "    needs the first boot of a copy" in lines
    at = lines.index("    of severity info where this holds:")
    assert lines[at + 1] == "    - the fact image.mode is running"
    assert flat(policy, tmp_path).images
    assert not flat(loaded(tmp_path, changed()), tmp_path).images


def test_an_unset_parameter_says_so(tmp_path: Path) -> None:
    (line,) = [one for one in rows(loaded(tmp_path, changed())) if one.strip().startswith("unset ")]
    assert line.split()[1] == "unset"


def test_the_text_shows_no_advice(tmp_path: Path) -> None:
    for name in shipped():
        assert "recfgct" not in "\n".join(rows(load(name)))


CAUSES: list[dict[str, Any]] = [
    {"rule": "MY-FS-001", "of": ["MY-VER-001"], "certain": True, "same_line": True, "says": "One is the other."},
    {
        "rule": "MY-FS-001",
        "of": ["MY-VER-001"],
        "when": {"kind": "word", "fact": "subsystem.ctrmc", "is": ["inactive"]},
        "says": "It can be the reason.",
    },
    {"rule": "MY-VER-001", "blocks": ["lsrsrc"], "reasons": ["failed"], "says": "It cannot be asked."},
]


def test_the_text_has_the_causes_each_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, changed(causes=CAUSES[:2]), "base.toml")
    written = write(tmp_path, {"schema": 1, "id": "child", "title": "A child", "version": "1", "extends": "base.toml"})
    Path(written).write_text(f"{Path(written).read_text('utf-8')}{toml_of_cause()}", "utf-8")
    lines = rows(load(written))
    lines = lines[lines.index("Causes") + 1 :]
    assert lines[0].startswith("  MY-FS-001 is the same fault as MY-VER-001  base.toml")
    assert lines[1:3] == ["    One is the other.", "    only between fails that cite a line in common"]
    assert lines[3].startswith("  MY-FS-001 can be the reason of MY-VER-001  base.toml")
    assert lines[4:7] == [
        "    It can be the reason.",
        "    only where this holds:",
        "    - the fact subsystem.ctrmc is inactive",
    ]
    assert lines[7].startswith("  MY-VER-001 blocks 'lsrsrc'  mine.toml")
    assert lines[8:10] == ["    It cannot be asked.", "    only where the answer is: failed"]


def toml_of_cause() -> str:
    return (
        '\n[[causes]]\nrule = "MY-VER-001"\nblocks = ["lsrsrc"]\nreasons = ["failed"]\nsays = "It cannot be asked."\n'
    )


def test_the_toml_has_the_causes(tmp_path: Path) -> None:
    policy = loaded(tmp_path, changed(causes=CAUSES))
    assert flat(policy, tmp_path).causes == policy.causes
    assert [one.says for one in policy.causes] == [cause["says"] for cause in CAUSES]


@pytest.mark.parametrize("name", shipped())
def test_the_toml_of_a_shipped_policy_has_its_causes(name: str, tmp_path: Path) -> None:
    assert flat(load(name), tmp_path).causes == load(name).causes


def test_a_cause_of_which_a_part_is_left_out_keeps_its_place(tmp_path: Path) -> None:
    change = [{"rule": "RMC-DOM-003", "disabled": True, "reason": "Nobody asks."}]
    policy = loaded(
        tmp_path, {"schema": 1, "id": "child", "title": "C", "version": "1", "extends": "rmc-core", "change": change}
    )
    found = shown(policy)
    assert all(found.written(cause).startswith("policies/rmc-core.toml") for cause in policy.causes)


def test_the_day_from_which_a_rule_is_in_effect_is_shown_and_kept(tmp_path: Path) -> None:
    text = toml(loaded(tmp_path, changed())).replace('id = "MY-VER-001"', 'id = "MY-VER-001"\neffective = 2027-01-01')
    policy = load(write(tmp_path, text, "dated.toml"))
    (line,) = [line for line in rows(policy) if "2027" in line]
    assert line.strip() == "in effect from 2027-01-01 (UTC); before that day a fail is info"
    assert meaning(flat(policy, tmp_path)) == meaning(policy)


def test_what_is_asked_of_waivers_is_shown_and_kept(tmp_path: Path) -> None:
    asked = '[waivers]\nmax_days = 90\nnever = ["MY-VER-001"]\nnotice_days = 7\nfour_eyes = true\n'
    write(tmp_path, f"{toml(loaded(tmp_path, changed()))}\n{asked}", "base.toml")
    policy = loaded(tmp_path, {"schema": 1, "id": "child", "title": "C", "version": "1", "extends": "base.toml"})
    assert rows(policy)[3:7] == [
        "  a waiver ends at most 90 days after its approval",
        "  nobody may waive MY-VER-001",
        "  somebody else than its owner approves a waiver",
        "  a waiver is told to run out 7 days before it does",
    ]
    assert meaning(flat(policy, tmp_path)) == meaning(policy)
    assert policy.waivers.max_days == 90
