"""Installed filesets of AIX and VIOS, as listed for people: `lslpp -l`, `lslpp -L`, with `q` or patterns.

AIX 7.3 documentation, "lslpp Command". Names longer than their column stand alone on a line, and their values on the
next; descriptions go on below themselves:

      Fileset                      Level  State      Description
      ----------------------------------------------------------------------------
    Path: /usr/lib/objrepos
      rsct.core.rmc              3.2.6.4  COMMITTED  RSCT Resource Monitoring and
                                                     Control
                                          EFIXLOCKED
      devices.vdevice.IBM.vfc-client.rte
                                 7.2.5.1  APPLIED    Virtual Fibre Channel Client

      Fileset                      Level  State  Type  Description (Uninstaller)
      ----------------------------------------------------------------------------
      rsct.core.rmc              3.2.6.4    C     F    RSCT Resource Monitoring and
                                                       Control
    State codes:
     A -- Applied.

The first form is that of `-l`, with a word for the state and a section for each repository, so that a fileset has
several rows; the second that of `-L`, with a letter, a type and a legend. A lock by an interim fix (`EFIXLOCKED` below
a row) changes neither level nor state. Copies lose the indentation or gain blank lines, so a row is told by its third
word, the state, or by a level of four numbers behind the name of a fileset, whatever its state; what follows a row and
is no row is its description. A row that ends before its state, and a name without values, are not read as
descriptions: they are refused, or left out at the end of an incomplete answer. A letter is no state of `-l`.

`lslpp: Fileset rsct.* not installed.` (or `lslpp: 0504-132  Fileset ...`) with exit status 1 is an answer, and so it is
in a copy. Empty output, or the header alone, is never an answer. Filesets stand in alphabetical order: without an exit
status a listing of everything is whole where it came from bos.rte past those of RSCT, with `-l` past them in
`/etc/objrepos` too, which stands second, and with `-L` to its legend. Of a pattern only that with `-L` is whole which
has its header and its legend: nothing else marks where its rows begin and end.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.packages import (
    EVERYTHING,
    LSLPP_LETTERS,
    LSLPP_STATES,
    Package,
    Packages,
    accounted,
    filesets_end,
)
from rmccomply.sources.shared.texts import may_be_cut
from rmccomply.sources.shared.values import parse_version

OPTIONS: Final = frozenset({"l", "L", "lq", "ql", "Lq", "qL"})
LISTING: Final = True
RECORD: Final = Packages
_HEADER: Final = ["Fileset", "Level"]
_LEVEL: Final = re.compile(r"\d+\.\d+\.\d+\.\d+")
_TYPES: Final = frozenset("FPCTRE")
_INDENT: Final = 20
"""Names stand left of this column, wrapped values and descriptions right of it."""


@dataclass(slots=True)
class _Reading:
    """What was read so far. `name` is a word that stood alone: a name whose values follow, or a description's end."""

    letters: bool
    rows: list[Package] = field(default_factory=list)
    name: str = ""
    name_line: Line = 0
    header: bool = False
    legend: bool = False

    @property
    def dangling(self) -> bool:
        """Whether the word that stood alone can only be the name of a fileset."""
        return "." in self.name.strip(".")


def asks(argv: tuple[str, ...]) -> bool:
    """Listings for people; those with colons (`c`) are another source."""
    letters = "".join(word[1:] for word in argv[1:] if word.startswith("-"))
    return letters in OPTIONS


