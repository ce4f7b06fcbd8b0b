"""The part of the catalogue that is about images: what the root of one holds that its copies would share."""

from typing import Final

from rmccomply.facts.fact_line import FactLine

IMAGE_FACTS: Final[dict[str, FactLine]] = {
    "image.mode": FactLine(
        "word",
        "where the evidence was gathered",
        "Whether the evidence is of a running system or of the root of an image that was mounted, as the head of a "
        "bundle says; never guessed.",
        ("running", "mounted_root"),
        platforms=("aix", "vios", "linux"),
    ),
    "image.reset": FactLine(
        "word",
        "what renews the node ID at the first boot",
        "What gives an instance of this image a node ID of its own at its first boot: cloud-init by its module "
        "reset_rmc, another program of the first boot that runs recfgct, or nothing.",
        ("cloud_init", "first_boot", "none"),
        platforms=("aix", "linux"),
    ),
    "image.identity": FactLine(
        "word",
        "the node ID of an instance",
        "Which node ID an instance of this image has after its first boot: a fresh one, that of the image because the "
        "reset that is set up cannot work, or a copy of that of the image because nothing resets it.",
        ("fresh", "reset_fails", "copied"),
        platforms=("aix", "linux"),
    ),
    "image.cloud_state": FactLine(
        "word",
        "the state of cloud-init",
        "Whether cloud-init is as it was installed, or an instance of the system that the image was built on is left "
        "below its folder of state.",
        ("clean", "left"),
        platforms=("aix", "linux"),
    ),
    "image.site_identity": FactLine(
        "list",
        "what ties the image to the site where it was built",
        "Management control points and trusted hosts of the build site, which every copy of the image would know.",
        platforms=("aix", "vios", "linux"),
    ),
    "image.cluster_data": FactLine(
        "list",
        "cluster data in the image",
        "What a copy of the image would bring of a cluster: the repository disk of CAA (caavg_private), PowerHA, a "
        "shared storage pool, a peer domain of RSCT.",
        platforms=("aix", "vios", "linux"),
        subjects=("caa", "powerha", "ssp", "peer_domain"),
    ),
    "image.cluster_traces": FactLine(
        "list",
        "traces of a cluster in the image",
        "What informs without being a cluster: the attribute node_uuid of cluster0 in the ODM.",
        platforms=("aix", "vios"),
        subjects=("node_uuid",),
    ),
    "image.ipv6": FactLine(
        "word",
        "IPv6 in the image",
        "Whether a copy of the image starts with IPv6: by its kernel command line, its sysctl settings after their "
        "precedence, and the profile of the interface that RMC uses. Another adapter without IPv6 is no fault.",
        ("enabled", "disabled"),
        platforms=("aix", "vios", "linux"),
    ),
    "image.ghostdev": FactLine(
        "number",
        "ghostdev",
        "The attribute ghostdev of sys0: with 1, AIX clears its device configuration when it starts elsewhere.",
        platforms=("aix", "vios"),
    ),
    "image.clouddev": FactLine(
        "number",
        "clouddev",
        "The attribute clouddev of sys0: with 1, AIX clears its device configuration when cloud tools say so.",
        platforms=("aix", "vios"),
    ),
}
"""Name to line, in the order of the reference page."""
