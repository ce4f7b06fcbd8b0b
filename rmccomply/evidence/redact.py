"""Secrets in evidence: gone where evidence enters, so that no message, record, document or report ever holds one.

The collector replaces them on the host already; captures and archives bring them as they were printed. `secret_forms`
says what a secret looks like in a line. What takes more than a line is known here: a PEM block, whose last line may be
short; a run of base64 without its head; and what stands on deeper lines below the name of a secret, as in YAML.
`RMCKey` is an attribute that late levels of `lsrsrc IBM.MCP` print; whether it is secret is not documented, so it is
taken for one.

Most lines have been seen before, in this partition or in another one of the fleet, and are kept as known to be clean.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Final

from rmccomply.evidence.secret_forms import REDACTED, TRIGGERS, opens_block, redacted_line
from rmccomply.tuples import NamedTuple

_BASE64: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_HEX: Final = frozenset("abcdef0123456789")
_LONGEST: Final = 60
"""Characters of base64 without a blank that are no word of any answer."""
_BEGIN: Final = "-----BEGIN"
_END: Final = "-----END"
_PEM_HEADER: Final = re.compile(r"(?:Proc-Type|DEK-Info|Comment|Version|Charset|Hash|MessageID|Subject|X-[\w-]+): ?\S")
_MOST: Final = 32768
_KEPT: Final = 256


class Added(NamedTuple):
    """Names of secrets and beginnings of secret words beside the known ones, as a user gave them."""

    triggers: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None


_NONE: Final = Added()
_ADDED: Final[ContextVar[Added]] = ContextVar("added", default=_NONE)
_CLEAN: Final[set[str]] = set()
"""Lines without a secret, wherever they stand but below a line with one. A cache: it changes no result."""


def add_forms(names: Iterable[str], prefixes: Iterable[str]) -> None:
    """Take more for secret: what stands behind these names with `=`, `:` or a blank, words that begin so."""
    named, begun = ("|".join(map(re.escape, words)) for words in (sorted(names), sorted(prefixes)))
    forms = []
    if named:
        forms.append(rf"(?P<name>(?:{named})[\"']?(?:[ \t]{{0,64}}[=:]{{1,2}}[ \t]{{0,64}}|[ \t]{{1,64}}))\S.*")
    if begun:
        forms.append(rf"(?<!\w)(?:{begun})\S+")
    _CLEAN.clear()
    text = "|".join(forms if named else [*forms, "(?P<name>(?!))"])
    triggers = tuple(word.lower() for word in (*names, *prefixes))
    _ADDED.set(Added(triggers, re.compile(text, re.IGNORECASE)) if forms else _NONE)


def added_forms() -> Added:
    """What was taken for secret besides, as another process can take it."""
    return _ADDED.get()


def take_forms(added: Added) -> None:
    """Take for secret what another process took."""
    if added != _ADDED.get():
        _CLEAN.clear()
        _ADDED.set(added)


def redact(text: str) -> str:
    """A text without the secrets in it; most hold none and come back as they are."""
    lines = tuple(text.split("\n"))
    shown = redact_lines(lines)
    return text if shown is lines else "\n".join(shown)


def redact_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines that follow each other without the secrets in them: the same tuple where there are none."""
    if _CLEAN.issuperset(lines):
        return lines
    fresh = set(lines).difference(_CLEAN)
    added = _ADDED.get()
    told = {line: _begun(line, added) for line in _suspects(fresh, (*TRIGGERS, *added.triggers))}
    odd = {line: shown for line, shown in told.items() if shown != line or opens_block(line)}
    _remember(fresh.difference(odd))
    shown = tuple(_shown(lines, odd)) if odd else lines
    return lines if shown == lines else shown


def redact_octets(data: bytes) -> bytes:
    """The octets of a text without the secrets in it; every other octet stays."""
    text = data.decode("utf-8", "surrogateescape")
    shown = redact(text)
    return data if shown is text else shown.encode("utf-8", "surrogateescape")


def redact_table(table: Mapping[str, str]) -> dict[str, str]:
    """Names and values, such as labels, without secrets."""
    return {redact(key): _value_of(key, value) for key, value in table.items()}


