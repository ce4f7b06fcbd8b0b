"""Faults in the words of who writes policies: what is due, with an example, and nothing of Python in it."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import PolicyError
from rmccomply.policy.fault_words import FORMS
from rmccomply.policy.load import load
from rmccomply.policy.model import Policy
from tests.policy.writing import changed, child, faults, toml, write

PART = {"kind": "word", "fact": "host.kind", "is": ["lpar"]}
ODD: list[tuple[dict[str, Any], str]] = [
    ({"version": 2026.1}, 'must be text in quotes, such as "2026.1"'),
    ({"max_age": 2}, 'must be text in quotes, such as "36h"'),
    ({"rules__0__effective": "2027-01-01"}, "must be a date without quotes, such as 2027-01-01"),
    ({"rules__0__platforms": "aix"}, 'must be a list, such as ["aix", "linux"]'),
    ({"rules__0__references": ["A book"]}, 'must be a table, such as { title = "..." }'),
    ({"rules__0__check": {**PART, "is": "lpar"}}, 'must be a list, such as ["present"]'),
    ({"rules__0__check": "lpar"}, 'must be a table, such as { kind = "...", ... }'),
    ({"rules__0__check": {"kind": "not", "of": [PART]}}, 'must be a table, such as { kind = "...", ... }'),
    ({"rules__0__check": {"kind": "any", "of": PART}}, 'must be a list, such as [{ kind = "...", ... }, '),
    ({"rules__0__check": {"kind": "all", "of": []}}, "must be a list with at least one entry, such as [{ kind"),
    ({"rules__1__check__below": True}, 'must be a number, or a parameter such as "$minimum_free_mib"'),
    ({"parameters__full__default": [95]}, "must be one value: text in quotes or a number"),
]


@pytest.mark.parametrize(("places", "says"), ODD)
def test_what_has_another_shape_is_told_once_with_an_example(tmp_path: Path, places: dict[str, Any], says: str) -> None:
    (found,) = faults(tmp_path, changed(**places))
    assert found.says.startswith(says), found


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[set]\nminimum = "3.5"\n', "must be a table, such as { value = ... }"),
        ('[change]\nrule = "MY-VER-001"\n', "must be a list, such as [[change]]"),
        ('[[change]]\nrule = "MY-VER-001"\ndisabled = "yes"\n', "must be true or false"),
    ],
)
def test_so_are_the_changes_of_another_policy(tmp_path: Path, more: str, says: str) -> None:
    write(tmp_path, changed(), "base.toml")
    assert [fault.says for fault in faults(tmp_path, toml(child()) + more)] == [says]


def test_every_pattern_of_the_models_has_words() -> None:
    def patterns(node: Any) -> set[str]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        own = {node["pattern"]} if isinstance(node, dict) and isinstance(node.get("pattern"), str) else set()
        return own.union(*map(patterns, inner))

    found = patterns(Policy.model_json_schema())
    assert len(found) > 4
    assert found <= set(FORMS)


def test_a_word_that_is_a_key_elsewhere_is_not_offered_for_itself(tmp_path: Path) -> None:
    write(tmp_path, changed(), "base.toml")
    (found,) = faults(tmp_path, toml(child()) + "[[rule]]\n")
    assert found.says == "unknown key; did you mean 'rules'?"


def test_where_one_value_is_right_it_is_named(tmp_path: Path) -> None:
    assert [found.says for found in faults(tmp_path, changed(schema=2))] == ["'2' is not known: write 1"]


def test_a_number_in_quotes_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('schema = "1"\nid = "a"\ntitle = "A"\nversion = "1"\n')
    with pytest.raises(PolicyError, match="schema: write 1 without quotes"):
        load(str(path))
