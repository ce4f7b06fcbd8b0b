"""Subsystems of the System Resource Controller: `lssrc -a`, `-g GROUP`, `-s SUBSYSTEM`.

AIX 7.3 documentation, "lssrc Command"; on Linux from the RSCT `src` package, with a narrower PID column.

    Subsystem         Group            PID          Status
     ctrmc            rsct             5439966      active
     aso                               4653462      active
     IBM.DRM          rsct_rm                       inoperative

One leading blank, then columns that may be empty: Group (`aso`), and PID of what does not run, so a row has two to
four words and columns cannot be told by their position alone. Copies lose the leading blank, the header, or the
alignment (seen in blogs and in a listing whose header is one column off its rows), so words decide: the status is
what follows the last number, or the last word; a word of digits is the PID. PowerHA's `clshowsrv -v` prints such rows
under a heading for each kind of subsystem: rows that are there, of which none proves that another is absent.

Exit status 1 with `0513-085 The X Subsystem is not on file.` is an answer: X does not exist. Every other failure,
such as `0513-001` (srcmstr is down), says nothing of any subsystem. Empty output is never an answer. Below the header a
status of another language, or one that was retyped (`Active`), is kept as printed and is none that is known.

Absence is proved only for what was asked (`-g rsct` says nothing of rsct_rm). Exit status 0 says that the listing is
whole. Without an exit status nothing marks its end, and people shorten it, so that no subsystem is shown to be not on
file. What runs stands first (in every listing that was seen), and what does not run behind it, ctcas where it happens
to be: a copy with its header that reaches into the rows that are inoperative shows all that runs. With ctrmc it must
hold ctcas, as every RSCT has it, and for `-a` a subsystem of the base system of AIX, or be of Linux with ctrmc and
ctcas, since others are picked rows. `-s` is whole with its header. A last row without a known status, beside others
with one, was cut.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import has_text, is_number, may_be_cut, strange_word

OPTIONS: Final = frozenset({"a", "g", "s", "v"})
LISTING: Final = True
_OF_CLUSTER: Final = "clshowsrv"
_HEADER: Final = ["Subsystem", "Group", "PID", "Status"]
_HEADING: Final = ["Status", "of", "the"]
_LINUX_HEADER: Final = re.compile(r"\bPID {2,7}Status")
_MANY_WORDS: Final = ("warned to stop", "not responding")
STATES: Final = frozenset({"active", "inoperative", "stopping", "starting", "stopped", *_MANY_WORDS})
_BASE: Final = frozenset(
    {"syslogd", "inetd", "qdaemon", "portmap", "snmpd", "sendmail", "hostmibd", "aixmibd", "snmpmibd", "writesrv"}
)
_OF_SRC: Final = "0513-"
_ROW_WORDS: Final = range(2, 4)


@record(frozen=True, slots=True)
class Subsystem:
    """One row. `group` and `pid` are empty and None where their column is; `status` is as printed, and tells nothing
    where it is none of STATES."""

    name: str
    group: str
    pid: int | None
    status: str
    line: Line

    @property
    def active(self) -> bool:
        return self.status == "active"

    @property
    def told(self) -> bool:
        return self.status in STATES


@record(frozen=True, slots=True)
class Lssrc:
    """A listing. `covers`: "all", "group:rsct", "subsystem:ctrmc" or "cluster": what absence from `rows` speaks of.

    `absent` names the subsystems that lssrc says are not on file. `whole`: a subsystem that it covers and that is
    not among `rows` is not on file. `all_running`: one that it covers and that is not among `rows` does not run;
    a whole one shows that too.
    """

    covers: str
    rows: tuple[Subsystem, ...]
    absent: tuple[str, ...] = ()
    absent_line: Line = 0
    whole: bool = True
    all_running: bool = False


RECORD: Final = Lssrc


def asks(argv: tuple[str, ...]) -> bool:
    """`-a`, `-g GROUP` and `-s SUBSYSTEM`; the long forms (`-l`) are other sources. And `clshowsrv -v`."""
    if argv[0].endswith(_OF_CLUSTER):
        return argv[1:] == ("-v",)
    return argv[1:] == ("-a",) or (len(argv) == 3 and argv[1] in ("-g", "-s"))


def parse(answer: Answer) -> Lssrc:
    """Read a listing. Raises Unreadable: `failed` for SRC errors, `empty`, `unparsable` for other text."""
    covers = _covers(answer.argv)
    missing = _not_on_file(answer)
    if missing is not None and covers.startswith("subsystem:"):
        return Lssrc(covers, (), (covers.partition(":")[2],), missing)
    if missing is not None and covers.startswith("group:"):
        return Lssrc(covers, (), (), missing)
    _refuse_src_errors(answer)
    answer.refuse_failure()
    rows: list[Subsystem] = []
    header, part = "", False
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words == _HEADER:
            header = line
        elif words[:3] == _HEADING and words[-1].endswith(":"):
            part = True
        elif words and not words[0].startswith("#"):
            try:
                row = _row(words, number, bool(header))
            except Unreadable:
                if not may_be_cut(answer, number):
                    raise
                continue
            if row.told or not may_be_cut(answer, number):
                rows.append(row)
    if answer.exit_status is None and any(row.told for row in rows) and not rows[-1].told:
        part = bool(rows.pop())
    if not rows:
        raise Unreadable("empty", "lssrc lists no subsystem")
    sound = covers != "cluster" and answer.complete and not part
    whole = answer.exit_status == 0 or (bool(header) and covers.startswith("subsystem:"))
    reaches = sound and not whole and _shows_all_running(covers, header, rows)
    return Lssrc(covers, tuple(rows), whole=sound and whole, all_running=reaches)


def _shows_all_running(covers: str, header: str, rows: list[Subsystem]) -> bool:
    """Whether a copy goes on behind the rows of what runs."""
    names, runs = {row.name for row in rows}, [row.status != "inoperative" for row in rows]
    picked = "ctrmc" in names and "ctcas" not in names
    if not header or picked or runs[-1] or runs != sorted(runs, reverse=True):
        return False
    linux = _LINUX_HEADER.search(header) is not None and {"ctrmc", "ctcas"} <= names
    return covers.startswith("group:") or linux or not names.isdisjoint(_BASE)


def _covers(argv: tuple[str, ...]) -> str:
    if argv[0].endswith(_OF_CLUSTER):
        return "cluster"
    if argv[1] == "-a":
        return "all"
    return f"group:{argv[2]}" if argv[1] == "-g" else f"subsystem:{argv[2]}"


def _not_on_file(answer: Answer) -> Line | None:
    """The line that says `0513-085` (a subsystem) or `0513-086` (a group) is not on file."""
    if not has_text(answer, _OF_SRC):
        return None
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            if line.lstrip().startswith(("0513-085", "0513-086")):
                return sign * number
    return None


def _refuse_src_errors(answer: Answer) -> None:
    if not has_text(answer, _OF_SRC):
        return
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            text = line.strip()
            if text.startswith(("0513-", "lssrc: 0513-")):
                raise Unreadable("failed", f"lssrc could not answer: {text}", sign * number)


def _row(words: list[str], number: Line, below_header: bool) -> Subsystem:
    """Tell name, group, PID and status apart; a comment that a copy added behind `<--` is dropped.

    A status that is not known ends a row that is told as one by its PID, or by the header above it.
    """
    if len(words) == 4 and words[3] in STATES and is_number(words[2]) and "<" not in (words[0][0], words[1][0]):
        return Subsystem(words[0], words[1], int(words[2]), words[3], number)
    for at, word in enumerate(words):
        if word.startswith("<"):
            words = words[:at]
            break
    numbers = [at for at, word in enumerate(words) if at and is_number(word)]
    if numbers:
        at = numbers[-1]
        group, status = words[1:at], " ".join(words[at + 1 :])
        pid: int | None = int(words[at])
    else:
        status = _status(words)
        group, pid = words[1 : len(words) - len(status.split())], None
    if len(group) > 1 or not status:
        raise Unreadable("unparsable", f"a row of lssrc has an unknown form: {' '.join(words)}", number)
    if status not in STATES and pid is None and not (below_header and len(words) in _ROW_WORDS):
        raise Unreadable("unparsable", strange_word("lssrc", status), number)
    return Subsystem(words[0], group[0] if group else "", pid, status, number)


def _status(words: list[str]) -> str:
    text = " ".join(words)
    return next((state for state in _MANY_WORDS if text.endswith(state)), words[-1] if len(words) > 1 else "")
