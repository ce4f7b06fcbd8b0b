"""Healthy partitions of every kind: platform and generation by management, cluster and packet filter.

`HEALTHY` is the table. It is no full product: each value of an axis stands beside each platform where it is possible.
What `tests.hosts.generations` has is in it too, but for what is older than RSCT's own support.
"""

from typing import Final, NamedTuple

from rmccomply.evidence.model import Evidence
from tests.hosts.answers import CLOUD_PACKAGE, HMC, ON_DEMAND, SECOND, Cards, cloud_init, debs, lssrc, rpms
from tests.hosts.building import command, replaced
from tests.hosts.consoles import DENY, PERMIT, ip_filter
from tests.hosts.generations import (
    FIXES,
    HOSTS,
    INJECTED,
    INJECTED_LINUX,
    LINK_LOCAL,
    MCPROXY,
    NEW_ID,
    NOVALINK,
    OLD_ID,
    OLDER,
    Host,
)
from tests.hosts.parts import RMC, aix, caa, clustered, filesets, linux, packages, powerha


class Kind(NamedTuple):
    """A healthy host and, on Linux, the name of its packet filter in `tests.hosts.packet_filters`."""

    host: Host
    packet_filter: str = ""


_BEFORE: Final = ("aix-5.3", "sles-11")
"""Systems that RSCT 3 supports no more: their hosts are in the table of generations alone."""
_FILTER_OF: Final = {
    "sles-12": "none",
    "sles-15": "firewalld",
    "rhel-7": "firewalld upon iptables",
    "rhel-8": "firewalld",
    "rhel-9": "firewalld with the services of RSCT",
    "rhel-9-in-band": "none",
    "ubuntu-18.04": "none",
    "ubuntu-22.04": "ufw",
    "samp-linux": "none",
    "powervs-linux": "nft without rules",
}
"""What the Linux hosts of the table of generations have here."""
_SA_MP: Final = ("IBM.ConfigRM", "IBM.StorageRM", "IBM.RecoveryRM", "IBM.GblResRM", "cthats", "cthags")
_CAA: Final = ("IBM.ConfigRM", "IBM.StorageRM", "cthags", "clconfd")
_PERMITTED: Final = (ip_filter("4", DENY.replace("657", "7"), PERMIT), ip_filter("6"))
"""IP security is loaded, and what it denies has nothing to do with RMC."""


def _level(text: str) -> Evidence:
    return command("ioscli ioslevel", f"{text}\n")


def _aix_hosts() -> list[Host]:
    two = (HMC, SECOND)
    oldest = aix("6100-09-12-1846", filesets("3.1.5.9"), FIXES, node_id="41c5e8d20b7fa936", consoles=two)
    both = aix(
        "7200-05-07-2346", filesets("3.2.6.4"), node_id="5e0d91b4c78a263f", consoles=(HMC, NOVALINK), cards=INJECTED
    )
    novalink = aix(
        "7100-05-09-2114", filesets("3.2.3.5"), node_id="86b0f3d27ac9e145", cards=INJECTED, consoles=(NOVALINK,),
        local=LINK_LOCAL,
    )  # fmt: skip
    cloud = aix(
        "7200-05-07-2346", filesets("3.2.6.4"), *cloud_init(OLD_ID, NEW_ID, "/opt/freeware/etc/cloud/cloud.cfg"),
        node_id=NEW_ID, cards=INJECTED, consoles=(NOVALINK,), local=LINK_LOCAL,
    )  # fmt: skip
    filtered = aix("7300-02-02-2420", filesets("3.3.2.1"), *_PERMITTED, node_id="b91d6e08f2c3a754", late=True)
    old = aix("7100-05-09-2114", filesets("3.2.3.5"), node_id="6d1c0f52b7e93a48")
    late = aix("7300-02-02-2420", filesets("3.3.2.1"), node_id="6d1c0f52b7e93a48", late=True)
    return [
        Host("aix-6.1-two-hmcs", "aix", oldest, informs=OLDER),
        Host("aix-7.2-hmc-and-novalink", "aix", both),
        Host("aix-7.1-novalink", "aix", novalink, "novalink", informs=OLDER),
        Host("aix-7.2-powervs", "aix", cloud, "powervs"),
        Host("aix-7.3-ip-filter", "aix", filtered),
        Host("aix-7.1-powerha", "aix", _powerha(old, "3.2.3.5"), informs=OLDER),
        Host("aix-7.3-powerha", "aix", _powerha(late, "3.3.2.1")),
        Host("aix-7.3-powerha-stopped", "aix", _powerha_stopped(late, "3.3.2.1")),
        Host("aix-7.3-powerha-unused", "aix", _powerha_unused(late)),
        Host("aix-7.3-samp", "aix", clustered(late, "sampnord", "3.3.2.1", _SA_MP)),
    ]


