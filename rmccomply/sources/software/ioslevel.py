"""The level of a VIOS: `ioslevel` of padmin, `ioscli ioslevel` of root.

VIOS documentation, "ioslevel command". No real output is public; it is one line of four numbers:

    4.1.0.21

It is not the level of the AIX below, which `oslevel -s` prints. On AIX there is no ioscli, and a shell says so.

Empty output is never an answer, and text of another form is not guessed at.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import only_line
from rmccomply.sources.shared.values import Version, parse_version

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False


@record(frozen=True, slots=True)
class IosLevel:
    """A level of VIOS."""

    text: str
    version: Version
    line: Line


RECORD: Final = IosLevel


def asks(argv: tuple[str, ...]) -> bool:
    """The level, by either name."""
    command = argv[0].rpartition("/")[2]
    return argv[1:] == (("ioslevel",) if command == "ioscli" else ())


def parse(answer: Answer) -> IosLevel:
    """Read the line. Raises Unreadable: `failed`, `command_absent`, `empty`, `unparsable` for other text."""
    text, line = only_line(answer, answer.argv[0].rpartition("/")[2])
    version = parse_version(text) if text.count(".") == 3 and "-" not in text and ":" not in text else None
    if version is None:
        raise Unreadable("unparsable", f"this is not a level of VIOS: {text}", line)
    return IosLevel(text, version, line)
