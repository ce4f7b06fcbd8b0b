"""Baseline, version 1, read back: strictly, since what is not understood would let a fail pass, or stop a build.

All faults are told at once, each with its line. The order of the lines is free, for a merge may leave another one;
marks of a merge that somebody has to finish are told as such. A file is read line by line and never whole: it may hold
more entries than a run has findings.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, cast

from rmccomply.dispose.baseline import BETWEEN, Baseline, BaselineEntry, KnownFail, KnownFails, key_of
from rmccomply.documents import BASELINE_1
from rmccomply.documents.baseline_1 import HEAD
from rmccomply.errors import InputError
from rmccomply.finding import fingerprint
from rmccomply.guarded import open_plain
from rmccomply.tuples import NamedTuple
from rmccomply.words import SEVERITIES, Severity, counted

LARGEST: Final = 512 * 1024**2
"""Octets of a file."""
MOST_ENTRIES: Final = 1_000_000
LONGEST_LINE: Final = 1024**2
"""Octets of a line with its end."""
_BATCH: Final = 16 * 1024
_MOST_FAULTS: Final = 50
_MARKS: Final = (b"<<<<<<< ", b"||||||| ", b"=======", b">>>>>>> ")
"""What git leaves in a file that it could not merge."""
_PLAIN: Final = r'"([^"\\\x00-\x1f\x7f-\U0010ffff]*)"'
_ENTRY: Final = re.compile(
    rf'^\{{"fingerprint":"([0-9a-f]{{64}})","rule":"([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)","target":(?!""){_PLAIN},'
    rf'"subject":{_PLAIN},"severity":"({"|".join(SEVERITIES)})","actual":{_PLAIN}\}}\r?$',
    re.MULTILINE,
)
"""An entry as it is written where no character of it needs an escape: all but a few are."""
_RULE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")


class _Fault(NamedTuple):
    line: int
    says: str


class _Unlike(ValueError):
    """A line is no entry, and why."""


def read_baseline(path: Path) -> Baseline:
    """A baseline file. Raises InputError with all that is wrong with it, a line a fault."""
    reading = _BaselineLines()
    try:
        with open_plain(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise InputError(f"{path}: is larger than {counted(LARGEST, 'byte')}")
            for lines in iter(lambda: file.readlines(_BATCH), []):
                if not reading.take(lines):
                    break
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    if faults := reading.faults():
        raise InputError("\n".join(_told(faults, path)))
    return reading.known.baseline(path.name, reading.sha.hexdigest())


class _BaselineLines:
    """A file on its way to a baseline, some lines at a time."""

    def __init__(self) -> None:
        self.known = KnownFails()
        self.sha = hashlib.sha256()
        self._targets: dict[str, dict[str, KnownFail]] = {}
        self._faults: list[_Fault] = []
        self._read = 0

    def take(self, lines: list[bytes]) -> bool:
        """Take the next lines; whether more are to come."""
        raw = b"".join(lines)
        self.sha.update(raw)
        if not self._read:
            self._read = 1
            if fault := _head_fault(lines[0]):
                self._faults.append(_Fault(1, fault))
                return False
            raw, lines = raw[len(lines[0]) :], lines[1:]
        rows = _ENTRY.findall(raw.decode("latin-1"))
        if len(rows) == len(lines):
            self._take_rows(rows, lines)
        else:
            for number, line in enumerate(lines, self._read + 1):
                self._take_other(line, number)
        self._read += len(lines)
        if self._read > MOST_ENTRIES:
            self._faults.append(_Fault(self._read, f"holds more than {MOST_ENTRIES} entries, and no more are read"))
        return self._read <= MOST_ENTRIES

    def _take_rows(self, rows: list[tuple[str, str, str, str, Severity, str]], lines: list[bytes]) -> None:
        """Take lines of which each is an entry, in as few steps as there can be."""
        targets, alike, sha256 = self._targets, self.known.alike, hashlib.sha256
        for number, (name, rule, target, subject, severity, actual) in enumerate(rows):
            if (entries := targets.get(target)) is None:
                entries = targets[target] = self.known.of(target)
            key = f"{rule}{BETWEEN}{subject}"
            if key in entries or sha256(f"{rule}\0{target}\0{subject}".encode("ascii")).hexdigest() != name:
                self._take_other(lines[number], self._read + number + 1)
            else:
                entries[key] = alike[severity, None if actual == subject else actual]

    def _take_other(self, line: bytes, number: int) -> None:
        """Take a line that is written otherwise, or has a fault."""
        try:
            entry = _entry_of(line)
        except _Unlike as unlike:
            self._faults.append(_Fault(number, str(unlike)))
            return
        due = fingerprint(entry.rule, entry.target, entry.subject)
        entries, key = self.known.of(entry.target), key_of(entry.rule, entry.subject)
        if entry.fingerprint != due:
            says = f"its fingerprint is not that of its rule, target and subject, which is {due}"
            self._faults.append(_Fault(number, says))
        elif key in entries:
            self._faults.append(_Fault(number, f"has the fingerprint of a line above: {due}"))
        else:
            actual = None if entry.actual == entry.subject else entry.actual
            entries[key] = self.known.alike[entry.severity, actual]

    def faults(self) -> list[_Fault]:
        """All that is wrong, by line."""
        return self._faults if self._read else [_Fault(1, f"is empty: a baseline begins with {HEAD}")]


def _told(faults: list[_Fault], path: Path) -> Iterable[str]:
    for fault in islice(faults, _MOST_FAULTS):
        yield f"{path}:{fault.line}: {fault.says}"
    if (more := len(faults) - _MOST_FAULTS) > 0:
        yield f"{path}: {counted(more, 'more fault')}"


def _head_fault(line: bytes) -> str:
    """Why a line is not the first of a baseline; empty where it is."""
    try:
        content: object = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        content = None
    schema = content.get("schema") if isinstance(content, dict) else None
    if content == {"schema": BASELINE_1}:
        return ""
    if isinstance(schema, str) and schema.startswith("rmccomply/baseline/"):
        return f"is of another version than this release reads: {schema[:80]}"
    return f"is not a baseline: its first line must be {HEAD}"


def _entry_of(line: bytes) -> BaselineEntry:
    """The entry of a line. Raises _Unlike."""
    if len(line) > LONGEST_LINE:
        raise _Unlike(f"is longer than {counted(LONGEST_LINE, 'byte')}")
    if line.startswith(_MARKS):
        raise _Unlike("is a mark of git, which could not merge: keep the entries of both sides, and delete the marks")
    if not line.strip():
        raise _Unlike("is empty: delete it")
    try:
        members = json.loads(line.decode("utf-8"), object_pairs_hook=list)
    except UnicodeDecodeError:
        raise _Unlike("is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise _Unlike("is not an entry: not valid JSON on one line") from None
    return _of_members(members)


def _of_members(members: object) -> BaselineEntry:
    """The entry of names and values. Raises _Unlike with all that is wrong."""
    if not isinstance(members, list) or not all(isinstance(one, tuple) for one in members):
        raise _Unlike("is not an entry: it must be an object of JSON")
    pairs = cast("list[tuple[str, object]]", members)
    found = dict(pairs)
    says = [f"'{name}' is missing" for name in BaselineEntry._fields if name not in found]
    says += [f"'{name[:80]}' is not known" for name in found if name not in BaselineEntry._fields]
    if len(found) < len(pairs):
        says.append("a name stands twice")
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    says += [f"'{name}' must be a text" for name in found if name in BaselineEntry._fields and name not in texts]
    says += _forms(texts)
    if says:
        raise _Unlike(f"is not an entry: {'; '.join(says)}")
    severity = cast("Severity", texts["severity"])
    return BaselineEntry(
        texts["fingerprint"], texts["rule"], texts["target"], texts["subject"], severity, texts["actual"]
    )


def _forms(texts: dict[str, str]) -> Iterator[str]:
    if "fingerprint" in texts and not _FINGERPRINT.fullmatch(texts["fingerprint"]):
        yield "'fingerprint' must be 64 hexadecimal digits in small letters"
    if "rule" in texts and not _RULE.fullmatch(texts["rule"]):
        yield "'rule' is not the id of a rule"
    if not texts.get("target", "x"):
        yield "'target' must not be empty"
    if texts.get("severity", SEVERITIES[0]) not in SEVERITIES:
        yield f"'severity' must be one of {', '.join(SEVERITIES)}"
