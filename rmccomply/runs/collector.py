"""What `collector` does: the script that gathers the evidence of one partition, or what it asks."""

from rmccomply.collect.listing import listing
from rmccomply.collect.plan import SYSTEMS
from rmccomply.data import collector_text
from rmccomply.errors import UsageError
from rmccomply.runs.teller import Teller


def collector(listed: bool, platform: str | None, teller: Teller) -> None:
    """Tell the script, or where it is `listed` what it asks of a platform, or of all. Raises UsageError."""
    if platform is not None and platform not in SYSTEMS:
        raise UsageError(f"there is no platform '{platform}'; there are {', '.join(SYSTEMS)}")
    if platform is not None and not listed:
        raise UsageError("--platform goes with --list: the script is the same for all")
    teller.result(listing((platform,) if platform else tuple(SYSTEMS)) if listed else collector_text())
