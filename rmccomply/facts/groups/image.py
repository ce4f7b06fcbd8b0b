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


def site_identity(facts: Facts) -> Fact:
    """Control points and trusted hosts of the build site."""
    from rmccomply.facts.images import image_site

    return image_site.site_identity(facts)


def cluster_data(facts: Facts) -> Fact:
    """What a copy would bring of a cluster."""
    from rmccomply.facts.images import image_cluster

    return image_cluster.cluster_data(facts)


def cluster_traces(facts: Facts) -> Fact:
    """What informs without being a cluster."""
    from rmccomply.facts.images import image_cluster

    return image_cluster.cluster_traces(facts)


def ipv6(facts: Facts) -> Fact:
    """Whether a copy starts with IPv6."""
    from rmccomply.facts.images.image_ipv6 import ipv6_of_image

    return ipv6_of_image(facts)


def ghostdev(facts: Facts) -> Fact:
    """The attribute of sys0."""
    from rmccomply.facts.images.image_sys0 import of_sys0

    return of_sys0(facts, "ghostdev")


def clouddev(facts: Facts) -> Fact:
    """The attribute of sys0."""
    from rmccomply.facts.images.image_sys0 import of_sys0

    return of_sys0(facts, "clouddev")


def reset(facts: Facts) -> Fact:
    """What renews the node ID at the first boot."""
    from rmccomply.facts.images.cloud_reset import reset_of_image

    return reset_of_image(facts)


def identity(facts: Facts) -> Fact:
    """Which node ID an instance has after its first boot."""
    from rmccomply.facts.images.image_identity import identity_of_image

    return identity_of_image(facts)


def cloud_state(facts: Facts) -> Fact:
    """Whether an instance of the build host is left in the state of cloud-init."""
    from rmccomply.facts.images.cloud_state import state_of_image

    return state_of_image(facts)


def shared_node_id(facts: Facts) -> Fact:
    """Others that hold the node ID of this image."""
    from rmccomply.facts.judging import shared_id

    return shared_id.shared(facts)
