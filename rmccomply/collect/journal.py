"""The journal of a run: `state.jsonl`, a line for each thing that happened, added to and never rewritten.

    {"schema": "rmccomply/run/1", "event": "run", "utc": "...", "transport": "ssh", "targets": 3,
     "inventories": ["hosts.txt"], "options": ["--sudo"]}
    {"event": "begin", "target": "lpar7", "utc": "...", "try": 1}
    {"event": "end", "target": "lpar7", "utc": "...", "word": "collected", "seconds": 12.4, "sha256": "...", ...}

A run that was killed left a last line without its end: it is passed over, and what it would have said is asked again.
"""

import fcntl
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

from rmccomply.errors import OutputError, UsageError
from rmccomply.evidence.run_folder import BEGIN, JOURNAL, NAME, file_stem, taken_by
from rmccomply.files import open_private, private_folder
from rmccomply.guarded import Unfit, json_of
from rmccomply.tuples import NamedTuple


class End(NamedTuple):
    """How it ended with a target."""

    target: str
    word: str
    says: str = ""
    seconds: float = 0.0
    tries: int = 0
    sections: int = 0
    size: int = 0
    sha256: str = ""
    utc: str = ""
    transport: str = ""
    name: str = ""
    """What the target calls itself in its bundle."""


_KINDS: Final = {key: type(value) for key, value in End._field_defaults.items()} | {"target": str, "word": str}


def ends(lines: Iterable[bytes]) -> dict[str, End]:
    """The last end of each target. What is no whole line of a journal is passed over."""
    found: dict[str, End] = {}
    for event in _events(lines):
        given = {key: event[key] for key, kind in _KINDS.items() if isinstance(event.get(key), kind)}
        if event.get("event") == "end" and "target" in given and "word" in given:
            found[given["target"]] = End(**given)
    return found


def _events(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            event = json_of(line)
        except Unfit:
            continue
        if isinstance(event, dict):
            yield event


class Journal:
    """The journal of a run at work; as long as it is open no other run can write into the folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        try:
            private_folder(folder)
            self._file: IO[bytes] = open_private(self._path, add=True)
        except OSError as error:
            raise OutputError(f"{folder}: cannot hold a run: {error.strerror}") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            if not isinstance(error, BlockingIOError):
                raise OutputError(f"{self._path}: cannot be locked: {error.strerror}") from None
            raise UsageError(f"{folder}: another run is using it") from None
        data = self._read()
        self.before = ends(data.split(b"\n"))
        self._taken = set(taken_by(data))

    def took(self, label: str, data: bytes) -> bool:
        """Whether a bundle is one that came from this target in this run."""
        return (file_stem(label), hashlib.sha256(data).hexdigest()) in self._taken

    def _read(self) -> bytes:
        self._file.seek(0)
        data = self._file.read()
        if not data.startswith(BEGIN[: len(data)]):
            self._file.close()
            raise UsageError(f"{self._path}: is not the journal of a run; name another folder")
        if b"\n" not in data:
            self._file.truncate(0)
        elif not data.endswith(b"\n"):
            self._file.write(b"\n")
        return data

    def run(self, transport: str, targets: int, utc: str, **words: Sequence[str]) -> None:
        """A run begins; `words` are those of its command that collecting again needs."""
        begun = {"schema": JOURNAL, "event": "run", "utc": utc, "transport": transport, "targets": targets}
        self._add({**begun, **{name: list(given) for name, given in words.items()}})

    def begin(self, target: str, attempt: int, utc: str) -> None:
        """A target is asked."""
        self._add({"event": "begin", "target": target, "utc": utc, "try": attempt})

    def end(self, end: End) -> None:
        """It ended with a target."""
        self._add({"event": "end", **end._asdict()})
        self._taken |= {(file_stem(end.target), end.sha256)} if end.sha256 else set()

    def close(self) -> None:
        """Let others in."""
        self._file.close()

    def _add(self, event: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(event).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise OutputError(f"{self._path}: was not written: {error.strerror}") from None


def is_there(end: End | None, bundle: Path) -> bool:
    """Whether a target was collected, and its bundle is still the one that came."""
    if end is None or end.word != "collected":
        return False
    try:
        return hashlib.sha256(bundle.read_bytes()).hexdigest() == end.sha256
    except OSError:
        return False
