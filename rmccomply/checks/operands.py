"""What checks ask of their operands: facts of the catalogue, and literals or `$parameters` of the right type.

Everything is asked when a policy is loaded, so that a misspelt fact or a number where a version is due is a fault of
the file and never a rule that silently judges nothing.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from math import isfinite
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationInfo

from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.fact_line import FactLine
from rmccomply.facts.values import parse_version

Operand = str | int | float
Parameters = Mapping[str, Any]
"""Parameter name to its resolved value: a Version, a number, a word, or None where it is unset."""


_MOST_WORDS: Final = 200
"""Words that a misspelt one is compared with: a file may have thousands of both."""


class CheckModel(BaseModel):
    """What all checks have in common: no unknown keys, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def nearest(word: str, words: Iterable[str]) -> str:
    """A clause that names the nearest of the first real words: "; did you mean 'x'?", or "" where none is near."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in islice(words, _MOST_WORDS)}
    near = get_close_matches(word.casefold(), folded, 1, 0.5)
    return f"; did you mean '{folded[near[0]]}'?" if near else ""


def fact_line(name: str, *types: str) -> FactLine:
    """The catalogue's line of a fact of one of these types. Raises ValueError for any other."""
    line = FACTS.get(name)
    if line is None:
        raise ValueError(f"there is no fact '{name}'{nearest(name, FACTS)}")
    if line.type not in types:
        raise ValueError(f"'{name}' is a {line.type}, and this kind of check compares a {' or '.join(types)}")
    return line


def fact_names(kind: str) -> dict[str, Any]:
    """What the JSON Schema says of a fact's name, so that editors complete it."""
    return {"enum": [name for name, line in FACTS.items() if line.type == kind]}


def parameter_type(info: ValidationInfo, name: str) -> str | None:
    """The declared type of a parameter; None where the check is read without its policy. Raises ValueError."""
    declared: Mapping[str, str] | None = (info.context or {}).get("parameters") if info.context else None
    if declared is None:
        return None
    if name not in declared:
        raise ValueError(f"there is no parameter '{name}'{nearest(name, declared)}")
    return declared[name]


def typed(info: ValidationInfo, value: Operand, wanted: str) -> Operand:
    """The operand, if it is a literal of the wanted type or a parameter of it. Raises ValueError."""
    if isinstance(value, str) and value.startswith("$"):
        found = parameter_type(info, value[1:])
        if found not in (None, wanted):
            raise ValueError(f"parameter '{value[1:]}' is a {found}, and a {wanted} is due here")
        return value
    _refuse_literal(value, wanted)
    return value


def _refuse_literal(value: Operand, wanted: str) -> None:
    if wanted == "version" and (not isinstance(value, str) or parse_version(value) is None):
        raise ValueError(f"'{value}' is no version such as \"3.2.1.0\"")
    if wanted == "number" and (isinstance(value, (str, bool)) or not isfinite(value)):
        raise ValueError(f"'{value}' is no number")


def resolved(value: Operand | None, parameters: Parameters, wanted: str) -> Any:
    """The value of an operand: a Version, a number or a word; None where it is not given or its parameter is unset."""
    if isinstance(value, str) and value.startswith("$"):
        return parameters[value[1:]]
    if wanted == "version" and isinstance(value, str):
        return parse_version(value)
    return value


UNSET: Final = "The parameter of this rule has no value, so it asks for nothing."