def redact_json(value: Any) -> Any:
    """A JSON value without secrets; what stands beside the name of one is one. Most come back as they are."""
    texts = tuple(_texts(value))
    return value if redact_lines(texts) is texts else _json(value)


def _texts(value: Any) -> Iterator[str]:
    """Every text of a JSON value line by line, and every name as it would stand before a value."""
    names: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield from one.split("\n")
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            names.update(one)
            if isinstance(one.get("name"), str):
                names.add(one["name"])
    yield from (f"{name}=x" for name in names)


def _json(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, dict):
        return {redact(key): _value_of(key, item) for key, item in _named(value).items()}
    return value


def _value_of(key: str, value: Any) -> Any:
    return REDACTED if value and isinstance(value, str) and _is_secret(key) else _json(value)


def _is_secret(name: str) -> bool:
    return redact(f"{name}=x") != f"{name}=x"


def _named(table: dict[str, Any]) -> dict[str, Any]:
    """An attribute of a record has its name beside its values."""
    name, values = table.get("name"), table.get("values")
    if isinstance(name, str) and isinstance(values, list) and values and _is_secret(name):
        return table | {"values": [REDACTED]}
    return table


def _suspects(lines: Collection[str], triggers: Iterable[str]) -> Iterator[str]:
    """The lines that may hold a secret."""
    low = "\n".join(lines).lower()
    present = tuple(word for word in triggers if word in low)
    for line in lines:
        small = line.lower()
        if any(word in small for word in present) or "\0" in line or _is_long(line):
            yield line


def _alone(line: str, added: Added) -> str:
    """A line by itself. Octets of another encoding, such as UTF-16, may have nothing between the letters of a name."""
    if _is_long(line):
        return _all_of(line)
    if "\0" in line and redacted_line(line.replace("\0", ""), added.pattern) != line.replace("\0", ""):
        return REDACTED
    return redacted_line(line, added.pattern)


def _shown(lines: tuple[str, ...], odd: Mapping[str, str]) -> Iterator[str]:
    """Each line as it may be shown; `odd` are those that hold a secret, or tell of one below.

    `pem` is what stands before each line of a block, `above` how deep the name of the secret is.
    """
    pem: str | None = None
    above: int | None = None
    for line in lines:
        if above is not None and line.strip() and _depth(line) <= above:
            above = None
        if above is not None:
            yield _all_of(line)
        elif pem is not None and _END in line:
            yield _all_of(line)
            pem = None
        elif pem is not None and _is_of_pem(line.removeprefix(pem)):
            yield f"{pem if line.startswith(pem) else ''}{_all_of(line.removeprefix(pem))}"
        elif line in odd:
            pem, above = _below(line)
            yield odd[line]
        else:
            pem = None
            yield line


def _below(line: str) -> tuple[str | None, int | None]:
    """What a line that may hold a secret tells of the lines below it."""
    at = line.find(_BEGIN)
    if at >= 0:
        return None if _END in line else line[:at], None
    if _is_long(line):
        return "", None
    return None, _depth(line) if opens_block(line) else None


def _begun(line: str, added: Added) -> str:
    """A line with a secret; of one that begins a PEM block all from there on is none of anybody's business."""
    at = line.find(_BEGIN)
    return _alone(line, added) if at < 0 else f"{_alone(line[:at], added)}{REDACTED}"


def _is_long(line: str) -> bool:
    """Whether a line is nothing but a long run of base64. Hexadecimal digits alone are a public key, as ctsthl has."""
    return len(line) >= _LONGEST and _is_base64(line.strip()) and not _HEX.issuperset(line.strip())


def _is_base64(text: str) -> bool:
    bare = text.removesuffix("=").removesuffix("=")
    return bool(bare) and _BASE64.issuperset(bare)


def _is_of_pem(line: str) -> bool:
    text = line.strip(" \t\r\"',|>\\")
    return not text or _is_base64(text) or _PEM_HEADER.match(text) is not None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _all_of(line: str) -> str:
    """Nothing of a line but how deep it stands."""
    return f"{line[: _depth(line)]}{REDACTED}" if line.strip() else line


def _remember(lines: Iterable[str]) -> None:
    if len(_CLEAN) > _MOST:
        _CLEAN.clear()
    _CLEAN.update(line for line in lines if len(line) <= _KEPT)
