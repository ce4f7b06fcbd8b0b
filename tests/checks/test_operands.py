"""Operands: facts of the catalogue, literals and parameters of the right type; and what holds for every kind."""

from typing import Any

import pytest
from pydantic import ValidationError

from rmccomply.checks import KINDS
from rmccomply.checks.operands import fact_line, nearest
from rmccomply.facts.catalogue import FACTS
from tests.checks.making import missing, none_here, outcomes, read
from tests.checks.test_every_kind import EXAMPLES


def checks_of(name: str) -> list[dict[str, Any]]:
    """The example of every kind that compares a fact of this type, about this fact."""
    line = FACTS[name]
    words = {"is": list(line.words)} if line.type == "word" else {}
    examples = [check for check, _ in EXAMPLES.values() if "fact" in check]
    return [{**check, "fact": name, **words} for check in examples if FACTS[check["fact"]].type == line.type]


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
    for check in (each for one in checks_of(name) for each in variants(one)):
        assert {one.result for one in outcomes(check, missing(name))} == {"unknown"}
        assert {one.reason for one in outcomes(check, missing(name))} == {"timeout"}
        assert {one.result for one in outcomes(check, none_here(name))} == {"not_applicable"}


def test_every_kind_was_tried_but_the_one_that_needs_no_fact() -> None:
    tried = {check["kind"] for name in CHECKED for one in checks_of(name) for check in variants(one)}
    assert tried == set(KINDS) - {"parameter"}


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ({"kind": "word", "fact": "subsystem.ctrcm", "is": ["active"]}, "did you mean 'subsystem.ctrmc'"),
        ({"kind": "version", "fact": "qqqq", "at_least": "3"}, "unknown fact 'qqqq' \\["),
        ({"kind": "version", "fact": "subsystem.ctrmc", "at_least": "3"}, "is a word, and this kind of check compares"),
        ({"kind": "number", "fact": "rsct.level", "below": 3}, "is a version, and this kind of check compares"),
        ({"kind": "version", "fact": "rsct.level", "at_least": "$minimun"}, "did you mean 'minimum'"),
        ({"kind": "number", "fact": "var_ct.free_mib", "at_least": "$minimum"}, "is a version, but a number is needed"),
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
