"""The checksum of bundles: the CRC of POSIX `cksum`, at the speed of zlib.

POSIX.1-2017, Shell & Utilities, `cksum`: CRC-32 of ISO 8802-3 over the octets followed by their number, least
significant octet first, bits most significant first. zlib computes the same polynomial with the bits of every
octet reversed, so octets are reversed by a table before and the sum after.

    b""           4294967295
    b"123456789"   930766865
"""

import zlib
from typing import Final

_REVERSED: Final = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


def posix_cksum(data: bytes) -> int:
    """The first number that `cksum` prints for these octets."""
    size = len(data)
    length = size.to_bytes((size.bit_length() + 7) // 8, "little")
    reflected = zlib.crc32((data + length).translate(_REVERSED), 0xFFFFFFFF)
    return int.from_bytes(reflected.to_bytes(4, "little").translate(_REVERSED), "big")
