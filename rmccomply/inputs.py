"""Inputs: what the command line names, told apart by content, one target at a time.

A bundle is known by its magic line, a facts document by its schema, a capture folder by a capture's name in it; any
other folder is walked, sorted, without following links. `-` is standard input. A named input that is none of these is
an InputError, given as a value so that the others are judged first; in a walked folder it is a notification.
"""

import gzip
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from rmccomply.errors import InputError
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.captures import LARGEST, is_capture_folder, read_captures
from rmccomply.evidence.model import Artifact, Bundle, Evidence, Notification
from rmccomply.facts.document import SCHEMA, read_facts
from rmccomply.facts.gather import Readings
from rmccomply.facts.requests import request_of

_CONTROLLER: Final = (".controller.rmcc", ".controller.rmcc.gz")
_SAFE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


class Loaded(NamedTuple):
    """One target as an input gives it. `name` is the label it carries, `fallback` its file's or folder's name."""

    readings: Readings
    name: str = ""
    fallback: str = ""
    platform: str = ""
    artifacts: tuple[Artifact, ...] = ()
    labels: Mapping[str, str] = {}
    collected: str | None = None
    notifications: tuple[Notification, ...] = ()
    identity: dict[str, Any] | None = None


Item = Loaded | Notification | InputError


def load_inputs(names: Iterable[str], root: Path, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """Every target of these inputs, in the order of their sorted paths; `root` is what uris are relative to."""
    for name in sorted(set(names)):
        if name == "-":
            yield from _from_stdin(stdin)
            continue
        path = Path(name)
        try:
            if path.is_dir():
                yield from _from_folder(path, root)
            elif path.is_file():
                yield from _from_file(path, root, named=True)
            else:
                yield InputError(f"{name}: there is no such file or folder")
        except OSError as error:
            yield InputError(f"{name}: cannot be read: {error.strerror or error}")


def _from_stdin(stdin: BinaryIO | None) -> Iterator[Item]:
    if stdin is None:
        yield InputError("-: there is no standard input")
        return
    data = stdin.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield InputError(f"-: standard input is larger than {LARGEST} bytes")
        return
    yield from _from_bytes(data, "stdin", "stdin", "-", (), named=True)


def _from_folder(folder: Path, root: Path) -> Iterator[Item]:
    if is_capture_folder(folder, request_of):
        yield from _from_captures(folder, root)
        return
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_symlink():
            yield Notification("it is a link and was not followed", _uri(path, root), level="note")
        elif path.is_dir():
            yield from _from_folder(path, root)
        elif path.is_file() and not _joins_another(path):
            yield from _from_file(path, root, named=False)


def _from_captures(folder: Path, root: Path) -> Iterator[Item]:
    try:
        yield _of_bundle(read_captures(folder, lambda path: _uri(path, root), request_of))
    except InputError as error:
        yield error


def _joins_another(path: Path) -> bool:
    """Whether a controller's bundle is read together with the bundle of its target."""
    for ending in _CONTROLLER:
        if path.name.endswith(ending):
            stem = path.name.removesuffix(ending)
            return any((path.parent / f"{stem}{other}").is_file() for other in (".rmcc", ".rmcc.gz"))
    return False


def _beside(path: Path, root: Path) -> tuple[Bundle, ...]:
    """The controller's bundle about the same target, which stands beside it."""
    stem = path.name.removesuffix(".gz").removesuffix(".rmcc")
    if not path.name.endswith((".rmcc", ".rmcc.gz")) or path.name.endswith(_CONTROLLER):
        return ()
    found = []
    for ending in _CONTROLLER:
        other = path.parent / f"{stem}{ending}"
        if other.is_file() and not other.is_symlink() and other.stat().st_size <= LARGEST:
            data = _uncompressed(other.read_bytes())
            if data is not None and is_bundle(data):
                found.append(read_bundle(data, _uri(other, root), stem))
    return tuple(found)


def _from_file(path: Path, root: Path, named: bool) -> Iterator[Item]:
    uri = _uri(path, root)
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(4096)
        if _is_facts(start):
            file.seek(0)
            yield from _from_documents(file, uri, str(path))
            return
        if size > LARGEST:
            yield _refused(str(path), uri, f"it is larger than {LARGEST} bytes", named)
            return
        data = start + file.read()
    stem = path.name.removesuffix(".gz").removesuffix(".rmcc")
    yield from _from_bytes(data, uri, stem, str(path), _beside(path, root), named)


def _from_bytes(
    data: bytes, uri: str, stem: str, shown: str, beside: tuple[Bundle, ...], named: bool
) -> Iterator[Item]:
    plain = _uncompressed(data)
    if plain is None:
        yield _refused(shown, uri, "its compressed content is damaged or too large", named)
    elif is_bundle(plain):
        yield _of_bundle(_joined(read_bundle(plain, uri, stem), beside))
    elif _is_facts(plain[:4096]):
        yield from _from_documents(io.BytesIO(plain), uri, shown)
    else:
        yield _refused(shown, uri, "it is neither a bundle nor a facts document", named)


def _refused(shown: str, uri: str, why: str, named: bool) -> Item:
    if named:
        return InputError(f"{shown}: is no input: {why}")
    return Notification(f"it was not read: {why}", uri, level="note")


def _uncompressed(data: bytes) -> bytes | None:
    """The content of a gzip file, or the bytes themselves; None where it is damaged or would not end."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        return None
    return plain if len(plain) <= LARGEST else None


def _joined(bundle: Bundle, beside: tuple[Bundle, ...]) -> Bundle:
    """A bundle with what a controller measured about the same target."""
    for other in beside:
        if other.head.get("mode") != "controller" or (other.name or bundle.name) != bundle.name:
            says = "it stands beside the bundle of its target but is not about it, so it was not joined"
            note = Notification(says, other.artifacts[0].uri)
            bundle = bundle._replace(notifications=(*bundle.notifications, note))
            continue
        measured: tuple[Evidence, ...] = other.evidence
        bundle = bundle._replace(
            artifacts=(*bundle.artifacts, *other.artifacts),
            evidence=(*bundle.evidence, *measured),
            notifications=(*bundle.notifications, *other.notifications),
        )
    return bundle


def _of_bundle(bundle: Bundle) -> Loaded:
    return Loaded(
        Readings(bundle.evidence),
        bundle.name,
        bundle.fallback,
        bundle.platform,
        bundle.artifacts,
        bundle.labels,
        bundle.collected,
        bundle.notifications,
    )


def _is_facts(start: bytes) -> bool:
    return start.lstrip()[:1] == b"{" and SCHEMA.encode() in start


def _from_documents(file: BinaryIO, uri: str, shown: str) -> Iterator[Item]:
    """One document, or a document a line."""
    first = file.readline()
    one = _json(first)
    if one is None:
        whole = _json(first + file.read())
        yield _of_document(whole, uri) if whole is not None else InputError(f"{shown}: is no JSON document")
        return
    yield _of_document(one, uri)
    for number, line in enumerate(file, 2):
        if line.strip():
            document = _json(line)
            yield _of_document(document, uri) if document else InputError(f"{shown}:{number}: is no JSON document")


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _of_document(document: Any, uri: str) -> Item:
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return InputError(f"{uri}: is no facts document of a version that this release reads ({SCHEMA})")
    facts, target = document.get("facts"), document.get("target")
    if not isinstance(facts, dict) or not isinstance(target, dict):
        return InputError(f"{uri}: the facts document has no 'target' or no 'facts'")
    readings, notes = read_facts(facts, uri)
    artifacts = tuple(
        Artifact(str(one.get("uri", "")), str(one.get("sha256", "")))
        for one in target.get("evidence") or []
        if isinstance(one, dict)
    )
    labels = target.get("labels")
    return Loaded(
        Readings(made=readings),
        str(target.get("id") or ""),
        "facts",
        str(target.get("platform") or ""),
        artifacts,
        {str(key): str(value) for key, value in labels.items()} if isinstance(labels, dict) else {},
        target.get("collected"),
        tuple(notes),
    )


def _uri(path: Path, root: Path) -> str:
    """The path relative to the root, percent-encoded; never absolute."""
    text = os.path.relpath(path, root).replace(os.sep, "/")
    if _SAFE.issuperset(text):
        return text
    return "".join(
        char if char in _SAFE else "".join(f"%{octet:02X}" for octet in char.encode("utf-8", "surrogateescape"))
        for char in text
    )
