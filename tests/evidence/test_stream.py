"""Streams: text and hexadecimal payload, sizes, what was cut, and where every line stands."""

import pytest

from rmccomply.evidence.model import NOTHING
from rmccomply.evidence.stream import Malformed, number_of, read_stream, text_of


def read(text: str, partial: bool = False) -> object:
    return read_stream(text.encode("utf-8", "surrogateescape"), b"out", 20, partial)


def lines(text: str) -> tuple[str, ...]:
    return read_stream(text.encode("utf-8", "surrogateescape"), b"out", 20, False).lines


HEX = "out enc=hex bytes=%d nl=1 cut=0 red=0\n"


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("out enc=text bytes=4 nl=1 cut=0 red=0\n|abc", ("abc",)),
        ("out enc=text bytes=3 nl=0 cut=0 red=0\n|abc", ("abc",)),
        ("out enc=text bytes=1 nl=1 cut=0 red=0\n|", ("",)),
        ("out enc=text bytes=3 nl=1 cut=0 red=0\n|\n||", ("", "|")),
        ("out enc=text bytes=11 nl=1 cut=0 red=0\n|%done\n|%end", ("%done", "%end")),
        ("out enc=text bytes=9 nl=1 cut=0 red=0\n|-n\n||x\n|\\c", ("-n", "|x", "\\c")),
        ("out enc=text bytes=3 nl=1 cut=0 red=0\n|ü", ("ü",)),
        ("out enc=text bytes=2 nl=1 cut=0 red=0\n|\udcfc", ("\\xfc",)),
        ("out enc=text bytes=4 nl=1 cut=0 red=0\n|ab\r", ("ab",)),
        ("out bytes=4 enc=text red=0 nl=1 cut=0\n|abc", ("abc",)),
    ],
)
def test_text_is_byte_exact(piece: str, expected: tuple[str, ...]) -> None:
    assert lines(piece) == expected


def test_where_the_lines_stand() -> None:
    stream = read_stream(b"out enc=text bytes=6 nl=1 cut=0 red=0\n|ab\n|cd", b"out", 20, False)
    assert (stream.first_line, stream.size, stream.newline, stream.places) == (21, 6, True, None)


def test_nothing_was_printed() -> None:
    assert read("out enc=text bytes=0 nl=1 cut=0 red=0") is NOTHING
    assert read("out enc=hex bytes=0 nl=1 cut=0 red=0") is NOTHING


@pytest.mark.parametrize(
    "piece",
    [
        "out enc=text bytes=5 nl=1 cut=0 red=0\n|abc",
        "out enc=text bytes=4 nl=0 cut=0 red=0\n|abc",
        "out enc=text bytes=0 nl=1 cut=0 red=0\n|",
        "out enc=text bytes=1 nl=1 cut=0 red=0",
        "out enc=hex bytes=3 nl=1 cut=0 red=0\n| 61 0a",
    ],
)
def test_a_wrong_byte_count(piece: str) -> None:
    with pytest.raises(Malformed, match="there are more or fewer"):
        read(piece)
    read(piece, partial=True)
    read(piece.replace("red=0", "red=1"))
    read(piece.replace("cut=0", "cut=1"))


@pytest.mark.parametrize(
    "attributes",
    [
        "enc=utf8 bytes=4 nl=1 cut=0 red=0",
        "bytes=4 nl=1 cut=0 red=0",
        "enc=text bytes=four nl=1 cut=0 red=0",
        "enc=text bytes=+4 nl=1 cut=0 red=0",
        "enc=text bytes=\u0664 nl=1 cut=0 red=0",
        "enc=text bytes=" + "4" * 5000 + " nl=1 cut=0 red=0",
        "enc=text nl=1 cut=0 red=0",
        "enc=text bytes=4 nl=2 cut=0 red=0",
        "enc=text bytes=4 cut=0 red=0",
        "enc=text bytes=4 nl=1 cut=2 red=0",
        "enc=text bytes=4 nl=1 red=0",
        "enc=text bytes=4 nl=1 cut=0",
        "enc=text bytes=4 nl=1 cut=1 red=0 keep=middle",
        "enc=text bytes=4 nl=1 cut=0 red=0\r",
        "",
    ],
)
def test_a_control_line_of_no_form(attributes: str) -> None:
    with pytest.raises(Malformed):
        read(f"out {attributes}\n|abc")


