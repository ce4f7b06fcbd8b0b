"""What mentions the reset of RSCT in files that a system runs when it starts: `grep -rns` for its program.

POSIX, "grep"; -r is of GNU grep and AIX.

    /etc/systemd/system/rsct-first.service:7:ExecStart=/opt/rsct/install/bin/recfgct
    /etc/rc.d/rc.local:12:# /opt/rsct/install/bin/recfgct by hand

A line runs it where the command of a unit (`ExecStart=` and its kin) or a simple command of a script is that program,
perhaps behind `exec`, `nohup`, `sudo`, `env`, `timeout` or what sets a variable. Behind `#` (in units `;` too) it is a
comment. Whatever else names it (an echo, a test, an option: `-n` keeps the node ID and `-i` sets one) is `unclear`, and
nothing is concluded from it.

Exit status 1 is an answer: no line names it. With 2 a path was not there or could not be read, and -s keeps grep from
telling which: then the answer is none, since what it lacks may be there. Nothing marks the end: without an exit status
absence proves nothing.
"""

import re
from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"rns", "rn"})
LISTING: Final = True
PROGRAM: Final = "recfgct"
_NONE: Final = 1
_ROW: Final = re.compile(r"(/[^:]*):(\d{1,9}):(.*)")
_BINARY: Final = re.compile(r"(?:grep: (/.*): binary file matches|Binary file (/.*) matches)")
_EXEC: Final = re.compile(r"Exec(?:Start|StartPre|StartPost|Condition)\s*=\s*[-@:+!|]*(.*)")
_UNITS: Final = (".service", ".conf")
_COMMANDS: Final = re.compile(r"&&|\|\||[;|&(){}`]|\bthen\b|\bdo\b|\belse\b|\bif\b|!\s")
_BEFORE: Final = frozenset({"exec", "nohup", "sudo", "env", "time", "command"})
_VARIABLE: Final = re.compile(r"\w+=\S*")
_REDIRECTION: Final = re.compile(r"\d*>.*")

Use = Literal["runs", "comment", "unclear"]


@record(frozen=True, slots=True)
class ResetLine:
    """A line of a file that names the program, and whether it runs it."""

    path: str
    number: int
    text: str
    use: Use
    line: Line


@record(frozen=True, slots=True)
class ResetLines:
    """The lines below the paths that were asked for. `whole`: no other line names the program."""

    rows: tuple[ResetLine, ...]
    whole: bool


RECORD: Final = ResetLines


def asks(argv: tuple[str, ...]) -> bool:
    """That word, in files below folders, with the numbers of lines."""
    return argv[1:2] in (("-rns",), ("-rn",)) and argv[2:3] == (PROGRAM,) and len(argv) > 3


def parse(answer: Answer) -> ResetLines:
    """Read the rows. Raises Unreadable: `failed` with exit status 2, `denied`, `unparsable`."""
    refuse_complaints(answer, "grep:")
    if answer.exit_status != _NONE or answer.errors or answer.lines:
        answer.refuse_failure()
    rows = [row for number in range(1, len(answer.lines) + 1) if (row := _row(answer, number))]
    if not rows and answer.exit_status is None:
        raise Unreadable("empty", "grep prints nothing, and nothing shows that it ended")
    return ResetLines(tuple(rows), answer.complete and answer.exit_status is not None)


def _row(answer: Answer, number: Line) -> ResetLine | None:
    text = answer.lines[number - 1]
    if not text.strip() or may_be_cut(answer, number):
        return None
    found = _ROW.fullmatch(text)
    if found is None:
        binary = _BINARY.fullmatch(text.strip())
        if binary is None:
            raise Unreadable("unparsable", f"a row of grep has an unknown form: {text.strip()}", number)
        return ResetLine(binary[1] or binary[2], 0, "", "unclear", number)
    return ResetLine(found[1], int(found[2]), found[3], use_of(found[3], found[1]), number)


def use_of(text: str, path: str) -> Use:
    """Whether a line of a file runs the program, names it in a comment, or names it otherwise."""
    unit = path.endswith(_UNITS)
    shown = text.strip()
    if shown.startswith("#") or (unit and shown.startswith(";")) or not _named(_uncommented(shown)):
        return "comment"
    if unit:
        found = _EXEC.fullmatch(shown)
        return "runs" if found and _runs(found[1]) else "unclear"
    return "runs" if any(_runs(one) for one in _COMMANDS.split(_uncommented(shown))) else "unclear"


def _uncommented(text: str) -> str:
    return re.split(r"(?:^|\s)#", text, maxsplit=1)[0]


def _named(text: str) -> bool:
    return PROGRAM in text


def _runs(command: str) -> bool:
    """Whether a simple command is the program, without an option of its own."""
    words = [word for word in command.split() if not _REDIRECTION.fullmatch(word)]
    while words and (words[0] in _BEFORE or _VARIABLE.fullmatch(words[0])):
        words = words[1:]
    if words[:1] and words[0].rpartition("/")[2] == "timeout" and len(words) > 1:
        words = words[2:]
    return len(words) == 1 and words[0].rpartition("/")[2] == PROGRAM and "$" not in words[0]
