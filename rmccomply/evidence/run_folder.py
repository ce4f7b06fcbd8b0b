"""The folder of a run, as far as a reader must know it: which bundle in it is the answer that the run took.

The journal of a run (`state.jsonl`) has a line for each answer that came, with the label of its target and the SHA-256
of its bundle. A bundle that no line tells of was put there by somebody else: it is no answer of its target in this run.
"""

import hashlib
import os
import stat
import string
from functools import lru_cache
from pathlib import Path
from typing import Final

from rmccomply.evidence.companion import BUNDLE_ENDINGS, CONTROLLER, stem_of
from rmccomply.evidence.packed import uncompressed
from rmccomply.guarded import Unfit, json_of

NAME: Final = "state.jsonl"
JOURNAL: Final = "rmccomply/run/1"
"""What the first line of a run's journal names: it stands among bundles and is no evidence."""
BEGIN: Final = b'{"schema": "%s"' % JOURNAL.encode()
OTHERS: Final = "the journal of the run in its folder does not list it, so this run did not collect it"
NOT_TAKEN: Final = f"{OTHERS}, and was not read: to judge it, move it to another folder"

_PLAIN: Final = frozenset(string.ascii_letters + string.digits + "-_.@+")
_LONGEST: Final = 180
_END: Final = ".controller"

Taken = frozenset[tuple[str, str]]


def file_stem(label: str) -> str:
    """The name of a target's files: its label, what a file name should not hold written as `%XX`.

    >>> file_stem("web 1/a")
    'web%201%2Fa'
    """
    text = "".join(char if char in _PLAIN else _escaped(char) for char in label)
    if text.startswith("."):
        text = _escaped(".") + text[1:]
    if text.endswith(_END):
        text = f"{text.removesuffix(_END)}{_escaped('.')}{_END[1:]}"
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}-{hashlib.sha256(_octets(label)).hexdigest()[:12]}"
    return text or "%00"


def _escaped(char: str) -> str:
    return "".join(f"%{octet:02X}" for octet in _octets(char))


def _octets(text: str) -> bytes:
    """Octets of any text: JSON can hold halves of a surrogate pair, which are no character."""
    return text.encode("utf-8", "surrogatepass")


def is_in_run(path: Path) -> bool:
    """Whether a file stands in a folder that has a journal, as the folder of a run does."""
    return os.path.lexists(_journal_beside(path))


def is_of_another(path: Path, most: int) -> bool:
    """Whether a bundle stands in the folder of a run that did not take it as its target's answer. Raises OSError."""
    if not path.name.endswith(BUNDLE_ENDINGS) or path.name.endswith(CONTROLLER):
        return False
    taken = _taken_in(_journal_beside(path))
    if taken is None:
        return False
    with path.open("rb") as file:
        data, _ = uncompressed(file.read(most + 1), most)
    return (stem_of(path), hashlib.sha256(data).hexdigest()) not in taken


def taken_by(journal: bytes) -> Taken:
    """The answers that a run took: the stem of the target's files and the SHA-256 of its bundle."""
    found = set()
    for line in journal.split(b"\n"):
        try:
            event = json_of(line)
        except Unfit:
            continue
        if isinstance(event, dict) and event.get("event") == "end":
            target, sha256 = event.get("target"), event.get("sha256")
            if isinstance(target, str) and isinstance(sha256, str) and sha256:
                found.add((file_stem(target), sha256))
    return frozenset(found)


def begun_in(journal: Path) -> tuple[dict[str, object], ...]:
    """What the journal says of each command that collected, in their order; nothing where it cannot be read."""
    try:
        data = journal.read_bytes()
    except OSError:
        return ()
    lines = (line for line in data.split(b"\n") if b'"run"' in line) if data.startswith(BEGIN) else ()
    return tuple(event for event in map(_event, lines) if event.get("event") == "run")


def _event(line: bytes) -> dict[str, object]:
    try:
        event = json_of(line)
    except Unfit:
        return {}
    return event if isinstance(event, dict) else {}


def _journal_beside(path: Path) -> str:
    return os.path.join(os.path.dirname(path), NAME)


def _taken_in(journal: str) -> Taken | None:
    """The answers of the run whose journal this is; None where it is none."""
    try:
        state = os.stat(journal)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _read(journal, state.st_mtime_ns, state.st_size) if stat.S_ISREG(state.st_mode) else None


@lru_cache(maxsize=8)
def _read(journal: str, changed: int, size: int) -> Taken | None:
    data = Path(journal).read_bytes()
    return taken_by(data) if data.startswith(BEGIN) else None
