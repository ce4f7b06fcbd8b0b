"""What the RMC daemon reports about itself: `lssrc -ls ctrmc`.

AIX 7.3 documentation, "lssrc Command"; the RMC daemon answers the long form itself, and no real answer is public, so
that the samples are made up and only the row of the subsystem is sure.

    Subsystem         Group            PID          Status
     ctrmc            rsct             5439966      active
    Configuration Data Base version from local copy of CDB:
      Trace level = 0
      Remote clients: enabled

Lines of the form `name: value` and `name = value` are kept as they are; every other line is passed over, and a line
that is not among the values proves nothing. `active` and `status` are told by the row of ctrmc, None and empty
without it.

`0513-085 The ctrmc Subsystem is not on file.` is an answer. Every other message is none, `0513-036` (the daemon could
not be asked) too. Empty output, and text without a line that is known, is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import find_message, refuse_messages
from rmccomply.sources.shared.texts import is_number

OPTIONS: Final = frozenset({"ls", "l", "s"})
LISTING: Final = False


@record(frozen=True, slots=True)
class StatusValue:
    """A name and a value, as printed."""

    name: str
    value: str
    line: Line


@record(frozen=True, slots=True)
class CtrmcStatus:
    """The row of ctrmc, and the values. `active` is False where ctrmc is not on file; then `status` is empty."""

    active: bool | None
    pid: int | None
    status: str
    line: Line
    values: tuple[StatusValue, ...]


RECORD: Final = CtrmcStatus


def asks(argv: tuple[str, ...]) -> bool:
    """The long status of ctrmc."""
    return argv[1:] in (("-ls", "ctrmc"), ("-l", "-s", "ctrmc"))


def parse(answer: Answer) -> CtrmcStatus:
    """Read row and values. Raises Unreadable: `failed` for SRC errors, `empty`, `unparsable`."""
    missing = find_message(answer, "0513-085")
    if missing is not None:
        return CtrmcStatus(False, None, "", missing[0], ())
    refuse_messages(answer)
    answer.refuse_failure()
    row = CtrmcStatus(None, None, "", 0, ())
    values: list[StatusValue] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        value = _value(line, number)
        if words[:2] == ["ctrmc", "rsct"]:
            row = _row(words[2:], number)
        elif value is not None:
            values.append(value)
    if row.active is None and not values:
        _refuse_unknown(answer)
    return CtrmcStatus(row.active, row.pid, row.status, row.line, tuple(values))


def _row(words: list[str], number: Line) -> CtrmcStatus:
    """PID and status, of which the PID may be empty; a row that ends before its status tells nothing."""
    pid = int(words[0]) if words and is_number(words[0]) else None
    status = " ".join(words if pid is None else words[1:])
    return CtrmcStatus(status == "active" if status else None, pid, status, number, ())


def _value(line: str, number: Line) -> StatusValue | None:
    """The value of a line: what follows `=`, or `:` and a blank, whichever comes first."""
    text = line.strip()
    if text.startswith("#"):
        return None
    places = [(text.find(mark), len(mark)) for mark in ("=", ": ") if mark in text]
    at, width = min(places, default=(0, 0))
    name, value = text[:at].strip(), text[at + width :].strip()
    return StatusValue(name, value, number) if name and value else None


def _refuse_unknown(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"the answer names neither state nor values: {line.strip()}", number)
    raise Unreadable("empty", "lssrc -ls ctrmc prints nothing")
