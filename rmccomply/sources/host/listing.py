"""Which files and folders there are: `ls -l FOLDER`, `ls -lR FOLDER`, `ls -l FILE...`.

POSIX, "ls"; GNU coreutils; AIX 7.3 documentation, "ls Command".

    /etc/systemd/system:
    total 4
    lrwxrwxrwx. 1 root root   41 Nov  2 08:15 default.target -> /usr/lib/systemd/system/multi-user.target
    drwxr-xr-x. 2 root root 4096 Nov  2 08:15 multi-user.target.wants

    /etc/systemd/system/multi-user.target.wants:
    total 0
    lrwxrwxrwx. 1 root root   37 Nov  2 08:15 ctrmc.service -> /usr/lib/systemd/system/ctrmc.service

With -R each folder has a heading. One that its parent does not list, or one that is listed and has no heading, is no
listing that `ls` writes (or it could not open that folder), and nothing is concluded from it. A file that is asked for
by its path stands in its row by that path.

That a folder is not there is an answer: GNU ls says `cannot access '/x': No such file or directory`, AIX `0653-341 The
file /x does not exist.`, and the exit status is not 0. Any other complaint makes the listing unreadable, since what it
lacks may be there. Of an empty folder ls prints the total, so that empty output is never an answer. GNU ls gives the
folder that was asked for a heading too, POSIX needs none. Nothing marks the end: without an exit status absence proves
nothing.
"""

import re
from collections.abc import Mapping
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.folder_rows import FolderEntry, entry_at
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final = frozenset({"l", "lR"})
LISTING: Final = True
_OTHERS: Final = ("/var/ct",)
"""A folder with a source of its own."""
_DEEP: Final = "-lR"
_GONE: Final = re.compile(
    r"ls: (?:cannot access ['‘]?(?P<gnu>/.*?)['’]?: No such file or directory"
    r"|(?P<posix>/.*): No such file or directory"
    r"|0653-341 The file (?P<aix>/.*) does not exist\.)"
)
_SELF: Final = frozenset({".", ".."})


@record(frozen=True, slots=True)
class ListedFolder:
    """A folder, or a path that was asked for. `present` is False where ls says that it is not there."""

    path: str
    present: bool
    entries: tuple[FolderEntry, ...]
    line: Line

    def entry(self, name: str) -> FolderEntry | None:
        """What stands there under a name."""
        return next((one for one in self.entries if one.name == name), None)


@record(frozen=True, slots=True)
class FolderListing:
    """A listing: its folders in their order. Paths have no slash at the end. `files` are what was asked for by path
    and is no folder, under its whole path. `whole`: what has no row is not there."""

    folders: tuple[ListedFolder, ...]
    files: tuple[FolderEntry, ...]
    deep: bool
    whole: bool

    def folder(self, path: str) -> ListedFolder | None:
        """A folder that was listed, or that is said not to be there."""
        return next((one for one in self.folders if one.path == path), None)

    def below(self, path: str) -> tuple[ListedFolder, ...]:
        """The folders below a path."""
        return tuple(one for one in self.folders if one.path.startswith(f"{path}/"))


RECORD: Final = FolderListing


def asks(argv: tuple[str, ...]) -> bool:
    """One folder, with or without those below it, or files by their paths."""
    paths = argv[2:]
    one = len(paths) == 1 or argv[1:2] != (_DEEP,)
    return (
        argv[1:2] in (("-l",), (_DEEP,))
        and bool(paths)
        and one
        and all(path.startswith("/") for path in paths)
        and not any(path.rstrip("/") in _OTHERS for path in paths)
    )


def parse(answer: Answer) -> FolderListing:
    """Read the rows. Raises Unreadable: `failed`, `denied`, `unparsable`, `empty`."""
    refuse_complaints(answer, "ls:")
    gone = _gone(answer)
    if not gone:
        answer.refuse_failure()
    deep = answer.argv[1] == _DEEP
    whole = answer.complete and answer.exit_status is not None
    asked = [path.rstrip("/") or "/" for path in answer.argv[2:]]
    if not gone and not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "ls prints nothing, not even a total")
    read = _deep(answer, asked[0]) if deep else _flat(answer, asked, gone)
    if deep and whole:
        _refuse_closed(read[0])
    missing = tuple(ListedFolder(path, False, (), line) for path, line in gone.items())
    found = tuple(one for one in read[0] if one.path not in gone)
    return FolderListing((*found, *missing), read[1], deep, whole)


def _gone(answer: Answer) -> Mapping[str, Line]:
    """The paths that ls says are not there; none where it says anything else too, or ended well."""
    if answer.exit_status in (0, None):
        return {}
    found: dict[str, Line] = {}
    asked = {path.rstrip("/") or "/" for path in answer.argv[2:]}
    for number, line in enumerate(answer.errors, 1):
        match = _GONE.fullmatch(line.strip())
        path = next((one for one in match.groups() if one), "").rstrip("/") if match else ""
        if path not in asked:
            return {}
        found[path] = -number
    return found


_Read = tuple[list[ListedFolder], tuple[FolderEntry, ...]]


def _flat(answer: Answer, asked: list[str], gone: Mapping[str, Line]) -> _Read:
    """Without headings: the entries of the one folder, or files under their paths."""
    entries = [one for line in range(1, len(answer.lines) + 1) if (one := entry_at(answer, line))]
    files = tuple(one for one in entries if one.name in asked)
    if files and len(files) == len(entries):
        return [], files
    if files or len(asked) > 1 or gone:
        if not entries:
            return [], ()
        raise Unreadable("unparsable", "ls lists a folder beside files, without a heading", entries[0].line)
    return [ListedFolder(asked[0], True, _own(entries), 0)], ()


def _deep(answer: Answer, top: str) -> _Read:
    """Folders under their headings; what stands before the first is in the one that was asked for."""
    folders: list[ListedFolder] = []
    due, path, start = {top}, "", 0
    entries: list[FolderEntry] = []
    for number, text in enumerate(answer.lines, 1):
        heading = text.startswith("/") and text.endswith(":")
        entry = None if heading else entry_at(answer, number)
        if entry and not path and entry.name == top and entry.type != "d":
            return [], (entry,)
        if heading or (not path and text.strip()):
            if path:
                folders.append(ListedFolder(path, True, _own(entries), start))
            path, start, entries = (text[:-1].rstrip("/") or "/") if heading else top, number, []
            if path not in due:
                raise Unreadable("unparsable", f"ls lists a folder that is in no other: {text}", number)
            due.remove(path)
        if entry:
            entries.append(entry)
            if entry.type == "d" and entry.name not in _SELF:
                due.add(f"{path.rstrip('/')}/{entry.name}")
    if path:
        folders.append(ListedFolder(path, True, _own(entries), start))
    return folders, ()


def _own(entries: list[FolderEntry]) -> tuple[FolderEntry, ...]:
    return tuple(one for one in entries if one.name not in _SELF)


def _refuse_closed(folders: list[ListedFolder]) -> None:
    """Raise Unreadable where a folder is listed in its parent alone: ls did not open it."""
    headed = {one.path for one in folders}
    for folder in folders:
        for entry in folder.entries:
            if entry.type == "d" and f"{folder.path.rstrip('/')}/{entry.name}" not in headed:
                raise Unreadable("truncated", f"the folder {folder.path}/{entry.name} is not listed", entry.line)
