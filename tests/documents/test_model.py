"""What all models of documents share: texts with halves of characters, and schemas in words of JSON alone."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field, ValidationError

from rmccomply.documents.model import Filled, Position, Whole, adapter, never_null, schema_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """What is inside."""

    word: Annotated[Literal["a", "b"] | None, Field(description="One of two.", json_schema_extra=never_null)] = None
    number: Whole | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """What is around."""

    text: Filled
    left: Annotated[Position | None, Field(json_schema_extra=never_null)] = None
    word: Literal["c", "d"] | None
    inner: tuple[Inner, ...] = ()


def test_the_schema_of_a_row() -> None:
    schema = schema_of(Outer, {"Inner": "inside"}, title="Sample")
    Draft202012Validator.check_schema(schema)
    assert schema == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Sample",
        "description": "What is around.",
        "type": "object",
        "properties": {
            "text": {"type": "string", "minLength": 1},
            "left": {"type": "integer", "minimum": 1},
            "word": {"enum": ["c", "d", None]},
            "inner": {"type": "array", "items": {"$ref": "#/$defs/inside"}},
        },
        "required": ["text", "word"],
        "$defs": {
            "inside": {
                "description": "What is inside.",
                "type": "object",
                "properties": {
                    "word": {"enum": ["a", "b"], "description": "One of two."},
                    "number": {"type": ["integer", "null"]},
                },
                "required": ["number"],
            }
        },
    }


def test_an_adapter_is_made_once() -> None:
    assert adapter(Outer) is adapter(Outer)
    assert adapter(Inner).validate_python({"number": 1}) == Inner(number=1)


@pytest.mark.parametrize("text", ["\ud800", "x\udfffy", "\x00", "x"])
def test_a_text_may_hold_anything(text: str) -> None:
    row = adapter(Outer).validate_python({"text": text, "word": None, "more": 1})
    assert row == Outer(text=text, word=None)


@pytest.mark.parametrize(
    "change", [{"text": ""}, {"text": 1}, {"left": 0}, {"left": "1"}, {"word": "a"}, {"inner": {}}]
)
def test_no_value_is_bent_into_another(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        adapter(Outer).validate_python({"text": "x", "word": None, **change})
    assert not Draft202012Validator(schema_of(Outer, {"Inner": "inside"})).is_valid(
        {"text": "x", "word": None, **change}
    )
