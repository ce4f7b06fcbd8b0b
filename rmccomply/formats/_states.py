"""What a finding is to a reader, and what a target is by the counts of its findings, in words."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rmccomply.dispose.waiver_ends import moment_told
from rmccomply.words import counted

if TYPE_CHECKING:
    from rmccomply.finding import Finding, WaiverCard

ORDER: Final = ("fail", "unknown", "error", "waived", "baseline", "pass", "not_applicable")
"""What a finding is to a reader: its result, and for a fail that is not active its disposition."""
SHOWN: Final = frozenset(ORDER[:3])
"""What is open, and so shown also where not all is asked for."""
NAMES: Final = {
    "fail": "fail",
    "unknown": "undecided",
    "error": "not judged",
    "waived": "waived",
    "baseline": "in the baseline",
    "pass": "pass",
    "not_applicable": "do not apply",
}
_OF_ONE: Final = {"fail": "fails", "pass": "passes", "not_applicable": "does not apply"}


def state_of(finding: "Finding") -> str:
    """One of ORDER."""
    if finding.disposition in ("waived", "baseline"):
        return finding.disposition
    return finding.result


def waiver_told(card: "WaiverCard") -> str:
    """Who accepted a fail, why, and until when."""
    ticket = f" ({card.ticket})" if card.ticket else ""
    reason = card.reason if card.reason.endswith((".", "!", "?")) else f"{card.reason}."
    return (
        f"{card.id}{ticket} until {moment_told(card.expires)}: {reason} "
        f"Owner: {card.owner}; approved by {card.approved_by} on {card.approved}."
    )


def is_healthy(states: Counter[str]) -> bool:
    """Whether something passes, and nothing is open, waived or in the baseline."""
    return bool(states["pass"]) and not any(states[state] for state in ORDER[:5])


def sign_of(states: Counter[str]) -> str:
    """The mark of a target without open findings."""
    return "✓" if is_healthy(states) else "~" if states["waived"] or states["baseline"] else "–"


def says_of(states: Counter[str], left_out: int) -> str:
    """A target without open findings; `left_out` rules were not judged."""
    counts = counts_of(states)
    if is_healthy(states):
        return _selected(states) if left_out else f"healthy: {counts}"
    if states["waived"] or states["baseline"]:
        return f"no active problem: {counts}"
    return f"no check applies: {counts or 'none was selected'}"


def _selected(states: Counter[str]) -> str:
    """What is said where only some rules were judged, so that nobody takes the target for healthy."""
    passed, applied = states["pass"], states.total() - states["not_applicable"]
    says = f"{passed} of {counted(applied, 'selected check')} {'passes' if passed == 1 else 'pass'}"
    return says + (f", {count_of(states, 'not_applicable')}" if states["not_applicable"] else "")


def counts_of(states: Counter[str], order: Sequence[str] = ORDER) -> str:
    """How many checks are so, the first with its noun: `12 checks pass, 6 do not apply`."""
    there = [state for state in order if states[state]]
    noun = "check" if there and states[there[0]] == 1 else "checks"
    return ", ".join(count_of(states, state, "" if at else noun) for at, state in enumerate(there))


def count_of(states: Counter[str], state: str, noun: str = "") -> str:
    """How many checks are so."""
    count = states[state]
    name = _OF_ONE.get(state, NAMES[state]) if count == 1 else NAMES[state]
    return " ".join(filter(None, (str(count), noun, name)))
