"""The line of a key: by hand, of all that TOML can write, and as a parser that tells positions has them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.written.toml_lines import KeyPlace, as_key, line_of_key, places_of

ROOT = Path(__file__).parents[2]
TEXT = """\
name = "a" # not = this
[labels] # a "comment
wave = "3"
"a.b" = '#'

[requests]
"a b.txt" = ["lssrc", "-a"]
'it''s' = 1
""".replace("'it''s'", "'it\"s'")
HARD = '''\
x.y = { a = [1, 2,
   { b = "]}", c = 1979-05-27 07:32:00 }], "d\\u0065" = 1 }
x.z = """
[no]
z = 1 \\""" still
"""
[[rules]]
id = "A"
check = { kind = "all", of = [
    { kind = "word" },   # of = [
    { kind = "number",
    # TOML 1.1 allows it
      below = 3 },
] }
[rules.more]
k = \'\'\'
[[rules]]\'\'\'
[[rules]]
id = "B"
[ rules . "m n" ]
k = true
[late.table]
a = 1e3
[late]
b = nan
'''


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (["name"], 1),
        (["labels"], 2),
        (["labels", "wave"], 3),
        (["labels", "a.b"], 4),
        (["requests", "a b.txt"], 7),
        (["requests", "a b.txt", 1], 7),
        (["requests", 'it"s'], 8),
        (["requests", "not there"], 6),
        (["none"], None),
        ([], None),
    ],
)
def test_the_line_of_a_key(loc: list[str], line: int | None) -> None:
    assert line_of_key(TEXT, loc) == line


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (["x", "y", "a", 2, "b"], 2),
        (["x", "y", "a", 1], 1),
        (["x", "y", "de"], 2),
        (["x", "z"], 3),
        (["no"], None),
        (["rules", 0, "check", "of", 0, "kind"], 10),
        (["rules", 0, "check", "of", 1, "below"], 13),
        (["rules", 0, "more", "k"], 16),
        (["rules", 0, "severity"], 7),
        (["rules", 1], 18),
        (["rules", 1, "m n", "k"], 21),
        (["late"], 24),
        (["late", "table", "a"], 23),
        (["late", "b"], 25),
        (["rules", 2, "id"], 7),
    ],
)
def test_whatever_toml_can_write(loc: list[str | int], line: int | None) -> None:
    tomli.loads(HARD)
    assert line_of_key(HARD, loc) == line
    assert line_of_key(HARD.replace("\n", "\r\n"), loc) == line


def of_parser(node: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Each key of toml-rs with its line."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            yield from of_parser(one, (*at, number))
        return
    if not isinstance(node, dict):
        return
    if "value" in node and ("key_line" in node or "value_line" in node) and not isinstance(node.get("key"), dict):
        found = node.get("key_line", node.get("value_line"))
        yield at, int(found[0] if isinstance(found, list | tuple) else found or 0)
        yield from of_parser(node["value"], at)
        return
    for name, one in node.items():
        yield from of_parser(one, (*at, name))


def of_ours(place: KeyPlace, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], int]]:
    for name, one in place.inside.items():
        yield (*at, name), one.line
        yield from of_ours(one, (*at, name))


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "policies").glob("*.toml")), ROOT / "pyproject.toml", ROOT / "docs" / "rule-examples.toml"]
)
def test_a_parser_that_tells_positions_has_the_same(path: Path) -> None:
    toml_rs = pytest.importorskip("toml_rs")
    text = path.read_text("utf-8")
    ours = dict(of_ours(places_of(text)))
    theirs = dict(of_parser(toml_rs.load_with_metadata(text).meta["nodes"]))
    assert len(theirs) > 10
    assert {key: ours.get(key) for key in theirs} == theirs


def keys(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key and entry of a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in pairs:
        yield (*at, name)
        yield from keys(one, (*at, name))


NAMES = st.text("ab.\"'\\= #[]\n\u00e9", max_size=4)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text("a\"'\\]}[{,#=\n ", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, VALUES, max_size=4), st.booleans())
def test_no_key_is_missed_and_none_is_made_up(document: dict[str, Any], multiline: bool) -> None:
    import tomli_w

    text = tomli_w.dumps(document, multiline_strings=multiline)
    found = dict(of_ours(places_of(text)))
    assert set(found) == set(keys(tomli.loads(text)))
    lines = text.split("\n")
    assert all(lines[line - 1].strip() for line in found.values())


@given(st.text("a=[]{}\"'#.,\n\\", max_size=30))
def test_whatever_stands_there_it_ends(text: str) -> None:
    places_of(text)


def test_a_name_is_a_key_of_its_own_or_in_quotes() -> None:
    assert [as_key(name) for name in ("lpar0007", "a-b_c", "a.b", "")] == ["lpar0007", "a-b_c", '"a.b"', '""']
