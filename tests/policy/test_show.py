"""A policy with all that it inherits: its places are right, and its TOML is the same policy."""

from pathlib import Path

import pytest

from rmccomply.policy.load import LoadedPolicy, load, shipped
from rmccomply.policy.show import shown, text, toml
from tests.policy.writing import changed, load_child, loaded, write

CHANGE = [
    {"rule": "MY-VER-001", "severity": "critical"},
    {"rule": "MY-FS-001", "disabled": True, "reason": "Another tool watches it."},
]
SET = {"minimum": {"value": "3.1", "reason": "Old hosts."}}


def meaning(policy: LoadedPolicy) -> object:
    """All by which a policy judges, without where it is written."""
    rules = [(one.rule.model_copy(update={"severity": one.severity}), one.severity) for one in policy.rules]
    return policy.id, policy.title, policy.version, rules, dict(policy.values), dict(policy.profiles), policy.max_age


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
    lines = text(load_child(tmp_path, set=SET, change=CHANGE, max_age="2h")).split("\n")
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


def test_an_unset_parameter_says_so(tmp_path: Path) -> None:
    (line,) = [one for one in text(loaded(tmp_path, changed())).split("\n") if one.strip().startswith("unset ")]
    assert line.split()[1] == "unset"


def test_the_text_shows_no_advice(tmp_path: Path) -> None:
    for name in shipped():
        assert "recfgct" not in text(load(name))
