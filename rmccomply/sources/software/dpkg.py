r"""Installed packages of Debian and Ubuntu: `dpkg-query -W`, with `-f FORMAT` or patterns; `dpkg -l`.

dpkg-query(1), dpkg(1).

    rsct.core	3.2.6.4-22081                      dpkg-query -W
    rsct.core	3.2.6.4-22081	ppc64el	install ok installed
                                        dpkg-query -W -f='${Package}\t${Version}\t${Architecture}\t${Status}\n'

    Desired=Unknown/Install/Remove/Purge/Hold
    | Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
    |/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
    ||/ Name           Version       Architecture Description
    +++-==============-=============-============-=================================
    ii  rsct.core      3.2.6.4-22081 ppc64el      RSCT Core Software
    rc  dynamicrm      2.0.7.3-21-1  ppc64el      Dynamic Resource Manager

Names are in lower case, and the level stands before the last hyphen of the version; there may be two. An architecture
behind a name (`libc6:ppc64el`) is no part of it. A request holds the format as it was typed, with a backslash and a
letter. The database knows packages that are not installed: removed ones whose configuration was kept (`rc`,
`deinstall ok config-files`) and ones that others name (`un`, no version); they are `absent`. **Without a status among
the columns a removed package looks like an installed one**, so a collector asks for `${db:Status-Abbrev}`. The state of
a row is empty where the package is installed, else as printed. The table is cut to the width of a terminal, names and
versions too, so that it proves no absence but that of names that it lists or says to be unknown, and a version without
its revision that fills its column has no level.

`dpkg-query: no packages found matching X` (exit status 1) is an answer: X is not there. Empty output is never an
answer. A capture is named without the hyphen of `dpkg-query` in mind: `dpkg-query-W.txt` asks as `dpkg query -W`.
Without an exit status a listing of everything, which is in alphabetical order, is whole only where it has a package
that every system has and came past the names of RSCT, and one of a pattern never: nothing marks its end.
"""

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.packages import (
    EVERYTHING,
    Package,
    Packages,
    accounted,
    impossible,
    in_order_to_the_end,
    is_letters,
)
from rmccomply.sources.shared.texts import has_text, may_be_cut
from rmccomply.sources.shared.values import parse_version

OPTIONS: Final = frozenset({"W", "l"})
LISTING: Final = True
RECORD: Final = Packages
_SHOW: Final = frozenset({"-W", "--show"})
_TABLE: Final = frozenset({"-l", "--list"})
_FORMATS: Final = frozenset({"-f", "--showformat"})
_PATHS: Final = ("--admindir=", "--root=")
_STATUS: Final = frozenset({"Status", "db:Status-Abbrev", "db:Status-Status"})
_TAGS: Final = frozenset({"Package", "binary:Package", "Version", "Architecture", *_STATUS})
_DEFAULT: Final = ("Package", "Version")
_INSTALLED: Final = "installed"
_NOT_INSTALLED: Final = frozenset({"config-files", "not-installed"})
_OF_LETTER: Final = {"i": _INSTALLED, "c": "config-files", "n": "not-installed"}
_FRAME: Final = ("Desired=", "| Status=", "|/ Err?=", "||/ Name", "#")
_NOT_FOUND: Final = ("no packages found matching", "no path found matching pattern")
_PATTERN: Final = frozenset("*?[")
_EVERYWHERE: Final = frozenset({"base-files", "dpkg", "libc6"})


@record(frozen=True, slots=True)
class _DpkgQuery:
    """What was asked. `columns` are the tags of the format; empty for the table."""

    names: tuple[str, ...]
    columns: tuple[str, ...]


def asks(argv: tuple[str, ...]) -> bool:
    """Queries that print a line for each package, with a name and a version."""
    return _query(argv) is not None


