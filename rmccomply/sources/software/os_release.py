"""Which Linux distribution it is: the file `/etc/os-release`, else `/usr/lib/os-release`.

os-release(5): assignments as a shell would read them.

    NAME="Red Hat Enterprise Linux"
    ID="rhel"
    ID_LIKE="fedora"
    VERSION_ID="9.4"

Values may be bare or quoted either way; of a name that appears twice the last counts. `ID_LIKE` holds several words.
Lines that start with `#` are comments. Other assignments are not read.

A file that does not exist is the fact that there is none, as on AIX. An empty file, or one of comments, is not an
answer. Where a name is not assigned its field is empty.
"""

import shlex
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_NAMES: Final = ("ID", "ID_LIKE", "VERSION_ID", "NAME")


@record(frozen=True, slots=True)
class OsRelease:
    """What the file says. `line` is that of `ID`, else of the first name that it has."""

    present: bool
    id: str
    id_like: str
    version_id: str
    name: str
    line: Line


RECORD: Final = OsRelease


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> OsRelease:
    """Read the file. Raises Unreadable: `empty`, `unparsable` for lines that assign nothing."""
    if answer.absent:
        return OsRelease(False, "", "", "", "", 0)
    if answer.exit_status is not None:
        answer.refuse_failure()
    values: dict[str, str] = {}
    lines: dict[str, Line] = {}
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            name, value = _assignment(text, number)
            values[name], lines[name] = value, number
    if not values:
        raise Unreadable("empty", "os-release sets no variable")
    told = next((lines[name] for name in _NAMES if name in lines), 0)
    texts = [values.get(name, "") for name in _NAMES]
    return OsRelease(True, texts[0], texts[1], texts[2], texts[3], told)


def _assignment(text: str, number: Line) -> tuple[str, str]:
    name, equals, quoted = text.partition("=")
    words = [""] if name not in _NAMES else _words(quoted)
    if not equals or not name.isidentifier() or len(words) > 1:
        raise Unreadable("unparsable", f"a line of os-release sets no variable: {text}", number)
    return name, "".join(words)


def _words(text: str) -> list[str]:
    """The words that a shell makes of a value: one, or none of nothing; two where a quote has no end."""
    try:
        return shlex.split(text)
    except ValueError:
        return [text, ""]
