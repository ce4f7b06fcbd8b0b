"""The CRC of POSIX `cksum`: its vectors, and the utility itself where it is installed."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.evidence.cksum import posix_cksum

UTILITY = shutil.which("cksum")


@pytest.mark.parametrize(
    ("data", "crc"),
    [
        (b"", 4294967295),
        (b"123456789", 930766865),
        (b"\0", 4215202376),
        (b"%done 0 head sum=-\n", 1111692266),
        (b"a" * 256, 3916537103),
        (bytes(range(256)) * 257, 1222243855),
    ],
)
def test_vectors(data: bytes, crc: int) -> None:
    assert posix_cksum(data) == crc


def slow_cksum(data: bytes) -> int:
    """POSIX's own definition, bit by bit."""
    size, crc = len(data), 0
    length = size.to_bytes((size.bit_length() + 7) // 8, "little")
    for octet in data + length:
        crc ^= octet << 24
        for _ in range(8):
            crc = (crc << 1) ^ (0x104C11DB7 if crc & 0x80000000 else 0)
    return crc ^ 0xFFFFFFFF


@given(st.binary(max_size=600))
def test_the_definition(data: bytes) -> None:
    assert posix_cksum(data) == slow_cksum(data)


@pytest.mark.skipif(UTILITY is None, reason="there is no cksum utility here")
@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=70_000))
def test_the_utility(data: bytes) -> None:
    done = subprocess.run([UTILITY or ""], input=data, stdout=subprocess.PIPE, check=True)
    assert posix_cksum(data) == int(done.stdout.split()[0])
