"""Inputs: what the command line names, told apart by content, one target at a time.

A bundle is known by its magic line, a facts document by its schema, a support archive by its marks, packed or not, a
capture folder by a capture's name in it, a session of a terminal by its prompts; any other folder is walked, sorted,
without following links. `-` is standard input. A named input that is none of these is an InputError, given as a value
so that the others are judged first; in a walked folder it is a notification.
"""

import io
import os
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from rmccomply.errors import InputError
from rmccomply.evidence.archives import ENCRYPTED, is_archive, kind_of_folder, other_form
from rmccomply.evidence.beside import CONTROLLER, beside, joined, joined_by, stem_of
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.model import Bundle, Notification
from rmccomply.evidence.packed import Fault, uncompressed
from rmccomply.evidence.redact import redact
from rmccomply.evidence.run_folder import BEGIN, OTHERS, is_of_another
from rmccomply.evidence.run_folder import NOT_READ as NOT_TAKEN
from rmccomply.evidence.told import redact_told
from rmccomply.evidence.uris import encoded
from rmccomply.guarded import DEEPEST, LIMITS, Limits, is_too_deep, place_of
from rmccomply.inputs.fact_documents import documents, is_facts
from rmccomply.inputs.loaded import PART, Failed, Item, Loaded, of_bundle, refused
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.requests import archive_requests
from rmccomply.words import counted

__all__ = ["Failed", "Item", "Loaded", "archive_at", "load_inputs"]

if TYPE_CHECKING:
    from rmccomply.evidence.archives.kinds import Held

_CHUNK: Final = 4096
_NEITHER: Final = "it is neither a bundle nor a facts document"
_PACKED: Final = "it is packed by {}, which is not read: unpack it"
_ENCRYPTED: Final = "it is encrypted by gpg: decrypt it (gpg -o {} -d {}), and check what comes of it"
_GPG_ENDINGS: Final = (".gpg", ".asc", ".pgp")


def load_inputs(
    names: Iterable[str], root: Path, stdin: BinaryIO | None = None, limits: Limits = LIMITS
) -> Iterator[Item]:
    """Every target of these inputs, in the order of their sorted paths; `root` is what uris are relative to.

    What the reading of one input does to this program ends that input alone. Nothing of them holds a secret:
    names of files are told without.
    """
    yield from map(_without_secrets, _found(names, root, stdin, limits))


def _without_secrets(item: Item) -> Item:
    """What is told of an input by its name; what is in it has entered without secrets."""
    if isinstance(item, InputError):
        return InputError(redact_told(str(item)))
    if isinstance(item, Failed):
        return item._replace(name=redact(item.name), says=redact_told(item.says, item.name))
    return item._replace(text=redact_told(item.text)) if isinstance(item, Notification) else item


def _found(names: Iterable[str], root: Path, stdin: BinaryIO | None, limits: Limits) -> Iterator[Item]:
    given = set(names)
    paths = {Path(name) for name in given}
    for name in sorted(given):
        path = Path(name)
        if not name:
            yield InputError("an input has no name (an empty variable?); the folder that you are in is .")
        elif name == "-":
            yield from _apart(_from_stdin(stdin, limits), "stdin", "stdin", limits)
        elif (place := place_of(path)).kind == "folder":
            yield from _from_folder(path, root, limits)
        elif place.kind == "absent":
            yield InputError(f"{name}: there is no such file or folder")
        elif place.kind == "unknown":
            yield InputError(f"{name}: {place.says}")
        elif place.kind == "other":
            yield InputError(f"{name}: is no plain file; to read from a pipe, name - and give it on standard input")
        elif paths.isdisjoint(joined_by(path)):
            yield from _apart(_from_file(path, root, True, limits), path.name, _uri(path, root), limits)


def _apart(items: Iterator[Item], name: str, uri: str, limits: Limits) -> Iterator[Item]:
    """The items of one input; where reading it crashes, the last one says so."""
    while (item := isolated(lambda: next(items, None), limits.seconds)) is not None:
        if isinstance(item, Crash):
            yield Failed(name, uri, item.says)
            return
        yield item


