"""Bundle format v1, written: by the controller about what it measured itself, and by tests.

The collector script writes the same format on the host; `rmccomply.evidence.bundle` says what it looks like. A stream
is text where a line-oriented reader keeps it whole (printable octets, TAB, LF, octets above 127, no line over 2,000
octets), otherwise the octets in hexadecimal as `od -An -v -tx1` prints them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rmccomply.evidence.cksum import posix_cksum
from rmccomply.evidence.model import Kind, State

_LONGEST: Final = 2000
_PLAIN: Final = bytes({9, 10, *range(32, 127), *range(128, 256)})


@dataclass(frozen=True, slots=True)
class Section:
    """One answer to write. `argv[0]` of a command is the absolute path that was run."""

    kind: Kind
    argv: tuple[str, ...]
    out: bytes = b""
    err: bytes = b""
    state: State = "exit"
    exit_status: int = 0
    id: str = ""
    begun: str = "1970-01-01T00:00:00Z"
    ended: str = "1970-01-01T00:00:00Z"
    limit: int = 30
    cut: bool = False
    keep: Literal["head", "tail"] = "head"
    redacted: int = 0
    size: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


def write_bundle(head: Mapping[str, str], sections: Sequence[Section], utc: str = "1970-01-01T00:00:00Z") -> bytes:
    """The bundle file. Raises ValueError for a line feed in a head value or an argument, or a blank in a name."""
    lines = [b"%rmccomply-evidence 1", *(b"%%h %s %s" % (_token(key), _line(value)) for key, value in head.items())]
    done = [b"%done 0 head sum=" + _sum(lines)]
    pieces = [*lines, done[0]]
    for number, section in enumerate(sections, 1):
        body = _body(number, section)
        done.append(b"%%done %d %s sum=%s" % (number, _id(number, section), _sum(body)))
        pieces += [*body, done[-1]]
    pieces.append(b"%%end sections=%d utc=%s sum=%s" % (len(sections), utc.encode(), _sum(done)))
    return b"\n".join(pieces) + b"\n"


def _sum(lines: Sequence[bytes]) -> bytes:
    return b"cksum:%d" % posix_cksum(b"\n".join(lines) + b"\n")


def _line(text: str) -> bytes:
    if "\n" in text:
        raise ValueError(f"a line feed cannot stand in a bundle's control line: {text!r}")
    return text.encode("utf-8", "surrogateescape")


def _token(text: str) -> bytes:
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(f"a name in a bundle's control line is one word of printable ASCII: {text!r}")
    return text.encode()


def _id(number: int, section: Section) -> bytes:
    return _token(section.id or f"s-{number}")


def _body(number: int, section: Section) -> list[bytes]:
    words = [
        f"kind={section.kind} st={section.state} rc={section.exit_status} lim={section.limit}".encode(),
        *(_token(f"{key}={value}") for key, value in _times(section).items()),
    ]
    return [
        b"%%sect %d %s %s" % (number, _id(number, section), b" ".join(words)),
        *(b"%arg |" + _line(word) for word in section.argv),
        *_stream(b"%out", section.out, section),
        *_stream(b"%err", section.err, None),
    ]


def _times(section: Section) -> dict[str, str]:
    return {"b": section.begun, "e": section.ended, **section.extra}


def _stream(mark: bytes, data: bytes, section: Section | None) -> list[bytes]:
    newline = data.endswith(b"\n") or not data
    lines = data.removesuffix(b"\n").split(b"\n") if data else []
    hexed = bool(data.translate(None, _PLAIN)) or any(len(line) > _LONGEST for line in lines)
    size = len(data) if section is None or section.size is None else section.size
    cut, redacted = (section.cut, section.redacted) if section else (False, 0)
    head = b"%s enc=%s bytes=%d nl=%d cut=%d red=%d" % (
        mark,
        b"hex" if hexed else b"text",
        size,
        newline,
        cut,
        redacted,
    )
    if section is not None and cut:
        head += b" keep=%s" % section.keep.encode()
    return [head, *(_od(data) if hexed else (b"|" + line for line in lines))]


def _od(data: bytes) -> list[bytes]:
    rows = (data[at : at + 16] for at in range(0, len(data), 16))
    return [b"| " + row.hex(" ").encode() for row in rows]
