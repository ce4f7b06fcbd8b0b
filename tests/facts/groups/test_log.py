"""What IBM.MgmtDomainRM logs of its consoles."""

import pytest

from rmccomply.evidence.model import Damage, Evidence, State
from rmccomply.words import Reason
from tests.facts.groups.test_control_points import subjects
from tests.hosts.building import command, facts, file
from tests.hosts.cases import IPV4, broken, domain, lines, lssrc, says
from tests.hosts.consoles import LOG_PATH, TAIL, log

NONE = lssrc("ctrmc rsct active")
UP, DOWN = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
OTHER = "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default"


def whole(*messages: str, path: str = LOG_PATH, exit_status: int | None = 0) -> Evidence:
    """The whole file."""
    text = "\n".join(log(*messages).out.lines)
    return file(path, f"{text}\n" if text else "", exit_status=exit_status)


ALONE = [
    command("lsrpdomain", ""),
    command("lspv", "hdisk0          00f9c2d54c0017a1                    rootvg          active\n"),
]
TWICE, REFUSED = ("2613-024", "2613-016"), ("2613-008", "2613-034")
ANSWER = "MDC received an error response for getSupportedProtocols from 10.9.8.7: 262154"
NOT_THERE = "2610-415 Cannot execute the command. The resource manager IBM.DMSRM is not available."
PROTOCOL = "MDC detected a protocol error with the HMC specified in RTAS slot number 4 due to prior error 2613-021"
CLUSTER_LOG = LOG_PATH.replace("IW", "3406259031")
AT = "Thu Nov 19 08:4{n}:45 EST 2026({n}76210) ../src/MCP_cfg.c/02047/1.24 {text}"


def told(*texts: str, at: str = AT, path: str = LOG_PATH) -> Evidence:
    """The end of a log with these texts."""
    lines = "".join(at.format(n=n, text=text) + "\n" for n, text in enumerate(texts))
    return command(f"tail -n 200 {path}", lines)


DOES_NOT_ANSWER = told(*[f"2613-021 {ANSWER} {NOT_THERE}", f"2613-027 {PROTOCOL}"] * 2)
CASES = [
    # the log; connected, not connected, unknown
    pytest.param([log()], "", "", "?not_collected", id="nothing"),
    pytest.param(
        [log("2613-023")._replace(argv=("/usr/bin/tail", *log().argv[1:]))], "", "", "?not_collected", id="by its path"
    ),
    pytest.param([log("2613-024")], "", "", "?not_collected", id="once"),
    pytest.param([log(*TWICE)], "", "network", "?not_collected", id="no answer in time, twice"),
    pytest.param([log(*REFUSED)], "", "refused", "?not_collected", id="refused, twice"),
    pytest.param([log(*TWICE, *REFUSED)], "", "network refused", "?not_collected", id="both"),
    pytest.param([log("2613-023", "2613-023", "2613-023")], "", "", "?not_collected", id="slots that are not used"),
    pytest.param([log("2613-027", "2613-021")], "", "", "?not_collected", id="other messages"),
    pytest.param([whole(*TWICE)], "", "network", "?not_collected", id="the whole file"),
    pytest.param([whole()], "", "", "?not_collected", id="an empty file"),
    pytest.param([whole("2613-023", exit_status=None)], *["?inconclusive"] * 3, id="a copy, and who knows of what"),
    pytest.param([whole(*TWICE, exit_status=None)], "", "network", "?not_collected", id="a copy that shows errors"),
    pytest.param([broken(log("2613-024"), "truncated", partial=True)], *["?truncated"] * 3, id="cut"),
    pytest.param(
        [broken(log(*TWICE, "2613-023"), "truncated", partial=True)],
        "",
        "network",
        "?not_collected",
        id="cut, with errors",
    ),
    pytest.param([broken(log(), "denied")], *["?denied"] * 3, id="not root"),
    pytest.param([file(LOG_PATH, state="absent")], "n/a", "n/a", "?not_collected", id="no file"),
    pytest.param([file(OTHER, state="absent")], *["?not_collected"] * 3, id="its usual place was not looked at"),
    pytest.param(
        [broken(log(), "denied"), file(OTHER, state="absent")], *["?denied"] * 3, id="hidden, and none in another place"
    ),
    pytest.param([file(LOG_PATH, state="absent"), log(*TWICE)], "", "network", "?not_collected", id="in another place"),
    pytest.param([log(*TWICE), whole(path=OTHER)], *["?conflicting"] * 3, id="two logs, two stories"),
    pytest.param([log(*TWICE), whole(*TWICE, path=OTHER)], "", "network", "?not_collected", id="two logs, one story"),
    pytest.param([DOES_NOT_ANSWER], "", "console", "?not_collected", id="the console answers with an error of its own"),
    pytest.param([told(f"2613-021 {ANSWER} {NOT_THERE}")], "", "", "?not_collected", id="it did so once"),
    pytest.param([told(*[f"2613-021 {ANSWER} 2610-441"] * 3)], "", "", "?not_collected", id="another error of its"),
    pytest.param([told(*[f"2613-014 {NOT_THERE}"] * 2)], "", "", "?not_collected", id="not of the console"),
    pytest.param([], *["?not_collected"] * 3, id="not collected"),
]


