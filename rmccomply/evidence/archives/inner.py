"""ctsnaps inside of other archives: sos and supportconfig run `ctsnap -d` into a folder of their own.

What it packed there is read as a second tree, with uris in it. One that is larger than what is read of a file is named
in a note.
"""

import io
from collections.abc import Collection, Iterator
from functools import partial
from typing import Final

from rmccomply.evidence.archives import ctsnap
from rmccomply.evidence.archives.compressed import Refused
from rmccomply.evidence.archives.tree import File, Packed, ReportTree, Tree
from rmccomply.evidence.model import Evidence, Notification, Requests

FOLDERS: Final = {"sosreport": "sos_commands/powerpc/ctsnap/", "supportconfig": "ppc64/ctsnap/"}
"""Kind of archive to where it has them, below its root."""
_PACKED: Final = (".tar.gz", ".tgz", ".tar.Z", ".tar")


def may_be_inner(path: str) -> bool:
    """Whether the path of a member may be that of a packed ctsnap of another archive."""
    return path.endswith(_PACKED) and any(f"{folder}ctsnap." in path for folder in FOLDERS.values())


def octets_of(tree: Tree, wanted: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The content of the files that are wanted by their uris, also of those in ctsnaps that are. Raises Refused."""
    for entry in tree.walk(lambda path: tree.uri(path) in wanted):
        if entry.data is None:
            continue
        uri, data = tree.uri(entry.path), entry.data
        yield uri, data
        if may_be_inner(entry.path):
            yield from octets_of(Packed(partial(io.BytesIO, data), uri), wanted)


def is_in(kind: str, path: str) -> bool:
    """Whether a path below the root is that of a packed ctsnap."""
    folder = FOLDERS.get(kind)
    return folder is not None and path.startswith(f"{folder}ctsnap.") and path.endswith(_PACKED)


def read_inner(tree: Tree, root: str, kind: str, requests: Requests) -> Iterator[Evidence | Notification]:
    """The answers of all ctsnaps in it, and what is to be said of them."""
    report = ReportTree(tree, root)
    for file in report.files(lambda path: is_in(kind, path)) if kind in FOLDERS else ():
        uri = report.uri(file.path)
        try:
            yield from _of(file, uri, requests)
        except Refused as refused:
            yield Notification(f"the ctsnap in it was not read: {refused}", uri)
    yield from report.notes


def _of(file: File, uri: str, requests: Requests) -> Iterator[Evidence | Notification]:
    tree = Packed(lambda: io.BytesIO(file.data), uri)
    found = list(ctsnap.read(ReportTree(tree, ""), {}, requests))
    damage = tree.damage and tree.damage._replace(partial=False)
    for one in found:
        yield one._replace(damage=damage) if damage and isinstance(one, Evidence) else one
    yield from tree.notes
