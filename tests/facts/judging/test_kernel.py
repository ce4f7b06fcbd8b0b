"""A kernel without packet filters, proved by what it has loaded and built in."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.sources.filters.kernel_filters import asks
from tests.hosts.building import command, facts
from tests.hosts.cases import LOCAL, broken, lines, says
from tests.hosts.consoles import consoles, nft, resource

SAVE = "*filter\n:INPUT {policy} [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}COMMIT\n"
RMC = "-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT\n" + "".join(
    f"-A INPUT -p {protocol} -m {protocol} --dport 657 -j ACCEPT\n" for protocol in ("tcp", "udp")
)
NOT_ASKED = [broken(command(name), "not_collected") for name in ("nft list ruleset", "iptables-save", "ip6tables-save")]


def loaded(*names: str) -> Evidence:
    rows = "".join(f"{name} 323584 289 - Live 0x0000000000000000\n" for name in names)
    argv = "grep -e ^nf_tables -e ^ip_tables -e ^ip6_tables /proc/modules"
    return command(argv, rows, 0 if names else 1)


def built_in(*names: str, exit_status: int | None = None) -> Evidence:
    rows = "".join(f"kernel/net/netfilter/{name}.ko\n" for name in names)
    path = "/lib/modules/5.14.0-427.el9.ppc64le/modules.builtin"
    argv = f"grep -e /nf_tables.ko -e /ip_tables.ko -e /ip6_tables.ko {path}"
    return command(argv, rows, exit_status if exit_status is not None else 0 if names else 1)


def iptables(policy: str, rules: str = "") -> Evidence:
    return command("iptables-save", SAVE.format(policy=policy, rules=rules))


def host(*evidence: Evidence, console: Evidence | None = None) -> Facts:
    return facts(console or consoles(), *evidence, platform="linux", management="hmc")


KERNELS = [
    pytest.param([loaded(), built_in(), *NOT_ASKED], "open", id="no filter"),
    pytest.param([loaded(), built_in()], "open", id="no filter, none asked"),
    pytest.param([loaded()], "?not_collected", id="what is built in is not known"),
    pytest.param([built_in()], "?not_collected", id="what is loaded is not known"),
    pytest.param([loaded(), built_in(exit_status=2)], "?not_collected", id="no list of what is built in"),
    pytest.param([loaded("nf_tables"), built_in()], "?not_collected", id="nft is loaded"),
    pytest.param([loaded(), built_in("nf_tables")], "?not_collected", id="nft is built in"),
    pytest.param([loaded("ip_tables"), built_in()], "?not_collected", id="iptables is loaded"),
    pytest.param([loaded("ip6_tables"), built_in()], "open", id="no console over IPv6"),
    pytest.param([loaded("ip_tables"), built_in(), iptables("ACCEPT")], "open", id="iptables alone accepts"),
    pytest.param([loaded("ip_tables"), built_in(), iptables("DROP", RMC)], "open", id="iptables alone lets RMC in"),
    pytest.param([loaded("ip_tables"), built_in(), iptables("DROP")], "closed", id="iptables alone refuses"),
    pytest.param([loaded("ip_tables"), iptables("ACCEPT")], "?inconclusive", id="whether there is nft is not known"),
    pytest.param([loaded("nf_tables"), built_in(), nft("drop")], "closed", id="nft alone refuses"),
    pytest.param([loaded("nf_tables"), built_in(), nft()], "open", id="nft alone accepts"),
]


@pytest.mark.parametrize(("evidence", "expected"), KERNELS)
def test_kernels(evidence: list[Evidence], expected: str) -> None:
    assert says(host(*evidence).fact("firewall.rmc")) == expected


def test_a_console_over_ipv6_is_not_filtered_by_iptables() -> None:
    console = consoles(resource(address=LOCAL))
    assert says(host(loaded("ip_tables"), built_in(), console=console).fact("firewall.rmc")) == "open"
    assert says(host(loaded("ip6_tables"), built_in(), console=console).fact("firewall.rmc")) == "?not_collected"


def test_what_proves_it_is_shown() -> None:
    fact = host(loaded(), built_in(), *NOT_ASKED).fact("firewall.rmc")
    assert fact.says == "The kernel has no packet filter: nf_tables and iptables are neither loaded nor built in."
    assert {place.request.split()[-1].rpartition("/")[2] for place in fact.evidence} == {"modules", "modules.builtin"}
    fact = host(loaded("ip_tables"), built_in(), iptables("DROP", RMC)).fact("firewall.rmc")
    assert fact.says == "Iptables-save lets TCP and UDP 657 in, and the kernel has no nft."
    assert "--dport 657" in lines(fact.evidence)


def test_no_advice_loads_a_filter_that_is_not_there() -> None:
    fact = host(*NOT_ASKED).fact("firewall.rmc")
    words = fact.settle.split(" ")
    assert (fact.reason, words[0], words[-1]) == ("not_collected", "grep", "-r)/modules.builtin")
    assert asks(("grep", "-e", "/nf_tables.ko", "-e", "/ip_tables.ko", "-e", "/ip6_tables.ko", built_in().argv[-1]))
    assert host(loaded("ip_tables"), built_in(), *NOT_ASKED).fact("firewall.rmc").settle == "iptables-save"
