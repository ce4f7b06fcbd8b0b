"""A report that is rows of cells, written as targets come, and what its rows share."""

from typing import TYPE_CHECKING

from rmccomply.formats._cells import MARK, row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rmccomply.evidence.model import Reference
    from rmccomply.report import Closing


class SheetAssembly:
    """The rows of all targets below the names of their columns: what comes is passed on, and nothing kept."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._columns = columns

    def begin(self) -> str:
        return MARK + row(self._columns)

    def add(self, fragment: str) -> str:
        return fragment

    def end(self, closing: "Closing") -> "Iterator[str]":
        return iter(())

    def abandon(self) -> None:
        pass


def labels_of(labels: "Mapping[str, str]") -> str:
    """Labels in one cell."""
    return "; ".join(f"{name}={value}" for name, value in sorted(labels.items()))


def place_of(evidence: "tuple[Reference, ...]") -> str:
    """The first line that proves something, as text names it."""
    return f"{evidence[0].uri}:{evidence[0].start_line}" if evidence else ""
