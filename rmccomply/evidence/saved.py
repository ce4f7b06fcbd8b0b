"""What the programs that save a text make of it: PowerShell's `>` writes UTF-16, editors of Windows a mark in front."""

import codecs
from typing import Final

_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SHARE: Final = 4


def as_utf8(data: bytes) -> bytes:
    """The text in UTF-8 and without a byte order mark; lines keep their numbers. What has no mark stays as it is.

    What commands print is ASCII for the most part, so that about every other octet of it is NUL in UTF-16.
    """
    encoding = _UTF_16.get(data[:2])
    if encoding is None or data.count(0) * _SHARE < len(data):
        return data.removeprefix(codecs.BOM_UTF8)
    return data[2:].decode(encoding, "replace").encode()
