"""The names of captures: which request a file's name spells.

People write a request as a name in many ways: `lssrc -a.txt`, `lssrc_-a`, `lssrc-a.out`, `etc_ct_node_id`,
`df_-k_.var.ct`, `netstat-an-grep-657.txt`. Names are compared by their keys, which have no dashes, slashes or quotes.
What a key cannot hold is put back: options by the letters that a source knows, known paths and words with `_`, and the
whole request where the collector asks it in these words. What could be two requests is the one that a source reads
first, or none.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from rmccomply.collect.plan import ADDRESS, SYSTEMS, steps
from rmccomply.evidence.model import Asked
from rmccomply.evidence.typed import FILTERS, command_of
from rmccomply.facts import SOURCES, load

_ENDINGS: Final = (".txt", ".out")
_WORD: Final = re.compile(r"((?:[^\w.]|_)*)((?:[^\W_]|\.)+)")
_PROBE: Final = re.compile(r"tcp[ _-]+([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%\w+)?)[ _-]+([0-9]+)")
_READERS: Final = frozenset({"cat", "head", "more", "tail"})
_BY: Final = "sudo"
_PARTS: Final = re.compile(r"[ _:]+|(?<=\w)-(?=\w)|\.(?=ls|ps|\w+$)")
"""What stands between the words of a name, which are looked at for a request among them."""
_MOST_PARTS: Final = 12
_LINK_LOCAL: Final = "fe80"
_GROUPS: Final = 8
_OF_CLUSTER: Final = re.compile(r"(var-ct-)([0-9]+)(?=-)")
_JOINED: Final = ("rsct_rm", "/var/ct")
"""Words of requests that a key takes apart."""
_MOUNTS: Final = frozenset({"home", "opt", "tmp", "usr", "var"})


class _Word(NamedTuple):
    """A word of a name. `dashes` stand before it for certain; a single one may be but the separator."""

    text: str
    dashes: str


def key_of(name: str) -> str:
    """The key by which names are compared: `lssrc_-a.txt` and `lssrc -a` are both `lssrc-a`.

    The ending is dropped, every run of characters other than letters, digits and `.` is one `-`.
    """
    return _key(_words(name))


def request_of(file_name: str) -> Asked | None:
    """The request whose answer a capture file of this name holds; None where the name is no request's key."""
    text = _without_ending(file_name)
    typed = command_of(text) if " " in text and " _" not in text else None
    if typed is not None and typed.argv[0] in _READERS and text != " ".join(typed.argv):
        return request_of(" ".join(typed.argv))
    if typed is not None and typed.kind == "cmd" and _source(typed.argv) is not None:
        return typed._replace(kind="probe") if typed.argv[0] == "tcp" else typed
    if probe := _PROBE.fullmatch(text):
        return Asked("probe", ("tcp", *probe.groups()))
    words = _words(file_name)
    if [word.text for word in words[:1]] == [_BY] and len(words) > 1:
        words = [words[1]._replace(dashes=""), *words[2:]] if not words[1].dashes else []
    end = next((n for n, word in enumerate(words) if n and word.text in FILTERS and not word.dashes), len(words))
    found = _request(words[:end]) if words else None
    return found and found._replace(filtered=found.filtered or end < len(words))


def meant_by(file_name: str) -> str:
    """How a file had better be called whose name holds a request and more (`lpar1_lssrc -a`); empty where none does.

    Another word may be the name of another host, so that no such name is read.
    """
    words = _PARTS.split(_without_ending(file_name)) if _command_in().search(file_name) else []
    if len(words) > _MOST_PARTS:
        return ""
    for length in range(len(words) - 1, 0, -1):
        for first in range(max(len(words) - length, 0), -1, -1):
            asked = request_of(" ".join(words[first : first + length]))
            if asked is not None and words[first] and request_of(better := _name_of(asked)) == asked:
                return better
    return ""


def _name_of(asked: Asked) -> str:
    text = " ".join((asked.argv[0].rpartition("/")[2], *asked.argv[1:])) if asked.kind == "cmd" else asked.argv[-1]
    return f"{text.lstrip('/').replace('/', '_')}{' grep' if asked.filtered else ''}.txt"


@cache
def _command_in() -> re.Pattern[str]:
    """A command or the name of a file that is read."""
    heads = {head.rpartition("/")[2] for heads in SOURCES.values() for head in heads}
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(re.escape(head) for head in sorted(heads))})(?![A-Za-z])")


def _request(words: Sequence[_Word]) -> Asked | None:
    key = _key(words)
    path = _path(words)
    if path is not None:
        return Asked("file", (path,))
    if (asked := _asked().get(_loose(words))) is not None:
        return asked
    for head in _heads(key):
        rest = words[len(_words(head)) :]
        for source, heads in SOURCES.items():
            argv = _argv(source, head, rest) if head in heads else None
            if argv is not None:
                return Asked("probe" if head == "tcp" else "cmd", argv)
    return _read_by(words)


def _read_by(words: Sequence[_Word]) -> Asked | None:
    """A file by the name of what printed it; `head` and `tail` leave lines out."""
    reader = words[0].text
    for n in range(1, len(words)) if reader in _READERS else ():
        found = _path(words[n:])
        if found is not None:
            return Asked("file", (found,), filtered=reader in FILTERS)
    return None


