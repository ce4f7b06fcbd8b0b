"""What comes, in whatever pieces it comes."""

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.collect import arrival
from rmccomply.collect.arrival import Arrival
from rmccomply.evidence.bundle import read_bundle
from tests.hosts.building import bundle, command, healthy_aix

BUNDLE = bundle(healthy_aix())


def arrived(*pieces: bytes) -> tuple[Arrival, bytes]:
    file = io.BytesIO()
    found = Arrival(file)
    for piece in pieces:
        found.take(piece)
    return found, file.getvalue()


@given(st.lists(st.integers(0, len(BUNDLE)), max_size=20))
def test_a_bundle_in_pieces_is_a_whole_bundle(cuts: list[int]) -> None:
    ends = [0, *sorted(cuts), len(BUNDLE)]
    pieces = [BUNDLE[a:b] for a, b in pairwise(ends)]
    found, data = arrived(*pieces)
    assert (found.magic, found.whole, data) == (True, True, BUNDLE)


@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 50))
def test_a_bundle_that_was_cut_is_never_whole(size: int, step: int) -> None:
    cut = BUNDLE[:size]
    found, _ = arrived(*(cut[at : at + step] for at in range(0, len(cut), step)))
    assert not found.whole
    assert found.begun is (size > 0)


@pytest.mark.parametrize("before", [b"", b"Last login: today\n", b"Last login: today\r\n\r\n", b"x" * 5000 + b"\n"])
def test_a_banner_before_it_and_crlf_do_not_matter(before: bytes) -> None:
    for data in (BUNDLE, BUNDLE.replace(b"\n", b"\r\n")):
        for step in (1, 7, len(data)):
            found, _ = arrived(before, *(data[at : at + step] for at in range(0, len(data), step)))
            assert (found.magic, found.whole) == (True, True)


@pytest.mark.parametrize("text", [b"no bundle\n", b"x%rmccomply-evidence 1\n%end sections=0\n", b"%end sections=0\n"])
def test_what_is_none_is_none(text: bytes) -> None:
    found, _ = arrived(text)
    assert (found.begun, found.magic, found.whole) == (True, False, False)


def test_an_answer_cannot_end_a_bundle() -> None:
    data = bundle([command("lssrc -a", "%end sections=1 utc=x sum=-\n%done 1 x\n")])
    found, _ = arrived(data[: data.index(b"%err")])
    assert not found.whole
    assert read_bundle(data, "x").notifications == ()


def test_more_than_a_bundle_can_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "LARGEST", 100)
    assert not arrived(b"x" * 100)[0].full
    assert arrived(b"x" * 101)[0].full


def test_the_last_line_of_what_is_no_bundle_is_heard() -> None:
    arrival = Arrival(io.BytesIO())
    arrival.take(b"Welcome.\nThis account is currently ")
    arrival.take(b"not available.\n\n")
    heard = arrival.heard
    arrival.take(b"%rmccomply-evidence 1\n")
    assert (heard, arrival.heard) == ("This account is currently not available.", "")
