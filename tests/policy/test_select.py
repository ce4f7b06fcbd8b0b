"""What a run judges: several policies, profiles, single rules, parameters of the command line."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import PolicyError, UsageError
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.policy.select import Choice, choose
from tests.policy.writing import SOUND, changed, child, load_child, loaded, write

PROFILES = {
    "room": {"title": "Room", "select": ["MY-FS"], "set": {"full": 80}},
    "rest": {"title": "The rest", "ignore": ["MY-FS-001"]},
    "none": {"title": "All"},
}


def ids(policies: list[LoadedPolicy], **choice: Any) -> list[str]:
    return [one.loaded.rule.id for one in choose(policies, Choice(**choice))[1]]


def values(policy: LoadedPolicy, **choice: Any) -> dict[str, Any]:
    return dict(choose([policy], Choice(**choice))[0][0].values)


BOTH = ["MY-VER-001", "MY-FS-001"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, BOTH),
        ({"select": ["MY"]}, BOTH),
        ({"select": ["MY-FS"]}, ["MY-FS-001"]),
        ({"select": ["my-fs"]}, ["MY-FS-001"]),
        ({"select": ["My-Fs-001"], "ignore": ["my-ver"]}, ["MY-FS-001"]),
        ({"ignore": ["my-fs-001"]}, ["MY-VER-001"]),
        ({"select": ["MY-FS-001", "MY-VER"]}, BOTH),
        ({"ignore": ["MY-FS"]}, ["MY-VER-001"]),
        ({"select": ["MY"], "ignore": ["MY-VER-001"]}, ["MY-FS-001"]),
        ({"select": ["MY-FS-001"], "ignore": ["MY-FS-001"]}, []),
        ({"profile": "room"}, ["MY-FS-001"]),
        ({"profile": "rest"}, ["MY-VER-001"]),
        ({"profile": "none"}, BOTH),
        ({"profile": "room", "ignore": ["MY-FS"]}, []),
    ],
)
def test_rules(tmp_path: Path, choice: dict[str, Any], expected: list[str]) -> None:
    assert ids([loaded(tmp_path, {**SOUND, "profiles": PROFILES})], **choice) == expected


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"select": ["MY-F"]}, "no rule is 'MY-F' or begins with 'MY-F-'"),
        ({"ignore": ["MY-VRE-001"]}, "did you mean 'MY-VER-001'"),
        ({"select": ["MY-VER-"]}, "no rule is"),
        ({"profile": "romm"}, "did you mean 'room'"),
        ({"profile": "qqq"}, "There are: none, rest, room"),
        ({"parameters": {"minimun": "3"}}, "did you mean 'minimum'"),
        ({"parameters": {"minimum": "three"}}, "parameter minimum: 'three' is not a version"),
        ({"parameters": {"full": "95 %"}}, "parameter full: '95 %' is not a number"),
        ({"parameters": {"management": "nobody"}}, "parameter management: 'nobody' is not one of: hmc, none"),
    ],
)
def test_what_no_policy_has(tmp_path: Path, choice: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        ids([loaded(tmp_path, {**SOUND, "profiles": PROFILES})], **choice)


def test_parameters_of_the_command_line_have_the_type_of_the_parameter(tmp_path: Path) -> None:
    given = {"minimum": "3.10", "full": "80", "management": "none", "unset": "4"}
    found = values(loaded(tmp_path, SOUND), parameters=given)
    assert found == {"minimum": (3, 10, 0, 0), "full": 80, "management": "none", "unset": (4, 0, 0, 0)}


def test_the_command_line_wins_over_the_profile(tmp_path: Path) -> None:
    policy = loaded(tmp_path, {**SOUND, "profiles": PROFILES})
    assert values(policy, profile="room")["full"] == 80
    assert values(policy, profile="room", parameters={"full": "70"})["full"] == 70
    assert policy.values["full"] == 95


def test_a_profile_is_inherited(tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, "profiles": PROFILES}, "base.toml")
    assert ids([load(write(tmp_path, child()))], profile="room") == ["MY-FS-001"]


def test_equal_rules_of_two_policies_are_judged_once(tmp_path: Path) -> None:
    base = load_child(tmp_path).parent
    assert base is not None
    assert ids([base, base]) == BOTH
    assert ids([base, load_child(tmp_path)]) == BOTH


DIFFERENT = [
    {"set": {"minimum": {"value": "3.5"}}},
    {"change": [{"rule": "MY-VER-001", "severity": "critical"}]},
    {"max_age": "7d"},
]


@pytest.mark.parametrize("more", DIFFERENT)
def test_one_rule_judged_in_two_ways_is_a_fault_that_names_both(tmp_path: Path, more: dict[str, Any]) -> None:
    policy = load_child(tmp_path, **more)
    assert policy.parent is not None
    with pytest.raises(PolicyError) as caught:
        ids([policy.parent, policy])
    assert "MY-VER-001" in {fault.rule for fault in caught.value.faults}
    assert all("mine" in fault.says and "child" in fault.says for fault in caught.value.faults)


def test_a_rule_of_another_text_under_one_id(tmp_path: Path) -> None:
    one = loaded(tmp_path, SOUND)
    other = load(write(tmp_path, {**changed(rules__0__title="Another"), "id": "other"}, "other.toml"))
    with pytest.raises(PolicyError, match="check them one by one"):
        ids([one, other])
    assert ids([one, other], ignore=["MY-VER-001"]) == ["MY-FS-001"]


def test_a_rule_is_judged_differently_by_a_policy_for_images(tmp_path: Path) -> None:
    one = loaded(tmp_path, SOUND)
    other = load(write(tmp_path, {**SOUND, "id": "other", "images": True}, "other.toml"))
    with pytest.raises(PolicyError, match="check them one by one"):
        ids([one, other])


def test_a_policy_that_extends_one_for_images_is_for_images(tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, "images": True}, "base.toml")
    assert load(write(tmp_path, child(extends="base.toml"), "third.toml")).images
    assert not loaded(tmp_path, SOUND).images


def test_the_shipped_policies_judge_differently() -> None:
    with pytest.raises(PolicyError, match="rmc-core and powervs-import"):
        ids([load("rmc-core"), load("powervs-import")])


NAMESAKE = {**SOUND, "id": "mine", "title": "Another", "rules": [{**SOUND["rules"][1], "id": "MY-NEW-001"}]}


def test_an_id_means_one_policy_in_a_run(tmp_path: Path) -> None:
    mine = loaded(tmp_path, SOUND)
    other = load(write(tmp_path, {**NAMESAKE, "max_age": "1h"}, "other.toml"))
    extending = load(write(tmp_path, child(extends="other.toml", id="third"), "third.toml"))
    for policies in ([mine, other], [other, mine], [mine, extending], [extending, mine]):
        with pytest.raises(PolicyError, match=r"(mine|other)\.toml is another policy of this id"):
            choose(policies, Choice())
    assert ids([mine, mine]) == BOTH
