"""The files of a support archive, whether it stands in one file or was unpacked: named, and read where wanted.

An archive in one file is walked twice, once to find out what it is and once to read the answers, and never unpacked.
What a sum does not confirm counts for nothing, so the damage of an archive is known only when a walk is over.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal, Protocol

from rmccomply.evidence.archives.compressed import Octets, Refused, Unsound
from rmccomply.evidence.archives.tar import Tar
from rmccomply.evidence.model import Artifact, Damage, Notification
from rmccomply.evidence.uris import inside
from rmccomply.guarded import LIMITS
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

LARGEST: Final = 16 * 1024**2
"""Bytes of one file that are read; a larger one is no answer."""
_NAMED: Final = 5
_DEEPEST: Final = 64
"""Folders in one another."""
_CUT: Final = "the archive is cut off: its end mark is missing, and so may be what was collected last"
_DAMAGED: Final = "a header in the archive is damaged, and what follows it was not read"
_UNSUMMED: Final = "the archive has no checksum, so damage to its content would not show"

Wanted = Callable[[str], bool]


class ArchiveMember(NamedTuple):
    """One member. `data` is None where it was not wanted, is no plain file, or is too large."""

    path: str
    kind: Literal["file", "link", "other"]
    size: int
    data: bytes | None = None
    cut: bool = False


class File(NamedTuple):
    """A file that was read. `cut`: its end is missing."""

    path: str
    data: bytes
    cut: bool = False

    @property
    def sha256(self) -> str:
        """The sum of the file."""
        return hashlib.sha256(self.data).hexdigest()


class Tree(Protocol):
    """Where files are; `own_uri` names it as a whole. The rest tells of the last walk, when it is over.

    `ended`: every member was seen.
    """

    own_uri: str
    ended: bool
    damage: Damage | None
    notes: tuple[Notification, ...]

    def walk(self, wanted: Wanted) -> Iterator[ArchiveMember]:
        """Every member, with its content where it is wanted. Raises Refused."""

    def uri(self, path: str) -> str:
        """The uri of a member."""

    def artifacts(self) -> tuple[Artifact, ...]:
        """The file that holds all the others; none for a folder."""


class Packed:
    """An archive in one file."""

    def __init__(self, opened: Callable[[], BinaryIO], uri: str, members: int = LIMITS.members) -> None:
        self._opened = opened
        self._members = members
        self.own_uri = uri
        self.ended = False
        self.damage: Damage | None = None
        self.notes: tuple[Notification, ...] = ()

    def uri(self, path: str) -> str:
        return inside(self.own_uri, path)

    def artifacts(self) -> tuple[Artifact, ...]:
        with self._opened() as file:
            return (Artifact(self.own_uri, hashlib.file_digest(file, "sha256").hexdigest()),)  # type: ignore[arg-type]

    def walk(self, wanted: Wanted) -> Iterator[ArchiveMember]:
        outward: list[str] = []
        with self._opened() as file:
            octets = Octets(file)
            tar = Tar(octets, self._members)
            self.damage = None
            try:
                yield from _entries(tar, wanted, outward)
                octets.finish()
            except Unsound as fault:
                self.damage = Damage("truncated" if fault.cut else "unparsable", str(fault))
        self.ended = tar.end == "marked" and self.damage is None
        self.notes = tuple(self._notes(octets, tar, outward))

    def _notes(self, octets: Octets, tar: Tar, outward: list[str]) -> Iterator[Notification]:
        if self.damage is not None:
            yield Notification(self.damage.says, self.own_uri, damage=True)
        elif tar.end != "marked":
            yield Notification(_CUT if tar.end == "cut" else _DAMAGED, self.own_uri, damage=True)
        if not octets.summed:
            yield Notification(_UNSUMMED, self.own_uri, level="note")
        if outward:
            yield Notification(f"paths that lead out of the archive were not read: {_listed(outward)}", self.own_uri)


def _entries(tar: Tar, wanted: Wanted, outward: list[str]) -> Iterator[ArchiveMember]:
    for member in tar.members():
        if member.path is None:
            outward.append(member.name[:100])
            continue
        data = None
        if member.kind == "file" and member.size <= LARGEST and wanted(member.path):
            data = tar.content()
        cut = data is not None and len(data) < member.size
        yield ArchiveMember(member.path, member.kind, member.size, data, cut)


class Unpacked:
    """An archive that was unpacked into a folder; links are not followed."""

    def __init__(self, folder: Path, uri_of: Callable[[Path], str], members: int = LIMITS.members) -> None:
        self._folder = folder
        self._members = members
        self._uri_of = uri_of
        self.own_uri = uri_of(folder)
        self.ended = True
        self.damage: Damage | None = None
        self.notes: tuple[Notification, ...] = ()

    def uri(self, path: str) -> str:
        return self._uri_of(self._folder / path)

    def artifacts(self) -> tuple[Artifact, ...]:
        return ()

    def walk(self, wanted: Wanted) -> Iterator[ArchiveMember]:
        notes: list[Notification] = []
        self._deep: list[str] = []
        self._closed: list[OSError] = []
        for number, path in enumerate(self._paths()):
            if number == self._members:
                raise Refused(f"it has more than {counted(self._members, 'file')} (--max-members)")
            place = self._folder / path
            try:
                yield self._entry(place, path, wanted)
            except OSError as error:
                notes.append(Notification(f"it cannot be read: {error.strerror or error}", self._uri_of(place)))
        says = f"files more than {_DEEPEST} folders deep were not read"
        self.ended = not self._closed
        self.notes = (
            *notes,
            *map(self._of_closed, self._closed),
            *(Notification(says, uri, damage=True) for uri in self._deep),
        )

    def _of_closed(self, error: OSError) -> Notification:
        says = f"the folder cannot be read, so nothing in it was: {error.strerror or error}"
        return Notification(says, self._uri_of(Path(error.filename)), damage=True)

    def _paths(self) -> Iterator[str]:
        for at, folders, names in os.walk(self._folder, onerror=self._closed.append):
            folders.sort()
            below = Path(at).relative_to(self._folder)
            if len(below.parts) >= _DEEPEST and folders:
                folders.clear()
                self._deep.append(self._uri_of(Path(at)))
            yield from ((below / name).as_posix() for name in sorted(names))

    def _entry(self, place: Path, path: str, wanted: Wanted) -> ArchiveMember:
        if place.is_symlink():
            return ArchiveMember(path, "link", 0)
        if not place.is_file():
            return ArchiveMember(path, "other", 0)
        size = place.stat().st_size
        if size > LARGEST or not wanted(path):
            return ArchiveMember(path, "file", size)
        with place.open("rb") as file:
            return ArchiveMember(path, "file", size, file.read(LARGEST))


class ReportTree:
    """The files of one report in a tree that was walked before: those below its root, by their paths from there.

    `name` is that of the archive's file or folder, without endings. `ended`: all of them are there. `sums` are those of
    the files that were read, by uri.
    """

    def __init__(self, tree: Tree, root: str, name: str = "") -> None:
        self._tree = tree
        self.name = name
        self.ended = tree.ended
        self._root = f"{root}/" if root else ""
        self.notes: list[Notification] = []
        self.sums: dict[str, str] = {}

    def uri(self, path: str) -> str:
        """The uri of a file, or of the root where the path is empty."""
        return self._tree.uri((self._root + path).rstrip("/"))

    def files(self, wanted: Wanted) -> Iterator[File]:
        """The files that are wanted. What of them cannot be read is a note."""
        links: list[str] = []
        root = self._root

        def below(path: str) -> bool:
            return path.startswith(root) and wanted(path[len(root) :])

        for entry in self._tree.walk(below):
            if entry.data is not None:
                file = File(entry.path[len(root) :], entry.data, entry.cut)
                self.sums[self._tree.uri(entry.path)] = file.sha256
                yield file
            elif entry.kind == "link" and below(entry.path):
                links.append(entry.path[len(root) :])
            elif entry.kind == "file" and below(entry.path):
                says = f"it has {counted(entry.size, 'byte')}, too many for an answer, and was not read"
                self.notes.append(Notification(says, self._tree.uri(entry.path)))
        if links:
            says = f"links are not followed: {_listed(links)}"
            self.notes.append(Notification(says, self._tree.uri(self._root + links[0]), level="note"))


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
