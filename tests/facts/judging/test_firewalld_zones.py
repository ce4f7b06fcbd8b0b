"""The zones of firewalld."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts, file
from tests.hosts.cases import IPV4, broken, card, lines, says
from tests.hosts.consoles import OURS, SERVICE, THEIRS, UDP, consoles, nft, resource, zones

LO = "1: lo: <LOOPBACK,UP> mtu 65536\n    inet 127.0.0.1/8\n"
CARDS = command("ip addr", LO + card("env2", "4 10.0.1.1/24") + card("env3", "4 10.0.7.1/24", number=3))
NO_OURS = file(OURS, state="absent")
FILE, HALF = file(THEIRS, SERVICE.format(udp=UDP)), file(THEIRS, SERVICE.format(udp=""))
HERE = [consoles(), CARDS]
RICH = 'rule family="ipv4" {source}port port="{port}" protocol="{protocol}" {verdict}'
BLOCK = """\
{name} ({flags})
  target: {target}
  interfaces: {interfaces}
  sources: {sources}
  services: ssh
  ports: {ports}
  protocols:
  rich rules:
"""
OPEN = "657/tcp 657/udp"
FTP = 'rule family="ipv4" service name="ftp" accept'
PING = 'rule family="ipv4" icmp-type name="echo-request" accept'
ALL = 'rule family="ipv4" source address="{}" accept'


def rich(protocol: str = "udp", verdict: str = "accept", port: str = "657", source: str = "") -> str:
    given = f'source address="{source}" ' if source else ""
    return RICH.format(source=given, port=port, protocol=protocol, verdict=verdict)


def block(
    name: str, ports: str = "", *, interfaces: str = "", sources: str = "", flags: str = "", target: str = "default"
) -> str:
    return BLOCK.format(
        name=name, flags=flags or "active", target=target, interfaces=interfaces, sources=sources, ports=ports
    )


def listed(*blocks: str) -> Evidence:
    return command("firewall-cmd --list-all-zones", "\n".join(blocks))


ONE_ZONE = [
    pytest.param([zones(ports=OPEN)], "open", id="ports"),
    pytest.param([zones(ports="600-700/tcp 657/udp")], "open", id="a range"),
    pytest.param([zones(ports="657/tcp")], "closed", id="TCP alone"),
    pytest.param([zones(ports="657/udp 12601/tcp")], "closed", id="UDP and TLS"),
    pytest.param([zones(ports="")], "closed", id="nothing"),
    pytest.param([zones("rsct-ctrmc", ""), NO_OURS, FILE], "open", id="the service"),
    pytest.param([zones("rsct-ctrmc", ""), NO_OURS, HALF], "closed", id="a service of TCP alone"),
    pytest.param(
        [zones("rsct-ctrmc", ""), file(OURS, SERVICE.format(udp="")), FILE], "closed", id="an own file counts first"
    ),
    pytest.param([zones("rsct-ctrmc", ""), FILE], "?inconclusive", id="whether there is an own file is unknown"),
    pytest.param([zones("rsct-ctrmc", "")], "?inconclusive", id="its file not collected"),
    pytest.param([zones("rsct-ctrmc", ""), NO_OURS, file(THEIRS, state="absent")], "?inconclusive", id="no file"),
    *(
        pytest.param(
            [zones("rsct-ctrmc", ""), NO_OURS, file(THEIRS, SERVICE.format(udp=UDP + more))], "?inconclusive", id=more
        )
        for more in ('<include service="ssh"/>\n', '<destination ipv4="10.0.1.1"/>\n')
    ),
    pytest.param([zones("rmc-of-mine", "")], "?inconclusive", id="a service with a telling name"),
    pytest.param([zones("ssh powervm", "")], "?inconclusive", id="a service of nobody's"),
    pytest.param([zones("ssh powervm", OPEN)], "open", id="what is open is not closed by a service"),
    pytest.param([zones("ssh http cockpit nfs", "")], "closed", id="services of firewalld"),
    pytest.param([zones("ssh", "657/tcp", FTP.replace("ftp", "powervm"))], "?inconclusive", id="one in a rich rule"),
    pytest.param([zones("ssh Site-HMC", "")], "?inconclusive", id="and another"),
    pytest.param([zones("ssh", "657/tcp", 'rule service name="my-rmc" accept')], "?inconclusive", id="in a rich rule"),
    pytest.param([zones("rsct-ctrmc-tls", "657/udp")], "?inconclusive", id="TLS, its file not collected"),
    pytest.param([zones("ssh", "657/tcp", rich())], "open", id="a rich rule"),
    pytest.param([zones("ssh", "657/tcp", rich(port="22"))], "closed", id="a rich rule of another port"),
    pytest.param([zones("ssh", "657/tcp", rich(source=IPV4))], "open", id="from the console"),
    pytest.param([zones("ssh", "657/tcp", rich().replace("ipv4", "ipv6"))], "?inconclusive", id="of another family"),
    pytest.param([zones("ssh", "657/tcp", rich(source="10.9.0.0/16"))], "open", id="from its network"),
    pytest.param([zones("ssh", "657/tcp", rich(source="192.0.2.0/24"))], "?inconclusive", id="from another network"),
    pytest.param([zones("ssh", OPEN, rich(verdict="drop"))], "?inconclusive", id="a rich rule that drops it"),
    pytest.param([zones("ssh", OPEN, rich(port="22", verdict="drop"))], "open", id="one that drops another port"),
    pytest.param(
        [zones("ssh", OPEN, 'rule family="ipv4" source address="192.0.2.1" drop')], "?inconclusive", id="drops some"
    ),
    pytest.param([zones("ssh", "", ALL.format(IPV4))], "open", id="everything from the console"),
    pytest.param([zones("ssh", "", ALL.format("192.0.2.1"))], "?inconclusive", id="everything from elsewhere"),
    pytest.param([zones("ssh", "657/tcp", 'rule protocol value="udp" accept')], "?inconclusive", id="a protocol"),
    pytest.param([zones("ssh", "657/tcp", 'rule family="ipv4" log prefix="x"')], "closed", id="writes a log"),
    pytest.param(
        [zones("ssh", "657/tcp", ALL.format(IPV4).replace("source", "source NOT"))], "?inconclusive", id="not"
    ),
    *(
        pytest.param(
            [zones("ssh", "657/tcp", rich().replace("port port", f"{more} port port"))], "?inconclusive", id=more
        )
        for more in ('destination address="10.0.1.1"', 'source ipset="hmc"', 'source mac="00:11:22:33:44:55"')
    ),
    pytest.param([zones("ssh", "657/tcp", rich(source="2001:db8::/32"))], "?inconclusive", id="a source of IPv6"),
    pytest.param([zones("ssh", "657/tcp", rich(verdict='accept limit value="2/m"'))], "?inconclusive", id="a limit"),
    pytest.param([zones("ssh", "657/tcp", rich(port="600-700"))], "open", id="a rich rule of a range"),
    pytest.param([zones("ssh", "657/tcp", rich(port="658-700"))], "closed", id="a rich rule of another range"),
    pytest.param([zones("ssh", "657/tcp", FTP)], "closed", id="accepts another service"),
    pytest.param([zones("ssh", "657/tcp", PING)], "closed", id="accepts ICMP"),
    pytest.param([zones("ssh", OPEN, 'rule service name="ftp" drop')], "open", id="drops a service"),
    pytest.param([zones("ssh", OPEN, "rule masquerade")], "open", id="translates"),
    pytest.param(
        [zones("ssh", OPEN, 'rule source-port port="22" protocol="tcp" drop')],
        "?inconclusive",
        id="a port of the far end",
    ),
    pytest.param(
        [command("firewall-cmd --list-all", "\n".join(zones(ports=OPEN).out.lines))], "open", id="one zone listed"
    ),
    pytest.param([broken(zones(ports=OPEN), "truncated", partial=True)], "?inconclusive", id="cut"),
    pytest.param([broken(zones(), "denied")], "?denied", id="not for this user"),
    pytest.param(
        [command("firewall-cmd --list-all-zones", "", 252, "FirewallD is not running\n")], "?not_collected", id="off"
    ),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), ONE_ZONE)
def test_one_zone(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*HERE, *evidence, platform="linux", management="hmc").fact("firewall.rmc")) == expected


PUBLIC = block("public", OPEN, interfaces="env3", flags="default, active")
INNER = block("internal", "657/tcp", interfaces="env2")
ZONES = [
    # the zones; where the console comes in by env2, by env3, and unknown
    pytest.param((PUBLIC, INNER), "closed", "open", "?inconclusive", id="by interface"),
    pytest.param((block("public", OPEN, flags="default"), INNER), "closed", "open", "?inconclusive", id="default zone"),
    pytest.param((block("public", "", flags="default"), INNER), "closed", "closed", "closed", id="all closed"),
    pytest.param((PUBLIC, block("trusted", interfaces="env2", target="ACCEPT")), "open", "open", "open", id="all open"),
    pytest.param(
        (PUBLIC, block("trusted", OPEN, interfaces="env2", target="ACCEPT")), "open", "open", "open", id="by both"
    ),
    pytest.param(
        (PUBLIC, INNER, block("hmc", OPEN, sources=f"{IPV4}/24")), "open", "open", "?inconclusive", id="by its network"
    ),
    pytest.param(
        (block("public", OPEN, flags="default"), INNER.replace(" (active)", "")),
        "closed",
        "open",
        "?inconclusive",
        id="not marked as active",
    ),
    pytest.param(
        (PUBLIC, INNER, block("hmc", OPEN, sources=f"{IPV4}/32")), "open", "open", "?inconclusive", id="by source"
    ),
    pytest.param(
        (PUBLIC, block("internal", OPEN, interfaces="env2"), block("hmc", "", sources=f"{IPV4}/32")),
        "closed",
        "closed",
        "?inconclusive",
        id="its source before its interface",
    ),
    pytest.param(
        (PUBLIC, INNER, block("x", "", sources="192.0.2.0/24")), "closed", "open", "?inconclusive", id="others"
    ),
    pytest.param(
        (PUBLIC, INNER, block("x", "", sources="ipset:a")), *["?inconclusive"] * 3, id="a source that is a set"
    ),
]


@pytest.mark.parametrize(("blocks", "two", "three", "unknown"), ZONES)
def test_zones(blocks: tuple[str, ...], two: str, three: str, unknown: str) -> None:
    ends = ([consoles(), CARDS], [consoles(resource(local="10.0.7.1")), CARDS], [CARDS])
    found = [facts(*end, listed(*blocks), platform="linux", management="hmc") for end in ends]
    assert [says(one.fact("firewall.rmc")) for one in found] == [two, three, unknown]


TWO = consoles(resource(), resource(2, "192.0.2.9", local="10.0.7.1"))
SEVERAL = [
    pytest.param((INNER, PUBLIC), id="by two interfaces"),
    pytest.param((block("hmc", "", sources=f"{IPV4}/32"), PUBLIC), id="one by its source, one by its interface"),
]


@pytest.mark.parametrize("blocks", SEVERAL)
def test_a_zone_that_lets_one_of_two_consoles_in_is_enough(blocks: tuple[str, ...]) -> None:
    fact = facts(TWO, CARDS, listed(*blocks), platform="linux", management="hmc").fact("firewall.rmc")
    assert (says(fact), fact.says) == ("open", "The zone public of firewalld lets TCP and UDP 657 in.")


def test_the_listing_of_one_zone_says_nothing_of_another() -> None:
    one = command("firewall-cmd --list-all", PUBLIC)
    fact = facts(*HERE, one, platform="linux", management="hmc").fact("firewall.rmc")
    assert (says(fact), fact.settle) == ("?inconclusive", "firewall-cmd --list-all-zones")
    assert fact.says.endswith("firewalld runs, and which of its zones the console comes through is not shown.")
    assert lines(fact.evidence) == "public (default, active)"


def test_zones_that_differ_where_the_interface_is_not_known() -> None:
    fact = facts(CARDS, listed(PUBLIC, INNER), platform="linux", management="hmc").fact("firewall.rmc")
    assert (says(fact), fact.settle) == ("?inconclusive", "firewall-cmd --list-all-zones")
    assert fact.says.endswith("firewalld lets it in through one zone and not through another.")


def test_two_listings_that_differ_conflict() -> None:
    one = command("firewall-cmd --list-all", "\n".join(zones(ports="").out.lines))
    assert says(facts(*HERE, one, zones(), platform="linux", management="hmc").fact("firewall.rmc")) == "?conflicting"


def test_the_lines_that_open_it_are_shown() -> None:
    fact = facts(*HERE, zones("ssh rsct-ctrmc", ""), NO_OURS, FILE, platform="linux", management="hmc").fact(
        "firewall.rmc"
    )
    assert fact.says == "The zone public of firewalld lets TCP and UDP 657 in."
    assert "services: ssh rsct-ctrmc" in lines(fact.evidence)
    assert '<port protocol="udp" port="657"/>' in lines(fact.evidence)


def test_what_is_closed_is_named() -> None:
    fact = facts(*HERE, zones(ports="657/tcp"), platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.says == "The zone public of firewalld does not let UDP 657 in."


def test_the_name_of_a_service_is_no_command_of_an_advice() -> None:
    zone = PUBLIC.replace("services: ", "services: rsct$(id) ")
    assert zone != PUBLIC
    fact = facts(*HERE, command("firewall-cmd --list-all-zones", zone), platform="linux", management="hmc").fact(
        "firewall.rmc"
    )
    assert "$(" not in fact.settle or "'" in fact.settle


def test_the_file_of_a_service_would_settle_it() -> None:
    fact = facts(*HERE, zones("ssh powervm dlpar", ""), platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.settle == "cat /etc/firewalld/services/powervm.xml"
    assert fact.says.endswith("the zone public names the service powervm, whose file was not read.")


def test_rules_that_let_it_in_speak_for_a_service_that_is_not_read() -> None:
    rules = nft("drop", "ct state established accept", *(f"{name} dport 657 accept" for name in ("tcp", "udp")))
    fact = facts(*HERE, zones("ssh powervm", ""), rules, platform="linux", management="hmc").fact("firewall.rmc")
    assert says(fact) == "open"
