"""Which names are claimed by several targets of a run, told before any of them is judged.

A host writes its own name into its evidence, so it can write another's. Reports are written as targets come; so that no
order decides who keeps a name, the names are looked up beforehand as the readers find them, where that is cheap: a
bundle's head, the note of its controller, the `id` of a facts document, a capture folder, the files of an archive that
tell of the others. An archive of which those tell no name is read for it, once more than it is judged.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from rmccomply.errors import RmccomplyError
from rmccomply.evidence.archives import is_archive, kind_of_folder
from rmccomply.evidence.beside import CONTROLLER, beside, joined, joined_by, stem_of
from rmccomply.evidence.bundle import MAGIC, is_bundle, read_bundle
from rmccomply.evidence.packed import uncompressed
from rmccomply.evidence.redact import redact
from rmccomply.evidence.run_folder import is_of_another
from rmccomply.facts.identity import node_name
from rmccomply.guarded import LIMITS, Limits, Unfit, bounded, is_too_deep, json_of
from rmccomply.inputs.fact_documents import is_facts
from rmccomply.inputs.loaded import PART, Loaded, of_bundle
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.requests import archive_requests

_START: Final = 8192
_GZIP: Final = b"\x1f\x8b"
_SECTION: Final = b"\n%sect "
_ID: Final = re.compile(rb'"target"\s*:\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.){1,1000}")')


def label_of(loaded: Loaded) -> str:
    """The name that the carrier gives, else `uname -n`, else the file's or folder's name."""
    return loaded.name or node_name(loaded.readings) or loaded.fallback


def shared_names(inputs: Iterable[str], limits: Limits = LIMITS) -> frozenset[str]:
    """The names that more than one target claims; one that is beyond a limit is told by its reader, and has none."""
    first = list(islice(_places(inputs), 2))
    if len(first) < 2 and not any(_holds_many(path) for path in first):
        return frozenset()
    counts: Counter[str] = Counter()
    for path in _places(inputs):
        names = isolated(partial(_listed, path, limits), limits.seconds)
        counts.update(() if isinstance(names, Crash) else names)
    return frozenset(name for name, count in counts.items() if count > 1)


def _places(inputs: Iterable[str]) -> Iterator[Path]:
    """The files and folders that may each be a target."""
    waiting = [(Path(name), Path(name)) for name in sorted({*inputs}) if name not in ("", "-")]
    while waiting:
        path, top = waiting.pop()
        try:
            if _is_one(path):
                yield path
            elif path.is_dir() and not is_too_deep(path, top):
                below = (one for one in path.iterdir() if not one.is_symlink() and one.suffix != PART)
                waiting += [(one, top) for one in below]
        except OSError:
            continue


def _is_one(path: Path) -> bool:
    if path.is_dir():
        from rmccomply.evidence.captures import is_capture_folder

        return bool(kind_of_folder(path)) or is_capture_folder(path, archive_requests())
    return path.is_file() and not _is_joined(path)


def _is_joined(path: Path) -> bool:
    """Whether it is what a controller noted of a bundle that is there too."""
    return any(one.is_file() for one in joined_by(path))


def _holds_many(path: Path) -> bool:
    return path.is_file() and is_facts(_start(path))


def _start(path: Path, *, packed: bool = False) -> bytes:
    """How a file begins, unpacked where it is packed by gzip."""
    with path.open("rb") as file:
        start = file.read(_START)
    if packed or not start.startswith(_GZIP):
        return start
    try:
        return zlib.decompressobj(31).decompress(start, _START)
    except zlib.error:
        return b""


def _listed(path: Path, limits: Limits) -> list[str]:
    return list(_claimed(path, limits))


def _claimed(path: Path, limits: Limits) -> Iterator[str]:
    from rmccomply.evidence.captures import read_captures, session_in

    try:
        if path.is_file() and is_of_another(path, limits.size) and (asked := beside(path, Path.as_posix, limits.size)):
            yield label_of(of_bundle(asked[0]))
        elif path.is_dir() and kind_of_folder(path):
            yield _of_archive(path, limits)
        elif path.is_dir():
            yield label_of(of_bundle(read_captures(path, Path.as_posix, archive_requests(), limits)))
        elif is_facts(_start(path)):
            yield from _ids(path, limits.size)
        elif is_archive(_start(path, packed=True)):
            yield _of_archive(path, limits)
        else:
            data, _ = uncompressed(bounded(path, limits.size), limits.size)
            if is_bundle(data):
                yield _of_bundle(path, data, limits.size)
            elif session := session_in(data, path.as_posix(), stem_of(path), archive_requests()):
                yield label_of(of_bundle(session))
    except (OSError, RmccomplyError, Unfit):
        return


def _of_archive(path: Path, limits: Limits) -> str:
    """The name as the reader of archives finds it. Raises Unfit for what is none."""
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import name_of, read_packed, read_unpacked
    from rmccomply.evidence.archives.tree import Packed, Unpacked

    uri, requests, most = path.as_posix(), archive_requests(), limits.members
    try:
        if path.is_dir():
            name = name_of(Unpacked(path, Path.as_posix, most), path.resolve().name)
            return name or label_of(of_bundle(read_unpacked(path, Path.as_posix, requests, most).bundle))
        name = name_of(Packed(lambda: path.open("rb"), uri, most), path.name)
        return name or label_of(of_bundle(read_packed(lambda: path.open("rb"), uri, path.name, requests, most).bundle))
    except Refused as why:
        raise Unfit(str(why)) from None


def _ids(path: Path, most: int) -> Iterator[str]:
    """The `id` of each document: of one a line, or of the one that stands on several lines."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        lines = uncompressed(file.read(most), most)[0].splitlines(True) if packed else file
        found = [name for line in lines if (name := _id_of(line)) is not None]
    if not found and (name := _id_of(uncompressed(bounded(path, most), most)[0])) is not None:
        found.append(name)
    yield from found


def _id_of(text: bytes) -> str | None:
    """The `id` where a document says it as this program writes it, else where any JSON of its form does."""
    if found := _ID.search(text):
        return redact(str(json.loads(found[1])))
    try:
        document = json_of(text)
    except Unfit:
        return None
    target = document.get("target") if isinstance(document, dict) else None
    name = target.get("id") if isinstance(target, dict) else None
    return redact(name) if isinstance(name, str) else None


def _of_bundle(path: Path, data: bytes, most: int) -> str:
    """The name as the reader of bundles finds it: of the head alone, where that tells it."""
    alone = path.name.endswith(CONTROLLER)
    first = data.find(_SECTION, max(data.find(MAGIC), 0)) + 1
    bundle = read_bundle(data[:first], "", stem_of(path)) if first and not alone else None
    if bundle is None or not bundle.name:
        bundle = read_bundle(data, "", stem_of(path), controller=alone)
    return label_of(of_bundle(joined(bundle, beside(path, Path.as_posix, most))))
