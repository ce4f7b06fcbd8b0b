"""The image that evidence was gathered from: a system that runs, or the root of one that does not."""

from typing import Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.words import Image

_MODES: Final[dict[Image, str]] = {
    "running": "The evidence is of a running system.",
    "mounted_root": "The evidence is of the root of an image that was mounted, not of a running system.",
}


def mode(facts: Facts) -> Fact:
    """As the head of the bundle says; never guessed."""
    if facts.image is None:
        says = "Whether the evidence is of a running system is unknown: only the head of a bundle says it."
        return unknown("image.mode", "not_collected", says, settle="rmccomply collect script")
    return known("image.mode", facts.image, _MODES[facts.image])
