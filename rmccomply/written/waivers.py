"""The waivers file: fails that somebody accepted until a moment, in TOML, a table for each.

schema = 1
[[waivers]]
id = "W-2026-014"
rule = "RMC-VER-002"
targets = ["aix73-*"]
severity = "low"
owner = "a.meier@example.com"
approved_by = "j.kim@example.com"
approved = 2026-11-30
ticket = "CHG0042"
reason = "Level is raised in the December build."
expires = 2026-12-31T23:59:59+01:00

All that is wrong with a file is told at once, each fault with its line, the waiver and the key. A waiver ends at a
moment with an offset (https://toml.io/en/v1.0.0#offset-date-time), so that it ends everywhere at once.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

from rmccomply.errors import Fault, UsageError
from rmccomply.guarded import LARGEST_TOML, Unfit, as_written, bounded, toml_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import SEVERITIES, Severity, counted
from rmccomply.written.near import near
from rmccomply.written.toml_lines import KeyPlace, deepest, places_of

OPTION: Final = "--waivers"
MOST: Final = 10_000
"""Waivers of a file."""
MOST_TARGETS: Final = 1_000
"""Globs or labels of a waiver."""
LONGEST: Final = 1_000
"""Characters of a text."""
ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
PIN: Final = re.compile(r"sha256:[0-9a-f]{64}")
_HEAD: Final = re.compile(r"[ \t]*\[\[[ \t]*[\"']?waivers[\"']?[ \t]*\]\]")
_TOP: Final = ("schema", "waivers")
_TABLES: Final = "must be tables: write [[waivers]] on a line above each"


class WrittenWaiver(NamedTuple):
    """A waiver as it stands in its file.

    `targets` are globs, `labels` names and values; where both are there, both have to match. No `subject` is every
    subject, and no `pin` whatever the fail says.
    """

    id: str
    rule: str
    targets: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    subject: str
    severity: Severity
    owner: str
    approved_by: str
    approved: date
    ticket: str
    reason: str
    expires: datetime
    pin: str
    line: int


class WaiverFile(NamedTuple):
    """A waivers file that was read: its path as it was given, its SHA-256, and its waivers in their order."""

    path: str
    sha256: str
    waivers: tuple[WrittenWaiver, ...]


def moment_text(moment: datetime) -> str:
    """A moment in RFC 3339, with Z for UTC.

    >>> moment_text(datetime.fromisoformat("2026-12-31T23:59:59+00:00"))
    '2026-12-31T23:59:59Z'
    """
    text = moment.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


class RawWaivers(NamedTuple):
    """A waivers file whose TOML is valid, before its content is looked at."""

    path: str
    text: str
    content: Mapping[str, Any]

    @property
    def rules(self) -> frozenset[str]:
        """The rules that it names, whatever else is wrong with it."""
        tables = self.content.get("waivers")
        named = [one.get("rule") for one in tables if isinstance(one, dict)] if isinstance(tables, list) else []
        return frozenset(one for one in named if isinstance(one, str))


def raw_waivers(path: str) -> RawWaivers:
    """A file as far as its TOML goes. Raises UsageError."""
    try:
        return raw_of(path, bounded(Path(path), LARGEST_TOML))
    except OSError as error:
        raise UsageError(f"{OPTION}: {path}: cannot be read: {error.strerror or error}") from None
    except Unfit as error:
        raise UsageError(f"{OPTION}: {path}{f':{error.line}' if error.line else ''}: {error.says}") from None


def raw_of(path: str, octets: bytes) -> RawWaivers:
    """A text as far as its TOML goes. Raises Unfit."""
    content = toml_of(octets)
    return RawWaivers(path, octets.decode("utf-8"), content)


def waiver_file(raw: RawWaivers, rules: Collection[str]) -> WaiverFile:
    """The waivers of a file; `rules` are those that there are. Raises UsageError with every fault, a line each."""
    waivers, faults = checked(raw, rules)
    if faults:
        raise UsageError("\n".join(map(str, faults)))
    return WaiverFile(raw.path, hashlib.sha256(raw.text.encode()).hexdigest(), waivers)


def checked(raw: RawWaivers, rules: Collection[str]) -> tuple[tuple[WrittenWaiver, ...], tuple[Fault, ...]]:
    """The waivers of a file that are as they should be, and every fault of it in the order of its lines."""
    found, tables = list[WrittenWaiver](), raw.content.get("waivers")
    lines = _Lines(raw.text, len(tables) if isinstance(tables, list) else 0)
    faults = [*_of_file(raw, lines)]
    seen: dict[str, int] = {}
    for at, table in enumerate(tables[:MOST] if isinstance(tables, list) else ()):
        if isinstance(table, dict):
            read = _WaiverTable(raw.path, table, at, lines)
            values = read.values()
            read.hold(values, rules, seen)
            faults += read.faults
            if not read.faults:
                found.append(WrittenWaiver(**values, line=read.line))
    return tuple(found), tuple(sorted(faults, key=lambda one: (one.line or 0, one.key, one.says)))


class _Lines:
    """The lines of a file. To find that of any key takes longer than all else, so it is done where there is a fault."""

    def __init__(self, text: str, tables: int) -> None:
        self._text = text
        self._top: KeyPlace | None = None
        heads = [number for number, line in enumerate(text.split("\n"), 1) if _HEAD.match(line)]
        self._heads = heads if len(heads) == tables else []

    def at(self, *loc: str | int) -> int | None:
        """The line of the deepest key that is there of a place."""
        self._top = self._top or places_of(self._text)
        return deepest(self._top, loc)

    def of_table(self, at: int) -> int:
        """The line on which a waiver begins."""
        return self._heads[at] if self._heads else self.at("waivers", at) or 1


def _of_file(raw: RawWaivers, lines: _Lines) -> Iterator[Fault]:
    """What is wrong around the tables."""

    def fault(key: str, says: str, at: int | None = None) -> Fault:
        line = lines.at(key) if at is None else lines.at(key, at)
        return Fault(raw.path, line, "", key, says)

    if "schema" not in raw.content:
        yield fault("schema", "is missing: write schema = 1 on the first line")
    elif (version := raw.content["schema"]) != 1 or isinstance(version, bool | float):
        yield fault("schema", f"{_shown(version)} is not known: write schema = 1")
    for key in raw.content:
        if key not in _TOP:
            yield fault(key, f"unknown key{near(key, _TOP)}")
    tables = raw.content.get("waivers", [])
    if not isinstance(tables, list):
        yield fault("waivers", _TABLES)
        return
    yield from (fault("waivers", _TABLES, at) for at, one in enumerate(tables) if not isinstance(one, dict))
    if len(tables) > MOST:
        yield fault("waivers", f"there are {len(tables)}, but at most {MOST} are read", MOST)


class _Amiss(ValueError):
    """What is wrong with a value; `inside` is the entry of it, where one alone is."""

    def __init__(self, says: str, inside: str | int | None = None) -> None:
        super().__init__(says)
        self.inside = inside


class _WaiverTable:
    """One waiver while it is read, and what is wrong with it."""

    def __init__(self, path: str, table: Mapping[str, Any], at: int, lines: _Lines) -> None:
        self._path, self._table, self._at, self._lines = path, table, at, lines
        self.faults: list[Fault] = []
        self._name = name if isinstance(name := table.get("id"), str) and ID.fullmatch(name) else f"waiver {at + 1}"
        self.line = lines.of_table(at)

    def values(self) -> dict[str, Any]:
        """What each key says, as far as it can be used."""
        for key in self._table:
            if key not in _FIELDS:
                self._fault(key, f"unknown key{near(key, tuple(_FIELDS))}")
        found: dict[str, Any] = {}
        for key, read in _FIELDS.items():
            try:
                found[key] = read(key, self._table.get(key))
            except _Amiss as amiss:
                self._fault(key, str(amiss), amiss.inside)
        return found

    def hold(self, values: Mapping[str, Any], rules: Collection[str], seen: dict[str, int]) -> None:
        """Hold the values to each other, to the rules that there are, and to the ids before (`seen`, with numbers)."""
        name, rule = values.get("id"), values.get("rule")
        if name is not None and name in seen:
            first = self._lines.at("waivers", seen[name], "id")
            self._fault("id", f"is already the id of the waiver on line {first}: give this one another")
        elif name is not None:
            seen[name] = self._at
        if rule is not None and rule not in rules:
            self._fault("rule", f"no policy has a rule '{rule}'{near(rule, sorted(rules))}")
        if not {"targets", "labels"} & self._table.keys():
            self._fault("targets", 'is missing: write targets = ["lpar0007"], or labels = { wave = "3" }')
        approved, expires = values.get("approved"), values.get("expires")
        if approved and expires and expires.date() < approved:
            self._fault("expires", f"is before the day of approval, {approved}")

    def _line(self, *loc: str | int) -> int:
        return self._lines.at("waivers", self._at, *loc) or 1

    def _fault(self, key: str, says: str, inside: str | int | None = None) -> None:
        line = self._line(key) if inside is None else self._line(key, inside)
        self.faults.append(Fault(self._path, line, self._name, key, says))


def _missing(key: str) -> NoReturn:
    raise _Amiss(f"is missing: write {key} = {_LIKE[key]}")


def _text(key: str, given: Any) -> str:
    """A text that has to be there."""
    if given is None:
        _missing(key)
    text = _maybe(key, given)
    if not text:
        raise _Amiss(f"is empty: write {key} = {_LIKE[key]}")
    return text


def _maybe(key: str, given: Any) -> str:
    """A text that may be left out or be empty."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise _Amiss(f"{_shown(given)} must be text in quotes: write {key} = {_LIKE[key]}")
    if len(given) > LONGEST:
        raise _Amiss(f"has {counted(len(given), 'character')}, but at most {LONGEST} are allowed")
    text = " ".join(given.split()) if key == "reason" else given
    if not text.isprintable() or text != text.strip():
        raise _Amiss("contains a control character, or a blank at an end")
    return text


