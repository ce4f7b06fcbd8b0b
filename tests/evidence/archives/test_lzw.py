"""`compress` undone: what it made comes back, what it did not make is refused, and memory stays small.

The writer of `building` was compared with gzip, which reads the format.
"""

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.evidence.archives.lzw import Broken, expanded
from tests.evidence.archives.building import compressed, lzw

CHANCE = random.Random(20261120)
TEXT = (
    b"Subsystem         Group            PID          Status\n ctrmc            rsct             5439966      active\n"
)
CASES = {
    "nothing": b"",
    "one octet": b"x",
    "a run": b"a" * 100_000,
    "text": TEXT * 500,
    "noise": CHANCE.randbytes(100_000),
    "noise in text": TEXT * 100 + CHANCE.randbytes(3000) + TEXT * 100,
}


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.exhaustive
@pytest.mark.parametrize("widest", [10, 12, 16])
@pytest.mark.parametrize("case", CASES)
def test_what_was_compressed_comes_back(case: str, widest: int) -> None:
    packed = compressed(CASES[case], widest)
    assert b"".join(expanded([packed])) == CASES[case]
    assert b"".join(expanded(pieces(packed, 7))) == CASES[case]


def test_a_known_file() -> None:
    # As compress of ncompress 4.2.4.6 writes it.
    packed = bytes.fromhex("1f9d90549e0829f2448a932754020e2ca890a041840a00")
    assert b"".join(expanded([packed])) == b"TOBEORNOTTOBEORTOBEORNOT\n"


@pytest.mark.parametrize("data", [b"", b"\x1f\x9d", b"\x1f\x9e\x90abc", b"\x1f\x9d\xf0abc", b"\x1f\x9d\x91abc"])
def test_other_heads_are_broken(data: bytes) -> None:
    with pytest.raises(Broken):
        list(expanded([data]))


@pytest.mark.parametrize("codes", [b"\x2c\x01\x00", b"a\xfe\x03\x00"])
def test_codes_that_the_table_does_not_have_are_broken(codes: bytes) -> None:
    with pytest.raises(Broken):
        list(expanded([b"\x1f\x9d\x90" + codes]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_octets_end_in_text_or_in_broken(data: bytes) -> None:
    try:
        assert len(b"".join(expanded([b"\x1f\x9d\x90" + data]))) < 100_000
    except Broken:
        pass


def test_an_emptied_table_starts_again() -> None:
    word = sum(code << 9 * at for at, code in enumerate([97, 98, 257, 256]))
    again = sum(code << 9 * at for at, code in enumerate([99, 100, 257]))
    data = b"\x1f\x9d\x90" + word.to_bytes(9, "little") + again.to_bytes(4, "little")
    assert b"".join(expanded([data])) == b"abab" + b"cdcd"


def test_a_long_run_takes_little_memory() -> None:
    packed = lzw([0, *range(257, 257 + 8000)])
    tracemalloc.start()
    size = sum(map(len, expanded([packed])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == sum(range(8002))
    assert peak < size // 5
