"""What the models of documents share: the kinds of their values, and how a JSON Schema is made from them.

A model is a frozen dataclass for each kind of row. Its docstring and the notes on its fields become descriptions of the
schema (draft 2020-12, https://json-schema.org/draft/2020-12). No row shuts out what it does not name.
"""

from collections.abc import Mapping
from inspect import cleandoc
from typing import Annotated, Final, TypeVar, cast

from pydantic import Field, InstanceOf, TypeAdapter
from pydantic.config import JsonDict
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

R = TypeVar("R")

AnyText = InstanceOf[str]
"""Any text. It may hold half a character (a lone surrogate), which what checks texts elsewhere refuses."""
Filled = Annotated[AnyText, Field(min_length=1)]
Whole = Annotated[int, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]
Position = Annotated[int, Field(strict=True, ge=1)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Time = Annotated[
    AnyText | None, Field(description="RFC 3339, as the evidence states it; null where nobody recorded it.")
]
Uri = Annotated[
    AnyText,
    Field(
        min_length=1,
        description="Relative and percent-encoded; `stdin` for standard input.",
        json_schema_extra={"format": "uri-reference"},
    ),
]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def never_null(schema: JsonDict) -> None:
    """For the schema of a field that is None where a row leaves it out: null is never written."""
    kinds, words, either = schema.get("type"), schema.get("enum"), schema.pop("anyOf", None)
    if isinstance(kinds, list):
        schema["type"] = kinds[0]
    if isinstance(words, list):
        schema["enum"] = [word for word in words if word is not None]
    if isinstance(either, list) and isinstance(either[0], dict):
        schema.update(either[0])


class RowSchema(GenerateJsonSchema):
    """Schemas without the names of Python: no titles, no defaults, and null as one more type or word."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        return value

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        made = super().dataclass_schema(schema)
        plain = {key: value for key, value in made.items() if key not in ("title", "description")}
        # Releases of pydantic differ in whether the docstring of a row is its description.
        return {**plain, "description": cleandoc(schema["cls"].__doc__ or "")}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        made = super().literal_schema(schema)
        return {key: value for key, value in made.items() if key != "type"}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if "enum" in inner:
            return {**inner, "enum": [*inner["enum"], None]}
        if "$ref" in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        return {**inner, "type": [inner["type"], "null"]}


_ADAPTERS: Final[dict[type[object], TypeAdapter[object]]] = {}


def adapter(row: type[R]) -> TypeAdapter[R]:
    """What validates a kind of row. It is made once, when it is first asked for."""
    found = _ADAPTERS.get(row)
    if found is None:
        found = _ADAPTERS[row] = TypeAdapter[object](row)
    return cast("TypeAdapter[R]", found)


def schema_of(document: type[object], names: Mapping[str, str], **head: str) -> dict[str, object]:
    """The JSON Schema of a document: `names` are those of its rows in `$defs` by the name of their class."""
    made = adapter(document).json_schema(schema_generator=RowSchema)
    rows = {names[name]: _renamed(row, names) for name, row in made.pop("$defs", {}).items()}
    body = {key: _renamed(value, names) for key, value in made.items()}
    return {"$schema": _DRAFT, **head, **body, "$defs": rows}


def _renamed(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if not isinstance(value, dict):
        return value
    ref = value.get("$ref")
    if isinstance(ref, str):
        return {**value, "$ref": f"#/$defs/{names[ref.rpartition('/')[2]]}"}
    return {key: _renamed(each, names) for key, each in value.items()}
