"""Words that a source does not know are unreadable: no verdict rests on them, whatever the source.

Each row of the table is evidence with a place for one word, and the fact that rests on it. The words tried are those of
the closed list in other letters, cut, misspelt, and words of other languages.
"""

import re
from collections.abc import Callable, Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact
from rmccomply.sources import table
from rmccomply.sources.filters import firewalld
from rmccomply.sources.host import inittab, systemd
from rmccomply.sources.reading import Unread
from rmccomply.sources.rsct import lssrc
from rmccomply.sources.shared import interfaces, messages, packages, sockets
from rmccomply.sources.software import emgr
from rmccomply.sources.source import Source
from tests.hosts.building import INITTAB, LSLPP, LSSRC, NETSTAT, command, facts, file, healthy_aix, replaced
from tests.hosts.cases import linux_host, says, units
from tests.hosts.consoles import vhbac

FOREIGN = ("aktiv", "inaktiv", "VALIDE_", "actif", "Verfügbar", "nicht-aktiv", "yes", "no", "0", "?", "-", "x")
DPKG = r"dpkg-query -W -f='${Package}\t${Version}\t${Architecture}\t${Status}\n'"
UBUNTU = [one for one in linux_host(distribution="ubuntu") if one.argv[0] != "rpm"]


def strange(closed: Collection[str]) -> list[str]:
    """Words outside a closed list: like those in it, and of other languages."""
    found = {*FOREIGN}
    for word in closed:
        found |= {word.upper(), word.lower(), word.title(), word.swapcase(), word[:-1], f"{word}x", f"{word}>"}
    return sorted(word for word in found if word and word not in closed)


def aix(*evidence: Evidence) -> Facts:
    return facts(*replaced(healthy_aix(), *evidence), management="hmc")


def lssrc_of(name: str) -> Callable[[str], Facts]:
    """`lssrc -a` of a healthy partition with another status of one subsystem."""
    row = re.compile(rf"^( {re.escape(name)} .*?)\S+$", re.MULTILINE)
    return lambda word: aix(command("lssrc -a", row.sub(lambda found: found[1] + word, LSSRC)))


def in_inittab(word: str) -> Facts:
    return aix(file("/etc/inittab", INITTAB.replace("ctrmc:2:once:", f"ctrmc:2:{word}:")))


