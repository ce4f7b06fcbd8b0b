"""The definition of IBM.DRM on Linux: the file `/opt/rsct/cfg/rmdefs/IBM.DRM.mdef`, which DynamicRM brings.

Its form is not documented, so that nothing of what it holds is read:

    Name=IBM.DRM
    Properties=MkDirs,AutoStart

Without it IBM.DRM is not known to the System Resource Controller and never starts. A file that does not exist is the
fact that there is none. An empty file is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True


@record(frozen=True, slots=True)
class Definition:
    """Whether the file is there; `line` is its first line with text."""

    present: bool
    line: Line


RECORD: Final = Definition


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Definition:
    """Find a line. Raises Unreadable: `failed`, `empty`."""
    if answer.absent:
        return Definition(False, WHOLE)
    refuse_complaints(answer, "cat:", "ls:", "sh:", "bash:")
    answer.refuse_failure()
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            return Definition(True, number)
    raise Unreadable("empty", "the file has no line")
