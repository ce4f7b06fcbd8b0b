"""Baseline, version 1, read back: strictly, since what is not understood would let a fail pass, or stop a build.

All faults are told at once, each with its line. The order of the lines is free, for a merge may leave another one;
marks of a merge that somebody has to finish are told as such. A file is read line by line and never whole: it may hold
more entries than a run has findings.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, cast

from rmccomply.dispose.baseline import Baseline, BaselineEntry, KnownFails
from rmccomply.documents import BASELINE_1
from rmccomply.documents.baseline_1 import HEAD
from rmccomply.errors import InputError
from rmccomply.finding import fingerprint
from rmccomply.guarded import open_plain
from rmccomply.tuples import NamedTuple
from rmccomply.words import SEVERITIES, Severity, counted

MOST_ENTRIES: Final = 1_000_000
LONGEST_LINE: Final = 1024**2
"""Octets of a line with its end."""
_MOST_FAULTS: Final = 50
_MARKS: Final = (b"<<<<<<< ", b"||||||| ", b"=======", b">>>>>>> ")
"""What git leaves in a file that it could not merge."""
_PLAIN: Final = rb'"([^"\\\x00-\x1f\x7f-\xff]*)"'
_ENTRY: Final = re.compile(
    rb'\{"fingerprint":"([0-9a-f]{64})","rule":"([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)","target":%b,"subject":%b,'
    rb'"severity":"(%b)","actual":%b\}\r?\n?' % (_PLAIN, _PLAIN, "|".join(SEVERITIES).encode(), _PLAIN)
)
"""An entry as it is written where no character of it needs an escape."""
_RULE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")


class _Fault(NamedTuple):
    line: int
    says: str


class _Unlike(ValueError):
    """A line is no entry, and why."""


def read_baseline(path: Path) -> Baseline:
    """A baseline file. Raises InputError with all that is wrong with it, a line a fault."""
    try:
        with open_plain(path) as file:
            return _read(lambda: iter(lambda: file.readline(LONGEST_LINE + 1), b""), path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None


def _read(lines: Callable[[], Iterator[bytes]], path: Path) -> Baseline:
    known, sha, faults, twice = KnownFails(), hashlib.sha256(), list[_Fault](), dict[str, int]()
    count = 0
    for count, line in enumerate(lines(), 1):
        sha.update(line)
        if fault := _head_fault(line) if count == 1 else _line_fault(line, known, twice, count):
            faults.append(_Fault(count, fault))
            if count == 1 or len(line) > LONGEST_LINE:
                break
        if count - 1 > MOST_ENTRIES:
            faults.append(_Fault(count, f"holds more than {MOST_ENTRIES} entries, and no more are read"))
            break
    if not count:
        faults.append(_Fault(1, f"is empty: a baseline begins with {HEAD}"))
    faults += [_Fault(number, f"has the fingerprint of a line above: {one}") for one, number in twice.items()]
    if faults:
        raise InputError("\n".join(_told(sorted(faults), path)))
    return known.baseline(path.name, sha.hexdigest())


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


def _line_fault(line: bytes, known: KnownFails, twice: dict[str, int], number: int) -> str:
    """Take the entry of a line; what is wrong with the line, else nothing."""
    try:
        entry = _entry_of(line)
    except _Unlike as unlike:
        return str(unlike)
    due = fingerprint(entry.rule, entry.target, entry.subject)
    if entry.fingerprint != due:
        return f"its fingerprint is not that of its rule, target and subject, which is {due}"
    if not known.add(entry.rule, entry.target, entry.subject, entry.severity, entry.actual):
        twice.setdefault(due, number)
    return ""


def _entry_of(line: bytes) -> BaselineEntry:
    """The entry of a line. Raises _Unlike."""
    if found := _ENTRY.fullmatch(line):
        name, rule, target, subject, severity, actual = (one.decode("ascii") for one in found.groups())
        if target:
            return BaselineEntry(name, rule, target, subject, cast("Severity", severity), actual)
    if len(line) > LONGEST_LINE:
        raise _Unlike(f"is longer than {counted(LONGEST_LINE, 'byte')}; nothing behind it was read")
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
