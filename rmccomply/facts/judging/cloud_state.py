"""What cloud-init left of the host that an image was built on."""

from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, unknown


def cloud_state(facts: Facts) -> Fact:
    """The fact image.cloud_state."""
    return unknown("image.cloud_state", "not_collected", "It is unknown: nothing was collected that shows it.")
