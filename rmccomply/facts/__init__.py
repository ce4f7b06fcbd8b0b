"""Facts: one module a source, and the table of them all.

A source is one request and how to read its answer. The table below says which commands and files each module
reads; the modules are imported only when an answer of theirs is asked for. `facts.catalogue` has the other table:
the derived facts that policies speak of.
"""

from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from rmccomply.facts.answer import Answer


class Source(Protocol):
    """What a module of this package is.

    `OPTIONS` are the option words (without dash) that may stand in the file name of a capture. `LISTING`: rows of
    an incomplete answer still prove presence; otherwise an incomplete answer is no answer.
    """

    OPTIONS: frozenset[str]
    LISTING: bool
    RECORD: Any

    def asks(self, argv: tuple[str, ...]) -> bool:
        """Whether this source reads the answer to this request; argv[0] is already known to be its own."""

    def parse(self, answer: "Answer") -> Any:
        """The record of an answer. Raises Unreadable."""


SOURCES: Final[dict[str, tuple[str, ...]]] = {
    "lssrc": ("lssrc",),
}
"""Module to the base names of commands, the paths of files, or `tcp` for probes, that it reads."""


def load(name: str) -> Source:
    """The module of a source."""
    from importlib import import_module

    return import_module(f"rmccomply.facts.{name}")  # type: ignore[return-value]


if TYPE_CHECKING:
    from rmccomply.facts import lssrc

    _CHECKED: tuple[Source, ...] = (lssrc,)
