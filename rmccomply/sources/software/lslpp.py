"""Installed filesets of AIX and VIOS: `lslpp -Lc`, `lslpp -lc`, with `q` or patterns such as `rsct.*`.

AIX 7.3 documentation, "lslpp Command". Fields are separated by colons. With `-L`, 18 of them:

    #Package Name:Fileset:Level:State:PTF Id:Fix State:Type:Description:Destination Dir.:Uninstaller:...
    rsct.core:rsct.core.rmc:3.2.6.4: : :C:F:RSCT Resource Monitoring and Control: : : : : : :0:0:/:2211
    jq:jq-1.6-3:1.6-3: : :C:R:A JSON processor: :/bin/rpm -e jq: : : : :0: :(none):Mon Jan 9 08:15:02 CET 2023

With `-l`, rows have one field more in front than their header names, the object repository:

    #Fileset:Level:PTF Id:State:Type:Description:EFIX Locked
    /usr/lib/objrepos:rsct.core.rmc:3.2.6.4::COMMITTED:F:RSCT Resource Monitoring and Control:EFIXLOCKED

`q` drops the header. The state is the sixth field with `-L` (the fourth, "State", is blank) and a word in the fifth
with `-l`. Rows of type R are rpms: their build date holds colons, and their fileset field holds version and
release, so their name is the package name. One fileset has a row for each repository that it has files in. Rows of
one host have many levels; a level may have fewer than four parts. An interim fix locks a fileset (`EFIXLOCKED`) and
changes neither level nor state.

`lslpp: Fileset rsct.* not installed.` (or `lslpp: 0504-132  Fileset ...`) with exit status 1 is an answer, beside
rows of other patterns too. Empty output is never an answer. A row that ends before its description is none: its
level may be cut. Filesets stand in alphabetical order: without an exit status a listing of everything is whole where it
came from bos.rte, which every AIX has, past those of RSCT, and with `-l` past them in `/etc/objrepos` too, which stands
second. Nothing marks where the rows of a pattern begin and end: a copy of them proves no absence.
"""

from fnmatch import fnmatchcase
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.packages import (
    EVERYTHING,
    LSLPP_STATES,
    Package,
    Packages,
    accounted,
    filesets_end,
    impossible,
)
from rmccomply.sources.shared.texts import has_text
from rmccomply.sources.shared.values import parse_version

OPTIONS: Final = frozenset("Lclq")
LISTING: Final = True
RECORD: Final = Packages
_FIELDS: Final = 8


def asks(argv: tuple[str, ...]) -> bool:
    """Colon-separated listings of filesets; the listings for people wrap long names."""
    letters = "".join(word[1:] for word in argv[1:] if word.startswith("-"))
    return "c" in letters and set(letters) in ({*"Lc"}, {*"Lcq"}, {*"lc"}, {*"lcq"})


def parse(answer: Answer) -> Packages:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for rows that are cut."""
    missing = _not_installed(answer)
    if answer.exit_status == 1 and missing:
        _refuse_other_errors(answer, missing)
    else:
        answer.refuse_failure()
    covers = EVERYTHING if not answer.operands or "all" in answer.operands else answer.operands
    rows = _rows(answer, missing)
    absent = tuple(missing.values())
    if not rows and not absent:
        raise Unreadable("empty", "lslpp lists no fileset")
    _refuse_contradiction(rows, missing)
    return Packages(covers, rows, absent, next(iter(missing), 0), _whole(answer, covers, rows, absent))


def _whole(answer: Answer, covers: tuple[str, ...], rows: tuple[Package, ...], absent: tuple[str, ...]) -> bool:
    if covers != EVERYTHING:
        ended = answer.exit_status is not None
        return answer.complete and accounted(covers, [row.name for row in rows], absent, ended=ended)
    by_repository = any("l" in option for option in answer.options)
    ends = filesets_end([row.name for row in rows], by_repository=by_repository)
    return answer.complete and (answer.exit_status is not None or ends)


def _not_installed(answer: Answer) -> dict[Line, str]:
    """Line to pattern, for the lines that say that nothing of a pattern is installed."""
    found: dict[Line, str] = {}
    if not has_text(answer, "installed."):
        return found
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            words = line.split()
            if len(words) > 3 and words[-4] == "Fileset" and words[-2:] == ["not", "installed."]:
                found[sign * number] = words[-3]
    return found


def _refuse_other_errors(answer: Answer, missing: dict[Line, str]) -> None:
    for number, line in enumerate(answer.errors, 1):
        if line.strip() and -number not in missing:
            raise Unreadable("failed", f"it ended with exit status 1: {line.strip()}", -number)


def _rows(answer: Answer, missing: dict[Line, str]) -> tuple[Package, ...]:
    rows: list[Package] = []
    for number, line in enumerate(answer.lines, 1):
        if not line.strip() or line.startswith("#") or number in missing:
            continue
        row = _row(line, number)
        if row is not None:
            rows.append(row)
        elif answer.complete or number < len(answer.lines):
            raise Unreadable(
                "unparsable", f"a row of lslpp is incomplete or has an unknown form: {line.strip()}", number
            )
    return tuple(rows)


def _row(line: str, number: Line) -> Package | None:
    fields = [field.strip() for field in line.split(":", _FIELDS - 1)]
    if len(fields) < _FIELDS:
        return None
    if fields[0].startswith("/"):
        name, level, state = fields[1], fields[2], fields[4]
    else:
        name, level, state = fields[0] if fields[6] == "R" else fields[1], fields[2], fields[5]
    if not name or " " in name or not state or impossible(name, level):
        return None
    return Package(name, level, parse_version(level), LSLPP_STATES.get(state, state), number)


def _refuse_contradiction(rows: tuple[Package, ...], missing: dict[Line, str]) -> None:
    for line, pattern in missing.items():
        for row in rows:
            if fnmatchcase(row.name, pattern):
                says = f"lslpp lists {row.name} and says that {pattern} is not installed"
                raise Unreadable("unparsable", says, line)
