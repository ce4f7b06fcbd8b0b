"""Disks and the volume groups that they are in: `lspv`.

AIX 7.3 documentation, "lspv Command"; the only unprivileged trace of a repository disk of Cluster Aware AIX.

    hdisk0          00f9c2d5a1b2c3d4                    rootvg          active
    hdisk1          00f9c2d5a1b2c3e5                    caavg_private   active
    hdisk2          none                                None

There is no header (the VIOS command line has one: NAME PVID VG STATUS). The identifier is `none` for a disk
without one, the group is `None` for a disk in none; the state is empty for a group that is not varied on.

Empty output is never an answer: every partition has a disk. Nothing marks the end: without an exit status absence
proves nothing.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_HEADER: Final = ["NAME", "PVID", "VG", "STATUS"]
_PVID_DIGITS: Final = 16


@record(frozen=True, slots=True)
class PhysicalVolume:
    """One row, as printed; `state` is empty where its column is."""

    name: str
    pvid: str
    group: str
    state: str
    line: Line


@record(frozen=True, slots=True)
class PhysicalVolumes:
    """A listing. `whole`: a volume group that no row names has no disk here."""

    rows: tuple[PhysicalVolume, ...]
    whole: bool = True


RECORD: Final = PhysicalVolumes


def asks(argv: tuple[str, ...]) -> bool:
    """All disks; with a disk or an option it is another listing."""
    return len(argv) == 1


def parse(answer: Answer) -> PhysicalVolumes:
    """Read the rows. Raises Unreadable: `failed`, `empty`, `unparsable` for a line that is no row."""
    answer.refuse_failure()
    rows: list[PhysicalVolume] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words or words == _HEADER or words[0].startswith("#"):
            continue
        if _is_row(words):
            rows.append(PhysicalVolume(words[0], words[1], words[2], words[3] if words[3:] else "", number))
        elif answer.complete or number < len(answer.lines):
            raise Unreadable("unparsable", f"a row of lspv has an unknown form: {line.strip()}", number)
    if not rows:
        raise Unreadable("empty", "lspv lists no disk")
    return PhysicalVolumes(tuple(rows), answer.complete and answer.exit_status is not None)


def _is_row(words: list[str]) -> bool:
    """Name, identifier (16 digits or more, kept when one of them is odd), group and perhaps a state."""
    if len(words) not in (3, 4):
        return False
    return words[1].lower() == "none" or (len(words[1]) >= _PVID_DIGITS and words[1].isalnum())
