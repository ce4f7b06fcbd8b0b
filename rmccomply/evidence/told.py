"""What the program says of files and hosts, without secrets, and with the reason.

A name such as `token-host1` or `password-policy.toml` looks like the name of a secret, and what is said of it, behind a
colon, like the secret: `token-host1: Connection refused`. So the names of what a run is about are known here, those of
its command line and of its inventories, and so is the form of a file's name. Such a name stays, what follows it is no
secret for its sake, and any secret in it still goes. A name that holds a secret itself is none of these.
"""

import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Final

from rmccomply.evidence.redact import redact

_KNOWN: Final[ContextVar[frozenset[str]]] = ContextVar("known", default=frozenset())
_MARKS: Final = tuple(map(chr, range(0xE000, 0xE040)))
"""One stands for each name while the text around it is looked at: they are of no word, and in no text of ours."""
_FILE: Final = (
    r"(?<![^\s(])[\w./+%-]{1,400}\.(?:rmcc|toml|txt|ini|csv|jsonl?|ndjson|sarif|ya?ml|tar|tgz|txz|gz|xz|bz2|zst|zip|log)"
    r"(?=(?::\d{1,9})?:(?: |$))"
)
_BARE: Final = re.compile(
    r"(?:passw(?:or[dt]|d)|pass(?:wd|phrase|code)?|secret|token|credential|cookie|psk|pwd|pw|key|auth\w*|bindpw|rootpw"
    r"|communit(?:y|ie)|bearer|basic)s?",
    re.IGNORECASE,
)
"""Names of secrets as they are. A host of such a name is not told from one."""
_PLAIN: Final = re.compile(r"[\w./+%-]{2,400}")


def know(names: Iterable[str]) -> None:
    """Take more names for those of files and hosts, as they stand on a command line or in an inventory."""
    pieces = (piece for name in names for piece in _pieces(name))
    _KNOWN.set(_KNOWN.get().union(filter(_misleads, pieces)))


def known() -> frozenset[str]:
    """The names that were taken, as `know` takes them in another process."""
    return _KNOWN.get()


def redact_told(text: str, *names: str) -> str:
    """What is said, without the secrets in it; `names` are those of files and hosts in it beside the known ones."""
    shown = redact(text)
    if shown == text or any(mark in text for mark in _MARKS):
        return shown
    here = filter(_misleads, (piece for name in names for piece in _pieces(name)))
    known = "|".join(map(re.escape, sorted({*here, *_KNOWN.get()}, key=len, reverse=True)))
    return _without(text, rf"{_FILE}|(?<![\w.+=-])(?:{known})(?![\w+=-]|\.\w)" if known else _FILE)


def _without(text: str, names: str) -> str:
    """The text without secrets: where a name of these forms stands, something else does meanwhile."""
    marks: dict[str, str] = {}

    def held(found: re.Match[str]) -> str:
        name = found[0]
        if name not in marks and (len(marks) == len(_MARKS) or redact(name) != name):
            return name
        return marks.setdefault(name, _MARKS[len(marks) % len(_MARKS)])

    shown = redact(re.sub(names, held, text, flags=re.ASCII))
    for name, mark in marks.items():
        shown = shown.replace(mark, name)
    return shown


def _misleads(name: str) -> bool:
    """Whether a name holds no secret, and makes one of what follows it."""
    said = f"{name}: x y"
    return not _BARE.fullmatch(name) and redact(name) == name and redact(said) != said


def _pieces(word: str) -> Iterator[str]:
    """What a word of a command line may name: a file with its folders and without, a host without user and port."""
    if word.startswith("-") or "=" in word:
        word = word.partition("=")[2]
    place = word.rpartition("://")[2]
    for piece in {word, place, word.rpartition("/")[2], place.rpartition("@")[2].rpartition(":")[0] or place}:
        plain = piece.rpartition("@")[2]
        if _PLAIN.fullmatch(plain):
            yield plain
