"""Locate: all inputs of a run, in the order of their sorted names, none of them read but for the names in them.

A capture folder is known by a capture's name in it, an unpacked support archive by its marks; any other folder is
walked, sorted, without following links. `-` is standard input. What is no input at all is told in its place.
"""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rmccomply.errors import InputError
from rmccomply.evidence.archives import kind_of_folder
from rmccomply.evidence.companion import joined_by
from rmccomply.evidence.model import Notification
from rmccomply.evidence.redact import redact
from rmccomply.evidence.uris import encoded
from rmccomply.guarded import DEEPEST, LIMITS, Limits, is_too_deep, place_of
from rmccomply.inputs.claims import claims_of, may_hold_documents
from rmccomply.inputs.located import Located, with_names
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.requests import archive_requests
from rmccomply.words import counted


def locate(
    names: Iterable[str], root: Path, stdin: BinaryIO | None = None, limits: Limits = LIMITS
) -> Iterator[Located]:
    """Every input of these names; `root` is what uris are relative to, `limits` how much of each is read for its name.

    A single input is given without having been opened, if it cannot hold several targets.
    """
    found = list(_named(names, root, stdin, limits))
    read = [one for one in found if one.kind != "told"]
    if len(read) > 1 or any(map(may_hold_documents, read)):
        found = list(with_names(found, [claims_of(one, limits) for one in read]))
    yield from found


def uri_of(path: Path, root: Path) -> str:
    """The path relative to the root, percent-encoded; never absolute."""
    return encoded(os.path.relpath(path, root).replace(os.sep, "/"))


def _told(says: Notification | InputError) -> Located:
    return Located("told", told=says)


def _named(names: Iterable[str], root: Path, stdin: BinaryIO | None, limits: Limits) -> Iterator[Located]:
    given = set(names)
    paths = {Path(name) for name in given}
    for name in sorted(given):
        path = Path(name)
        if not name:
            yield _told(InputError("an input has an empty name (an empty variable?); for the current folder write ."))
        elif name == "-":
            yield _from_stdin(stdin, limits)
        elif (place := place_of(path)).kind == "folder":
            yield from _below(path, root)
        elif place.kind == "absent":
            yield _told(InputError(f"{name}: no such file or folder"))
        elif place.kind == "unknown":
            yield _told(InputError(f"{name}: {place.says}"))
        elif place.kind == "other":
            says = f"{name}: is not a regular file; to read from a pipe, use - and standard input"
            yield _told(InputError(says))
        elif paths.isdisjoint(joined_by(path)):
            yield _file(path, root, named=True)


def _from_stdin(stdin: BinaryIO | None, limits: Limits) -> Located:
    if stdin is None:
        return _told(InputError("-: standard input is closed"))
    data = isolated(partial(_read, stdin, limits.size + 1), limits.seconds)
    if isinstance(data, InputError):
        return _told(data)
    if isinstance(data, Crash):
        return Located("stdin", "-", "stdin", "stdin", named=True, fault=data.says)
    if len(data) > limits.size:
        return _told(InputError(f"-: standard input is larger than {counted(limits.size, 'byte')} (--max-size)"))
    return Located("stdin", "-", "stdin", "stdin", named=True, data=data)


def _read(stdin: BinaryIO, most: int) -> bytes | InputError:
    """What comes, up to so many octets. It is waited for, and a stream may be open for writing alone."""
    try:
        return stdin.read(most)
    except OSError as error:
        return InputError(f"-: cannot be read: {error.strerror or error}")


def _file(path: Path, root: Path, *, named: bool) -> Located:
    return Located("file", str(path), uri_of(path, root), redact(path.name), named)


def _below(folder: Path, root: Path) -> Iterator[Located]:
    """All that is below a folder, in the order of its sorted names."""
    waiting: list[Path | os.DirEntry[str]] = [folder]
    while waiting:
        one = waiting.pop()
        path = Path(one)
        try:
            if one.is_symlink() and one is not folder:
                yield _told(Notification("skipped: links are not followed", uri_of(path, root), level="note"))
            elif one.is_dir():
                target = _target_in(path, root)
                if target is not None:
                    yield target
                elif is_too_deep(path, folder):
                    says = f"its content was not read: it is more than {DEEPEST} folders deep"
                    yield _told(Notification(says, uri_of(path, root), damage=True))
                else:
                    waiting += sorted(os.scandir(path), key=lambda entry: entry.name, reverse=True)
            elif not one.is_file():
                yield _told(Notification("skipped: not a regular file", uri_of(path, root), level="note"))
            elif not any(other.is_file() for other in joined_by(path)):
                yield _file(path, root, named=False)
        except OSError as error:
            yield _told(InputError(f"{path}: cannot be read: {error.strerror or error}"))


def _target_in(folder: Path, root: Path) -> Located | None:
    """A folder that is one target; None for any other folder."""
    from rmccomply.evidence.captures import is_capture_folder

    uri, name = uri_of(folder, root), redact(folder.resolve().name)
    if kind_of_folder(folder):
        return Located("archive", str(folder), uri, name)
    return Located("captures", str(folder), uri, name) if is_capture_folder(folder, archive_requests()) else None
