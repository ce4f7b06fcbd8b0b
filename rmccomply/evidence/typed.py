"""A command as somebody typed it, and as it is written into the name of a file: what it asks, and what a filter left.

    sudo lssrc -a | grep rsct        the request `lssrc -a`, of which only some rows were kept
    cat /etc/ct_node_id              the file itself

A pipeline, its redirected error output and what stands before a command (`sudo`, `LC_ALL=C`, `ssh host`) are known. A
list of commands, a loop or a redirected output is not: nobody can tell which of its lines are whose.
"""

import shlex
from typing import Final

from rmccomply.evidence.model import Asked

FILTERS: Final = frozenset(
    {"awk", "cut", "egrep", "fgrep", "gawk", "grep", "head", "nawk", "sed", "sort", "tail", "tr", "uniq", "wc"}
)
"""Commands that leave out or change lines of what they are given."""
_READERS: Final = frozenset({"cat", "less", "more", "pg"})
_WHOLE: Final = _READERS | {"tee"}
_BEFORE: Final[dict[str, frozenset[str]]] = {
    "env": frozenset(),
    "nice": frozenset({"-n"}),
    "nohup": frozenset(),
    "ssh": frozenset({"-F", "-i", "-l", "-o", "-p"}),
    "sudo": frozenset({"-g", "-u"}),
    "time": frozenset(),
    "timeout": frozenset({"-k", "-s"}),
}
"""Commands that run another one, with those of their options that have a value."""
_OPERAND: Final = frozenset({"ssh", "timeout"})
_OPERATORS: Final = "|;&<>()"
_LONGEST: Final = 4096
"""Characters of a line that somebody may have typed; a terminal takes no longer one."""


def command_of(text: str) -> Asked | None:
    """What a typed line asks; None for an empty line and for what is more than one command."""
    stages = _stages(text)
    if not stages or not all(stages):
        return None
    argv, after = _inner(stages[0])[0], [stage[0].rpartition("/")[2] for stage in stages[1:]]
    if not argv or not all(name in FILTERS | _WHOLE for name in after):
        return None
    filtered = any(name in FILTERS for name in after)
    name, path = argv[0].rpartition("/")[2], argv[-1]
    if name in _READERS and len(argv) == 2 and path.startswith("/"):
        return Asked("file", (path,), filtered)
    return Asked("cmd", argv, filtered)


def _stages(text: str) -> list[tuple[str, ...]] | None:
    """The words of each command of a pipeline; None where it is no plain pipeline."""
    if len(text) > _LONGEST:
        return None
    lexer = shlex.shlex(text, posix=True, punctuation_chars=_OPERATORS)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        words = list(lexer)
    except ValueError:
        return None
    stages: list[list[str]] = [[]]
    rest = iter(words)
    for word in rest:
        if word == "|":
            stages.append([])
        elif word in (">", ">>", ">&") and stages[-1][-1:] == ["2"]:
            stages[-1].pop()
            next(rest, "")
        elif word and set(word) <= set(_OPERATORS):
            return None
        else:
            stages[-1].append(word)
    return [tuple(stage) for stage in stages]


def host_of(text: str) -> str:
    """The host that a typed line asks by ssh; empty where it asks the one at whose prompt it stands."""
    stages = _stages(text)
    return _inner(stages[0])[1] if stages else ""


def _inner(words: tuple[str, ...], host: str = "") -> tuple[tuple[str, ...], str]:
    """The command without what stands before it, and the host that ssh is told to run it on."""
    while words:
        name = words[0].rpartition("/")[2]
        if name in _BEFORE:
            before, words = words, _run_by(name, words[1:])
            host = before[-len(words) - 1].rpartition("@")[2] if name == "ssh" else host
        elif name.partition("=")[0].isidentifier() and "=" in name:
            words = words[1:]
        else:
            break
    if len(words) == 1 and " " in words[0]:
        return _inner(tuple(words[0].split()), host)
    return words, host


def _run_by(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] in _BEFORE[name] else words[1:]
    return words[1:] if name in _OPERAND else words