DOMAIN = "Name OpState RSCTActiveVersion MixedVersions TSPort GSPort\nalpha {state} 3.2.6.2 No 12347 12348\n"
LPARSTAT = "Node Name : lpar1\nPartition Number : 1\nType : {}\n"
LISTING = """\
  Fileset          Level    State      Description
  rsct.core.lprm   3.2.6.2  COMMITTED  RSCT Least Privilege
  rsct.core.rmc    3.2.6.2  {word}     RSCT Monitoring and Control
"""
LISTING_L = """\
  Fileset          Level    State   Type  Description
  rsct.core.lprm   3.2.6.2  C       F     RSCT Least Privilege
  rsct.core.rmc    3.2.6.2  {word}  F     RSCT Monitoring and Control
"""
LSLPP_WORDS = {*packages.LSLPP_STATES, *packages.LSLPP_LETTERS, *packages.LSLPP_UNFINISHED}
TABLE = [
    pytest.param(lssrc_of("ctrmc"), "subsystem.ctrmc", lssrc.STATES, id="lssrc, ctrmc"),
    pytest.param(lssrc_of("IBM.MgmtDomainRM"), "subsystem.domain_manager", lssrc.STATES, id="lssrc, the manager"),
    pytest.param(lssrc_of("IBM.DRM"), "subsystem.drm", lssrc.STATES, id="lssrc, IBM.DRM"),
    pytest.param(lssrc_of("IBM.DRM"), "subsystem.stuck", lssrc.STATES, id="lssrc, what is stuck"),
    pytest.param(
        lambda word: aix(command("lslpp -Lcq 'rsct.*'", LSLPP.format(level="3.2.6.2", state=word))),
        "filesets.unsound",
        LSLPP_WORDS,
        id="lslpp",
    ),
    pytest.param(
        lambda word: aix(command("lslpp -Lcq 'rsct.*'", LSLPP.format(level="3.2.6.2", state=word))),
        "rsct.level",
        LSLPP_WORDS,
        id="lslpp, the level",
    ),
    pytest.param(
        lambda word: facts(command("lslpp -l 'rsct.*'", LISTING.format(word=word)), platform="aix"),
        "rsct.level",
        LSLPP_WORDS,
        id="lslpp -l",
    ),
    pytest.param(
        lambda word: facts(command("lslpp -L 'rsct.*'", LISTING_L.format(word=word)), platform="aix"),
        "rsct.level",
        packages.LSLPP_LETTERS,
        id="lslpp -L",
    ),
    pytest.param(
        lambda word: facts(
            *UBUNTU, command(DPKG, f"rsct.core\t3.2.6.4-1\tppc64el\tinstall ok {word}\n"), platform="linux"
        ),
        "rsct.level",
        packages.DPKG_STATES,
        id="dpkg",
    ),
    pytest.param(
        lambda word: facts(*linux_host(), units(word, "enabled"), platform="linux"),
        "boot.ctrmc",
        systemd.WORDS["enabled"],
        id="systemd, whether it is enabled",
    ),
    pytest.param(
        lambda word: aix(command("netstat -an", NETSTAT.replace("*.*                    LISTEN", f"*.*      {word}"))),
        "rmcd.remote_clients",
        sockets.STATES,
        id="netstat",
    ),
    pytest.param(
        lambda word: aix(command("lsrpdomain", DOMAIN.format(state=word))),
        "ha.unfinished_migrations",
        messages.OPERATIONAL_STATES,
        id="lsrpdomain",
    ),
    pytest.param(
        lambda word: aix(command("lsrpdomain", DOMAIN.format(state="Offline").replace(" No ", f" {word} "))),
        "ha.unfinished_migrations",
        {"Yes", "No"},
        id="lsrpdomain, mixed versions",
    ),
    pytest.param(in_inittab, "boot.ctrmc", inittab.ACTIONS, id="inittab"),
    pytest.param(lambda word: aix(vhbac(word)), "trust.attention", {"Trusted host"}, id="ctsvhbac, an identity"),
]


@pytest.mark.parametrize(("host", "name", "closed"), TABLE)
def test_no_verdict_rests_on_a_word_outside_the_list(
    host: Callable[[str], Facts], name: str, closed: Collection[str]
) -> None:
    told = {word: host(word).fact(name) for word in strange(closed) if word.lower() not in _lower(name, closed)}
    assert {word: fact.says for word, fact in told.items() if fact.state != "unknown"} == {}


def _lower(name: str, closed: Collection[str]) -> set[str]:
    """ctsvhbac is read without regard to case."""
    return {word.lower() for word in closed} if name == "trust.attention" else set()


@pytest.mark.exhaustive
@pytest.mark.parametrize(("host", "name", "closed"), TABLE)
@settings(deadline=None)
@given(word=st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12))
def test_nor_on_any_other_word(host: Callable[[str], Facts], name: str, closed: Collection[str], word: str) -> None:
    if word not in closed:
        assert host(word).fact(name).state == "unknown"


@pytest.mark.parametrize(("host", "name", "closed"), TABLE)
def test_the_reader_is_told_to_collect_in_english(
    host: Callable[[str], Facts], name: str, closed: Collection[str]
) -> None:
    fact: Fact = host("aktiv").fact(name)
    assert fact.reason == "unparsable"
    assert fact.evidence
    assert "LC_ALL=C" in fact.says or "inittab" in fact.says, fact.says


