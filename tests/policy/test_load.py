"""Load: what a policy inherits, and what is wrong between its parts."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import PolicyError
from rmccomply.guarded import bounded
from rmccomply.policy.load import load
from tests.policy.writing import SOUND, changed, child, child_faults, faults, load_child, loaded, toml, write


def test_a_policy_by_its_path_is_named_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert loaded(tmp_path, SOUND).uri == "mine.toml"
    other = tmp_path / "elsewhere"
    other.mkdir()
    monkeypatch.chdir(other)
    assert load("../mine.toml").uri == "mine.toml"


def test_extends_by_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    policy = load_child(tmp_path, set={"minimum": {"value": "3.3"}})
    assert [one.rule.id for one in policy.rules] == ["MY-VER-001", "MY-FS-001"]
    assert policy.values["minimum"] == (3, 3, 0, 0)
    assert (policy.parent is not None and policy.parent.id) == "mine"


def test_extends_by_id(tmp_path: Path) -> None:
    policy = loaded(tmp_path, child(extends="rmc-core", rules=SOUND_RULE))
    assert policy.rules[0].uri == "policies/rmc-core.toml"
    assert policy.rules[-1].rule.id == "MY-NEW-001"


SOUND_RULE = [
    {
        **SOUND["rules"][1],
        "id": "MY-NEW-001",
        "check": {"kind": "number", "fact": "var_ct.free_mib", "at_least": "$minimum_free_mib"},
    }
]


def test_a_rule_keeps_the_place_where_it_is_written(tmp_path: Path) -> None:
    policy = loaded(tmp_path, SOUND)
    lines = (tmp_path / "mine.toml").read_text("utf-8").split("\n")
    assert [lines[one.line - 1] for one in policy.rules] == ['id = "MY-VER-001"', 'id = "MY-FS-001"']


@pytest.mark.parametrize("names", [("a",), ("a", "b"), ("a", "b", "c")])
def test_policies_that_extend_each_other(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name, other in zip(names, (*names[1:], names[0]), strict=True):
        write(tmp_path, child(id=name, extends=f"{other}.toml"), f"{name}.toml")
    with pytest.raises(PolicyError, match="in a circle"):
        load(str(tmp_path / "a.toml"))


def test_faults_of_the_extended_policy_name_its_file(tmp_path: Path) -> None:
    write(tmp_path, changed(rules__0__severity="urgent"), "base.toml")
    (found,) = faults(tmp_path, child())
    assert found.path == str(tmp_path / "base.toml")


def test_redefining_a_rule(tmp_path: Path) -> None:
    found = child_faults(tmp_path, rules=[SOUND["rules"][0]])
    assert found == [("MY-VER-001", "id", "is already defined in the policy that this one extends")]


def test_redefining_a_parameter(tmp_path: Path) -> None:
    found = child_faults(tmp_path, parameters={"minimum": SOUND["parameters"]["minimum"]})
    assert [(rule, key) for rule, key, _ in found] == [("", "parameters.minimum")]


WEAKER: list[tuple[dict[str, Any], str]] = [
    ({"change": [{"rule": "MY-VER-001", "disabled": True}]}, "change.0"),
    ({"change": [{"rule": "MY-VER-001", "severity": "medium"}]}, "change.0"),
    ({"change": [{"rule": "MY-FS-001", "severity": "info"}]}, "change.0"),
    ({"set": {"minimum": {"value": "3.1.9"}}}, "set.minimum"),
    ({"set": {"full": {"value": 96}}}, "set.full"),
]


@pytest.mark.parametrize(("more", "key"), WEAKER)
def test_weakening_needs_a_reason(tmp_path: Path, more: dict[str, Any], key: str) -> None:
    assert [(one, "needs a reason" in says) for _, one, says in child_faults(tmp_path, **more)] == [(key, True)]


@pytest.mark.parametrize("more", [more for more, _ in WEAKER])
def test_weakening_with_a_reason(tmp_path: Path, more: dict[str, Any]) -> None:
    if "change" in more:
        more = {"change": [{**one, "reason": "Our owner accepts it."} for one in more["change"]]}
    else:
        more = {"set": {name: {**one, "reason": "Our owner accepts it."} for name, one in more["set"].items()}}
    assert not child_faults(tmp_path, **more)


TIGHTER: list[dict[str, Any]] = [
    {"change": [{"rule": "MY-FS-001", "severity": "critical"}]},
    {"change": [{"rule": "MY-FS-001", "severity": "low"}]},
    {"set": {"minimum": {"value": "3.2"}}},
    {"set": {"minimum": {"value": "3.10"}}},
    {"set": {"full": {"value": 80}}},
    {"set": {"management": {"value": "none"}}},
    {"set": {"unset": {"value": "3"}}},
]


@pytest.mark.parametrize("more", TIGHTER)
def test_tightening_needs_none(tmp_path: Path, more: dict[str, Any]) -> None:
    assert not child_faults(tmp_path, **more)


def test_an_empty_reason_is_none(tmp_path: Path) -> None:
    change = [{"rule": "MY-VER-001", "disabled": True, "reason": ""}]
    assert ("", "change.0.reason") in [(rule, key) for rule, key, _ in child_faults(tmp_path, change=change)]


def test_a_disabled_rule_is_gone(tmp_path: Path) -> None:
    change = [
        {"rule": "MY-VER-001", "disabled": True, "reason": "Not here."},
        {"rule": "MY-FS-001", "severity": "high"},
    ]
    policy = load_child(tmp_path, change=change)
    assert [(one.rule.id, one.severity) for one in policy.rules] == [("MY-FS-001", "high")]


def test_weakening_is_measured_against_the_nearest_parent(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "base.toml")
    write(tmp_path, child(id="middle", set={"minimum": {"value": "3.5"}}), "middle.toml")
    found = faults(tmp_path, child(extends="middle.toml", set={"minimum": {"value": "3.4"}}))
    assert [fault.key for fault in found] == ["set.minimum"]


@pytest.mark.parametrize(
    ("more", "key", "says"),
    [
        ({"set": {"minimun": {"value": "3"}}}, "set.minimun", "did you mean 'minimum'"),
        ({"set": {"minimum": {"value": "x"}}}, "set.minimum.value", "is not a version"),
        ({"set": {"management": {"value": "x"}}}, "set.management.value", "is not one of: hmc, none"),
        ({"change": [{"rule": "MY-VRE-001"}]}, "change.0.rule", "did you mean 'MY-VER-001'"),
    ],
)
def test_what_is_not_there_to_change(tmp_path: Path, more: dict[str, Any], key: str, says: str) -> None:
    assert [(one, says in text) for _, one, text in child_faults(tmp_path, **more)] == [(key, True)]


def test_guarded_words_are_refused_in_reasons(tmp_path: Path) -> None:
    change = [{"rule": "MY-VER-001", "disabled": True, "reason": "We run recfgct."}]
    assert "change.0.reason" in [key for _, key, _ in child_faults(tmp_path, change=change)]


@pytest.mark.parametrize(("age", "seconds"), [("90s", 90), ("5m", 300), ("2h", 7200), ("7d", 604_800)])
def test_max_age(tmp_path: Path, age: str, seconds: int) -> None:
    assert loaded(tmp_path, {**SOUND, "max_age": age}).max_age == seconds


def test_max_age_is_inherited(tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, "max_age": "7d"}, "base.toml")
    assert load(write(tmp_path, child())).max_age == 604_800


def test_a_policy_is_named_by_a_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    policy = load(write(tmp_path, SOUND, "our policy é.toml"))
    assert {policy.uri, *(one.uri for one in policy.rules)} == {"our%20policy%20%C3%A9.toml"}


def test_an_id_that_an_extended_policy_has_is_taken(tmp_path: Path) -> None:
    (found,) = child_faults(tmp_path, id="mine")
    assert found[:2] == ("", "id")
    assert "is the id of a policy that this one extends" in found[2]


@pytest.mark.parametrize("extends", [False, True])
def test_a_file_that_nobody_may_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extends: bool) -> None:
    closed = write(tmp_path, SOUND, "closed.toml")

    def closed_to_us(path: Path, most: int) -> bytes:
        if path.name == "closed.toml":
            raise PermissionError(13, "Permission denied")
        return bounded(path, most)

    monkeypatch.setattr("rmccomply.policy.load.bounded", closed_to_us)
    asked = write(tmp_path, child(extends="closed.toml")) if extends else closed
    with pytest.raises(PolicyError, match=r"closed\.toml: cannot be read: Permission denied"):
        load(str(asked))


def test_an_id_that_is_no_text_is_told_where_another_policy_is_extended(tmp_path: Path) -> None:
    found = child_faults(tmp_path, id=["mine"])
    assert [(rule, key) for rule, key, _ in found] == [("", "id")]


@pytest.mark.parametrize(("age", "refused"), [("2h", False), ("60m", False), ("7201s", True), ("1d", True)])
def test_an_age_may_only_be_shorter_than_that_of_the_extended_policy(tmp_path: Path, age: str, refused: bool) -> None:
    write(tmp_path, {**SOUND, "max_age": "2h"}, "base.toml")
    found = faults(tmp_path, child(max_age=age))
    assert [fault.key for fault in found] == ["max_age"] * refused


def test_a_byte_order_mark_is_named(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "\ufeff" + toml(SOUND))
    assert (found.line, "byte order mark" in found.says) == (1, True)


def test_a_parameter_of_the_policy_itself_is_not_set(tmp_path: Path) -> None:
    own = {"mine": {"type": "number", "default": 5, "doc": "A number."}}
    found = child_faults(tmp_path, parameters=own, set={"mine": {"value": 6}})
    assert found == [("", "set.mine", "is a parameter of this policy itself: change its default")]


def test_a_chain_of_hundreds_of_policies_is_refused(tmp_path: Path) -> None:
    for number in range(600):
        text = f'schema = 1\nid = "p{number}"\ntitle = "P"\nversion = "1"\nextends = "{number + 1}.toml"\n'
        (tmp_path / f"{number}.toml").write_text(text, "utf-8")
    with pytest.raises(PolicyError, match="policies extend one another, and no more are read"):
        load(str(tmp_path / "0.toml"))