def _id(key: str, given: Any) -> str:
    name = _text(key, given)
    if not ID.fullmatch(name):
        raise _Amiss(f"'{name}' must be at most 64 letters, digits, '.', '_', '/' and '-', such as {_LIKE[key]}")
    return name


def _severity(key: str, given: Any) -> str:
    word = _text(key, given)
    if word not in SEVERITIES:
        raise _Amiss(f"'{word}' is not one of: {', '.join(SEVERITIES)}{near(word, SEVERITIES)}")
    return word


def _pin(key: str, given: Any) -> str:
    pin = _maybe(key, given)
    if given is not None and not PIN.fullmatch(pin):
        raise _Amiss("must be sha256: and 64 digits from 0 to f, as `rmccomply waiver add --pin-from` writes it")
    return pin


def _targets(key: str, given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not given:
        raise _Amiss('must be a list with at least one entry: write targets = ["lpar0007"]')
    _few(given)
    for at, glob in enumerate(given):
        if not _fits(glob) or not glob:
            raise _Amiss(f"{_shown(glob)} must be the name of a target, or a glob, in quotes", at)
    return tuple(given)


def _labels(key: str, given: Any) -> tuple[tuple[str, str], ...]:
    if given is None:
        return ()
    if not isinstance(given, dict) or not given:
        raise _Amiss('must be a table with at least one label: write labels = { wave = "3" }')
    _few(given)
    for name, value in given.items():
        if not _fits(value):
            raise _Amiss(f"the value of '{name[:LONGEST]}' must be text in quotes", name)
    return tuple(given.items())


def _few(given: Collection[Any]) -> None:
    if len(given) > MOST_TARGETS:
        raise _Amiss(f"has {len(given)} entries, but at most {MOST_TARGETS} are allowed")


def _fits(text: Any) -> bool:
    return isinstance(text, str) and text.isprintable() and len(text) <= LONGEST


def _day(key: str, given: Any) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if given is None:
        _missing(key)
    raise _Amiss(f"must be a day {'without quotes' if isinstance(given, str) else 'alone'}: write {key} = {_LIKE[key]}")


def _moment(key: str, given: Any) -> datetime:
    write = f"write {key} = {_LIKE[key]}, or with Z for UTC"
    if isinstance(given, datetime):
        if given.tzinfo is None:
            raise _Amiss(f"names no offset from UTC, so that it would end at another time elsewhere: {write}")
        return given
    if given is None:
        _missing(key)
    if isinstance(given, str):
        raise _Amiss(f"must be a time without quotes: {write}")
    raise _Amiss(f"must be a time with its offset{', not a day' if isinstance(given, date) else ''}: {write}")


_FIELDS: Final[dict[str, Callable[[str, Any], Any]]] = {
    "id": _id,
    "rule": _text,
    "targets": _targets,
    "labels": _labels,
    "subject": _maybe,
    "severity": _severity,
    "owner": _text,
    "approved_by": _text,
    "approved": _day,
    "ticket": _text,
    "reason": _text,
    "expires": _moment,
    "pin": _pin,
}
"""Each key with what reads it, and None where it is left out."""
_LIKE: Final = {
    "id": '"W-2026-014"',
    "rule": '"RMC-VER-002"',
    "subject": '"network"',
    "severity": '"low"',
    "owner": '"a.meier@example.com"',
    "approved_by": '"j.kim@example.com"',
    "approved": "2026-11-30",
    "ticket": '"CHG0042"',
    "reason": '"Level is raised in the December build."',
    "expires": "2026-12-31T23:59:59+01:00",
    "pin": '"sha256:..."',
}


def _shown(given: Any) -> str:
    return as_written(given) if isinstance(given, bool | list | dict) else f"'{str(given)[:LONGEST]}'"
