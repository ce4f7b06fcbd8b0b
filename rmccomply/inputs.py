"""Inputs: what the command line names, told apart by content, one target at a time.

A bundle is known by its magic line, a facts document by its schema, a support archive by its marks, packed or not, a
capture folder by a capture's name in it; any other folder is walked, sorted, without following links. `-` is standard
input. A named input that is none of these is an InputError, given as a value so that the others are judged first; in a
walked folder it is a notification.
"""

import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, NamedTuple, TypeVar

from rmccomply.errors import InputError
from rmccomply.evidence.archives import COMPRESSED, is_tar, kind_of_folder, other_form
from rmccomply.evidence.beside import joined, labels_told
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.captures import LARGEST, is_capture_folder, read_captures
from rmccomply.evidence.model import Artifact, Bundle, Notification
from rmccomply.evidence.uris import encoded
from rmccomply.facts.document import SCHEMA, read_facts
from rmccomply.facts.gather import Readings
from rmccomply.facts.named import request_of
from rmccomply.facts.requests import archive_requests

if TYPE_CHECKING:
    from rmccomply.evidence.archives.kinds import Held

_BUNDLE: Final = (".rmcc", ".rmcc.gz")
_CONTROLLER: Final = (".controller.rmcc", ".controller.rmcc.gz")
_PART: Final = ".part"
_CHUNK: Final = 4096
_BLOCK: Final = 512
_GZIP: Final = b"\x1f\x8b"
_NEITHER: Final = "it is neither a bundle nor a facts document"
_PACKED: Final = "it is packed by {}, which is not read: unpack it"
_MARK: Final = b"\xef\xbb\xbf"
T = TypeVar("T")


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


JOURNAL: Final = "rmccomply/run/1"
"""What the first line of a run's journal names: it stands among bundles and is no evidence."""

Item = Loaded | Notification | InputError


