"""A check in words, as pages and the terminal write it."""

from collections.abc import Callable, Iterator
from typing import Any

Names = Callable[[str], str]
"""How the name of a fact is written."""


def check_lines(check: Any, depth: int, names: Names = str) -> Iterator[str]:
    """A check in words, a line each, combined checks indented."""
    indent = "  " * depth
    if check.kind in ("all", "any"):
        yield f"{indent}- {check.kind} of:"
        for part in check.of:
            yield from check_lines(part, depth + 1, names)
    elif check.kind == "not":
        yield f"{indent}- not:"
        yield from check_lines(check.of, depth + 1, names)
    else:
        yield f"{indent}- {comparison_words(check, names)}"


def plain_lines(check: Any, depth: int) -> list[str]:
    """The same without the marks of a page."""
    return [line.replace("`", "") for line in check_lines(check, depth)]


def comparison_words(check: Any, names: Names = str) -> str:
    """A comparison in words."""
    if check.kind == "empty":
        return f"the fact {names(check.fact)} has no entries"
    subject = f"the parameter `{check.name}`" if check.kind == "parameter" else f"the fact {names(check.fact)}"
    if check.kind in ("word", "parameter"):
        return f"{subject} is {_word_list(check)}"
    bounds = (("at least", check.at_least), ("below", check.below))
    return f"{subject} is {' and '.join(f'{word} {_operand(value)}' for word, value in bounds if value is not None)}"


def _word_list(check: Any) -> str:
    words = [f"`{word}`" for word in check.is_ or check.is_not]
    listed = " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"
    if check.is_:
        return listed
    return f"not {listed}" if len(words) == 1 else f"neither {' nor '.join(words)}"


def _operand(value: Any) -> str:
    text = str(value)
    return f"the parameter `{text[1:]}`" if text.startswith("$") else f"`{text}`"


def value_text(value: Any) -> str:
    """The value of a parameter or a fact."""
    if value is None:
        return "unset"
    if isinstance(value, tuple):
        return ".".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
