"""The error log of AIX and the Virtual I/O Server: `errpt`, `errpt -a`.

AIX 7.3 documentation, "errpt Command"; seen in captures of AIX 6.1 to 7.2.

    IDENTIFIER TIMESTAMP  T C RESOURCE_NAME  DESCRIPTION
    A6DF45AA   0719113124 I O RMCdaemon      The daemon is started.

A timestamp is MMDDhhmmYY in the time zone of whoever asks. The newest entry is the first. The long form has a block of
lines for each entry, of which five are read:

    IDENTIFIER:     A6DF45AA
    Date/Time:       Sat May 19 09:58:24 GMT-03:00 2012
    Resource Name:   RMCdaemon
    Description
    The daemon is started.

`whole`: no entry that the log had was left out of what was asked. Nothing marks the end of a copy, so that a capture
without an exit status may be a part. The collector keeps only entries of RMC, of clusters and of the System Resource
Controller, and the newest MOST of those; copies often lack the header.

An empty log prints nothing, which is an answer with exit status 0 alone. Other text is none.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages
from rmccomply.sources.shared.texts import may_be_cut

OPTIONS: Final = frozenset({"a"})
LISTING: Final = True
MOST: Final = 200
_HEADER: Final = ("IDENTIFIER", "TIMESTAMP")
_ROW: Final = re.compile(r"\s*([0-9A-F]{8})\s+([0-9]{10})\s+[PTIU]\s+[HSOU]\s+(\S+)(?:\s+(.*?))?\s*")
_PIVOT: Final = 69
"""The first year of two digits that is of the last century, as strptime has it."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE: Final = re.compile(r"\w+ +(\w{3}) +([0-9]{1,2}) +([0-9]{2}):([0-9]{2}):[0-9]{2} .*?([0-9]{4})")


@record(frozen=True, slots=True)
class ErrorEntry:
    """One entry. `time` is `2024-07-19 11:31`."""

    identifier: str
    time: str
    resource: str
    description: str
    line: Line


@record(frozen=True, slots=True)
class Errpt:
    """The entries, as they stand."""

    entries: tuple[ErrorEntry, ...]
    whole: bool


RECORD: Final = Errpt


def asks(argv: tuple[str, ...]) -> bool:
    """All of the log, short or long."""
    return argv[1:] in ((), ("-a",))


def parse(answer: Answer) -> Errpt:
    """Read the entries. Raises Unreadable: `failed`, `empty`, `unparsable`."""
    refuse_messages(answer)
    answer.refuse_failure()
    read = _blocks if answer.argv[1:] else _rows
    entries = tuple(read(answer))
    if not entries and answer.exit_status is None:
        raise Unreadable("empty", "errpt shows no entry, and nothing shows that it ended normally")
    return Errpt(entries, answer.exit_status == 0 and answer.complete)


def _rows(answer: Answer) -> Iterator[ErrorEntry]:
    for number, line in enumerate(answer.lines, 1):
        words = tuple(line.split())
        if not words or words[:2] == _HEADER:
            continue
        row = _ROW.fullmatch(line)
        time = _time_of_stamp(row[2]) if row else ""
        if row and time:
            yield ErrorEntry(row[1], time, row[3], row[4] or "", number)
        elif not may_be_cut(answer, number):
            raise Unreadable("unparsable", f"this is not a row of errpt: {line.strip()}", number)


def _time_of_stamp(text: str) -> str:
    month, day, hour, minute, year = (int(text[at : at + 2]) for at in range(0, 10, 2))
    try:
        return datetime(1900 + year + 100 * (year < _PIVOT), month, day, hour, minute).isoformat(" ", "minutes")
    except ValueError:
        return ""


def _blocks(answer: Answer) -> Iterator[ErrorEntry]:
    """Each block begins with its label; one that lacks a line that counts is refused, unless it was cut."""
    starts = [at for at, line in enumerate(answer.lines) if line.startswith("LABEL:")]
    if not starts and any(line.strip() for line in answer.lines):
        raise Unreadable("unparsable", "errpt -a prints no entry that begins with LABEL:", 1)
    for at, end in pairwise([*starts, len(answer.lines)]):
        entry = _block(answer.lines[at:end], at + 1)
        if entry is not None:
            yield entry
        elif end < len(answer.lines) or not may_be_cut(answer, end):
            raise Unreadable("unparsable", "an entry of errpt -a lacks its identifier, time or resource", at + 1)


def _block(lines: tuple[str, ...], number: Line) -> ErrorEntry | None:
    values = {name: value.strip() for name, colon, value in (line.partition(":") for line in lines) if colon}
    date = _DATE.fullmatch(values.get("Date/Time", ""))
    described = next((at for at, line in enumerate(lines, 1) if line.strip() == "Description"), len(lines))
    identifier, resource = values.get("IDENTIFIER", ""), values.get("Resource Name", "")
    if date is None or date[1] not in _MONTHS or not identifier or not resource:
        return None
    stamp = f"{_MONTHS.index(date[1]) + 1:02}{int(date[2]):02}{date[3]}{date[4]}{date[5][2:]}"
    time = _time_of_stamp(stamp)
    description = "".join(lines[described : described + 1]).strip()
    return ErrorEntry(identifier, time, resource, description, number) if time else None
