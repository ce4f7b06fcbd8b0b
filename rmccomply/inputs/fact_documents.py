"""Facts documents as inputs: one over any number of lines, or a document a line."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final

from rmccomply.documents import FACTS_1
from rmccomply.errors import InputError
from rmccomply.evidence.model import Artifact
from rmccomply.evidence.redact import redact, redact_json
from rmccomply.evidence.uris import carried
from rmccomply.guarded import LIMITS, Unfit, json_of
from rmccomply.inputs.loaded import Failed, InputItem, Loaded, failures, name_of, refused
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.reading import Readings

if TYPE_CHECKING:
    from rmccomply.documents.facts_1_rows import FactsArtifact

_MARK: Final = b"\xef\xbb\xbf"
_ID: Final = re.compile(rb'"target"\s*:\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.){1,1000}")')

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def is_facts(start: bytes) -> bool:
    """Whether a text that begins so holds facts documents."""
    return start.removeprefix(_MARK).lstrip()[:1] == b"{" and FACTS_1.encode() in start


def documents(file: BinaryIO, uri: str, shown: str, named: bool, seconds: int = 0) -> Iterator[InputItem]:
    """The target of each document; one that cannot be read costs no other."""
    for number, text in texts(file):
        line = f":{number}" if number else ""
        yield _apart(text, uri, f"{uri}{line}", f"{shown}{line}", named, seconds)


def texts(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The text of each document, with its line; 0 for one that stands on several."""
    first, second = file.readline(LIMITS.size), file.readline(LIMITS.size)
    if not _is_json(first) and not _is_json(second):
        yield 0, first + second + file.read(LIMITS.size)
        return
    rest = iter(lambda: file.readline(LIMITS.size), b"")
    yield from ((number, line) for number, line in enumerate(chain((first, second), rest), 1) if line.strip())


def name_in(text: bytes, place: str) -> str | None:
    """What the target of a document is called; None where it is none. A name that stands as this program writes it is
    found without reading the rest."""
    if found := _ID.search(text):
        import json

        return redact(str(json.loads(found[1])))
    item = _of_document(text, place, place, place, named=True)
    if isinstance(item, Loaded):
        return name_of(item)
    return item.name if isinstance(item, Failed) else None


def _is_json(text: bytes) -> bool:
    try:
        json_of(text)
    except Unfit as unfit:
        return unfit.beyond and text.rstrip().endswith(b"}")
    return True


def _apart(text: bytes, uri: str, place: str, shown: str, named: bool, seconds: int) -> InputItem:
    made = isolated(lambda: _of_document(text, uri, place, shown, named), seconds)
    return Failed(place, uri, made.says, place) if isinstance(made, Crash) else made


def _of_document(text: bytes, uri: str, place: str, shown: str, named: bool) -> InputItem:
    try:
        document: object = json_of(text)
    except Unfit as unfit:
        if unfit.beyond:
            return Failed(place, uri, f"the facts document {unfit.says}", place)
        return InputError(f"{shown}: is not a JSON document")
    if not isinstance(document, dict) or document.get("schema") != FACTS_1:
        why = f"not a facts document of a version that this release reads ({FACTS_1})"
        return refused(shown, uri, why, named)
    clean: dict[str, object] = redact_json(document)
    if not isinstance(clean.get("facts"), dict) or not isinstance(clean.get("target"), dict):
        return InputError(f"{shown}: the facts document has no 'target' or no 'facts'")
    return _loaded(clean, uri, place, shown)


def _loaded(document: object, uri: str, place: str, shown: str) -> Loaded:
    """The target of a document. What reads it is imported when there is one."""
    from rmccomply.documents.facts_1_reader import read
    from rmccomply.documents.facts_1_readings import damage_notes, readings_of

    rows = read(document, shown)
    target = rows.target
    readings, notes = readings_of(rows.facts, uri)
    made = Readings(made=readings)
    return Loaded(
        made,
        target.id,
        "facts",
        target.platform if target.platform_from == "declaration" else "",
        tuple(Artifact(carried(one.uri), one.sha256) for one in target.evidence if _is_told(one)),
        target.labels,
        target.collected or None,
        (*damage_notes(target.damage, uri), *notes, *failures(made)),
        place=place,
        image=target.image,
    )


def _is_told(file: "FactsArtifact") -> bool:
    """Whether a document tells of a file in a way that reports have words for."""
    return bool(file.uri) and _SHA256.fullmatch(file.sha256) is not None
