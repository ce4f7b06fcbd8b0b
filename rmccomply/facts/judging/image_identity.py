"""Which node ID an instance of an image has after its first boot."""

from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, unknown


def identity(facts: Facts) -> Fact:
    """The fact image.identity."""
    return unknown("image.identity", "not_collected", "It is unknown: nothing was collected that shows it.")
