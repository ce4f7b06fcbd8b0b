"""The rows of `ls -l`, of whichever folder.

POSIX, "ls": mode, links, owner, group, size, month, day, time or year, name, and of a link ` -> ` and its target. A
device has two numbers for a size. GNU ls and AIX end the mode with a letter for an access list or a label. Months are
English under LC_ALL=C, which is the only form read: in other languages columns stand in other orders.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut

_ROW: Final = re.compile(
    r"\s*([-bcdlps][-rwxsStT]{9})[-+.@]?\s+\d+\s+\S+\s+\S+\s+(\d+)(?:,\s*\d+)?\s+"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2}\s+(?:\d{1,2}:\d\d|\d{4})\s(.+)"
)
_TOTAL: Final = re.compile(r"total\s+\d+")


@record(frozen=True, slots=True)
class FolderEntry:
    """What stands in a folder under a name: a file (`-`), a folder (`d`), a link (`l`) or another letter of `ls`."""

    name: str
    type: str
    mode: str
    target: str
    line: Line
    empty: bool = False
    """A file without an octet."""

    @property
    def executable(self) -> bool:
        """Whether its owner may run it. What a link leads to is not told."""
        return self.mode[3] in "xs"


def entry_of(text: str, line: Line) -> FolderEntry | None:
    """The entry that a row tells; None where it is no row of a long listing."""
    found = _ROW.fullmatch(text)
    if found is None:
        return None
    name, _, target = found[3].strip().partition(" -> ") if found[1][0] == "l" else (found[3].strip(), "", "")
    return FolderEntry(name, found[1][0], found[1], target, line, found[1][0] == "-" and not found[2].strip("0"))


def entry_at(answer: Answer, line: Line) -> FolderEntry | None:
    """The entry of a line; None where it tells of none: the total, a blank line, the last one of a cut listing.

    Raises Unreadable where it has another form."""
    text = answer.lines[line - 1]
    if not text.strip() or _TOTAL.fullmatch(text.strip()) or may_be_cut(answer, line):
        return None
    entry = entry_of(text, line)
    if entry is None:
        raise Unreadable("unparsable", f"a row of ls has an unknown form: {text.strip()}", line)
    return entry