def _without_ending(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


def _words(name: str) -> list[_Word]:
    words: list[_Word] = []
    for separator, text in _WORD.findall(_without_ending(name)):
        dashes = len(separator[1:]) - len(separator[1:].rstrip("-")) if words else 0
        words.append(_Word(text, "-" * min(dashes, 2)))
    return words


def _key(words: Sequence[_Word]) -> str:
    return "-".join(word.text for word in words)


def _loose(words: Sequence[_Word]) -> str:
    """The key of a path, whose slashes some write as dots."""
    return "-".join(_key(words).replace(".", " ").replace("-", " ").split())


def _source(argv: tuple[str, ...]) -> str | None:
    head = argv[0].rpartition("/")[2]
    return next((source for source, heads in SOURCES.items() if head in heads and load(source).asks(argv)), None)


def _path(words: Sequence[_Word]) -> str | None:
    """The path of a file that is read; a number stands where RSCT has the folder of a cluster instead of IW."""
    key = _loose(words)
    number = _OF_CLUSTER.match(key)
    if number is None:
        return _files().get(key)
    path = _files().get(f"{number[1]}IW{key[number.end() :]}")
    return path and path.replace("/IW/", f"/{number[2]}/")


@cache
def _files() -> Mapping[str, str]:
    """The files that sources read, by their loose keys."""
    return {_loose(_words(head)): head for heads in SOURCES.values() for head in heads if head.startswith("/")}


@cache
def _asked() -> Mapping[str, Asked]:
    """What the collector asks in these very words, by their loose keys."""
    planned = [step for system in SYSTEMS for step in steps(system) if ADDRESS not in step.argv]
    return {_loose(_words(step.command)): Asked(step.kind, step.argv) for step in planned}


def _heads(key: str) -> list[str]:
    """The commands that a key may begin with, the longest first: `iptables-save` before `iptables`."""
    heads = {head for heads in SOURCES.values() for head in heads if not head.startswith("/")}
    return sorted((head for head in heads if f"{key}-".startswith(f"{head}-")), key=len, reverse=True)


def _argv(source: str, head: str, words: Sequence[_Word]) -> tuple[str, ...] | None:
    """The request of a source that the words behind its command spell; None where it reads none such."""
    options = load(source).OPTIONS
    letters = frozenset(option for option in options if len(option) == 1)
    for loose in (frozenset[str](), letters):
        arguments = list(_arguments(words, options, loose))
        argv = (head, *_PUT_BACK.get(source, tuple)(arguments))
        if load(source).asks(argv):
            return argv
    return None


def _arguments(words: Sequence[_Word], options: frozenset[str], letters: frozenset[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        word, known = words[at], ((n, _known(words[at:n])) for n in range(len(words), at, -1))
        end, joined = next(((n, text) for n, text in known if text), (at + 1, None))
        if joined is not None:
            yield joined
        elif word.dashes:
            yield f"{word.dashes}{word.text}"
        elif word.text in options or letters.issuperset(word.text):
            yield f"-{word.text}"
        else:
            yield f"{word.text}*" if word.text.endswith(".") else word.text
        at = end


def _known(words: Sequence[_Word]) -> str | None:
    """The one word of a request that these words of a name are."""
    key = _loose(words)
    return next((word for word in _JOINED if _loose(_words(word)) == key), None) or _path(words)


def _paths(words: list[str]) -> Sequence[str]:
    """The words of df are options but for the names of mount points; a path of another name tells nothing of RSCT's.

    Behind `-x` stands the type of a file system."""
    bare = [word.strip(".") for word in words]
    kinds = {at for at, before in enumerate(bare, 1) if before == "-x"}
    return [
        word if word[:1] in "-/" or at in kinds else f"/{word}" if word in _MOUNTS else f"-{word}"
        for at, word in enumerate(bare)
    ]


def _columns(words: list[str]) -> Sequence[str]:
    """All words behind the option `o` are columns."""
    at = next((n for n, word in enumerate(words, 1) if word.startswith("-") and word.endswith("o")), len(words))
    return [*words[:at], ",".join(words[at:])] if words[at:] else words


def _fields(words: list[str]) -> Sequence[str]:
    """The words in capitals behind `-p` are fields of units, which have none."""
    fields = [word for word in words if word[:1].isupper()]
    return [",".join(fields) if word in fields[:1] else word for word in words if word not in fields[1:]]


def _fixes(words: list[str]) -> Sequence[str]:
    fixes = [word for word in words if not word.startswith("-")]
    return [*(word for word in words if word.startswith("-")), *([" ".join(fixes)] if fixes else [])]


def _long_options(words: list[str]) -> Sequence[str]:
    """The options of firewall-cmd are long ones: `zone public list all` is `--zone=public --list-all`."""
    text = "-".join(word.lstrip("-") for word in words)
    if text.startswith("zone-") and text.endswith("-list-all"):
        return [f"--zone={text.removeprefix('zone-').removesuffix('-list-all')}", "--list-all"]
    return [f"--{text}"]


def _address(words: list[str]) -> Sequence[str]:
    """An IPv6 address of a key has lost where its zeros stood, which is known of a link-local one."""
    *address, port = words or [""]
    if address[:1] != [_LINK_LOCAL] or len(address) > _GROUPS + 1:
        return words
    zone = [f"%{address.pop()}"] if not set(address[-1]) <= set("0123456789abcdefABCDEF") else []
    rest = ":".join(address[1:])
    return ["".join((f"{_LINK_LOCAL}{':' if len(address) == _GROUPS else '::'}{rest}", *zone)), port]


_PUT_BACK: Final[Mapping[str, Callable[[list[str]], Sequence[str]]]] = {
    "df": _paths,
    "firewalld": _long_options,
    "instfix": _fixes,
    "ps": _columns,
    "systemd": _fields,
    "tcp_probe": _address,
}
"""What a key cannot hold of the requests of a source, and how its words are put together again."""
