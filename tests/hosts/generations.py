"""One healthy host of each generation, as a full collection would bring it. All of it is constructed.

`HOSTS` is the table. `informs` are the rules that fail at severity info, `unknown` those that stay undecided, each
with the reason why nothing more can be said of that generation; `unread` are the requests that it cannot answer.
"""

from typing import Final, NamedTuple

from rmccomply.evidence.model import Damage, Evidence
from rmccomply.words import Reason
from tests.hosts.answers import (
    CLOUD_PACKAGE,
    HMC,
    ON_DEMAND,
    SECOND,
    Cards,
    Console,
    cloud_init,
    debs,
    domain_status,
    lssrc,
    management_server,
    ps_aix,
    rpms,
)
from tests.hosts.building import command, file, replaced, without
from tests.hosts.cases import SYSTEMCTL
from tests.hosts.consoles import TAIL
from tests.hosts.parts import (
    CARDS,
    LOCAL,
    NO_RULES,
    RMC,
    SERVICE_FILES,
    aix,
    caa,
    clustered,
    filesets,
    linux,
    packages,
    powerha,
    zones,
)

Why = tuple[Reason, str]
OLDER: Final = {"RMC-VER-002": "RSCT is at or above the level that is required and below the one that is recommended."}
LINK_LOCAL: Final = "fe80::8c1a:2bff:fe40:d502"
NOVALINK: Final = Console("fe80::ecba:1dff:fe02:7", "novahost", "9080-HEX*78E4410", "7fd30c11b8a2e645")
INJECTED: Final[Cards] = {**CARDS, "en1": (f"{LINK_LOCAL}/64",)}
INJECTED_LINUX: Final[Cards] = {
    "eth0": (f"{LOCAL}/24", "fe80::8c1a:2bff:fe40:d501/64"),
    "eth1": (f"{LINK_LOCAL}/64",),
}
OLD_FILESETS: Final = {
    **dict.fromkeys(("rsct.basic.rte", "rsct.core.rmc", "rsct.core.utils", "rsct.core.sec"), "2.4.13.1"),
    **dict.fromkeys(("rsct.basic.hacmp", "rsct.basic.sp", "rsct.compat.basic.rte", "rsct.core.hostrm"), "2.4.13.0"),
    "devices.chrp.base.ServiceRM": "1.2.0.10",
}
NFT: Final = "nft list ruleset"
OLD_ID, NEW_ID = "48e2b70d9915fa3c", "c7105f3ab26e9d84"
NO_CONSOLE: Final = command("lsrsrc IBM.MCP", "Resource Persistent Attributes for IBM.MCP\n")
MCPROXY: Final = command(
    "lssrc -ls mcproxy",
    "Subsystem         Group            PID          Status\n"
    " mcproxy          rsct             14483948     active\n"
    "    Hostname: hmcnord\n",
)
APARS: Final = ("IV74438", "IV77384", "IV80836", "IV81777")
FIX_QUERY: Final = f"instfix -ik '{' '.join(APARS)}'"
FIXES: Final = command(FIX_QUERY, "".join(f"    All filesets for {n} were found.\n" for n in APARS))
NO_NFT_PROOF: Final[dict[str, Why]] = {
    "RMC-NET-003": (
        "inconclusive",
        (
            "iptables refuses nothing, and does not show what nft may have; nft is not installed, and nothing that is "
            "collected proves that its part of the kernel holds no rule."
        ),
    )
}
NO_UNITS: Final[dict[str, Why]] = {
    "RMC-SUB-006": (
        "command_absent",
        (
            "There is no systemd, and how RMC starts there without it is documented nowhere at hand; its entry in "
            "/etc/inittab cannot count, or losing the answer of a systemd that disables it would make a pass."
        ),
    )
}


def _missing(line: str) -> Evidence:
    """A command that is not on the system, as a collector tells it."""
    damage = Damage("command_absent", "the command is not there")
    return command(line, state="notfound", exit_status=None, damage=damage)


NO_NFT: Final = (
    _missing(NFT),
    command("iptables-save", "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n"),
)
NO_SYSTEMD: Final = _missing(SYSTEMCTL)


