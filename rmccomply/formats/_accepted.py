"""What was accepted in a run, in words: how much, and each waiver of which something is to be said."""

from typing import TYPE_CHECKING, Final

from rmccomply.dispose.waiver_ends import moment_told, on_told, who_told

if TYPE_CHECKING:
    from rmccomply.dispose.waiver_ends import WaiverEnd
    from rmccomply.evidence.model import Notification
    from rmccomply.report import Closing

_TOLD: Final = frozenset({"expired", "void", "soon"})


def is_listed(end: "WaiverEnd") -> bool:
    """Whether the block has it: what covers nothing, though nothing is wrong with it, is said as a note."""
    return end.state in _TOLD or end.findings > 0


def others_of(closing: "Closing") -> "tuple[Notification, ...]":
    """What is to be said of no target, without what the block says."""
    told = {end.note for end in closing.leftover.waivers if end.says and is_listed(end)}
    return tuple(note for note in closing.notifications if note not in told) if told else closing.notifications


def told_of(accepted: tuple[int, int]) -> str:
    """`3 checks waived, 5 in the baseline`."""
    waived, known = accepted
    parts = [f"{waived:,} waived"] if waived else []
    parts += [f"{known:,} in the baseline"] if known else []
    noun = "check" if (waived or known) == 1 else "checks"
    return ", ".join(parts).replace(" ", f" {noun} ", 1) or "no check"


def says_of_end(end: "WaiverEnd") -> str:
    """What is to be told of a waiver, else what it covers and until when; and whose it is."""
    if end.says:
        return end.says
    until = moment_told(end.waiver.expires)
    return f"covers {on_told(end.findings, end.targets)} until {until} {who_told(end.waiver)}"
