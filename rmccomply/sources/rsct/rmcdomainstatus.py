"""The consoles (control points) and nodes of RMC: `rmcdomainstatus -s ctrmc`, with `-a ip` addresses for names.

RSCT documentation, "rmcdomainstatus Command" and "Checking the status of the management domain".

    Peer Domain Status
      S S  0x5f3c09a1be27d846  0001  alpha
      I A  0x77d0c4e89a1b2f03  0002  beta

    Management Domain Status: Management Control Points
      I A  0x1c9e03b7d25f6a48  0001  192.0.2.10

Up to three sections, perhaps behind a blank line. A row has the state as seen by heartbeats, the state of the
message queue, the node ID (always `0x` and 16 digits), a number, the name or address, and perhaps the state of a
domain: `!/+`, `alphadom/+ (1)`, `alphadom/+(2)`. Copies lose the indent, the second blank between columns, or gain
blank lines. State letters are kept as printed, known or not: some are documented nowhere at hand. A node ID that is
not 16 hexadecimal digits has no value.

Empty output with exit status 0 is an answer: the node is in no domain. Every other exit status, and silence with
an error text, is none. A section without a row is odd, so that such an answer proves no absence, and so is a row behind
a blank line in a section before that of the control points, whose header may be lost. Nothing marks the begin and the
end: without an exit status a copy proves what it shows, and no absence.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages, refuse_silence
from rmccomply.sources.shared.values import HEX_DIGITS, parse_node_id

OPTIONS: Final = frozenset({"s", "a"})
LISTING: Final = True
PEER: Final = "peer"
MANAGED_NODES: Final = "managed_nodes"
CONTROL_POINTS: Final = "control_points"
_SECTIONS: Final = {
    ("Peer", "Domain", "Status"): PEER,
    ("Management", "Domain", "Status:", "Managed", "Nodes"): MANAGED_NODES,
    ("Management", "Domain", "Status:", "Management", "Control", "Points"): CONTROL_POINTS,
}
_COLUMNS: Final = 5


@record(frozen=True, slots=True)
class DomainRow:
    """One row. `state` and `queue` are its first two words; `node_id` 16 lower-case digits, None where `node_text`
    is no node ID; `suffix` what follows the name."""

    section: str
    state: str
    queue: str
    node_id: str | None
    node_text: str
    number: str
    name: str
    suffix: str
    line: Line


@record(frozen=True, slots=True)
class DomainStatus:
    """All rows. `addresses`: asked with `-a ip`. `sections` are those printed, in their order. `whole`: what is
    not among `sections` and `rows` is not there. `seamless`: nothing in it tells that a line is missing."""

    addresses: bool
    sections: tuple[str, ...]
    rows: tuple[DomainRow, ...]
    whole: bool = True
    seamless: bool = True


RECORD: Final = DomainStatus


def asks(argv: tuple[str, ...]) -> bool:
    """The status of ctrmc, with names or with addresses."""
    words = argv[1:]
    if words[:2] == ("-s", "ctrmc"):
        return words[2:] in ((), ("-a", "ip"), ("-a", "IP"))
    return words in (("-a", "ip", "-s", "ctrmc"), ("-a", "IP", "-s", "ctrmc"))


def parse(answer: Answer) -> DomainStatus:
    """Read the sections. Raises Unreadable: `failed`, `denied`, `unparsable` for a line that is no row."""
    refuse_messages(answer)
    answer.refuse_failure()
    refuse_silence(answer)
    sections: list[str] = []
    rows: list[DomainRow] = []
    apart = False
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        section = _SECTIONS.get(tuple(words))
        if section is not None:
            sections.append(section)
        elif sections and _is_row(words):
            rows.append(_row(sections[-1], words, number))
            apart = apart or _is_apart(rows, answer.lines)
        elif answer.complete or number < len(answer.lines):
            raise Unreadable("unparsable", f"a line of rmcdomainstatus has an unknown form: {line.strip()}", number)
    filled = set(sections) == {row.section for row in rows}
    seamless = filled and answer.complete and not apart
    whole = seamless and answer.exit_status is not None
    return DomainStatus("-a" in answer.argv, tuple(dict.fromkeys(sections)), tuple(rows), whole, seamless)


def _is_apart(rows: list[DomainRow], lines: tuple[str, ...]) -> bool:
    """Whether a row behind a blank line may have lost the header of the control points."""
    beside = [row for row in rows[-2:] if row.section == rows[-1].section != CONTROL_POINTS]
    return len(beside) == 2 and any(not lines[at].strip() for at in range(beside[0].line, beside[1].line - 1))


def _is_row(words: list[str]) -> bool:
    letters = all(len(word) == 1 for word in words[:2])
    if len(words) < _COLUMNS or not letters or words[2][:2] not in ("0x", "0X"):
        return False
    return HEX_DIGITS.issuperset(words[3])


def _row(section: str, words: list[str], line: Line) -> DomainRow:
    state, queue, node_text, number, name = words[:_COLUMNS]
    digits = node_text[2:]
    node_id = parse_node_id(digits) if len(digits) == 16 else None
    return DomainRow(section, state, queue, node_id, node_text, number, name, " ".join(words[_COLUMNS:]), line)