@pytest.mark.parametrize(("evidence", "up", "down", "unknown"), CASES)
def test_console_errors(evidence: list[Evidence], up: str, down: str, unknown: str) -> None:
    found = [
        facts(NONE, *ALONE, *more, *evidence, management="hmc").fact("log.console_errors")
        for more in ([UP], [DOWN], [])
    ]
    assert [subjects(says(fact)) for fact in found] == [up, down, unknown]


def test_an_error_is_counted_and_its_last_entry_shown() -> None:
    (item,) = facts(NONE, DOWN, log("2613-016", "2613-024", "2613-023")).fact("log.console_errors").items
    assert "logged 2 times that the console did not answer in time (2613-024)" in item.says
    assert "last at Thu Nov 19 08:41:45 EST 2026(176210)" in item.says
    assert " 2613-024 " in lines(item.evidence)
    assert {place.request for place in item.evidence} == {TAIL}


def test_what_is_past_is_told_beside() -> None:
    fact = facts(NONE, UP, log(*TWICE)).fact("log.console_errors")
    assert fact.says.startswith("What IBM.MgmtDomainRM logged no longer matters: ")
    assert len(fact.also) == 1


def test_that_there_is_no_log_is_shown() -> None:
    fact = facts(file(LOG_PATH, state="absent")).fact("log.console_errors")
    assert {place.request for place in fact.evidence} == {LOG_PATH}


def test_an_error_that_may_be_past_shows_its_entry() -> None:
    fact = facts(NONE, log(*TWICE, "2613-024")).fact("log.console_errors")
    assert says(fact) == "?not_collected"
    assert "logged 3 times" in fact.says
    assert "(2613-024), last at Thu Nov 19 08:42:45" in fact.says
    assert " 2613-024 " in lines(fact.evidence)


OLD = AT.replace("Thu Nov 19", "Wed Apr  9").replace("2026", "2014")
MONTH_AGO, LONGER_AGO = AT.replace("Thu Nov 19", "Wed Oct 21"), AT.replace("Thu Nov 19", "Tue Oct 20")
LOST = AT.replace("Thu Nov 19 ", "")
AGES = [
    ((AT, AT), "network"),
    ((OLD, OLD), ""),
    ((OLD, AT), ""),
    ((OLD, AT, AT), "network"),
    ((MONTH_AGO, AT), "network"),
    ((LONGER_AGO, AT), ""),
    ((LOST, AT), "network"),
]


def aged(*times: str) -> Evidence:
    """The end of a log with an error of the network at these times."""
    return command(TAIL, "".join(f"{one.format(n=n, text='2613-024 no session')}\n" for n, one in enumerate(times)))


