"""Clusters beside RMC: cluster0, peer domains, StorageRM, group services."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.facts.groups.test_control_points import subjects
from tests.hosts.building import command, facts
from tests.hosts.cases import NOT_INSTALLED, broken, domain, lslpp, lssrc, says
from tests.hosts.consoles import node_uuid, peer_domain, peer_nodes

ZERO, SET = "00000000-0000-0000-0000-000000000000", "8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"
DEFAULT = command("odmget -q name=cluster0 CuAt", "")
NO_DEVICE = command(
    "lsattr -El cluster0",
    "",
    1,
    "lsattr: 0514-519 The following device was not found in the customized device database\n",
)
ATTRIBUTE = 'CuAt:\n\tname = "cluster0"\n\tattribute = "node_uuid"\n\tvalue = "{}"\n'
PLAIN = command("lspv", "hdisk0          00f9c2d54c0017a1                    rootvg          active\n")
DISK = command("lspv", "hdisk1          00f9c2d54c0017a1                    caavg_private   active\n")
CAA, NO_CAA = (
    command("lscluster -c", "Cluster Name: alphaclu\n"),
    command("lscluster -c", "", 1, "Cluster services are not active.\n"),
)
OTHER_UUID = command("odmget -q name=cluster0 CuAt", ATTRIBUTE.format(f"5{SET[1:]}"))
UUID = [
    pytest.param([node_uuid(SET), PLAIN], "set", id="set, no CAA"),
    pytest.param([node_uuid(SET), DISK], "set", id="set, CAA"),
    pytest.param([node_uuid(SET)], "set", id="set, and who knows"),
    pytest.param([node_uuid(ZERO), PLAIN], "cleared", id="zeros, no CAA"),
    pytest.param([node_uuid(ZERO), NO_CAA], "cleared", id="zeros, no CAA by lscluster"),
    pytest.param([node_uuid(ZERO), DISK], "missing", id="zeros, CAA by its disk"),
    pytest.param([node_uuid(ZERO), CAA], "missing", id="zeros, CAA by lscluster"),
    pytest.param([node_uuid(ZERO)], "?not_collected", id="zeros, and who knows"),
    pytest.param([node_uuid(ZERO), broken(PLAIN, "timeout")], "?timeout", id="zeros, lspv timed out"),
    pytest.param([node_uuid(ZERO), PLAIN, CAA], "?conflicting", id="lspv and lscluster differ"),
    pytest.param([node_uuid(ZERO), DISK, NO_CAA], "?conflicting", id="and the other way round"),
    pytest.param([DEFAULT, PLAIN], "cleared", id="never set"),
    pytest.param([DEFAULT, DISK], "missing", id="never set, CAA"),
    pytest.param([NO_DEVICE, PLAIN], "cleared", id="no cluster0"),
    pytest.param([DEFAULT, node_uuid(ZERO), PLAIN], "cleared", id="never set, and zeros"),
    pytest.param([DEFAULT, node_uuid(SET)], "?conflicting", id="never set, and set"),
    pytest.param([node_uuid(SET), OTHER_UUID], "?conflicting", id="set to two"),
    pytest.param([node_uuid("8d0f3c52")], "?unparsable", id="no UUID"),
    pytest.param([PLAIN], "?not_collected", id="not collected"),
    pytest.param([NOT_INSTALLED], "n/a", id="no RSCT"),
]


@pytest.mark.parametrize(("evidence", "expected"), UUID)
def test_node_uuid(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("ha.node_uuid")) == expected


ONLINE = peer_domain()
MIGRATIONS = [
    pytest.param([ONLINE, peer_nodes()], "", id="one level"),
    pytest.param([ONLINE, peer_nodes("3.2.6.3")], "", id="an older node is no reason to migrate"),
    pytest.param([ONLINE, peer_nodes("3.2.6.5")], "alphadom", id="a newer node"),
    pytest.param([ONLINE, peer_nodes("3.2.10.0")], "alphadom", id="a newer node, by number"),
    pytest.param([ONLINE, peer_nodes("3.2.x")], "?unparsable", id="a node without a level"),
    pytest.param([peer_domain(mixed="Yes")], "alphadom", id="mixed"),
    pytest.param([peer_domain(mixed="Yes"), peer_nodes()], "alphadom", id="mixed, whatever the nodes"),
    pytest.param([peer_domain(level="3.x.6.4"), peer_nodes()], "?unparsable", id="a domain without a level"),
    pytest.param([ONLINE], "?not_collected", id="nodes not collected"),
    pytest.param([ONLINE, broken(peer_nodes(), "timeout")], "?timeout", id="nodes timed out"),
    pytest.param([peer_domain("Offline")], "", id="offline, and not mixed"),
    pytest.param([command("lsrpdomain", "")], "n/a", id="no domain"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), MIGRATIONS)
def test_unfinished_migrations(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(*evidence).fact("ha.unfinished_migrations"))) == expected


WORDS = "/usr/lib/objrepos:rsct.core.rmc:{}::COMMITTED:I:RSCT:\n"
ACTIVE = lssrc("clstrmgrES cluster active", "IBM.StorageRM rsct_rm active")
IDLE = lssrc("clstrmgrES cluster active", "IBM.StorageRM rsct_rm inoperative")
NO_DOMAIN = command("lsrpdomain", "")
POWERHA = command("lssrc -g cluster", " clstrmgrES       cluster          5439966      active\n")
TWO_LEVELS = [lslpp("3.2.3.0"), command("lslpp -lcq 'rsct.*'", WORDS.format("3.2.6.2"))]
RESOURCES = command("lssrc -g rsct_rm", " IBM.ConfigRM     rsct_rm          5439966      active\n")
STORAGE = [
    pytest.param([ACTIVE, lslpp("3.2.3.0"), NO_DOMAIN], "harmful", id="the level that dumps core"),
    pytest.param([ACTIVE, lslpp("3.2.3.1"), NO_DOMAIN], "harmless", id="another level"),
    pytest.param([IDLE, lslpp("3.2.3.0"), NO_DOMAIN], "harmless", id="not active"),
    pytest.param([lssrc("clstrmgrES cluster inoperative"), lslpp("3.2.3.0"), NO_DOMAIN], "harmless", id="not on file"),
    pytest.param([ACTIVE, lslpp("3.2.3.0"), ONLINE], "n/a", id="a peer domain may need it"),
    pytest.param([ACTIVE, lslpp("3.2.3.0")], "?not_collected", id="a peer domain, perhaps"),
    pytest.param([ACTIVE, NO_DOMAIN], "?not_collected", id="level unknown"),
    pytest.param([lssrc("ctrmc rsct active"), lslpp("3.2.3.0"), NO_DOMAIN], "n/a", id="no PowerHA"),
    pytest.param([lslpp("3.2.3.0"), NO_DOMAIN], "?not_collected", id="no listing"),
    pytest.param([lslpp("3.2.6.2"), NO_DOMAIN], "?not_collected", id="no listing, a good level"),
    pytest.param([RESOURCES, lslpp("3.2.3.0"), NO_DOMAIN], "?not_collected", id="PowerHA is of another group"),
    pytest.param([POWERHA, lslpp("3.2.3.0"), NO_DOMAIN], "?not_collected", id="only PowerHA is listed"),
    pytest.param([POWERHA, *TWO_LEVELS, NO_DOMAIN], "?conflicting", id="only PowerHA is listed, two levels"),
    pytest.param(
        [command("lssrc -s clstrmgrES", " clstrmgrES cluster 7 active\n"), lslpp("3.2.3.0"), NO_DOMAIN],
        "?not_collected",
        id="PowerHA alone is listed",
    ),
]


STOPPED_HERE = command(
    "lscluster -c", "", 1, err="Cluster services are not active on this node because it has been stopped.\n"
)
UNUSED = [NO_DOMAIN, PLAIN, NO_DEVICE]
NAMED = command("odmget -q name=cluster0 CuAt", ATTRIBUTE.replace("node_uuid", "clvdisk").format(SET))
PEERS = command("rmcdomainstatus -s ctrmc", "Peer Domain Status\n")
DOWN, UP = (
    lssrc("cthags cthags inoperative", "IBM.StorageRM rsct_rm active", f"clstrmgrES cluster {one}")
    for one in ("inoperative", "active")
)
WITHOUT_A_CLUSTER = [
    pytest.param([DOWN, NO_DOMAIN], "n/a", "n/a", id="its manager is inoperative"),
    pytest.param([DOWN, NO_DOMAIN, STOPPED_HERE, DISK], "n/a", "n/a", id="stopped, and lscluster says so"),
    pytest.param([DOWN, NO_DOMAIN, CAA], "n/a", "n/a", id="stopped, and CAA is left"),
    pytest.param([UP, NO_DOMAIN, DISK, "ST_INIT"], "n/a", "n/a", id="stopped, and its manager runs"),
    pytest.param([UP, *UNUSED, "NOT_CONFIGURED"], "n/a", "n/a", id="installed, and no cluster made"),
    pytest.param([UP, *UNUSED], "n/a", "harmful", id="no state, and CAA has no cluster"),
    pytest.param([UP, *UNUSED, "ST_STABLE"], "?inconclusive", "harmful", id="PowerHA runs, and no cluster is shown"),
    pytest.param([UP, NO_DOMAIN, PLAIN], "?inconclusive", "harmful", id="no state, and cluster0 is not told of"),
    pytest.param([UP, NO_DOMAIN, PLAIN, NAMED], "?inconclusive", "harmful", id="no state, and its disk is lost"),
    pytest.param([UP, NO_DOMAIN, PLAIN, STOPPED_HERE], "?not_collected", "harmful", id="stopped here, and no state"),
    pytest.param([DOWN, *UNUSED, "ST_STABLE"], "?conflicting", "?conflicting", id="two answers"),
    pytest.param([DOWN], "?inconclusive", "n/a", id="a peer domain, perhaps"),
    pytest.param([DOWN, NO_DOMAIN, PEERS], "?inconclusive", "n/a", id="rmcdomainstatus shows peers"),
]


def manager(state: str) -> Evidence:
    return command("lssrc -ls clstrmgrES", f"Current state: {state}\nCLversion: 16\n")


@pytest.mark.parametrize(("given", "services", "storage"), WITHOUT_A_CLUSTER)
def test_where_powerha_does_not_run_no_rule_about_clusters_fails(
    given: list[Evidence | str], services: str, storage: str
) -> None:
    evidence = [manager(one) if isinstance(one, str) else one for one in given]
    found = facts(*evidence, lslpp("3.2.3.0"))
    assert [says(found.fact(f"ha.{one}")) for one in ("group_services", "storage_rm")] == [services, storage]
    assert found.fact("cluster.presence").value == "present"


@pytest.mark.parametrize(("evidence", "expected"), STORAGE)
def test_storage_rm(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("ha.storage_rm")) == expected


BOTH = lssrc("cthags cthags active", "IBM.ConfigRM rsct_rm active")
ONE = lssrc("cthags cthags active", "IBM.ConfigRM rsct_rm inoperative")
OTHER = lssrc("cthags cthags inoperative", "IBM.ConfigRM rsct_rm active")
NEITHER = lssrc("ctrmc rsct active")
CLEAR = [NO_DOMAIN, PLAIN, domain("I A 10.9.8.7")]
RUNNING = command("lssrc -s IBM.ConfigRM", " IBM.ConfigRM     rsct_rm          5439966      active\n")
WITH_POWERHA = lssrc("cthags cthags inoperative", "IBM.ConfigRM rsct_rm active", "clstrmgrES cluster active")


NO_POWERHA = command("lssrc -ls clstrmgrES", "", 1, "0513-085 The clstrmgrES Subsystem is not on file.\n")
STABLE, STOPPED = manager("ST_STABLE"), manager("ST_INIT")
WITH_POOL = lssrc("cthags cthags inoperative", "IBM.ConfigRM rsct_rm active", "clconfd caa active")
SERVICES = [
    pytest.param([BOTH, ONLINE], "active", id="both, in a domain"),
    pytest.param([BOTH], "active", id="both, whatever there is"),
    pytest.param([ONE, ONLINE], "inactive", id="IBM.ConfigRM down"),
    pytest.param([OTHER, ONLINE], "inactive", id="cthags down"),
    pytest.param([NEITHER, ONLINE], "inactive", id="not on file"),
    pytest.param([WITH_POWERHA, STABLE, CAA, NO_DOMAIN], "inactive", id="PowerHA runs on CAA"),
    pytest.param([WITH_POWERHA, manager("RP_FAILED"), CAA, NO_DOMAIN], "inactive", id="PowerHA has failed on CAA"),
    pytest.param(
        [WITH_POWERHA, manager("ST_RP_FAILED"), CAA, NO_DOMAIN],
        "inactive",
        id="PowerHA has failed on CAA, by its whole name",
    ),
    pytest.param([WITH_POWERHA, STOPPED, CAA, NO_DOMAIN], "n/a", id="PowerHA is stopped, and its manager active"),
    pytest.param([WITH_POWERHA, manager("NOT_CONFIGURED"), CAA, NO_DOMAIN], "n/a", id="PowerHA is not configured"),
    pytest.param([WITH_POWERHA, CAA, NO_DOMAIN], "?not_collected", id="PowerHA, and not its state"),
    pytest.param([WITH_POWERHA, manager("ST_XYZ"), CAA, NO_DOMAIN], "?unparsable", id="PowerHA in no known state"),
    pytest.param([WITH_POWERHA, broken(STABLE, "timeout"), CAA, NO_DOMAIN], "?timeout", id="its state timed out"),
    pytest.param([WITH_POWERHA, NO_POWERHA, CAA, NO_DOMAIN], "?conflicting", id="PowerHA active, and not on file"),
    pytest.param(
        [lssrc("cthags cthags inoperative", "clstrmgrES cluster inoperative"), STABLE, CAA, NO_DOMAIN],
        "?conflicting",
        id="PowerHA inoperative, and stable",
    ),
    pytest.param([OTHER, CAA, NO_DOMAIN], "n/a", id="nothing runs on CAA"),
    pytest.param([OTHER, CAA], "?inconclusive", id="nothing runs on CAA, and a domain perhaps"),
    pytest.param([WITH_POWERHA, NO_CAA, NO_DOMAIN], "n/a", id="PowerHA without a cluster, or stopped with its CAA"),
    pytest.param([WITH_POWERHA, NO_DOMAIN], "?inconclusive", id="PowerHA, and lscluster was not queried"),
    pytest.param([WITH_POWERHA, NO_CAA, ONLINE], "inactive", id="PowerHA, and a domain that is online"),
    pytest.param([NEITHER, peer_domain("Offline")], "n/a", id="the domain is offline"),
    pytest.param([NEITHER, *CLEAR], "n/a", id="no cluster"),
    pytest.param([OTHER, *CLEAR], "n/a", id="no cluster, and IBM.ConfigRM idles"),
    pytest.param([NEITHER, DISK], "?inconclusive", id="CAA by its disk: online or not"),
    pytest.param([NEITHER], "?not_collected", id="a cluster, perhaps"),
    pytest.param([ONLINE], "?not_collected", id="no listing"),
    pytest.param([RESOURCES, ONLINE], "?not_collected", id="cthags is of another group"),
    pytest.param(
        [BOTH, command("lssrc -s cthags", " cthags cthags inoperative\n"), ONLINE], "?conflicting", id="two listings"
    ),
    pytest.param(
        [ONE, command("lssrc -s cthags", " cthags cthags inoperative\n"), ONLINE], "?conflicting", id="and one is down"
    ),
    pytest.param(
        [command("lssrc -g rsct_rm", " IBM.ConfigRM rsct_rm inoperative\n"), RUNNING, ONLINE],
        "?conflicting",
        id="two listings, and none of cthags",
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), SERVICES)
def test_group_services(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("ha.group_services")) == expected


@pytest.mark.parametrize(("platform", "expected"), [("vios", "inactive"), ("aix", "n/a")])
def test_on_a_virtual_io_server_caa_is_there_for_a_storage_pool(platform: str, expected: str) -> None:
    assert says(facts(WITH_POOL, CAA, NO_DOMAIN, platform=platform).fact("ha.group_services")) == expected


@pytest.mark.parametrize("name", ["node_uuid", "unfinished_migrations", "storage_rm", "group_services"])
def test_a_workload_partition_has_none(name: str) -> None:
    evidence = [command("uname -W", "3\n"), node_uuid(ZERO), DISK, peer_domain(mixed="Yes"), ACTIVE, lslpp("3.2.3.0")]
    assert says(facts(*evidence).fact(f"ha.{name}")) == "n/a"


def test_where_powerha_is_not_told_its_state_is_asked_for() -> None:
    fact = facts(WITH_POWERHA, CAA, NO_DOMAIN).fact("ha.group_services")
    assert fact.settle == "lssrc -ls clstrmgrES"


GOOD = [
    pytest.param("node_uuid", [node_uuid(SET)], "set", id="node_uuid"),
    pytest.param("storage_rm", [IDLE], "harmless", id="storage_rm"),
    pytest.param("group_services", [BOTH], "active", id="group_services"),
]


@pytest.mark.parametrize(("name", "evidence", "expected"), GOOD)
def test_what_is_good_stays_so_whatever_the_kind_of_host(name: str, evidence: list[Evidence], expected: str) -> None:
    assert says(facts(command("uname -W", "3\n"), *evidence).fact(f"ha.{name}")) == expected


SETTLES = [
    pytest.param("node_uuid", [DEFAULT, node_uuid(SET)], "lsattr -El cluster0", id="two answers"),
    pytest.param("unfinished_migrations", [peer_domain(level="3.x.6.4")], "lsrpdomain", id="no level of a domain"),
    pytest.param("unfinished_migrations", [ONLINE, peer_nodes("3.2.x")], "lsrpnode", id="no level of a node"),
    pytest.param("storage_rm", [ACTIVE, lslpp("3.2.3.0")], "lsrpdomain", id="a domain, perhaps"),
]


@pytest.mark.parametrize(("name", "evidence", "settle"), SETTLES)
def test_what_would_settle_it(name: str, evidence: list[Evidence], settle: str) -> None:
    assert facts(*evidence).fact(f"ha.{name}").settle == settle
