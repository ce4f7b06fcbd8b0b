"""The names of captures: which request a file's name spells.

People write a request as a name in many ways: `lssrc -a.txt`, `lssrc_-a`, `lssrc-a.out`, `etc_ct_node_id`,
`df_-k_.var.ct`, `netstat-an-grep-657.txt`. Names are compared by their keys, which have no dashes, slashes or quotes.
What a key cannot hold is put back: options by the letters that a source knows, known paths and words with `_`, and the
whole request where the collector asks it in these words. What could be two requests is the one that a source reads
first, or none.

A name may also begin with the folders of its command (`usr_sbin_rsct_bin_ctsvhbac`), be in capitals, end in `.log` or
in the number of a copy (`lssrc-a (1).txt`), and a file may keep its own name (`inittab`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from rmccomply.collect.plan import GIVEN, SYSTEMS, steps
from rmccomply.evidence.model import Asked
from rmccomply.evidence.typed import FILTERS, command_of
from rmccomply.sources.source import Source
from rmccomply.sources.table import SOURCES
from rmccomply.tuples import NamedTuple

_ENDINGS: Final = (".txt", ".out")
_WORD: Final = re.compile(r"((?:[^\w.]|_)*)((?:[^\W_]|\.)+)")
_PROBE: Final = re.compile(r"tcp[ _-]+([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%\w+)?)[ _-]+([0-9]+)")
_READERS: Final = frozenset({"cat", "egrep", "fgrep", "grep", "head", "more", "tail"})
_BY: Final = "sudo"
_LOG: Final = ".log"
_COPY: Final = re.compile(r" ?\(\d+\)(?=\.\w+$|$)| - Copy(?=\.\w+$|$)")
_FOLDERS: Final = re.compile(
    r"[_./-]*(?:(?:usr|opt|local|rsct|install|es|cluster|ios|s?bin)[_./-]+)*(?:s?bin|utilities|cli)[_./-]+"
)
_OWN_NAMES: Final[Mapping[str, str]] = {
    "inittab": "/etc/inittab",
    "services": "/etc/services",
    "os-release": "/etc/os-release",
    "cpuinfo": "/proc/cpuinfo",
    "lparcfg": "/proc/ppc64/lparcfg",
    "cloud-init.log": "/var/log/cloud-init.log",
    "cloud-init-output.log": "/var/log/cloud-init-output.log",
    "IBM.MgmtDomainRM.default": "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default",
}
"""The names of files that may stand without their folders."""
_OPTION: Final = re.compile(r"-.*|[A-Za-z]{1,2}")
_MOST_SHOWN: Final = 4
_PARTS: Final = re.compile(r"[ _:]+|(?<=\w)-(?=\w)|\.(?=ls|ps|\w+$)")
"""What stands between the words of a name, which are looked at for a request among them."""
_MOST_PARTS: Final = 12
_LINK_LOCAL: Final = "fe80"
_GROUPS: Final = 8
_OF_CLUSTER: Final = re.compile(r"(var-ct-)([0-9]+)(?=-)")
_JOINED: Final = ("rsct_rm", "/var/ct", "IBM.MCP", "IBM.ManagementServer")
"""Words of requests that a key takes apart, or whose capitals get lost."""
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


@lru_cache(maxsize=4096)
def request_of(file_name: str) -> Asked | None:
    """The request whose answer a capture file of this name holds; None where the name is no request's key."""
    name = _COPY.sub("", file_name)
    stem = _without_ending(name)
    names = (name, stem.removesuffix(_LOG)) if stem.endswith(_LOG) else (name,)
    found = next((found for one in names if (found := _named(one) or _at_path(one))), None)
    if found is None and stem in _OWN_NAMES:
        return Asked("file", (_OWN_NAMES[stem],))
    return found or _in_capitals(name)


def _at_path(name: str) -> Asked | None:
    """The request of a name that begins with the folders of its command."""
    folders = _FOLDERS.match(name)
    found = _named(name[folders.end() :]) if folders else None
    return found if found is not None and found.kind == "cmd" else None


def _in_capitals(name: str) -> Asked | None:
    """The request of a name of which some system made capitals; None where other letters would be another request."""
    if not name.isupper():
        return None
    low = _without_ending(name.lower())
    found = request_of(low)
    heads = _heads(key_of(low)) if found is not None else []
    others = (request_of(head + name[len(head) : len(low)]) for head in heads)
    return None if any(other not in (None, found) for other in others) else found


