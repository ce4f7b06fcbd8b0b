"""What gives an instance of an image a node ID of its own at its first boot.

Two things do: cloud-init by its module reset_rmc (canonical/cloud-init, cloudinit/config/cc_reset_rmc.py, frequency
once an instance), and whatever else runs recfgct then. That one of them does not needs one proof, that it does needs
all of its conditions to be known.
"""

from typing import Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.images.cloud_start import runs
from rmccomply.facts.images.conditions import BootCondition, why_unknown
from rmccomply.facts.images.first_boot import first_boot
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.tuples import NamedTuple

NAME: Final = "image.reset"
_MODULE: Final = "reset_rmc"
OF_IMAGES: Final = ("aix", "linux")


class Resets(NamedTuple):
    """Whether cloud-init renews the node ID, and whether something else does."""

    cloud: BootCondition
    other: BootCondition


def resets(facts: Facts) -> Resets:
    """Both ways; use `facts.cached(resets)`."""
    return Resets(runs(facts, _MODULE), facts.cached(first_boot))


def of_platform(facts: Facts, name: str, title: str) -> Fact | None:
    """Why the fact has no value whatever the image holds; None where it has one."""
    platform = facts.fact("host.platform")
    if platform.value in OF_IMAGES:
        return None
    if platform.state == "known":
        says = "Images that start with cloud-init are of AIX and Linux alone."
        return not_applicable(name, says, platform.evidence, (platform,))
    says = f"{title} is unknown: the platform is unknown."
    return unknown(
        name, platform.reason or "inconclusive", says, platform.evidence, settle=platform.settle, basis=(platform,)
    )


def reset_of_image(facts: Facts) -> Fact:
    """The fact image.reset."""
    title = "What renews the node ID at the first boot"
    other = of_platform(facts, NAME, title)
    if other is not None:
        return other
    found = facts.cached(resets)
    if found.cloud.holds:
        says = (
            f"cloud-init renews the node ID at the first boot: {found.cloud.says}, and nothing keeps it from starting."
        )
        return known(NAME, "cloud_init", says, found.cloud.evidence)
    if found.other.holds:
        says = f"The node ID is renewed at the first boot: {found.other.says}."
        return known(NAME, "first_boot", says, found.other.evidence)
    unclear = next((one for one in found if one.holds is None), None)
    if unclear is not None:
        says = f"{title} is unknown: {why_unknown(unclear)}."
        return unknown(NAME, unclear.reason, says, unclear.evidence, settle=unclear.settle)
    says = f"Nothing renews the node ID at the first boot: {found.cloud.says}, and {found.other.says}."
    return known(NAME, "none", says, (*found.cloud.evidence, *found.other.evidence))
