"""Others: what the inputs of `--against` hold, with which an image is compared.

A target knows nothing of any other, but an image that carries the node ID of another one does harm to both. So what
others hold of it is read once a run, and goes with each target as a value.
"""

from collections.abc import Collection

from rmccomply.evidence.model import Artifact, Reference
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason


class HeldId(NamedTuple):
    """A node ID as 16 digits, where it stands in words (`/etc/ct_node_id holds 5f3c...`), and its line."""

    value: str
    says: str
    evidence: tuple[Reference, ...]


class HeldIds(NamedTuple):
    """The node IDs of one system. `unread` says why there may be others, or which file holds none; empty where all are
    known."""

    ids: tuple[HeldId, ...] = ()
    unread: str = ""
    reason: Reason = "inconclusive"
    evidence: tuple[Reference, ...] = ()


class Other(NamedTuple):
    """An input of `--against`: its label, its uri, what it holds, and the digests of its files.

    `itself`: it is the evidence of the target that it is compared with, octet for octet, and so no other one.
    """

    label: str
    uri: str
    held: HeldIds
    digests: frozenset[str] = frozenset()
    itself: bool = False


Others = tuple[Other, ...] | None
"""Those of a run; None where `--against` names none."""


def digests_of(files: Collection[Artifact]) -> frozenset[str]:
    """What tells the evidence of one system from that of any other."""
    return frozenset(one.sha256 for one in files)


def beside(others: Others, files: Collection[Artifact]) -> Others:
    """The others as those of the target that these files are the evidence of."""
    digests = digests_of(files)
    if not others or not digests:
        return others
    return tuple(one._replace(itself=True) if one.digests == digests else one for one in others)
