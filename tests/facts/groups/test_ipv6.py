"""The link-local address for RMC (tables 2.3 and 3.9)."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts
from tests.hosts.cases import (
    IP_ADDR,
    IPV4,
    KVM,
    LOCAL,
    LPAR,
    OPAL,
    broken,
    card,
    domain,
    lines,
    linux_host,
    lslpp,
    lssrc,
    mcp,
    says,
)

NONE = lssrc("ctrmc rsct active")
LO0 = """\
lo0: flags=e08084b,c0<UP,BROADCAST,LOOPBACK,RUNNING,MULTICAST>
\tinet 127.0.0.1 netmask 0xff000000
\tinet6 ::1%1/128
"""
EN = "{name}: flags=1e084863,814c0<{up}BROADCAST,RUNNING,SIMPLEX,MULTICAST,64BIT,CHAIN>\n"


def en(name: str, *addresses: str, up: bool = True) -> str:
    """An interface of `ifconfig -a`; addresses are "4 10.0.0.1" or "6 fe80::1/64"."""
    text = EN.format(name=name, up="UP," if up else "")
    for one in addresses:
        family, rest = one.split(" ", 1)
        mask = " netmask 0xffffff00 broadcast 10.0.1.255" if family == "4" else ""
        text += f"\tinet{'6' if family == '6' else ''} {rest}{mask}\n"
    return text


def ifconfig(*cards: str, loopback: bool = True) -> Evidence:
    return command("ifconfig -a", "".join(cards) + (LO0 if loopback else ""))


def ip_addr(*cards: str, loopback: bool = True) -> Evidence:
    return command("ip addr", (IP_ADDR if loopback else "") + "".join(cards))


FE80, GLOBAL = "6 fe80::9400:30ff:fe5b:7a50/64", "6 2001:db8::1/64"
EN0 = en("en0", "4 10.0.1.1")
AIX = [
    pytest.param(ifconfig(EN0, en("en1", FE80)), "present", id="a NIC of its own"),
    pytest.param(ifconfig(en("en0", "4 10.0.1.1", FE80)), "present", id="on a NIC with IPv4"),
    pytest.param(ifconfig(EN0, en("en1", "6 febf::1/64")), "present", id="the last of fe80::/10"),
    pytest.param(ifconfig(EN0, en("en1", "6 fec0::1/64")), "absent", id="fec0 is not link-local"),
    pytest.param(ifconfig(EN0, en("en1", FE80, up=False)), "unusable", id="DOWN"),
    pytest.param(ifconfig(EN0, en("en1", f"{FE80} tentative")), "unusable", id="tentative"),
    pytest.param(ifconfig(EN0, en("en1", f"{FE80} dadfailed")), "unusable", id="duplicate check failed"),
    pytest.param(ifconfig(EN0, en("sit0", FE80)), "unusable", id="tunnel"),
    pytest.param(ifconfig(EN0, en("et1", FE80)), "unusable", id="802.3"),
    pytest.param(ifconfig(EN0, en("vi0", FE80)), "unusable", id="a virtual IP interface"),
    pytest.param(ifconfig(EN0, LO0.rstrip("\n") + "\n\tinet6 fe80::1/64\n", loopback=False), "unusable", id="loopback"),
    pytest.param(ifconfig(EN0), "absent", id="none"),
    pytest.param(ifconfig(EN0, en("en1", GLOBAL)), "absent", id="a global address is no substitute"),
    pytest.param(ifconfig(EN0, loopback=False), "?truncated", id="none, without lo0"),
    pytest.param(ifconfig(EN0, en("en1", FE80), loopback=False), "present", id="there, without lo0"),
    pytest.param(ifconfig(EN0, en("en1", "6 fe80::1: 2/64")), "?unparsable", id="no address"),
    pytest.param(ifconfig(EN0, en("en1", "6 fe80::1: 2/64", up=False)), "absent", id="no address, on a DOWN NIC"),
    pytest.param(ifconfig(EN0, en("en1", "6 fe80::1: 2/64"), en("en2", FE80)), "present", id="another NIC has one"),
    pytest.param(broken(ifconfig(EN0), "timeout"), "?timeout", id="timeout"),
    pytest.param(broken(ifconfig(EN0), "truncated", partial=True), "?truncated", id="cut"),
    pytest.param(command("ifconfig -a", ""), "?empty", id="empty"),
]


NETSTAT_IN = """\
Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll
{name}   1500  link#2      4e.8e.70.0.90.cf       1     0        1     0     0
{name}   1500  fe80::4c8e:70ff:fe00:90cf          1     0        1     0     0
lo0   16896 ::1%1 """
SHOWN = [
    pytest.param("en0", "present", id="UP"),
    pytest.param("en0*", "?not_collected", id="DOWN"),
    pytest.param("vi0", "?not_collected", id="virtual"),
    pytest.param("sit0", "?not_collected", id="tunnel"),
]


@pytest.mark.parametrize(("name", "expected"), SHOWN)
def test_netstat_shows_the_address_and_proves_no_absence(name: str, expected: str) -> None:
    listing = command("netstat -in", NETSTAT_IN.format(name=name), None)
    assert says(facts(listing, management="powervs").fact("ipv6.link_local")) == expected


KNOWN_AS = 'Resource Persistent Attributes for IBM.MCP\nresource 1:\n\tConnectivityNames = {{"{name}"}}\n'
NAMED = [
    # by which address the console knows the partition, value
    ("fe80::9400:30ff:fe5b:7a50", "present"),
    ("fe80::9400:30ff:fe5b:7a50%en1", "present"),
    ("fe80::1", "?inconclusive"),
    ("10.0.1.1", "present"),
]


@pytest.mark.parametrize(("name", "expected"), NAMED)
def test_the_console_says_which_address_it_must_be(name: str, expected: str) -> None:
    known = command("lsrsrc IBM.MCP ConnectivityNames", KNOWN_AS.format(name=name))
    fact = facts(ifconfig(EN0, en("en1", FE80)), known, management="powervs").fact("ipv6.link_local")
    assert says(fact) == expected


@pytest.mark.parametrize("management", ["powervs", "novalink"])
@pytest.mark.parametrize(("evidence", "expected"), AIX)
def test_aix(evidence: Evidence, expected: str, management: str) -> None:
    assert says(facts(evidence, management=management).fact("ipv6.link_local")) == expected


@pytest.mark.parametrize("management", ["powervs", "novalink", "hmc", "unknown", "none"])
def test_never_asked_of_a_vios(management: str) -> None:
    found = facts(ifconfig(EN0), platform="vios", management=management)
    assert says(found.fact("ipv6.link_local")) == "n/a"


LINK = "6 fe80::1/64 scope link"
ENV2 = card("env2", "4 10.0.1.1/24", LINK)
DEAD = card("env2", LINK).replace("<BROADCAST,MULTICAST,UP,LOWER_UP>", "<NO-CARRIER,BROADCAST,MULTICAST,UP>")
DEAD = DEAD.replace("state UP", "state DOWN")
LINUX = [
    pytest.param([ip_addr(ENV2, card("env3", LINK))], "present", id="a NIC without IPv4"),
    pytest.param([ip_addr(ENV2)], "?inconclusive", id="every NIC has one by itself"),
    pytest.param([ip_addr(ENV2), domain(f"I A {LOCAL}")], "present", id="a console is up at a link-local address"),
    pytest.param([ip_addr(ENV2), domain(f"O A {LOCAL}")], "?inconclusive", id="a console is down there"),
    pytest.param([ip_addr(ENV2), domain(f"I A {IPV4}")], "?inconclusive", id="a console is up over IPv4"),
    pytest.param([ip_addr(card("env2", "4 10.0.1.1/24"))], "absent", id="IPv6 disabled"),
    pytest.param([ip_addr(card("env2", LINK, up=False))], "unusable", id="DOWN"),
    pytest.param([ip_addr(DEAD)], "unusable", id="no carrier"),
    pytest.param([ip_addr(DEAD.replace("NO-CARRIER,", ""))], "unusable", id="state DOWN"),
    pytest.param([ip_addr(DEAD.replace("state DOWN", "state UP"))], "unusable", id="no carrier, whatever the state"),
    pytest.param([ip_addr(DEAD.replace("NO-CARRIER,", "").replace("DOWN", "LOWERLAYERDOWN"))], "unusable", id="below"),
    pytest.param([ip_addr(DEAD, card("env3", LINK, number=3))], "present", id="another has a carrier"),
    pytest.param([ip_addr(card("env2", LINK).replace("state UP", "state UNKNOWN"))], "present", id="state UNKNOWN"),
    pytest.param([ip_addr(card("env2", f"{LINK} tentative"))], "unusable", id="tentative"),
    pytest.param([ip_addr(card("env2", f"{LINK} dadfailed"))], "unusable", id="duplicate check failed"),
    pytest.param([ip_addr(card("sit0", LINK))], "unusable", id="tunnel"),
    pytest.param([ip_addr(ENV2, card("docker0", LINK))], "?inconclusive", id="a bridge of containers is no NIC"),
    *(
        pytest.param([ip_addr(ENV2, card(name, LINK))], "?inconclusive", id=f"{name} is no NIC")
        for name in ("veth12ab@if2", "genev_sys_6081", "vxlan.calico", "cilium_host", "tap0", "virbr0", "sit1@NONE")
    ),
    pytest.param(
        [ip_addr(card("env2", LINK), card("env2.100@env2", "4 10.0.1.1/24", LINK))], "?inconclusive", id="below a VLAN"
    ),
    pytest.param(
        [ip_addr(ENV2, card("env4.100@env4", LINK), card("env4", up=False))], "?inconclusive", id="a VLAN is no NIC"
    ),
    pytest.param(
        [ip_addr(card("br0", "4 10.0.1.1/24"), card("env2", LINK).replace(" state UP", " master br0 state UP"))],
        "?inconclusive",
        id="part of a bridge",
    ),
    pytest.param(
        [ip_addr(card("env2", LINK), card("env2.100@env2", "4 10.0.1.1/24")), domain(f"I A {LOCAL}")],
        "present",
        id="below a VLAN, and a console is up at a link-local address",
    ),
    pytest.param([ip_addr(card("env2", "4 10.0.1.1/24"), loopback=False)], "?truncated", id="without lo"),
    pytest.param([ip_addr(card("env2", "6 fe80::1::2/64 scope link"))], "?unparsable", id="no address"),
    pytest.param([broken(ip_addr(ENV2), "denied")], "?denied", id="denied"),
    pytest.param([], "?not_collected", id="not collected"),
    pytest.param(
        [command("ip -o addr", "1: lo    inet 127.0.0.1/8 scope host lo\n3: env3    inet6 fe80::1/64 scope link\n")],
        "?inconclusive",
        id="the form without flags",
    ),
    pytest.param([ifconfig(en("en1", FE80))], "?not_collected", id="ifconfig does not speak for Linux"),
]


@pytest.mark.parametrize(("evidence", "expected"), LINUX)
def test_linux(evidence: list[Evidence], expected: str) -> None:
    found = facts(*linux_host(), *evidence, platform="linux", management="powervs")
    assert says(found.fact("ipv6.link_local")) == expected


MISSING = [EN0_ONLY := ifconfig(EN0), NONE, lslpp()]
NEEDED = [
    # management, further evidence, ipv6.link_local of a partition that has no such address
    pytest.param("hmc", [domain(f"I A {IPV4}")], "n/a", id="HMC over IPv4"),
    pytest.param("hmc", [], "n/a", id="HMC"),
    pytest.param("hmc", [mcp(LOCAL)], "absent", id="HMC, all addresses link-local"),
    pytest.param("hmc", [mcp("2001:db8::9")], "absent", id="HMC, all addresses global IPv6"),
    pytest.param("hmc", [mcp(IPV4, LOCAL)], "n/a", id="HMC, IPv4 as well"),
    pytest.param("hmc", [mcp(LOCAL, "fe80::x")], "?unparsable", id="HMC, one address cannot be read"),
    pytest.param("none", [], "n/a", id="nobody"),
    pytest.param("unknown", [], "?inconclusive", id="not declared, not shown"),
    pytest.param("unknown", [domain(f"I A {IPV4}")], "n/a", id="shown: IPv4"),
    pytest.param("unknown", [domain(f"I A {LOCAL}")], "absent", id="shown: link-local"),
    pytest.param("unknown", [domain(f"I A {IPV4}", f"I A {LOCAL}")], "absent", id="shown: both, and NovaLink is up"),
    pytest.param("unknown", [command("uname -L", "-1 NULL\n")], "n/a", id="full system"),
    pytest.param("powervs", [domain(f"I A {IPV4}")], "absent", id="declared, whatever the console's address"),
]


@pytest.mark.parametrize(("management", "evidence", "expected"), NEEDED)
def test_where_it_is_needed(management: str, evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*MISSING, *evidence, management=management).fact("ipv6.link_local")) == expected


@pytest.mark.parametrize(("address", "expected"), [(FE80, "present"), (GLOBAL, "absent")])
def test_a_console_at_link_local_addresses_needs_such_a_one(address: str, expected: str) -> None:
    fact = facts(ifconfig(EN0, en("en1", address)), mcp(LOCAL), management="hmc").fact("ipv6.link_local")
    assert says(fact) == expected
    if expected == "absent":
        assert fact.says == "No interface carries a link-local IPv6 address. 2001:db8::1 on en1 does not replace it."


def test_without_a_platform_it_is_unknown() -> None:
    assert says(facts(management="powervs", platform="").fact("ipv6.link_local")) == "?not_collected"


def test_a_console_at_global_addresses_needs_a_global_one() -> None:
    found = facts(ifconfig(en("en0", GLOBAL)), mcp("2001:db8::9"), management="hmc")
    assert says(found.fact("ipv6.link_local")) == "present"


KINDS = [
    pytest.param("linux", [*linux_host(KVM)], id="KVM"),
    pytest.param("linux", [*linux_host(OPAL)], id="OPAL"),
    pytest.param("linux", [*linux_host(LPAR, distribution="rhcos")], id="RHCOS"),
    pytest.param("aix", [command("uname -W", "3\n")], id="workload partition"),
]


@pytest.mark.parametrize("management", ["powervs", "unknown", "hmc", "none"])
@pytest.mark.parametrize(("platform", "evidence"), KINDS)
def test_kinds_without_one(platform: str, evidence: list[Evidence], management: str) -> None:
    listing = ip_addr(card("env2", "4 10.0.1.1/24")) if platform == "linux" else EN0_ONLY
    with_listing = facts(*evidence, listing, platform=platform, management=management)
    without_listing = facts(*evidence, platform=platform, management=management)
    assert [says(one.fact("ipv6.link_local")) for one in (with_listing, without_listing)] == ["n/a", "n/a"]


def test_two_listings_that_contradict_each_other() -> None:
    other = command("ip -d addr", IP_ADDR + card("env2", "4 10.0.1.1/24"))
    found = facts(*linux_host(), ip_addr(card("env2", LINK)), other, platform="linux", management="powervs")
    assert says(found.fact("ipv6.link_local")) == "?conflicting"


def test_a_listing_without_one_contradicts_another_in_which_every_nic_has_one() -> None:
    other = command("ip -d addr", IP_ADDR + card("env2", "4 10.0.1.1/24"))
    for evidence, expected in (([ip_addr(ENV2), other], "?conflicting"), ([ip_addr(ENV2)], "?inconclusive")):
        fact = facts(*linux_host(), *evidence, platform="linux", management="powervs").fact("ipv6.link_local")
        assert says(fact) == expected
        assert "inet6 fe80::1/64 scope link" in lines(fact.evidence)


def test_the_form_without_flags_shows_its_line() -> None:
    plain = command("ip -o addr", "1: lo    inet 127.0.0.1/8 scope host lo\n3: env3    inet6 fe80::1/64 scope link\n")
    fact = facts(*linux_host(), plain, platform="linux", management="powervs").fact("ipv6.link_local")
    assert lines(fact.evidence) == "3: env3    inet6 fe80::1/64 scope link"


def test_what_is_good_stays_so_whatever_the_kind_of_host() -> None:
    found = facts(*linux_host(KVM), ip_addr(ENV2, card("env3", LINK)), platform="linux", management="powervs")
    assert says(found.fact("ipv6.link_local")) == "present"


def test_an_ipv4_beside_it_is_told_on_aix() -> None:
    fact = facts(ifconfig(en("en0", "4 10.0.1.1", FE80)), management="powervs").fact("ipv6.link_local")
    assert "IPv4 as well" in " ".join(fact.also)


GLOBALS = [
    pytest.param([ifconfig(EN0, en("en1", FE80, GLOBAL))], "n/a", id="the right one is there"),
    pytest.param([ifconfig(EN0)], (), id="none"),
    pytest.param([ifconfig(EN0, en("en1", GLOBAL))], ("2001:db8::1",), id="one"),
    pytest.param([ifconfig(EN0, en("en1", GLOBAL), en("en2", GLOBAL))], ("2001:db8::1",), id="one address twice"),
    pytest.param(
        [ifconfig(EN0, en("en1", GLOBAL), en("en2", "6 2001:db8::2/64"))], ("2001:db8::1", "2001:db8::2"), id="two"
    ),
    pytest.param([ifconfig(EN0, en("en1", GLOBAL, up=False))], (), id="DOWN"),
    pytest.param([ifconfig(EN0, en("et1", GLOBAL))], (), id="802.3"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), GLOBALS)
def test_global_addresses(evidence: list[Evidence], expected: object) -> None:
    fact = facts(*evidence, management="powervs").fact("ipv6.global_addresses")
    found = says(fact)
    assert (tuple(item.subject for item in found) if isinstance(found, tuple) else found) == expected


def test_two_listings_of_global_addresses_contradict_each_other() -> None:
    one = ifconfig(EN0, en("en1", GLOBAL))
    two = one._replace(argv=("ifconfig",), out=ifconfig(EN0).out)
    for pair in ((one, two), (two, one)):
        fact = facts(*pair, domain(f"I A {LOCAL}"), NONE).fact("ipv6.global_addresses")
        assert says(fact) == "?conflicting"
        assert fact.says.endswith("two listings contradict each other.")
    part = two._replace(out=ifconfig(EN0, loopback=False).out)
    for evidence in ([one], [one, part]):
        fact = facts(*evidence, domain(f"I A {LOCAL}"), NONE).fact("ipv6.global_addresses")
        assert [item.subject for item in fact.items] == ["2001:db8::1"]
        assert fact.says == "There are global IPv6 addresses where RMC needs a link-local one."


@pytest.mark.parametrize(
    ("name", "address", "up", "why"),
    [
        ("en1", FE80, False, "is DOWN"),
        ("en1", f"{FE80} tentative", True, "has not passed its duplicate address check"),
        ("sit0", FE80, True, "is a tunnel"),
        ("et1", FE80, True, "is not a network adapter of its own"),
    ],
)
def test_why_an_address_does_not_count(name: str, address: str, up: bool, why: str) -> None:
    fact = facts(ifconfig(EN0, en(name, address, up=up)), domain(f"I A {LOCAL}"), NONE).fact("ipv6.link_local")
    assert (says(fact), f", which {why}; no other" in fact.says) == ("unusable", True)
    assert [place.text.split()[0] for place in fact.evidence] == ["inet6", f"{name}:"]


def test_the_loopback_carries_none_that_counts() -> None:
    listing = ifconfig(EN0, LO0.rstrip("\n") + "\n\tinet6 fe80::1/64\n", loopback=False)
    fact = facts(listing, management="powervs").fact("ipv6.link_local")
    assert fact.says == "fe80::1 is on lo0, which is the loopback; no other interface carries one."


def test_an_interface_without_carrier_is_told_as_one() -> None:
    fact = facts(*linux_host(), ip_addr(DEAD), platform="linux", management="powervs").fact("ipv6.link_local")
    assert "is on env2, which has no carrier" in fact.says
