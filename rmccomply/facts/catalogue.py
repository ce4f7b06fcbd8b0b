"""The catalogue: every fact that a policy can speak of, with its type and its words.

A fact `group.name` is the function `name` of `rmccomply/facts/groups/group.py`. Policies are checked against this
table when they are loaded: a fact that is not here, or an operand of another type, is a fault of the policy.
"""

from typing import Final

from rmccomply.facts.console_lines import CONSOLE_FACTS
from rmccomply.facts.fact_line import FactLine
from rmccomply.facts.first_boot_lines import FIRST_BOOT_FACTS
from rmccomply.facts.image_lines import IMAGE_FACTS

FACTS: Final[dict[str, FactLine]] = {
    "host.platform": FactLine(
        "word",
        "the platform",
        "The operating system family of the target.",
        ("aix", "vios", "linux", "hmc"),
        reads=(
            *("uname", "oslevel", "lslpp", "lslpp_listing", "lslpp_history", "ifconfig", "lspv", "prtconf", "emgr"),
            *(
                "instfix",
                "lsfilt",
                "lscluster",
                "os_release",
                "cpuinfo",
                "lparcfg",
                "device_tree",
                "ip_addr",
                "ss",
                "transport",
            ),
            "program_header",
        ),
    ),
    "host.kind": FactLine(
        "word",
        "the kind of host",
        "What runs the operating system, decided on positive evidence only: a PowerVM partition, a full-system "
        "partition, an AIX workload partition, a KVM guest, OPAL bare metal, Red Hat CoreOS, a machine that is not "
        "Power, or a management console. Of a mounted image a policy declares it, unless its files are not for Power.",
        ("lpar", "full_system", "wpar", "kvm", "bare_metal", "rhcos", "other_machine", "hmc"),
        reads=(
            *("host.platform", "uname", "prtconf", "lparstat", "cpuinfo", "os_release"),
            *("lparcfg", "device_tree", "rmcdomainstatus", "lsrsrc", "program_header", "rpm", "dpkg"),
        ),
    ),
    "host.management": FactLine(
        "word",
        "the management",
        "How the partition is managed: as the policy's parameter `management` declares, else as the addresses of its "
        "control points show.",
        ("hmc", "novalink", "powervs", "none"),
        reads=("host.kind", "rmcdomainstatus", "lsrsrc", "console.in_band"),
    ),
    "host.type_model": FactLine(
        "text",
        "the machine type and model",
        "Machine type and model, such as `9105-42A`, where all answers that show it agree.",
        platforms=("aix", "vios", "linux"),
        reads=("host.platform", "uname", "prtconf", "cpuinfo", "lparcfg", "device_tree"),
    ),
    "host.serial": FactLine(
        "text",
        "the serial number of the machine",
        "The serial number of the machine without the digits of its plant, where all answers that show it agree.",
        platforms=("aix", "vios", "linux"),
        reads=("host.platform", "uname", "prtconf", "lparcfg", "device_tree"),
    ),
    "host.lpar_id": FactLine(
        "number",
        "the number of the partition",
        "The number of the partition, -1 on a system without partitions, where all answers that show it agree.",
        platforms=("aix", "vios", "linux"),
        reads=("host.platform", "uname", "prtconf", "lparstat", "lparcfg"),
    ),
    "host.aix_release": FactLine(
        "version",
        "the AIX release",
        "Version, release, technology level and service pack from `oslevel`; not applicable on Linux and on VIOS, "
        "which has levels of its own.",
        platforms=("aix",),
        reads=("host.platform", "oslevel", "uname"),
    ),
    **IMAGE_FACTS,
    **FIRST_BOOT_FACTS,
    "start.recent": FactLine(
        "word",
        "a recent start",
        "Whether the system or RMC started less than 15 minutes before the evidence was collected; then a connection "
        "that is not there yet is not judged.",
        ("yes", "no"),
        reads=("uptime", "ps", "systemd"),
    ),
    "rsct.installed": FactLine(
        "word",
        "RSCT",
        "Whether rsct.core.rmc (AIX, VIOS) or rsct.core (Linux) is installed.",
        ("installed", "absent"),
        platforms=("aix", "vios", "linux"),
        reads=("host.platform", "host.kind", "lslpp", "lslpp_listing", "rpm", "dpkg", "os_release"),
    ),
    "rsct.level": FactLine(
        "version",
        "the RSCT level",
        "The level of rsct.core.rmc (AIX, VIOS) or rsct.core (Linux), never a minimum over rsct.*; not applicable "
        "where RSCT is proved not to be installed.",
        platforms=("aix", "vios", "linux"),
        reads=("host.platform", "host.kind", "lslpp", "lslpp_listing", "rpm", "dpkg", "os_release", "ctversion"),
    ),
    "fixes.rmc_core": FactLine(
        "word",
        "the fixes for this level of RSCT",
        "Whether rsct.core.rmc is at a level for which IBM names APARs (3.1.5.0 to 3.2.0.9 on AIX 6.1 and 7.1), and "
        "whether all of them are installed, as fixes or as interim fixes.",
        ("not_needed", "installed", "missing"),
        platforms=("aix",),
        reads=("host.platform", "host.aix_release", "rsct.level", "instfix", "emgr"),
    ),
    "filesets.unsound": FactLine(
        "list",
        "filesets that are not properly installed",
        "RSCT filesets that are neither applied nor committed: broken, inconsistent or obsolete.",
        platforms=("aix", "vios"),
        reads=("host.platform", "host.kind", "rsct.installed", "lslpp", "lslpp_listing"),
    ),
    "filesets.releases": FactLine(
        "word",
        "the releases of the filesets",
        "Whether rsct.core, rsct.basic, rsct.compat and rsct.opt with all their parts have one version, release and "
        "modification; the last number of their levels may differ.",
        ("alike", "different"),
        platforms=("aix", "vios", "linux"),
        reads=("host.platform", "host.kind", "rsct.installed", "lslpp", "lslpp_listing", "rpm", "dpkg", "os_release"),
    ),
    "filesets.npiv": FactLine(
        "word",
        "the fileset for NPIV",
        "Whether devices.vdevice.IBM.vfc-client.rte, the client of virtual Fibre Channel, is installed; broken where "
        "it is neither applied nor committed.",
        ("installed", "broken", "absent"),
        platforms=("aix",),
        reads=("host.platform", "host.kind", "lslpp", "lslpp_listing"),
    ),
    "packages.core_missing": FactLine(
        "list",
        "packages that RMC needs and are missing",
        "Those of src, rsct.core and rsct.core.utils that are not installed on a Linux partition.",
        platforms=("linux",),
        reads=("host.platform", "host.kind", "rpm", "dpkg", "os_release"),
    ),
    "packages.others_missing": FactLine(
        "list",
        "other RSCT packages that are missing",
        "Those of rsct.basic, DynamicRM and devices.chrp.base.ServiceRM that are not installed on a Linux partition.",
        platforms=("linux",),
        reads=("host.platform", "host.kind", "rpm", "dpkg", "os_release"),
    ),
    "packages.drm_definition": FactLine(
        "word",
        "the definition of IBM.DRM",
        "Whether IBM.DRM is defined on a Linux partition that has DynamicRM: by its file, or because it runs.",
        ("present", "absent"),
        platforms=("linux",),
        reads=(
            "host.platform",
            "host.kind",
            "drm_definition",
            "lssrc",
            "rpm",
            "dpkg",
            "os_release",
        ),
    ),
    "packages.cloud_init": FactLine(
        "word",
        "cloud-init",
        "Whether cloud-init is installed: the package of the distribution, or the rpm on AIX.",
        ("installed", "absent"),
        platforms=("aix", "linux"),
        reads=("host.platform", "host.kind", "rpm", "dpkg", "os_release"),
    ),
    "subsystem.ctrmc": FactLine(
        "word",
        "ctrmc",
        "The RMC daemon's subsystem, as lssrc lists it; on Linux a running systemd unit answers where lssrc does not.",
        ("active", "inactive", "absent"),
        reads=("lssrc", "systemd", "host.platform", "host.kind", "rsct.installed"),
    ),
    "subsystem.domain_manager": FactLine(
        "word",
        "the management domain manager",
        "The resource manager that makes contact with the console: IBM.MgmtDomainRM, or IBM.CSMAgentRM on levels that "
        "still use it.",
        ("active", "inactive", "absent"),
        reads=(
            "lssrc",
            "host.platform",
            "host.kind",
            "host.management",
            "host.aix_release",
            "rsct.installed",
            "rsct.level",
        ),
    ),
    "subsystem.drm": FactLine(
        "word",
        "IBM.DRM",
        "The resource manager that carries out dynamic LPAR (DLPAR) requests; needed only while a console is "
        "connected.",
        ("active", "inactive", "absent"),
        reads=("lssrc", "console.connected", "host.kind", "host.management", "rsct.installed", "start.recent"),
    ),
    "subsystem.not_running": FactLine(
        "list",
        "IBM.HostRM and IBM.ServiceRM that do not run",
        "Those of the two that are on file, needed and not running. IBM.HostRM is needed except on AIX before 7.1, "
        "IBM.ServiceRM where its package is installed.",
        reads=(
            "lssrc",
            "host.platform",
            "host.kind",
            "host.aix_release",
            "rsct.installed",
            "lslpp",
            "lslpp_listing",
        ),
    ),
    "subsystem.stuck": FactLine(
        "list",
        "subsystems that do not stop",
        "RSCT subsystems that are stopping or warned to stop.",
        reads=("lssrc", "host.kind", "rsct.installed"),
    ),
    "boot.ctrmc": FactLine(
        "word",
        "the start of RMC at boot",
        "Whether ctrmc and srcmstr start at boot: by /etc/inittab on AIX and VIOS, by systemd on Linux, or by the "
        "links and files of its units where it was not asked.",
        ("enabled", "disabled", "missing"),
        reads=("inittab", "systemd", "listing", "lssrc", "host.platform", "host.kind", "rsct.installed"),
    ),
    "rmcd.remote_clients": FactLine(
        "word",
        "remote clients of rmcd",
        "Whether rmcd accepts remote clients: TCP 657 or 12601 listens, or it runs with -r; refused where neither is "
        "so. Not applicable where RMC runs in-band, or rmcd does not run.",
        ("accepted", "refused"),
        platforms=("aix", "vios", "linux"),
        reads=(
            "netstat",
            "ss",
            "proc_net",
            "ps",
            "console.in_band",
            "subsystem.ctrmc",
            "host.platform",
            "host.kind",
            "host.management",
            "rsct.installed",
        ),
    ),
    "rmcd.port_name": FactLine(
        "word",
        "the name of port 657",
        "Whether /etc/services, or /usr/etc/services of the distribution, names TCP and UDP 657 rmc.",
        ("usual", "other", "missing"),
        reads=("services", "host.platform", "host.kind", "rsct.installed"),
    ),
    "node_id.files": FactLine(
        "word",
        "the node ID files",
        "Whether /etc/ct_node_id and /var/ct/cfg/ct_node_id hold the same number.",
        ("equal", "different", "one_missing"),
        reads=("ct_node_id", "host.kind", "rsct.installed"),
    ),
    "node_id.live": FactLine(
        "word",
        "the node ID in use",
        "What lsnodeid prints, compared with the files.",
        ("equal", "different", "unassigned"),
        reads=("lsnodeid", "ct_node_id", "host.kind", "rsct.installed"),
    ),
    "node_id.form": FactLine(
        "word",
        "the form of the node ID",
        "Whether the node ID files hold what RSCT itself writes: 9 to 16 hexadecimal digits, not 0 and not all ones.",
        ("well_formed", "malformed", "missing"),
        reads=("ct_node_id", "host.kind", "rsct.installed"),
    ),
    "cloud_init.reset_rmc": FactLine(
        "word",
        "the renewal of the node ID",
        "Whether cloud-init gave this partition a node ID of its own (module reset_rmc), by its logs.",
        ("renewed", "not_renewed"),
        reads=("cloud_init_log", "cloud_init", "ct_node_id", "host.kind", "host.management", "rsct.installed"),
    ),
    **CONSOLE_FACTS,
    "ipv6.link_local": FactLine(
        "word",
        "the IPv6 address for RMC",
        "Whether an interface that is UP carries the link-local address that NovaLink and Power Virtual Server need; "
        "not applicable where the console is reached over IPv4.",
        ("present", "unusable", "absent"),
        platforms=("aix", "linux"),
        reads=(
            *("ifconfig", "netstat_in", "ip_addr", "rmcdomainstatus", "lsrsrc"),
            *(
                "host.platform",
                "host.kind",
                "host.management",
                "host.aix_release",
                "rsct.level",
                "rsct.installed",
                "console.in_band",
            ),
        ),
    ),
    "ipv6.global_addresses": FactLine(
        "list",
        "global IPv6 addresses instead of a link-local one",
        "Global IPv6 addresses on interfaces that are UP, where the link-local address is missing.",
        platforms=("aix", "linux"),
        reads=("ifconfig", "ip_addr", "ipv6.link_local", "host.platform"),
    ),
    "var_ct.free_mib": FactLine(
        "number",
        "free space under /var/ct",
        "Free space of the file system that holds /var/ct.",
        unit="MiB",
        reads=("df",),
    ),
    "var_ct.used_percent": FactLine(
        "number",
        "use of the file system of /var/ct",
        "Used share of that file system, from its blocks.",
        unit="%",
        reads=("df",),
    ),
    "var_ct.inode_percent": FactLine(
        "number",
        "inode use of the file system of /var/ct",
        "Used share of inodes on ext2, ext3 and ext4; not applicable on file systems that create inodes as needed "
        "(JFS2, xfs, btrfs, zfs), unknown where no answer shows the type.",
        unit="%",
        reads=("df", "host.platform"),
    ),
    "cluster.presence": FactLine(
        "word",
        "a cluster",
        "Whether a peer domain, CAA, PowerHA, a shared storage pool or SA MP is present, or ruled out by complete "
        "answers of all that could show one. A system that manages other nodes counts as a cluster.",
        ("present", "ruled_out"),
        reads=(
            *("lsrpdomain", "lssrc", "rmcdomainstatus", "lspv", "lscluster", "cluster0", "clstrmgr", "lsrsrc"),
            "cluster_list",
            "host.platform",
        ),
    ),
    "cluster.signs": FactLine(
        "word",
        "a sign of a cluster",
        "Whether anything that can be seen while RMC is down shows a cluster: subsystems on file, the repository disk "
        "of CAA, packages of PowerHA and SA MP, the folder of a peer domain under /var/ct.",
        ("seen", "none"),
        reads=(
            *("cluster.presence", "host.platform", "lssrc", "lspv", "lscluster", "cluster0", "mgmtdomainrm_log"),
            "ct_folders",
            *("lslpp", "lslpp_listing", "rpm", "dpkg", "os_release"),
        ),
    ),
}
"""Name to line, in the order of the reference page."""


def sources_of(name: str) -> tuple[str, ...]:
    """The sources behind a fact: those that it asks itself, then those behind the facts that it asks."""
    found: dict[str, None] = {}
    asked, seen = [name], {name}
    for fact in asked:
        reads = FACTS[fact].reads
        found.update(dict.fromkeys(one for one in reads if "." not in one))
        asked += [one for one in reads if "." in one and one not in seen]
        seen.update(reads)
    return tuple(found)
