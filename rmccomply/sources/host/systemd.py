"""Units of systemd: `systemctl show -p ... UNIT...`, `status UNIT...`, `is-enabled UNIT...`, `is-active UNIT...`,
`list-unit-files`.

systemctl(1).

    Id=ctrmc.service                                                                (show: a block a unit)
    LoadState=loaded
    ActiveState=active
    SubState=running
    UnitFileState=enabled
    ActiveEnterTimestamp=Tue 2026-03-10 07:15:33 CET

    ● ctrmc.service - Resource Monitoring and Control                               (status)
         Loaded: loaded (/usr/lib/systemd/system/ctrmc.service; enabled; preset: disabled)
         Active: active (running) since Tue 2026-03-10 07:15:33 CET; 4 days ago

    enabled                                                                     (is-enabled, is-active: a word a unit)

    UNIT FILE                  STATE           VENDOR PRESET                    (list-unit-files, also without preset)
    ctrmc.service              enabled         disabled

    345 unit files listed.

`show` prints properties in its own order, and only those asked for; without `Id` the blocks are those of the units in
the order asked, and any other number of blocks is not matched with them. A unit that does not exist is an answer: it
is `not-found`, in `status` by `Unit X could not be found.`, in old `is-enabled` by a complaint. The exit status of
the last three tells the state (3 is not active), so that it is none of a failure where there is a state. A unit
without a suffix is a service. A word that systemd does not have is refused. What was not printed is empty, which is no
state; `UnitFileState` is empty for a unit that does not exist.

`list-unit-files` lists all files of units, and its last line proves the end: then a unit of RMC that it has no row of
has no file.

Empty output is never an answer, and neither is a complaint that systemd does not run or cannot be reached.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import strange_word
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

OPTIONS: Final = frozenset({"p", "l"})
LISTING: Final = False
_WITH_VALUE: Final = frozenset({"-p", "--property", "-n", "--lines"})
_PLAIN: Final = frozenset({"-l", "--full", "--no-pager", "-a", "--all", "--no-legend", "--plain"})
_JOINED: Final = ("--property=", "--lines=", "-n", "-p")
_SUFFIXES: Final = (".service", ".target", ".socket", ".timer", ".mount", ".path", ".slice", ".scope")
_PROPERTIES: Final = {
    "LoadState": "load",
    "ActiveState": "active",
    "SubState": "sub",
    "UnitFileState": "enabled",
    "ActiveEnterTimestamp": "since",
}
_ENABLED: Final = frozenset(
    {
        *("enabled", "enabled-runtime", "linked", "linked-runtime", "alias", "masked", "masked-runtime", "static"),
        *("indirect", "disabled", "generated", "transient", "bad", "not-found"),
    }
)
_ACTIVE: Final = frozenset(
    {
        *("active", "reloading", "inactive", "failed", "activating", "deactivating", "maintenance", "refreshing"),
        "unknown",
    }
)
_LOADED: Final = frozenset({"loaded", "not-found", "bad-setting", "error", "merged", "masked", "stub"})
_SERVICE: Final = frozenset(
    {
        *("dead", "condition", "start-pre", "start", "start-post", "running", "exited", "reload", "reload-signal"),
        *("reload-notify", "mounting", "stop", "stop-watchdog", "stop-sigterm", "stop-sigkill", "stop-sigabrt"),
        *("stop-post", "final-watchdog", "final-sigterm", "final-sigkill", "failed", "dead-before-auto-restart"),
        *("failed-before-auto-restart", "dead-resources-pinned", "auto-restart", "auto-restart-queued", "cleaning"),
    }
)
WORDS: Final = {"load": _LOADED, "active": _ACTIVE, "enabled": _ENABLED, "sub": _SERVICE}
"""All words that each state can have; `sub` is of services, other units have others."""
_OF_RMC: Final = frozenset({"ctrmc.service", "srcmstr.service"})
_COMPLAINTS: Final = ("Failed to ", "System has not been booted", "Can't operate", "Unknown operation", "Access denied")
_NO_FILE: Final = "Failed to get unit file state for "
_NOT_NATIVE: Final = ("is not a native service", "Executing ", "Executing: ")


@record(frozen=True, slots=True)
class WordPlace:
    """Where one of the words of a unit stands."""

    field: str
    line: Line


@record(frozen=True, slots=True)
class UnitState:
    """One unit, with its suffix. Each word is as printed and empty where it was not; `since` is when it became active,
    or what `status` says of its last change. `places` are the lines of those words that do not stand on `line`."""

    unit: str
    load: str
    active: str
    sub: str
    enabled: str
    since: str
    line: Line
    places: tuple[WordPlace, ...] = ()

    def lines_of(self, *fields: str) -> tuple[Line, ...]:
        """Where the unit is named, and where these of its words stand."""
        return tuple(dict.fromkeys((self.line, *(place.line for place in self.places if place.field in fields))))


@record(frozen=True, slots=True)
class Units:
    """The units asked for. `asked` is the verb: `show`, `status`, `is-enabled`, `is-active` or `list-unit-files`."""

    asked: str
    rows: tuple[UnitState, ...]


RECORD: Final = Units


class _Request(NamedTuple):
    verb: str
    units: tuple[str, ...]


def asks(argv: tuple[str, ...]) -> bool:
    """One of four verbs with units by name, or all files of units."""
    return _request(argv) is not None


def parse(answer: Answer) -> Units:
    """Read the states. Raises Unreadable: `failed`, `empty`, `unparsable` for other text."""
    request = _request(answer.argv)
    if request is None:
        raise Unreadable("unparsable", "this request of systemctl is not known")
    _refuse_complaints(answer, request)
    rows = tuple(_READERS[request.verb](answer, request))
    if not rows:
        answer.refuse_failure()
        raise Unreadable("empty", "systemctl names no unit")
    for row in rows:
        _refuse_other_words(row)
    return Units(request.verb, rows)


def _refuse_other_words(row: UnitState) -> None:
    for field, closed in WORDS.items():
        word: str = getattr(row, field)
        if word and word not in closed and (field != "sub" or row.unit.endswith(".service")):
            raise Unreadable("unparsable", strange_word("systemctl", word), row.lines_of(field)[-1])


def _request(argv: tuple[str, ...]) -> _Request | None:
    words = list(argv[1:])
    if words[:2] in (["is", "enabled"], ["is", "active"]):
        words[:2] = [f"is-{words[1]}"]
    names: list[str] = []
    before = ""
    for word in words:
        if before in _WITH_VALUE:
            before = ""
            continue
        before = word
        if not word.startswith("-"):
            names.append(word)
        elif word not in _WITH_VALUE | _PLAIN and not word.startswith(_JOINED):
            return None
    if names in (["list-unit-files"], ["list", "unit", "files"]):
        return _Request("list-unit-files", ())
    if len(names) < 2 or names[0] not in _READERS or any("*" in name for name in names):
        return None
    return _Request(names[0], tuple(_with_suffix(name) for name in names[1:]))


def _with_suffix(unit: str) -> str:
    return unit if unit.endswith(_SUFFIXES) else f"{unit}.service"


def _refuse_complaints(answer: Answer, request: _Request) -> None:
    if request.verb == "show" or answer.exit_status in (None, 126, 127):
        answer.refuse_failure()
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            text = line.strip()
            if text.startswith(_COMPLAINTS) and not _no_file(text):
                denied = "ccess denied" in text or "ermission denied" in text
                raise Unreadable("denied" if denied else "failed", f"systemctl could not answer: {text}", sign * number)


def _no_file(text: str) -> str:
    """The unit of which old levels say that it has no file; empty for other text."""
    unit, _, said = text.removeprefix(_NO_FILE).partition(": ")
    return _with_suffix(unit) if text.startswith(_NO_FILE) and said.startswith("No such file") else ""


def _state(unit: str, line: Line) -> UnitState:
    return UnitState(unit, "", "", "", "", "", line)


def _show(answer: Answer, request: _Request) -> Iterator[UnitState]:
    """A row a block; blocks are separated by blank lines."""
    blocks: list[tuple[dict[str, str], Line]] = []
    places: list[tuple[WordPlace, ...]] = []
    apart = True
    for number, line in enumerate(answer.lines, 1):
        name, equals, value = line.strip().partition("=")
        if not name:
            apart = True
            continue
        if apart:
            blocks.append(({}, number))
            places.append(())
            apart = False
        if not equals or (name in blocks[-1][0] and name in ("Id", *_PROPERTIES)):
            raise Unreadable("unparsable", f"a line of systemctl show has an unknown form: {line.strip()}", number)
        blocks[-1][0][name] = value.strip()
        places[-1] += (WordPlace(_PROPERTIES[name], number),) if name in _PROPERTIES else ()
    named = bool(blocks) and all("Id" in block for block, _ in blocks)
    if blocks and not named and len(blocks) != len(request.units):
        says = f"systemctl shows {counted(len(blocks), 'unit')} without names, and {len(request.units)} were requested"
        raise Unreadable("unparsable", says, blocks[0][1])
    for at, (block, number) in enumerate(blocks):
        told = {field: block.get(name, "") for name, field in _PROPERTIES.items()}
        told["since"] = "" if told["since"] == "n/a" else told["since"]
        unit = block["Id"] if named else request.units[at]
        yield UnitState(unit=unit, line=number, places=places[at], **told)


def _status(answer: Answer, request: _Request) -> Iterator[UnitState]:
    """A row for each line that names a unit, with its lines `Loaded:` and `Active:`."""
    row: UnitState | None = None
    for number, line in _said(answer):
        words = line.split()
        unit = _unit_of_head(words)
        if words[:1] == ["Unit"] and line.strip().endswith("could not be found."):
            yield replace(_state(_with_suffix(words[1]), number), load="not-found")
        elif unit:
            if row is not None:
                yield row
            row = _state(unit, number)
        elif row is not None and words[:1] == ["Loaded:"] and len(words) > 1 and not row.load:
            places = _at(number, "load", "enabled")
            row = replace(row, load=words[1], enabled=_enabled(line), places=(*row.places, *places))
        elif row is not None and words[:1] == ["Active:"] and len(words) > 1 and not row.active:
            since = line.partition(" since ")[2].partition(";")[0]
            places = _at(number, "active", "sub", "since")
            row = replace(row, active=words[1], sub=_sub(line), since=since, places=(*row.places, *places))
    if row is not None:
        yield row
    elif not any(line.strip().endswith("could not be found.") for _, line in _said(answer)):
        _refuse_other_text(answer)


def _at(line: Line, *fields: str) -> tuple[WordPlace, ...]:
    return tuple(WordPlace(field, line) for field in fields)


def _said(answer: Answer) -> Iterator[tuple[Line, str]]:
    yield from ((number, line) for number, line in enumerate(answer.lines, 1))
    yield from ((-number, line) for number, line in enumerate(answer.errors, 1))


def _unit_of_head(words: list[str]) -> str:
    """The unit of a line `● ctrmc.service - ...`, with any mark or none; empty for other lines."""
    marked = len(words) > 1 and (len(words[0]) == 1 or words[0].startswith("\\x"))
    name, dash = (*words[int(marked) :], "", "")[:2]
    return name if name.endswith(_SUFFIXES) and "/" not in name and dash in ("", "-") else ""


def _enabled(line: str) -> str:
    """The second of the pieces in brackets behind `loaded`: path, state, preset."""
    pieces = line.partition("(")[2].partition(")")[0].split(";")
    return pieces[1].strip() if len(pieces) > 1 else ""


def _sub(line: str) -> str:
    """What stands in brackets behind the state; `Result: exit-code` is the result of one that failed, and no state."""
    inside = line.partition("(")[2].partition(")")[0]
    return "" if ":" in inside else inside


def _refuse_other_text(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip() and not line.startswith("#"):
            raise Unreadable("unparsable", f"systemctl status names no unit: {line.strip()}", number)


def _words(answer: Answer, request: _Request) -> Iterator[UnitState]:
    """A row a word, in the order asked; units without a file have no word."""
    absent = {unit: number for number, line in _said(answer) if (unit := _no_file(line.strip()))}
    units = [unit for unit in request.units if unit not in absent]
    known = _ENABLED if request.verb == "is-enabled" else _ACTIVE
    told: list[tuple[str, Line]] = []
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text in known:
            told.append((text, number))
        elif text and not _no_file(text) and not any(note in text for note in _NOT_NATIVE) and text[0] != "#":
            raise Unreadable("unparsable", f"systemctl {request.verb} never prints this word: {text}", number)
    if (told or absent) and len(told) != len(units):
        says = f"systemctl prints {counted(len(told), 'word')} for {counted(len(units), 'unit')}"
        raise Unreadable("unparsable", says, told[0][1])
    for unit, number in absent.items():
        yield replace(_state(unit, number), load="not-found")
    for unit, (text, number) in zip(units, told, strict=False):
        row = _state(unit, number)
        if text == "not-found":
            yield replace(row, load=text)
        else:
            yield replace(row, enabled=text) if request.verb == "is-enabled" else replace(row, active=text)


def _files(answer: Answer, request: _Request) -> Iterator[UnitState]:
    """A row for each unit of RMC, not found where the whole listing lacks it; of the others none is of account."""
    found: set[str] = set()
    header = False
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[:2] == ["UNIT", "FILE"]:
            header = True
        elif words[1:] == ["unit", "files", "listed."]:
            missing = sorted(_OF_RMC - found) if header and words[0] == str(len(found)) else []
            yield from (replace(_state(unit, number), load="not-found") for unit in missing)
            return
        elif words and not words[0].startswith("#"):
            if not header or len(words) not in (2, 3) or words[1] not in _ENABLED:
                raise Unreadable("unparsable", f"a row of systemctl has an unknown form: {line.strip()}", number)
            found.add(words[0])
            if words[0] in _OF_RMC:
                yield replace(_state(words[0], number), enabled=words[1])


_READERS: Final = {
    "list-unit-files": _files,
    "show": _show,
    "status": _status,
    "is-enabled": _words,
    "is-active": _words,
}