def _powerha(base: list[Evidence], level: str) -> list[Evidence]:
    return clustered(base, "hanord", level, (*_CAA, "clstrmgrES"), *caa("hanord"))


def _powerha_stopped(base: list[Evidence], level: str) -> list[Evidence]:
    """PowerHA was stopped on purpose: its cluster manager and CAA stay, and group services are down."""
    services = lssrc("aix", (*RMC, "IBM.ConfigRM", "IBM.StorageRM", "clconfd", "clstrmgrES"), (*ON_DEMAND, "cthags"))
    rest = replaced(base, services, *caa("hanord"))
    return [*rest, powerha("ST_INIT")]


def _powerha_unused(base: list[Evidence]) -> list[Evidence]:
    """The filesets of PowerHA are installed, and no cluster was made."""
    return replaced(base, lssrc("aix", (*RMC, "clstrmgrES"), (*ON_DEMAND, "cthags")), powerha("NOT_CONFIGURED"))


def _vios_hosts() -> list[Host]:
    old = aix(
        "6100-09-11-1832", filesets("3.2.1.12"), _level("2.2.6.65"), node_id="0f4c7e9ab2d81635",
        consoles=(HMC, SECOND),
    )  # fmt: skip
    novalink = aix(
        "7200-05-07-2346", filesets("3.2.6.4"), _level("3.1.4.31"), node_id="c83d15f60e9b7a24", cards=INJECTED,
        consoles=(NOVALINK,), local=LINK_LOCAL,
    )  # fmt: skip
    late = aix("7300-02-01-2346", filesets("3.3.2.1"), _level("4.1.0.21"), node_id="6d1c0f52b7e93a48", late=True)
    pool = clustered(late, "ssp-sued", "3.3.2.1", ("IBM.ConfigRM", "cthags", "clconfd"), *caa("ssp-sued"))
    return [
        Host("vios-2.2-two-hmcs", "vios", old, informs=OLDER),
        Host("vios-3.1-novalink", "vios", novalink, "novalink"),
        Host("vios-4.1-ssp", "vios", pool),
    ]


_RHEL_7: Final = ("rhel 7.9", "3.10.0-1160.el7.ppc64le", ("3.2.4.3", "19120", "2.0.6-2"))
_RHEL_8: Final = ("rhel 8.8", "4.18.0-477.el8.ppc64le", ("3.2.6.4", "22081", "2.0.7-9"))
_RHEL_9: Final = ("rhel 9.4", "5.14.0-427.13.1.el9_4.ppc64le", ("3.3.1.1", "23275", "2.0.8-1"))
_RHEL_10: Final = ("rhel 10.0", "6.12.0-55.el10.ppc64le", ("3.3.3.1", "24355", "2.0.9-1"))
_SLES_12: Final = ("sles 12.5", "4.12.14-122-default", ("3.2.4.3", "19120", "2.0.6-2"))
_SLES_15: Final = ("sles 15.6", "6.4.0-150600-default", ("3.2.6.4", "22081", "2.0.7-9"))
_UBUNTU_20: Final = ("ubuntu 20.04", "5.4.0-190-generic", ("3.2.6.4", "22081", "2.0.7.3-21-1", "2.5.0.1-15111"))
_UBUNTU_24: Final = ("ubuntu 24.04", "6.8.0-51-generic", ("3.2.6.4", "22081", "2.0.7.3-21-1", "2.5.0.1-15111"))
System = tuple[str, str, tuple[str, ...]]


