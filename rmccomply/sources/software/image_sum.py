"""The digest of an image file: `sha256sum FILE` before the root that it holds was read, `sha256sum -- FILE` after it.

sha256sum(1) of GNU, busybox and toybox; 64 digits, two blanks, the name; `*` stands for the second blank where the
file is read as binary, and `\\` stands before the digits where the name has a line feed or a backslash.

    0f9c8c5d6f0b2e3f6d0e0d8e4a4b6a1d2b3c4d5e6f708192a3b4c5d6e7f80912  /srv/build/rhel9.raw

Equal answers to equal requests are one answer, so the second request is spelled otherwise. Empty is never an answer,
and one digest proves nothing of what was read between: the fact wants both.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import only_line

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_AFTER: Final = ("--",)
_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@record(frozen=True, slots=True)
class ImageSum:
    """The digest of a file in hexadecimal digits; `after` that what the file holds was read."""

    path: str
    sha256: str
    after: bool
    line: Line


RECORD: Final = ImageSum


def asks(argv: tuple[str, ...]) -> bool:
    """One file."""
    return len(argv) in (2, 3) and not argv[-1].startswith("-") and argv[1:-1] in ((), _AFTER)


def parse(answer: Answer) -> ImageSum:
    """Read a digest. Raises Unreadable: `failed`, `empty`, `unparsable` for any other text, and for another file."""
    text, line = only_line(answer, "sha256sum")
    found = _LINE.fullmatch(text)
    if found is None or found[2] != answer.argv[-1]:
        raise Unreadable("unparsable", f"sha256sum prints a digest and the name of the file, not `{text}`", line)
    return ImageSum(found[2], found[1], answer.argv[1:-1] == _AFTER, line)