@pytest.mark.parametrize(("times", "expected"), AGES)
def test_what_is_long_past_does_not_repeat(times: tuple[str, ...], expected: str) -> None:
    fact = facts(NONE, *ALONE, DOWN, aged(*times), management="hmc").fact("log.console_errors")
    assert subjects(says(fact)) == expected
    assert ("no longer count" in " ".join(fact.also)) == (not expected)


def test_without_a_time_of_collection_the_last_entry_tells_what_is_long_past() -> None:
    found = [
        facts(NONE, *ALONE, DOWN, log._replace(ended=None, exit_status=None), management="hmc").fact(
            "log.console_errors"
        )
        for log in (aged(OLD, OLD), aged(OLD, AT))
    ]
    assert [subjects(says(fact)) for fact in found] == ["network", ""]


def test_a_protocol_error_whose_cause_is_not_known_only_informs() -> None:
    fact = facts(NONE, *ALONE, DOWN, told(*[f"2613-027 {PROTOCOL}"] * 3)).fact("log.console_errors")
    assert (says(fact), len(fact.also)) == ((), 1)
    assert fact.also[0].startswith(
        "IBM.MgmtDomainRM logged 3 times a protocol error of the console (2613-027), last at "
    )


MEMBER = [command("lsrpdomain", "Name OpState RSCTActiveVersion MixedVersions TSPort GSPort\nd Online 3.2 No 1 2\n")]
QUIET, LOUD = told("2613-023 nothing"), told(*["2613-024 no session"] * 2, path=CLUSTER_LOG)
QUIET_THERE = told("2613-023 nothing", path=CLUSTER_LOG)
NOWHERE = file(LOG_PATH, state="absent")
FOLDERS = [
    pytest.param([*ALONE, DOWN, QUIET], "", id="no cluster"),
    pytest.param([*ALONE, DOWN, QUIET, LOUD], "", id="no cluster any more"),
    pytest.param([*MEMBER, DOWN, QUIET], "?not_collected", id="a member, and one of its logs alone"),
    pytest.param([*MEMBER, DOWN, QUIET, LOUD], "network", id="a member, and an error in the other log"),
    pytest.param([*MEMBER, DOWN, QUIET, QUIET_THERE], "", id="a member, and none in both"),
    pytest.param([*MEMBER, DOWN, NOWHERE, LOUD], "network", id="a member, and an error in the only log"),
    pytest.param([*MEMBER, DOWN, NOWHERE, QUIET_THERE], "", id="a member, and none in the only log"),
    pytest.param([*MEMBER, DOWN, QUIET_THERE], "?not_collected", id="a member, and the log of the host not collected"),
    pytest.param([*MEMBER, DOWN, QUIET, broken(LOUD, "denied")], "?denied", id="a member, and its log is hidden"),
    pytest.param(
        [*MEMBER, DOWN, QUIET, broken(file(CLUSTER_LOG), "denied")], "?denied", id="a member, and its file is hidden"
    ),
    pytest.param([*MEMBER, DOWN, NOWHERE, file(CLUSTER_LOG, state="absent")], "n/a", id="a member without a log"),
    pytest.param([DOWN, QUIET], "?not_collected", id="who knows whether a member"),
    pytest.param([UP, QUIET], "", id="who knows whether a member, and a console is connected"),
]


@pytest.mark.parametrize(("evidence", "expected"), FOLDERS)
def test_a_member_of_a_peer_domain_has_a_log_in_the_folder_of_its_cluster(
    evidence: list[Evidence], expected: str
) -> None:
    assert subjects(says(facts(NONE, *evidence, management="hmc").fact("log.console_errors"))) == expected


def beyond(state: State = "skipped", reason: Reason = "not_collected") -> Evidence:
    """Folders of clusters that were not read."""
    path = LOG_PATH.replace("IW", "[0-9]*")
    return file(path, state=state)._replace(exit_status=None, damage=Damage(reason, "there are more"))


OF_A_DOMAIN = command(
    "lsrpdomain",
    "Name OpState RSCTActiveVersion MixedVersions TSPort GSPort\npd1 Online 3.2.6.4 No 12347 12348\n",
)


