"""The part of the catalogue that is about the first boot of an image: what gives an instance a node ID of its own."""

from typing import Final

from rmccomply.facts.fact_line import FactLine

_OF_RESET: Final = (
    *("host.platform", "cloud_init", "listing", "ds_identify", "reset_lines", "inittab"),
    *("kernel_command", "boot_entry", "grub_lines", "settings"),
)
"""What tells whether, and by what, the first boot renews the node ID."""

FIRST_BOOT_FACTS: Final[dict[str, FactLine]] = {
    "image.reset": FactLine(
        "word",
        "what renews the node ID at the first boot",
        "What gives an instance of this image a node ID of its own at its first boot: cloud-init by its module "
        "reset_rmc, something else that the first boot starts, or nothing.",
        ("cloud_init", "first_boot", "none"),
        platforms=("aix", "linux"),
        reads=_OF_RESET,
    ),
    "image.identity": FactLine(
        "word",
        "the node ID of an instance",
        "Which node ID an instance of this image has after its first boot: a fresh one, that of the image because the "
        "reset that is set up cannot work, or a copy of that of the image because nothing resets it.",
        ("fresh", "reset_fails", "copied"),
        platforms=("aix", "linux"),
        reads=(*_OF_RESET, "ct_node_id"),
    ),
    "image.cloud_state": FactLine(
        "word",
        "the state of cloud-init",
        "Whether cloud-init is as it was installed, or an instance of the system that the image was built on is left "
        "below its folder of state.",
        ("clean", "left"),
        platforms=("aix", "linux"),
        reads=("host.platform", "cloud_init", "listing"),
    ),
}
"""Name to line, in the order of the reference page."""
