"""The line to the console (tables 2.2, 3.4, 3.8 and 3.10)."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.words import Reason
from tests.hosts.building import IFCONFIG, NETSTAT, answer, command, facts, file, judge, probe, status
from tests.hosts.cases import (
    IPV4,
    KVM,
    LOCAL,
    LPAR,
    OPAL,
    SETTLE,
    aix,
    broken,
    domain,
    lines,
    linux_host,
    lslpp,
    lssrc,
    mcp,
    says,
)
from tests.hosts.consoles import consoles, resource

RUNS, STOPPED, NONE = lssrc("mcproxy rsct active"), lssrc("mcproxy rsct inoperative"), lssrc("ctrmc rsct active")
HOST = command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n")
NO_HOST = command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n")
NOT_ON_FILE = command("lssrc -ls mcproxy", "", 1, err="0513-085 The mcproxy Subsystem is not on file.\n")
OLD, NEW = command("oslevel -s", "7300-03-01-2520\n"), command("oslevel -s", "7300-04-01-2546\n")
YES, NO, OPEN = [RUNS, HOST], [NONE], [RUNS]

IN_BAND = [
    pytest.param("aix", YES, "yes", id="active, and it names a console"),
    pytest.param("aix", [NONE], "no", id="a complete listing without it"),
    pytest.param("aix", [STOPPED], "no", id="inoperative"),
    pytest.param("aix", [RUNS], "?not_collected", id="active, consoles not collected"),
    pytest.param("aix", [RUNS, broken(HOST, "timeout")], "?timeout", id="active, consoles timed out"),
    pytest.param("aix", [RUNS, NO_HOST], "?inconclusive", id="active, names none"),
    pytest.param("aix", [RUNS, NOT_ON_FILE], "?inconclusive", id="active and not on file"),
    pytest.param("aix", [HOST], "?not_collected", id="no listing"),
    pytest.param("aix", [OLD], "no", id="below AIX 7.3 TL4"),
    pytest.param("aix", [NEW], "?not_collected", id="from AIX 7.3 TL4 on it may be there"),
    pytest.param("aix", [command("oslevel -s", "7300-04-00-2546\n")], "?not_collected", id="TL4 itself"),
    pytest.param("aix", [STOPPED, broken(HOST, "failed")], "no", id="inoperative, and so it does not answer"),
    pytest.param("aix", [STOPPED, NO_HOST], "no", id="inoperative, and it names none"),
    pytest.param("aix", [], "?not_collected", id="level unknown too"),
    pytest.param("aix", [command("oslevel", "7.3.0.0\n")], "?not_collected", id="technology level not told"),
    pytest.param("vios", [OLD], "?not_collected", id="a VIOS goes by its listing alone"),
    pytest.param("vios", [NONE], "no", id="a VIOS with its listing"),
    pytest.param("linux", YES, "yes", id="Linux too"),
    pytest.param("linux", [OLD], "?not_collected", id="oslevel says nothing of Linux"),
    pytest.param("aix", [command("lssrc -g rsct_rm", " IBM.DRM rsct_rm 1 active\n"), NEW], "?not_collected", id="-g"),
    pytest.param("aix", [command("lssrc -g rsct", " ctrmc rsct 1 active\n"), NEW], "no", id="its own group"),
    pytest.param("aix", [NONE, HOST], "?conflicting", id="not on file, yet it names a console"),
    pytest.param("aix", [STOPPED, HOST], "?conflicting", id="inoperative, yet it names a console"),
    pytest.param("aix", [OLD, HOST], "?conflicting", id="too old, yet it names a console"),
    pytest.param(
        "aix", [RUNS, command("lssrc -s mcproxy", " mcproxy rsct inoperative\n"), OLD], "?conflicting", id="2"
    ),
    pytest.param("aix", [broken(NONE, "truncated", partial=True), NEW], "?truncated", id="a cut listing"),
]


@pytest.mark.parametrize(("platform", "evidence", "expected"), IN_BAND)
def test_in_band(platform: str, evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, platform=platform).fact("console.in_band")) == expected


UP, DOWN = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
PEER = "Peer Domain Status\n  I A  0x77d0c4e89a1b2f03  0001  beta\n"
NODES = "Management Domain Status: Managed Nodes\n  I a  0x77d0c4e89a1b2f03  0001  lpar9\n"
CONNECTION = [
    # rmcdomainstatus, and the connection where in-band is yes, no, unknown; management hmc
    pytest.param([UP], "up", "up", "up", id="I A"),
    pytest.param([domain(f"I r {IPV4}")], "up", "up", "up", id="I r"),
    pytest.param([domain(f"O A {IPV4}", "I A 10.9.8.8")], "up", "up", "up", id="one of two is up"),
    pytest.param([DOWN], "in_band", "down", "?inconclusive", id="O"),
    pytest.param([domain(f"i A {IPV4}")], "in_band", "pending", "?inconclusive", id="i"),
    pytest.param([domain(f"X A {IPV4}")], "in_band", "suspended", "?inconclusive", id="X"),
    pytest.param([domain(f"Z A {IPV4}")], "in_band", "unstable", "?inconclusive", id="Z"),
    pytest.param([domain()], "in_band", "no_console", "?inconclusive", id="empty, rc 0"),
    pytest.param([command(SETTLE, PEER)], "in_band", "no_console", "?inconclusive", id="peer domain only"),
    pytest.param([command(SETTLE, NODES)], "in_band", "n/a", "n/a", id="managed nodes only"),
    pytest.param([domain(f"Q A {IPV4}")], "in_band", "?unparsable", "?unparsable", id="unknown state"),
    pytest.param([domain(f"I Q {IPV4}")], "in_band", "?unparsable", "?unparsable", id="unknown queue"),
    pytest.param([domain(f"S S {IPV4}")], "in_band", "?unparsable", "?unparsable", id="the node itself"),
    pytest.param([domain(f"Q A {IPV4}", "I A 10.9.8.8")], "up", "up", "up", id="unknown state beside I"),
    pytest.param([domain(f"Q A {IPV4}", "O A 10.9.8.8")], "in_band", "?unparsable", "?unparsable", id="beside O"),
    pytest.param([broken(UP, "timeout")], "in_band", "?timeout", "?timeout", id="timeout"),
    pytest.param([broken(DOWN, "truncated", partial=True)], "in_band", "?truncated", "?truncated", id="cut, O"),
    pytest.param([broken(UP, "truncated", partial=True)], "up", "up", "up", id="cut, I proves it"),
    pytest.param([command(SETTLE, "", 1)], "in_band", "?failed", "?failed", id="rc not 0"),
    pytest.param([command(SETTLE, "", None)], "in_band", "?empty", "?empty", id="empty, rc unknown"),
    pytest.param([], "in_band", "?not_collected", "?not_collected", id="not collected"),
    pytest.param(
        [command(SETTLE, "Management Domain Status: Management Control Points\n")],
        "in_band",
        "?truncated",
        "?truncated",
        id="a section without a row",
    ),
    pytest.param(
        [UP, command("rmcdomainstatus -s ctrmc", status("O A hmc1"))],
        "in_band",
        "?conflicting",
        "?conflicting",
        id="name form and address form differ",
    ),
    pytest.param([UP, command("rmcdomainstatus -s ctrmc", status("I A hmc1"))], "up", "up", "up", id="they agree"),
    pytest.param(
        [UP, command("rmcdomainstatus -s ctrmc", "")], "in_band", "?conflicting", "?conflicting", id="missing from one"
    ),
    pytest.param([UP, DOWN], "in_band", "?conflicting", "?conflicting", id="two sections of one request"),
]


@pytest.mark.parametrize(("evidence", "yes", "no", "unknown"), CONNECTION)
def test_connection(evidence: list[Evidence], yes: str, no: str, unknown: str) -> None:
    found = [facts(*evidence, *one, lslpp(), management="hmc") for one in (YES, NO, OPEN)]
    assert [says(one.fact("console.connection")) for one in found] == [yes, no, unknown]


POWERVM = command("uname -L", "7 lpar1\n")
NO_CONSOLE = [
    # management, what tells the kind, and the connection where in-band is yes, no, unknown
    ("hmc", [], "in_band", "no_console", "?inconclusive"),
    ("novalink", [], "in_band", "no_console", "?inconclusive"),
    ("powervs", [], "in_band", "no_console", "?inconclusive"),
    ("none", [POWERVM], "in_band", "n/a", "n/a"),
    ("unknown", [POWERVM], "in_band", "no_console", "?inconclusive"),
    ("unknown", [], "in_band", "?inconclusive", "?inconclusive"),
]


@pytest.mark.parametrize(("management", "evidence", "yes", "no", "unknown"), NO_CONSOLE)
def test_no_control_point(management: str, evidence: list[Evidence], yes: str, no: str, unknown: str) -> None:
    found = [facts(domain(), *evidence, *one, lslpp(), management=management) for one in (YES, NO, OPEN)]
    assert [says(one.fact("console.connection")) for one in found] == [yes, no, unknown]


CONNECTED = [
    ([UP], "yes", "yes", "yes"),
    ([DOWN], "yes", "no", "?not_collected"),
    ([domain()], "yes", "no", "?not_collected"),
    ([broken(UP, "timeout")], "yes", "?timeout", "?timeout"),
    ([broken(DOWN, "truncated", partial=True)], "yes", "?truncated", "?truncated"),
    ([domain(f"Q A {IPV4}")], "yes", "?unparsable", "?unparsable"),
    ([], "yes", "?not_collected", "?not_collected"),
]


@pytest.mark.parametrize(("evidence", "yes", "no", "unknown"), CONNECTED)
def test_connected(evidence: list[Evidence], yes: str, no: str, unknown: str) -> None:
    found = [facts(*evidence, *one) for one in (YES, NO, OPEN)]
    assert [says(one.fact("console.connected")) for one in found] == [yes, no, unknown]


def test_a_stopped_daemon_is_named_as_the_cause() -> None:
    fact = facts(broken(UP, "not_collected"), lssrc("ctrmc rsct inoperative"), lslpp()).fact("console.connection")
    assert (says(fact), "ctrmc is not running" in fact.says) == ("?not_collected", True)


def test_a_dead_second_console_is_told_beside_the_pass() -> None:
    fact = aix(domain(f"I A {IPV4}", "O A 10.9.8.8")).fact("console.connection")
    assert (says(fact), any("10.9.8.8" in text for text in fact.also)) == ("up", True)


def test_in_band_beside_a_control_point_that_is_up_is_told_and_is_no_fault() -> None:
    fact = aix(UP, RUNS, HOST).fact("console.connection")
    assert (says(fact), fact.also) == (
        "up",
        ("RMC also runs in-band, which is allowed: mcproxy is active and lists the console hmc1.",),
    )
    assert aix(UP, NONE).fact("console.connection").also == ()


SECOND = "10.9.8.8"
OLD_LEVEL, TLS_LEVEL = lslpp("3.2.6.2"), lslpp("3.3.1.0")
DUAL = domain(f"I A {IPV4}", f"O A {SECOND}")
TCP = [
    # control points, probes, on a level without TLS, on a level with TLS (657 alone), where the level is unknown
    pytest.param(UP, [probe(IPV4, "open")], "open", "open", "open", id="open"),
    pytest.param(UP, [probe(IPV4, "refused")], "closed", "?inconclusive", "?inconclusive", id="refused"),
    pytest.param(UP, [probe(IPV4, "timeout")], "closed", "?inconclusive", "?inconclusive", id="timeout"),
    pytest.param(UP, [probe(IPV4, "unreachable")], "closed", "?inconclusive", "?inconclusive", id="unreachable"),
    pytest.param(UP, [probe(IPV4, "noroute")], "closed", "?inconclusive", "?inconclusive", id="noroute"),
    pytest.param(UP, [probe(IPV4, "not-tried")], *["?inconclusive"] * 3, id="not tried"),
    pytest.param(UP, [probe(IPV4, "name-error")], *["?inconclusive"] * 3, id="name error"),
    pytest.param(UP, [], *["?inconclusive"] * 3, id="no probe"),
    pytest.param(UP, [broken(probe(IPV4, ""), "timeout")], *["?inconclusive"] * 3, id="the prober was stopped"),
    pytest.param(UP, [probe(IPV4, "maybe")], *["?inconclusive"] * 3, id="no word of a probe"),
    pytest.param(UP, [probe(IPV4, "open"), probe(IPV4, "refused")], *["?conflicting"] * 3, id="two results"),
    pytest.param(UP, [probe(SECOND, "open")], *["?inconclusive"] * 3, id="another address was probed"),
    pytest.param(UP, [probe(IPV4, "open", 22)], *["?inconclusive"] * 3, id="another port was probed"),
    pytest.param(
        UP,
        [probe(IPV4, "refused"), probe(IPV4, "open", 12601)],
        "closed",
        "open",
        "?inconclusive",
        id="TLS open",
    ),
    pytest.param(UP, [probe(IPV4, "refused"), probe(IPV4, "timeout", 12601)], *["closed"] * 3, id="both closed"),
    pytest.param(UP, [probe(IPV4, "open", 12601)], "?inconclusive", "open", "?inconclusive", id="657 not tried"),
    pytest.param(
        UP,
        [probe(IPV4, "refused"), broken(probe(IPV4, "", 12601), "timeout")],
        "closed",
        "?inconclusive",
        "?inconclusive",
        id="TLS probe stopped",
    ),
    pytest.param(DUAL, [probe(IPV4, "timeout"), probe(SECOND, "open")], *["open"] * 3, id="dual, one open"),
    pytest.param(
        DUAL,
        [probe(IPV4, "timeout"), probe(SECOND, "refused")],
        "closed",
        "?inconclusive",
        "?inconclusive",
        id="dual, none open",
    ),
    pytest.param(DUAL, [probe(IPV4, "timeout")], *["?inconclusive"] * 3, id="dual, one not tried"),
    pytest.param(domain("I A 10.9.8.259"), [probe("10.9.8.259", "refused")], *["?inconclusive"] * 3, id="no address"),
]


@pytest.mark.parametrize(("points", "probes", "plain", "tls", "unknown"), TCP)
def test_tcp(points: Evidence, probes: list[Evidence], plain: str, tls: str, unknown: str) -> None:
    levels: list[list[Evidence]] = [[OLD_LEVEL], [TLS_LEVEL], []]
    found = [facts(points, *probes, *level, NONE, POWERVM) for level in levels]
    assert [says(one.fact("console.tcp")) for one in found] == [plain, tls, unknown]


AIX_SOCKETS = "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n"


def netstat(local: str, far: str, state: str = "ESTABLISHED") -> Evidence:
    """`netstat -an` with one connection."""
    return command("netstat -an", f"{AIX_SOCKETS}tcp4       0      0  {local}  {far}  {state}\n")


SESSION = netstat("10.0.1.1.657", f"{IPV4}.33861")
SS_SESSION = command(
    "ss -tuan",
    "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
    f"tcp ESTAB 0 0 [::ffff:10.0.1.1]:40000 [::ffff:{IPV4}]:657\n",
)
PROC_SESSION = file(
    "/proc/net/tcp",
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 0101000A:0291 0708090A:8445 01 00000000:00000000 00:00000000 00000000     0        0 21000 1\n",
)
BY_SESSION = [
    pytest.param(UP, [SESSION], "open", id="the console's own"),
    pytest.param(UP, [netstat("10.0.1.1.40000", f"{IPV4}.657")], "open", id="the partition's own"),
    pytest.param(UP, [netstat("10.0.1.1.12601", f"{IPV4}.33861")], "open", id="with TLS"),
    pytest.param(UP, [SS_SESSION], "open", id="ss"),
    pytest.param(UP, [PROC_SESSION], "open", id="/proc/net"),
    pytest.param(UP, [netstat("10.0.1.1.22", f"{IPV4}.33861")], "?inconclusive", id="of another service"),
    pytest.param(UP, [netstat("10.0.1.1.657", f"{IPV4}.33861", "CLOSE_WAIT")], "?inconclusive", id="that ends"),
    pytest.param(UP, [netstat("10.0.1.1.657", f"{SECOND}.33861")], "?inconclusive", id="with a stranger"),
    pytest.param(domain(f"O A {IPV4}"), [SESSION], "?inconclusive", id="with a console that is down"),
    pytest.param(DUAL, [SESSION], "open", id="with the one of two that is up"),
    pytest.param(DUAL, [netstat("10.0.1.1.657", f"{SECOND}.3386")], "?inconclusive", id="with the one that is down"),
    pytest.param(DUAL, [SESSION, probe(SECOND, "refused")], "open", id="and the other was probed"),
    pytest.param(UP, [SESSION, probe(IPV4, "not-tried"), probe(IPV4, "not-tried", 12601)], "open", id="no prober"),
    pytest.param(UP, [SESSION, probe(IPV4, "refused")], "?conflicting", id="and a probe was refused"),
    pytest.param(UP, [SESSION, probe(IPV4, "open")], "open", id="and a probe was not"),
    pytest.param(
        domain(f"I A {LOCAL}"),
        [netstat("fe80::5%en1.657", f"{LOCAL}%en1.33861")],
        "open",
        id="with a link-local address",
    ),
]


@pytest.mark.parametrize(("points", "evidence", "expected"), BY_SESSION)
def test_a_session_with_a_console_that_is_up_shows_its_port(
    points: Evidence, evidence: list[Evidence], expected: str
) -> None:
    assert says(facts(points, *evidence, OLD_LEVEL, NONE, POWERVM).fact("console.tcp")) == expected


@pytest.mark.parametrize(
    ("reason", "sessions", "expected"),
    [
        ("denied", [SESSION], "?denied"),
        ("denied", [], "?inconclusive"),
        ("timeout", [SESSION], "?inconclusive"),
    ],
)
def test_where_nobody_may_see_which_console_is_up_a_session_asks_for_root_and_not_for_probes(
    reason: Reason, sessions: list[Evidence], expected: str
) -> None:
    found = facts(mcp(IPV4), broken(UP, reason), *sessions, OLD_LEVEL, NONE, POWERVM).fact("console.tcp")
    assert says(found) == expected
    assert found.settle.endswith("--probe") == (expected != "?denied")


def test_a_session_with_an_address_that_only_the_class_names_shows_the_port_too() -> None:
    names = command("rmcdomainstatus -s ctrmc", status("I A hmc1"))
    found = [
        facts(names, one, SESSION, OLD_LEVEL, NONE, POWERVM) for one in (consoles(), consoles(resource(node_id=7)))
    ]
    assert [says(one.fact("console.tcp")) for one in found] == ["open", "?inconclusive"]


LINK = [
    pytest.param([probe(f"{LOCAL}%en1", "open")], "open", id="with its zone"),
    pytest.param([probe(LOCAL, "open")], "?inconclusive", id="without a zone"),
    pytest.param([probe(LOCAL, "refused")], "?inconclusive", id="without a zone, refused"),
    pytest.param([probe(f"{LOCAL}%en0", "open"), probe(f"{LOCAL}%en1", "refused")], "open", id="open by one zone"),
    pytest.param([probe(LOCAL, "refused"), probe(f"{LOCAL}%en1", "open")], "open", id="without a zone, and with one"),
    pytest.param([probe(f"{LOCAL}%en0", "refused"), probe(f"{LOCAL}%en1", "open")], "open", id="open by the other"),
    pytest.param([probe(f"{LOCAL}%en1", "timeout")], "closed", id="closed"),
    pytest.param(
        [probe(f"{LOCAL}%en0", "refused"), broken(probe(f"{LOCAL}%en1", ""), "timeout")], "?inconclusive", id="half"
    ),
    pytest.param([probe(f"{LOCAL}%en1", "open")._replace(origin="controller")], "?inconclusive", id="from elsewhere"),
]


@pytest.mark.parametrize("management", ["novalink", "powervs", "unknown"])
@pytest.mark.parametrize(("probes", "expected"), LINK)
def test_tcp_to_a_link_local_address(probes: list[Evidence], expected: str, management: str) -> None:
    found = facts(domain(f"I A {LOCAL}"), *probes, OLD_LEVEL, NONE, management=management)
    assert says(found.fact("console.tcp")) == expected


def test_tcp_of_a_powervs_console_at_an_ipv4_address() -> None:
    found = facts(DOWN, probe(IPV4, "refused"), OLD_LEVEL, management="powervs")
    assert says(found.fact("console.tcp")) == "closed"


@pytest.mark.parametrize("address", [LOCAL, "hmc1;reboot"])
def test_who_was_not_probed_is_to_be_probed_from_the_partition(address: str) -> None:
    fact = facts(domain(f"I A {address}"), OLD_LEVEL, NONE).fact("console.tcp")
    assert fact.settle == "rmccomply collect ssh HOST --probe"


NO_ADDRESS = [
    pytest.param([domain(), *YES], "n/a", id="in-band only"),
    pytest.param(YES, "?not_collected", id="in-band, control points not collected"),
    pytest.param([domain(), NONE], "?inconclusive", id="no console known"),
    pytest.param([broken(UP, "timeout"), NONE], "?timeout", id="timeout"),
    pytest.param([command("rmcdomainstatus -s ctrmc", status("I A hmc1")), NONE], "?inconclusive", id="a name"),
    pytest.param([mcp(IPV4), probe(IPV4, "open")], "open", id="lsrsrc names the address"),
    pytest.param([mcp(IPV4, SECOND), probe(IPV4, "refused"), NONE], "?inconclusive", id="one of two not tried"),
]


@pytest.mark.parametrize(("evidence", "expected"), NO_ADDRESS)
def test_which_addresses_are_probed(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, OLD_LEVEL).fact("console.tcp")) == expected


def test_heartbeats_that_pass_do_not_excuse_a_closed_port() -> None:
    fact = aix(probe(IPV4, "timeout")).fact("console.tcp")
    assert (says(fact), "Heartbeats pass all the same" in " ".join(fact.also)) == ("closed", True)


UDP = [
    # control points, probes, console.udp
    pytest.param([UP], "proven", id="I"),
    pytest.param([domain(f"O A {IPV4}", f"I A {SECOND}")], "proven", id="one I"),
    pytest.param([DOWN, probe(IPV4, "open")], "suspect", id="O and TCP open"),
    pytest.param([DOWN, probe(IPV4, "refused")], "?inconclusive", id="O and TCP refused"),
    pytest.param([DOWN, probe(SECOND, "open")], "?inconclusive", id="O, another address open"),
    pytest.param([DOWN], "?inconclusive", id="O alone"),
    pytest.param([domain(f"i A {IPV4}"), probe(IPV4, "open")], "?inconclusive", id="i"),
    pytest.param([domain(f"X A {IPV4}"), probe(IPV4, "open")], "?inconclusive", id="X"),
    pytest.param([domain(f"Z A {IPV4}"), probe(IPV4, "open")], "?inconclusive", id="Z"),
    pytest.param([domain(f"O A {IPV4}", f"i A {SECOND}"), probe(IPV4, "open")], "?inconclusive", id="O beside i"),
    pytest.param([domain(), NONE], "?inconclusive", id="empty"),
    pytest.param([domain(), *YES], "n/a", id="empty, in-band"),
    pytest.param([broken(UP, "timeout")], "?timeout", id="timeout"),
    pytest.param([broken(DOWN, "truncated", partial=True), probe(IPV4, "open")], "?truncated", id="cut"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), UDP)
def test_udp(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, OLD_LEVEL, POWERVM).fact("console.udp")) == expected


NAMES = ("connection", "tcp", "udp")
DEAD = [DOWN, probe(IPV4, "open"), NONE]
SHUT = [DOWN, probe(IPV4, "refused"), NONE]
KINDS = [
    pytest.param("aix", [POWERVM, OLD_LEVEL], ["down", "closed", "suspect"], id="partition"),
    pytest.param("aix", [command("uname -L", "-1 NULL\n"), OLD_LEVEL], ["n/a"] * 3, id="full system"),
    pytest.param("aix", [command("uname -W", "3\n"), OLD_LEVEL], ["n/a"] * 3, id="workload partition"),
    pytest.param("vios", [OLD_LEVEL], ["down", "closed", "suspect"], id="VIOS"),
    pytest.param("linux", linux_host(LPAR), ["down", "closed", "suspect"], id="PowerVM Linux"),
    pytest.param("linux", linux_host(KVM), ["n/a"] * 3, id="KVM"),
    pytest.param("linux", linux_host(OPAL), ["n/a"] * 3, id="OPAL"),
    pytest.param("linux", linux_host(LPAR, distribution="rhcos"), ["?inconclusive"] * 3, id="RHCOS"),
]


@pytest.mark.parametrize(("platform", "evidence", "expected"), KINDS)
def test_console_by_kind_of_host(platform: str, evidence: list[Evidence], expected: list[str]) -> None:
    dead, shut = (facts(*evidence, *one, platform=platform) for one in (DEAD, SHUT))
    found = [dead.fact("console.connection"), shut.fact("console.tcp"), dead.fact("console.udp")]
    assert [says(fact) for fact in found] == expected


def test_a_kind_of_host_replaces_no_pass() -> None:
    found = facts(*linux_host(KVM), UP, probe(IPV4, "open"), platform="linux")
    assert [says(found.fact(f"console.{name}")) for name in NAMES] == ["up", "open", "proven"]


def test_nobody_manages_it() -> None:
    found = facts(DOWN, probe(IPV4, "refused"), NONE, OLD_LEVEL, management="none")
    assert [says(found.fact(f"console.{name}")) for name in NAMES] == ["n/a"] * 3


def test_a_replaced_console_that_kept_its_address_is_suspected() -> None:
    fact = facts(DOWN, probe(IPV4, "open"), NONE, OLD_LEVEL).fact("console.udp")
    assert "no longer knows this node" in fact.says
    assert IPV4 in lines(fact.evidence)


def test_dual_console_with_a_dead_one_passes_all_three() -> None:
    found = judge([item for item in aix_evidence() if item.request != SETTLE] + [DUAL])
    assert [found[f"RMC-{name}"].result for name in ("DOM-001", "NET-001", "NET-002")] == ["pass"] * 3


def aix_evidence() -> list[Evidence]:
    from tests.hosts.building import healthy_aix

    return [*healthy_aix(), probe(SECOND, "timeout")]


@pytest.mark.parametrize(("form", "state"), [("-a ip", "O"), ("", "O"), ("-a ip", "X")])
def test_a_control_point_that_two_forms_show_is_told_once(form: str, state: str) -> None:
    names = command("rmcdomainstatus -s ctrmc", status(f"{state} A hmc1"))
    ips = command("rmcdomainstatus -s ctrmc -a ip", status(f"{state} A {IPV4}"))
    evidence = [names, ips] if form else [names]
    fact = facts(*evidence, NONE, management="hmc").fact("console.connection")
    assert fact.says.count("the control point ") + fact.says.count("The control point ") == 1
    assert (IPV4 if form else "hmc1") in fact.says
    assert {place.request for place in fact.evidence} == {item.request for item in evidence}


def test_frames_are_told_once_of_a_console_that_two_forms_show() -> None:
    evidence = [
        command("rmcdomainstatus -s ctrmc", status("X A hmc1")),
        command("rmcdomainstatus -s ctrmc -a ip", status(f"X A {IPV4}")),
    ]
    assert [item.subject for item in facts(*evidence).fact("path.large_frames").items] == [IPV4]


SUSPECT = [command("rmcdomainstatus -s ctrmc -a ip", status(f"O A {IPV4}")), probe(IPV4, "open\n"), NONE]


def test_a_path_is_not_blamed_where_the_daemon_takes_no_remote_clients() -> None:
    assert says(facts(*SUSPECT, management="hmc").fact("console.udp")) == "suspect"
    assert says(facts(*SUSPECT, command("netstat -an", NETSTAT), management="hmc").fact("console.udp")) == "suspect"
    closed = [
        command("netstat -an", NETSTAT.replace("*.657", "*.658")),
        command("ps -A -o pid,args", "PID COMMAND\n1 init\n7 /opt/rsct/bin/rmcd -a IBM.LPCommands\n"),
    ]
    found = facts(*SUSPECT, *closed, management="hmc")
    assert says(found.fact("rmcd.remote_clients")) == "refused"
    fact = found.fact("console.udp")
    assert (says(fact), fact.basis) == ("?inconclusive", (found.fact("rmcd.remote_clients"),))
    assert found.fact("rmcd.remote_clients").says in fact.says


@pytest.mark.parametrize("flags", ["", "down"])
def test_a_path_is_not_blamed_where_the_address_for_it_is_not_usable(flags: str) -> None:
    local = "fe80::2"
    cards = (
        IFCONFIG.replace("fe80::9400", "2001:db8::9400")
        if not flags
        else IFCONFIG.replace("en1: flags=1e084863,814c0<UP,", "en1: flags=1e084862,814c0<")
    )
    evidence = [
        command("rmcdomainstatus -s ctrmc -a ip", status(f"O A {local}")),
        answer("probe", ("tcp", f"{local}%en1", "657"), "open\n"),
        NONE,
    ]
    assert (
        says(facts(*evidence, command("ifconfig -a", IFCONFIG), management="novalink").fact("console.udp")) == "suspect"
    )
    found = facts(*evidence, command("ifconfig -a", cards), management="novalink")
    assert says(found.fact("console.udp")) == "?inconclusive"
    assert found.fact("ipv6.link_local").says in found.fact("console.udp").says


TITLE = command("lsrsrc IBM.MCP", "Resource Persistent Attributes for IBM.MCP\n", None)
SILENT = command(SETTLE, "", None)
COPIES = [
    pytest.param([RUNS, HOST, TITLE, SILENT], "n/a", id="mcproxy names the console"),
    pytest.param([RUNS, HOST, TITLE, SILENT, command("rmcdomainstatus -s ctrmc", "", None)], "n/a", id="in both forms"),
    pytest.param([RUNS, NO_HOST, TITLE, SILENT], "?empty", id="mcproxy names none"),
    pytest.param([NONE, TITLE, SILENT], "?empty", id="no mcproxy"),
    pytest.param([RUNS, HOST, SILENT], "?empty", id="IBM.MCP was not queried"),
    pytest.param([RUNS, HOST, TITLE], "?not_collected", id="rmcdomainstatus was not queried"),
    pytest.param([RUNS, HOST, TITLE, broken(SILENT, "timeout")], "?timeout", id="rmcdomainstatus timed out"),
    pytest.param([RUNS, HOST, mcp(IPV4), SILENT], "?empty", id="IBM.MCP holds a console"),
]


@pytest.mark.parametrize(("evidence", "expected"), COPIES)
def test_an_empty_copy_is_an_answer_where_mcproxy_carries_the_console(evidence: list[Evidence], expected: str) -> None:
    found = facts(*evidence, management="hmc")
    assert says(found.fact("console.udp")) == expected
    assert (says(found.fact("console.tcp")) == "n/a") is (expected == "n/a")
