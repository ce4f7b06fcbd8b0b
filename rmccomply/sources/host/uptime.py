"""How long the system has been up: the file `/proc/uptime`, `uptime`, `who -b`.

proc(5); AIX 7.3 documentation, "uptime Command" and "who Command"; uptime(1) of procps.

    356412.73 2811064.10                                                        (/proc/uptime)
      10:14AM   up 4 days,   3:00,  2 users,  load average: 1.20, 1.11, 1.04    (AIX)
     10:14:02 up 12 min,  1 user,  load average: 0.09, 0.05, 0.01               (Linux)
       .        system boot Mar 10 07:14                                         (who -b, AIX)

`uptime` counts in minutes, and prints days, hours and minutes, or one of them (`1 day, 3 mins`, `5 hrs`); `seconds` is
what it says, so that up to a minute is missing. `who -b` prints a local date, on AIX without the year: it is kept as
text, and `seconds` is None, as it is where a part of the time has an unknown form.

Empty output is never an answer, and a file that is not there says nothing.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, only_line, refuse_complaints

OPTIONS: Final = frozenset({"b"})
LISTING: Final = False
_FILE: Final = "/proc/uptime"
_UNITS: Final = {"day": 86400, "hour": 3600, "hr": 3600, "minute": 60, "min": 60, "second": 1, "sec": 1}


@record(frozen=True, slots=True)
class Uptime:
    """The line, and the time since the start in whole seconds, None where it is not told."""

    seconds: int | None
    text: str
    line: Line


RECORD: Final = Uptime


def asks(argv: tuple[str, ...]) -> bool:
    """The file, `uptime` without an option, `who -b`."""
    return argv[1:] == (("-b",) if argv[0].rpartition("/")[2] == "who" else ())


def parse(answer: Answer) -> Uptime:
    """Read the line. Raises Unreadable: `failed`, `empty`, `unparsable` for other text."""
    if answer.absent:
        raise Unreadable("failed", f"{answer.argv[0]} does not exist")
    command = answer.argv[0].rpartition("/")[2]
    if answer.argv[0] == _FILE:
        refuse_complaints(answer, "cat:")
    text, line = only_line(answer, _FILE if answer.argv[0] == _FILE else command)
    if answer.argv[0] == _FILE:
        return Uptime(_of_file(text, line), text, line)
    if command == "who":
        if "system boot" not in text:
            raise Unreadable("unparsable", f"this is not an answer to who -b: {text}", line)
        return Uptime(None, text, line)
    _, up, rest = f" {text}".partition(" up ")
    if not up:
        raise Unreadable("unparsable", f"this is not an answer to uptime: {text}", line)
    return Uptime(_of_pieces(rest), text, line)


def _of_file(text: str, line: Line) -> int:
    words = text.split()
    whole = words[0].partition(".")[0]
    if len(words) != 2 or not all(is_number(word.replace(".", "", 1)) for word in words) or not whole:
        raise Unreadable("unparsable", f"this is not the content of {_FILE}: {text}", line)
    return int(whole)


def _of_pieces(text: str) -> int | None:
    """The sum of the pieces up to the number of users; None where there is none, or one of no known form."""
    total: int | None = None
    for piece in text.split(","):
        if "user" in piece or "load" in piece:
            return total
        seconds = _of_piece(piece.split())
        if seconds is None:
            return None
        total = (total or 0) + seconds
    return None


def _of_piece(words: list[str]) -> int | None:
    """The seconds of `4 days`, `3:00`, `12 min`."""
    if len(words) == 2 and is_number(words[0]) and words[1].removesuffix("s") in _UNITS:
        return int(words[0]) * _UNITS[words[1].removesuffix("s")]
    hours, colon, minutes = words[0].partition(":") if len(words) == 1 else ("", "", "")
    return int(hours) * 3600 + int(minutes) * 60 if colon and is_number(hours) and is_number(minutes) else None
