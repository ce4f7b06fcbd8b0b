"""The line of each key in a TOML text, for what is said of it.

The parser of TOML tells no positions, and those that do are compiled, with no wheel for every machine that an auditor
may have. So the text is read once more here, after the parser took it: what it may hold is known, and only keys,
brackets and the ends of strings are looked for (https://toml.io/en/v1.0.0).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rmccomply.tuples import NamedTuple

_BLANK: Final = re.compile(r"[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*)*")
_BLANKS: Final = frozenset(" \t\r\n#")
_BARE_KEY: Final = re.compile(r"[^\s.=\]\"']+")
_BARE_VALUE: Final = re.compile(r"[^,\]}\n#]*")
_STRING: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\]++|\\.)*+"|' + r"'[^']*'", re.DOTALL
)


class KeyPlace(NamedTuple):
    """The line of a key or of an entry of a list, and what stands in it: by key, or by number."""

    line: int
    inside: "dict[str | int, KeyPlace]"


def places_of(text: str) -> KeyPlace:
    """The places of a text that is valid TOML."""
    return _TomlReader(text).document()


def deepest(top: KeyPlace, loc: Sequence[str | int]) -> int | None:
    """The line of the deepest key that the text has of a place; None where there is none of it."""
    found: KeyPlace | None = top
    line = None
    for part in loc:
        found = found.inside.get(part) if found else None
        if found is None:
            break
        line = found.line
    return line


def line_of_key(text: str, loc: Sequence[str | int]) -> int | None:
    """The line of the deepest key that a text has of a place."""
    return deepest(places_of(text), loc)


def as_key(name: str) -> str:
    """A name as a key of TOML, in quotes where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'


class _TomlReader:
    """Reads a text from its begin to its end, and knows on which line it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def document(self) -> KeyPlace:
        """All tables, those of a list of tables by number."""
        top = table = KeyPlace(0, {})
        for _ in self._parts(""):
            if self._next() == "[":
                table = self._heading(top)
            else:
                self._pair(table)
        return top

    def _parts(self, end: str) -> Iterator[None]:
        """One part after the other, until the character that ends them; no text is read for ever."""
        while self._next() and not self._take(end):
            before = self._at
            yield
            self._take(",")
            if self._at == before:
                return

    def _next(self) -> str:
        """The next character that is neither blank nor in a comment; empty at the end."""
        char = self._text[self._at : self._at + 1]
        if char not in _BLANKS:
            return char
        found = _BLANK.match(self._text, self._at)
        self._move(found.end() if found else self._at)
        return self._text[self._at : self._at + 1]

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _take(self, char: str) -> bool:
        """Go past a character, where it is the next."""
        if self._next() != char:
            return False
        self._move(self._at + 1)
        return True

    def _heading(self, top: KeyPlace) -> KeyPlace:
        """The table that `[a.b]` or `[[a.b]]` begins."""
        self._take("[")
        many, line = self._take("["), self._line
        *around, name = self._key()
        self._take("]")
        self._take("]") if many else None
        table = _below(top, around, line)
        known = table.inside.get(name)
        inside = known.inside if known else {}
        if not many:
            table.inside[name] = KeyPlace(line, inside)
            return table.inside[name]
        table.inside.setdefault(name, KeyPlace(line, inside))
        entry = KeyPlace(line, {})
        inside[len(inside)] = entry
        return entry

    def _pair(self, table: KeyPlace) -> None:
        line = self._line
        *around, name = self._key()
        self._take("=")
        _below(table, around, line).inside[name] = KeyPlace(line, self._value())

    def _key(self) -> list[str]:
        """The parts of a key: `a."b.c".d`."""
        parts = []
        while True:
            char = self._next()
            found = (_STRING if char in ("'", '"') else _BARE_KEY).match(self._text, self._at)
            word = found[0] if found else ""
            self._move(self._at + len(word))
            parts.append(_unquoted(word))
            if not found or not self._take("."):
                return parts

    def _value(self) -> dict[str | int, KeyPlace]:
        """What stands in a value: nothing but in a list and in a table."""
        char, inside = self._next(), KeyPlace(self._line, {})
        if self._take("["):
            for _ in self._parts("]"):
                inside.inside[len(inside.inside)] = KeyPlace(self._line, self._value())
        elif self._take("{"):
            for _ in self._parts("}"):
                self._pair(inside)
        else:
            found = (_STRING if char in ("'", '"') else _BARE_VALUE).match(self._text, self._at)
            self._move(found.end() if found else len(self._text))
        return inside.inside


def _below(table: KeyPlace, names: Sequence[str], line: int) -> KeyPlace:
    """The table that these keys lead to, made where it is not there; of a list of tables its last."""
    for name in names:
        table = table.inside.setdefault(name, KeyPlace(line, {}))
        if (last := len(table.inside) - 1) in table.inside:
            table = table.inside[last]
    return table


def _unquoted(word: str) -> str:
    """A key as the parser gives it; of a text that it refuses, as it stands there."""
    if word.startswith('"') and "\\" in word:
        import tomli

        try:
            return str(tomli.loads(f"key = {word}")["key"])
        except tomli.TOMLDecodeError:
            return word
    return word[1:-1] if word[:1] in ("'", '"') else word