class Host(NamedTuple):
    """A healthy host. `management` is what its policy may declare."""

    name: str
    platform: str
    evidence: list[Evidence]
    management: str = "hmc"
    informs: dict[str, str] = {}
    unknown: dict[str, Why] = {}
    unread: frozenset[str] = frozenset()


def _aix_53() -> Host:
    """RSCT 2.4 of the CSM era: its console is in IBM.ManagementServer, and IBM.CSMAgentRM shakes hands with it."""
    by_address = HMC._replace(token=HMC.address)
    evidence = aix(
        "5300-12-09-1341",
        {**OLD_FILESETS, "csm.client": "1.7.1.1"},
        lssrc("aix", ("ctrmc", "IBM.CSMAgentRM", "IBM.ServiceRM", "IBM.DRM"), (*ON_DEMAND, "IBM.HostRM")),
        command("uname -W", "", 2, "uname: illegal option -- W\nUsage: uname [-amnprsuvxTlLM] [-S Name] [-F]\n"),
        domain_status(by_address)[0],
        command("rmcdomainstatus -s ctrmc -a ip", "", 1, "Usage: rmcdomainstatus [-h] -s subsystem\n"),
        command("lsrsrc IBM.MCP", "", 1, "2610-412 A Resource Class definition for IBM.MCP is not found.\n"),
        management_server(HMC),
        file(TAIL.split()[-1], state="absent"),
        command("lsattr -El cluster0", "", 1, "lsattr: 0514-519 The following device was not found: cluster0\n"),
        ps_aix("/usr/sbin/rsct/bin/rmcd -a IBM.LPCommands -r"),
        node_id="2f60b8d14ce795a1",
        lacking=(),
    )
    unread = frozenset({"uname -W", "rmcdomainstatus -s ctrmc -a ip", "lsrsrc IBM.MCP"})
    return Host("aix-5.3", "aix", without(evidence, TAIL), informs=OLDER, unread=unread)


def _aix_hosts() -> list[Host]:
    csm = {"csm.client": "1.7.1.4", **filesets("3.1.4.2", service="1.4.2.0")}
    on_demand = (*ON_DEMAND, "IBM.HostRM", "IBM.CSMAgentRM")
    first = lssrc("aix", ("ctrmc", "IBM.MgmtDomainRM", "IBM.DRM", "IBM.ServiceRM"), on_demand)
    tables = [
        ("6.1", aix("6100-08-07-1614", csm, first, node_id="90ac4e1b7d38f265", lacking=())),
        ("7.1-tl2", aix("7100-02-07-1524", filesets("3.1.4.5"), node_id="e5170c93ba248d6f")),
        ("7.1-tl3", aix("7100-03-09-1717", filesets("3.2.0.8"), FIXES, node_id="1db8f4027ce6593a")),
        ("7.1-tl5", aix("7100-05-09-2114", filesets("3.2.3.5"), node_id="73fe20a1d54c869b")),
        ("7.2-tl4", aix("7200-04-02-2028", filesets("3.2.5.2"), node_id="bc0841f97e265d3a")),
    ]
    both = aix("7200-05-07-2346", filesets("3.2.6.4"), node_id="06d95ae3c81b74f2", consoles=(HMC, SECOND))
    late = aix("7300-02-02-2420", filesets("3.3.2.1"), node_id="4a3e81d6f70bc952", late=True)
    return [
        _aix_53(),
        *(Host(f"aix-{name}", "aix", evidence, informs=OLDER) for name, evidence in tables),
        Host("aix-7.2-tl5", "aix", both),
        Host("aix-7.3", "aix", late),
    ]


def _vios_hosts() -> list[Host]:
    def level(text: str) -> Evidence:
        return command("ioscli ioslevel", f"{text}\n")

    old = aix("6100-09-11-1832", filesets("3.2.1.12"), level("2.2.6.65"), node_id="d80e63b51fa97c24")
    middle = aix("7200-05-07-2346", filesets("3.2.6.4"), level("3.1.4.31"), node_id="5c92f7e0164ad8b3")
    late = aix("7300-02-01-2346", filesets("3.3.2.1"), level("4.1.0.21"), node_id="a74b1d09c6e35f82", late=True)
    pool = replaced(clustered(middle, "ssp-nord", "3.2.6.4", ("IBM.ConfigRM", "cthags", "clconfd")), *caa("ssp-nord"))
    return [
        Host("vios-2.2", "vios", old, informs=OLDER),
        Host("vios-3.1", "vios", middle),
        Host("vios-3.1-ssp", "vios", pool),
        Host("vios-4.1", "vios", late),
    ]


