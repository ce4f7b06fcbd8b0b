"""The octets of an answer as the command wrote them, without secrets, taken back out of the lines of a bundle."""

from collections.abc import Sequence

from rmccomply.evidence.model import Stream
from rmccomply.evidence.redact import redact_octets


def octets_of(lines: Sequence[bytes], stream: Stream) -> bytes:
    """The octets of a stream; `lines` are those of the bundle's file."""
    if not stream.lines:
        return b""
    if stream.hexed and stream.places:
        first, last = stream.places[0][0], stream.places[-1][1]
        rows = (line.rstrip(b"\r")[1:].decode("ascii") for line in lines[first - 1 : last])
        return redact_octets(b"".join(map(bytes.fromhex, rows)))
    given = lines[stream.first_line - 1 : stream.first_line - 1 + len(stream.lines)]
    text = b"\n".join(row.removesuffix(b"\r")[1:] for row in given)
    return redact_octets(text) + (b"\n" if stream.newline else b"")
