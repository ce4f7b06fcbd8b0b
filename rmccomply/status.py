"""The exit status of a check, whatever the format: 2, then 4, then 1, then 3, else 0.

0  all decided, and nothing fails at or above the gate
1  something fails at or above the gate
2  a fault of the command line, a policy, an input or a report, or of our own
3  none of these, but something is unknown, or an input is damaged
4  nothing was examined
"""

from typing import Final

from rmccomply.record import NamedTuple
from rmccomply.report import EXAMINED, Tally
from rmccomply.words import RANK

NEVER: Final = "never"


class Gate(NamedTuple):
    """What shuts the gate. `fail_on` is a severity or "never"; `min_decided` is a percentage."""

    fail_on: str = "low"
    on_unknown: str = "fail"
    min_decided: float | None = None
    exit_zero: bool = False


def exit_status(tally: Tally, gate: Gate, decided: float, faulty: bool) -> int:
    """The status of a run; `faulty` says that an input or a report could not be used."""
    if faulty or tally.counts["error"]:
        return 2
    if not any(tally.counts[result] for result in EXAMINED):
        return 4
    status = _verdict(tally, gate, decided)
    return 0 if gate.exit_zero else status


def short_of(tally: Tally, gate: Gate, decided: float) -> float | None:
    """The percentage that the gate demands to be decided, where that alone shuts it."""
    without = gate._replace(min_decided=None)
    return gate.min_decided if (_verdict(tally, gate, decided), _verdict(tally, without, decided)) == (3, 0) else None


def _verdict(tally: Tally, gate: Gate, decided: float) -> int:
    worst = tally.worst_active
    if gate.fail_on != NEVER and worst is not None and worst <= RANK[gate.fail_on]:
        return 1
    if gate.on_unknown == "fail" and tally.gating_unknown:
        return 3
    if tally.damaged:
        return 3
    if gate.min_decided is not None and round(10_000 * decided) < round(100 * gate.min_decided, 6):
        return 3
    return 0
