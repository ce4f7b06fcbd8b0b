"""The exit status of a check, whatever the format: 2, then 4, then 1, then 3, else 0.

0  all decided, and nothing fails at or above the gate
1  something fails at or above the gate
2  a fault of the command line, a policy, an input or a report, or of our own
3  none of these, but something is unknown, or an input is damaged
4  nothing was examined
"""

from collections.abc import Mapping
from typing import Final, Literal

from rmccomply.report import EXAMINED, NEVER, Gate, Tally
from rmccomply.words import RANK, GateWord

RunFault = Literal["input", "report"]
"""What a run could not use: an input, or the place of a report."""

STATUS: Final[Mapping[GateWord, int]] = {
    "open": 0,
    "held_open": 0,
    "failing": 1,
    "not_judged": 2,
    "input": 2,
    "report": 2,
    "undecided": 3,
    "damaged": 3,
    "min_decided": 3,
    "nothing_judged": 4,
}
"""The exit status by what decided it."""


def shut_by(tally: Tally, gate: Gate, decided: float, fault: RunFault | None = None) -> GateWord:
    """What decides the exit status of a run."""
    if tally.counts["error"]:
        return "not_judged"
    if fault is not None:
        return fault
    if not any(tally.counts[result] for result in EXAMINED):
        return "nothing_judged"
    word = _of_gate(tally, gate, decided)
    return "held_open" if gate.exit_zero and word != "open" else word


def _of_gate(tally: Tally, gate: Gate, decided: float) -> GateWord:
    worst = tally.worst_active
    if gate.fail_on != NEVER and worst is not None and worst <= RANK[gate.fail_on]:
        return "failing"
    if gate.on_unknown == "fail" and tally.gating_unknown:
        return "undecided"
    if tally.damaged:
        return "damaged"
    if gate.min_decided is not None and round(10_000 * decided) < round(100 * gate.min_decided, 6):
        return "min_decided"
    return "open"
