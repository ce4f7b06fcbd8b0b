"""The cluster guard: present by any sign, ruled out only by complete answers of all that could show one."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import LSLPP, LSSRC, command, facts, status
from tests.hosts.cases import (
    RPM_QUERY,
    RPMS,
    SETTLE,
    aix,
    broken,
    domain,
    healthy_linux,
    lines,
    linux,
    lssrc,
    says,
)
from tests.hosts.consoles import log

PEER = (
    "Name  OpState RSCTActiveVersion MixedVersions TSPort GSPort\n"
    "alpha {state} 3.2.6.4           No            12347  12348\n"
)
LSPV = "hdisk0          00f9c2d54c0017a1                    rootvg          active\n"
REPOSITORY = LSPV + "hdisk1          00f9c2d54c0017a2                    caavg_private   active\n"
CLUSTER = command("lscluster -c", "Cluster Name: alphaclu\n")
CLUSTER_PACKAGE = LSLPP.format(level="7.2.7.0", state="C").replace("rsct.core.rmc", "cluster.es.server.rte")
DOMAIN_LOG = "\n".join(log("2613-024").out.lines) + "\n"
STOPPED_HERE = command(
    "lscluster -c", "", 1, err="Cluster services are not active on this node because it has been stopped.\n"
)
NO_CLUSTER = command("lscluster -c", "", 1, err="Cluster services are not active.\n")
SIGNS = [
    pytest.param(command("lsrpdomain", PEER.format(state="Online ")), id="peer domain"),
    pytest.param(command("lsrpdomain", PEER.format(state="Offline")), id="an offline peer domain"),
    *(
        pytest.param(lssrc("ctrmc rsct active", f"{name} x active"), id=name)
        for name in ("cthags", "cthats", "clconfd", "IBM.RecoveryRM", "IBM.GblResRM")
    ),
    pytest.param(lssrc("cthags cthags stopping"), id="cthags is stopping"),
    pytest.param(lssrc("clstrmgrES cluster active"), id="PowerHA"),
    pytest.param(lssrc("clstrmgrES cluster inoperative"), id="PowerHA on file"),
    pytest.param(command("lssrc -ls clstrmgrES", "Current state: ST_INIT\n"), id="PowerHA by its state"),
    pytest.param(
        command("ioscli cluster -list", "CLUSTER_NAME:    pool1\nCLUSTER_ID:      5e0c\n"), id="a storage pool"
    ),
    pytest.param(
        command(SETTLE, "Peer Domain Status\n  I A  0x77d0c4e89a1b2f03  0001  beta\n" + status("I A 10.9.8.7")),
        id="peer section",
    ),
    pytest.param(command(SETTLE, "Peer Domain Status\n"), id="peer section without a row"),
]
AIX_SIGNS = [
    pytest.param(command("lspv", REPOSITORY), id="repository disk"),
    pytest.param(CLUSTER, id="lscluster names one"),
    pytest.param(STOPPED_HERE, id="lscluster says that it is stopped here"),
]
PEER_RESOURCE = command(
    "lsrsrc IBM.MCP",
    "Resource Persistent Attributes for IBM.MCP\nresource 1:\n"
    '\tActivePeerDomain = "alpha"\n\tIPAddresses = {"10.9.8.7"}\n',
)


@pytest.mark.parametrize("sign", [*SIGNS, *AIX_SIGNS, pytest.param(PEER_RESOURCE, id="lsrsrc")])
@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_one_sign_is_enough(sign: Evidence, platform: str) -> None:
    fact = aix(sign, platform=platform).fact("cluster.presence")
    assert (says(fact), {place.request for place in fact.evidence}) == ("present", {sign.request})


@pytest.mark.parametrize("sign", [*SIGNS, *AIX_SIGNS])
def test_one_sign_is_enough_alone(sign: Evidence) -> None:
    assert says(facts(sign).fact("cluster.presence")) == "present"


@pytest.mark.parametrize("sign", SIGNS)
def test_on_linux_too(sign: Evidence) -> None:
    assert says(linux(sign).fact("cluster.presence")) == "present"


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if "peer domain" not in str(sign.id)])
def test_a_cut_listing_still_shows_a_sign(sign: Evidence) -> None:
    assert says(aix(broken(sign, "truncated", partial=True)).fact("cluster.presence")) == "present"


HIDDEN = [
    # an answer that cannot be read, and one behind it that shows a sign
    pytest.param(
        [
            broken(lssrc(), "denied"),
            command("lssrc -s cthags", " cthags           cthags           5439966      active\n"),
        ],
        id="lssrc",
    ),
    pytest.param(
        [broken(command("rmcdomainstatus -s ctrmc"), "timeout"), command(SETTLE, "Peer Domain Status\n")],
        id="rmcdomainstatus",
    ),
    pytest.param(
        [
            broken(command("lsrsrc IBM.MCP"), "timeout"),
            command("lsrsrc IBM.MCP ActivePeerDomain", "\n".join(PEER_RESOURCE.out.lines)),
        ],
        id="lsrsrc",
    ),
]


@pytest.mark.parametrize("evidence", HIDDEN)
def test_a_sign_counts_though_an_answer_before_it_cannot_be_read(evidence: list[Evidence]) -> None:
    fact = aix(*evidence).fact("cluster.presence")
    assert (says(fact), {place.request for place in fact.evidence}) == ("present", {evidence[1].request})


CLVDISK = "clvdisk   {} Cluster repository disk identifier False\n"
DISK, ZEROS = "0b7a1d40-77ab-11f0-9c1e-b8cef6012d03", "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(("uuid", "expected"), [(DISK, "?conflicting"), (ZEROS, "ruled_out"), ("Cluster", "ruled_out")])
def test_a_disk_that_only_cluster0_names_keeps_the_guard_up(uuid: str, expected: str) -> None:
    device = command("lsattr -El cluster0", CLVDISK.format(uuid))
    fact = aix(device, NO_CLUSTER).fact("cluster.presence")
    assert says(fact) == expected
    assert ("lsattr -El cluster0" in {place.request for place in fact.evidence}) == (expected == "?conflicting")
    if fact.state == "unknown":
        assert "cluster0 names a cluster repository disk, which neither lspv nor lscluster shows." in fact.says
        assert fact.settle == "lspv"
    assert says(aix(device, command("lspv", REPOSITORY)).fact("cluster.presence")) == "present"


HARMLESS = [
    pytest.param(lssrc("IBM.ConfigRM rsct_rm active"), id="IBM.ConfigRM runs without doing anything"),
    pytest.param(lssrc("cthags cthags inoperative", "cthats cthats inoperative"), id="on file and idle"),
    pytest.param(lssrc("clcomd caa active"), id="clcomd"),
    pytest.param(domain(), id="no domain at all"),
    pytest.param(NO_CLUSTER, id="lscluster says that there is none"),
]


@pytest.mark.parametrize("evidence", HARMLESS)
@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_what_is_no_sign(evidence: Evidence, platform: str) -> None:
    assert says(aix(evidence, platform=platform).fact("cluster.presence")) == "ruled_out"


REQUIRED = ("lsrpdomain", "lssrc -a", SETTLE, "lspv")


@pytest.mark.parametrize("request_text", REQUIRED)
@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_each_answer_is_needed(request_text: str, platform: str) -> None:
    fact = aix(less=(request_text,), platform=platform).fact("cluster.presence")
    assert (says(fact), fact.settle) == ("?not_collected", request_text.removesuffix(" -a ip"))


@pytest.mark.parametrize("request_text", REQUIRED[:3])
def test_each_answer_is_needed_on_linux(request_text: str) -> None:
    assert says(linux(less=(request_text,)).fact("cluster.presence")) == "?not_collected"


def test_linux_has_no_caa() -> None:
    assert says(facts(*healthy_linux(), platform="linux").fact("cluster.presence")) == "ruled_out"


def test_lscluster_answers_in_the_place_of_lspv() -> None:
    assert says(aix(NO_CLUSTER, less=("lspv",)).fact("cluster.presence")) == "ruled_out"


INCOMPLETE = [
    pytest.param(
        command("lsrpdomain", "", 1, err="2612-022 A session could not be established.\n"),
        "failed",
        id="lsrpdomain fails",
    ),
    pytest.param(command("lsrpdomain", "", None), "empty", id="lsrpdomain, exit status unknown"),
    pytest.param(broken(command("lssrc -a", LSSRC), "truncated", partial=True), "truncated", id="lssrc is cut"),
    pytest.param(command("lssrc -a", " ctrmc rsct 5 active\n", None), "inconclusive", id="lssrc is filtered"),
    pytest.param(command("lssrc -a", LSSRC, None, whole=False), "truncated", id="lssrc is said to be filtered"),
    pytest.param(broken(domain(), "timeout"), "timeout", id="rmcdomainstatus timed out"),
    pytest.param(command(SETTLE, "", None), "empty", id="rmcdomainstatus, exit status unknown"),
    pytest.param(command(SETTLE, status("I A x").rsplit("  I", 1)[0]), "inconclusive", id="a section without its row"),
    pytest.param(broken(command("lspv", LSPV), "truncated", partial=True), "truncated", id="lspv is cut"),
    pytest.param(
        command("lspv", "hdisk1 00f9c2d54c0017a2 datavg active\n", None), "inconclusive", id="lspv is filtered"
    ),
    pytest.param(command("lspv", ""), "empty", id="lspv is empty"),
]


@pytest.mark.parametrize(("evidence", "reason"), INCOMPLETE)
def test_an_incomplete_answer_rules_nothing_out(evidence: Evidence, reason: str) -> None:
    fact = aix(evidence).fact("cluster.presence")
    assert says(fact) == f"?{reason}"
    assert fact.says.endswith("complete answer.")
    assert {place.request for place in fact.evidence} <= {evidence.request}


def test_a_listing_of_a_group_rules_nothing_out() -> None:
    group = command("lssrc -g rsct", " ctrmc            rsct             5439966      active\n")
    assert says(aix(group, less=("lssrc -a",)).fact("cluster.presence")) == "?inconclusive"


def test_an_unknown_platform_rules_nothing_out() -> None:
    lspv = command("lspv", LSPV)
    found = facts(command("lsrpdomain", ""), domain(), lssrc("ctrmc rsct active"), lspv, platform="hmc")
    assert (says(found.fact("cluster.presence")), found.fact("cluster.presence").settle) == (
        "?inconclusive",
        "uname -a",
    )


def test_the_answers_that_rule_it_out_are_its_evidence() -> None:
    fact = aix().fact("cluster.presence")
    assert {place.request for place in fact.evidence} == set(REQUIRED)
    assert "caavg_private" in lines(aix(command("lspv", REPOSITORY)).fact("cluster.presence").evidence)


SAID = [
    pytest.param(
        SIGNS[0].values[0], "lsrpdomain lists the peer domain alpha (Online)", "alpha Online", id="peer domain"
    ),
    pytest.param(
        command(SETTLE, status("I A 10.9.8.7") + "Peer Domain Status\n  I A  0x77d0c4e89a1b2f03  0001  beta\n"),
        "rmcdomainstatus shows a peer domain",
        "beta",
        id="peer section",
    ),
    pytest.param(
        command("lspv", REPOSITORY), "hdisk1 is a cluster repository disk", "caavg_private", id="repository disk"
    ),
    pytest.param(
        command(SETTLE, f"Peer Domain Status\n{status('I A 10.9.8.7')}"),
        "rmcdomainstatus shows a peer domain",
        "Peer Domain Status",
        id="peer section without a row",
    ),
    pytest.param(CLUSTER, "lscluster shows the cluster alphaclu", "Cluster Name: alphaclu", id="lscluster"),
    pytest.param(PEER_RESOURCE, "the control point belongs to the peer domain alpha", "ActivePeerDomain", id="lsrsrc"),
]


@pytest.mark.parametrize(("sign", "text", "line"), SAID)
def test_a_sign_says_what_it_is_and_stands_at_its_line(sign: Evidence, text: str, line: str) -> None:
    fact = aix(sign).fact("cluster.presence")
    assert fact.says == f"A cluster is present: {text}."
    assert (len(fact.evidence), line in lines(fact.evidence)) == (1, True)


def test_a_control_point_of_no_peer_domain_is_no_sign() -> None:
    text = "\n".join(PEER_RESOURCE.out.lines).replace('"alpha"', '""')
    assert says(aix(command("lsrsrc IBM.MCP", text + "\n")).fact("cluster.presence")) == "ruled_out"


@pytest.mark.parametrize(
    ("less", "text"),
    [
        ("lsrpdomain", "lsrpdomain gave no complete answer"),
        ("lssrc -a", "lssrc -a gave no complete answer"),
        (SETTLE, "rmcdomainstatus gave no complete answer"),
        ("lspv", "neither lspv nor lscluster gave a complete answer"),
    ],
)
def test_what_is_missing_is_named(less: str, text: str) -> None:
    assert aix(less=(less,)).fact("cluster.presence").says == f"A cluster cannot be ruled out: {text}."


DEFAULT = "IBM.MgmtDomainRM"
MANAGED = command(SETTLE, "Management Domain Status: Managed Nodes\n  I a  0x9a17c3f05e2b8d64  0002  10.9.8.20\n")


@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_a_system_that_manages_others_is_guarded_like_a_cluster(platform: str) -> None:
    fact = aix(MANAGED, platform=platform).fact("cluster.presence")
    assert (says(fact), fact.evidence[0].text.split()[0]) == ("present", "I")
    assert fact.says.startswith("This system manages other nodes")


DOWN = lssrc("ctrmc rsct inoperative", "IBM.DRM rsct_rm inoperative", "syslogd ras 4194700 active")
SEEN_WITHOUT_RMC = [
    *(pytest.param([*sign.values], id=f"{sign.id} running") for sign in SIGNS),
    *(pytest.param([DOWN, *sign.values], id=f"{sign.id}") for sign in AIX_SIGNS),
    *(
        pytest.param([lssrc("ctrmc rsct inoperative", f"{name} rsct_rm inoperative")], id=f"{name} on file")
        for name in ("IBM.RecoveryRM", "IBM.GblResRM")
    ),
    pytest.param([command("lslpp -Lcq cluster.es.server.rte", CLUSTER_PACKAGE)], id="PowerHA installed"),
    pytest.param(
        [command(f"tail -n 200 /var/ct/3423108940/log/mc/{DEFAULT}/{DEFAULT}.default", DOMAIN_LOG)],
        id="a domain's folder",
    ),
    pytest.param(
        [command("ls -l /var/ct", "drwxr-xr-x 6 root system 256 Nov 02 08:15 3423108940\n")],
        id="a domain's folder in a listing",
    ),
    pytest.param([MANAGED], id="managed nodes"),
]


@pytest.mark.parametrize("others", SEEN_WITHOUT_RMC)
def test_a_sign_that_needs_no_rmc_is_seen_while_rmc_is_down(others: list[Evidence]) -> None:
    assert says(aix(*others).fact("cluster.signs")) == "seen"


@pytest.mark.parametrize(
    ("package", "expected"), [("sam", "seen"), ("sam.adapter", "seen"), ("samba", "none"), ("sample", "none")]
)
def test_a_package_of_sa_mp_is_a_sign_on_linux(package: str, expected: str) -> None:
    packages = command(RPM_QUERY, f"{RPMS.format(level='3.2.6.4')}{package}\t4.1.0.4\t1\tppc64le\n")
    assert says(linux(DOWN, packages).fact("cluster.signs")) == expected


def test_no_sign_is_told_where_rmc_is_down_and_what_needs_none_is_clean() -> None:
    asked = [broken(command(line), "failed") for line in ("lsrpdomain", "lsrsrc IBM.MCP", SETTLE)]
    host = aix(DOWN, *asked)
    assert (says(host.fact("cluster.presence")), says(host.fact("cluster.signs"))) == ("?failed", "none")


@pytest.mark.parametrize("request_", ["lssrc -a", "lspv"])
def test_without_a_listing_no_sign_is_unknown(request_: str) -> None:
    lost = [broken(command(request_), "timeout"), *([] if request_ == "lssrc -a" else [DOWN])]
    if request_ == "lspv":
        lost.append(broken(command("lscluster -c"), "timeout"))
    assert says(aix(*lost).fact("cluster.signs")) == "?timeout"


def test_linux_needs_no_lspv() -> None:
    assert says(linux(DOWN).fact("cluster.signs")) == "none"
