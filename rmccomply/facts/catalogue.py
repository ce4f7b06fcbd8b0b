"""The catalogue: every fact that a policy can speak of, with its type and its words.

A fact `group.name` is the function `name` of `rmccomply/facts/derived/group.py`. Policies are checked against this
table when they are loaded: a fact that is not here, or an operand of another type, is a fault of the policy.
"""

from typing import Final, Literal, NamedTuple

FactType = Literal["word", "version", "number", "list"]


class FactLine(NamedTuple):
    """A line of the catalogue. `words` are all values that a word can take; `unit` is of numbers."""

    type: FactType
    title: str
    doc: str
    words: tuple[str, ...] = ()
    unit: str = ""


FACTS: Final[dict[str, FactLine]] = {
    "host.platform": FactLine(
        "word", "the platform", "The operating system family of the target.", ("aix", "vios", "linux", "hmc")
    ),
    "host.kind": FactLine(
        "word",
        "the kind of host",
        "What runs the operating system, decided on positive evidence only: a PowerVM partition, a full-system "
        "partition, an AIX workload partition, a KVM guest, OPAL bare metal, Red Hat CoreOS, a machine that is not "
        "Power, or a management console.",
        ("lpar", "full_system", "wpar", "kvm", "bare_metal", "rhcos", "other_machine", "hmc"),
    ),
    "host.management": FactLine(
        "word",
        "the management",
        "How the partition is managed: as the policy's parameter `management` declares, else as the addresses of its "
        "control points show.",
        ("hmc", "novalink", "powervs", "none"),
    ),
    "host.aix_release": FactLine(
        "version",
        "the AIX release",
        "Version, release, technology level and service pack from `oslevel`; not applicable on Linux and on VIOS, "
        "which has levels of its own.",
    ),
    "rsct.installed": FactLine(
        "word",
        "RSCT",
        "Whether rsct.core.rmc (AIX, VIOS) or rsct.core (Linux) is installed.",
        ("installed", "absent"),
    ),
    "rsct.level": FactLine(
        "version",
        "the RSCT level",
        "The level of rsct.core.rmc (AIX, VIOS) or rsct.core (Linux), never a minimum over rsct.*; not applicable "
        "where RSCT is proved not to be installed.",
    ),
    "subsystem.ctrmc": FactLine(
        "word", "ctrmc", "The RMC daemon's subsystem, as lssrc lists it.", ("active", "inactive", "absent")
    ),
    "subsystem.domain_manager": FactLine(
        "word",
        "the management-domain manager",
        "The resource manager that shakes hands with the console: IBM.MgmtDomainRM, or IBM.CSMAgentRM on levels that "
        "still use it.",
        ("active", "inactive"),
    ),
    "subsystem.drm": FactLine(
        "word",
        "IBM.DRM",
        "The resource manager that carries out DLPAR requests; due only where a console is connected.",
        ("active", "inactive", "absent"),
    ),
    "node_id.files": FactLine(
        "word",
        "the node ID files",
        "Whether /etc/ct_node_id and /var/ct/cfg/ct_node_id hold the same number.",
        ("equal", "different", "one_missing"),
    ),
    "node_id.live": FactLine(
        "word",
        "the node ID in use",
        "What lsnodeid prints, compared with the files.",
        ("equal", "different", "unassigned"),
    ),
    "node_id.form": FactLine(
        "word",
        "the form of the node ID",
        "Whether the node ID files hold what RSCT itself writes: 9 to 16 hexadecimal digits, not 0 and not all ones.",
        ("well_formed", "malformed", "missing"),
    ),
    "console.connection": FactLine(
        "word",
        "the connection to a management console",
        "What `rmcdomainstatus` says of the management control points, or in-band RMC where `mcproxy` carries it.",
        ("up", "in_band", "pending", "suspended", "unstable", "down", "no_console"),
    ),
    "console.connected": FactLine(
        "word",
        "a connected console",
        "Whether a console is connected by any channel: a control point that is up, or in-band RMC.",
        ("yes", "no"),
    ),
    "console.in_band": FactLine(
        "word",
        "in-band RMC",
        "Whether RMC reaches a console through the hypervisor (subsystem mcproxy), without IP.",
        ("yes", "no"),
    ),
    "console.tcp": FactLine(
        "word",
        "TCP 657 to the console",
        "What probes run on the partition found at the addresses of its control points, on port 657 and, from RSCT "
        "3.3.1.0 on, TLS port 12601.",
        ("open", "closed"),
    ),
    "console.udp": FactLine(
        "word",
        "the UDP 657 path to the console",
        "Whether heartbeats pass, by the state of the control points; a TCP connection proves nothing of UDP.",
        ("proven", "suspect"),
    ),
    "ipv6.link_local": FactLine(
        "word",
        "the IPv6 address for RMC",
        "Whether an interface that is UP carries the link-local address that NovaLink and Power Virtual Server need; "
        "not applicable where the console is reached over IPv4.",
        ("present", "unusable", "absent"),
    ),
    "ipv6.global_addresses": FactLine(
        "list",
        "global IPv6 addresses in the place of a link-local one",
        "Global IPv6 addresses on interfaces that are UP, where the link-local address is missing.",
    ),
    "var_ct.free_mib": FactLine(
        "number", "free space under /var/ct", "Free space of the file system that holds /var/ct.", unit="MiB"
    ),
    "var_ct.used_percent": FactLine(
        "number", "use of the file system of /var/ct", "Used share of that file system, from its blocks.", unit="%"
    ),
    "var_ct.inode_percent": FactLine(
        "number",
        "inode use of the file system of /var/ct",
        "Used share of inodes; not applicable but on ext2, ext3 and ext4, since JFS2, xfs and btrfs make "
        "inodes as needed.",
        unit="%",
    ),
    "cluster.presence": FactLine(
        "word",
        "a cluster",
        "Whether a peer domain, CAA, PowerHA, a shared storage pool or SA MP is present, or ruled out by complete "
        "answers of all that could show one.",
        ("present", "ruled_out"),
    ),
}
"""Name to line, in the order of the reference page."""
