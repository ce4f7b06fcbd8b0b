"""Nodes of the peer domain that is online here: `lsrpnode`.

RSCT documentation, "lsrpnode Command".

    Name    OpState        RSCTVersion
    alpha   Online         3.2.6.4
    beta    Pending online 3.2.6.4

Columns are as wide as their longest value, and a state may have a blank, so the state is what stands between the first
word and the last. A version that is none is kept as text.

Empty output with exit status 0 is an answer, the header alone too: this node is in no peer domain that is online. It
may still be defined in one. Silence with an error text is none. Nothing marks the end: without an exit status a copy
proves what it shows, and no absence.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import OPERATIONAL_STATES, refuse_messages, refuse_silence
from rmccomply.sources.shared.texts import strange_word
from rmccomply.sources.shared.values import Version, parse_version

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_HEADER: Final = ["Name", "OpState", "RSCTVersion"]
_FEWEST_WORDS: Final = 3


@record(frozen=True, slots=True)
class PeerNode:
    """One row. `state` is `Online`, `Offline`, `Pending online` and so on; `level` None where the text is no level."""

    name: str
    state: str
    level_text: str
    level: Version | None
    line: Line


@record(frozen=True, slots=True)
class PeerNodes:
    """All nodes of the domain. `whole`: there is no other."""

    rows: tuple[PeerNode, ...]
    whole: bool = True


RECORD: Final = PeerNodes


def asks(argv: tuple[str, ...]) -> bool:
    """All nodes, with a header; `-o`, `-O`, `-L` and names would leave some out."""
    return len(argv) == 1


def parse(answer: Answer) -> PeerNodes:
    """Read the rows. Raises Unreadable: `failed`, `denied`, `unparsable` for a line that is no row."""
    refuse_messages(answer)
    answer.refuse_failure()
    refuse_silence(answer)
    rows: list[PeerNode] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words and words[:3] != _HEADER and not words[0].startswith("#"):
            rows.append(_row(words, number))
    return PeerNodes(tuple(rows), answer.complete and answer.exit_status is not None)


def _row(words: list[str], number: Line) -> PeerNode:
    if len(words) < _FEWEST_WORDS or not words[-1][:1].isdigit() or not "".join(words[1:-1]).isalpha():
        raise Unreadable("unparsable", f"a row of lsrpnode has an unknown form: {' '.join(words)}", number)
    if " ".join(words[1:-1]) not in OPERATIONAL_STATES:
        raise Unreadable("unparsable", strange_word("lsrpnode", " ".join(words[1:-1])), number)
    return PeerNode(words[0], " ".join(words[1:-1]), words[-1], parse_version(words[-1]), number)
