"""What was done to filesets of AIX and VIOS: `lslpp -h`, with `a`, `q` or patterns.

AIX 7.3 documentation, "lslpp Command".

      Fileset         Level     Action       Status       Date         Time
      ----------------------------------------------------------------------------
    Path: /usr/lib/objrepos
      rsct.core.rmc
                      3.2.6.0   COMMIT       COMPLETE     11/04/25     09:15:02
                      3.2.6.4   APPLY        COMPLETE     02/11/26     21:40:17

The name of a fileset stands alone, its rows below it, once for each repository that it has files in. Dates are as the
locale writes them and times are local, so both stay text. A row of fewer words is cut: it is refused, or left out at
the end of an incomplete answer.

`lslpp: Fileset rsct.* not installed.` (or `lslpp: 0504-132  Fileset ...`) with exit status 1 is an answer, and so it is
in a copy. Empty output, or the header alone, is never an answer. Filesets stand in alphabetical order: without an exit
status a history of everything is whole where it came from bos.rte past those of RSCT, in `/etc/objrepos` too, which
stands second. One of names or of a pattern is not: a fileset has many rows, and nothing marks the last.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.packages import EVERYTHING, accounted, filesets_end
from rmccomply.sources.shared.texts import may_be_cut
from rmccomply.sources.shared.values import Version, parse_version
from rmccomply.sources.software.lslpp_listing import (
    covered,
    is_frame,
    not_installed,
    refuse_contradiction,
    refuse_other_errors,
)

OPTIONS: Final = frozenset({"h", "ha", "ah", "hq", "qh", "haq", "hqa"})
LISTING: Final = True
_VALUES: Final = 5


@record(frozen=True, slots=True)
class FilesetEvent:
    """One row, as printed: `action` is `APPLY`, `COMMIT`, `REJECT` and so on, `status` `COMPLETE` where it was done."""

    fileset: str
    level_text: str
    level: Version | None
    action: str
    status: str
    date: str
    time: str
    line: Line


@record(frozen=True, slots=True)
class FilesetHistory:
    """All rows. `covers` and `absent` are patterns, as in Packages. `whole`: what it covers and is not among `rows` was
    not done to what is installed."""

    covers: tuple[str, ...]
    rows: tuple[FilesetEvent, ...]
    absent: tuple[str, ...] = ()
    absent_line: Line = 0
    whole: bool = True


RECORD: Final = FilesetHistory


def asks(argv: tuple[str, ...]) -> bool:
    """The history for people; that with colons (`c`) is not read."""
    return "".join(word[1:] for word in argv[1:] if word.startswith("-")) in OPTIONS


def parse(answer: Answer) -> FilesetHistory:
    """Read the rows. Raises Unreadable: `failed`, `empty`, `unparsable` for rows that are cut."""
    missing = not_installed(answer)
    refuse_other_errors(answer, missing)
    rows = _rows(answer, missing)
    absent = tuple(missing.values())
    if not rows and not absent:
        raise Unreadable("empty", "lslpp lists no event")
    refuse_contradiction((row.fileset for row in rows), missing)
    covers = covered(answer)
    whole = answer.complete and _accounted(answer, covers, rows, absent)
    return FilesetHistory(covers, rows, absent, next(iter(missing), 0), whole)


def _rows(answer: Answer, missing: dict[Line, str]) -> tuple[FilesetEvent, ...]:
    rows: list[FilesetEvent] = []
    fileset, named = "", 0
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words or number in missing or is_frame(words):
            continue
        if may_be_cut(answer, number) and len(words) <= _VALUES:
            named = 0
        elif len(words) > 1:
            rows.append(_event(fileset, words, number))
            named = 0
        elif named:
            raise Unreadable("unparsable", f"a fileset of lslpp -h has no row: {fileset}", named)
        else:
            fileset, named = words[0], number
    if named and answer.complete:
        raise Unreadable("unparsable", f"a fileset of lslpp -h has no row: {fileset}", named)
    return tuple(rows)


def _event(fileset: str, words: list[str], number: Line) -> FilesetEvent:
    name, values = (fileset, words) if len(words) == _VALUES else (words[0], words[1:])
    if not name or len(values) != _VALUES or not values[0][:1].isdigit() or not values[1].isalpha():
        raise Unreadable(
            "unparsable", f"a row of lslpp -h is incomplete or has an unknown form: {' '.join(words)}", number
        )
    level, action, status, date, time = values
    return FilesetEvent(name, level, parse_version(level), action, status, date, time, number)


def _accounted(
    answer: Answer, covers: tuple[str, ...], rows: tuple[FilesetEvent, ...], absent: tuple[str, ...]
) -> bool:
    names = [row.fileset for row in rows]
    if covers == EVERYTHING:
        return answer.exit_status is not None or filesets_end(names, by_repository=True)
    ended = answer.exit_status is not None
    return accounted(covers, names if ended else (), absent, ended=ended)
