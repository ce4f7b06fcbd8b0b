"""What a check can say at all: the combinations are enough to meet every result, and no more than are told apart."""

from typing import Any

import pytest

from rmccomply.checks.kind import facts_of, leaves
from rmccomply.policy.model import Parameter
from rmccomply.reasoning.possible import (
    ABSENT,
    Declared,
    Space,
    open_bounds,
    parameters_of,
    results,
    rule_results,
    values_of,
)
from tests.checks.making import read

PARAMETERS = {
    "floor": Parameter(type="number", default=64, doc="x"),
    "open": Parameter(type="number", doc="x"),
    "mode": Parameter(type="word", default="a", values=["a", "b", "c"], doc="x"),
    "free": Parameter(type="word", doc="x"),
}
DECLARED = Declared(PARAMETERS, {"floor": 64, "open": None, "mode": "a", "free": None})
FREE = {"kind": "number", "fact": "var_ct.free_mib", "at_least": "$floor"}
FILES = {"kind": "word", "fact": "node_id.files", "is": ["equal"]}
LEVEL = {"kind": "version", "fact": "rsct.level", "at_least": "3.1", "below": "3.3"}


def check(kind: str, *of: Any) -> Any:
    return read({"kind": kind, "of": of[0] if kind == "not" else list(of)})


@pytest.mark.parametrize(
    ("one", "fact", "values"),
    [
        (FREE, "var_ct.free_mib", (0, 64)),
        (LEVEL, "rsct.level", ((0, 0, 0, 0), (3, 1, 0, 0), (3, 3, 0, 0))),
        (FILES, "node_id.files", ("equal", "different")),
        ({"kind": "number", "fact": "var_ct.used_percent", "below": 101}, "var_ct.used_percent", (0,)),
        ({"kind": "number", "fact": "var_ct.used_percent", "below": 50}, "var_ct.used_percent", (0, 50)),
    ],
)
def test_one_value_for_each_way_in_which_they_are_told_apart(one: Any, fact: str, values: tuple[Any, ...]) -> None:
    assert values_of(fact, [read(one)], DECLARED) == values


def test_facts_parameters_and_comparisons_of_a_check() -> None:
    mode = {"kind": "parameter", "name": "mode", "is": ["a"]}
    whole = check("all", FREE, {"kind": "any", "of": [FILES, mode]}, {"kind": "not", "of": LEVEL})
    assert facts_of(whole, None) == ["var_ct.free_mib", "node_id.files", "rsct.level"]
    assert parameters_of(None, whole) == ["floor", "mode"]
    assert [leaf.kind for leaf in leaves(whole)] == ["number", "word", "parameter", "version"]
    assert [len(part.parts()) for part in whole.parts()] == [0, 2, 1]


def test_a_space_has_every_combination_once() -> None:
    space = Space([check("all", FREE, FILES)], DECLARED, "aix")
    seen = [tuple(one.items()) for one in space]
    assert len(seen) == len(set(seen)) == space.size == 9
    assert {dict(one)["var_ct.free_mib"] for one in seen} == {0, 64, ABSENT}


def test_the_platform_is_known_and_what_a_platform_lacks_is_absent() -> None:
    release = {"kind": "version", "fact": "host.aix_release", "at_least": "7.1"}
    platform = {"kind": "word", "fact": "host.platform", "is": ["aix"]}
    space = Space([check("any", release, platform)], DECLARED, "linux")
    assert [dict(one) for one in space] == [{"host.aix_release": ABSENT, "host.platform": "linux"}]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (FREE, {"pass", "fail", "not_applicable"}),
        ({**FREE, "at_least": 0}, {"pass", "not_applicable"}),
        ({"kind": "empty", "fact": "ipv6.global_addresses"}, {"pass", "fail", "not_applicable"}),
        ({"kind": "parameter", "name": "mode", "is": ["a"]}, {"pass", "fail"}),
        ({"kind": "parameter", "name": "mode", "is": ["a", "b", "c"]}, {"pass"}),
        ({"kind": "parameter", "name": "free", "is": ["a"]}, {"pass", "fail", "not_applicable"}),
        ({"kind": "word", "fact": "host.platform", "is": ["aix"]}, {"pass"}),
    ],
)
def test_everything_that_a_check_can_say(one: Any, expected: set[str]) -> None:
    assert set(results(read(one), DECLARED, "aix") or ()) == expected


def test_where_the_condition_does_not_pass_a_rule_does_not_apply() -> None:
    assert set(rule_results(read(FILES), read(FILES), DECLARED, "aix") or ()) == {"pass", "not_applicable"}
    contrary = rule_results(check("not", FILES), read(FILES), DECLARED, "aix")
    assert set(contrary or ()) == {"fail", "not_applicable"}


def test_nothing_is_claimed_of_a_bound_without_a_value() -> None:
    bound = read({**FREE, "at_least": "$open"})
    assert open_bounds([bound], DECLARED)
    assert results(bound, DECLARED, "aix") is None
    assert not open_bounds([read(FREE)], DECLARED)
