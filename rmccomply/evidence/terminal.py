"""What a terminal shows around answers: prompts with what was typed behind them, colours, the lines of `script`.

    [root@lpar1 ~]# lssrc -a            lpar1:/root>lssrc -a            (0) root @ lpar1: /
    Subsystem   Group  PID  Status      Subsystem   Group  PID  Status  # lssrc -a
    [root@lpar1 ~]#                     lpar1:/root>                    #

A prompt that names a user is one wherever it stands. Any other (`lpar1:/>`, `bash-5.0#`, `$`) is one where a command
that is read stands behind it, and from there on; a lone `#` never more than that, because a comment looks like it.
"""

import re
from collections.abc import Callable
from itertools import islice
from typing import Final, NamedTuple

from rmccomply.evidence.model import Asked
from rmccomply.evidence.typed import command_of

_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Za-z]|[=>78c])\r?")
_NOISE: Final = ("Script started", "Script done", "Script command is", "=~=~=~=~")
_PROMPT: Final = re.compile(
    r"(?:\(\w+\) ?)?"
    r"(?:(?P<user>\[[\w.-]+@[^\]]+\]|[\w.-]+ ?@ ?[\w.-]+(?:[: ] ?[^\s#$%>]*)?)"
    r"|(?P<host>[\w.-]+:[\w.:/~-]*|[~/][\w.~/-]*|[\w.-]+)"
    r"|(?P<bare>))"
    r" ?(?P<sign>[#$%>]{1,2})(?P<typed>.*)"
)
_ABOVE: Final = re.compile(r"\(\w+\) ?[\w.-]+ ?@ ?[\w.-]+: ?\S*\s*")
"""The first line of a prompt of two."""
_HOST: Final = re.compile(r"(?:@ ?|^(?=[\w.-]+:))([\w.-]+)")
_USERS: Final = ("root", "padmin")
"""Who stands before the colon of a prompt instead of a host."""
_LEAVES: Final = frozenset({"exit", "logout"})
_MOST: Final = 10_000
"""Lines that are looked at as prompts; nobody types more, and a file of nothing else should not cost a minute."""


class Part(NamedTuple):
    """What stands between two prompts. `typed` is None where no prompt stands before it; `first` is the number of its
    first line, from 1; `host` is that of the prompt, empty where it names none."""

    typed: str | None
    first: int
    lines: tuple[str, ...]
    host: str = ""


Known = Callable[[Asked], bool]


class _Prompt(NamedTuple):
    stem: str
    typed: str
    named: bool
    bare: bool


def without_escapes(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines without the sequences by which a terminal is told of colours, titles and pastes."""
    return tuple(_ESCAPES.sub("", line) if "\x1b" in line else line for line in lines)


def parts_of(lines: tuple[str, ...], known: Known) -> list[Part]:
    """The parts of what a terminal showed, in order; of a file without a prompt it is the one part.

    `known` tells whether a command is one whose answer is read.
    """
    starts = _starts(lines, known)
    parts: list[Part] = []
    places = [(-1, None), *starts.items()]
    for (at, typed), (end, _) in zip(places, [*places[1:], (len(lines), None)], strict=True):
        first, last = at + 1, end
        if end in starts and last > first and _ABOVE.fullmatch(lines[last - 1]):
            last -= 1
        part = _without_noise(lines, first, last) if at < 0 or end == len(lines) else (first, last)
        parts.append(Part(typed, part[0] + 1, lines[part[0] : part[1]], _host(lines, at)))
    return parts


def _host(lines: tuple[str, ...], at: int) -> str:
    """The host that the prompt on a line names, or the line above it that is a part of the prompt."""
    if at < 0:
        return ""
    found = _PROMPT.match(lines[at])
    above = lines[at - 1] if at and _ABOVE.fullmatch(lines[at - 1]) else ""
    text = "" if found is None else found["user"] or found["host"] or above
    host = _HOST.search(text)
    return "" if host is None or host[1] in _USERS else host[1]


def _without_noise(lines: tuple[str, ...], first: int, last: int) -> tuple[int, int]:
    while first < last and lines[first].startswith(_NOISE):
        first += 1
    while first < last and lines[last - 1].startswith(_NOISE):
        last -= 1
    return first, last


def _starts(lines: tuple[str, ...], known: Known) -> dict[int, str | None]:
    """The index of each line with a prompt, and what was typed there."""
    starts: dict[int, str | None] = {}
    stems: set[str] = set()
    seen = ((index, prompt) for index, line in enumerate(lines) if (prompt := _prompt(line)) is not None)
    for index, prompt in islice(seen, _MOST):
        if _is_prompt(prompt, stems, known):
            stems.add(prompt.stem)
            starts[index] = prompt.typed
    for index in range(len(lines) - 1, -1, -1):
        prompt = _prompt(lines[index])
        if index not in starts and prompt is not None and prompt.typed in ("", *_LEAVES):
            starts[index] = prompt.typed
        elif lines[index].strip() and index not in starts and not lines[index].startswith(_NOISE):
            break
    return dict(sorted(starts.items()))


def _prompt(line: str) -> _Prompt | None:
    found = _PROMPT.match(line)
    if found is None:
        return None
    stem = re.split(r"[:\s\]]", found["user"] or found["host"] or "", maxsplit=1)[0] + found["sign"][-1:]
    typed = found["typed"]
    if not (found["user"] or found["host"]) and typed[:1] not in ("", " "):
        return None
    return _Prompt(stem, typed.strip(), found["user"] is not None, stem == "#")


def _is_prompt(prompt: _Prompt, stems: set[str], known: Known) -> bool:
    if prompt.named or (prompt.stem in stems and not prompt.bare):
        return True
    command = command_of(prompt.typed)
    return command is not None and known(command)
