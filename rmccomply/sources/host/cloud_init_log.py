"""What cloud-init says about the node ID: the files `/var/log/cloud-init.log` and `/var/log/cloud-init-output.log`.

The lines of its module cc_reset_rmc, as its public source writes them:

    2026-03-02 09:14:07,331 - cc_reset_rmc.py[DEBUG]: Attempting to reset RMC.
    2026-03-02 09:14:07,332 - cc_reset_rmc.py[DEBUG]: Node ID at beginning of module: 5f3c09a1be27d846
    2026-03-02 09:14:41,870 - cc_reset_rmc.py[DEBUG]: Node ID at end of module: 77d0c4e89a1b2f03
    2026-03-02 09:14:41,871 - cc_reset_rmc.py[ERROR]: New node ID did not get generated.
    2026-03-02 09:14:07,331 - cc_reset_rmc.py[DEBUG]: module disabled, RSCT_PATH not present

All but the error are of level DEBUG or WARNING and may not be logged. Where RSCT is not installed, or no cloud is
behind the system, the module does nothing and says so. Other lines that name reset_rmc are kept as
`mention`. The time is what stands before the first ` - `, as printed; other lines (tracebacks, output of commands,
syslog) have none. The log goes on from boot to boot. Nothing else of it is kept: it may hold secrets.

A file that is not there, and one without such a line, is an answer: reset_rmc left no trace there. An empty file is
none: cloud-init writes at every boot. A log that was cut, or a copy, proves no absence.
"""

from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints
from rmccomply.sources.shared.values import parse_node_id

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
Kind = Literal["attempt", "before", "after", "not_generated", "failed", "skipped", "mention"]
_BEFORE: Final = "Node ID at beginning of module:"
_AFTER: Final = "Node ID at end of module:"
_TEXTS: Final[dict[str, Kind]] = {
    "New node ID did not get generated": "not_generated",
    "Attempting to reset RMC": "attempt",
    _BEFORE: "before",
    _AFTER: "after",
    "Failed to reconfigure the RSCT subsystems": "failed",
    "Failed to stop the RMC subsystem": "failed",
    "Failed to get node ID": "failed",
    "module disabled, RSCT_PATH not present": "skipped",
    "Skipping creation of new ct_node_id node": "skipped",
}
_MODULE: Final = "reset_rmc"


@record(frozen=True, slots=True)
class Event:
    """One line. `node_id`: 16 lower-case digits, None where the line tells none or what it tells is no node ID."""

    kind: Kind
    time: str
    node_id: str | None
    text: str
    line: Line


@record(frozen=True, slots=True)
class CloudInitLog:
    """The lines on reset_rmc, in their order. `whole`: the file has no other."""

    present: bool
    events: tuple[Event, ...]
    whole: bool = True


RECORD: Final = CloudInitLog


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> CloudInitLog:
    """Pick the lines. Raises Unreadable: `failed`, `empty`."""
    if answer.absent:
        return CloudInitLog(False, ())
    refuse_complaints(answer, "cat:", "tail:", "grep:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    if not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "the log is empty")
    events = [
        _event(kind, line, number)
        for number, line in enumerate(answer.lines, 1)
        if not may_be_cut(answer, number) and (kind := _kind(line)) is not None
    ]
    return CloudInitLog(True, tuple(events), answer.complete and answer.exit_status is not None)


def _kind(line: str) -> Kind | None:
    known = next((kind for text, kind in _TEXTS.items() if text in line), None)
    return known or ("mention" if _MODULE in line.replace("-", "_") else None)


def _event(kind: Kind, line: str, number: Line) -> Event:
    time, dash, rest = line.partition(" - ")
    logged = dash != "" and time[:1].isdigit()
    label = {"before": _BEFORE, "after": _AFTER}.get(kind)
    value = line.partition(label)[2].strip() if label else ""
    node_id = parse_node_id(value)
    return Event(kind, time if logged else "", node_id, (rest if logged else line).strip(), number)
