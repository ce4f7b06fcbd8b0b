"""What the targets of an input are called, told before any of them is judged.

The names are looked up as the readers find them, where that is cheap: a bundle's head, the note of its controller, the
`id` of a facts document, a capture folder, the files of an archive that tell of the others. An archive of which those
tell no name is read for it, once more than it is judged. A name that is not told here as its reader finds it is told
apart by its place: nobody gains a name by hiding it.
"""

import io
import os
import zlib
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from rmccomply.errors import RmccomplyError
from rmccomply.evidence.archives import is_archive
from rmccomply.evidence.bundle import MAGIC, is_bundle, read_bundle
from rmccomply.evidence.companion import CONTROLLER, companions, has_companions, joined, stem_of
from rmccomply.evidence.model import Bundle
from rmccomply.evidence.packed import uncompressed
from rmccomply.evidence.redact import redact
from rmccomply.evidence.run_folder import BEGIN, is_in_run, is_of_another
from rmccomply.evidence.uris import encoded
from rmccomply.guarded import Limits, Unfit, open_plain, rest_of
from rmccomply.inputs.fact_documents import is_facts, name_in, texts
from rmccomply.inputs.loaded import PART, name_of, of_bundle
from rmccomply.inputs.located import Claims, Located
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.requests import archive_requests

_CHUNK: Final = 4096
_GZIP: Final = b"\x1f\x8b"
_SECTION: Final = b"\n%sect "
_NOBODY: Final = Claims()


def claims_of(one: Located, limits: Limits) -> Claims:
    """The names of an input's targets, each within the time that a target has; of what cannot be read, none."""
    try:
        start, plain = _start(one)
    except OSError:
        return _NOBODY
    found = isolated(partial(_by_head, one, start, limits))
    if found is None or isinstance(found, Crash):
        found = isolated(partial(_claimed, one, limits), 0 if is_facts(plain) else limits.seconds)
    return _NOBODY if isinstance(found, Crash) else found


def may_hold_documents(one: Located) -> bool:
    """Whether it begins as facts documents do, each of which has its own time."""
    try:
        return is_facts(_start(one)[1])
    except OSError:
        return False


def _start(one: Located) -> tuple[bytes, bytes]:
    """How it begins, as it stands and unpacked where it is packed by gzip. Raises OSError."""
    if one.kind == "file":
        with open_plain(Path(one.path)) as file:
            start = file.read(_CHUNK)
    else:
        start = (one.data or b"")[:_CHUNK]
    if not start.startswith(_GZIP):
        return start, start
    try:
        return start, zlib.decompressobj(31).decompress(start, _CHUNK)
    except zlib.error:
        return start, b""


def _by_head(one: Located, start: bytes, limits: Limits) -> Claims | None:
    """The name of a bundle that stands alone and tells it in a head that its beginning holds whole; else None."""
    first = start.find(_SECTION) + 1
    if not first or one.kind != "file" or not start.startswith(MAGIC) or one.path.endswith(CONTROLLER):
        return None
    path = Path(one.path)
    if path.suffix == PART or has_companions(path) or is_in_run(path) or os.stat(path).st_size > limits.size:
        return None
    bundle = read_bundle(start[:first], "", stem_of(path))
    return Claims((name_of(of_bundle(bundle)),)) if bundle.name else None


def _claimed(one: Located, limits: Limits) -> Claims:
    from rmccomply.evidence.archives.compressed import Refused

    path = Path(one.path)
    try:
        if one.kind == "stdin":
            return _of_octets(one, one.data, "stdin", (), limits) if one.data is not None else _NOBODY
        if one.kind == "archive":
            return Claims((_of_unpacked(path, limits),))
        return _of_captures(path, limits) if one.kind == "captures" else _of_file(one, path, limits)
    except (OSError, RmccomplyError, Unfit, Refused):
        return _NOBODY


def _of_captures(path: Path, limits: Limits) -> Claims:
    from rmccomply.evidence.captures import read_captures

    try:
        return Claims((name_of(of_bundle(read_captures(path, Path.as_posix, archive_requests(), limits))),))
    except RmccomplyError:
        return Claims((redact(path.resolve().name),))


