"""Remote clients of rmcd and the name of its port. All evidence is constructed."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import LSSRC, NETSTAT, SERVICES, command, facts, file, healthy_aix, judge, replaced
from tests.hosts.cases import KVM, NOT_INSTALLED, aix, broken, domain, linux_host, lslpp, lssrc, says

HEAD = """\
     UID     PID    PPID   C    STIME    TTY  TIME CMD
    root       1       0   0   Nov 01      -  0:12 /etc/init
"""
RMCD = "    root 5439966 3932484   0   Nov 01      -  1:22 /opt/rsct/bin/rmcd -a IBM.LPCommands{more}\n"
LISTENS = command("netstat -an", NETSTAT)
CLOSED = command("netstat -an", NETSTAT.replace("*.657", "*.658"))
UNKNOWN = broken(LISTENS, "timeout")
OTHER_HEAD = NETSTAT.replace("*.657", "*.658")
REMOTE = command("ps -ef", HEAD + RMCD.format(more=" -r"))
LOCAL = command("ps -ef", HEAD + RMCD.format(more=""))
CUT = command("ps -ef", HEAD + RMCD.format(more=" -S 1500 -x 012345678901234567890123456789012345678901234567890"))
NONE = command("ps -ef", HEAD)
NEVER_IN_BAND = command("oslevel -s", "7200-05-07-2346\n")


def clients(*evidence: Evidence, platform: str = "aix") -> Fact:
    return facts(lslpp(), NEVER_IN_BAND, *evidence, platform=platform).fact("rmcd.remote_clients")


@pytest.mark.parametrize(
    ("process", "listens", "closed", "open_"),
    [
        # by rows: what ps says; by columns: what netstat says
        (REMOTE, "accepted", "?conflicting", "accepted"),
        (LOCAL, "accepted", "refused", "?timeout"),
        (CUT, "accepted", "?truncated", "?timeout"),
        (NONE, "accepted", "?not_collected", "?not_collected"),
        (broken(LOCAL, "denied"), "accepted", "?denied", "?timeout"),
    ],
)
def test_sockets_and_arguments(process: Evidence, listens: str, closed: str, open_: str) -> None:
    found = [says(clients(process, sockets)) for sockets in (LISTENS, CLOSED, UNKNOWN)]
    assert found == [listens, closed, open_]


def test_one_sign_alone_proves_acceptance_and_never_refusal() -> None:
    assert [says(clients(one)) for one in (LISTENS, REMOTE)] == ["accepted", "accepted"]
    assert [says(clients(one)) for one in (CLOSED, LOCAL, NONE)] == ["?not_collected"] * 3


SOCKETS = [
    pytest.param(NETSTAT.replace("*.657", "*.12601"), "accepted", id="TLS"),
    pytest.param(NETSTAT.replace("*.657", "127.0.0.1.657"), "?not_collected", id="the loopback alone"),
    pytest.param(NETSTAT.replace("LISTEN", "ESTABLISHED"), "refused", id="a session is no socket that listens"),
    pytest.param(
        NETSTAT.replace("tcp        0      0  *.657 ", "tcp        0      0  *.6577"), "refused", id="another port"
    ),
]


@pytest.mark.parametrize(("text", "expected"), SOCKETS)
def test_what_counts_as_listening(text: str, expected: str) -> None:
    assert says(clients(command("netstat -an", text), LOCAL)) == expected


def test_listings_that_contradict_each_other() -> None:
    assert says(clients(LISTENS, command("netstat -Aan", OTHER_HEAD), LOCAL)) == "?conflicting"
    two = command("ps -A -o pid,args", "PID COMMAND\n1 init\n7 /opt/rsct/bin/rmcd -r\n")
    assert says(clients(LOCAL, two)) == "?conflicting"
    assert says(clients(NONE, two, CLOSED)) == "?conflicting"


def test_a_cut_listing_proves_presence_only() -> None:
    assert says(clients(broken(LISTENS, "truncated", partial=True), LOCAL)) == "accepted"
    assert says(clients(broken(CLOSED, "truncated", partial=True), LOCAL)) == "?truncated"


PROC = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
ROW = "   0: {local}:{port} {zero}:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18211 1\n"
FOUR, SIX = file("/proc/net/tcp", PROC), file("/proc/net/tcp6", PROC)
OPEN6 = file("/proc/net/tcp6", PROC + ROW.format(local="0" * 32, port="0291", zero="0" * 32))
PROC_TABLE = [
    pytest.param([FOUR, SIX], "refused", id="neither family"),
    pytest.param([FOUR, file("/proc/net/tcp6", state="absent")], "refused", id="IPv6 is switched off"),
    pytest.param([FOUR], "?not_collected", id="one family proves no absence"),
    pytest.param([FOUR, OPEN6], "accepted", id="a service of both families is in the file of IPv6"),
    pytest.param(
        [
            FOUR,
            SIX,
            command("ss -ltn", "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0 9 *:657 *:*\n"),
        ],
        "?conflicting",
        id="ss differs",
    ),
]


SS_HEAD = "State Recv-Q Send-Q Local Address:Port Peer Address:Port\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [("ctrmc rsct inoperative", "n/a"), ("ctrmc rsct active", "?conflicting"), ("IBM.DRM rsct_rm active", "n/a")],
)
@pytest.mark.parametrize("sockets", [[CLOSED], []])
def test_without_rmcd_its_subsystem_is_the_fault(row: str, expected: str, sockets: list[Evidence]) -> None:
    assert says(clients(lssrc("ctcas rsct inoperative", row), NONE, *sockets)) == expected


def test_a_partition_whose_rmcd_ended_fails_the_rule_on_its_subsystem_alone() -> None:
    stopped = [command("lssrc -a", LSSRC.replace("5439966      active", "             inoperative")), NONE, CLOSED]
    found = judge(replaced(healthy_aix(), *stopped))
    assert (found["RMC-SUB-001"].result, found["RMC-SUB-008"].result) == ("fail", "not_applicable")
    assert judge([*healthy_aix(), LOCAL])["RMC-SUB-008"].result == "pass"
    assert judge(replaced(healthy_aix(), CLOSED, LOCAL))["RMC-SUB-008"].result == "fail"


@pytest.mark.parametrize("address", ["127.0.0.1", "[::1]", "[::1]%lo"])
def test_a_socket_of_the_loopback_is_for_this_host_alone(address: str) -> None:
    listing = command("ss -ltn", f"{SS_HEAD}LISTEN 0 9 {address}:657 *:*\n")
    assert says(clients(listing, LOCAL, platform="linux")) != "accepted"


SAID = [
    pytest.param([CLOSED, LOCAL], "Neither TCP 657 nor 12601 listens, and rmcd runs without -r.", id="without -r"),
    pytest.param([CLOSED, NONE], "Whether rmcd accepts remote clients is unknown: rmcd does not run.", id="not at all"),
    pytest.param([REMOTE], "rmcd runs with -r.", id="with -r"),
    pytest.param(
        [CLOSED, REMOTE],
        "Whether rmcd accepts remote clients is unknown: rmcd runs with -r, but neither TCP 657 nor 12601 listens.",
        id="and yet",
    ),
    pytest.param(
        [CLOSED, CUT],
        "Whether rmcd accepts remote clients is unknown: "
        "the arguments of rmcd are cut off, so a missing -r proves nothing; neither TCP 657 nor 12601 listens.",
        id="cut",
    ),
]


@pytest.mark.parametrize(("evidence", "said"), SAID)
def test_what_is_said_of_the_two_signs(evidence: list[Evidence], said: str) -> None:
    assert clients(*evidence).says == said


def test_two_listings_of_processes_are_both_shown() -> None:
    two = command("ps -A -o pid,args", "PID COMMAND\n1 init\n7 /opt/rsct/bin/rmcd -r\n")
    fact = clients(LOCAL, two, CLOSED)
    assert "two listings of processes contradict each other" in fact.says
    assert {LOCAL.request, two.request} <= {place.request for place in fact.evidence}


@pytest.mark.parametrize(("evidence", "expected"), PROC_TABLE)
def test_linux_by_the_files_of_the_kernel(evidence: list[Evidence], expected: str) -> None:
    listing = command("lssrc -a", "Subsystem Group PID Status\n ctrmc rsct 5 active\n syslogd ras 6 active\n")
    found = facts(*linux_host(), listing, LOCAL, *evidence, platform="linux")
    assert says(found.fact("rmcd.remote_clients")) == expected


def test_in_band_needs_no_port() -> None:
    listing = lssrc("ctrmc rsct active", "mcproxy rsct active")
    names = command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n")
    newest = command("oslevel -s", "7300-04-00-2546\n")
    refused = (lslpp(), CLOSED, LOCAL, domain(), newest)
    assert says(facts(*refused, listing, names).fact("rmcd.remote_clients")) == "n/a"
    fact = facts(*refused, listing).fact("rmcd.remote_clients")
    assert (says(fact), fact.settle) == ("?inconclusive", "lssrc -ls mcproxy")
    assert {place.request for place in fact.evidence} == {"netstat -an", "ps -ef", "lssrc -a"}
    other = command("lssrc -s mcproxy", " mcproxy          rsct                          inoperative\n")
    assert says(facts(*refused, listing, other).fact("rmcd.remote_clients")) == "?conflicting"
    assert says(facts(*refused, lssrc("ctrmc rsct active")).fact("rmcd.remote_clients")) == "refused"
    assert says(facts(lslpp(), LISTENS, listing, names).fact("rmcd.remote_clients")) == "accepted"


def test_where_nobody_manages_it() -> None:
    assert says(aix(CLOSED, LOCAL, management="none").fact("rmcd.remote_clients")) == "n/a"
    assert says(aix(management="none").fact("rmcd.remote_clients")) == "accepted"
    assert says(facts(*linux_host(KVM), CLOSED, LOCAL, platform="linux").fact("rmcd.remote_clients")) == "n/a"
    assert says(facts(NOT_INSTALLED, CLOSED, LOCAL).fact("rmcd.remote_clients")) == "n/a"
    assert says(facts(command("uname -W", "3\n"), CLOSED, LOCAL).fact("rmcd.remote_clients")) == "n/a"


def test_both_lines_prove_a_refusal() -> None:
    assert [place.request for place in clients(CLOSED, LOCAL).evidence] == ["netstat -an", "ps -ef"]


NAMES = [
    (SERVICES, "usual"),
    (SERVICES.replace("rmc             657/udp\n", ""), "missing"),
    ("ssh 22/tcp\n", "missing"),
    (SERVICES.replace("657/tcp", "658/tcp"), "other"),
    (SERVICES.replace("rmc ", "xyz "), "other"),
    ("ssh 22/tcp\nxyz 657/tcp rmc\nrmc 657/tcp\nrmc 657/udp\n", "usual"),
    (SERVICES + "rmc\n", "other"),
    ("", "?empty"),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_the_name_of_the_port(text: str, expected: str) -> None:
    assert says(facts(lslpp(), file("/etc/services", text)).fact("rmcd.port_name")) == expected


def test_a_part_of_the_file_proves_no_absence() -> None:
    cut = broken(file("/etc/services", "ssh 22/tcp\nftp 21/tcp\n"), "truncated", partial=True)
    assert says(facts(lslpp(), cut).fact("rmcd.port_name")) == "?truncated"
    rows = file("/etc/services", "rmc 657/tcp\nrmc 657/udp\n", exit_status=None)
    assert says(facts(lslpp(), rows).fact("rmcd.port_name")) == "usual"
    copied = file("/etc/services", "rmc 657/tcp\n", exit_status=None)
    assert says(facts(lslpp(), copied).fact("rmcd.port_name")) == "?not_collected"
    assert says(facts(lslpp(), file("/etc/services", state="absent")).fact("rmcd.port_name")) == "missing"
    assert says(facts(lslpp()).fact("rmcd.port_name")) == "?not_collected"
    assert says(facts(NOT_INSTALLED).fact("rmcd.port_name")) == "n/a"


def test_on_linux_the_file_of_the_distribution_may_have_the_row() -> None:
    own = file("/etc/services", state="absent")
    fact = facts(own, platform="linux").fact("rmcd.port_name")
    assert (says(fact), fact.settle) == ("?not_collected", "cat /usr/etc/services")
    both = facts(own, file("/usr/etc/services", SERVICES), platform="linux").fact("rmcd.port_name")
    assert (says(both), both.says) == ("usual", "/usr/etc/services names port 657 rmc.")
    neither = facts(own, file("/usr/etc/services", state="absent"), platform="linux").fact("rmcd.port_name")
    assert says(neither) == "missing"
    alone = facts(file("/usr/etc/services", state="absent"), platform="linux").fact("rmcd.port_name")
    assert (says(alone), alone.settle) == ("?not_collected", "cat /etc/services")


def test_the_file_of_the_distribution_counts_as_that_of_the_administrator() -> None:
    own = file("/usr/etc/services", SERVICES)
    assert says(facts(lslpp(), file("/etc/services", state="absent"), own).fact("rmcd.port_name")) == "usual"
    assert says(facts(lslpp(), file("/etc/services", "ssh 22/tcp\n"), own).fact("rmcd.port_name")) == "usual"
    odd = file("/usr/etc/services", "rmc 658/tcp\n")
    assert says(facts(lslpp(), file("/etc/services", state="absent"), odd).fact("rmcd.port_name")) == "other"
