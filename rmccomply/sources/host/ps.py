"""Processes of RMC: `ps -A -o ...,args`, `ps -ef`, `ps axo ...,command`, `ps aux`.

POSIX ps; AIX 7.3 documentation, "ps Command"; ps(1) of procps.

         PID  %CPU  %MEM   VSZ     TT        TIME UID COMMAND                       (AIX, -A -o)
     5439966   0.0   0.0  9120      -    00:01:22   0 /opt/rsct/bin/rmcd -a IBM.LPCommands -r
    UID          PID    PPID  C STIME TTY          TIME CMD                         (-ef)
    root        2217    1403  0 Mar 10 ?       00:01:22 /opt/rsct/bin/rmcd -a IBM.LPCommands -r -S 1500

    USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND   (auxwwwm: and a row a thread)
    root        2217  0.1  0.2 812340 24576 ?        -    Mar10   1:22 /opt/rsct/bin/rmcd -a IBM.LPCommands -r
    root           -  0.1    -      -     - -        Ssl  Mar10   0:40 -

The header says which columns there are, and the command is the last one. A start date may be one word, two (`Mar 10`)
or five (`lstart`). Only rows are kept whose command is rmcd, a resource manager (`IBM.DRMd`) or srcmstr, with any
path: `grep rmcd` is none. Where columns of such a row are empty it cannot be told apart, and it is refused.

`-r` among the words of rmcd means that it accepts remote clients. AIX cuts arguments at 80 characters, and a terminal
cuts lines at its width, so that in a line as long as that a missing `-r` proves nothing (`remote` is None), nor does
it in a process that has ended (`<defunct>`). With `-e` alone, with `-o comm`, or where the columns asked for are not
known, the command may have no arguments and may be cut at 15 characters, so that nothing is proved absent.

Empty output, or the header alone, is never an answer. Rows of `-ef` without the header (`| grep rmcd`) prove presence
only, and of other forms they cannot be read. Nothing marks the end: without an exit status absence proves nothing.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints
from rmccomply.tuples import NamedTuple

OPTIONS: Final = frozenset("AaefFlowm")
LISTING: Final = False
_ALL: Final = frozenset("Ae")
_LETTERS: Final = frozenset("AaefFlow")
_BSD_LETTERS: Final = frozenset("axuwom")
_ARGUMENTS: Final = frozenset({"args", "command", "cmd"})
_COMMANDS: Final = frozenset({"COMMAND", "CMD", "ARGS"})
_STARTS: Final = ("STIME", "START", "STARTED")
_FULL: Final = ("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD")
_DAYS: Final = frozenset({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"})
_MONTHS: Final = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})
_RMCD: Final = "rmcd"
_SRC: Final = "srcmstr"
_IBM: Final = "IBM."
_DAEMONS: Final = frozenset({_RMCD, _SRC})
_ENDED: Final = "<defunct>"
_OF_THREAD: Final = "-"
_ARGUMENTS_LIMIT: Final = 80
_NARROWEST: Final = 79


@record(frozen=True, slots=True)
class Process:
    """One process. `name` is the command without its path; `words` the command and its arguments as printed.

    `defunct`: it has ended, and only its parent has not seen to it. `remote` is told of rmcd alone: it accepts remote
    clients, None where that cannot be told. `started` and `elapsed` are as printed, empty without such a column.
    """

    pid: int
    name: str
    words: tuple[str, ...]
    defunct: bool
    remote: bool | None
    started: str
    elapsed: str
    line: Line


@record(frozen=True, slots=True)
class Processes:
    """The processes of RMC. `others` counts the rest. `whole`: what is not among `rows` does not run."""

    rows: tuple[Process, ...]
    others: int
    whole: bool


RECORD: Final = Processes


class _PsQuery(NamedTuple):
    """The letters with and without a dash, and the columns of `-o`."""

    dashed: frozenset[str]
    bare: frozenset[str]
    columns: tuple[str, ...]

    @property
    def of_everything(self) -> bool:
        """Whether it lists all processes, and has no letter that is not known here."""
        unix = bool(self.dashed & _ALL) and self.dashed <= _LETTERS and not self.bare
        letters = self.dashed | self.bare
        return unix or ({"a", "x"} <= letters <= _BSD_LETTERS)

    @property
    def with_arguments(self) -> bool:
        """Whether its last column is the command with its arguments, which `-e` and `-o comm` have not."""
        if self.columns or "o" in self.dashed | self.bare:
            return bool(self.columns) and self.columns[-1] in _ARGUMENTS
        return not self.dashed.isdisjoint("fF") or "a" in self.dashed | self.bare


def asks(argv: tuple[str, ...]) -> bool:
    """All processes, in a form whose columns the header tells: `-A`, `-e`, or `ax`."""
    return _query(argv).of_everything


def _query(argv: tuple[str, ...]) -> _PsQuery:
    dashed: set[str] = set()
    bare: set[str] = set()
    columns: list[str] = []
    before = ""
    for word in argv[1:]:
        if before.endswith("o"):
            columns.extend(word.split(","))
            before = ""
            continue
        (dashed if word.startswith("-") else bare).update(word.removeprefix("-"))
        before = word
    return _PsQuery(frozenset(dashed), frozenset(bare), tuple(columns))


def parse(answer: Answer) -> Processes:
    """Read the rows. Raises Unreadable: `failed`, `empty`, `unparsable` for rows that the header does not fit."""
    refuse_complaints(answer, "ps:")
    answer.refuse_failure()
    columns: tuple[str, ...] = _FULL if answer.argv[1:] in (("-ef",), ("-fe",)) else ()
    header = False
    count = 0
    rows: list[Process] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if "PID" in words and words[-1] in _COMMANDS:
            columns, header = tuple(words), True
        elif words and not words[0].startswith("#"):
            if not columns:
                raise Unreadable("unparsable", f"a row of ps has no header before it: {line.strip()}", number)
            at = columns.index("PID")
            if words[at : at + 1] == [_OF_THREAD]:
                continue
            count += 1
            if _RMCD in line or _SRC in line or _IBM in line:
                rows.extend(_row(columns, line, number, answer))
    if not count:
        raise Unreadable("empty", "ps lists no process")
    whole = header and answer.complete and _query(answer.argv).with_arguments
    whole = whole and answer.exit_status is not None
    return Processes(tuple(rows), count - len(rows), whole)


def _row(columns: tuple[str, ...], line: str, number: Line, answer: Answer) -> tuple[Process, ...]:
    """The process of a row; none for commands that are not RMC's."""
    words = line.split()
    start = next((columns.index(column) for column in _STARTS if column in columns), len(columns))
    extra = _extra_words(words[start : start + 2]) if start < len(columns) else 0
    at = len(columns) - 1 + extra
    if len(words) <= at or not _is_ours(words[at]):
        if any("/" in word and _is_ours(word) for word in words[:at]):
            raise Unreadable("unparsable", f"a row of ps has empty columns: {line.strip()}", number)
        return ()
    values = [*words[:start], " ".join(words[start : start + extra + 1]), *words[start + extra + 1 :]]
    pid = values[columns.index("PID")]
    if not is_number(pid):
        raise Unreadable("unparsable", f"a row of ps has no process number: {line.strip()}", number)
    elapsed = values[columns.index("ELAPSED")] if "ELAPSED" in columns else ""
    started = values[start] if start < len(columns) else ""
    name = _name(words[at])
    remote = _remote(words[at:], line, number, answer) if name == "rmcd" else None
    return (Process(int(pid), name, tuple(words[at:]), _ENDED in words, remote, started, elapsed, number),)


def _extra_words(date: list[str]) -> int:
    """How many words more than one a start date has."""
    if date[:1] and date[0] in _DAYS:
        return 4
    return int(len(date) > 1 and date[0] in _MONTHS and is_number(date[1]))


def _name(word: str) -> str:
    return word.rpartition("/")[2].strip("[]")


def _is_ours(word: str) -> bool:
    name = _name(word)
    return name in _DAEMONS or (name.startswith(_IBM) and name.endswith("d"))


def _remote(words: list[str], line: str, number: Line, answer: Answer) -> bool | None:
    if _ENDED in words:
        return None
    if "-r" in words[1:]:
        return True
    arguments = line[line.index(words[0]) :].rstrip()
    narrow = answer.exit_status is None and len(line.rstrip()) >= _NARROWEST
    cut = len(arguments) >= _ARGUMENTS_LIMIT or narrow or may_be_cut(answer, number)
    return None if cut or not _query(answer.argv).with_arguments else False