def test_folders_of_clusters_that_were_not_read_may_tell_more() -> None:
    for evidence, expected in (
        ([log(), whole(path=CLUSTER_LOG)], ""),
        ([log(), whole(path=CLUSTER_LOG), beyond()], "?not_collected"),
        ([log(), beyond("unreadable", "denied")], "?denied"),
        ([log(), whole(*TWICE, path=CLUSTER_LOG), beyond()], "network"),
    ):
        fact = facts(NONE, DOWN, OF_A_DOMAIN, *evidence, management="hmc").fact("log.console_errors")
        assert subjects(says(fact)) == expected
    alone = facts(NONE, DOWN, *ALONE, log(), beyond(), management="hmc").fact("log.console_errors")
    assert subjects(says(alone)) == ""


def listing(*names: str, exit_status: int | None = 0) -> Evidence:
    """`ls -l /var/ct` with these folders and a file."""
    row = "{}rwxr-xr-x    6 root     system          256 Nov 02 08:15 {}\n"
    rows = "".join(row.format("d", name) for name in names)
    return command("ls -l /var/ct", f"total 8\n{row.format('-', 'IBM.DRM.stderr')}{rows}", exit_status=exit_status)


STOPPED = lssrc("ctrmc rsct inoperative")
OF_A_CLUSTER = lssrc("ctrmc rsct active", "cthags cthags active")
NO_LOG = [file(LOG_PATH, state="absent")]
LISTED = [
    pytest.param([STOPPED, log("2613-023")], "?not_collected", "ls -l /var/ct", id="ctrmc is down, and no listing"),
    pytest.param([STOPPED, log("2613-023"), listing("IW", "cfg")], "", "", id="ctrmc is down, and no other folder"),
    pytest.param([STOPPED, *NO_LOG, listing("IW", "cfg")], "n/a", "", id="no log, and no other folder"),
    pytest.param(
        [STOPPED, log("2613-023"), listing("3406259031", "IW", "cfg")],
        "?not_collected",
        TAIL.replace("IW", "3406259031"),
        id="the folder of a cluster",
    ),
    pytest.param(
        [STOPPED, log("2613-023"), listing("IW", "cfg", "nord")],
        "?not_collected",
        TAIL.replace("IW", "nord"),
        id="a folder of another name may be one",
    ),
    pytest.param(
        [STOPPED, log("2613-023"), listing("IW", "cfg", exit_status=None)],
        "?not_collected",
        "ls -l /var/ct",
        id="a copy, and who knows of what",
    ),
    pytest.param(
        [STOPPED, log("2613-023"), broken(listing("IW"), "truncated", partial=True)],
        "?not_collected",
        "ls -l /var/ct",
        id="a listing that is cut",
    ),
    pytest.param([OF_A_CLUSTER, DOWN, log("2613-023"), listing("IW", "cfg")], "", "", id="a cluster without a folder"),
    pytest.param(
        [STOPPED, log("2613-023"), whole("2613-023", path=CLUSTER_LOG), listing("3406259031", "IW", "cfg")],
        "",
        "",
        id="both logs are there",
    ),
]


@pytest.mark.parametrize(("evidence", "expected", "settle"), LISTED)
def test_a_listing_of_the_folders_tells_whether_there_is_another_log(
    evidence: list[Evidence], expected: str, settle: str
) -> None:
    fact = facts(*evidence, management="hmc").fact("log.console_errors")
    assert (subjects(says(fact)), fact.settle or "") == (expected, settle)


def test_that_there_is_no_other_log_is_shown() -> None:
    fact = facts(STOPPED, log("2613-023"), listing("IW", "cfg"), management="hmc").fact("log.console_errors")
    assert [place.request for place in fact.evidence] == [TAIL, "ls -l /var/ct"]


def test_listings_of_caa_that_contradict_each_other_are_told() -> None:
    shown = command("lscluster -c", "Cluster Name: alphaclu\n")
    fact = facts(NONE, DOWN, log(), *ALONE, shown, management="hmc").fact("log.console_errors")
    assert fact.reason == "conflicting"
    assert "lspv and lscluster contradict each other" in fact.says
