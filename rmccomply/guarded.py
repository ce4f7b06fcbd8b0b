"""TOML and JSON that somebody else wrote, read within limits of size, nesting, length of keys and of numbers.

Both parsers take what no file of ours ever holds, and what then breaks is far away: a number of five thousand digits
cannot be printed, a table in ten thousand tables cannot be walked.
"""

import codecs
import errno
import re
import stat
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

LARGEST_TOML: Final = 16 * 1024**2
"""Bytes of a policy, a target file or a file of labels."""
DEEPEST: Final = 64
"""Tables, lists or folders in one another."""
_ABSENT: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP})
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_USUAL: Final = 64 * 1024
"""Bytes that are asked for first: room is made for all that is asked for, and it takes longer than to read them."""
_MOST_DIGITS: Final = 19
_LONG_KEY: Final = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){64}")
_DIGITS: Final = re.compile(rb"[0-9_]{%d}" % (_MOST_DIGITS + 1))
_NUMBER: Final = f"a number in it has more than {_MOST_DIGITS} digits"
_NESTED: Final = f"it is nested deeper than {DEEPEST}"


class Limits(NamedTuple):
    """What one input may cost: bytes of a file, members of an archive, seconds to read it and to judge it (0: any)."""

    size: int = 64 * 1024**2
    members: int = 200_000
    seconds: int = 0


LIMITS: Final = Limits()


class Unfit(ValueError):
    """The text cannot be used: `line` where that is known. `beyond`: it is one, but beyond a limit."""

    def __init__(self, says: str, line: int | None = None, *, beyond: bool = False) -> None:
        super().__init__(says)
        self.beyond = beyond
        self.says = says
        self.line = line


class Place(NamedTuple):
    """What a path leads to: `other` is a pipe, a device or a socket, `unknown` what cannot be told, and `says` why."""

    kind: Literal["file", "folder", "other", "absent", "unknown"]
    says: str = ""


def place_of(path: Path) -> Place:
    """What a path leads to, whoever stands in the way: a folder that may not be entered, a name that is too long, a
    file system that went away."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno in _ABSENT:
            return Place("absent")
        return Place("unknown", f"cannot be read: {error.strerror or error}")
    except ValueError as error:
        return Place("unknown", f"cannot be read: its name is not valid: {error}")
    return Place("folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other")


def is_too_deep(path: Path, top: Path) -> bool:
    """Whether a folder lies so deep below another that nobody put it there to keep evidence."""
    return len(path.parts) - len(top.parts) > DEEPEST


def bounded(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises OSError, and Unfit for what is no plain file or is larger."""
    if not path.is_file():
        path.stat()
        raise Unfit("is not a regular file")
    with path.open("rb") as file:
        return within(file, most)


def open_plain(path: Path) -> BinaryIO:
    """A file, opened to be read. Raises OSError, and so for what is no plain file: a pipe would wait for a writer."""
    if place_of(path).kind == "other":
        raise OSError(errno.EINVAL, "it is not a regular file")
    return path.open("rb")


def within(file: BinaryIO, most: int) -> bytes:
    """All bytes of an open file. Raises OSError, and Unfit where there are more."""
    raw = rest_of(file, most + 1)
    if len(raw) > most:
        raise Unfit(f"is larger than {counted(most, 'byte')}")
    return raw


def rest_of(file: BinaryIO, most: int) -> bytes:
    """What is left of an open file, at most so many bytes. Raises OSError."""
    raw = file.read(min(_USUAL, most))
    return raw + file.read(most - _USUAL) if len(raw) == _USUAL else raw


def toml_of(raw: bytes) -> dict[str, Any]:
    """The content of a TOML text. Raises Unfit."""
    import tomli

    if raw.startswith(_UTF_16):
        raise Unfit("is UTF-16 text: save it as UTF-8", 1)
    if raw.startswith(codecs.BOM_UTF8):
        raise Unfit("begins with a byte order mark: save it as UTF-8 without one", 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unfit(f"is not UTF-8 text: {error.reason}") from None
    many = any(line.count(".") >= DEEPEST for line in text.split("\n"))
    if many and (found := _LONG_KEY.search(text)):
        says = f"cannot be used as TOML: a key in it has more than {DEEPEST} parts"
        raise Unfit(says, text.count("\n", 0, found.start()) + 1)
    try:
        content = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise Unfit(f"is not valid TOML: {error.msg}", error.lineno) from None
    except ValueError:
        raise Unfit(f"cannot be used as TOML: {_NUMBER}") from None
    except RecursionError:
        raise Unfit(f"cannot be used as TOML: {_NESTED}") from None
    if says := _excess(content):
        raise Unfit(f"cannot be used as TOML: {says}")
    return content


def as_written(value: object) -> str:
    """A value of TOML for a message, as who wrote it knows it: `true`, and a list or a table in short."""
    if isinstance(value, bool):
        return str(value).lower()
    return "[...]" if isinstance(value, list) else "{...}" if isinstance(value, dict) else str(value)


def json_of(raw: bytes, *, halves: bool = False) -> Any:
    """The value of a JSON text in UTF-8, with or without a byte order mark. Raises Unfit.

    `halves`: texts may hold half a character, as those of our own reports may.
    """
    import json

    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(text, parse_int=_integer if _DIGITS.search(raw) else None, parse_constant=_no_number)
        if not halves and b"\\ud" in raw.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise Unfit(f"is not UTF-8 text: {error.reason}") from None
    except UnicodeEncodeError:
        raise Unfit("is not valid JSON: a text in it holds half a character") from None
    except Unfit:
        raise
    except json.JSONDecodeError as error:
        says = f"is not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}, line {error.lineno}, column {error.colno}"
        raise Unfit(says) from None
    except ValueError as error:
        raise Unfit(f"is not valid JSON: {error}") from None
    except RecursionError:
        raise Unfit(f"cannot be used as JSON: {_NESTED}", beyond=True) from None
    return value


def _integer(text: str) -> int:
    if len(text) > _MOST_DIGITS + 1:
        raise Unfit(f"cannot be used as JSON: {_NUMBER}", beyond=True)
    return int(text)


def _no_number(text: str) -> float:
    raise Unfit(f"is not valid JSON: {text} is not a number")


def _excess(content: dict[str, Any]) -> str:
    """What of the values goes beyond the limits; empty where nothing does."""
    level: list[Any] = [content]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for one in level:
            inner += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
            if isinstance(one, int) and abs(one) >= 10**_MOST_DIGITS:
                return _NUMBER
        if not inner:
            return ""
        level = inner
    return _NESTED