def _named(file_name: str) -> Asked | None:
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

    Another word may be the name of another host, so that no such name is read. Of a file that stands in several
    folders these are told, as `A' or 'B`.
    """
    stem = _without_ending(file_name)
    if len(places := [path for path in _files().values() if path.rpartition("/")[2] == stem]) > 1:
        return "' or '".join(_name_of(Asked("file", (path,))) for path in places)
    words = [word for word in _PARTS.split(stem) if word] if _command_in().search(file_name) else []
    if len(words) > _MOST_PARTS:
        return ""
    for length in range(len(words) - 1, 0, -1):
        for first in range(max(len(words) - length, 0), -1, -1):
            asked = request_of(" ".join(words[first : first + length]))
            if asked is None or (words[first + length :] and not _is_ended(asked, words[first + length])):
                continue
            if request_of(better := _name_of(asked)) == asked:
                return better
    return ""


def _is_ended(asked: Asked, behind: str) -> bool:
    """Whether the word behind a request can only be a mark of whoever saved it, not one of the request."""
    return not _OPTION.fullmatch(behind) and (asked.kind != "cmd" or asked.filtered or asked.argv[-1].startswith("-"))


def read_instead(file_name: str) -> str:
    """What is read of a command, as `A`, `B`, where a name asks it in other words (`df -h`); empty where none does."""
    key = key_of(_FOLDERS.sub("", _COPY.sub("", file_name), count=1).removesuffix(_LOG))
    if request_of(file_name) is not None:
        return ""
    if (other := next((other for head, other in _INSTEAD.items() if f"{key}-".startswith(f"{head}-")), "")) != "":
        return f"`{other}`"
    heads = _heads(key)[:1]
    read = [" ".join(asked.argv) for asked in _asked().values() if asked.argv[0].rpartition("/")[2] in heads]
    return ", ".join(f"`{text}`" for text in list(dict.fromkeys(read))[:_MOST_SHOWN])


_INSTEAD: Final = {
    "lsitab": "cat /etc/inittab",
    "iptables": "iptables-save",
    "ip6tables": "ip6tables-save",
    "lsrsrc": "lsrsrc IBM.MCP",
    "df": "df -k",
    "ip-4-addr": "ip addr",
    "ip-6-addr": "ip addr",
    "uname": "uname -a`, `uname -L`, `uname -M`, `uname -u",
    "dnf-list": "rpm -qa",
    "yum-list": "rpm -qa",
    "zypper-se": "rpm -qa",
    "apt-list": "dpkg -l",
}
"""What is read for what is not, where the collector asks more or other than people would."""


def _name_of(asked: Asked) -> str:
    text = " ".join((asked.argv[0].rpartition("/")[2], *asked.argv[1:])) if asked.kind == "cmd" else asked.argv[-1]
    return f"{text.lstrip('/').replace('/', '_')}{' grep' if asked.filtered else ''}.txt"


@cache
def _command_in() -> re.Pattern[str]:
    """A command or the name of a file that is read."""
    heads = {head.rpartition("/")[2] for source in SOURCES.values() for head in source.heads}
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
        for source in SOURCES.values():
            argv = _argv(source, head, rest) if head in source.heads else None
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
    return next((name for name, one in SOURCES.items() if head in one.heads and one.load().asks(argv)), None)


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
    heads = (head for source in SOURCES.values() for head in source.heads)
    return {_loose(_words(head)): head for head in heads if head.startswith("/") and "*" not in head}


@cache
def _asked() -> Mapping[str, Asked]:
    """What the collector asks in these very words, by their loose keys."""
    planned = [step for system in SYSTEMS for step in steps(system) if GIVEN.isdisjoint(step.argv)]
    return {_loose(_words(step.command)): Asked(step.kind, step.argv) for step in planned}


def _heads(key: str) -> list[str]:
    """The commands that a key may begin with, the longest first: `iptables-save` before `iptables`."""
    ends = [at for at, char in enumerate(f"{key}-") if char == "-"]
    return [key[:end] for end in reversed(ends) if key[:end] in _commands()]


@cache
def _commands() -> frozenset[str]:
    return frozenset(head for source in SOURCES.values() for head in source.heads if not head.startswith("/"))


def _argv(source: Source[object], head: str, words: Sequence[_Word]) -> tuple[str, ...] | None:
    """The request of a source that the words behind its command spell; None where it reads none such."""
    parser = source.load()
    options = parser.OPTIONS
    letters = frozenset(option for option in options if len(option) == 1)
    for loose in (frozenset[str](), letters):
        arguments = list(_arguments(words, options, loose))
        argv = (head, *_PUT_BACK.get(source.name, tuple)(arguments))
        if parser.asks(argv):
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
    key = _loose(words).lower()
    return next((word for word in _JOINED if _loose(_words(word)).lower() == key), None) or _path(words)


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
    zone = re.fullmatch(r"zone[=-](.+)-list-all|list-all-zone[=-](.+)", text)
    if zone is not None:
        return [f"--zone={zone[1] or zone[2]}", "--list-all"]
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
