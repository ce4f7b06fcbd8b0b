"""Peer domains that this node is defined in: `lsrpdomain`.

RSCT documentation, "lsrpdomain Command".

    Name      OpState        RSCTActiveVersion MixedVersions TSPort GSPort
    alphadom  Online         3.2.6.4           No            12347  12348
    betadom   Pending online 3.2.6.4           No            12347  12348

Columns are as wide as their longest value, and a state may have a blank, so that the header says where they begin.
Where a copy lost the alignment or the header, the state is what stands between the name and the last four words.

Empty output with exit status 0 is an answer, the header alone too: no peer domain. Silence with an error text is
none. A domain that is offline is a row like any other. Nothing marks the end: without an exit status a copy proves what
it shows, and no absence.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import OPERATIONAL_STATES, refuse_messages, refuse_silence
from rmccomply.sources.shared.texts import strange_word

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_HEADER: Final = ("Name", "OpState", "RSCTActiveVersion", "MixedVersions")
_AFTER_STATE: Final = 4
_MIXED: Final = frozenset({"Yes", "No"})


@record(frozen=True, slots=True)
class PeerDomain:
    """One row, as printed: `state` is `Online`, `Pending online` and so on, `mixed` is `Yes` or `No`."""

    name: str
    state: str
    active_version: str
    mixed: str
    line: Line


@record(frozen=True, slots=True)
class PeerDomains:
    """All peer domains that the node knows. `whole`: there is no other."""

    rows: tuple[PeerDomain, ...]
    whole: bool = True


RECORD: Final = PeerDomains


def asks(argv: tuple[str, ...]) -> bool:
    """All domains, with a header; `-o`, `-O` and names would leave some out."""
    return len(argv) == 1


def parse(answer: Answer) -> PeerDomains:
    """Read the rows. Raises Unreadable: `failed`, `denied`, `unparsable` for a line that is no row."""
    refuse_messages(answer)
    answer.refuse_failure()
    refuse_silence(answer)
    starts: tuple[int, ...] = ()
    rows: list[PeerDomain] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if tuple(words[: len(_HEADER)]) == _HEADER:
            starts = tuple(line.index(word) for word in words)
        elif words and not words[0].startswith("#"):
            rows.append(_row(line, starts, number))
    return PeerDomains(tuple(rows), answer.complete and answer.exit_status is not None)


def _row(line: str, starts: tuple[int, ...], number: Line) -> PeerDomain:
    cells = _cells(line, starts) or _words(line)
    if not cells:
        raise Unreadable("unparsable", f"a row of lsrpdomain has an unknown form: {line.strip()}", number)
    name, state, active_version, mixed = cells[: len(_HEADER)]
    if state not in OPERATIONAL_STATES:
        raise Unreadable("unparsable", strange_word("lsrpdomain", state), number)
    if mixed not in _MIXED:
        raise Unreadable("unparsable", strange_word("lsrpdomain", mixed), number)
    return PeerDomain(name, state, active_version, mixed, number)


def _cells(line: str, starts: tuple[int, ...]) -> list[str]:
    """The columns below the header; empty where the row does not stand below it."""
    if not starts or any(line[start - 1 : start].strip() for start in starts[1:]):
        return []
    ends = (*starts[1:], len(line))
    cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    misplaced = line[: starts[0]].strip() or any(len(cell.split()) != 1 for cell in (cells[0], *cells[2:4]))
    return [] if misplaced or not cells[1] else cells


def _words(line: str) -> list[str]:
    words = line.split()
    if len(words) < len(_HEADER) + 2 or not (words[-1] + words[-2]).isdigit():
        return []
    return [words[0], " ".join(words[1:-_AFTER_STATE]), words[-4], words[-3]]
