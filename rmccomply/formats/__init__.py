"""Formats: how a report is written. One module each, and the table of them all."""

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from rmccomply.report import Style, Writer


class Format(Protocol):
    """What a module of this package is."""

    def writer(self, style: Style) -> Writer:
        """A writer for one report."""


FORMATS: Final[dict[str, str]] = {
    "text": "text",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
}
"""Name on the command line to module; a module is imported when its format is asked for."""


def load(name: str) -> Format:
    """The module of a format."""
    return import_module(f"rmccomply.formats.{FORMATS[name]}")


if TYPE_CHECKING:
    from rmccomply.formats import json, jsonl, sarif, text

    _CHECKED: tuple[Format, ...] = (text, json, jsonl, sarif)
