"""The image that evidence was gathered from: a system that runs, or the root of one that does not."""

from typing import TYPE_CHECKING, Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.table import IMAGE_MOUNT, IMAGE_SUM
from rmccomply.words import Image

if TYPE_CHECKING:
    from rmccomply.sources.software.image_mount import MountWord

_MODES: Final[dict[Image, str]] = {
    "running": "The evidence is of a running system.",
    "mounted_root": "The evidence is of the root of an image that was mounted, not of a running system.",
}
_FILE: Final = "The image file"
_ASK_FILE: Final = "sh collector.sh image --root DIR --image FILE"
_NOT_PROVEN: Final["dict[MountWord, str]"] = {
    "another-file": "the root is mounted from {0.backing}, which is another file than {0.path}",
    "not-loop": "{0.source}, from which the root is mounted, is not a loop device and so tells no file",
    "not-mounted": "nothing is mounted at {0.root}, so nothing shows that it holds what {0.path} does",
}
"""What the probe says, where it does not prove the mount."""


def mode(facts: Facts) -> Fact:
    """As the head of the bundle says; never guessed."""
    if facts.image is None:
        says = "Whether the evidence is of a running system is unknown: only the head of a bundle says it."
        return unknown("image.mode", "not_collected", says, settle="rmccomply collect script")
    return known("image.mode", facts.image, _MODES[facts.image])


def file(facts: Facts) -> Fact:
    """Known only where two digests are equal, and the root is mounted from that very file."""
    name = "image.file"
    if facts.image == "running":
        return not_applicable(name, f"{_MODES['running']} No file of an image was read.")
    sums, mounts = facts.read(IMAGE_SUM), facts.read(IMAGE_MOUNT)
    if (
        len({one.record.after for one in sums}) < 2
        or not mounts
        or facts.unread(IMAGE_SUM)
        or facts.unread(IMAGE_MOUNT)
    ):
        return unread(name, _FILE, (*facts.answers(IMAGE_SUM), *facts.answers(IMAGE_MOUNT)), _ASK_FILE)
    places = tuple(place for one in sorted(sums, key=lambda one: one.record.after) for place in one.at(one.record.line))
    places += tuple(place for one in mounts for place in one.at(one.record.line))
    if len({*(one.record.path for one in sums), *(one.record.path for one in mounts)}) > 1:
        return unknown(name, "conflicting", f"{_FILE} is unknown: digests of two files were collected.", places)
    if len({one.record.sha256 for one in sums}) > 1:
        says = f"{_FILE} is unknown: it changed while its root was read. Mount it read-only, and collect again."
        return unknown(name, "conflicting", says, places, settle=_ASK_FILE)
    other = next((one.record for one in mounts if one.record.word != "same"), None)
    if other is not None:
        says = f"{_FILE} is unknown: {_NOT_PROVEN[other.word].format(other)}."
        return unknown(name, "inconclusive", says, places, settle=_ASK_FILE)
    says = f"The root was mounted from {sums[0].record.path}, which was the same before and after it was read."
    return known(name, sums[0].record.sha256, says, places)


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