def _from_stdin(stdin: BinaryIO | None, limits: Limits) -> Iterator[Item]:
    if stdin is None:
        yield InputError("-: there is no standard input")
        return
    data = stdin.read(limits.size + 1)
    if len(data) > limits.size:
        yield InputError(f"-: standard input is larger than {counted(limits.size, 'byte')} (--max-size)")
        return
    if is_archive(data[:_CHUNK]):
        yield from _from_archive(lambda: io.BytesIO(data), "stdin", "stdin", "-", True, limits)
        return
    yield from _from_bytes(data, "stdin", "stdin", "-", (), True, limits)


def _from_folder(folder: Path, root: Path, limits: Limits) -> Iterator[Item]:
    """All that is below a folder, in the order of its sorted names."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if path.is_symlink() and path is not folder:
                yield Notification("it is a link and was not followed", _uri(path, root), level="note")
            elif path.is_dir():
                items = _of_one_target(path, root, limits)
                if items is None and is_too_deep(path, folder):
                    says = f"what is below it was not read: it is more than {DEEPEST} folders deep"
                    yield Notification(says, _uri(path, root), damage=True)
                elif items is None:
                    waiting += sorted(path.iterdir(), key=lambda one: one.name, reverse=True)
                else:
                    yield from _apart(items, path.resolve().name, _uri(path, root), limits)
            elif not path.is_file():
                yield Notification("it is no plain file and was not read", _uri(path, root), level="note")
            elif not any(other.is_file() for other in joined_by(path)):
                yield from _apart(_from_file(path, root, False, limits), path.name, _uri(path, root), limits)
        except OSError as error:
            yield InputError(f"{path}: cannot be read: {error.strerror or error}")


def _of_one_target(folder: Path, root: Path, limits: Limits) -> Iterator[Item] | None:
    """What a folder holds that is one target; None for any other folder."""
    if kind_of_folder(folder):
        return _from_unpacked(folder, root, limits)
    from rmccomply.evidence.captures import is_capture_folder

    return _from_captures(folder, root, limits) if is_capture_folder(folder, archive_requests()) else None


def _from_captures(folder: Path, root: Path, limits: Limits) -> Iterator[Item]:
    from rmccomply.evidence.captures import read_captures

    try:
        yield of_bundle(
            read_captures(folder, lambda path: _uri(path, root), archive_requests(), limits), _uri(folder, root)
        )
    except InputError as error:
        yield Failed(folder.resolve().name, _uri(folder, root), str(error))
    except OSError as error:
        yield InputError(f"{folder}: cannot be read: {error.strerror or error}")


def archive_at(path: Path, root: Path) -> "Held":
    """The support archive at a path. Raises InputError for anything else, and for a hostile one."""
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_packed, read_unpacked

    try:
        if path.is_dir() and kind_of_folder(path):
            return read_unpacked(path, lambda one: _uri(one, root), archive_requests())
        if not path.is_dir() and not path.is_file():
            path.stat()
            raise Refused("it is no plain file")
        if not path.is_dir():
            with path.open("rb") as file:
                start = file.read(_CHUNK)
            if is_archive(start):
                return read_packed(lambda: path.open("rb"), _uri(path, root), path.name, archive_requests())
            if form := other_form(start):
                raise Refused(_packed(form, path.name))
    except Refused as refused:
        raise InputError(f"{path}: is no support archive: {refused}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    raise InputError(f"{path}: is no support archive")


def _from_archive(
    opened: Callable[[], BinaryIO], uri: str, name: str, shown: str, named: bool, limits: Limits
) -> Iterator[Item]:
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_packed

    try:
        yield of_bundle(read_packed(opened, uri, name, archive_requests(), limits.members).bundle)
    except Refused as why:
        yield refused(shown, uri, str(why), named)
    except OSError as error:
        yield InputError(f"{shown}: cannot be read: {error.strerror or error}")


def _from_unpacked(folder: Path, root: Path, limits: Limits) -> Iterator[Item]:
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_unpacked

    try:
        found = read_unpacked(folder, lambda path: _uri(path, root), archive_requests(), limits.members)
        yield of_bundle(found.bundle, _uri(folder, root))
    except Refused as why:
        yield InputError(f"{folder}: is no input: {why}")
    except OSError as error:
        yield InputError(f"{folder}: cannot be read: {error.strerror or error}")


def _from_file(path: Path, root: Path, named: bool, limits: Limits) -> Iterator[Item]:
    try:
        if is_of_another(path, limits.size):
            asked = beside(path, lambda one: _uri(one, root), limits.size)
            yield Notification(NOT_TAKEN if asked else OTHERS, _uri(path, root), damage=True)
            if asked:
                yield of_bundle(asked[0])
                return
        with path.open("rb") as file:
            start = file.read(_CHUNK)
            if is_facts(start):
                file.seek(0)
                yield from documents(file, _uri(path, root), str(path), named, limits.seconds)
                return
            if is_archive(start):
                yield from _from_archive(lambda: path.open("rb"), _uri(path, root), path.name, str(path), named, limits)
                return
            if not named and start.startswith(BEGIN):
                return
            data = start + file.read(limits.size + 1)
        if not named and path.suffix == PART and is_bundle(data):
            yield Notification("it is a part of a bundle that had not come whole, and was not read", _uri(path, root))
            return
        others = beside(path, lambda one: _uri(one, root), limits.size)
    except OSError as error:
        yield InputError(f"{path}: cannot be read: {error.strerror or error}")
        return
    yield from _from_bytes(data, _uri(path, root), stem_of(path), str(path), others, named, limits)


def _from_bytes(
    data: bytes, uri: str, stem: str, shown: str, others: tuple[Bundle, ...], named: bool, limits: Limits
) -> Iterator[Item]:
    plain, fault = uncompressed(data, limits.size)
    form = other_form(plain)
    if len(plain) > limits.size and not form:
        fault = Fault(f"it is larger than {counted(limits.size, 'byte')} (--max-size)", refused=True)
    if fault and fault.refused:
        yield Failed(stem, uri, fault.says) if is_bundle(plain) else refused(shown, uri, fault.says, named)
    elif is_bundle(plain):
        alone = shown.endswith(CONTROLLER)
        bundle = joined(read_bundle(plain, uri, stem, controller=alone), others)
        yield of_bundle(_broken(bundle, uri) if fault else bundle)
    elif fault:
        yield refused(shown, uri, fault.says, named)
    elif is_facts(plain):
        yield from documents(io.BytesIO(plain), uri, shown, named, limits.seconds)
    elif not form and (session := _session(plain, uri, stem)):
        yield of_bundle(session)
    else:
        name = shown.rpartition("/")[2]
        yield refused(shown, uri, _packed(form, name) if form else _neither(name, named), named)


def _session(text: bytes, uri: str, stem: str) -> Bundle | None:
    from rmccomply.evidence.captures import session_in

    return session_in(text, uri, stem, archive_requests())


def _neither(name: str, named: bool) -> str:
    """What a file that is no input had better be, where its name tells that it may be a capture."""
    from rmccomply.evidence.captures import NOT_READ
    from rmccomply.sources.named import meant_by, read_instead, request_of

    if named and request_of(name) is not None:
        return f"{_NEITHER}: a capture is read with the folder it stands in, so name that"
    if better := meant_by(name):
        return f"{_NEITHER}: if it is a capture, call it '{better}', in a folder of its host"
    return f"{_NEITHER}: {NOT_READ.format(other)}" if (other := read_instead(name)) else _NEITHER


def _packed(form: str, name: str) -> str:
    """What to do with a form that is not read."""
    if form != ENCRYPTED:
        return _PACKED.format(form)
    plain = next((name.removesuffix(ending) for ending in _GPG_ENDINGS if name.endswith(ending)), f"{name}.plain")
    return _ENCRYPTED.format(shlex.quote(plain), shlex.quote(name))


def _broken(bundle: Bundle, uri: str) -> Bundle:
    says = "its compression is damaged; what stands before the damage was read"
    return bundle._replace(notifications=(*bundle.notifications, Notification(says, uri, damage=True)))


def _uri(path: Path, root: Path) -> str:
    """The path relative to the root, percent-encoded; never absolute."""
    return encoded(os.path.relpath(path, root).replace(os.sep, "/"))
