"""What checks ask of their operands: facts of the catalogue, and literals or `$parameters` of the right type.

Everything is asked when a policy is loaded, so that a misspelt fact or a number where a version is due is a fault of
the file and never a rule that silently judges nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import Final

from pydantic import JsonValue, ValidationInfo

from rmccomply.checks.kind import Operand, Parameters, ParameterValue
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.fact_line import FactLine
from rmccomply.facts.model import FactValue
from rmccomply.guarded import as_written
from rmccomply.sources.shared.values import Version, parse_version

_MOST_WORDS: Final = 200
"""Words that a misspelt one is compared with: a file may have thousands of both."""


def nearest(word: str, words: Iterable[str]) -> str:
    """A clause that names the nearest of the first real words: "; did you mean 'x'?", or "" where none is near."""
    from rmccomply.written.near import near

    return near(word, islice(words, _MOST_WORDS))


def fact_line(name: str, *types: str) -> FactLine:
    """The catalogue's line of a fact of one of these types. Raises ValueError for any other."""
    line = FACTS.get(name)
    if line is None:
        raise ValueError(f"unknown fact '{name}'{nearest(name, FACTS)}")
    if line.type not in types:
        raise ValueError(f"'{name}' is a {line.type}, and this kind of check compares a {' or '.join(types)}")
    return line


def fact_names(kind: str) -> dict[str, JsonValue]:
    """What the JSON Schema says of a fact's name, so that editors complete it."""
    return {"enum": [name for name, line in FACTS.items() if line.type == kind]}


def parameter_type(info: ValidationInfo, name: str) -> str | None:
    """The declared type of a parameter; None where the check is read without its policy. Raises ValueError."""
    declared: Mapping[str, str] | None = (info.context or {}).get("parameters") if info.context else None
    if declared is None:
        return None
    if name not in declared:
        raise ValueError(f"unknown parameter '{name}'{nearest(name, declared)}")
    return declared[name]


def typed(info: ValidationInfo, value: Operand, wanted: str) -> Operand:
    """The operand, if it is a literal of the wanted type or a parameter of it. Raises ValueError."""
    if isinstance(value, str) and value.startswith("$"):
        found = parameter_type(info, value[1:])
        if found not in (None, wanted):
            raise ValueError(f"parameter '{value[1:]}' is a {found}, but a {wanted} is needed here")
        return value
    _refuse_literal(value, wanted)
    return value


def _refuse_literal(value: Operand, wanted: str) -> None:
    if wanted == "version" and (not isinstance(value, str) or parse_version(value) is None):
        raise ValueError(f"'{as_written(value)}' is not a version such as \"3.2.1.0\"")
    if wanted == "number" and (isinstance(value, (str, bool)) or not isfinite(value)):
        raise ValueError(f"'{as_written(value)}' is not a number")


def version_bound(value: Operand | None, parameters: Parameters) -> Version | None:
    """The version that an operand stands for; None where it is not given or its parameter is unset."""
    found = parameters[value[1:]] if isinstance(value, str) and value.startswith("$") else value
    return parse_version(found) if isinstance(found, str) else found if isinstance(found, tuple) else None


def number_bound(value: Operand | None, parameters: Parameters) -> int | float | None:
    """The number that an operand stands for; None where it is not given or its parameter is unset."""
    found = parameters[value[1:]] if isinstance(value, str) and value.startswith("$") else value
    return found if isinstance(found, (int, float)) else None


def listed(words: Sequence[str] | None, others: Sequence[str] | None) -> str:
    """`a or b`, or `not a`: what a word should be, or should not be."""
    return " or ".join(words) if words else "not " + " or ".join(others or ())


def word_list(words: Sequence[str] | None, others: Sequence[str] | None) -> str:
    """The same in the words of a page."""
    marked = [f"`{word}`" for word in words or others or ()]
    if words:
        return " or ".join(marked) if len(marked) < 3 else f"{', '.join(marked[:-1])} or {marked[-1]}"
    return f"not {marked[0]}" if len(marked) == 1 else f"neither {' nor '.join(marked)}"


def operand_words(value: Operand) -> str:
    """An operand in the words of a page."""
    text = str(value)
    return f"the parameter `{text[1:]}`" if text.startswith("$") else f"`{text}`"


def value_text(value: FactValue | ParameterValue) -> str:
    """The value of a parameter or a fact."""
    if value is None:
        return "unset"
    if isinstance(value, tuple):
        return ".".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


UNSET: Final = "The parameter of this rule has no value, so nothing is checked."
