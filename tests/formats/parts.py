"""The files of a report that is a folder."""

from collections.abc import Iterable
from pathlib import Path

from rmccomply.formats import Frame, load
from rmccomply.report import PARTS, Assessed, Closing, FileName, Run
from rmccomply.words import FOLDERS, FORMATS
from tests.formats.awkward import ASSESSED, CLOSING, PLAIN, RUN


def files(
    items: Iterable[Assessed] = ASSESSED, end: Closing = CLOSING, run: Run = RUN, parts: int = PARTS
) -> dict[str, str]:
    """The files of sarif-github by their names."""
    written, frame = load("sarif-github"), Frame(run, PLAIN, parts)
    assembly = written.assembly(frame)
    found: dict[str, list[str]] = {}
    try:
        assert assembly.begin() == ""
        for item in items:
            assert assembly.add(written.fragment(item, frame)) == ""
        for piece in assembly.end(end):
            if isinstance(piece, FileName):
                pieces = found.setdefault(str(piece), [])
            else:
                pieces.append(piece)
    finally:
        assembly.abandon()
    return {name: "".join(pieces) for name, pieces in found.items()}


STREAMED = tuple(name for name in FORMATS if name not in FOLDERS)
"""Formats that are one text, which may go to standard output."""


def octets_at(place: Path) -> bytes:
    """What a report holds, be it a file or a folder."""
    return b"".join(path.read_bytes() for path in (sorted(place.iterdir()) if place.is_dir() else [place]))
