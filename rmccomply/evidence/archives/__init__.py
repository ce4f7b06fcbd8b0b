"""Archives that people already have: sosreport, SUSE supportconfig, AIX snap and ctsnap, packed or unpacked.

This table says what each is known by, and can be asked without loading a reader. `kinds` has the other table: the
module that reads each. Marks are patterns below the root of a report; the one nearest the root of the archive counts.
"""

import zlib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

MARKS: Final[dict[str, tuple[str, ...]]] = {
    "sosreport": ("sos_commands/*", "sos_reports/sos.*"),
    "supportconfig": ("basic-environment.txt",),
    "snap": ("general/general.snap",),
    "ctsnap": ("ctsnap.*.log", "ctsnap.*/*"),
}
"""Kind to what it is known by, the surest first. `sos collect` leaves `sos_reports/manifest.json` beside sosreports."""

_GZIP: Final = b"\x1f\x8b"
COMPRESSED: Final = (_GZIP, b"BZh", b"\xfd7zXZ\0", b"\x1f\x9d")
"""How a file begins that gzip, bzip2, xz and compress made."""
ENCRYPTED: Final = "gpg"
_OTHERS: Final[dict[bytes, str]] = {
    b"PK\x03\x04": "zip",
    b"070701": "cpio",
    b"070702": "cpio",
    b"070707": "cpio",
    b"\xc7\x71": "cpio",
    b"!<arch>\n": "ar",
    b"<bigaf>\n": "ar",
    b"\x09\x00\x6b\xea": "AIX backup",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    **dict.fromkeys(
        (
            *(b"\x8c\x0d\x04", b"\x84\x5e\x03", b"\x85\x01\x0c\x03", b"\x85\x01\x8c\x03", b"\x85\x02\x0c\x03"),
            b"-----BEGIN PGP MESSAGE-----",
        ),
        ENCRYPTED,
    ),
}
_BLOCK: Final = 512
_SUM: Final = slice(148, 156)
_PARTS: Final = tuple((kind, tuple(pattern.split("/"))) for kind, patterns in MARKS.items() for pattern in patterns)


def is_tar(start: bytes) -> bool:
    """Whether the first block is the header of a member of a tar archive: its sum is right."""
    block = start[:_BLOCK]
    digits = block[_SUM].strip(b" \0")
    if len(block) < _BLOCK or not digits.isdigit() or digits.strip(b"01234567"):
        return False
    return int(digits, 8) == sum(block) - sum(block[_SUM]) + 8 * ord(" ")


def is_archive(start: bytes) -> bool:
    """Whether a file that begins so may be a support archive; a compressed bundle is none."""
    if not start.startswith(COMPRESSED):
        return is_tar(start)
    if not start.startswith(_GZIP):
        return True
    try:
        return is_tar(zlib.decompressobj(31).decompress(start, _BLOCK))
    except zlib.error:
        return False


def other_form(start: bytes) -> str:
    """The name of an archive's form that is not read; empty for all else."""
    return next((name for magic, name in _OTHERS.items() if start.startswith(magic)), "")


def marks_in(parts: Sequence[str]) -> Iterator[str]:
    """The kinds that a path marks, given its parts below what would be the root."""
    for kind, pattern in _PARTS:
        if len(parts) >= len(pattern) and _matches(parts, pattern):
            yield kind


def _matches(parts: Sequence[str], pattern: tuple[str, ...]) -> bool:
    if pattern[-1] != "*" and len(parts) != len(pattern):
        return False
    return all(want in (part, "*") or ("*" in want and fnmatchcase(part, want)) for part, want in zip(parts, pattern))  # noqa: B905  the rest of a path is of no account


def kind_of_folder(folder: Path) -> str | None:
    """The kind of archive that was unpacked into a folder; None for any other folder. Raises OSError."""
    for kind, patterns in MARKS.items():
        if any(_is_marked(path, pattern) for pattern in patterns for path in folder.glob(pattern)):
            return kind
    return None


def _is_marked(path: Path, pattern: str) -> bool:
    """Whether there is a file, or a folder where what lies deeper marks too."""
    return not path.is_symlink() and (path.is_file() or (pattern.endswith("/*") and path.is_dir()))
