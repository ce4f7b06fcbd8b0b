"""Bundles written: the very octets, and that they read back as what was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.cksum import posix_cksum


def test_the_octets() -> None:
    section = Section("cmd", ("/usr/bin/uname", "-L"), b"8 lpar8\n", b"", id="os.lpar", limit=15)
    head = b"%rmccomply-evidence 1\n%h host lpar8\n"
    body = (
        b"%sect 1 os.lpar kind=cmd st=exit rc=0 lim=15 b=1970-01-01T00:00:00Z e=1970-01-01T00:00:00Z\n"
        b"%arg |/usr/bin/uname\n%arg |-L\n"
        b"%out enc=text bytes=8 nl=1 cut=0 red=0\n|8 lpar8\n"
        b"%err enc=text bytes=0 nl=1 cut=0 red=0\n"
    )
    first = b"%%done 0 head sum=cksum:%d\n" % posix_cksum(head)
    second = b"%%done 1 os.lpar sum=cksum:%d\n" % posix_cksum(body)
    end = b"%%end sections=1 utc=2026-11-20T03:00:02Z sum=cksum:%d\n" % posix_cksum(first + second)
    assert write_bundle({"host": "lpar8"}, [section], "2026-11-20T03:00:02Z") == head + first + body + second + end


@pytest.mark.parametrize(
    ("out", "payload"),
    [
        (b"", b"%out enc=text bytes=0 nl=1 cut=0 red=0\n"),
        (b"\n", b"%out enc=text bytes=1 nl=1 cut=0 red=0\n|\n"),
        (b"a", b"%out enc=text bytes=1 nl=0 cut=0 red=0\n|a\n"),
        (b"\t\xe9\n", b"%out enc=text bytes=3 nl=1 cut=0 red=0\n|\t\xe9\n"),
        (b"\x00\n", b"%out enc=hex bytes=2 nl=1 cut=0 red=0\n| 00 0a\n"),
        (b"a\r\n", b"%out enc=hex bytes=3 nl=1 cut=0 red=0\n| 61 0d 0a\n"),
        (b"0123456789abcdef\x1b", b"nl=0 cut=0 red=0\n| 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66\n| 1b\n"),
    ],
)
def test_what_forces_hexadecimal(out: bytes, payload: bytes) -> None:
    assert payload in write_bundle({}, [Section("cmd", ("/a",), out)])


def test_long_lines_are_hexadecimal() -> None:
    assert b"enc=text bytes=2000 " in write_bundle({}, [Section("cmd", ("/a",), b"x" * 2000)])
    assert b"enc=hex bytes=2001 " in write_bundle({}, [Section("cmd", ("/a",), b"x" * 2001)])


def test_a_cut_stream_says_which_end_was_kept() -> None:
    data = write_bundle({}, [Section("cmd", ("/a",), b"x\n", cut=True, size=900, keep="tail", redacted=2)])
    assert b"%out enc=text bytes=900 nl=1 cut=1 red=2 keep=tail\n" in data
    assert b"%err enc=text bytes=0 nl=1 cut=0 red=0\n" in data


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ({"host": "a\nb"}, Section("cmd", ("/a",))),
        ({"my host": "a"}, Section("cmd", ("/a",))),
        ({"": "a"}, Section("cmd", ("/a",))),
        ({}, Section("cmd", ("/a", "-n\n"))),
        ({}, Section("cmd", ("/a",), id="a b")),
        ({}, Section("cmd", ("/a",), begun="today, 3 h")),
        ({}, Section("file", ("/a",), extra={"owner": "a b"})),
    ],
)
def test_what_cannot_stand_in_a_control_line_is_refused(head: dict[str, str], section: Section) -> None:
    with pytest.raises(ValueError, match="control line"):
        write_bundle(head, [section])


words = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)
hostile = st.lists(
    st.sampled_from([b"%done 1 s-1 sum=-", b"%end", b"%sect 2", b"|x", b"-n", b"\\c", b"", b"\r", b"\0", b"\xff\xe9"]),
    max_size=6,
).map(b"\n".join)
octets = st.one_of(st.binary(max_size=300), hostile)


@pytest.mark.exhaustive
@settings(max_examples=300)
@given(argv=st.lists(words, min_size=1, max_size=5).map(tuple), out=octets, err=octets, head=words)
def test_round_trip(argv: tuple[str, ...], out: bytes, err: bytes, head: str) -> None:
    data = write_bundle({"host": head}, [Section("cmd", argv, out, err, exit_status=7), Section("file", ("/b",), err)])
    bundle = read_bundle(data, "x.rmcc")
    assert (bundle.notifications, bundle.head) == ((), {"host": head})
    first, second = bundle.evidence
    assert (first.argv, first.exit_status, first.damage) == (argv, 7, None)
    for stream, written in ((first.out, out), (first.err, err), (second.out, err)):
        assert (stream.size, len(stream.lines)) == (len(written), lines_of(written))
        assert stream.newline == (written.endswith(b"\n") or not written)
        assert stream.hexed or list(stream.lines) == text_of(written)


def lines_of(written: bytes) -> int:
    return written.count(b"\n") + (not written.endswith(b"\n") and written != b"")


def text_of(written: bytes) -> list[str]:
    lines = written.decode("utf-8", "backslashreplace").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