def load_inputs(names: Iterable[str], root: Path, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """Every target of these inputs, in the order of their sorted paths; `root` is what uris are relative to."""
    given = set(names)
    paths = {Path(name) for name in given}
    for name in sorted(given):
        path = Path(name)
        if name == "-":
            yield from _from_stdin(stdin)
        elif path.is_dir():
            yield from _from_folder(path, root)
        elif not path.exists():
            yield InputError(f"{name}: there is no such file or folder")
        elif paths.isdisjoint(_joined_by(path)):
            yield from _from_file(path, root, named=True)


def _from_stdin(stdin: BinaryIO | None) -> Iterator[Item]:
    if stdin is None:
        yield InputError("-: there is no standard input")
        return
    data = stdin.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield InputError(f"-: standard input is larger than {LARGEST} bytes")
        return
    if is_archive(data[:_CHUNK]):
        yield from _from_archive(lambda: io.BytesIO(data), "stdin", "stdin", "-", named=True)
        return
    yield from _from_bytes(data, "stdin", "stdin", "-", (), named=True)


def _from_folder(folder: Path, root: Path) -> Iterator[Item]:
    try:
        unpacked = kind_of_folder(folder)
        captures = is_capture_folder(folder, request_of)
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield InputError(f"{folder}: cannot be read: {error.strerror or error}")
        return
    if unpacked:
        yield from _from_unpacked(folder, root)
        return
    if captures:
        yield from _from_captures(folder, root)
        return
    for path in paths:
        if path.is_symlink():
            yield Notification("it is a link and was not followed", _uri(path, root), level="note")
        elif path.is_dir():
            yield from _from_folder(path, root)
        elif not path.is_file():
            yield Notification("it is no plain file and was not read", _uri(path, root), level="note")
        elif not any(other.is_file() for other in _joined_by(path)):
            yield from _from_file(path, root, named=False)


def _from_captures(folder: Path, root: Path) -> Iterator[Item]:
    try:
        yield _of_bundle(read_captures(folder, lambda path: _uri(path, root), archive_requests()))
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{folder}: cannot be read: {error.strerror or error}")


def is_archive(start: bytes) -> bool:
    """Whether a file that begins so may be a support archive; a compressed bundle is none."""
    if not start.startswith(COMPRESSED):
        return is_tar(start)
    if not start.startswith(_GZIP):
        return True
    try:
        return is_tar(zlib.decompressobj(31).decompress(start, _BLOCK))
    except zlib.error:
        return False


def archive_at(path: Path, root: Path) -> "Held":
    """The support archive at a path. Raises InputError for anything else, and for a hostile one."""
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_packed, read_unpacked

    try:
        if path.is_dir() and kind_of_folder(path):
            return read_unpacked(path, lambda one: _uri(one, root), archive_requests())
        if not path.is_dir():
            with path.open("rb") as file:
                start = file.read(_CHUNK)
            if is_archive(start):
                return read_packed(lambda: path.open("rb"), _uri(path, root), path.name, archive_requests())
            if form := other_form(start):
                raise Refused(_PACKED.format(form))
    except Refused as refused:
        raise InputError(f"{path}: is no support archive: {refused}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    raise InputError(f"{path}: is no support archive")


def _from_archive(opened: Callable[[], BinaryIO], uri: str, name: str, shown: str, named: bool) -> Iterator[Item]:
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_packed

    try:
        yield _of_bundle(read_packed(opened, uri, name, archive_requests()).bundle)
    except Refused as refused:
        yield _refused(shown, uri, str(refused), named)
    except OSError as error:
        yield InputError(f"{shown}: cannot be read: {error.strerror or error}")


def _from_unpacked(folder: Path, root: Path) -> Iterator[Item]:
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_unpacked

    try:
        yield _of_bundle(read_unpacked(folder, lambda path: _uri(path, root), archive_requests()).bundle)
    except Refused as refused:
        yield InputError(f"{folder}: is no input: {refused}")


def _joined_by(path: Path) -> tuple[Path, ...]:
    """The bundles of a target, with which a controller's bundle about it is read; none for any other file."""
    for ending in _CONTROLLER:
        if path.name.endswith(ending):
            stem = path.name.removesuffix(ending)
            return tuple(path.parent / f"{stem}{other}" for other in _BUNDLE)
    return ()


def _beside(path: Path, root: Path) -> tuple[Bundle, ...]:
    """The controller's bundle about the same target, which stands beside it."""
    stem = path.name.removesuffix(".gz").removesuffix(".rmcc")
    if not path.name.endswith(_BUNDLE) or path.name.endswith(_CONTROLLER):
        return ()
    found = []
    for ending in _CONTROLLER:
        other = path.parent / f"{stem}{ending}"
        if other.is_file() and not other.is_symlink() and other.stat().st_size <= LARGEST:
            data, _ = _uncompressed(other.read_bytes())
            if is_bundle(data):
                found.append(read_bundle(data, _uri(other, root), stem))
    return tuple(found)


def _from_file(path: Path, root: Path, named: bool) -> Iterator[Item]:
    try:
        with path.open("rb") as file:
            start = file.read(_CHUNK)
            if _is_facts(start):
                file.seek(0)
                yield from _from_documents(file, _uri(path, root), str(path), named)
                return
            if is_archive(start):
                yield from _from_archive(lambda: path.open("rb"), _uri(path, root), path.name, str(path), named)
                return
            if not named and start.startswith(b'{"schema": "%s"' % JOURNAL.encode()):
                return
            data = start + file.read(LARGEST + 1)
        if not named and path.suffix == _PART and is_bundle(data):
            yield Notification("it is a part of a bundle that had not come whole, and was not read", _uri(path, root))
            return
        beside = _beside(path, root)
    except OSError as error:
        yield InputError(f"{path}: cannot be read: {error.strerror or error}")
        return
    stem = path.name.removesuffix(".gz").removesuffix(".rmcc")
    yield from _from_bytes(data, _uri(path, root), stem, str(path), beside, named)


def _from_bytes(
    data: bytes, uri: str, stem: str, shown: str, beside: tuple[Bundle, ...], named: bool
) -> Iterator[Item]:
    plain, sound = _uncompressed(data)
    form = other_form(plain)
    if len(plain) > LARGEST and not form:
        yield _refused(shown, uri, f"it is larger than {LARGEST} bytes", named)
    elif is_bundle(plain):
        bundle = joined(read_bundle(plain, uri, stem), beside)
        yield _of_bundle(bundle if sound else _broken(bundle, uri))
    elif not sound:
        yield _refused(shown, uri, "its compressed content is damaged", named)
    elif _is_facts(plain):
        yield from _from_documents(io.BytesIO(plain), uri, shown, named)
    else:
        yield _refused(shown, uri, _PACKED.format(form) if form else _NEITHER, named)


def _refused(shown: str, uri: str, why: str, named: bool) -> Item:
    if named:
        return InputError(f"{shown}: is no input: {why}")
    level: Literal["note", "warning"] = "warning" if shown.endswith(_BUNDLE) else "note"
    return Notification(f"it was not read: {why}", uri, level=level)


def _uncompressed(data: bytes) -> tuple[bytes, bool]:
    """The content of a gzip file, or the bytes themselves, up to the largest size; and whether it is sound.

    Of a damaged file that which comes before the damage: the sums of a bundle tell what of it counts.
    """
    if not data.startswith(_GZIP):
        return data, True
    plain = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while len(plain) <= LARGEST and (piece := file.read(_CHUNK)):
                plain += piece
    except (OSError, EOFError, zlib.error):
        return bytes(plain), False
    return bytes(plain), True


def _broken(bundle: Bundle, uri: str) -> Bundle:
    says = "its compression is damaged; what stands before the damage was read"
    return bundle._replace(notifications=(*bundle.notifications, Notification(says, uri, damage=True)))


def _failures(readings: Readings) -> tuple[Notification, ...]:
    """What a controller says where a target was not collected, or not whole."""
    notes = []
    for reading in readings.of("transport"):
        if reading.record is not None and reading.record.word != "collected":
            place = reading.at(reading.record.line)
            uri, line = (place[0].uri, place[0].start_line) if place else ("", None)
            notes.append(Notification(f"it was not collected whole: {reading.record.text}", uri, line))
    return tuple(notes)


def _of_bundle(bundle: Bundle) -> Loaded:
    readings = Readings(bundle.evidence)
    return Loaded(
        readings,
        bundle.name,
        bundle.fallback,
        bundle.platform,
        bundle.artifacts,
        {**bundle.labels, **labels_told(bundle)} if bundle.head.get("mode") == "controller" else bundle.labels,
        bundle.collected,
        (*bundle.notifications, *_failures(readings)),
    )


def _is_facts(start: bytes) -> bool:
    return start.removeprefix(_MARK).lstrip()[:1] == b"{" and SCHEMA.encode() in start


def _from_documents(file: BinaryIO, uri: str, shown: str, named: bool) -> Iterator[Item]:
    """One document over any number of lines, or a document a line."""
    first, second = file.readline(LARGEST), file.readline(LARGEST)
    if _json(first) is None and _json(second) is None:
        whole = _json(first + second + file.read(LARGEST))
        yield _of_document(whole, uri, shown, named)
        return
    rest = iter(lambda: file.readline(LARGEST), b"")
    for number, line in enumerate(chain((first, second), rest), 1):
        if line.strip():
            yield _of_document(_json(line), uri, f"{shown}:{number}", named)


def _json(text: bytes) -> Any:
    """The value of a JSON text; None where it is none, or holds what no Unicode text can."""
    try:
        value = json.loads(text)
        if b"\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value


def _of_document(document: Any, uri: str, shown: str, named: bool) -> Item:
    if document is None:
        return InputError(f"{shown}: is no JSON document")
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        why = f"it is no facts document of a version that this release reads ({SCHEMA})"
        return _refused(shown, uri, why, named)
    facts, target = document.get("facts"), document.get("target")
    if not isinstance(facts, dict) or not isinstance(target, dict):
        return InputError(f"{shown}: the facts document has no 'target' or no 'facts'")
    readings, notes = read_facts(facts, uri)
    declared = target.get("platform_from") != "evidence"
    made = Readings(made=readings)
    return Loaded(
        made,
        _word(target.get("id")),
        "facts",
        _word(target.get("platform")) if declared else "",
        tuple(
            Artifact(_word(one.get("uri")), _word(one.get("sha256")))
            for one in _of_type(target.get("evidence"), list)
            if isinstance(one, dict)
        ),
        {str(key): str(value) for key, value in _of_type(target.get("labels"), dict).items()},
        _word(target.get("collected")) or None,
        (*notes, *_failures(made)),
    )


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _of_type(value: Any, kind: type[T]) -> T:
    return value if isinstance(value, kind) else kind()


def _uri(path: Path, root: Path) -> str:
    """The path relative to the root, percent-encoded; never absolute."""
    return encoded(os.path.relpath(path, root).replace(os.sep, "/"))
