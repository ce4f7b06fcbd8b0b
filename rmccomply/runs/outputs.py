"""Where a report may go: never over evidence.

Evidence is what is named as an input, by whatever name (a link, a hard link), what stands beside it and is read with
it, and what is read of a folder that is named. A file that holds a bundle or a support archive is evidence wherever it
stands. A report that an earlier run wrote into a folder of evidence may be replaced.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from rmccomply.errors import UsageError
from rmccomply.evidence.archives import is_archive, kind_of_folder
from rmccomply.evidence.bundle import is_bundle
from rmccomply.evidence.run_folder import JOURNAL
from rmccomply.guarded import is_too_deep, place_of
from rmccomply.sources.requests import archive_requests

_START: Final = 65536
_GZIP: Final = b"\x1f\x8b"
_FACTS: Final = b"rmccomply/facts/"
_Identity = tuple[int, int]


def refuse_evidence(outputs: Iterable[str | None], inputs: Iterable[str]) -> None:
    """Refuse to write a report over evidence, or over another input. Raises UsageError."""
    inputs = tuple(inputs)
    for output in outputs:
        if output is not None and output != "-" and _is_evidence(Path(output), inputs):
            raise UsageError(
                f"{output}: is an input or other evidence, which a report never replaces: name another file"
            )


def refuse_nested(outputs: Iterable[str | None]) -> None:
    """Refuse a report in the folder of another, which is replaced as a whole. Raises UsageError."""
    places = [Path(os.path.realpath(one)) for one in outputs if one is not None and one != "-"]
    for place in places:
        if any(other in place.parents for other in places):
            raise UsageError(f"{place.name}: goes into the folder of another report: name a place outside it")


def _is_evidence(path: Path, inputs: tuple[str, ...]) -> bool:
    """Whether a file is evidence, or a folder is an input or holds one. What is not there is none, nor is a file that
    cannot be read."""
    if place_of(path).kind == "folder":
        top, given = Path(os.path.realpath(path)), (Path(os.path.realpath(one)) for one in inputs if one != "-")
        return any(top == one or top in one.parents for one in given)
    if place_of(path).kind != "file":
        return False
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError:
        return False
    if start.startswith(_GZIP) or is_bundle(start) or is_archive(start) or JOURNAL.encode() in start[:100]:
        return True
    me = _identity(path)
    named = [Path(name) for name in inputs if name != "-"]
    if any(_identity(one) == me for one in named):
        return True
    return any(_identity(one) == me and _is_read(Path(one), top, start) for top in named for one in _below(top))


def _identity(path: Path | str) -> _Identity | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _below(folder: Path) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(folders) if not is_too_deep(Path(at), folder) else []
        yield from (os.path.join(at, name) for name in names)


def _is_read(path: Path, top: Path, start: bytes) -> bool:
    """Whether a file in a folder is read as evidence when the folder is named."""
    from rmccomply.evidence.captures import is_capture_folder, is_session
    from rmccomply.sources.named import request_of
    from rmccomply.written.target_file import TARGET_FILE

    if any(kind_of_folder(one) for one in (path.parent, *path.parents) if one == top or top in one.parents):
        return True
    if is_capture_folder(path.parent, archive_requests()):
        named = path.name == TARGET_FILE or request_of(path.name) is not None or _is_named(path)
        return named or is_session(path, archive_requests())
    return _FACTS in start or is_session(path, archive_requests())


def _is_named(path: Path) -> bool:
    """Whether `target.toml` says what the file holds: its name stands there in quotes."""
    from rmccomply.written.target_file import TARGET_FILE

    try:
        text = (path.parent / TARGET_FILE).read_text("utf-8", "replace")
    except OSError:
        return False
    return f'"{path.name}"' in text
