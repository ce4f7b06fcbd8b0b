"""Size and free space of file systems: `df -k /var /tmp /` (AIX), `df -kP /var /tmp /` (Linux).

AIX 7.3 documentation, "df Command"; df(1) of GNU coreutils; df of POSIX for `-P`.

    Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
    /dev/hd9var       2621440   1153024   57%     9120     4% /var
    /proc                   -         -     -        -      - /proc

    Filesystem            1024-blocks     Used Available Capacity Mounted on
    filer.example.net:/vol/transfer_area
                             52428800  1048576  51380224       2% /mnt/transfer area

The header names columns and unit, not the options: 512-blocks, 1024-blocks, 1K-blocks, 1M-blocks, `MB blocks` and
`GB blocks`, where AIX prints two decimals, that is steps of about 10 MiB. Without `-P` AIX has Free and no Used,
and Free is what GNU calls Available. `-` is no value. Percentages of space are rounded up and are not read; inode
use is `%Iused` (AIX) or `IUse%` (Linux, `-i`, then without blocks). Long device names stand alone on a line before
their values (Linux without `-P`), and a mount point may hold blanks: it is the rest of the line. In a WPAR every
device is `Global`. Rows stand beside error lines (`df: /x: No such file or directory`) and exit status 1.

With `-a` a file system that another one is mounted over has `-` for its values, or its row twice; `-l` leaves out those
of other hosts, and `-x TYPE` those of a type.

Rows without the header cannot be read. Empty output, or the header alone, is never an answer.
"""

from decimal import Decimal
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number

OPTIONS: Final = frozenset("kPgmiTalx")
LISTING: Final = False
_LETTERS: Final = frozenset("kPgmiTalx")
_UNITS: Final[dict[str, Decimal]] = {
    "512-blocks": Decimal("0.5"),
    "1024-blocks": Decimal(1),
    "1K-blocks": Decimal(1),
    "1M-blocks": Decimal(1024),
    "MB-blocks": Decimal(1024),
    "GB-blocks": Decimal(1024 * 1024),
}
_TEXT_COLUMNS: Final = frozenset({"Filesystem", "Type", "Mounted"})
_PLACES: Final = {"Type": 1, **dict.fromkeys(_UNITS, 2), "Used": 3, "Available": 4, "Free": 4}
_VALUE: Final = frozenset("0123456789.-")


@record(frozen=True, slots=True)
class Filesystem:
    """One file system. Values are as df prints them, in KiB; None for `-`, for columns that are not there, and where
    more is used or free than there is."""

    device: str
    mount: str
    type: str
    size_kib: int | None
    used_kib: int | None
    free_kib: int | None
    inode_percent: int | None
    line: Line


@record(frozen=True, slots=True)
class Filesystems:
    """What df lists: all file systems, or those that hold the paths it was asked for. `of_aix`: in the form that only
    AIX prints, with %Iused."""

    rows: tuple[Filesystem, ...]
    of_aix: bool = False


RECORD: Final = Filesystems


def asks(argv: tuple[str, ...]) -> bool:
    """`-k`, `-P`, `-g`, `-m`, `-i`, `-T`, `-a`, `-l`, `-x` and paths; `-h` rounds and is not read."""
    return all(set(word[1:]) <= _LETTERS for word in argv[1:] if word.startswith("-"))


def parse(answer: Answer) -> Filesystems:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for other text or no header."""
    columns: list[str] = []
    device = ""
    rows: list[Filesystem] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[:1] == ["Filesystem"]:
            columns = _columns(line, number)
        elif not words or words[0] == "df:" or words[0].startswith("#"):
            continue
        elif not columns:
            answer.refuse_failure()
            raise Unreadable("unparsable", f"a row of df has no header before it: {line.strip()}", number)
        elif len(words) == 1 and not device:
            device = words[0]
        else:
            rows.append(_row(columns, f"{device} {line}".strip(), number))
            device = ""
    if device:
        raise Unreadable("unparsable", f"a row of df ends after its device: {device}", len(answer.lines))
    if not rows:
        _refuse(answer)
    return Filesystems(tuple(rows), "%Iused" in columns)


def _refuse(answer: Answer) -> None:
    """Raise for an answer without rows. A path that is not there is no missing command."""
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            if line.startswith("df: ") and "ermission denied" not in line:
                raise Unreadable("failed", f"df could not answer: {line.strip()}", sign * number)
    answer.refuse_failure()
    raise Unreadable("empty", "df lists no file system")


def _columns(line: str, number: Line) -> list[str]:
    """The columns of a header, each one word."""
    text = line.replace("GB blocks", "GB-blocks").replace("MB blocks", "MB-blocks")
    columns = text.replace("Mounted on", "Mounted").split()
    known = not _UNITS.keys().isdisjoint(columns) or "IUse%" in columns
    places = [_PLACES[column] for column in columns if column in _PLACES]
    if columns[-1] != "Mounted" or not known or places != sorted(set(places)):
        raise Unreadable("unparsable", f"a header of df has an unknown form: {line.strip()}", number)
    return columns


def _row(columns: list[str], line: str, number: Line) -> Filesystem:
    """A row: the first run of as many values as the header has columns tells device and mount point apart."""
    names = [column for column in columns if column not in _TEXT_COLUMNS]
    words = line.split()
    first = 2 if "Type" in columns else 1
    starts = range(first, len(words) - len(names))
    at = next((n for n in starts if all(map(_is_value, names, words[n : n + len(names)]))), 0)
    if not at or is_number(words[at - 1]):
        raise Unreadable("unparsable", f"a row of df has an unknown form: {line}", number)
    mount = line.split(None, at + len(names))[-1].rstrip()
    device, kind = (words[: at - 1], words[at - 1]) if first == 2 else (words[:at], "")
    values = dict(zip(names, words[at : at + len(names)], strict=True))
    return _filesystem(" ".join(device), mount, kind, values, number)


def _is_value(column: str, word: str) -> bool:
    """Whether a column can hold it: a number, a share with its sign, or `-`."""
    share = "%" in column or column == "Capacity"
    return _VALUE.issuperset(word.removesuffix("%")) and (word == "-" or word.endswith("%") == share)


def _filesystem(device: str, mount: str, kind: str, values: dict[str, str], number: Line) -> Filesystem:
    unit = next((column for column in values if column in _UNITS), "")
    scale = _UNITS.get(unit, Decimal(0))
    free = values.get("Available", values.get("Free", "-"))
    inodes = values.get("%Iused", values.get("IUse%", "-"))
    percent = _scaled(inodes[:-1], Decimal(1)) if inodes.endswith("%") else None
    size, used = _scaled(values.get(unit, "-"), scale), _scaled(values.get("Used", "-"), scale)
    left = _scaled(free, scale)
    if size is not None and max(used or 0, left or 0) > size:
        size = used = left = None
    return Filesystem(device, mount, kind, size, used, left, percent, number)


def _scaled(text: str, scale: Decimal) -> int | None:
    """A value in KiB; None for `-` and for what is no number."""
    return int(Decimal(text) * scale) if is_number(text.replace(".", "", 1)) else None
