"""Which subsystems are due, where a source that decides it contradicts itself or tells too little."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.groups.subsystem import uses_mgmt_domain_rm
from tests.hosts.building import LSLPP, command, facts
from tests.hosts.cases import aix, broken, lines, linux_host, lslpp, lssrc, says, units

CSM, HOST, SERVICE = "IBM.CSMAgentRM rsct_rm ", "IBM.HostRM rsct_rm ", "IBM.ServiceRM rsct_rm "
OLD, FIRST, NEW = (command("oslevel -s", f"{level}\n") for level in ("6100-09-12-1846", "7100-00-00-0000", "7300-02"))


def test_without_a_declared_platform_an_old_release_may_be_that_of_a_vios() -> None:
    """A Virtual I/O Server prints the release of the AIX below it."""
    fact = facts(lssrc("ctrmc rsct active", CSM + "active"), lslpp(), OLD, platform="").fact("subsystem.domain_manager")
    assert says(fact) == "?inconclusive"
    assert fact.says.endswith("nothing shows whether this is AIX or a Virtual I/O Server.")
    assert fact.settle == "ioscli ioslevel"
    assert {place.request for place in fact.evidence} == {"lssrc -a"}
    (due,) = fact.basis
    assert {place.request for place in due.evidence} == {"oslevel -s"}
    assert [one.name for one in due.basis] == ["host.platform", "host.aix_release"]


@pytest.mark.parametrize(("release", "expected"), [(OLD, "active"), (FIRST, "inactive"), (NEW, "inactive")])
def test_the_release_from_which_the_new_manager_is_due(release: Evidence, expected: str) -> None:
    fact = facts(lssrc(CSM + "active"), lslpp(), release).fact("subsystem.domain_manager")
    assert (says(fact), [one.value for one in fact.basis]) == (expected, ["yes" if expected == "inactive" else "no"])


@pytest.mark.parametrize("platform", ["", "aix"])
@pytest.mark.parametrize("release", [FIRST, NEW])
def test_since_7_1_aix_and_vios_alike_want_the_new_manager(release: Evidence, platform: str) -> None:
    found = facts(lslpp(), release, platform=platform)
    due = uses_mgmt_domain_rm(found)
    assert (due.value, lines(due.evidence)) == ("yes", release.out.lines[0])
    assert [one.name for one in due.basis] == ["host.aix_release"]


def test_which_manager_is_due_rests_upon_what_tells_it() -> None:
    due = uses_mgmt_domain_rm(facts(platform=""))
    assert (due.reason, [one.name for one in due.basis]) == ("not_collected", ["host.platform"])
    due = uses_mgmt_domain_rm(facts(platform="aix"))
    assert (due.reason, [one.name for one in due.basis]) == ("not_collected", ["host.aix_release"])


RELEASES = [
    pytest.param(OLD, "aix", (), id="6.1"),
    pytest.param(FIRST, "aix", ("IBM.HostRM",), id="7.1"),
    pytest.param(FIRST, "", ("IBM.HostRM",), id="7.1, AIX or VIOS"),
    pytest.param(NEW, "", ("IBM.HostRM",), id="7.3, AIX or VIOS"),
]


@pytest.mark.parametrize(("release", "platform", "expected"), RELEASES)
def test_the_release_from_which_host_rm_is_due(release: Evidence, platform: str, expected: tuple[str, ...]) -> None:
    fact = facts(lssrc(HOST + "inoperative"), lslpp(), release, platform=platform).fact("subsystem.not_running")
    assert fact.state == "known"
    assert tuple(item.subject for item in fact.items) == expected


QUERY = "lslpp -Lcq devices.chrp.base.ServiceRM"
WITH = command(QUERY, LSLPP.format(level="1", state="C").replace("rsct.core.rmc", "devices.chrp.base.ServiceRM"))
GONE = "lslpp: Fileset devices.chrp.base.ServiceRM not installed.\n"


def test_the_package_of_service_rm_is_told_in_two_ways() -> None:
    other = command("lslpp -L devices.chrp.base.ServiceRM", "", 1, GONE)
    fact = facts(lslpp(), lssrc(SERVICE + "inoperative"), WITH, other).fact("subsystem.not_running")
    assert says(fact) == "?conflicting"
    assert fact.says.endswith("devices.chrp.base.ServiceRM is installed is unknown: two answers contradict each other.")
    assert {place.request for place in fact.evidence} == {QUERY, other.request}


def test_what_a_manager_stands_still_by_is_its_row_and_what_makes_it_due() -> None:
    (item,) = facts(lslpp(), lssrc(SERVICE + "inoperative"), WITH).fact("subsystem.not_running").items
    assert item.says == "IBM.ServiceRM is inoperative."
    assert [place.request for place in item.evidence] == ["lssrc -a", QUERY]


def test_of_two_managers_the_contradiction_speaks() -> None:
    """IBM.HostRM has no release to go by; IBM.ServiceRM is told in two ways, and that is the worse of the two."""
    rows = lssrc(HOST + "inoperative"), command("lssrc -s IBM.ServiceRM", f" {SERVICE}inoperative\n")
    other = command("lssrc -g rsct_rm", " IBM.HostRM rsct_rm inoperative\n IBM.ServiceRM rsct_rm 5 active\n")
    fact = facts(lslpp(), *rows, other).fact("subsystem.not_running")
    assert (says(fact), fact.says) == (
        "?conflicting",
        "The state of IBM.ServiceRM is unknown: IBM.ServiceRM is listed in different states.",
    )


def test_that_none_stands_still_is_shown_by_both_rows() -> None:
    fact = facts(lslpp(), lssrc(HOST + "active", SERVICE + "active")).fact("subsystem.not_running")
    assert says(fact) == ()
    assert len(fact.evidence) == 2


@pytest.mark.parametrize("name", ["subsystem.not_running", "subsystem.stuck"])
def test_a_workload_partition_has_no_managers_of_its_own(name: str) -> None:
    rows = lssrc("ctrmc rsct stopping", HOST + "inoperative")
    assert says(facts(lslpp(), NEW, rows, command("uname -W", "3\n")).fact(name)) == "n/a"


@pytest.mark.parametrize("row", ["ctrmc other stopping", "IBM.Fencing other stopping", "cthags rsct stopping"])
def test_a_subsystem_of_rsct_is_known_by_its_group_or_its_name(row: str) -> None:
    (item,) = facts(lslpp(), lssrc(row)).fact("subsystem.stuck").items
    assert item.subject == row.split()[0]


def test_a_stuck_subsystem_is_shown_once() -> None:
    again = command("lssrc -g rsct", " ctrmc rsct 5 stopping\n")
    (item,) = facts(lslpp(), lssrc("ctrmc rsct stopping"), again).fact("subsystem.stuck").items
    assert len(item.evidence) == 1


def test_another_unit_that_runs_says_nothing_of_ctrmc() -> None:
    other = units("", "enabled")
    stopped = lssrc("ctrmc rsct inoperative")
    shown = command("systemctl show srcmstr", "\n".join(other.out.lines[6:]) + "\n")
    assert says(facts(*linux_host(), stopped, shown, platform="linux").fact("subsystem.ctrmc")) == "inactive"


def test_listings_that_differ_stay_so_whatever_systemd_says() -> None:
    rows = lssrc("ctrmc rsct active"), command("lssrc -s ctrmc", " ctrmc rsct inoperative\n")
    fact = facts(*linux_host(), *rows, units(), platform="linux").fact("subsystem.ctrmc")
    assert (says(fact), fact.says) == (
        "?conflicting",
        "The state of ctrmc is unknown: ctrmc is listed in different states.",
    )


def test_systemd_contradicts_itself_and_says_so() -> None:
    failed = command("systemctl is-active ctrmc", "failed\n", 3)
    fact = facts(*linux_host(), units(), failed, platform="linux").fact("subsystem.ctrmc")
    assert fact.says == (
        "The state of ctrmc is unknown: lssrc does not show it, and according to systemd ctrmc.service both runs and "
        "does not run."
    )
    assert {place.request for place in fact.evidence} >= {"systemctl is-active ctrmc"}
    quiet = command("systemctl is-active ctrmc", "active\n")
    assert says(facts(*linux_host(), units(), quiet, platform="linux").fact("subsystem.ctrmc")) == "active"


@pytest.mark.parametrize(
    ("fact", "row"),
    [("domain_manager", "IBM.MgmtDomainRM"), ("drm", "IBM.DRM")],
)
def test_listings_that_differ_are_named_by_their_subsystem(fact: str, row: str) -> None:
    rows = lssrc(f"{row} rsct_rm active"), command(f"lssrc -s {row}", f" {row} rsct_rm inoperative\n")
    found = aix(*rows).fact(f"subsystem.{fact}")
    assert found.says == f"The state of {row} is unknown: {row} is listed in different states."


def test_the_older_manager_that_differs_is_named() -> None:
    rows = lssrc(f"{CSM}active"), command("lssrc -s IBM.CSMAgentRM", f" {CSM}inoperative\n")
    found = facts(*rows, lslpp(), OLD).fact("subsystem.domain_manager")
    assert found.says.startswith("The state of IBM.CSMAgentRM is unknown: ")


def test_an_absence_says_how_it_is_known() -> None:
    fact = facts(lssrc("ctcas rsct inoperative"), lslpp()).fact("subsystem.ctrmc")
    assert fact.says == "ctrmc is not among the subsystems that `lssrc -a` lists."
    gone = command("lssrc -s ctrmc", "", 1, err="0513-085 The ctrmc Subsystem is not on file.\n")
    fact = facts(gone, lslpp()).fact("subsystem.ctrmc")
    assert (fact.says, lines(fact.evidence)) == ("ctrmc is not on file.", gone.err.lines[0])


def test_half_of_the_groups_covers_nothing() -> None:
    half = [command("lssrc -g rsct", " ctrmc rsct 5 active\n"), broken(lssrc("ctrmc rsct active"), "timeout")]
    assert says(facts(lslpp(), *half).fact("subsystem.stuck")) == "?timeout"


@pytest.mark.parametrize("row", [" IBM.HostRM rsct_rm 5 active\n", " IBM.DRM rsct_rm 6 active\n"])
def test_the_group_of_the_resource_managers_proves_their_absence(row: str) -> None:
    listing = command("lssrc -g rsct_rm", f"Subsystem Group PID Status\n{row}")
    fact = facts(listing, lslpp(), NEW).fact("subsystem.domain_manager")
    assert says(fact) == "absent"
    assert "`lssrc -g rsct_rm` lists neither IBM.MgmtDomainRM nor IBM.CSMAgentRM" in fact.says
    other = command("lssrc -g rsct", "Subsystem Group PID Status\n ctrmc rsct 5 active\n")
    assert says(facts(other, lslpp(), NEW).fact("subsystem.domain_manager")) == "?not_collected"


def test_where_host_rm_may_be_due_the_release_shows_it() -> None:
    fact = facts(lslpp(), lssrc(HOST + "inoperative"), OLD, platform="").fact("subsystem.not_running")
    assert says(fact) == "?inconclusive"
    assert fact.says == (
        "Whether IBM.HostRM is needed is unknown: nothing shows whether this is AIX or a Virtual I/O Server."
    )
    assert ({place.request for place in fact.evidence}, fact.settle) == ({"oslevel -s"}, "ioscli ioslevel")
    assert [one.name for one in fact.basis] == ["host.aix_release"]


def test_a_contradiction_speaks_whichever_manager_it_is_of() -> None:
    alone = command("lssrc -s IBM.ServiceRM", f" {SERVICE}inoperative\n")
    other = command("lslpp -L devices.chrp.base.ServiceRM", "", 1, GONE)
    fact = facts(lslpp(), alone, WITH, other).fact("subsystem.not_running")
    assert (says(fact), "two answers contradict each other" in fact.says) == ("?conflicting", True)
