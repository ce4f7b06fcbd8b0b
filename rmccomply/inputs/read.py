"""Read: the targets of a located input, told apart by content, one at a time.

A bundle is known by its magic line, a facts document by its schema, a support archive by its marks, packed or not, a
session of a terminal by its prompts. A named input that is none of these is an InputError, given as a value so that the
others are judged first; in a walked folder it is a notification.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from rmccomply.errors import InputError
from rmccomply.evidence.archives import ENCRYPTED, is_archive, kind_of_folder, other_form
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.companion import CONTROLLER, companions, joined, stem_of
from rmccomply.evidence.model import Bundle, Notification
from rmccomply.evidence.packed import PackedFault, uncompressed
from rmccomply.evidence.redact import redact
from rmccomply.evidence.run_folder import BEGIN, NOT_TAKEN, OTHERS, is_of_another
from rmccomply.evidence.told import redact_told
from rmccomply.files import is_part
from rmccomply.guarded import LIMITS, Limits, open_plain, rest_of
from rmccomply.inputs.fact_documents import documents, is_facts
from rmccomply.inputs.loaded import PART, Failed, InputItem, Loaded, name_of, of_bundle, refused
from rmccomply.inputs.locate import locate, uri_of
from rmccomply.inputs.located import LabelsOf, Located, in_turn
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.requests import archive_requests
from rmccomply.words import counted

__all__ = ["Failed", "InputItem", "Loaded", "archive_at", "load_inputs", "read"]

if TYPE_CHECKING:
    from rmccomply.evidence.archives.kinds import Held

_CHUNK: Final = 4096
_SKIPPED: Final = "not evidence"
_NEITHER: Final = "not a bundle, capture folder, support archive or facts document"
_LOST: Final = ", though it is named .rmcc: its beginning may be lost"
_BUNDLE: Final = ".rmcc"
_PACKED: Final = "it is packed with {}, which is not supported: unpack it"
_ENCRYPTED: Final = "it is encrypted with gpg: decrypt it (gpg -o {} -d {}), then check the result"
_GPG_ENDINGS: Final = (".gpg", ".asc", ".pgp")


def load_inputs(
    names: Iterable[str], root: Path, stdin: BinaryIO | None = None, limits: Limits = LIMITS
) -> Iterator[InputItem]:
    """Every target of these inputs, in the order of their sorted paths; `root` is what uris are relative to."""
    for one in locate(names, root, stdin, limits):
        yield from read(one, root, limits)


def read(one: Located, root: Path, limits: Limits = LIMITS) -> Iterator[InputItem]:
    """The targets of an input with their labels, and what else there is to tell of it.

    What the reading of one input does to this program ends that input alone. Nothing of them holds a secret:
    names of files are told without.
    """
    labels = LabelsOf(one)
    items = _apart(map(partial(_labelled, one, labels), _items(one, root, limits)), one, limits)
    yield from map(partial(_told_of, one, labels), items)


def _labelled(one: Located, labels: LabelsOf, item: InputItem) -> InputItem:
    if not isinstance(item, Loaded):
        return item
    return item._replace(label=labels.label(name_of(item), item.place or one.uri))


def _told_of(one: Located, labels: LabelsOf, item: InputItem) -> InputItem:
    """What is told of an input by its name; what is in it has entered without secrets."""
    if isinstance(item, InputError):
        return InputError(redact_told(str(item)))
    if isinstance(item, Failed):
        name = redact(item.name)
        label = in_turn(item.place, one.turn) if item.place else labels.label(name, one.uri)
        return item._replace(name=name, says=redact_told(item.says, item.name), label=label)
    return item._replace(text=redact_told(item.text)) if isinstance(item, Notification) else item


def _items(one: Located, root: Path, limits: Limits) -> Iterator[InputItem]:
    path = Path(one.path)
    if one.told is not None:
        yield one.told
    elif one.fault:
        yield Failed(one.fallback, one.uri, one.fault)
    elif one.kind == "file":
        yield from _from_file(path, one.uri, root, one.named, limits)
    elif one.kind == "captures":
        yield from _from_captures(path, root, limits)
    elif one.kind == "archive":
        yield from _from_unpacked(path, root, limits)
    elif one.data is not None:
        yield from _from_stdin(one.data, limits)


def _apart(items: Iterator[InputItem], one: Located, limits: Limits) -> Iterator[InputItem]:
    """The items of one input; where reading it crashes, the last one says so."""
    while (item := isolated(lambda: next(items, None), limits.seconds)) is not None:
        if isinstance(item, Crash):
            yield Failed(one.fallback, one.uri, item.says)
            return
        yield item


def _from_stdin(data: bytes, limits: Limits) -> Iterator[InputItem]:
    if is_archive(data[:_CHUNK]):
        yield from _from_archive(lambda: io.BytesIO(data), "stdin", "stdin", "-", True, limits)
        return
    yield from _from_bytes(data, "stdin", "stdin", "-", (), True, limits)


def _from_captures(folder: Path, root: Path, limits: Limits) -> Iterator[InputItem]:
    from rmccomply.evidence.captures import read_captures

    try:
        yield of_bundle(
            read_captures(folder, lambda path: uri_of(path, root), archive_requests(), limits), uri_of(folder, root)
        )
    except InputError as error:
        yield Failed(folder.resolve().name, uri_of(folder, root), str(error))
    except OSError as error:
        yield InputError(f"{folder}: cannot be read: {error.strerror or error}")


def archive_at(path: Path, root: Path) -> "Held":
    """The support archive at a path. Raises InputError for anything else, and for a hostile one."""
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_packed, read_unpacked

    try:
        if path.is_dir() and kind_of_folder(path):
            return read_unpacked(path, lambda one: uri_of(one, root), archive_requests())
        if not path.is_dir() and not path.is_file():
            path.stat()
            raise Refused("not a regular file")
        if not path.is_dir():
            with path.open("rb") as file:
                start = file.read(_CHUNK)
            if is_archive(start):
                return read_packed(lambda: path.open("rb"), uri_of(path, root), path.name, archive_requests())
            if form := other_form(start):
                raise Refused(_packed(form, path.name))
    except Refused as refused:
        raise InputError(f"{path}: is not a support archive: {refused}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    raise InputError(f"{path}: is not a support archive")


def _from_archive(
    opened: Callable[[], BinaryIO], uri: str, name: str, shown: str, named: bool, limits: Limits
) -> Iterator[InputItem]:
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_packed

    try:
        yield of_bundle(read_packed(opened, uri, name, archive_requests(), limits.members).bundle)
    except Refused as why:
        yield refused(shown, uri, str(why), named)
    except OSError as error:
        yield InputError(f"{shown}: cannot be read: {error.strerror or error}")


def _from_unpacked(folder: Path, root: Path, limits: Limits) -> Iterator[InputItem]:
    from rmccomply.evidence.archives.compressed import Refused
    from rmccomply.evidence.archives.kinds import read_unpacked

    try:
        found = read_unpacked(folder, lambda path: uri_of(path, root), archive_requests(), limits.members)
        yield of_bundle(found.bundle, uri_of(folder, root))
    except Refused as why:
        yield InputError(f"{folder}: was not recognized: {why}")
    except OSError as error:
        yield InputError(f"{folder}: cannot be read: {error.strerror or error}")


def _from_file(path: Path, uri: str, root: Path, named: bool, limits: Limits) -> Iterator[InputItem]:
    try:
        if is_of_another(path, limits.size):
            asked = companions(path, lambda one: uri_of(one, root), limits.size)
            yield Notification(NOT_TAKEN if asked else OTHERS, uri, damage=True)
            if asked:
                yield of_bundle(asked[0])
                return
        with open_plain(path) as file:
            start = file.read(_CHUNK)
            if is_facts(start):
                file.seek(0)
                yield from documents(file, uri, str(path), named, limits.seconds)
                return
            if is_archive(start):
                yield from _from_archive(lambda: path.open("rb"), uri, path.name, str(path), named, limits)
                return
            if not named and start.startswith(BEGIN):
                return
            data = start + rest_of(file, limits.size + 1)
        if not named and path.suffix == PART and is_bundle(data):
            yield Notification("skipped: part of a bundle whose collection did not finish", uri)
            return
        if not named and is_part(path.name):
            return
        others = companions(path, lambda one: uri_of(one, root), limits.size)
    except OSError as error:
        if not named and is_part(path.name) and not path.exists():
            return
        yield InputError(f"{path}: cannot be read: {error.strerror or error}")
        return
    yield from _from_bytes(data, uri, stem_of(path), str(path), others, named, limits)


def _from_bytes(
    data: bytes, uri: str, stem: str, shown: str, others: tuple[Bundle, ...], named: bool, limits: Limits
) -> Iterator[InputItem]:
    plain, fault = uncompressed(data, limits.size)
    form = other_form(plain)
    if len(plain) > limits.size and not form:
        fault = PackedFault(f"it is larger than {counted(limits.size, 'byte')} (--max-size)", refused=True)
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
        why = _packed(form, name) if form else _neither(name, named)
        yield refused(shown, uri, why, named, alien=why == _SKIPPED)


def _session(text: bytes, uri: str, stem: str) -> Bundle | None:
    from rmccomply.evidence.captures import session_in

    return session_in(text, uri, stem, archive_requests())


def _neither(name: str, named: bool) -> str:
    """What a file that is no input had better be, where its name tells that it may be a capture."""
    from rmccomply.evidence.captures import NOT_READ
    from rmccomply.sources.named import meant_by, read_instead, request_of

    lead = _NEITHER if named else _SKIPPED
    if named and request_of(name) is not None:
        return f"{lead}: a capture is read with its folder, so name that"
    if better := meant_by(name):
        return f"{lead}: if it is a capture, name it '{better}', in a folder for its host"
    if other := read_instead(name):
        return f"{lead}: {NOT_READ.format(other)}"
    return lead + _LOST if name.endswith(_BUNDLE) else lead


def _packed(form: str, name: str) -> str:
    """What to do with a form that is not read."""
    if form != ENCRYPTED:
        return _PACKED.format(form)
    import shlex

    plain = next((name.removesuffix(ending) for ending in _GPG_ENDINGS if name.endswith(ending)), f"{name}.plain")
    return _ENCRYPTED.format(shlex.quote(plain), shlex.quote(name))


def _broken(bundle: Bundle, uri: str) -> Bundle:
    says = "its compression is damaged; what precedes the damage was read"
    return bundle._replace(notifications=(*bundle.notifications, Notification(says, uri, damage=True)))
