"""The state of PowerHA's cluster manager: `lssrc -ls clstrmgrES`.

IBM PowerHA SystemMirror documentation, "Starting and stopping cluster services"; the lines below the state differ from
level to level.

    Current state: ST_STABLE
    sccsid = "@(#)36 1.135 ..."
    CLversion: 16
    local node vrmf is 7200

The cluster manager stays active in `lssrc -a` after PowerHA was stopped: only its state tells that. `ST_INIT` is
configured and down, `NOT_CONFIGURED` is what it says; every other known state is one of a node that takes part. A word
that is not in the closed list is no answer. Every line but that of the state is passed over, so that a state is one
also where the rest was cut.

`0513-085 The clstrmgrES Subsystem is not on file.` is an answer: there is no PowerHA. Every other message of the System
Resource Controller is none. Empty output, and text without a state, is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import find_message, refuse_messages
from rmccomply.sources.shared.texts import strange_word

OPTIONS: Final = frozenset({"ls", "l", "s"})
LISTING: Final = True
_NAME: Final = "clstrmgrES"
_STATE: Final = "Current state:"
DOWN: Final = frozenset({"ST_INIT", "NOT_CONFIGURED"})
RUNNING: Final = frozenset(
    {
        *("ST_JOINING", "ST_VOTING", "ST_RP_RUNNING", "ST_BARRIER", "ST_CBARRIER", "ST_UNSTABLE"),
        *("RP_FAILED", "ST_RP_FAILED", "ST_STABLE"),
    }
)


@record(frozen=True, slots=True)
class ClusterState:
    """Its state, one of DOWN or RUNNING; empty where it is not on file."""

    state: str
    line: Line

    @property
    def on_file(self) -> bool:
        return bool(self.state)


RECORD: Final = ClusterState


def asks(argv: tuple[str, ...]) -> bool:
    """The long status of clstrmgrES."""
    return argv[1:] in (("-ls", _NAME), ("-l", "-s", _NAME))


def parse(answer: Answer) -> ClusterState:
    """Read the state. Raises Unreadable: `failed` for SRC errors, `empty`, `unparsable`; `conflicting` for two."""
    missing = find_message(answer, "0513-085")
    if missing is not None:
        return ClusterState("", missing[0])
    refuse_messages(answer)
    answer.refuse_failure()
    found = [
        ClusterState(line.strip().removeprefix(_STATE).strip(), number)
        for number, line in enumerate(answer.lines, 1)
        if line.strip().startswith(_STATE)
    ]
    if not found:
        _refuse_unknown(answer)
    for one in found:
        if one.state not in DOWN | RUNNING:
            raise Unreadable("unparsable", strange_word(f"lssrc -ls {_NAME}", one.state), one.line)
    if len({one.state for one in found}) > 1:
        raise Unreadable("conflicting", f"lssrc -ls {_NAME} prints two states", found[1].line)
    return found[0]


def _refuse_unknown(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"lssrc -ls {_NAME} prints no state", number)
    raise Unreadable("empty", f"lssrc -ls {_NAME} prints nothing")
