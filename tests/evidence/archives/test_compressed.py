"""Compression undone: the content, all of it or a word why not, in bounded time and memory."""

import bz2
import io
import lzma
import random
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from rmccomply.evidence.archives import compressed as module
from rmccomply.evidence.archives.compressed import Octets, Refused, Unsound
from tests.evidence.archives.building import COMPRESSIONS, SUMMED, gzipped

CONTENT = random.Random(20261120).randbytes(3000).hex().encode() * 100
ZEROS = 24 * 1024**2


def everything(data: bytes, step: int = 10_000) -> bytes:
    octets = Octets(io.BytesIO(data))
    return b"".join(iter(lambda: octets.read(step), b""))


@pytest.mark.exhaustive
@pytest.mark.parametrize("step", [1000, 10_000_000])
@pytest.mark.parametrize("form", COMPRESSIONS)
def test_the_content_comes_back(form: str, step: int) -> None:
    data = COMPRESSIONS[form](CONTENT)
    assert everything(data, step) == CONTENT
    assert Octets(io.BytesIO(data)).summed == (form in SUMMED)


@pytest.mark.parametrize("form", COMPRESSIONS)
def test_reading_and_skipping_keep_their_place(form: str) -> None:
    octets = Octets(io.BytesIO(COMPRESSIONS[form](CONTENT)))
    assert octets.read(10) == CONTENT[:10]
    assert octets.skip(299_990) == 299_990
    assert octets.read(5) == CONTENT[300_000:300_005]
    assert octets.skip(0) == 0
    assert octets.skip(len(CONTENT)) == len(CONTENT) - 300_005
    assert octets.read(1) == b""


@pytest.mark.parametrize("make", [gzipped, bz2.compress, lzma.compress])
def test_streams_one_after_the_other_and_padding(make: Callable[[bytes], bytes]) -> None:
    assert everything(make(b"one") + make(b"two")) == b"onetwo"
    assert everything(make(b"one") + b"\0" * 512) == b"one"
    assert everything(make(b"one") + b"logout\n") == b"one"


@pytest.mark.parametrize("form", SUMMED)
def test_a_stream_that_is_cut_says_so(form: str) -> None:
    data = COMPRESSIONS[form](CONTENT)
    for size in (len(data) // 2, len(data) - 1, 20):
        with pytest.raises(Unsound, match="is cut") as raised:
            everything(data[:size])
        assert raised.value.cut


@pytest.mark.parametrize("form", SUMMED)
def test_another_octet_anywhere_changes_nothing_or_is_found(form: str) -> None:
    data = COMPRESSIONS[form](CONTENT[:20_000])
    found = 0
    for at in range(0, len(data), 7):
        damaged = data[:at] + bytes((data[at] ^ 16,)) + data[at + 1 :]
        try:
            assert everything(damaged) in (CONTENT[:20_000], damaged)
        except (Unsound, Refused):
            found += 1
    assert found > len(data) // 7 - 10


def test_the_sum_is_looked_at_even_where_nobody_reads_to_the_end() -> None:
    data = gzipped(CONTENT)[:-8] + b"\0" * 8
    octets = Octets(io.BytesIO(data))
    assert octets.read(100) == CONTENT[:100]
    with pytest.raises(Unsound, match="damaged"):
        octets.finish()


@pytest.mark.parametrize("form", SUMMED)
def test_a_bomb_is_refused_before_it_grows(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(module, "HARMLESS", ZEROS - 1_000_000)
    data = COMPRESSIONS[form](bytes(ZEROS))
    assert len(data) < ZEROS // module.STEEPEST
    tracemalloc.start()
    with pytest.raises(Refused, match="times its size"):
        Octets(io.BytesIO(data)).finish()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < ZEROS // 2


def test_a_file_that_is_larger_than_any_archive_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100_000)
    with pytest.raises(Refused, match="more than 100000 bytes"):
        everything(CONTENT)


def test_a_dictionary_that_takes_too_much_memory_is_refused() -> None:
    head = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 4096}])
    # The dictionary's size is one octet of the header, behind which stands the header's own sum.
    at = head.index(b"\x21\x01") + 2
    header = head[12 : 12 + (head[12] + 1) * 4 - 4]
    greedy = header[: at - 12] + b"\x28" + header[at - 11 :]
    data = head[:12] + greedy + zlib.crc32(greedy).to_bytes(4, "little") + head[12 + len(header) + 4 :]
    with pytest.raises(Refused, match="of memory"):
        everything(data)
