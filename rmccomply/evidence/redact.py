"""Secrets in evidence: never written into a report or a facts document.

The collector replaces them on the host already; captures and archives bring them as they were printed. `RMCKey` is an
attribute that late levels of `lsrsrc IBM.MCP` print; whether it is secret is not documented, so it is taken for one.
A line of a PEM block cannot be told from other text alone, so any long run of base64 is.
"""

from typing import Final

REDACTED: Final = "(redacted)"
_NAMES: Final = ("rmckey", "password", "passwd", "secret", "token")
_BASE64: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_LONGEST: Final = 60


def redact(text: str) -> str:
    """The text without the values of secrets in it; most lines hold none and come back as they are."""
    low = text.lower()
    for name in _NAMES:
        if name in low:
            text = _without_value(text, name)
    if len(text) >= _LONGEST and _BASE64.issuperset(text.strip()):
        return REDACTED
    return REDACTED if "-----BEGIN" in text else text


def _without_value(text: str, name: str) -> str:
    """What follows `=` or `:` behind the name is dropped to the end of the line; `KeyToken` is another word."""
    begin = text.lower().index(name)
    start = begin + len(name)
    if begin and text[begin - 1].isalpha():
        return text
    for at in range(start, len(text)):
        if text[at] in "=:":
            value = text[at + 1 :]
            kept = text[: at + 1] + value[: len(value) - len(value.lstrip())]
            return f"{kept}{REDACTED}" if value.strip() else text
    return text