def parse(answer: Answer) -> Packages:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for other lines."""
    query = _query(answer.argv)
    if query is None:
        raise Unreadable("unparsable", "this query of dpkg is not known")
    missing = _not_found(answer)
    if answer.exit_status != 1 or not missing:
        answer.refuse_failure()
    rows, gone = _rows(answer, query, missing)
    absent = (*missing.values(), *gone.values())
    if not rows and not absent:
        raise Unreadable("empty", "dpkg lists no package")
    _refuse_contradiction(rows, missing)
    line = next(iter((*missing, *gone)), 0)
    return Packages(query.names or EVERYTHING, rows, absent, line, _whole(answer, query, rows, absent))


def _query(argv: tuple[str, ...]) -> _DpkgQuery | None:
    words = iter(argv[2:] if argv[1:2] == ("query",) else argv[1:])
    layout: str | None = None
    names: list[str] = []
    modes: set[str] = set()
    for word in words:
        option, equals, value = word.partition("=")
        if option in _FORMATS:
            layout = value if equals else next(words, "")
        elif word.startswith("-f$"):
            layout = word[2:]
        elif option in _SHOW | _TABLE:
            modes.add(option)
        elif word.startswith("-") and word != "--no-pager" and not word.startswith(_PATHS):
            return None
        elif not word.startswith("-"):
            names.append(word)
    columns = _columns(layout) if modes & _SHOW else ()
    return None if columns is None or len(modes) != 1 else _DpkgQuery(tuple(names), columns)


def _columns(layout: str | None) -> tuple[str, ...] | None:
    """The tags of a format in their order; None for a format that is not known."""
    if layout is None:
        return _DEFAULT
    text = layout.replace("\\t", "\t").replace("\\n", "\n")
    cells = text[:-1].split("\t") if "\t" in text else text[:-1].split(" ")
    tags = tuple(cell[2:-1] if cell.startswith("${") and cell.endswith("}") else "" for cell in cells)
    named = {"Package", "binary:Package"} & set(tags)
    blanks = "\t" not in text and not _STATUS.isdisjoint(tags)
    known = text.endswith("\n") and _TAGS.issuperset(tags) and named and "Version" in tags and not blanks
    return tags if known else None


def _not_found(answer: Answer) -> dict[Line, str]:
    """Line to pattern, for `dpkg-query: no packages found matching X`."""
    found: dict[Line, str] = {}
    if not any(has_text(answer, text) for text in _NOT_FOUND):
        return found
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            head, colon, said = line.strip().partition(": ")
            if colon and head in ("dpkg-query", "dpkg") and said.startswith(_NOT_FOUND):
                found[sign * number] = said.split()[-1].rstrip(".")
    return found


def _rows(answer: Answer, query: _DpkgQuery, missing: dict[Line, str]) -> tuple[tuple[Package, ...], dict[Line, str]]:
    """The packages, and by line those that are known and not installed."""
    rows: list[Package] = []
    gone: dict[Line, str] = {}
    width = 0
    for number, line in enumerate(answer.lines, 1):
        if line.startswith("+++-"):
            width = _version_width(line)
        elif not line.strip() or number in missing or line.startswith(_FRAME) or may_be_cut(answer, number):
            continue
        elif line.startswith(("dpkg-query:", "dpkg:")):
            raise Unreadable("failed", f"dpkg could not answer: {line.strip()}", number)
        else:
            row = _of_columns(line, query.columns, number) if query.columns else _of_table(line, width, number)
            if row is None:
                raise Unreadable("unparsable", f"a row of dpkg has an unknown form: {line.strip()}", number)
            if row.level_text and row.state not in _NOT_INSTALLED:
                rows.append(row)
            else:
                gone[number] = row.name
    return tuple(rows), gone


def _of_columns(line: str, columns: tuple[str, ...], number: Line) -> Package | None:
    cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()
    if len(cells) != len(columns):
        return None
    values = dict(zip(columns, cells, strict=True))
    letters = values.get("db:Status-Abbrev")
    if letters is None:
        words = values.get("Status", values.get("db:Status-Status", _INSTALLED)).split()
        return _package(values, words[-1] if words else "?", number)
    return _package(values, _status(letters), number) if is_letters(letters) else None


def _of_table(line: str, width: int, number: Line) -> Package | None:
    words = line.split()
    if len(words) < 3 or not is_letters(words[0]):
        return None
    version = "" if words[2] == "<none>" else words[2]
    row = _package({"Package": words[1], "Version": version}, _status(words[0]), number)
    may_lack = "-" not in version and (not width or len(version) >= width)
    return replace(row, level=None) if row is not None and may_lack else row


def _package(values: dict[str, str], status: str, number: Line) -> Package | None:
    name, version = values.get("Package", values.get("binary:Package", "")).partition(":")[0], values["Version"]
    if not name or any(" " in text for text in (name, version)) or impossible(name, version):
        return None
    return Package(name, version, parse_version(version), "" if status == _INSTALLED else status, number)


def _status(letters: str) -> str:
    """The status as dpkg spells it out; the letters where they tell an error, or a package half installed."""
    return _OF_LETTER.get(letters[1], letters) if len(letters) == 2 else letters


def _version_width(line: str) -> int:
    """How wide the column of versions is, by the dashes below the header."""
    cells = line.split("-")
    return len(cells[2]) if len(cells) > 2 else 0


def _refuse_contradiction(rows: tuple[Package, ...], missing: dict[Line, str]) -> None:
    for line, pattern in missing.items():
        for row in rows:
            if fnmatchcase(row.name, pattern):
                says = f"dpkg lists {row.name} and says that it knows no {pattern}"
                raise Unreadable("unparsable", says, line)


def _whole(answer: Answer, query: _DpkgQuery, rows: tuple[Package, ...], absent: tuple[str, ...]) -> bool:
    patterned = any(not _PATTERN.isdisjoint(name) for name in query.names)
    if not answer.complete or (not query.columns and (patterned or not query.names)):
        return False
    if query.names:
        ended = answer.exit_status is not None
        return accounted(query.names, [row.name for row in rows], absent, ended=ended)
    names = [row.name for row in rows]
    return answer.exit_status is not None or (
        in_order_to_the_end(names, lower=True) and not _EVERYWHERE.isdisjoint(names)
    )
