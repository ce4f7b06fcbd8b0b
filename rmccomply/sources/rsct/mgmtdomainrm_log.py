"""What IBM.MgmtDomainRM logs about the consoles: the files `IBM.MgmtDomainRM.default` below /var/ct, `tail`.

RSCT documentation, "MgmtDomainRM messages" (2613); the layout is that of logs which administrators published. The
folder is /var/ct/IW, or the number of a cluster, `log/mc/IBM.MgmtDomainRM` or `log/mc`; `tail -n 200 PATH` has it.

    Mon Nov  2 08:15:20 UTC 2026(120034) ../MCP_cfg.c/01913/1.30 2613-024 MDC could not start a session with 192.0.2.10.
    The function returned 52.                                                         (the same line)
    2610-652 The specified time limit has been exceeded.

An entry has a time, a place in the source, a message identifier and its text. Lines without a time belong to the
entry before them; of these only the message identifiers are kept. `number` is what follows `returned`, `error
number` or `Error number`. Other identifiers in an entry are its cause (`due to prior error 2613-016`).

A tail, and a log that was wrapped, starts within a line: that entry is kept with `partial`, and so is the last one
of an incomplete answer, whose number may be cut. The log repeats itself: a slot of RTAS that is not used gives
2613-023 every five seconds, so there is a count for each identifier.

An empty log is an answer (nothing was logged), and so is a file that is not there. Text without an entry is none.
"""

import re
from dataclasses import replace
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import message_id
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"n"})
LISTING: Final = True
_NAME: Final = "IBM.MgmtDomainRM"
_DAYS: Final = frozenset({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"})
_TIME_WORDS: Final = 7
_USUAL: Final = re.compile(
    r"((?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) [A-Z][a-z]{2} {1,2}[0-9]{1,2} [0-9:]{8} [A-Z]{1,5} [0-9]{4}\([0-9]{1,9}\)) "
    r"([^\s()-]+) ([0-9]{4}-[0-9]{3}) ([^\s-]+(?: [^\s-]+)*)"
)
"""An entry in the form of nearly all: a time, a place, one identifier, and words without a hyphen."""


@record(frozen=True, slots=True)
class LogEntry:
    """One entry. `message` is empty where the line that has it is cut. `causes`: the other identifiers in it."""

    time: str
    place: str
    message: str
    number: int | None
    causes: tuple[str, ...]
    text: str
    partial: bool
    line: Line


@record(frozen=True, slots=True)
class MessageCount:
    """How many entries have a message identifier, and the last of them."""

    message: str
    count: int
    last_line: Line


@record(frozen=True, slots=True)
class MgmtDomainRmLog:
    """A log, or its end. `counts` are sorted by identifier. `whole`: the file has no other entry."""

    present: bool
    path: str
    entries: tuple[LogEntry, ...]
    counts: tuple[MessageCount, ...]
    whole: bool = True


RECORD: Final = MgmtDomainRmLog


def asks(argv: tuple[str, ...]) -> bool:
    """The file, or its last lines."""
    name = argv[-1].rpartition("/")[2]
    if not name.startswith(_NAME):
        return False
    words = argv[1:-1]
    counted = len(words) == 1 and words[0][:1] == "-" and is_number(words[0][1:].removeprefix("n"))
    return len(argv) == 1 or counted or (len(words) == 2 and words[0] == "-n" and is_number(words[1]))


def parse(answer: Answer) -> MgmtDomainRmLog:
    """Read the entries. Raises Unreadable: `failed`, `denied`, `unparsable` for text without an entry."""
    path = answer.argv[-1]
    if answer.absent:
        return MgmtDomainRmLog(False, path, (), ())
    refuse_complaints(answer, "cat:", "tail:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    entries: list[LogEntry] = []
    for number, line in enumerate(answer.lines, 1):
        _read(entries, line.strip(), number, may_be_cut(answer, number))
    if not entries and any(line.strip() for line in answer.lines):
        raise Unreadable("unparsable", f"no line of {path} is an entry of its log", 1)
    whole = answer.complete and len(answer.argv) == 1 and answer.exit_status is not None
    return MgmtDomainRmLog(True, path, tuple(entries), _counts(entries), whole)


def _read(entries: list[LogEntry], text: str, number: Line, cut: bool) -> None:
    """An entry, or a line that belongs to the one before it; at the start of an answer, the rest of an entry."""
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        time, place, message, says = usual.groups()
        counted = None if cut else _number(says, says.split(" "))
        entries.append(LogEntry(time, place, message, counted, (), says, cut, number))
        return
    words = text.split()
    found = _identifiers(words)
    if words[:1] and (words[0] in _DAYS or _has_time(words) or (not entries and found)):
        entries.append(_entry(text, words, found, number, cut))
    elif entries and found:
        entries[-1] = replace(entries[-1], causes=(*entries[-1].causes, *(one for _, one in found)))


def _identifiers(words: list[str]) -> list[tuple[int, str]]:
    """The message identifiers among the words, each with its place there."""
    return [(at, one) for at, word in enumerate(words) if "-" in word and (one := message_id(word.strip(".,:")))]


def _has_time(words: list[str]) -> bool:
    """Whether a time ends among the first words, as `2026(120034)` ends one: an entry, though its start is lost."""
    pairs = (word.rstrip(")").partition("(") for word in words[:_TIME_WORDS] if word.endswith(")"))
    return any(is_number(year) and is_number(micros) for year, _, micros in pairs)


def _entry(text: str, words: list[str], found: list[tuple[int, str]], number: Line, cut: bool) -> LogEntry:
    end = next((at for at, word in enumerate(words[:_TIME_WORDS], 1) if "(" in word and word.endswith(")")), 0)
    at, message = found[0] if found else (len(words), "")
    partial = cut or words[0] not in _DAYS or not end or not message
    return LogEntry(
        time=f"{text.partition(')')[0]})" if end else "",
        place=" ".join(words[end:at]),
        message=message,
        number=None if cut else _number(text, words[at:]),
        causes=tuple(one for _, one in found[1:]),
        text=" ".join(words[at + 1 :]),
        partial=partial,
        line=number,
    )


def _number(text: str, words: list[str]) -> int | None:
    """The number behind `returned`, `error number` and `error number is`; few entries have such a word at all."""
    small = text.lower()
    if "returned" not in small and "error" not in small:
        return None
    low = [word.lower().strip(".,:") for word in words]
    for at, word in enumerate(low, 1):
        if word == "returned" or (word == "number" and low[max(0, at - 2)] == "error"):
            behind = low[at + 1 :] if low[at : at + 1] == ["is"] else low[at:]
            if behind and is_number(behind[0]):
                return int(behind[0])
    return None


def _counts(entries: list[LogEntry]) -> tuple[MessageCount, ...]:
    lines: dict[str, list[Line]] = {}
    for entry in entries:
        if entry.message:
            lines.setdefault(entry.message, []).append(entry.line)
    return tuple(MessageCount(message, len(found), found[-1]) for message, found in sorted(lines.items()))
