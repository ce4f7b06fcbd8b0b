"""IBM.MCP against the control points and against the partition's own addresses."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.facts.groups.test_control_points import subjects
from tests.hosts.building import command, facts
from tests.hosts.cases import IPV4, broken, card, domain, lines, linux_host, lssrc, says
from tests.hosts.consoles import NO_CLASS, NO_CONSOLE, NODE_ID, TITLE, consoles, resource

LPAR = command("uname -L", "7 lpar1\n")
NONE, RUNS = lssrc("ctrmc rsct active"), lssrc("ctrmc rsct active", "mcproxy rsct active")
HOST = command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n")
STOPPED = lssrc("ctrmc rsct inoperative")
SERVER = command(
    "lsrsrc IBM.ManagementServer",
    'Resource Persistent Attributes for IBM.ManagementServer\nresource 1:\n\tName = "hmc1"\n',
)
NO_SERVER = command("lsrsrc IBM.ManagementServer", "Resource Persistent Attributes for IBM.ManagementServer\n")
OLD, NEW = command("oslevel -s", "6100-09-12-1846\n"), command("oslevel -s", "7200-05-07-2346\n")
TWO = command("lsrsrc IBM.MCP HMCIPAddr", "\n".join(NO_CONSOLE.out.lines))
MANAGEMENT = [
    # evidence; management hmc, unknown, none
    pytest.param([NONE, consoles()], "present", "present", "present", id="a console"),
    pytest.param([NONE, LPAR, NO_CONSOLE], "none", "none", "n/a", id="none on a partition"),
    pytest.param([NONE, NO_CONSOLE], "none", "?inconclusive", "n/a", id="none on who knows what"),
    pytest.param([RUNS, HOST, LPAR, NO_CONSOLE], "n/a", "n/a", "n/a", id="none, in-band"),
    pytest.param([RUNS, LPAR, NO_CONSOLE], "?inconclusive", "?inconclusive", "n/a", id="none, perhaps in-band"),
    pytest.param([NONE, LPAR], "?not_collected", "?not_collected", "n/a", id="not collected"),
    pytest.param([NONE, OLD, NO_CONSOLE, SERVER], "present", "present", "present", id="CSM"),
    pytest.param([NONE, LPAR, OLD, NO_CONSOLE, NO_SERVER], "none", "none", "n/a", id="CSM without a server"),
    pytest.param([NONE, LPAR, NEW, NO_CONSOLE, SERVER], "none", "none", "n/a", id="a server where CSM is gone"),
    pytest.param(
        [NONE, LPAR, NO_CONSOLE, SERVER], "?not_collected", "?not_collected", "n/a", id="a server, level unknown"
    ),
    pytest.param([NONE, OLD, SERVER], "present", "present", "present", id="CSM, IBM.MCP not collected"),
    pytest.param([NONE, LPAR, broken(consoles(), "timeout")], "?timeout", "?timeout", "n/a", id="timeout"),
    pytest.param(
        [NONE, LPAR, OLD, consoles(), TWO, SERVER], "?conflicting", "?conflicting", "n/a", id="CSM, two answers"
    ),
]


@pytest.mark.parametrize(("evidence", "hmc", "unknown", "none"), MANAGEMENT)
def test_resources(evidence: list[Evidence], hmc: str, unknown: str, none: str) -> None:
    found = [says(facts(*evidence, management=one).fact("mcp.resources")) for one in ("hmc", "unknown", "none")]
    assert found == [hmc, unknown, none]


@pytest.mark.parametrize("absent", [STOPPED, lssrc("mcproxy rsct inoperative")])
def test_a_stopped_daemon_is_said_to_be_the_cause(absent: Evidence) -> None:
    fact = facts(absent, command("lsrsrc IBM.MCP", "", 1, "2612-022 A session could not be established.\n")).fact(
        "mcp.resources"
    )
    assert fact.says.endswith("ctrmc is not running, so it cannot answer.")
    assert {place.request for place in fact.evidence} == {"lsrsrc IBM.MCP", "lssrc -a"}


@pytest.mark.parametrize(
    ("evidence", "requests", "settle"),
    [
        pytest.param([RUNS], {"lsrsrc IBM.MCP", "lssrc -a"}, "lssrc -ls mcproxy", id="in-band"),
        pytest.param([NONE], {"lsrsrc IBM.MCP"}, "uname -L", id="the kind of host"),
    ],
)
def test_what_is_not_known_beside_an_empty_class_is_shown(
    evidence: list[Evidence], requests: set[str], settle: str
) -> None:
    fact = facts(*evidence, NO_CONSOLE).fact("mcp.resources")
    assert ({place.request for place in fact.evidence}, fact.settle) == (requests, settle)


@pytest.mark.parametrize("name", ["unknown_to_domain", "foreign_names"])
def test_a_level_that_keeps_its_console_elsewhere_has_nothing_to_compare(name: str) -> None:
    fact = facts(NONE, OLD, NO_CLASS, SERVER, management="hmc").fact(f"mcp.{name}")
    assert (fact.name, says(fact)) == (f"mcp.{name}", "n/a")
    assert fact.says == "This level does not have the class IBM.MCP: it keeps its console in IBM.ManagementServer."
    assert {"lsrsrc IBM.MCP", "lsrsrc IBM.ManagementServer"} <= {place.request for place in fact.evidence}


def test_two_answers_on_in_band_rmc_contradict_each_other_here_too() -> None:
    evidence = [RUNS, command("lssrc -s mcproxy", " mcproxy          rsct                          inoperative\n")]
    assert says(facts(*evidence, NO_CONSOLE).fact("mcp.resources")) == "?conflicting"
    assert says(facts(*evidence, STRANGER, domain(), management="hmc").fact("mcp.unknown_to_domain")) == "?conflicting"


def test_how_it_is_managed_is_asked_where_the_kind_is_known() -> None:
    host = linux_host(distribution="rhcos")
    fact = facts(*host, NONE, NO_CONSOLE, platform="linux").fact("mcp.resources")
    assert (says(fact), "How the partition is managed" in fact.says) == ("?inconclusive", True)


UP, DOWN = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
STRANGER = consoles(resource(node_id=7))
DOMAIN = [
    pytest.param([NONE, consoles(), UP], "", id="decimal and hexadecimal meet"),
    pytest.param([NONE, STRANGER, UP], "7063-CR2*78AB123", id="a stale console"),
    pytest.param([NONE, consoles(resource(), resource(2, machine="b", node_id=7)), UP], "b", id="one of two"),
    pytest.param([NONE, consoles(), domain()], "7063-CR2*78AB123", id="no control point at all"),
    pytest.param([RUNS, HOST, STRANGER, domain()], "n/a", id="in-band"),
    pytest.param([RUNS, STRANGER, domain()], "?inconclusive", id="perhaps in-band"),
    pytest.param([NONE, NO_CONSOLE, DOWN], "n/a", id="empty"),
    pytest.param([NONE, NO_CONSOLE, UP], "?conflicting", id="empty beside a control point that is up"),
    pytest.param([NONE, STRANGER], "?not_collected", id="rmcdomainstatus not collected"),
    pytest.param([NONE, UP], "?not_collected", id="lsrsrc not collected"),
    pytest.param([NONE, STRANGER, broken(UP, "truncated", partial=True)], "?truncated", id="cut"),
    pytest.param([NONE, consoles(), broken(UP, "truncated", partial=True)], "", id="cut, but it is there"),
    pytest.param([NONE, consoles(resource(node_id=2**64)), UP], "?unparsable", id="more than 64 bits"),
    pytest.param([NONE, consoles(resource(address="10.9.8.99")), UP], "?conflicting", id="one number, two addresses"),
    pytest.param([NONE, consoles(resource(address="10.9.8.259")), UP], "", id="an address that is none says nothing"),
    pytest.param(
        [NONE, command("lsrsrc IBM.MCP NodeID", f"{TITLE}resource 1:\n\tNodeID = {NODE_ID}\n"), UP], "", id="no address"
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), DOMAIN)
def test_unknown_to_domain(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(*evidence, management="hmc").fact("mcp.unknown_to_domain"))) == expected


def test_a_stale_console_is_told_in_both_spellings() -> None:
    item = facts(NONE, STRANGER, UP).fact("mcp.unknown_to_domain").items[0]
    assert "has the node ID 7 (0x0000000000000007), which rmcdomainstatus does not show" in item.says
    assert "NodeID            = 7" in lines(item.evidence)


@pytest.mark.parametrize(
    ("evidence", "node_id", "settle"),
    [
        pytest.param([consoles(resource(node_id=2**64)), UP], 2**64, "lsrsrc IBM.MCP", id="no node ID"),
        pytest.param([STRANGER, broken(UP, "truncated", partial=True)], 7, "rmcdomainstatus -s ctrmc", id="cut"),
        pytest.param([STRANGER, domain(), RUNS], 7, "lssrc -ls mcproxy", id="perhaps in-band"),
    ],
)
def test_the_node_id_that_cannot_be_compared_is_shown(evidence: list[Evidence], node_id: int, settle: str) -> None:
    fact = facts(*evidence, management="hmc").fact("mcp.unknown_to_domain")
    assert f"        NodeID            = {node_id}" in lines(fact.evidence).split("\n")
    assert fact.settle == settle


CARDS = (
    "en0: flags=1e084863,814c0<UP,BROADCAST>\n\tinet 10.0.1.1 netmask 0xffffff00\n"
    "en1: flags=1e084862,814c0<BROADCAST>\n\tinet6 fe80::2/64\n"
    "lo0: flags=e08084b,c0<UP,LOOPBACK>\n\tinet 127.0.0.1 netmask 0xff000000\n"
)
CARD = command("ifconfig -a", CARDS)
ALIVE = command("ifconfig -a", CARDS.replace("<BROADCAST>", "<UP,BROADCAST>"))


def local(*names: str) -> Evidence:
    given = ",".join(f'"{name}"' for name in names)
    return command("lsrsrc IBM.MCP", f'{TITLE}resource 1:\n\tHMCName = "hmc1"\n\tConnectivityNames = {{{given}}}\n')


ODD = command("ifconfig -a", CARDS.replace("10.0.1.1", "10.0.1.259"))
ODD_BESIDE = command("ifconfig -a", "\n".join(ALIVE.out.lines).replace("10.0.1.1", "10.0.1.259"))
NAMES = [
    pytest.param([local("10.0.1.1"), CARD], "", id="its own"),
    pytest.param([local("10.0.9.9", "10.0.1.1"), CARD], "", id="one of two is its own"),
    pytest.param([local("fe80::2%en1"), ALIVE], "", id="with a zone"),
    pytest.param([local("fe80::2%en1"), CARD], "hmc1", id="on an interface that is down"),
    pytest.param([local("127.0.0.1"), CARD], "hmc1", id="the loopback"),
    pytest.param([local("::1"), command("ifconfig -a", f"{CARDS}\tinet6 ::1%1/128\n")], "hmc1", id="that of IPv6"),
    pytest.param([local("127.0.0.1", "10.0.1.1"), CARD], "", id="the loopback, and its own"),
    pytest.param([local("fe80:0::2"), ALIVE], "", id="another spelling"),
    pytest.param([local("10.0.9.9"), CARD], "hmc1", id="a foreign one"),
    pytest.param([local("10.0.9.9"), command("ifconfig -a", CARDS.split("lo0")[0])], "?truncated", id="a cut listing"),
    pytest.param([local("10.0.9.9"), ODD], "?unparsable", id="an interface whose address is none"),
    pytest.param([local("fe80::2"), ODD_BESIDE], "", id="and its own on another"),
    pytest.param([local("10.0.1.1"), command("ifconfig -a", CARDS.split("lo0")[0])], "", id="cut, but it is there"),
    pytest.param([local("10.0.9.9"), broken(CARD, "timeout")], "?timeout", id="no listing"),
    pytest.param([local("10.0.9.9")], "?not_collected", id="not collected"),
    pytest.param([local("lpar1"), CARD], "?inconclusive", id="a name"),
    pytest.param([local("10.0.9.259"), CARD], "?inconclusive", id="no address"),
    pytest.param([local(), CARD], "?inconclusive", id="none"),
    pytest.param(
        [command("lsrsrc IBM.MCP NodeID", f"{TITLE}resource 1:\n\tNodeID = 7\n"), CARD], "?inconclusive", id="-"
    ),
    pytest.param([NO_CONSOLE, CARD], "n/a", id="no console"),
]


@pytest.mark.parametrize(("evidence", "expected"), NAMES)
def test_foreign_names(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(NONE, *evidence, management="hmc").fact("mcp.foreign_names"))) == expected


@pytest.mark.parametrize(
    ("name", "says", "shown"),
    [
        ("127.0.0.1", "which only lo0 carries, and that is the loopback.", "\tinet 127.0.0.1 netmask 0xff000000"),
        ("fe80::2", "which only en1 carries, and that is DOWN.", "\tinet6 fe80::2/64"),
    ],
)
def test_an_interface_that_leads_nowhere_is_named(name: str, says: str, shown: str) -> None:
    (item,) = facts(NONE, local(name), CARD, management="hmc").fact("mcp.foreign_names").items
    assert item.says.endswith(says)
    assert shown in lines(item.evidence).split("\n")


@pytest.mark.parametrize(
    ("evidence", "line"),
    [
        pytest.param([local("lpar1"), CARD], 'ConnectivityNames = {"lpar1"}', id="a name"),
        pytest.param([local("10.0.9.9"), ODD], "inet 10.0.1.259 netmask 0xffffff00", id="no address"),
        pytest.param(
            [local("10.0.9.9"), command("ifconfig -a", CARDS.split("lo0")[0])],
            "%sect of ifconfig -a",
            id="a cut listing",
        ),
    ],
)
def test_what_cannot_be_compared_is_shown(evidence: list[Evidence], line: str) -> None:
    fact = facts(NONE, *evidence, management="hmc").fact("mcp.foreign_names")
    assert lines(fact.evidence).strip() == line


def test_linux_lists_its_interfaces_by_ip() -> None:
    listing = command(
        "ip addr", "1: lo: <LOOPBACK,UP> mtu 65536\n    inet 127.0.0.1/8\n" + card("env2", "4 10.0.1.1/24")
    )
    found = [
        facts(NONE, one, listing, platform="linux", management="hmc") for one in (local("10.0.1.1"), local("10.0.1.2"))
    ]
    assert [subjects(says(one.fact("mcp.foreign_names"))) for one in found] == ["", "hmc1"]
    assert says(facts(local("10.0.1.1"), platform="hmc").fact("mcp.foreign_names")) == "n/a"


TITLE_ALONE = command("lsrsrc IBM.MCP", TITLE, exit_status=None)
IN_BAND = [
    lssrc("ctrmc rsct active", "mcproxy rsct active"),
    command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n"),
]
WITHOUT_RESOURCES = [
    pytest.param([NONE, DOWN, NO_CONSOLE], "none", id="with its end"),
    pytest.param([NONE, UP, NO_CONSOLE], "?conflicting", id="beside a control point that is up"),
    pytest.param([NONE, domain(), NO_CONSOLE], "none", id="no control point either"),
    pytest.param([NONE, domain(), TITLE_ALONE], "none", id="a copy, and no control point either"),
    pytest.param([NONE, UP, TITLE_ALONE], "?empty", id="a copy that may be cut"),
    pytest.param([NONE, TITLE_ALONE], "?empty", id="a copy alone"),
    pytest.param([*IN_BAND, NO_CONSOLE], "n/a", id="in-band"),
    pytest.param([*IN_BAND, TITLE_ALONE], "n/a", id="in-band, a copy"),
]


@pytest.mark.parametrize(("evidence", "expected"), WITHOUT_RESOURCES)
def test_the_title_of_the_class_alone(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, management="hmc").fact("mcp.resources")) == expected