def _on(
    system: System,
    *others: Evidence,
    node_id: str = "e2b94f07d16c835a",
    cards: Cards | None = None,
    injected: bool = False,
    in_band: bool = False,
) -> list[Evidence]:
    """A partition of this system, managed by one HMC, by NovaLink over an injected interface, or in-band."""
    distribution, kernel, levels = system
    levels_of = {**packages(*levels), **(CLOUD_PACKAGE if node_id == NEW_ID else {})}
    lower = {name.lower(): level for name, level in levels_of.items()}
    database = debs(lower) if distribution.startswith("ubuntu") else rpms(levels_of)
    if injected:
        console, local, cards = (NOVALINK,), LINK_LOCAL, INJECTED_LINUX
        return linux(
            distribution, kernel, database, *others, node_id=node_id, cards=cards, consoles=console, local=local
        )
    consoles = () if in_band else (HMC,)
    more = (lssrc("linux", (*RMC, "mcproxy")), MCPROXY) if in_band else ()
    return linux(distribution, kernel, database, *more, *others, node_id=node_id, cards=cards, consoles=consoles)


def _samp(system: System) -> list[Evidence]:
    return clustered(_on(system, node_id="6d1c0f52b7e93a48"), "sampnord", system[2][0], _SA_MP, family="linux")


def _linux_kinds() -> list[Kind]:
    cloud = cloud_init(OLD_ID, NEW_ID, "/etc/cloud/cloud.cfg")
    tables: list[tuple[str, list[Evidence], str, str]] = [
        ("rhel-7-iptables", _on(_RHEL_7), "hmc", "iptables"),
        ("rhel-7-none", _on(_RHEL_7), "hmc", "none"),
        ("rhel-8-nft", _on(_RHEL_8), "hmc", "nft"),
        ("rhel-8-none", _on(_RHEL_8), "hmc", "none"),
        ("rhel-8-novalink", _on(_RHEL_8, injected=True), "novalink", "firewalld"),
        ("rhel-9-nft", _on(_RHEL_9), "hmc", "nft"),
        ("rhel-9-none", _on(_RHEL_9), "hmc", "none"),
        ("rhel-9-samp", _samp(_RHEL_9), "hmc", "firewalld"),
        ("rhel-10", _on(_RHEL_10), "hmc", "firewalld 2"),
        ("rhel-10-in-band", _on(_RHEL_10, in_band=True), "hmc", "firewalld 2"),
        ("rhel-10-powervs", _on(_RHEL_10, *cloud, node_id=NEW_ID, injected=True), "powervs", "none"),
        ("sles-12-iptables", _on(_SLES_12), "hmc", "iptables"),
        ("sles-12-susefirewall2", _on(_SLES_12), "hmc", "SuSEfirewall2"),
        ("sles-12-samp", _samp(_SLES_12), "hmc", "none"),
        ("sles-15-none", _on(_SLES_15), "hmc", "none"),
        ("sles-15-nft", _on(_SLES_15), "hmc", "nft"),
        ("sles-15-samp", _samp(_SLES_15), "hmc", "firewalld"),
        ("sles-15-powervs", _on(_SLES_15, *cloud, node_id=NEW_ID, injected=True), "powervs", "firewalld"),
        ("ubuntu-20.04-iptables", _on(_UBUNTU_20), "hmc", "iptables"),
        ("ubuntu-20.04-none", _on(_UBUNTU_20), "hmc", "none"),
        ("ubuntu-24.04-ufw", _on(_UBUNTU_24), "hmc", "ufw"),
        ("ubuntu-24.04-nft", _on(_UBUNTU_24), "hmc", "nft"),
        ("ubuntu-24.04-novalink", _on(_UBUNTU_24, injected=True), "novalink", "ufw"),
    ]
    return [
        Kind(Host(name, "linux", evidence, management), packet_filter)
        for name, evidence, management, packet_filter in tables
    ]


def _generations() -> list[Kind]:
    return [Kind(host, _FILTER_OF.get(name, "")) for name, host in HOSTS.items() if name not in _BEFORE]


HEALTHY: Final = {
    kind.host.name: kind
    for kind in (*_generations(), *map(Kind, _aix_hosts()), *map(Kind, _vios_hosts()), *_linux_kinds())
}