def _of_file(one: Located, path: Path, limits: Limits) -> Claims:
    if is_of_another(path, limits.size) and (asked := companions(path, Path.as_posix, limits.size)):
        folder, slash, _ = one.uri.rpartition("/")
        place = f"{folder}{slash}{encoded(Path(asked[0].artifacts[0].uri).name)}"
        return Claims((name_of(of_bundle(asked[0])),), place)
    with open_plain(path) as file:
        start = file.read(_CHUNK)
        if is_facts(start):
            file.seek(0)
            return _of_documents(file, one.uri, limits.seconds)
        if is_archive(start):
            return Claims((_of_packed(path, limits),))
        data = start + rest_of(file, limits.size + 1)
    if not one.named and (start.startswith(BEGIN) or (path.suffix == PART and is_bundle(data))):
        return _NOBODY
    return _of_octets(one, data, stem_of(path), companions(path, Path.as_posix, limits.size), limits)


def _of_octets(one: Located, data: bytes, stem: str, others: tuple[Bundle, ...], limits: Limits) -> Claims:
    from rmccomply.evidence.archives.kinds import read_packed
    from rmccomply.evidence.captures import session_in

    if one.kind == "stdin" and is_archive(data[:_CHUNK]):
        held = read_packed(lambda: io.BytesIO(data), one.uri, "stdin", archive_requests(), limits.members)
        return Claims((name_of(of_bundle(held.bundle)),))
    plain, fault = uncompressed(data, limits.size)
    refused = len(plain) > limits.size or (fault is not None and fault.refused)
    if is_bundle(plain):
        return Claims((redact(stem) if refused else _of_bundle(one, plain, stem, others),))
    if refused or fault:
        return _NOBODY
    if is_facts(plain):
        return _of_documents(io.BytesIO(plain), one.uri, limits.seconds)
    session = session_in(plain, one.uri, stem, archive_requests())
    return Claims((name_of(of_bundle(session)),)) if session else _NOBODY


def _of_bundle(one: Located, data: bytes, stem: str, others: tuple[Bundle, ...]) -> str:
    """The name as the reader of bundles finds it: of the head alone, where that tells it."""
    alone = one.path.endswith(CONTROLLER)
    first = data.find(_SECTION, max(data.find(MAGIC), 0)) + 1
    bundle = read_bundle(data[:first], "", stem) if first and not alone else None
    if bundle is None or not bundle.name:
        bundle = read_bundle(data, "", stem, controller=alone)
    return name_of(of_bundle(joined(bundle, others)))


def _of_packed(path: Path, limits: Limits) -> str:
    """The name as the reader of archives finds it. Raises Refused for what is none."""
    from rmccomply.evidence.archives.kinds import name_of as named_by
    from rmccomply.evidence.archives.kinds import read_packed
    from rmccomply.evidence.archives.tree import Packed

    uri, most = path.as_posix(), limits.members
    if name := named_by(Packed(lambda: path.open("rb"), uri, most), path.name):
        return name
    return name_of(of_bundle(read_packed(lambda: path.open("rb"), uri, path.name, archive_requests(), most).bundle))


def _of_unpacked(path: Path, limits: Limits) -> str:
    """The same of one that was unpacked. Raises Refused."""
    from rmccomply.evidence.archives.kinds import name_of as named_by
    from rmccomply.evidence.archives.kinds import read_unpacked
    from rmccomply.evidence.archives.tree import Unpacked

    if name := named_by(Unpacked(path, Path.as_posix, limits.members), path.resolve().name):
        return name
    return name_of(of_bundle(read_unpacked(path, Path.as_posix, archive_requests(), limits.members).bundle))


def _of_documents(file: BinaryIO, uri: str, seconds: int) -> Claims:
    names: list[str] = []
    for number, text in texts(file):
        name = isolated(partial(name_in, text, f"{uri}:{number}" if number else uri), seconds)
        if name is not None:
            names.append("" if isinstance(name, Crash) else name)
    return Claims(names, documents=True)
