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
    "image.file": FactLine(
        "text",
        "the image file",
        "The SHA-256 of the file from which the root was mounted, where it was the same before and after the root was "
        "read.",
        platforms=("aix", "vios", "linux"),
        reads=("image_sum", "image_mount"),
    ),
    "image.site_identity": FactLine(
        "list",
        "what ties the image to the site where it was built",
        "Management control points and trusted hosts of the build site, which every copy of the image would know.",
        platforms=("aix", "vios", "linux"),
        reads=(
            *("host.platform", "ct_folders", "listing", "rmcdomainstatus", "lsrsrc"),
            *("ctsthl", "ctsvhbal", "uname", "console.in_band", "host.aix_release", "rsct.level"),
        ),
    ),
    "image.cluster_data": FactLine(
        "list",
        "cluster data in the image",
        "What a copy of the image would bring of a cluster: the repository disk of CAA (caavg_private), PowerHA, a "
        "shared storage pool, a peer domain of RSCT.",
        platforms=("aix", "vios", "linux"),
        subjects=("caa", "powerha", "ssp", "peer_domain"),
        reads=(
            *("host.platform", "ct_folders", "lsrpdomain", "cluster0", "lspv", "lscluster"),
            *("clstrmgr", "lssrc", "cluster_list"),
        ),
    ),
    "image.cluster_traces": FactLine(
        "list",
        "traces of a cluster in the image",
        "What informs without being a cluster: the attribute node_uuid of cluster0 in the ODM.",
        platforms=("aix", "vios"),
        subjects=("node_uuid",),
        reads=("host.platform", "image.cluster_data", "cluster0"),
    ),
    "image.ipv6": FactLine(
        "word",
        "IPv6 in the image",
        "Whether a copy of the image starts with IPv6: by its kernel command line, its sysctl settings after their "
        "precedence, and the profile of the interface that RMC uses. An adapter beside it may be without IPv6.",
        ("enabled", "disabled"),
        platforms=("linux",),
        reads=(
            *("host.platform", "kernel_command", "boot_entry", "grub_lines", "settings", "sysctl", "listing"),
            *("keyfile", "netplan", "ipv6_lines"),
        ),
    ),
    "image.ghostdev": FactLine(
        "number",
        "ghostdev",
        "The attribute ghostdev of sys0: with 1, AIX clears its device configuration when it starts elsewhere.",
        platforms=("aix", "vios"),
        reads=("host.platform", "sys0"),
    ),
    "image.clouddev": FactLine(
        "number",
        "clouddev",
        "The attribute clouddev of sys0: with 1, AIX clears its device configuration when cloud tools say so.",
        platforms=("aix", "vios"),
        reads=("host.platform", "sys0"),
    ),
    "image.shared_node_id": FactLine(
        "list",
        "others with the node ID of the image",
        "Those inputs of `--against` that hold the node ID of this image; not applicable without such inputs, and "
        "where the first boot renews the node ID. One whose node ID cannot be read makes it unknown.",
        platforms=("aix", "vios", "linux"),
        reads=("ct_node_id", "lsnodeid", "image.reset"),
    ),
}
"""Name to line, in the order of the reference page."""
