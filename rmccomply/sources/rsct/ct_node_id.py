"""The two files that hold the node ID: `/etc/ct_node_id` (the backup) and `/var/ct/cfg/ct_node_id` (the live one).

RSCT documentation (node IDs have 9 to 16 digits); readers such as cloud-init take line 1 alone.

    5f3c09a1be27d846
    #
    # Lines below may be comments.

Line 1 is bare hexadecimal of any case, without `0x`, and may be written without its leading zeros. Other lines
are blank or comments; a second value means that the file is not what RSCT wrote. What line 1 cannot be is told in
`fault`, and then there is no value: a file that RSCT cannot have written proves no node ID.

A file that is not there is an answer, and so is an empty file (a fault). A capture may hold the complaint of the
`cat` that failed, or what a terminal shows beside the file (a warning of sudo or ssh, a banner, the name of the host or
of the file): a line of several words is none of a node ID file, and beside another line neither is a word that is no
value (`exit`, `</pre>`) or one that stands there twice (pasted twice).
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.values import HEX_DIGITS, parse_node_id
from rmccomply.words import counted

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_BLANKS: Final = " \t\r"
_READERS: Final = ("cat:", "head:", "ksh:", "sh:", "bash:", "-ksh:", "-bash:")
_FEWEST: Final = 9
_MOST: Final = 16


@record(frozen=True, slots=True)
class NodeIdFile:
    """A file. `text` is line 1 as written; `value` 16 lower-case digits, None exactly where there is a `fault`
    (a clause about the file) or no file."""

    present: bool
    text: str
    value: str | None
    fault: str
    line: Line


RECORD: Final = NodeIdFile


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> NodeIdFile:
    """Read line 1. Raises Unreadable, of a capture alone: `failed` or `denied` where it holds the reader's complaint,
    `unparsable` where it begins with the name of the file."""
    if answer.absent:
        return NodeIdFile(False, "", None, "", 0)
    if answer.exit_status is None:
        _refuse_complaint(answer)
    else:
        answer.refuse_failure()
    if not any(line.strip(_BLANKS) for line in answer.lines):
        return NodeIdFile(True, "", None, "it is empty", 0)
    text = answer.lines[0].strip(_BLANKS)
    fault, line = _fault_of_file(text, answer.lines)
    return NodeIdFile(True, text, None if fault else parse_node_id(text), fault, line)


def fault_of(text: str) -> str:
    """Why a text is no node ID, as a clause on what holds it; empty where it is one."""
    if text[:2] in ("0x", "0X"):
        return "it is written with the prefix 0x"
    odd = next((character for character in text if character not in HEX_DIGITS), None)
    if odd is not None:
        return f"it holds {odd!r}, which is not a hexadecimal digit"
    if len(text) > _MOST:
        return f"it has {len(text)} digits, more than {_MOST}"
    if not text.strip("0"):
        return "it is zero"
    if len(text) == _MOST and not text.strip("fF"):
        return "all its digits are f"
    return (
        f"it has {counted(len(text), 'digit')}, fewer than {_FEWEST}: RSCT did not make it"
        if len(text) < _FEWEST
        else ""
    )


def _fault_of_file(text: str, lines: tuple[str, ...]) -> tuple[str, Line]:
    if not text:
        return "its first line is blank", 1
    if text.startswith("#"):
        return "its first line is a comment", 1
    fault = fault_of(text)
    if fault:
        return fault, 1
    for number, line in enumerate(lines[1:], 2):
        if line.strip(_BLANKS) and not line.strip(_BLANKS).startswith("#"):
            return "it holds two values, on separate lines", number
    return "", 1


def _refuse_complaint(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text.startswith(_READERS):
            raise Unreadable(
                "denied" if _is_denial(text) else "failed", f"its reader could not read it: {text}", number
            )
    first = next((number for number, line in enumerate(answer.lines, 1) if line.strip()), 0)
    text = answer.lines[first - 1].strip() if first else ""
    if _is_denial(text):
        raise Unreadable("denied", f"its reader could not read it: {text}", first)
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        names_it = number == first and answer.argv[0] in line
        if names_it or (len(words) > 1 and not words[0].startswith("#")):
            raise Unreadable("unparsable", f"a line of the copy is not a line of the file: {line.strip()}", number)
    _refuse_more_than_values(answer.lines)


def _refuse_more_than_values(lines: tuple[str, ...]) -> None:
    """Of several lines of one word each is a value, and none appears twice, or the copy is not the file alone."""
    rows = {number: line.strip() for number, line in enumerate(lines, 1) if line.strip() and line.strip()[0] != "#"}
    seen: set[str] = set()
    for number, text in rows.items():
        if len(rows) > 1 and (fault_of(text) or text in seen):
            says = "appears twice" if text in seen else "is not a line of the file"
            raise Unreadable("unparsable", f"a line of the copy {says}: {text}", number)
        seen.add(text)


def _is_denial(text: str) -> bool:
    return "permission" in text.lower() or "not permitted" in text.lower()
