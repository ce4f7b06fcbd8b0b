"""What gives an instance of an image a node ID of its own at its first boot."""

from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, unknown


def reset(facts: Facts) -> Fact:
    """The fact image.reset."""
    return unknown("image.reset", "not_collected", "It is unknown: nothing was collected that shows it.")
