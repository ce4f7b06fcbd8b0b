"""What does not fit the model of a document, in plain words, each with its JSON path
(https://www.rfc-editor.org/rfc/rfc9535)."""

from collections.abc import Iterator, Sequence
from json import dumps
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SHAPES: Final = {
    "missing": "is missing",
    "is_instance_of": "must be a text",
    "string_type": "must be a text",
    "string_unicode": "holds half a character",
    "too_short": "must not be empty",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
    "dataclass_type": "must be a table",
}
_BOUNDS: Final = {
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_pattern_mismatch": "does not have the form {pattern}",
}


def fault_lines(error: "ValidationError") -> Iterator[str]:
    """Every fault that a model found, `$.findings[0].rule: is missing`, in the order of the model."""
    for one in error.errors(include_url=False, include_input=False):
        yield f"{json_path(one['loc'])}: {says(one)}"


def json_path(keys: Sequence[str | int]) -> str:
    """The path of a value in a document."""
    return "$" + "".join(map(_step, keys))


def _step(key: str | int) -> str:
    if isinstance(key, str) and key.isascii() and key.isidentifier():
        return f".{key}"
    return f"[{key if isinstance(key, int) else dumps(key)}]"


def says(error: "ErrorDetails") -> str:
    """One error of pydantic as a clause."""
    kind = error["type"]
    if kind in _SHAPES:
        return _SHAPES[kind]
    if kind in _BOUNDS:
        return _BOUNDS[kind].format_map(error["ctx"])
    return error["msg"].removeprefix("Value error, ")