def _suse_hosts() -> list[Host]:
    """SLES 11 is big-endian, without systemd and os-release; up to SLES 12 the packet filter is iptables alone."""
    eleven = rpms(packages("3.1.5.2", "13330", "1.3.9-8", "1.5.1.0-13330"), "ppc")
    first = linux(
        "sles 11.4",
        "3.0.101-108-ppc64",
        eleven,
        NO_SYSTEMD,
        *NO_NFT,
        file("/etc/os-release", state="absent"),
        node_id="f31c7a8be4d06925",
        machine="ppc64",
    )
    second = rpms(packages("3.2.4.3", "19120", "2.0.6-2"))
    third = rpms(packages("3.2.6.4", "22081", "2.0.7-9"))
    twelve = linux("sles 12.5", "4.12.14-122-default", second, *NO_NFT, node_id="29d4e0f76bc185a3")
    fifteen = linux(
        "sles 15.5", "5.14.21-150500-default", third, zones("ssh", "657/tcp 657/udp"), node_id="8b6f13c7e20a954d"
    )
    return [
        Host("sles-11", "linux", first, informs=OLDER, unknown=NO_UNITS, unread=frozenset({SYSTEMCTL, NFT})),
        Host("sles-12", "linux", twelve, informs=OLDER, unknown=NO_NFT_PROOF, unread=frozenset({NFT})),
        Host("sles-15", "linux", fifteen),
    ]


def _red_hat_hosts() -> list[Host]:
    first, second = packages("3.2.4.3", "19120", "2.0.6-2"), packages("3.2.5.3", "20185", "2.0.7-2")
    third = packages("3.3.1.1", "23275", "2.0.8-1")
    service = (
        zones("ssh rsct-ctrmc rsct-ctrmc-tls", ""),
        *(file(f"/etc/firewalld/services/{name}.xml", state="absent") for name in SERVICE_FILES),
        *(file(f"/usr/lib/firewalld/services/{name}.xml", text) for name, text in SERVICE_FILES.items()),
    )
    nine = linux(
        "rhel 9.4", "5.14.0-427.13.1.el9_4.ppc64le", rpms(third), *service, node_id="e07d5b19a8c3426f", late=True
    )
    in_band = linux(
        "rhel 9.4",
        "5.14.0-427.13.1.el9_4.ppc64le",
        rpms(third),
        *service,
        lssrc("linux", (*RMC, "mcproxy")),
        MCPROXY,
        node_id="37ac82e51fd0b964",
        consoles=(),
        late=True,
    )
    ports = zones("ssh dhcpv6-client", "657/tcp 657/udp")
    return [
        Host(
            "rhel-7",
            "linux",
            linux("rhel 7.9", "3.10.0-1160.el7.ppc64le", rpms(first), ports, node_id="6e92d1fa70c3b584"),
            informs=OLDER,
        ),
        Host(
            "rhel-8",
            "linux",
            linux("rhel 8.8", "4.18.0-477.el8.ppc64le", rpms(second), NO_RULES, node_id="b5f81c20e97d346a"),
            informs=OLDER,
        ),
        Host("rhel-9", "linux", nine),
        Host("rhel-9-in-band", "linux", in_band),
    ]


def _ubuntu_hosts() -> list[Host]:
    """On Debian names are in lower case, and the resource manager of events has a level of its own."""
    first = {n.lower(): v for n, v in packages("3.2.3.2", "17254", "2.0.4-3", "2.5.0.1-15111").items()}
    second = {n.lower(): v for n, v in packages("3.2.6.4", "22081", "2.0.7.3-21-1", "2.5.0.1-15111").items()}
    old = linux("ubuntu 18.04", "4.15.0-213-generic", debs(first), *NO_NFT, node_id="c2e4075b9d18fa63")
    new = linux("ubuntu 22.04", "5.15.0-91-generic", debs(second), NO_RULES, node_id="15b9e7c06fa2d834")
    return [
        Host("ubuntu-18.04", "linux", old, informs=OLDER, unknown=NO_NFT_PROOF, unread=frozenset({NFT})),
        Host("ubuntu-22.04", "linux", new),
    ]


