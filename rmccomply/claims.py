"""Which names are claimed by several targets of a run, told before any of them is judged.

A host writes its own name into its evidence, so it can write another's. Reports are written as targets come; so that no
order decides who keeps a name, the names are looked up beforehand, where that is cheap: the head of a bundle, the note
of its controller, the `id` of a facts document, a capture folder. An archive tells its name only when it is read.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from rmccomply.errors import RmccomplyError
from rmccomply.evidence.archives import kind_of_folder
from rmccomply.evidence.beside import asked_as
from rmccomply.evidence.bundle import MAGIC, read_bundle
from rmccomply.evidence.captures import is_capture_folder, read_captures
from rmccomply.fact_documents import is_facts
from rmccomply.facts.identity import node_name
from rmccomply.facts.named import request_of
from rmccomply.facts.requests import archive_requests
from rmccomply.guarded import LIMITS
from rmccomply.isolation import Crash, isolated
from rmccomply.loaded import BUNDLE_ENDINGS, PART, Loaded, of_bundle

_START: Final = 8192
_GZIP: Final = b"\x1f\x8b"
_HEAD: Final = re.compile(rb"^%h (host|mode) (.*?)\r?$", re.MULTILINE)
_ID: Final = re.compile(rb'"target"\s*:\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.){1,1000}")')
_CONTROLLER: Final = ".controller"


def label_of(loaded: Loaded) -> str:
    """The name that the carrier gives, else `uname -n`, else the file's or folder's name."""
    return loaded.name or node_name(loaded.readings) or loaded.fallback


def shared_names(inputs: Iterable[str]) -> frozenset[str]:
    """The names that more than one target claims."""
    first = list(islice(_places(inputs), 2))
    if len(first) < 2 and not any(_holds_many(path) for path in first):
        return frozenset()
    counts: Counter[str] = Counter()
    for path in _places(inputs):
        names = isolated(lambda path=path: list(_claimed(path)))  # type: ignore[misc]
        counts.update(() if isinstance(names, Crash) else names)
    return frozenset(name for name, count in counts.items() if count > 1)


def _places(inputs: Iterable[str]) -> Iterator[Path]:
    """The files and folders that may each be a target."""
    waiting = [Path(name) for name in sorted({*inputs}) if name != "-"]
    while waiting:
        path = waiting.pop()
        try:
            one = is_capture_folder(path, request_of) if path.is_dir() else path.is_file() and not _is_beside(path)
            if one:
                yield path
            elif path.is_dir() and not kind_of_folder(path):
                waiting += [below for below in path.iterdir() if not below.is_symlink() and below.suffix != PART]
        except OSError:
            continue


def _is_beside(path: Path) -> bool:
    """Whether it is what a controller noted of a bundle that is there too."""
    stem = path.name.removesuffix(".gz").removesuffix(".rmcc")
    own = stem.removesuffix(_CONTROLLER)
    return own != stem and any(path.with_name(f"{own}{ending}").is_file() for ending in BUNDLE_ENDINGS)


def _holds_many(path: Path) -> bool:
    return path.is_file() and is_facts(_start(path))


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(_START)
    if not start.startswith(_GZIP):
        return start
    try:
        return zlib.decompressobj(31).decompress(start, _START)
    except zlib.error:
        return b""


def _claimed(path: Path) -> Iterator[str]:
    try:
        if path.is_dir():
            yield label_of(of_bundle(read_captures(path, Path.as_posix, archive_requests())))
            return
        start = _start(path)
        if is_facts(start):
            yield from _ids(path)
        elif start.startswith(MAGIC) or b"\n" + MAGIC in start:
            yield _of_head(path, start)
    except (OSError, RmccomplyError):
        return


def _ids(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for line in iter(lambda: file.readline(LIMITS.size), b""):
            if found := _ID.search(line):
                yield str(json.loads(found[1]))


def _of_head(path: Path, start: bytes) -> str:
    stem = path.name.removesuffix(".gz").removesuffix(".rmcc")
    own = dict(_HEAD.findall(start.partition(b"\n%sect ")[0]))
    name = "" if own.get(b"mode") == b"image" else own.get(b"host", b"").decode("utf-8", "backslashreplace")
    beside = path if stem.endswith(_CONTROLLER) else path.with_name(f"{stem}{_CONTROLLER}.rmcc")
    if beside.is_file() and path.name.endswith(BUNDLE_ENDINGS) and beside.stat().st_size <= LIMITS.size:
        name = asked_as(read_bundle(beside.read_bytes(), "", controller=True)) or name
    return name or stem