@pytest.mark.parametrize("piece", ["err enc=text bytes=0 nl=1 cut=0 red=0", "outer enc=text", "", "\n|a"])
def test_another_control_line(piece: str) -> None:
    with pytest.raises(Malformed, match="no %out line where one is expected"):
        read(piece)


CUT = "out enc=text bytes=90 nl=%s cut=1 red=0 keep=%s\n|one\n|two\n|three"


@pytest.mark.parametrize(
    ("newline", "keep", "expected", "first"),
    [
        ("1", "head", ("one", "two", "three"), 21),
        ("0", "head", ("one", "two"), 21),
        ("1", "tail", ("two", "three"), 22),
        ("0", "tail", ("two", "three"), 22),
    ],
)
def test_a_line_that_the_cut_went_through_is_left_out(
    newline: str, keep: str, expected: tuple[str, ...], first: int
) -> None:
    stream = read_stream((CUT % (newline, keep)).encode(), b"out", 20, False)
    assert (stream.lines, stream.first_line, stream.cut, stream.size) == (expected, first, True, 90)


def test_a_kept_tail_in_hexadecimal() -> None:
    piece = b"out enc=hex bytes=900 nl=1 cut=1 red=0 keep=tail\n| 61 0a 62\n| 63 0a"
    stream = read_stream(piece, b"out", 20, False)
    assert (stream.lines, stream.places, stream.snippets) == (("bc",), ((21, 22),), (" 61 0a 62\n| 63 0a",))


def test_replaced_values_are_counted() -> None:
    stream = read_stream(b"out enc=text bytes=90 nl=1 cut=0 red=2\n|RMCKey = (redacted)", b"out", 20, False)
    assert (stream.redacted, stream.cut, stream.lines) == (2, False, ("RMCKey = (redacted)",))


def test_hexadecimal_is_the_whole_stream() -> None:
    piece = b"out enc=hex bytes=20 nl=0 cut=0 red=0\n| 61 62 0a 63 1b 5b 32 4a 00 0d 0a 0a ff 64 65 66\n| 67 68 69 6a"
    stream = read_stream(piece, b"out", 20, False)
    assert stream.lines == ("ab", "c\\x1b[2J\\x00", "", "\\xffdefghij")
    assert stream.places == ((21, 21), (21, 21), (21, 21), (21, 22))
    assert stream.snippets is not None
    assert stream.snippets[3] == " 61 62 0a 63 1b 5b 32 4a 00 0d 0a 0a ff 64 65 66\n| 67 68 69 6a"
    assert (stream.hexed, stream.size, stream.newline) == (True, 20, False)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("| 0a", ("",)),
        ("| 61 0a 0a", ("a", "")),
        ("|6162", ("ab",)),
        ("| 09 c3 bc c2 a0 21", ("\tü\xa0!",)),
        ("|", ()),
    ],
)
def test_hexadecimal_lines(octets: str, expected: tuple[str, ...]) -> None:
    size = len(bytes.fromhex(octets.replace("|", "")))
    assert lines(HEX % size + octets) == expected


@pytest.mark.parametrize("octets", ["| 6", "| 6g", "| 61\n| zz", "|\udcff", "| 61 |62"])
def test_what_is_not_hexadecimal(octets: str) -> None:
    with pytest.raises(Malformed, match=r"line 2[12] of the bundle is not hexadecimal"):
        read(HEX % 1 + octets)


def test_numbers_and_text() -> None:
    assert number_of("007", "bytes") == 7
    assert text_of(b"a\xffb") == "a\\xffb"
    with pytest.raises(Malformed, match="for bytes, which is not a number"):
        number_of("", "bytes")


def test_hexadecimal_of_very_many_lines_is_no_answer() -> None:
    rows = b"\n".join([b"| " + b"0a " * 15 + b"0a"] * 4_000)
    with pytest.raises(Malformed, match="more than 50000 lines"):
        read_stream(b"out enc=hex bytes=64000 nl=1 cut=0 red=0\n" + rows, b"out", 5, partial=False)