def parse(answer: Answer) -> Packages:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for rows that are cut."""
    missing = not_installed(answer)
    refuse_other_errors(answer, missing)
    covers = covered(answer)
    reading = _read(answer, missing)
    rows, absent = tuple(reading.rows), tuple(missing.values())
    if not rows and not absent:
        raise Unreadable("empty", "lslpp lists no fileset")
    refuse_contradiction((row.name for row in rows), missing)
    whole = answer.complete and not reading.dangling and _covers_all(answer, covers, reading, absent)
    return Packages(covers, rows, absent, next(iter(missing), 0), whole)


def not_installed(answer: Answer) -> dict[Line, str]:
    """Line to pattern, for the lines that say that nothing of a pattern is installed."""
    found: dict[Line, str] = {}
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            words = line.split()
            if len(words) > 3 and words[-4] == "Fileset" and words[-2:] == ["not", "installed."]:
                found[sign * number] = words[-3]
    return found


def refuse_other_errors(answer: Answer, missing: dict[Line, str]) -> None:
    """Raise Unreadable for every failure but that of a pattern without a fileset."""
    if answer.exit_status != 1 or not missing:
        answer.refuse_failure()
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            text = line.strip()
            complaint = text.startswith("lslpp:") or (sign < 0 and text and answer.exit_status != 0)
            if complaint and sign * number not in missing:
                raise Unreadable("failed", f"lslpp could not answer: {text}", sign * number)


def refuse_contradiction(names: Iterable[str], missing: dict[Line, str]) -> None:
    """Raise Unreadable where a fileset is among the rows and is said not to be installed."""
    for name in names:
        for line, pattern in missing.items():
            if fnmatchcase(name, pattern):
                raise Unreadable("unparsable", f"lslpp lists {name} and says that {pattern} is not installed", line)


def covered(answer: Answer) -> tuple[str, ...]:
    """The patterns asked for."""
    return EVERYTHING if not answer.operands or "all" in answer.operands else answer.operands


def is_frame(words: Sequence[str]) -> bool:
    """Whether a line is the header, its dashes, the path of a repository, or an echoed prompt."""
    return (
        list(words[:2]) == _HEADER
        or words[0] == "Path:"
        or words[0].startswith("#")
        or (len(words) == 1 and len(words[0]) > 1 and not words[0].strip("-"))
    )


def _covers_all(answer: Answer, covers: tuple[str, ...], reading: _Reading, absent: tuple[str, ...]) -> bool:
    names = [row.name for row in reading.rows]
    if covers != EVERYTHING:
        ended = answer.exit_status is not None or (reading.header and reading.legend)
        return accounted(covers, names, absent, ended=ended)
    if answer.exit_status is not None:
        return True
    quiet = any("q" in option for option in answer.options)
    return filesets_end(names, by_repository=not reading.letters) and (reading.legend or quiet or not reading.letters)


def _read(answer: Answer, missing: dict[Line, str]) -> _Reading:
    reading = _Reading("L" in "".join(answer.options))
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[:2] == ["State", "codes:"]:
            reading.legend = True
            break
        reading.header = reading.header or (not reading.rows and words[:2] == _HEADER)
        if words and number not in missing and not (may_be_cut(answer, number) and _may_lack_words(words, reading)):
            _take(reading, line, words, number)
    return reading


def _may_lack_words(words: list[str], reading: _Reading) -> bool:
    """Whether a last line ends before its values, or in the midst of its state."""
    return len(words) + bool(reading.name) <= 3 and not is_frame(words)


def _take(reading: _Reading, line: str, words: list[str], number: Line) -> None:
    deep = len(line) - len(line.lstrip()) >= _INDENT
    frame = is_frame(words)
    row = None if frame or deep else _row(words, number, reading.letters)
    if row is None and reading.name and not frame:
        row = _row([reading.name, *words], number, reading.letters)
    elif reading.dangling:
        raise Unreadable("unparsable", f"a fileset of lslpp has no level: {reading.name}", reading.name_line)
    if row is not None:
        reading.rows.append(row)
    elif not frame:
        _refuse_what_is_no_description(reading, words, deep, number)
    alone = row is None and not frame and not deep and len(words) == 1
    reading.name, reading.name_line = (words[0], number) if alone else ("", 0)


def _refuse_what_is_no_description(reading: _Reading, words: list[str], deep: bool, number: Line) -> None:
    cut = not deep and len(words) == 2 and "." in words[1] and parse_version(words[1]) is not None
    before = not reading.rows and (deep or len(words) > 1)
    if cut or before or reading.dangling:
        raise Unreadable(
            "unparsable", f"a row of lslpp is incomplete or has an unknown form: {' '.join(words)}", number
        )


def _row(words: list[str], number: Line, letters: bool) -> Package | None:
    """The row that words make: a name, a level and a state; None for words of a description."""
    if len(words) < 3:
        return None
    name, level, state = words[:3]
    shaped = "." in name.strip(".") and _LEVEL.fullmatch(level) is not None
    if letters:
        known = shaped or (state in LSLPP_LETTERS and (level[:1].isdigit() or not _TYPES.isdisjoint(words[3:4])))
        return Package(name, level, parse_version(level), state, number) if known else None
    if state == "EFIX" and words[3:4] == ["LOCKED"]:
        state = "EFIXLOCKED"
    if shaped and state in LSLPP_LETTERS:
        raise Unreadable(
            "unparsable", f"a row of lslpp is incomplete or has an unknown form: {' '.join(words)}", number
        )
    plain = level[:1].isdigit() and len(state) > 3 and state.isalpha() and state.isupper()
    known = shaped or plain or state in LSLPP_STATES
    return Package(name, level, parse_version(level), LSLPP_STATES.get(state, state), number) if known else None
