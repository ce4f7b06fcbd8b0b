"""Interim fixes of AIX: `emgr -l`.

AIX 7.3 documentation, "emgr Command".

    ID  STATE LABEL      INSTALL TIME      UPDATED BY ABSTRACT
    === ===== ========== ================= ========== ======================================
    1    S    IJ41706s3a 11/14/25 10:22:41            RSCT 3.3.2.2 correction
    2   *Q*   IJ50827m1a 12/02/25 18:05:10            kernel correction

    STATE codes:
     S = STABLE
     Q = REBOOT REQUIRED

The state stands between stars where something is due; it is kept without them. UPDATED BY may be empty, so the
columns are those of the line of `=`; in a copy that lost them, what follows the time is the abstract. The legend
ends the listing. A code that emgr does not have is refused.

`There is no efix data on this system.`, on the error output with exit status 0 or in a copy, is an answer: there is
no interim fix. Empty output is never an answer. Without an exit status a listing is whole from
the line of `=` to its legend.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints, strange_word

OPTIONS: Final = frozenset({"l"})
LISTING: Final = True
_NONE: Final = "There is no efix data on this system"
_LEGEND: Final = "STATE codes:"
_COLUMNS: Final = 6
_LEAST: Final = 5
STATES: Final = frozenset({"S", "M", "U", "Q", "B", "I", "R", "T", "P", "N", "SP", "SN", "QP", "QN", "RQ"})


@record(frozen=True, slots=True)
class InterimFix:
    """One interim fix. `state` is its code: S stable, Q reboot required, B broken, and others."""

    number: int
    state: str
    label: str
    installed: str
    updated_by: str
    abstract: str
    line: Line


@record(frozen=True, slots=True)
class InterimFixes:
    """The listing. `none_line`: the line that says that there is none. `whole`: there is no other."""

    rows: tuple[InterimFix, ...]
    none_line: Line = 0
    whole: bool = True


RECORD: Final = InterimFixes


def asks(argv: tuple[str, ...]) -> bool:
    """The list; `-v` and a label print more about each."""
    return argv[1:] == ("-l",)


def parse(answer: Answer) -> InterimFixes:
    """Read the rows. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for a line that is no row."""
    none = _none(answer)
    if none is not None:
        return InterimFixes((), none, answer.complete)
    refuse_complaints(answer, "emgr:", "0645-")
    answer.refuse_failure()
    rows: list[InterimFix] = []
    ruler: list[int] = []
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text == _LEGEND:
            break
        if text.startswith("==="):
            ruler = _starts(line)
        elif text and not text.startswith(("ID ", "#")) and not may_be_cut(answer, number):
            rows.append(_row(line, ruler, number))
    if not rows:
        raise Unreadable("empty", "emgr lists no interim fix and does not say that there are none")
    closed = any(line.strip() == _LEGEND for line in answer.lines)
    return InterimFixes(
        tuple(rows), 0, answer.complete and (answer.exit_status is not None or (bool(ruler) and closed))
    )


def _none(answer: Answer) -> Line | None:
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            if line.strip().rstrip(".") == _NONE:
                return sign * number
    return None


def _starts(ruler: str) -> list[int]:
    """Where the columns begin."""
    return [at for at, character in enumerate(ruler) if character == "=" and ruler[at - 1 : at] != "="]


def _row(line: str, ruler: list[int], number: Line) -> InterimFix:
    words = line.split(None, _LEAST)
    if len(words) < _LEAST or not is_number(words[0]):
        raise Unreadable("unparsable", f"a row of emgr has an unknown form: {line.strip()}", number)
    installed = f"{words[3]} {words[4]}"
    updated_by, abstract = "", words[_LEAST].strip() if len(words) > _LEAST else ""
    if len(ruler) == _COLUMNS and line[ruler[3] : ruler[4]].strip() == installed:
        updated_by, abstract = line[ruler[4] : ruler[5]].strip(), line[ruler[5] :].strip()
    if words[1].strip("*") not in STATES:
        raise Unreadable("unparsable", strange_word("emgr", words[1].strip("*")), number)
    return InterimFix(int(words[0]), words[1].strip("*"), words[2], installed, updated_by, abstract, number)
