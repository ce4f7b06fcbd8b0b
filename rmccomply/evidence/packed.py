"""Bundles that are packed by gzip, unpacked within limits of size and of how steeply they were packed."""

import io
import zlib
from typing import Final

from rmccomply.tuples import NamedTuple

_CHUNK: Final = 4096
_GZIP: Final = b"\x1f\x8b"
_HARMLESS: Final = 4 * 1024**2
_STEEPEST: Final = 100
"""How many times its size a packed bundle may hold, once it holds more than `_HARMLESS`; text shrinks to a tenth."""


class PackedFault(NamedTuple):
    """What is wrong with a file's compression or size. `refused`: nothing of it is read."""

    says: str
    refused: bool = False


def uncompressed(data: bytes, most: int) -> tuple[bytes, PackedFault | None]:
    """The content of a gzip file, or the bytes themselves, up to the largest size; and what is wrong with it.

    Of a damaged file that which comes before the damage: the sums of a bundle tell what of it counts.
    """
    if not data.startswith(_GZIP):
        return data, None
    import gzip

    plain = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while len(plain) <= most and (piece := file.read(_CHUNK)):
                plain += piece
                if len(plain) > _HARMLESS and len(plain) > _STEEPEST * len(data):
                    return bytes(plain), PackedFault(
                        f"it holds more than {_STEEPEST} times its size, as no bundle does", True
                    )
    except (OSError, EOFError, zlib.error):
        return bytes(plain), PackedFault("its compressed content is damaged")
    return bytes(plain), None
