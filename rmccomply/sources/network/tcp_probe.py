"""How a TCP connection to an address and port ended: the probe `tcp ADDRESS PORT`.

The payload of a probe section of a bundle, one word:

    open

`refused` comes from the host itself (it is there, nothing listens), `timeout` from nobody (filtered, or no such
host), `unreachable` and `noroute` from the network; `name-error` and `not-tried` say nothing of the port. These
words speak of the network: a probe that was itself stopped by its limit has no payload, and its section says so. A
zone stands in the address as asked (`fe80::1%en1`).

Empty is never an answer, and a word that is not one of these is not guessed at.
"""

from typing import Final, Literal, get_args

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, only_line

ProbeWord = Literal["open", "refused", "timeout", "unreachable", "noroute", "name-error", "not-tried"]
OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_OUTCOMES: Final[dict[str, ProbeWord]] = {outcome: outcome for outcome in get_args(ProbeWord)}


@record(frozen=True, slots=True)
class Probe:
    """One probe. `address` is as asked, without the zone."""

    address: str
    zone: str
    port: int
    result: ProbeWord
    line: Line


RECORD: Final = Probe


def asks(argv: tuple[str, ...]) -> bool:
    """An address and a port in digits."""
    return len(argv) == 3 and bool(argv[1]) and is_number(argv[2])


def parse(answer: Answer) -> Probe:
    """Read a probe. Raises Unreadable: `empty`, `unparsable` for any other text."""
    word, line = only_line(answer, "tcp")
    result = _OUTCOMES.get(word)
    if result is None:
        raise Unreadable("unparsable", f"no probe ends with `{word}`", line)
    address, _, zone = answer.argv[1].partition("%")
    return Probe(address, zone, int(answer.argv[2]), result, line)
