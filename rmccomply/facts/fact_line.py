"""A line of the catalogue of facts."""

from typing import Literal

from rmccomply.tuples import NamedTuple
from rmccomply.words import PLATFORMS

FactType = Literal["word", "version", "number", "list", "text"]


class FactLine(NamedTuple):
    """A line of the catalogue. `words` are all values that a word can take; `unit` is of numbers. A text is told in
    reports, and no check compares it.

    `platforms` are those where the fact can have a value; elsewhere it does not apply or cannot be told. `reads` are
    the sources and the other facts (their names have a dot) that its function asks for.
    """

    type: FactType
    title: str
    doc: str
    words: tuple[str, ...] = ()
    unit: str = ""
    platforms: tuple[str, ...] = PLATFORMS
    reads: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    """All that entries of a list can be about, where they are kinds and no names of the system's own."""
