"""The file system that holds /var/ct, where RSCT keeps its identity, its queues and its logs.

It is the mounted file system with the longest prefix of /var/ct; `df /tmp /` shows nothing of it even where it prints
the row of `/`. `df -l` leaves out file systems of other hosts, and `-x TYPE` those of a type: one of them may be
mounted between the row that is there and /var/ct. AIX and VIOS always have a file system /var, so that a listing of all
without it was cut there. A mount point that another one hides has a row without values. The printed percentage is
rounded up, so shares are computed from blocks. JFS2, xfs and btrfs make inodes as they need them, so their inode share
only follows their fullness.
"""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.host.df import Filesystem, Filesystems
from rmccomply.sources.reading import Read
from rmccomply.sources.table import DF
from rmccomply.tuples import NamedTuple

_PATH: Final = "/var/ct"
_SETTLE: Final = "df -k /var/ct"
_HOLDS_NOTHING: Final = frozenset({"autofs", "devtmpfs", "squashfs"})
"""Types of file systems that /var/ct cannot be on."""
_COUNTED: Final = frozenset({"ext2", "ext3", "ext4", "overlay", "nfs", "nfs4", "tmpfs"})
_NEEDED_INODES: Final = frozenset({"jfs2", "xfs", "btrfs", "zfs"})
_SETTLE_INODES: Final = "df -i -T /var/ct"


class Row(NamedTuple):
    """The row of the file system, and where it stands."""

    filesystem: Filesystem
    evidence: tuple[Reference, ...]


def free_mib(facts: Facts) -> Fact:
    """Free space in MiB."""
    name = "var_ct.free_mib"
    row = _row(facts, name)
    if isinstance(row, Fact):
        return row
    if row.filesystem.free_kib is None:
        return _no_value(name, "free space", row)
    free = row.filesystem.free_kib // 1024
    return known(name, free, f"{row.filesystem.mount} (holds /var/ct) has {free} MiB free.", row.evidence)


def used_percent(facts: Facts) -> Fact:
    """Used share in percent: of used and available blocks where both are printed, else of all blocks.

    Rounded down, so that 94.99 is below 95.
    """
    name = "var_ct.used_percent"
    row = _row(facts, name)
    if isinstance(row, Fact):
        return row
    disk = row.filesystem
    if disk.free_kib is None or (disk.used_kib is None and disk.size_kib is None):
        return _no_value(name, "use", row)
    used = disk.used_kib if disk.used_kib is not None else (disk.size_kib or 0) - disk.free_kib
    total = used + disk.free_kib
    share = 1000 * used // total / 10 if total > 0 else 100.0
    return known(name, share, f"{disk.mount} (holds /var/ct) is {share:g} % full.", row.evidence)


def inode_percent(facts: Facts) -> Fact:
    """Used share of inodes, where their number is fixed, or is that of the file system below (overlay, nfs)."""
    name = "var_ct.inode_percent"
    row = _row(facts, name)
    if isinstance(row, Fact):
        return row
    disk = row.filesystem
    of_aix = facts.fact("host.platform").value in ("aix", "vios")
    if disk.type in _NEEDED_INODES or (of_aix and not disk.type):
        return not_applicable(name, f"{disk.mount}{_typed(disk)} creates inodes as needed.", row.evidence)
    title = f"The use of inodes of {disk.mount}{_typed(disk)} is unknown"
    if not disk.type:
        says = f"{title}: no answer of df shows its type, and with that whether their number is fixed."
        return unknown(name, "not_collected", says, row.evidence, settle=_SETTLE_INODES)
    if disk.type not in _COUNTED:
        says = f"{title}: whether the number of inodes is fixed on this type of file system is not known."
        return unknown(name, "inconclusive", says, row.evidence, settle=_SETTLE_INODES)
    if disk.inode_percent is None:
        says = f"{title}: no answer of df shows it."
        return unknown(name, "not_collected", says, row.evidence, settle=_SETTLE_INODES)
    return known(name, disk.inode_percent, f"{disk.mount} uses {disk.inode_percent} % of its inodes.", row.evidence)


