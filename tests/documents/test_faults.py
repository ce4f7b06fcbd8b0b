"""Faults of documents: a path that finds the value, and a clause without a name of Python."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from rmccomply.documents.faults import fault_lines, json_path
from rmccomply.documents.model import AnyText, Filled, Whole


@dataclass(frozen=True, slots=True)
class Sample:
    """One field of each kind."""

    text: Filled
    number: Annotated[Whole, Field(ge=1, le=9)]
    share: Annotated[float, Field(strict=True)]
    flag: Annotated[bool, Field(strict=True)]
    word: Literal["a", "b"]
    form: Annotated[str, Field(pattern="^x$")]
    many: tuple[AnyText, ...]
    table: dict[str, AnyText]


WHOLE = {"text": "a", "number": 1, "share": 0.5, "flag": True, "word": "a", "form": "x", "many": ["x"], "table": {}}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("text", 1, "$.text: must be a text"),
        ("text", "", "$.text: must not be empty"),
        ("number", 1.5, "$.number: must be a whole number"),
        ("number", 0, "$.number: must be at least 1"),
        ("number", 10, "$.number: must be at most 9"),
        ("share", "1", "$.share: must be a number"),
        ("flag", 1, "$.flag: must be true or false"),
        ("word", "c", "$.word: must be 'a' or 'b'"),
        ("word", "\ud800", "$.word: holds half a character"),
        ("form", "xx", "$.form: does not have the form ^x$"),
        ("form", 1, "$.form: must be a text"),
        ("many", {}, "$.many: must be a list"),
        ("many", ["a", 1], "$.many[1]: must be a text"),
        ("table", [], "$.table: must be a table"),
        ("table", {"a b": 1}, '$.table["a b"]: must be a text'),
    ],
)
def test_each_kind_of_fault(key: str, value: object, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Sample).validate_python({**WHOLE, key: value})
    assert list(fault_lines(refused.value)) == [says]


def test_what_is_missing_or_no_table() -> None:
    for value, says in (({**WHOLE, "text": "", "flag": 0}, 2), ({}, len(WHOLE)), (7, 1)):
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(Sample).validate_python(value)
        assert len(list(fault_lines(refused.value))) == says


def test_paths() -> None:
    assert json_path(()) == "$"
    assert json_path(("a", 0, "b c", "\x1b", "ñ", "")) == '$.a[0]["b c"]["\\u001b"]["\\u00f1"][""]'
