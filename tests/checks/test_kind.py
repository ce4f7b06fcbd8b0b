"""What a check tells of itself: what it compares, with what, where its verdict changes, what is behind an outcome."""

from typing import Any

import pytest

from rmccomply.checks.empty import ENTRY
from rmccomply.checks.kind import Axis, Comparison, Parameters, all_leaves, facts_of
from tests.checks.making import outcome, read, value

FILES = {"kind": "word", "fact": "node_id.files"}
LEVEL = {"kind": "version", "fact": "rsct.level"}
FREE = {"kind": "number", "fact": "var_ct.free_mib"}
NONE = {"kind": "empty", "fact": "ipv6.global_addresses"}
MODE = {"kind": "parameter", "name": "mode"}
PARAMETERS: Parameters = {"lowest": (3, 2, 0, 0), "most": 95, "unset": None}


def comparison(check: dict[str, Any]) -> Comparison:
    found = read(check)
    assert isinstance(found, Comparison)
    return found


@pytest.mark.parametrize(
    ("check", "values"),
    [
        ({**FILES, "is": ["equal", "different"]}, ("equal", "different")),
        ({**FILES, "is_not": ["equal"]}, ("equal",)),
        ({**MODE, "is": ["a", "b"]}, ("a", "b")),
        ({**MODE, "is_not": ["a"]}, ("a",)),
        ({**LEVEL, "at_least": "$lowest", "below": "4"}, ((3, 2, 0, 0), (4, 0, 0, 0))),
        ({**FREE, "at_least": 0, "below": "$most"}, (0, 95)),
        ({**FREE, "at_least": "$unset", "below": 9}, (9,)),
        ({**LEVEL, "at_least": "$unset", "below": "4"}, ((4, 0, 0, 0),)),
        (NONE, ((), (ENTRY,))),
    ],
)
def test_the_values_at_which_a_verdict_changes(check: dict[str, Any], values: tuple[Any, ...]) -> None:
    assert comparison(check).values(PARAMETERS) == values


@pytest.mark.parametrize(
    ("check", "values", "good", "says"),
    [
        ({**FILES, "is": ["equal"]}, ("different", "equal", "none"), (2, 1), "were equal or none"),
        ({**MODE, "is": ["a"]}, ("b", "c", "a"), (2, 1), "were c or a"),
        ({**FREE, "at_least": 20}, (10, 20, 30), (1, 2), "were at least 20"),
        ({**LEVEL, "below": "3.2"}, ((3, 1, 0, 0), (3, 2, 0, 0)), (0,), "were below 3.2.0.0"),
        (NONE, ((ENTRY,), ()), (1,), "had no entries"),
    ],
)
def test_how_a_fact_would_have_to_be(
    check: dict[str, Any], values: tuple[Any, ...], good: tuple[int, ...], says: str
) -> None:
    assert comparison(check).otherwise(Axis("x", values, -1), good[-1], good) == says


@pytest.mark.parametrize(
    ("check", "tuned"),
    [
        ({**LEVEL, "at_least": "3.1", "below": "$lowest"}, True),
        ({**FREE, "below": "$most"}, True),
        ({**LEVEL, "at_least": "3.1"}, False),
        ({**FREE, "below": 95}, False),
        ({**FILES, "is": ["equal"]}, False),
        ({"kind": "not", "of": {**FREE, "below": "$most"}}, False),
    ],
)
def test_a_comparison_with_a_parameter_is_tuned(check: dict[str, Any], tuned: bool) -> None:
    assert read(check).is_tuned() is tuned


def test_a_check_is_told_from_the_margin_on() -> None:
    check = read({"kind": "not", "of": {**MODE, "is": ["a"]}})
    assert list(check.lines()) == ["- not:", "  - the parameter `mode` is `a`"]


def test_comparisons_are_found_at_any_depth_in_their_order() -> None:
    low, high = {**FREE, "below": 1}, {**FREE, "at_least": 9}
    deep = read({"kind": "all", "of": [{"kind": "not", "of": {**MODE, "is": ["a"]}}, low, NONE]})
    leaves = all_leaves([deep, None, read(high)])
    assert leaves == [comparison(one) for one in ({**MODE, "is": ["a"]}, low, NONE, high)]
    assert [leaf.named() for leaf in leaves] == [("mode",), (), (), ()]
    assert facts_of(deep, None, read(high)) == [FREE["fact"], NONE["fact"]]


def test_behind_a_combination_are_the_outcomes_that_it_combined() -> None:
    facts = [value("node_id.files", "different"), value("ipv6.global_addresses", ())]
    word, none = {**FILES, "is": ["equal"]}, NONE
    parts = tuple(outcome(one, *facts) for one in (word, none))
    for check, behind in (
        (word, ()),
        ({"kind": "all", "of": [word, none]}, parts),
        ({"kind": "any", "of": [word]}, parts[:1]),
        ({"kind": "not", "of": word}, parts[:1]),
        ({"kind": "not", "of": none}, parts[1:]),
    ):
        assert read(check).behind(outcome(check, *facts)) == behind


def test_behind_a_negation_that_changes_nothing_is_the_same_outcome() -> None:
    check = {"kind": "not", "of": {**MODE, "is": ["a"]}}
    found = outcome(check, parameters={"mode": None})
    assert (found.result, read(check).behind(found)) == ("not_applicable", (found,))
