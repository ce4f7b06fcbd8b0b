"""One stream of a section of a bundle, read: its control line and the payload below it.

    %out enc=text bytes=55 nl=1 cut=0 red=0
    |Subsystem         Group            PID          Status

A *piece* is a control line without its `%` and all lines up to the next control line, joined by LF. `bytes` is the
size of the stream as the command wrote it, which is checked where nothing was cut off or replaced. Of a stream that
was cut, the line that the cut may have gone through is left out: the first of a tail, and of a head the last where
`nl=0` says that it has no end.
"""

from array import array
from functools import lru_cache
from typing import Final

from rmccomply.evidence.model import NOTHING, Stream
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

_MOST_HEX_LINES: Final = 50_000
"""Each takes a place and a copy of what the file shows; the collector keeps far less of any answer."""
_BITS: Final = {b"0": False, b"1": True}
_ENCODINGS: Final = {b"text": False, b"hex": True}
_KEPT: Final = {b"head": False, b"tail": True}


_SILENT: Final = {mark: mark + b" enc=text bytes=0 nl=1 cut=0 red=0" for mark in (b"out", b"err")}
"""A stream without anything, as most error output is."""


class Malformed(Exception):
    """A line that the grammar does not know; the text says which and why."""


class _Attributes(NamedTuple):
    hexed: bool
    size: int
    newline: bool
    cut: bool
    redacted: int
    tail: bool


def read_stream(piece: bytes, mark: bytes, number: int, partial: bool) -> Stream:
    """The stream of a piece; `number` is the file's line of its control line, `mark` is `out` or `err`.

    Raises Malformed. The size of a `partial` stream, whose section was cut, is not known to be there.
    """
    if piece == _SILENT.get(mark):
        return NOTHING
    line, broken, payload = piece.partition(b"\n")
    if line.partition(b" ")[0] != mark:
        raise Malformed(f"it has no %{mark.decode()} line where one is expected")
    given = _attributes(line)
    if not broken:
        stream = Stream((), number + 1, size=given.size, newline=given.newline) if given.size else NOTHING
        size = 0
    else:
        rows = payload.count(b"\n")
        if payload[:1] != b"|" or rows != payload.count(b"\n|"):
            raise Malformed(f"line {_odd_line(payload, number)} of the bundle is not a line of a section")
        stream = (_of_hex if given.hexed else _of_text)(payload, number + 1, given)
        size = stream.size if given.hexed else len(payload) - rows - (not given.newline)
    if size != given.size and not (partial or given.cut or given.redacted):
        raise Malformed(f"its %{mark.decode()} line counts {counted(given.size, 'byte')}, but there are more or fewer")
    return _marked(stream, given) if given.cut or given.redacted else stream


def without_last(stream: Stream) -> Stream:
    """The stream without its last line, which may be the fragment of one."""
    return stream._replace(lines=stream.lines[:-1])


def number_of(text: str, key: str) -> int:
    """The value of a counting key. Raises Malformed where it is no number."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise Malformed(f"it gives '{text[:40]}' for {key}, which is not a number")
    return int(text)


def text_of(data: bytes) -> str:
    """Bytes as text; those that are not UTF-8 appear as `\\xNN`."""
    return data.decode("utf-8", "backslashreplace")


@lru_cache(maxsize=1024)
def _attributes(line: bytes) -> _Attributes:
    mark, *words = line.split(b" ")
    keys = dict(word.split(b"=", 1) for word in words if b"=" in word)
    shown = text_of(mark)
    hexed = _ENCODINGS.get(keys.get(b"enc", b""))
    if hexed is None:
        raise Malformed(f"its %{shown} line names an encoding that version 1 does not have")
    newline, cut = _BITS.get(keys.get(b"nl", b"")), _BITS.get(keys.get(b"cut", b""))
    tail = _KEPT.get(keys.get(b"keep", b"head"))
    if newline is None or cut is None or tail is None:
        raise Malformed(f"its %{shown} line does not say what of the stream was kept")
    size, redacted = (number_of(text_of(keys.get(key, b"")), key.decode()) for key in (b"bytes", b"red"))
    return _Attributes(hexed, size, newline, cut, redacted, tail)


def _odd_line(payload: bytes, number: int) -> int:
    rows = payload.split(b"\n")
    return number + 1 + next(n for n, row in enumerate(rows) if not row.startswith(b"|"))


def _marked(stream: Stream, given: _Attributes) -> Stream:
    stream = stream._replace(cut=given.cut, redacted=given.redacted)
    if not given.cut or not stream.lines:
        return stream
    if not given.tail:
        return stream if given.newline else without_last(stream)
    return stream._replace(
        lines=stream.lines[1:],
        places=stream.places[1:] if stream.places else None,
        snippets=stream.snippets[1:] if stream.snippets else None,
        first_line=stream.first_line + 1,
    )


def _of_text(payload: bytes, first: int, given: _Attributes) -> Stream:
    text = payload[1:].decode("utf-8", "backslashreplace")
    lines = text.split("\n|")
    if "\r" in text:
        lines = [line.removesuffix("\r") for line in lines]
    return Stream(tuple(lines), first, None, None, given.size, False, 0, given.newline)


def _of_hex(payload: bytes, first: int, given: _Attributes) -> Stream:
    """Decode `od -An -v -tx1` lines; a decoded line stands on all the od lines that hold a byte of it."""
    shown = payload.split(b"\n")
    octets = bytearray()
    at = array("Q")
    for number, line in enumerate(shown, first):
        try:
            row = bytes.fromhex(line[1:].decode("ascii"))
        except ValueError:
            raise Malformed(f"line {number} of the bundle is not hexadecimal") from None
        octets += row
        at.extend([number] * len(row))
    if octets.count(b"\n") > _MOST_HEX_LINES:
        raise Malformed(f"it has more than {_MOST_HEX_LINES} lines in hexadecimal, more than any answer has")
    parts = bytes(octets).split(b"\n")
    if parts[-1] == b"":
        parts.pop()
    places: list[tuple[int, int]] = []
    offset = 0
    for part in parts:
        end = min(offset + len(part), len(at) - 1)
        places.append((at[offset], at[end]))
        offset += len(part) + 1
    snippets = tuple(text_of(b"\n".join(shown[a - first : b - first + 1])[1:]) for a, b in places)
    lines = tuple(_visible(part) for part in parts)
    return Stream(lines, first, tuple(places), snippets, len(octets), newline=given.newline, hexed=True)


def _visible(part: bytes) -> str:
    text = text_of(part.removesuffix(b"\r"))
    return text if text.isprintable() else "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char if char.isprintable() or char in "\t\xa0" else f"\\x{ord(char):02x}"
