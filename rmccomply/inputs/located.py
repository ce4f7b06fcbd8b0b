"""Located: an input by its place, before it is read, and the names that its targets may bear.

A host writes its own name into its evidence, so it can write another's. The label of a target is its name where that is
its own alone; else its place tells it apart: `lpar7 (site2/lpar7.rmcc)`.

No two targets of a run have one label. Places are uris, in which there is neither a blank nor `(` nor `#`, and a place
that is there twice has its turn, so labels with a place differ. A name that nobody foresaw, or that ends as such a
label of this run does, is nobody's own.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final, Literal

from rmccomply.errors import InputError
from rmccomply.evidence.model import Notification
from rmccomply.tuples import NamedTuple

_TURN: Final = re.compile(r"#[0-9]+$")
_LINE: Final = re.compile(r":[0-9]+$")


class Located(NamedTuple):
    """An input, or what there is to tell instead of one (`told`).

    `path` is as the walk found it, `uri` relative to the root of the run, `fallback` what a target of it is called that
    cannot be read. `data` is what came on standard input; None: it did not come, and `fault` says why. `own` are the
    names that no other target of the run bears; None: it has the only target. `turn` is how many inputs of this place
    came before.
    """

    kind: Literal["stdin", "file", "captures", "archive", "told"]
    path: str = ""
    uri: str = ""
    fallback: str = ""
    named: bool = False
    data: bytes | None = None
    fault: str = ""
    told: Notification | InputError | None = None
    own: Collection[str] | None = None
    turn: int = 0


class Claims(NamedTuple):
    """The names of an input's targets, empty where one could not be told, and where its one target stands.

    `documents`: it holds facts documents, which may be several, and which their places name where they cannot be read.
    """

    names: Sequence[str] = ()
    place: str = ""
    documents: bool = False


def in_turn(label: str, turn: int) -> str:
    """The label of the input that came after so many of the same place."""
    return f"{label}#{turn + 1}" if turn else label


def label_for(name: str, place: str, own: Collection[str] | None, turn: int = 0) -> str:
    """The label of a target of this name, at this place.

    >>> label_for("lpar7", "a.rmcc", {"lpar7"}), label_for("lpar7", "b.rmcc", ())
    ('lpar7', 'lpar7 (b.rmcc)')
    """
    return name if own is None or name in own else in_turn(f"{name} ({place})", turn)


class LabelsOf:
    """The labels of the targets of one input, in their order. A name that was foreseen once is given once."""

    def __init__(self, one: Located) -> None:
        self._own, self._turn = one.own, one.turn
        self._given: set[str] = set()

    def label(self, name: str, place: str) -> str:
        """The label of its next target, which has this name and stands at this place."""
        label, turn = label_for(name, place, self._own, self._turn), self._turn
        while label in self._given:
            label = in_turn(f"{name} ({place})", turn)
            turn += 1
        self._given.add(label)
        return label


def with_names(inputs: Sequence[Located], claims: Sequence[Claims]) -> Iterator[Located]:
    """The inputs with the names that are their own. `claims` are those of the inputs that are not told, in order."""
    read = [one for one in inputs if one.kind != "told"]
    if len(read) == 1 and len(claims[0].names) <= 1:
        yield from inputs
        return
    names = _Names(read, claims)
    turns: dict[str, int] = {}
    waiting = iter(claims)
    for one in inputs:
        if one.kind == "told":
            yield one
            continue
        claim = next(waiting)
        place = claim.place or one.uri
        turns[place] = turn = turns.get(place, -1) + 1
        yield one._replace(own=names.own(one, claim), turn=turn)


class _Names:
    """Which names of a run are borne by one target alone."""

    def __init__(self, read: Sequence[Located], claims: Sequence[Claims]) -> None:
        pairs = list(zip(read, claims, strict=True))
        self._claimed = Counter(name for claim in claims for name in claim.names)
        self._fallbacks = Counter(one.fallback for one in read)
        self._uris = Counter(one.uri for one in read)
        self._places = {claim.place for claim in claims}.union(self._uris)
        self._documents = {one.uri for one, claim in pairs if claim.documents}

    def own(self, one: Located, claim: Claims) -> Collection[str]:
        """The names that a target of this input may bear as they are."""
        only = len(claim.names) < 2
        own = [name for name in claim.names if self._is_own(name, one, only)]
        fallback = one.fallback
        if fallback not in self._claimed and self._fallbacks[fallback] == 1 and not self._reads_as_label(fallback):
            own.append(fallback)
        return tuple(own) if only else frozenset(own)

    def _is_own(self, name: str, one: Located, only: bool) -> bool:
        if not name or self._claimed[name] > 1 or (name == one.fallback and not only):
            return False
        is_its_file = only and name == one.uri and self._uris[name] == 1
        return is_its_file or not self._reads_as_label(name)

    def _reads_as_label(self, name: str) -> bool:
        """Whether another target of the run may get this for its label: one that its place tells apart, or a facts
        document that cannot be read, which is called by its place."""
        plain = _TURN.sub("", name)
        _, mark, place = plain.rpartition(" (")
        told_apart = mark and place.endswith(")") and self._is_place(place[:-1])
        return bool(told_apart) or self._is_of_documents(plain)

    def _is_place(self, text: str) -> bool:
        return text in self._places or self._is_of_documents(text)

    def _is_of_documents(self, text: str) -> bool:
        return text in self._documents or _LINE.sub("", text) in self._documents
