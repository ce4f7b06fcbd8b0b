"""The level of AIX: `oslevel -s`, `-r` or without an option.

AIX 7.3 documentation, "oslevel Command". One line:

    7200-05-07-2346     (-s: version and release, technology level, service pack, year and week)
    7200-05             (-r: without the service pack)
    7.2.0.0             (no option: the base level only)

The last form does not tell the technology level, and `6100-09-00-0000` is printed where the service pack is not
known: the missing integers are 0, and `parts` says how many were told. On a VIOS it is the level of the AIX below.

Empty output is never an answer. Text of another form, with a letter O for a zero too, is not guessed at.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import only_line
from rmccomply.sources.shared.values import Version, parse_version

OPTIONS: Final = frozenset({"s", "r"})
LISTING: Final = False
_WIDTHS: Final = ([4, 2], [4, 2, 2], [4, 2, 2, 4])


@record(frozen=True, slots=True)
class OsLevel:
    """A level. `version` is version, release, technology level and service pack; `parts` of them were told."""

    text: str
    version: Version
    parts: int
    line: Line


RECORD: Final = OsLevel


def asks(argv: tuple[str, ...]) -> bool:
    """`-s`, `-r` or nothing; `-l` and `-q` list filesets and levels."""
    return argv[1:] in ((), ("-s",), ("-r",))


def parse(answer: Answer) -> OsLevel:
    """Read the line. Raises Unreadable: `failed`, `empty`, `unparsable` for other text."""
    text, line = only_line(answer, "oslevel")
    groups = text.split("-")
    version, parts = (_level(groups), _told(groups)) if len(groups) > 1 else (_base(text), 2)
    if version is None:
        raise Unreadable("unparsable", f"this is not a level of AIX: {text}", line)
    return OsLevel(text, version, parts, line)


def _level(groups: list[str]) -> Version | None:
    digits = all(group.isascii() and group.isdigit() for group in groups)
    if not digits or [len(group) for group in groups] not in _WIDTHS or groups[0][2:] != "00":
        return None
    service_pack = int(groups[2]) if len(groups) > 2 else 0
    return (int(groups[0][0]), int(groups[0][1]), int(groups[1]), service_pack)


def _base(text: str) -> Version | None:
    return parse_version(text) if text.count(".") == 3 else None


def _told(groups: list[str]) -> int:
    return 3 if len(groups) == 2 or groups[-1] == "0000" else 4
