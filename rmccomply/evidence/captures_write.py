"""Writing a folder of captures: a text file for each answer, and a `target.toml` that says which is which.

A folder without its `target.toml` would claim more than it holds, so it is written last, and `whole_folder` lets none
appear that is only a part. The names are those that people give to captures, each once.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import tomli_w

from rmccomply.files import write_private
from rmccomply.tuples import NamedTuple
from rmccomply.words import PLATFORMS
from rmccomply.written.target_file import TARGET_FILE

_LONGEST: Final = 100
Entry = list[str] | dict[str, list[str] | bool]


class Capture(NamedTuple):
    """One answer: what is its file to be called, what was asked, and whether some of it was left out."""

    key: str
    argv: tuple[str, ...]
    octets: bytes
    filtered: bool = False

    @property
    def entry(self) -> Entry:
        """The request as `target.toml` states it."""
        words = list(self.argv)
        return {"request": words, "filtered": True} if self.filtered else words


def write_captures(folder: Path, name: str, platform: str, captures: Iterable[Capture]) -> None:
    """Write the files, and at last `target.toml`. Raises OSError."""
    counts: dict[str, int] = {}
    requests: dict[str, Entry] = {}
    for capture in captures:
        key = capture.key[:_LONGEST].strip(".-") or "answer"
        count = counts[key] = counts.get(key, 0) + 1
        file = f"{key}.txt" if count == 1 else f"{key}-{count}.txt"
        write_private(folder / file, capture.octets)
        requests[file] = capture.entry
    head = {"name": name} if name else {}
    if platform in PLATFORMS:
        head["platform"] = platform
    write_private(folder / TARGET_FILE, tomli_w.dumps({**head, "requests": requests}).encode("utf-8", "replace"))
