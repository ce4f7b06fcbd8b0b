"""Formats: how a report is written. One module each, and the table of them all.

A format has two halves. `fragment` makes of one target all that the report says of it, and may do so in another
process, since what it gives holds nothing but text and numbers. `assembly` puts fragments together in the order of
the targets, in memory that does not grow with them.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol, TypeVar

from rmccomply.report import PARTS, Assessed, Closing, Run, Style
from rmccomply.tuples import NamedTuple
from rmccomply.words import FORMATS

F = TypeVar("F")
G = TypeVar("G", contravariant=True)


class Frame(NamedTuple):
    """What every part of a report is written under; `parts` are the files of a report that is a folder."""

    run: Run
    style: Style
    parts: int = PARTS


class Assembly(Protocol[G]):
    """A report in the making. All but `abandon` raise OutputError where a temporary file cannot be used."""

    def begin(self) -> str:
        """The text before the first target."""

    def add(self, fragment: G) -> str:
        """The next piece of the text; empty where all comes at the end."""

    def end(self, closing: Closing) -> Iterator[str]:
        """The rest of the text, in pieces; where a report is a folder, each file behind its `FileName`."""

    def abandon(self) -> None:
        """Free what is kept; it may be called more than once, and after the end."""


class Format(Protocol[F]):
    """What a module of this package is; F is what it makes of one target: strings, numbers and tuples of them."""

    def fragment(self, item: Assessed, frame: Frame) -> F:
        """All that the report says of a target. The same is made of the same, whatever was made before."""

    def assembly(self, frame: Frame) -> Assembly[F]:
        """A report that takes the fragments of this format, in the order of their targets."""


def load(name: str) -> Format[object]:
    """The module of a format. Raises KeyError for a name that is none of FORMATS.

    What its fragments are is its own affair: whoever loads it hands them to an assembly of it and looks at none.
    """
    if name not in FORMATS:
        raise KeyError(name)
    return import_module(f"rmccomply.formats.{name.replace('-', '_')}")


def write_whole(name: str, frame: Frame, items: Iterable[Assessed], closing: Closing) -> str:
    """A report as one text. Raises OutputError where a temporary file cannot be used."""
    return whole(load(name), frame, items, closing)


def whole(written: Format[F], frame: Frame, items: Iterable[Assessed], closing: Closing) -> str:
    """A report as one text, in a format that is at hand. Raises OutputError where a temporary file cannot be used."""
    assembly = written.assembly(frame)
    try:
        pieces = [assembly.begin(), *(assembly.add(written.fragment(item, frame)) for item in items)]
        return "".join([*pieces, *assembly.end(closing)])
    finally:
        assembly.abandon()
