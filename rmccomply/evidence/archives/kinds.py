"""The kinds of support archive, and what an archive of any kind becomes: one target, with honest gaps.

Nothing counts in an archive whose compression is damaged. What an archive answers, and which requests it holds no
answer to, stands in two notes of the target.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from rmccomply.evidence.archives import ctsnap, marks_in, snap, sosreport, supportconfig
from rmccomply.evidence.archives.answers import About
from rmccomply.evidence.archives.compressed import Refused
from rmccomply.evidence.archives.inner import may_be_inner, octets_of, read_inner
from rmccomply.evidence.archives.tree import File, Packed, ReportTree, Tree, Unpacked
from rmccomply.evidence.entry import entered
from rmccomply.evidence.model import Artifact, Bundle, Due, Evidence, Notification, Requests
from rmccomply.evidence.redact import redact
from rmccomply.guarded import LIMITS
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

_DEEPEST: Final = 4
_MOST_INDEXES: Final = 64
_MOST_BYTES: Final = 64 * 1024**2
_MOST_OCTETS: Final = 256 * 1024**2
_MOST_LINES: Final = 2_000_000
_ARCHIVES: Final = (".tar", ".gz", ".xz", ".bz2", ".tgz", ".txz", ".tbz", ".Z")
_ENDINGS: Final = (*_ARCHIVES, ".pax")


class Reader(Protocol):
    """What a module of this package that reads a kind is.

    `INDEX` are files that tell of the others, `HOLDS` the requests that its tool is known to ask.
    """

    INDEX: tuple[str, ...]
    TITLE: str
    PLATFORM: str
    HOLDS: tuple[str, ...]

    def about(self, index: Mapping[str, File]) -> About:
        """What the archive says of itself."""

    def read(
        self, report: ReportTree, index: Mapping[str, File], requests: Requests
    ) -> Iterator[Evidence | Notification]:
        """The answers that it holds, and what is to be said of them."""


KINDS: Final[dict[str, Reader]] = {
    "sosreport": sosreport,
    "supportconfig": supportconfig,
    "snap": snap,
    "ctsnap": ctsnap,
}


class Held(NamedTuple):
    """What an archive turned out to hold. `lacks` are the requests without an answer."""

    kind: str
    title: str
    bundle: Bundle
    answers: tuple[str, ...]
    lacks: tuple[str, ...]
    tree: Tree

    def octets(self) -> dict[str, bytes]:
        """The files that answers stand in, by uri, read once more. Raises Refused."""
        uris = {item.uri for item in self.bundle.evidence}
        wanted = uris | {uri.rpartition("!/")[0] for uri in uris}
        found: dict[str, bytes] = {}
        size = 0
        for uri, data in octets_of(self.tree, wanted):
            size += len(data)
            if size > _MOST_OCTETS:
                raise Refused(f"the files that its answers stand in have more than {_MOST_OCTETS} bytes")
            found[uri] = data
        return found


class _Found(NamedTuple):
    kind: str
    root: str
    files: dict[str, File]
    inner: bool


def read_packed(
    opened: Callable[[], BinaryIO], uri: str, name: str, requests: Requests, members: int = LIMITS.members
) -> Held:
    """Read an archive in one file, which is opened twice or more. Raises Refused."""
    tree = Packed(opened, uri, members)
    return _read(tree, _survey(tree, name), _stem(name), requests)


def read_unpacked(
    folder: Path, uri_of: Callable[[Path], str], requests: Requests, members: int = LIMITS.members
) -> Held:
    """Read an archive that was unpacked into a folder. Raises Refused."""
    tree = Unpacked(folder, uri_of, members)
    name = folder.resolve().name
    return _read(tree, _survey(tree, name), name, requests)


def name_of(tree: Tree, name: str) -> str:
    """The name that an archive gives its host; empty where its index files do not tell it. Raises Refused."""
    found = _survey(tree, name)
    return redact(KINDS[found.kind].about(found.files).name)


def _stem(name: str) -> str:
    shorter = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name)
    return shorter if shorter in (name, "") else _stem(shorter)


def _survey(tree: Tree, name: str) -> _Found:
    """What kind of archive it is, and where its root is. Raises Refused for none, and for several of one kind."""
    roots: dict[tuple[int, str], set[str]] = {}
    indexes = {path for reader in KINDS.values() for path in reader.INDEX}
    index: dict[str, File] = {}
    archives, inner = 0, False

    def wanted(path: str) -> bool:
        room = len(index) < _MOST_INDEXES and sum(len(file.data) for file in index.values()) < _MOST_BYTES
        return room and any(f"/{path}".endswith(f"/{one}") for one in indexes)

    for entry in tree.walk(wanted):
        if entry.kind == "file":
            archives += entry.path.endswith(_ARCHIVES)
            inner = inner or may_be_inner(entry.path)
            for depth, kind, root in _marked(entry.path):
                roots.setdefault((depth, kind), set()).add(root)
            if entry.data is not None:
                cut = entry.cut or entry.path in index
                index[entry.path] = File(entry.path, entry.data, cut)
    kind, root = _nearest(tree, roots, name, archives)
    below = f"{root}/" if root else ""
    own = {path[len(below) :]: file for path, file in index.items() if path.startswith(below)}
    return _Found(kind, root, {path: file for path, file in own.items() if path in KINDS[kind].INDEX}, inner)


def _marked(path: str) -> Iterator[tuple[int, str, str]]:
    parts = path.split("/")
    for depth in range(min(len(parts), _DEEPEST)):
        for kind in marks_in(parts[depth:]):
            yield depth, kind, "/".join(parts[:depth])


def _nearest(tree: Tree, roots: Mapping[tuple[int, str], set[str]], name: str, archives: int) -> tuple[str, str]:
    order = list(KINDS)
    for (_, kind), found in sorted(roots.items(), key=lambda item: (item[0][0], order.index(item[0][1]))):
        if len(found) > 1:
            names = ", ".join(sorted(found)[:3])
            raise Refused(f"it holds more than one {KINDS[kind].TITLE} ({names}): unpack it and name them one by one")
        return kind, next(iter(found))
    if tree.damage is not None:
        raise Refused(tree.damage.says)
    if name.startswith("ctsnap."):
        return "ctsnap", ""
    more = "; archives inside it are not opened: unpack it and name its folder" if archives else ""
    raise Refused(f"it is an archive, but not a {', '.join(reader.TITLE for reader in KINDS.values())}{more}")


def _read(tree: Tree, found: _Found, fallback: str, requests: Requests) -> Held:
    reader = KINDS[found.kind]
    about = reader.about(found.files)
    report = ReportTree(tree, found.root, fallback)
    inner = read_inner(tree, found.root, found.kind, requests) if found.inner else ()
    evidence, notes = _taken(chain(reader.read(report, found.files, requests), inner))
    if tree.damage is not None:
        evidence = [item._replace(damage=tree.damage._replace(partial=False)) for item in evidence]
    title = redact(f"{reader.TITLE} {about.version}".strip())
    bundle = entered(
        Bundle(
            (*tree.artifacts(), *_artifacts(evidence, report, found)),
            tuple(evidence),
            about.name,
            fallback,
            about.platform,
            about.collected,
            {"origin": found.kind},
            notifications=(*tree.notes, *notes),
        )
    )
    evidence = list(bundle.evidence)
    answers = tuple(sorted({item.request for item in evidence if item.damage is None or item.damage.partial}))
    lacks = tuple(_lacking(evidence, requests, requests.due(about.platform or reader.PLATFORM)))
    told = _told(title, answers, lacks, tuple(map(redact, about.says)), tree.uri(found.root))
    bundle = bundle._replace(notifications=(*told, *bundle.notifications))
    return Held(found.kind, title, bundle, answers, lacks, tree)


def _taken(found: Iterable[Evidence | Notification]) -> tuple[list[Evidence], list[Notification]]:
    """Answers and notes apart. Raises Refused for more than any report holds."""
    evidence: list[Evidence] = []
    notes: list[Notification] = []
    size = lines = 0
    for one in found:
        if isinstance(one, Notification):
            notes.append(one)
            continue
        evidence.append(one)
        size += one.out.size
        lines += len(one.out.lines)
        if size > _MOST_BYTES or lines > _MOST_LINES:
            raise Refused(f"its answers have more than {_MOST_BYTES} bytes or {_MOST_LINES} lines")
    return evidence, notes


def _lacking(evidence: Iterable[Evidence], requests: Requests, due: Iterable[Due]) -> Iterator[str]:
    usable = [item for item in evidence if item.damage is None or item.damage.partial]
    answered = {item.argv[0] if item.kind == "file" else requests.source(item.kind, item.argv) for item in usable}
    yield from (one.request for one in due if answered.isdisjoint(one.any_of))


def _artifacts(evidence: Iterable[Evidence], report: ReportTree, found: _Found) -> Iterator[Artifact]:
    """The files that answers stand in."""
    sums = report.sums | {report.uri(path): file.sha256 for path, file in found.files.items()}
    yield from (Artifact(uri, sums[uri]) for uri in sorted({item.uri for item in evidence} & set(sums)))


def _told(
    title: str, answers: tuple[str, ...], lacks: tuple[str, ...], says: tuple[str, ...], uri: str
) -> Iterator[Notification]:
    texts = [f"it is {'an' if title[0] in 'AEIO' else 'a'} {title}", *says]
    texts.append(
        f"it answers {counted(len(answers), 'request')}: {', '.join(answers)}" if answers else "it answers no request"
    )
    if lacks:
        texts.append(f"it does not answer {', '.join(lacks)}: what needs one of them is unknown")
    yield from (Notification(text, uri, level="note") for text in texts)
