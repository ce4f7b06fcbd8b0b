"""Operands: facts of the catalogue, literals and parameters of the right type; and what holds for every kind."""

from typing import Any

import pytest
from pydantic import ValidationError

from rmccomply.checks import KINDS
from rmccomply.checks.operands import fact_line, nearest
from rmccomply.facts.catalogue import FACTS
from tests.checks.making import missing, none_here, outcomes, read

OF_TYPE: dict[str, dict[str, Any]] = {
    "version": {"kind": "version", "at_least": "1"},
    "number": {"kind": "number", "at_least": 0},
    "list": {"kind": "empty"},
}


def check_of(name: str) -> dict[str, Any]:
    """A check that any value of this fact passes."""
    line = FACTS[name]
    if line.type == "word":
        return {"kind": "word", "fact": name, "is": list(line.words)}
    return {**OF_TYPE[line.type], "fact": name}


def variants(check: dict[str, Any]) -> list[dict[str, Any]]:
    """The check alone, negated, and within combinations."""
    return [
        check,
        {"kind": "not", "of": check},
        {"kind": "not", "of": {"kind": "not", "of": check}},
        {"kind": "all", "of": [check, check]},
        {"kind": "any", "of": [check, {"kind": "not", "of": check}]},
    ]


CHECKED = [name for name, line in FACTS.items() if line.type != "text"]
"""A fact that is a text stands in reports alone: no check takes one."""


@pytest.mark.parametrize("name", CHECKED)
def test_no_fact_without_a_value_ever_gives_a_pass(name: str) -> None:
    for check in variants(check_of(name)):
        assert {one.result for one in outcomes(check, missing(name))} == {"unknown"}
        assert {one.reason for one in outcomes(check, missing(name))} == {"timeout"}
        assert {one.result for one in outcomes(check, none_here(name))} == {"not_applicable"}


def test_every_kind_was_tried_but_the_one_that_needs_no_fact() -> None:
    tried = {check["kind"] for name in CHECKED for check in variants(check_of(name))}
    assert tried == set(KINDS) - {"parameter"}


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ({"kind": "word", "fact": "subsystem.ctrcm", "is": ["active"]}, "did you mean 'subsystem.ctrmc'"),
        ({"kind": "version", "fact": "qqqq", "at_least": "3"}, "there is no fact 'qqqq' \\["),
        ({"kind": "version", "fact": "subsystem.ctrmc", "at_least": "3"}, "is a word, and this kind of check compares"),
        ({"kind": "number", "fact": "rsct.level", "below": 3}, "is a version, and this kind of check compares"),
        ({"kind": "version", "fact": "rsct.level", "at_least": "$minimun"}, "did you mean 'minimum'"),
        ({"kind": "number", "fact": "var_ct.free_mib", "at_least": "$minimum"}, "is a version, and a number is due"),
    ],
)
def test_what_is_not_there_or_of_another_type(check: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says.replace("$minimun", r"\$minimun")):
        read(check, parameters={"minimum": "version"})


def test_the_types_that_would_do_are_all_named() -> None:
    with pytest.raises(ValueError, match="this kind of check compares a word or list"):
        fact_line("rsct.level", "word", "list")


@pytest.mark.parametrize("key", ["fct", "allow_empty", "Fact"])
def test_there_is_no_other_key(key: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        read({"kind": "empty", "fact": "ipv6.global_addresses", key: 1})


def test_nearest() -> None:
    assert nearest("ctrcm", ["ctrmc", "drm"]) == "; did you mean 'ctrmc'?"
    assert nearest("qqq", ["ctrmc"]) == ""
    assert nearest("drm.state", ["drm.level"]) == "; did you mean 'drm.level'?"
