"""What stands in a folder, by `ls`: which files there are, and that there is no other."""

from collections.abc import Iterator, Mapping
from posixpath import join, normpath

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Unread
from rmccomply.sources.table import LISTING
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason


class Unlisted(NamedTuple):
    """Why it is not known what stands in a folder: a clause, a reason, and where."""

    says: str
    reason: Reason
    evidence: tuple[Reference, ...]
    settle: str


class HeldFolder(NamedTuple):
    """The names in a folder, each with its row, and where those lead that are links. `why` is set where others may be
    there; a folder that does not exist has no names. `evidence` is the listing; `empty` are files without an octet.
    """

    path: str
    present: bool
    names: Mapping[str, tuple[Reference, ...]]
    links: Mapping[str, str]
    why: Unlisted | None
    evidence: tuple[Reference, ...]
    empty: frozenset[str] = frozenset()

    def masked(self, name: str) -> bool:
        """Whether a link to nothing, or a file with nothing in it, stands for it."""
        target = self.links.get(name)
        return name in self.empty if target is None else normpath(join(self.path, target)) == "/dev/null"


def folder(facts: Facts, path: str) -> HeldFolder:
    """A folder by the listings that show it, of itself or of what it stands in."""
    names: dict[str, tuple[Reference, ...]] = {}
    links: dict[str, str] = {}
    empty: set[str] = set()
    evidence: tuple[Reference, ...] = ()
    present = whole = False
    for reading in facts.read(LISTING):
        found = reading.record.folder(path)
        if found is None:
            continue
        evidence = evidence or reading.at(found.line) or reading.at(WHOLE)
        present = present or found.present
        whole = whole or (reading.record.whole and not reading.partial)
        for entry in found.entries:
            names.setdefault(entry.name, reading.at(entry.line))
            if entry.target:
                links.setdefault(entry.name, entry.target)
            if entry.empty:
                empty.add(entry.name)
    why = None if whole else _why(facts, path, evidence)
    return HeldFolder(path, present, names, links, why, evidence, frozenset(empty))


def below(facts: Facts, path: str) -> Iterator[HeldFolder]:
    """The folders that deep listings show below a path, in order."""
    paths = {one.path for reading in facts.read(LISTING) for one in reading.record.below(path)}
    return (folder(facts, one) for one in sorted(paths))


def _why(facts: Facts, path: str, evidence: tuple[Reference, ...]) -> Unlisted:
    asking = f"ls -l {path}"
    failed: list[Unread] = [one for one in facts.unread(LISTING) if one.argv[-1].rstrip("/") == path]
    if failed:
        why = f": {failed[0].says}" if failed[0].says else ""
        return Unlisted(f"`{failed[0].name}`{why}", failed[0].reason, failed[0].where(), asking)
    if evidence:
        return Unlisted(f"the listing of {path} may be incomplete", "truncated", evidence, asking)
    return Unlisted(f"`{asking}` was not collected", "not_collected", (), asking)