def _cluster_hosts() -> list[Host]:
    """Members of clusters: CAA alone, PowerHA upon it, SA MP with a peer domain of its own."""
    base = aix("7200-05-07-2346", filesets("3.2.6.4"), node_id="6d1c0f52b7e93a48")
    services = ("IBM.ConfigRM", "IBM.StorageRM", "cthags", "clconfd")
    member = replaced(clustered(base, "caanord", "3.2.6.4", services), *caa("caanord"))
    upon_it = replaced(clustered(base, "hanord", "3.2.6.4", (*services, "clstrmgrES")), *caa("hanord"))
    samp = ("IBM.ConfigRM", "IBM.StorageRM", "IBM.RecoveryRM", "IBM.GblResRM", "cthats", "cthags")
    old = aix("7100-05-09-2114", filesets("3.2.3.5"), node_id="6d1c0f52b7e93a48")
    kernel = "4.18.0-477.el8.ppc64le"
    rhel = linux(
        "rhel 8.8", kernel, rpms(packages("3.2.5.3", "20185", "2.0.7-2")), NO_RULES, node_id="6d1c0f52b7e93a48"
    )
    return [
        Host("caa-aix", "aix", member),
        Host("powerha-aix", "aix", [*upon_it, powerha("ST_STABLE")]),
        Host("samp-aix", "aix", clustered(old, "sampnord", "3.2.3.5", samp), informs=OLDER),
        Host("samp-linux", "linux", clustered(rhel, "sampnord", "3.2.5.3", samp, family="linux"), informs=OLDER),
    ]


def _link_local_hosts() -> list[Host]:
    """Partitions that are reached over IPv6 on an injected interface: NovaLink, and Power Virtual Server."""
    cloud_aix = cloud_init(OLD_ID, NEW_ID, "/opt/freeware/etc/cloud/cloud.cfg")
    cloud_linux = cloud_init(OLD_ID, NEW_ID, "/etc/cloud/cloud.cfg")
    novalink = aix(
        "7200-05-07-2346",
        filesets("3.2.6.4"),
        node_id="f90d36e2ba7c5184",
        cards=INJECTED,
        consoles=(NOVALINK,),
        local=LINK_LOCAL,
    )
    power_vs = aix(
        "7300-02-02-2420",
        filesets("3.3.2.1"),
        *cloud_aix,
        node_id=NEW_ID,
        cards=INJECTED,
        late=True,
        consoles=(NOVALINK,),
        local=LINK_LOCAL,
    )
    database = rpms({**packages("3.3.1.1", "23275", "2.0.8-1"), **CLOUD_PACKAGE})
    rhel = linux(
        "rhel 9.4",
        "5.14.0-427.13.1.el9_4.ppc64le",
        database,
        NO_RULES,
        *cloud_linux,
        node_id=NEW_ID,
        cards=INJECTED_LINUX,
        late=True,
        consoles=(NOVALINK,),
        local=LINK_LOCAL,
    )
    return [
        Host("novalink-aix", "aix", novalink, "novalink"),
        Host("powervs-aix", "aix", power_vs, "powervs"),
        Host("powervs-linux", "linux", rhel, "powervs"),
    ]


def _in_band() -> Host:
    """AIX 7.3 TL4: RMC reaches the console through the hypervisor, and knows none over IP."""
    evidence = aix(
        "7300-04-00-2546",
        filesets("3.3.4.0"),
        lssrc("aix", (*RMC, "mcproxy")),
        MCPROXY,
        node_id="8c20f7d4e16ba395",
        consoles=(),
        late=True,
    )
    return Host("aix-7.3-in-band", "aix", evidence)


HOSTS: Final = {
    host.name: host
    for host in (
        *_aix_hosts(),
        _in_band(),
        *_vios_hosts(),
        *_suse_hosts(),
        *_red_hat_hosts(),
        *_ubuntu_hosts(),
        *_cluster_hosts(),
        *_link_local_hosts(),
    )
}
