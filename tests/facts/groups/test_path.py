"""The network path to the console: frames and addresses."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.facts.groups.test_control_points import subjects
from tests.hosts.building import command, facts, status, stream
from tests.hosts.cases import IPV4, broken, card, domain, lines, lssrc, says
from tests.hosts.consoles import NO_CONSOLE, NODE_ID, consoles, interfaces, resource, sockets

NONE = lssrc("ctrmc rsct active")
UP = domain(f"I A {IPV4}")
FINE, JUMBO = interfaces(), interfaces(9000)
OTHER = command(
    "netstat -ni",
    "Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll\n"
    "en7   9000  10.0.7      10.0.7.1           412007     0   198220     0     0\n"
    "lo0   16896 link#1                          36120     0    36120     0     0\n",
)
LOOPBACK = command(
    "netstat -in", "\n".join((*FINE.out.lines, "lo0   16896 127         127.0.0.1   412007     0   198220     0     0"))
)
DOWN = command("netstat -in", "\n".join(JUMBO.out.lines).replace("en0 ", "en0*"))
GONE = resource(2, "10.9.8.8", node_id=NODE_ID + 1, local="10.0.7.7")
BOTH_UP = domain(f"I A {IPV4}", "I A 10.9.8.8")
FRAMES = [
    pytest.param([UP, consoles(), FINE], "", id="1500"),
    pytest.param([UP, consoles(), JUMBO], "en0", id="9000"),
    pytest.param([UP, consoles(), FINE, OTHER], "", id="9000 on another interface"),
    pytest.param([UP, consoles(resource(local="10.0.7.1")), FINE, OTHER], "en7", id="9000 where the console comes in"),
    pytest.param(
        [UP, consoles(), FINE, command("netstat -i", "\n".join(JUMBO.out.lines))], "?conflicting", id="two MTUs"
    ),
    pytest.param(
        [UP, consoles(), FINE, command("netstat -i", "\n".join(FINE.out.lines).replace("en0", "en5"))],
        "?conflicting",
        id="one address on two interfaces",
    ),
    pytest.param([UP, consoles(resource(local="10.0.9.9")), FINE], "?inconclusive", id="on no interface"),
    pytest.param([UP, consoles(resource(local="127.0.0.1")), LOOPBACK], "?inconclusive", id="on the loopback"),
    pytest.param([UP, consoles(), DOWN], "?inconclusive", id="on an interface that is down"),
    pytest.param([UP, consoles(resource(local="lpar1")), FINE], "?inconclusive", id="a name"),
    pytest.param([UP, NO_CONSOLE, FINE], "?conflicting", id="no console is known"),
    pytest.param([UP, consoles(resource(), GONE), FINE], "", id="a console that is gone knows another address"),
    pytest.param([BOTH_UP, consoles(resource(), GONE), FINE], "?inconclusive", id="one that is not gone does"),
    pytest.param([UP, FINE], "?not_collected", id="IBM.MCP not collected"),
    pytest.param([UP, consoles()], "?not_collected", id="interfaces not collected"),
    pytest.param([UP, consoles(), broken(FINE, "timeout")], "?timeout", id="interfaces timed out"),
    pytest.param([consoles(), FINE], "?not_collected", id="control points not collected"),
    pytest.param([domain(f"X A {IPV4}")], IPV4, id="X"),
    pytest.param([domain(f"X A {IPV4}", "I A 10.9.8.8"), consoles(), FINE], IPV4, id="X beside I"),
    pytest.param([broken(UP, "truncated", partial=True), consoles(), FINE], "?truncated", id="cut"),
    pytest.param([domain(), consoles(), JUMBO], "n/a", id="no control point"),
]


@pytest.mark.parametrize(("evidence", "expected"), FRAMES)
def test_large_frames(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(NONE, *evidence, management="hmc").fact("path.large_frames"))) == expected


def test_without_a_platform_it_is_unknown() -> None:
    assert says(facts(UP, consoles(), platform="", management="hmc").fact("path.large_frames")) == "?not_collected"


def test_a_cut_answer_is_asked_again() -> None:
    fact = facts(broken(UP, "truncated", partial=True), consoles(), FINE).fact("path.large_frames")
    assert fact.settle == "rmcdomainstatus -s ctrmc"


def test_a_listing_without_mtu_is_shown() -> None:
    listing = command("ip -o addr", "3: env2    inet 10.0.1.1/24 scope global env2\n")
    fact = facts(NONE, UP, consoles(), listing, platform="linux").fact("path.large_frames")
    assert says(fact) == "?inconclusive"
    assert {place.request for place in fact.evidence} == {"lsrsrc IBM.MCP", "ip -o addr"}


@pytest.mark.parametrize(("mtu", "expected"), [(1500, ""), (9000, "env2")])
def test_linux_prints_the_mtu_beside_the_addresses(mtu: int, expected: str) -> None:
    listing = command("ip addr", card("env2", "4 10.0.1.1/24").replace("mtu 1500", f"mtu {mtu}"))
    fact = facts(NONE, UP, consoles(), listing, platform="linux").fact("path.large_frames")
    assert subjects(says(fact)) == expected
    assert f"mtu {mtu}" in lines(fact.evidence)


SS = "State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
ADDED = command(
    "lsrsrc IBM.MCP", "\n".join(consoles().out.lines).replace('HMCAddIPs         = ""', 'HMCAddIPs = "10.9.9.9"')
)
STRANGER = sockets("192.0.2.1")
NO_SESSION = command("netstat -an", "\n".join(line for line in STRANGER.out.lines if "ESTABLISHED" not in line))
BOTH = command(
    "netstat -an",
    "\n".join((*STRANGER.out.lines, f"tcp4       0      0  10.0.1.1.657           {IPV4}.33861  ESTABLISHED")),
)
PEER = domain(f"I A {IPV4}")._replace(
    out=stream(f"\nPeer Domain Status\n  I A  0x77d0c4e89a1b2f03  0002  192.0.2.1\n{status(f'I A {IPV4}')}", 20)
)
SESSIONS = [
    pytest.param([consoles(), STRANGER, PEER], "n/a", id="with a node of the same peer domain"),
    pytest.param([consoles(), sockets(IPV4)], "", id="with the console"),
    pytest.param([consoles(), STRANGER], "192.0.2.1", id="with a stranger alone"),
    pytest.param([consoles(), BOTH], "", id="with a stranger too"),
    pytest.param([ADDED, sockets("10.9.9.9")], "", id="with an additional address"),
    pytest.param([consoles(), sockets("127.0.0.1")], "n/a", id="with itself"),
    pytest.param([consoles(), NO_SESSION], "n/a", id="none"),
    pytest.param([consoles(resource(address="10.9.8.259")), STRANGER], "?unparsable", id="an address that is none"),
    pytest.param([consoles(), broken(NO_SESSION, "truncated", partial=True)], "?truncated", id="cut"),
    pytest.param([consoles(), broken(STRANGER, "truncated", partial=True)], "?truncated", id="cut, a stranger"),
    pytest.param(
        [consoles(), command("netstat -an", "\n".join(STRANGER.out.lines[1:]), None)],
        "?truncated",
        id="a part of a copy",
    ),
    pytest.param([consoles(), command("ss -tln", SS)], "?not_collected", id="listening sockets only"),
    pytest.param([consoles(), sockets(IPV4), command("ss -tan", SS)], "?conflicting", id="two listings differ"),
    pytest.param(
        [consoles(), command("ss -tan", f"{SS}ESTAB 0 0 [::ffff:10.0.1.1]:657 [::ffff:{IPV4}]:33861\n")],
        "",
        id="IPv4 in IPv6",
    ),
    pytest.param([consoles(), command("ss -tan", f"{SS}ESTAB 0 0 10.0.1.1:22 192.0.2.1:33861\n")], "n/a", id="ssh"),
    pytest.param([consoles()], "?not_collected", id="sockets not collected"),
    pytest.param([STRANGER], "?not_collected", id="IBM.MCP not collected"),
    pytest.param([NO_CONSOLE, STRANGER], "n/a", id="no console"),
]


@pytest.mark.parametrize(("evidence", "expected"), SESSIONS)
def test_translated(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(NONE, *evidence, management="hmc").fact("path.translated"))) == expected


def test_two_listings_that_differ_are_both_shown() -> None:
    fact = facts(NONE, consoles(), sockets(IPV4), command("ss -tan", SS), management="hmc").fact("path.translated")
    assert {place.request for place in fact.evidence} == {"netstat -an", "ss -tan"}
    assert f"{IPV4}.33861" in lines(fact.evidence)
    assert SS.strip() in lines(fact.evidence)


def test_a_cut_listing_of_sockets_is_shown() -> None:
    cut = broken(STRANGER, "timeout", partial=True)
    fact = facts(NONE, consoles(), cut, management="hmc").fact("path.translated")
    assert (says(fact), lines(fact.evidence)) == ("?timeout", STRANGER.out.lines[0])


@pytest.mark.parametrize(
    ("platform", "settle"), [("aix", "netstat -an"), ("vios", "netstat -an"), ("linux", "ss -tan")]
)
def test_sockets_are_asked_as_the_platform_does(platform: str, settle: str) -> None:
    assert facts(consoles(), platform=platform, management="hmc").fact("path.translated").settle == settle


def test_an_address_on_no_interface_stands_where_the_console_tells_it() -> None:
    fact = facts(UP, consoles(resource(local="10.0.9.9")), FINE, platform="aix").fact("path.large_frames")
    assert [place.request for place in fact.evidence] == ["lsrsrc IBM.MCP"]


ONE_CARD = "en0: flags=1e084863,480<UP,BROADCAST,RUNNING>\n\tinet 10.0.1.1 netmask 0xffffff00 broadcast 10.0.1.255\n"
SECOND_CARD = ONE_CARD.replace("en0", "en1").replace("10.0.1.", "10.0.7.")
ALIAS = "\tinet 10.0.7.1 netmask 0xffffff00 broadcast 10.0.7.255\n"
TWO_NAMES = consoles(resource(local='10.0.1.1","10.0.7.1'))
WAYS = [
    pytest.param([consoles()], "", id="one address"),
    pytest.param([TWO_NAMES, command("ifconfig -a", ONE_CARD + SECOND_CARD)], "7063-CR2*78AB123", id="two interfaces"),
    pytest.param([TWO_NAMES, command("ifconfig -a", ONE_CARD + ALIAS)], "", id="two addresses of one interface"),
    pytest.param([TWO_NAMES, command("ifconfig -a", ONE_CARD)], "?inconclusive", id="one of them on no interface"),
    pytest.param([TWO_NAMES], "?not_collected", id="interfaces not collected"),
    pytest.param(
        [TWO_NAMES, broken(command("ifconfig -a", ONE_CARD), "timeout")], "?timeout", id="interfaces timed out"
    ),
    pytest.param(
        [consoles(resource(local='10.0.1.1","lpar1')), command("ifconfig -a", ONE_CARD)], "?inconclusive", id="a name"
    ),
    pytest.param(
        [
            command(
                "lsrsrc IBM.MCP NodeID",
                "Resource Persistent Attributes for IBM.MCP\nresource 1:\n        NodeID = 1346503812094508855\n",
            )
        ],
        "?inconclusive",
        id="addresses were not asked for",
    ),
    pytest.param([NO_CONSOLE], "n/a", id="no console"),
    pytest.param([], "?not_collected", id="IBM.MCP not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), WAYS)
def test_several_interfaces(evidence: list[Evidence], expected: str) -> None:
    fact = facts(NONE, *evidence, management="hmc").fact("path.several_interfaces")
    assert subjects(says(fact)) == expected


def test_an_old_console_that_is_gone_leads_nowhere() -> None:
    gone = resource(local='10.0.1.1","10.0.7.1')
    found = [domain(f"O A {IPV4}", "I A 10.9.8.8"), consoles(gone, resource(2, "10.9.8.8", node_id=NODE_ID + 1))]
    fact = facts(NONE, *found, command("ifconfig -a", ONE_CARD + SECOND_CARD), management="hmc")
    assert subjects(says(fact.fact("path.several_interfaces"))) == ""


TWO_CARDS = command("ifconfig -a", ONE_CARD + SECOND_CARD)
BY_EN0 = "10.9.8/24          10.0.1.254       UG        0       639 en0      -      -"
BY_EN1 = BY_EN0.replace("en0", "en1")
DEFAULT = "default            10.0.7.254       UG        0       639 en1      -      -"


def routes(*rows: str) -> Evidence:
    return command("netstat -rn", "Routing tables\n" + "\n".join(rows) + "\n")


def told(*evidence: Evidence, platform: str = "aix") -> Fact:
    return facts(NONE, *evidence, management="hmc", platform=platform).fact("path.several_interfaces")


@pytest.mark.parametrize(
    ("rows", "interfaces"),
    [
        ([BY_EN0, DEFAULT], ""),
        ([BY_EN1], "en1"),
        ([DEFAULT], "en1"),
        ([BY_EN0, BY_EN1], ""),
        ([BY_EN1, BY_EN0.replace("10.9.8/24", "10.9/16")], "en1"),
        ([BY_EN1.replace("10.9.8/24", "10.9.9/24")], ""),
        ([BY_EN1, "10.0.0.0           10.0.1.254       U         0       639 en0      -      -"], ""),
    ],
)
def test_a_way_that_leaves_by_another_interface_is_told_beside(rows: list[str], interfaces: str) -> None:
    fact = told(consoles(), TWO_CARDS, routes(*rows))
    says_so = f"By its routes this partition reaches {IPV4} by {interfaces}, and not by the one whose address the "
    assert fact.value == ()
    assert fact.also == ((f"{says_so}console uses.",) if interfaces else ())
    assert ("netstat -rn" in {place.request for place in fact.evidence}) is bool(interfaces)


def test_of_several_interfaces_the_way_is_told() -> None:
    fact = told(TWO_NAMES, TWO_CARDS, routes(BY_EN1))
    assert fact.says.endswith(f"en0 and en1. By its routes this partition reaches {IPV4} by en1.")
    assert BY_EN1 in lines(fact.evidence)


def test_a_virtual_address_is_left_by_any_interface() -> None:
    virtual = command("ifconfig -a", ONE_CARD.replace("en0", "vi0") + SECOND_CARD)
    assert told(consoles(), virtual, routes(BY_EN1)).also == ()


def test_the_way_on_linux_takes_the_lowest_metric() -> None:
    first = (
        "2: eth0: <BROADCAST,UP> mtu 1500\n    link/ether ba:ce:f6:01:2d:03\n    inet 10.0.1.1/24 scope global eth0\n"
    )
    second = first.replace("2: ", "3: ", 1).replace("eth0", "eth1").replace("10.0.1.", "10.0.7.").replace(":03", ":04")
    cards = command("ip addr", first + second)
    ways = "default via 10.0.1.254 dev eth0 metric 101\ndefault via 10.0.7.254 dev eth1 metric 100\n"
    (text,) = told(consoles(), cards, command("ip route", ways), platform="linux").also
    assert f"reaches {IPV4} by eth1, and not" in text


def test_what_routes_say_decides_nothing() -> None:
    without = told(consoles(), TWO_CARDS)
    assert told(consoles(), TWO_CARDS, routes(BY_EN1)).value == without.value
    assert without.also == ()
