"""Octets of an answer, out of the lines of a bundle."""

import pytest

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.octets import octets_of


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"one\n",
        b"no line feed",
        b"a\n\nb",
        b"\x00\xff\r\n",
        bytes(range(256)) * 3,
        b"x y " * 750,
        b"|x\n%done 1\n",
    ],
)
def test_what_was_written_comes_back(data: bytes) -> None:
    text = write_bundle({"host": "lpar1"}, [Section("cmd", ("/usr/bin/lssrc", "-a"), data)])
    (item,) = read_bundle(text, "x").evidence
    assert octets_of(text.split(b"\n"), item.out) == data


def test_line_ends_of_a_bundle_that_was_sent_as_text_are_no_part_of_it() -> None:
    text = write_bundle({"host": "lpar1"}, [Section("cmd", ("/usr/bin/lssrc", "-a"), b"one\ntwo\n")]).replace(
        b"\n", b"\r\n"
    )
    (item,) = read_bundle(text, "x").evidence
    assert octets_of(text.split(b"\n"), item.out) == b"one\ntwo\n"
