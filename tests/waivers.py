"""Waivers for tests: one that covers, as findings carry it, and as people write it."""

from typing import Final

from rmccomply.finding import WaiverCard
from rmccomply.words import Disposition

CARD: Final = WaiverCard(
    "W-2026-014",
    "unix-team@example.com",
    "j.kim@example.com",
    "2026-11-01",
    "CHG0042",
    "The update is scheduled.",
    "2027-01-31T23:59:59+01:00",
    "in_force",
)


def card_for(disposition: Disposition | None) -> WaiverCard | None:
    """What a fail of this disposition carries."""
    return CARD if disposition == "waived" else None


WRITTEN: Final[dict[str, str]] = {
    "id": '"W-1"',
    "rule": '"RMC-SUB-001"',
    "targets": '["lpar*"]',
    "severity": '"critical"',
    "owner": '"a.meier@example.com"',
    "approved_by": '"j.kim@example.com"',
    "approved": "2026-11-20",
    "ticket": '"CHG0042"',
    "reason": '"It is mended in December."',
    "expires": "2026-12-31T23:59:59+01:00",
}


def written(**changes: str | None) -> str:
    """A waiver in TOML with these changes of its values; None leaves a key out."""
    values = {**WRITTEN, **changes}
    return "[[waivers]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value is not None)


def file_with(*waivers: str) -> str:
    """A waivers file."""
    return "\n".join(["schema = 1\n", *waivers])
