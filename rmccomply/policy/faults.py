"""From what a parser or a model says to faults with their place in the file."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rmccomply.checks import KINDS
from rmccomply.errors import Fault

if TYPE_CHECKING:
    from rmccomply.written.toml_lines import KeyPlace

Loc = Sequence[str | int]


class Places:
    """The lines of one policy file."""

    def __init__(self, path: str, text: str, data: Mapping[str, Any]) -> None:
        self.path = path
        self._text = text
        self._data = data
        self._places: KeyPlace | None = None

    def fault(self, loc: Loc, says: str) -> Fault:
        """A fault at a place of the document, named by its keys."""
        loc = [part for at, part in enumerate(loc) if not _is_tag(loc, at)]
        key = ".".join(str(part) for part in (loc[2:] if self._rule(loc) else loc))
        return Fault(self.path, self.line(loc), self._rule(loc), key, says)

    def line(self, loc: Loc) -> int | None:
        """The line of the deepest key that the file has of this place."""
        from rmccomply.written.toml_lines import deepest, places_of

        self._places = self._places or places_of(self._text)
        return deepest(self._places, loc)

    def _rule(self, loc: Loc) -> str:
        if len(loc) > 1 and loc[0] == "rules" and isinstance(loc[1], int):
            rules = self._data.get("rules")
            if isinstance(rules, list) and loc[1] < len(rules) and isinstance(rules[loc[1]], dict):
                return str(rules[loc[1]].get("id", f"rule {loc[1] + 1}"))
        return ""


def _is_tag(loc: Loc, at: int) -> bool:
    """Whether a part of a pydantic location names a member of a union (a kind of check, a type) and no key."""
    part, before = loc[at], loc[at - 1] if at else ""
    if not isinstance(part, str):
        return False
    if part in KINDS and (before in ("check", "when", "of") or (isinstance(before, int) and loc[at - 2] == "of")):
        return True
    return "[" in part or (at == len(loc) - 1 and part in ("str", "int", "float", "bool"))


def rule_lines(text: str) -> dict[str, int]:
    """The line of each rule's `id`."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        key, mark, value = line.partition("=")
        if mark and key.strip() == "id":
            lines.setdefault(value.strip().strip("\"'").split('"')[0], number)
    return lines


def of_validation(error: ValidationError, places: Places) -> list[Fault]:
    """Every fault that a model found, in words an author can act on."""
    from rmccomply.policy.fault_words import says

    return [places.fault(list(one["loc"]), says(one)) for one in error.errors(include_url=False)]
