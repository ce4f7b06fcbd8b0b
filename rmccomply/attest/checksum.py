"""The file of checksums that stands beside an image, as `sha256sum` writes it, also with `--tag`: what it says of one
file. Power Virtual Server asks for one beside each image that is imported.

The form: 64 hexadecimal digits, a blank, a blank or `*`, the name. Where a name has a line end or a backslash, these
are escaped by a backslash, and the line begins with one (https://www.gnu.org/software/coreutils/sha256sum).
"""

import re
from pathlib import PurePosixPath
from typing import Final

_PLAIN: Final = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)")
_TAGGED: Final = re.compile(r"(\\?)SHA256 \((.+)\) = ([0-9a-fA-F]{64})")
_ESCAPED: Final = {r"\\": "\\", r"\n": "\n", r"\r": "\r"}


class Unnamed(ValueError):
    """A file of checksums is about other files."""


def digest_for(text: str, name: str) -> str:
    """The SHA-256 that a file of checksums has for a name. Raises ValueError where it has none, or several."""
    found = {digest.lower() for digest, one in map(_entry, filter(None, text.split("\n"))) if one == name}
    if not found:
        raise Unnamed(f"does not name {name}")
    if len(found) > 1:
        raise ValueError(f"has several checksums for {name}")
    return found.pop()


def _entry(line: str) -> tuple[str, str]:
    """A digest and the name without folders. Raises ValueError."""
    line = line.removesuffix("\r")
    if found := _PLAIN.fullmatch(line):
        mark, digest, name = found.groups()
    elif found := _TAGGED.fullmatch(line):
        mark, name, digest = found.groups()
    else:
        raise ValueError("is not a file as sha256sum writes it: DIGEST, two blanks, NAME")
    if mark:
        name = re.sub(r"\\[\\nr]", lambda escape: _ESCAPED[escape[0]], name)
    return digest, PurePosixPath(name).name