def _typed(disk: Filesystem) -> str:
    return f" ({disk.type})" if disk.type else ""


def _no_value(name: str, what: str, row: Row) -> Fact:
    says = f"The {what} of {row.filesystem.mount} is unknown: df prints none."
    return unknown(name, "unparsable", says, row.evidence, settle=_SETTLE)


def _row(facts: Facts, name: str) -> Row | Fact:
    read, failed = facts.read(DF), facts.unread(DF)
    found = [row for reading in read for row in _holding(reading)]
    if not found:
        hiding = next((reading for reading in read if _leaves_out(reading)), None)
        if not failed and hiding is not None:
            says = (
                f"The file system of /var/ct is unknown: `{' '.join(hiding.argv)}` leaves out some file systems, "
                "and this may be one of them."
            )
            return unknown(name, "inconclusive", says, hiding.at(1), settle=_SETTLE)
        if not failed and read:
            says = "The file system of /var/ct is unknown: no row of df shows it."
            places = tuple(place for reading in read for place in reading.at(1))
            return unknown(name, "not_collected", says, places, settle=_SETTLE)
        return unread(name, "the file system of /var/ct", facts.answers(DF), _SETTLE)
    mounts = sorted({row.filesystem.mount for row in found})
    if len(mounts) > 1:
        says = f"The file system of /var/ct is unknown: answers of df show it on {' and on '.join(mounts)}."
        places = tuple(place for row in found for place in row.evidence)
        return unknown(name, "conflicting", says, places, settle=_SETTLE)
    told = {(row.filesystem.size_kib, row.filesystem.free_kib) for row in found if row.filesystem.free_kib is not None}
    if name != "var_ct.inode_percent" and len(told) > 1:
        says = f"The file system of /var/ct is unknown: {found[0].filesystem.mount} is shown in two different ways."
        places = tuple(place for row in found for place in row.evidence)
        return unknown(name, "conflicting", says, places, settle=_SETTLE)
    if name == "var_ct.inode_percent":
        return _with_inodes(found)
    return next((row for row in found if row.filesystem.free_kib is not None), found[0])


def _with_inodes(rows: list[Row]) -> Row:
    """The row that shows the use of inodes, with the type of the file system where another answer shows that."""
    typed = next((row for row in rows if row.filesystem.type), rows[0])
    same = [row for row in rows if row.filesystem.type in ("", typed.filesystem.type)]
    counted = next((row for row in same if row.filesystem.inode_percent is not None), typed)
    both = tuple(dict.fromkeys((*counted.evidence, *typed.evidence)))
    return Row(replace(counted.filesystem, type=typed.filesystem.type), both)


def _holding(reading: Read[Filesystems]) -> list[Row]:
    """The row with the longest mount prefix, if the request could show it.

    df prints a row for each path. With fewer rows than paths one failed, and the row of `/` may stand for `/` alone.
    """
    operands = [word for word in reading.argv[1:] if word.startswith("/")]
    covering = [path for path in operands if path != "/" and _holds(path)]
    if operands and not covering:
        return []
    rows = [row for row in reading.record.rows if _holds(row.mount)]
    if not rows:
        return []
    best = max(rows, key=lambda row: (len(row.mount), row.free_kib is not None or row.inode_percent is not None))
    if not operands and best.mount == "/" and reading.record.of_aix:
        return []
    if not operands and best.mount != _PATH and _leaves_out(reading):
        return []
    if covering and len(best.mount) < len(max(covering, key=len)) and len(reading.record.rows) < len(operands):
        return []
    return [Row(best, reading.at(best.line))]


def _leaves_out(reading: Read[Filesystems]) -> bool:
    """Whether it was asked to leave out file systems of which /var/ct may be on one."""
    words = reading.argv[1:]
    options = [word for word in words if word.startswith("-")]
    types = {after for word, after in pairwise(words) if word.startswith("-") and word[-1] == "x"}
    return any("l" in word for word in options) or not types <= _HOLDS_NOTHING


def _holds(mount: str) -> bool:
    return mount in ("/", _PATH) or _PATH.startswith(f"{mount}/")
