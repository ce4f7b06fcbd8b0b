"""Secrets in evidence: never written into a report or a facts document.

The collector replaces them on the host already; captures and archives bring them as they were printed. `RMCKey` is an
attribute that late levels of `lsrsrc IBM.MCP` print; whether it is secret is not documented, so it is taken for one.
A line of a PEM block cannot be told from other text alone, so any long run of base64 is.
"""

import re
from typing import Final

REDACTED: Final = "(redacted)"
_NAMES: Final = ("rmckey", "passw", "secret", "token")
_NAMED: Final = r"(?:rmckey|passw|secret|(?<!\bkey)token)"
"""`KeyToken` names a console, and is an attribute that verdicts point at."""
_VALUE: Final = re.compile(
    rf"{_NAMED}[\w.-]*[\"'\\]*[ \t]*[=:>]+[ \t]*(?=[^ \t])"
    rf"|(?:^|(?<=[ \t\"']))--?[\w-]*{_NAMED}[\w-]*[\"']?[ \t]+(?=[^ \t])",
    re.IGNORECASE | re.ASCII,
)
"""What stands before a secret: its name with `=` or `:` (or the end of a tag), or an option of that name."""
_BASE64: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_LONGEST: Final = 60


def redact(text: str) -> str:
    """The text without the values of secrets in it; most lines hold none and come back as they are.

    What follows the first name of a secret is dropped to the end of the line.
    """
    low = text.lower()
    if any(name in low for name in _NAMES):
        found = _VALUE.search(text)
        if found is not None:
            text = f"{text[: found.end()]}{REDACTED}"
    if "://" in text and "@" in text:
        text = re.sub(r"://[^/ \t@]*@", f"://{REDACTED}@", text)
    if len(text) >= _LONGEST and _BASE64.issuperset(text.strip()):
        return REDACTED
    return REDACTED if "-----BEGIN" in text else text
