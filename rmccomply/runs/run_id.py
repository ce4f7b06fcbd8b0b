"""The id of a run: SHA-256 over all that its reports are made of, so that equal runs have equal ids.

It is over the release, the policies, the settings and the clock, then over what the inputs gave, in their order: each
target by its label, its labels and the hashes of its files, and what could not be used. Texts are taken as ASCII
literals of Python, which are the same with every release of it.
"""

import hashlib
from collections.abc import Iterable

from rmccomply.errors import InputError
from rmccomply.evidence.model import Notification
from rmccomply.report import Run, TargetCard


def digest_of(card: TargetCard) -> str:
    """What a target adds to the id of its run."""
    files = [(one.uri, one.sha256) for one in card.evidence]
    return hashlib.sha256(_octets((card.id, sorted(card.labels.items()), files))).hexdigest()


class RunId:
    """The id of a run while it goes: what comes is taken, and nothing kept."""

    def __init__(self, run: Run) -> None:
        policies = [(one.id, one.sha256) for one in run.policies]
        rules = [one.id for one in run.rules]
        self._sha = hashlib.sha256(_octets((run.version, run.now, policies, rules, [*map(tuple, run.settings)])))

    def target(self, digest: str, fault: str) -> None:
        """A target that was judged, by its digest, or that could not be."""
        self._take(("target", digest, fault))

    def told(self, said: Notification | InputError) -> None:
        """What is to be said of no target."""
        self._take(("told", str(said)) if isinstance(said, InputError) else ("note", said.text, said.uri, said.line))

    def hex(self) -> str:
        """The id, as of now."""
        return self._sha.hexdigest()

    def _take(self, parts: Iterable[object]) -> None:
        self._sha.update(_octets(tuple(parts)))


def _octets(value: object) -> bytes:
    return f"{value!a}\n".encode("ascii")
