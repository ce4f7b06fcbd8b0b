"""What kernel parameters are set to at boot, after the precedence of the files that set them.

sysctl.d(5), systemd-sysctl(8): of files with one name that of /etc/sysctl.d hides those of /usr/local/lib and /usr/lib;
all are read in the order of their names, whatever their folder, and the later setting wins. A name that is set itself
is not set by a pattern, nor is one that a line with `-` excludes. A link to /dev/null switches a file off. /run is
empty when a copy of an image starts.

/etc/sysctl.conf is read where a link of one of the folders leads to it, as 99-sysctl.conf of most distributions does;
the older `sysctl --system` of procps reads it last. Where there is no link, and the two ways come to different ends,
nothing is concluded. A value that is no number is refused by the kernel, so that it sets nothing here.
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.folders import Unlisted, folder
from rmccomply.sources.reading import Read, Unread
from rmccomply.sources.table import SYSCTL
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.host.sysctl import KernelParameter, KernelParameters

FOLDERS: Final = ("/etc/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d")
_CONF: Final = "/etc/sysctl.conf"
_PATTERN: Final = frozenset("*?[")


class SysctlFile(NamedTuple):
    """A file in its place; `reading` is None where it was not read, for `why`."""

    path: str
    reading: "Read[KernelParameters] | None"
    why: Unlisted | None = None


class SysctlFiles(NamedTuple):
    """The files in the order in which they are read. `linked`: /etc/sysctl.conf is one of them. `why`: others may be
    there."""

    files: tuple[SysctlFile, ...]
    linked: bool
    why: Unlisted | None


class SysctlValue(NamedTuple):
    """A value in force, None where nothing sets it; where `why` is set it is not known."""

    number: int | None
    evidence: tuple[Reference, ...]
    why: Unlisted | None = None


def sysctl_value(facts: Facts, name: str) -> SysctlValue:
    """The value of a name, written with slashes."""
    found = facts.cached(_files)
    last = _conf(facts)
    value = _value(found.files, name)
    if not found.linked and last is not None:
        other = _value((*found.files, last), name)
        if (value.number, value.why) != (other.number, other.why):
            says = f"{_CONF} is not linked from {FOLDERS[0]}, and whether the system reads it is not known"
            places = (*value.evidence, *other.evidence)
            return SysctlValue(None, places, other.why or Unlisted(says, "inconclusive", places, f"ls -l {FOLDERS[0]}"))
    return value if found.why is None else value._replace(why=value.why or found.why)


def sysctl_names(facts: Facts, pattern: str) -> tuple[str, ...]:
    """The names that lines of files set or exclude themselves and that match a pattern."""
    files = (*facts.cached(_files).files, *filter(None, [_conf(facts)]))
    rows = (row for one in files if one.reading is not None for row in one.reading.record.rows)
    return tuple(sorted({row.name for row in rows if fnmatchcase(row.name, pattern) and _PATTERN.isdisjoint(row.name)}))


def sysctl_whole(facts: Facts) -> tuple[Reference, ...]:
    """The listings of the folders."""
    return tuple(place for path in FOLDERS for place in folder(facts, path).evidence)


def _conf(facts: Facts) -> SysctlFile | None:
    one = _file(facts, _CONF, "")
    return None if one.reading is not None and not one.reading.record.present else one


def _files(facts: Facts) -> SysctlFiles:
    found: dict[str, SysctlFile] = {}
    linked, why = False, None
    for path in FOLDERS:
        held = folder(facts, path)
        why = why or held.why
        read = {one.name.rpartition("/")[2]: one for one in facts.answers(SYSCTL) if one.name.startswith(f"{path}/")}
        for name in sorted(held.names.keys() | (read.keys() if held.why is not None else set())):
            if not name.endswith(".conf") or name in found:
                continue
            target = normpath(join(path, held.links[name])) if name in held.links else ""
            if not held.masked(name):
                found[name] = _file(facts, f"{path}/{name}", target)
            else:
                found[name] = SysctlFile("", None)
            linked = linked or target == _CONF
    files = tuple(found[name] for name in sorted(found) if found[name].path)
    return SysctlFiles(files, linked, why)


def _file(facts: Facts, path: str, target: str) -> SysctlFile:
    """A file, or what its link leads to."""
    for one in (path, target):
        reading = facts.read_of(SYSCTL, one) if one else None
        if reading is not None and (reading.record.present or not target):
            return SysctlFile(path, reading)
    failed = next((one for one in facts.answers(SYSCTL) if one.name == path and isinstance(one, Unread)), None)
    if isinstance(failed, Unread):
        says = f"`{path}`: {failed.says or 'it was not read'}"
        return SysctlFile(path, None, Unlisted(says, failed.reason, failed.where(), f"cat {path}"))
    return SysctlFile(path, None, Unlisted(f"`{path}` was not collected", "not_collected", (), f"cat {path}"))


def _value(files: Sequence[SysctlFile], name: str) -> SysctlValue:
    """The last line that sets it; a file behind that line that was not read may set it too."""
    direct = by_pattern = None
    excluded = False
    for at, row, reading in _rows(files):
        if row.value is None:
            excluded = excluded or fnmatchcase(name, row.name)
        elif _number(row.value) is not None and row.name == name:
            direct = (at, row, reading)
        elif _number(row.value) is not None and not _PATTERN.isdisjoint(row.name) and fnmatchcase(name, row.name):
            by_pattern = (at, row, reading)
    won = direct or (None if excluded else by_pattern)
    start = won[0] + 1 if direct and won else 0
    lost = next((one for one in files[start:] if one.why is not None), None)
    places = won[2].at(won[1].line) if won else ()
    number = _number(won[1].value or "") if won else None
    return SysctlValue(number, places, lost.why if lost is not None else None)


def _rows(files: Sequence[SysctlFile]) -> "Iterator[tuple[int, KernelParameter, Read[KernelParameters]]]":
    for at, one in enumerate(files):
        if one.reading is not None:
            yield from ((at, row, one.reading) for row in one.reading.record.rows)


def _number(text: str) -> int | None:
    try:
        return int(text, 0) if len(text) <= len("0xffffffff") else None
    except ValueError:
        return None