def test_what_a_french_aix_prints_for_committed_is_known() -> None:
    row = "/usr/lib/objrepos:rsct.core.rmc:3.2.6.2::{word}:I:RSCT Resource Monitoring and Control:\n"
    for word, expected in (("VALIDE", (3, 2, 6, 2)), ("COMMITTED", (3, 2, 6, 2)), ("Valide", "?unparsable")):
        listing = command("lslpp -lc rsct.core.rmc", row.format(word=word))
        others = [one for one in healthy_aix() if one.argv[0] != "lslpp"]
        assert says(facts(*others, listing).fact("rsct.level")) == expected


SHARED = {"Shared", *(f"Shared-SMT{threads}" for threads in ("", "-2", "-4", "-8"))}


def test_a_type_that_lparstat_does_not_have_makes_no_partition() -> None:
    for word in (*strange(SHARED), *SHARED):
        fact = facts(command("lparstat -i", LPARSTAT.format(word)), platform="aix").fact("host.kind")
        assert (fact.value == "lpar") == (word in SHARED), word


def test_a_target_that_firewalld_does_not_have_closes_nothing() -> None:
    text = "public (default, active)\n  target: {}\n  interfaces: env2\n  ports: \n  rich rules: \n"
    for word in strange(firewalld.TARGETS):
        assert facts(command("firewall-cmd --list-all", text.format(word))).unread(table.FIREWALLD), word


def test_without_the_flag_up_and_beside_another_word_an_interface_is_not_down() -> None:
    for flag, expected in (("UP", True), ("BROADCAST", False), ("up", None), ("U", None), ("aktiv", None)):
        assert interfaces.up_of([flag, "RUNNING"]) is expected


def test_a_protocol_that_ss_does_not_have_hides_no_socket() -> None:
    text = "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n{} ESTAB 0 0 10.0.1.1:657 10.9.8.7:657\n"
    for word in ("TCP", "tc", "tcpx", "xESTAB"):
        assert facts(command("ss -tuan", text.format(word))).unread(table.SS), word
    (reading,) = facts(command("ss -tuan", text.format("icmp6"))).read(table.SS)
    assert reading.record.rows == ()


EMGR = """\
ID  STATE LABEL      INSTALL TIME      UPDATED BY ABSTRACT
=== ===== ========== ================= ========== ======================================
1    {}    IJ51000s0a 12/02/25 18:06:00            A fix
"""
BOOT = {f"{unit}{many}" for unit in ("day", "hour", "hr", "minute", "min", "second", "sec") for many in ("", "s")}
CLOCK = "10:14AM up 4 {}, 2 users, load average: 1.20, 1.11, 1.04\n"
UNREAD = [
    pytest.param(table.EMGR, "emgr -l", EMGR, emgr.STATES, id="emgr"),
    pytest.param(
        table.INSTFIX, "instfix -ik IV00001", "    All filesets for IV00001 were {}.\n", {"found"}, id="instfix"
    ),
    pytest.param(table.LSCLUSTER, "lscluster -c", "Cluster services are not {}.\n", {"active"}, id="lscluster"),
]


@pytest.mark.parametrize(("source", "request_line", "text", "closed"), UNREAD)
def test_an_answer_with_a_word_outside_the_list_is_not_read(
    source: Source[object], request_line: str, text: str, closed: Collection[str]
) -> None:
    for word in strange(closed):
        assert facts(command(request_line, text.format(word), 1)).unread(source), word


def test_a_unit_that_uptime_does_not_have_tells_no_time() -> None:
    for word in strange(BOOT):
        (reading,) = facts(command("uptime", CLOCK.format(word))).answers(table.UPTIME)
        assert isinstance(reading, Unread) or reading.record.seconds is None, word


def test_no_verdict_rests_on_the_status_of_a_disk() -> None:
    """What is read of lspv is the volume group, whose names are free."""
    row = "hdisk0 00f9684c509e74d6 {group} {status}\n"
    for group in ("rootvg", "caavg_private"):
        told = {
            says(aix(command("lspv", row.format(group=group, status=word))).fact("cluster.presence"))
            for word in ("", "active", *FOREIGN)
        }
        assert len(told) == 1
