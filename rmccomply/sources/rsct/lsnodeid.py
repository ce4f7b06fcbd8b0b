"""The node ID that RSCT uses: `lsnodeid`.

In no manual at hand; seen in captures and in xCAT, which prepends the `0x` that it lacks.

    5f3c09a1be27d846

One line of bare hexadecimal. Leading zeros may be missing, so it is compared with the files as a number.

`2641-036 The node does not have an assigned node identifier.` is an answer: there is none. Empty output is never
an answer. One word that cannot be a node ID is an answer too, without a value and with its `fault`; any other text
is none.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.rsct.ct_node_id import fault_of
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import find_message, refuse_messages
from rmccomply.sources.shared.values import parse_node_id

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
UNASSIGNED: Final = "unassigned"


@record(frozen=True, slots=True)
class LiveNodeId:
    """The line as printed. `value` is 16 lower-case digits, None exactly where there is a `fault`: "unassigned", or
    why the text is no node ID."""

    text: str
    value: str | None
    fault: str
    line: Line


RECORD: Final = LiveNodeId


def asks(argv: tuple[str, ...]) -> bool:
    """`lsnodeid` takes no words."""
    return len(argv) == 1


def parse(answer: Answer) -> LiveNodeId:
    """Read the line. Raises Unreadable: `failed`, `empty`, `unparsable` for text of more than a word."""
    unassigned = find_message(answer, "2641-036")
    if unassigned is not None and answer.exit_status != 0:
        line, said = unassigned
        return LiveNodeId(said, None, UNASSIGNED, line)
    refuse_messages(answer)
    answer.refuse_failure()
    found = [(text.strip(), number) for number, text in enumerate(answer.lines, 1) if text.strip()]
    if not found:
        raise Unreadable("empty", "lsnodeid prints nothing")
    text, number = found[0]
    if len(found) > 1 or len(text.split()) > 1:
        raise Unreadable("unparsable", "lsnodeid prints more than one word", found[-1][1])
    fault = fault_of(text)
    return LiveNodeId(text, None if fault else parse_node_id(text), fault, number)
