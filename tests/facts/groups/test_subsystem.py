"""Subsystems (tables 2.4, 3.3 and 3.4): active, not active, not on file, or not known."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact
from rmccomply.words import Reason
from tests.hosts.building import command, facts
from tests.hosts.cases import (
    IPV4,
    KVM,
    LPAR,
    NOT_INSTALLED,
    OPAL,
    SETTLE,
    aix,
    broken,
    domain,
    lines,
    linux,
    linux_host,
    lslpp,
    lssrc,
    says,
    units,
)

ACTIVE = "ctrmc rsct active"
MGMT, CSM, DRM = "IBM.MgmtDomainRM rsct_rm ", "IBM.CSMAgentRM rsct_rm ", "IBM.DRM rsct_rm "
NOT_ON_FILE = command("lssrc -s ctrmc", "", 1, err="0513-085 The ctrmc Subsystem is not on file.\n")
SRC_DOWN = command("lssrc -a", "", 1, err="0513-001 The System Resource Controller daemon is not active.\n")

CTRMC = [
    pytest.param([lssrc(ACTIVE)], "active", id="active"),
    pytest.param([lssrc("ctrmc rsct inoperative")], "inactive", id="inoperative"),
    pytest.param([lssrc("ctrmc rsct stopping")], "inactive", id="any state but active is not active"),
    pytest.param([lssrc("ctrmc rsct warned to stop")], "inactive", id="a state of several words"),
    pytest.param([lssrc("ctcas rsct inoperative")], "absent", id="no row, complete"),
    pytest.param([NOT_ON_FILE], "absent", id="0513-085"),
    pytest.param([SRC_DOWN], "?failed", id="0513-001"),
    pytest.param([command("lssrc -a", "", 0)], "?empty", id="empty"),
    pytest.param([lssrc(ACTIVE, exit_status=1)], "?failed", id="rc not 0"),
    pytest.param([command("lssrc -g rsct", " ctcas rsct inoperative\n")], "absent", id="its own group, complete"),
    pytest.param([command("lssrc -g rsct_rm", " IBM.DRM rsct_rm 12 active\n")], "?not_collected", id="another group"),
    pytest.param(
        [command("lssrc -a", " ctcas rsct inoperative\n", None)], "?truncated", id="grep: no header, rsct rows only"
    ),
    pytest.param([command("lssrc -a", " ctrmc rsct 5 active\n", None)], "active", id="grep proves presence"),
    pytest.param(
        [command("lssrc -a", "Subsystem Group PID Status\n ctcas rsct inoperative\n", None, whole=False)],
        "?truncated",
        id="a filtered listing",
    ),
    pytest.param([lssrc(ACTIVE), command("lssrc -s ctrmc", " ctrmc rsct inoperative\n")], "?conflicting", id="differ"),
    pytest.param([lssrc(ACTIVE), NOT_ON_FILE], "?conflicting", id="active and not on file"),
    pytest.param([lssrc(ACTIVE), lssrc("ctrmc rsct inoperative")], "?conflicting", id="two sections of one request"),
    pytest.param([], "?not_collected", id="not collected"),
]


COPY = lssrc("IBM.HostRM rsct_rm active", "ctcas rsct inoperative", exit_status=None)
AMONG_OTHERS = lssrc("IBM.HostRM rsct_rm active", "ctcas rsct active", exit_status=None)
COPIES = [
    pytest.param("subsystem.ctrmc", [COPY], "inactive", id="not among what runs"),
    pytest.param("subsystem.ctrmc", [AMONG_OTHERS], "?truncated", id="perhaps behind the last line"),
    pytest.param("subsystem.ctrmc", [COPY, NOT_ON_FILE], "absent", id="the better answer is told"),
    pytest.param(
        "subsystem.ctrmc", [COPY, command("lssrc -s ctrmc", " ctrmc rsct 1 active\n")], "?conflicting", id="runs"
    ),
    pytest.param(
        "subsystem.ctrmc", [COPY, command("lssrc -s ctrmc", " ctrmc rsct inoperative\n")], "inactive", id="agree"
    ),
    pytest.param("console.in_band", [COPY], "no", id="no mcproxy runs"),
    pytest.param("console.in_band", [AMONG_OTHERS], "?truncated", id="mcproxy may run"),
    pytest.param("subsystem.stuck", [COPY], (), id="none is about to stop"),
    pytest.param("subsystem.stuck", [AMONG_OTHERS], "?truncated", id="one may be about to stop"),
    pytest.param("subsystem.not_running", [COPY], "?truncated", id="IBM.ServiceRM may be on file, and stand still"),
    pytest.param("cluster.presence", [COPY], "?not_collected", id="clstrmgrES may be on file"),
    pytest.param("cluster.signs", [COPY], "?inconclusive", id="no sign"),
    pytest.param("ha.storage_rm", [COPY], "?truncated", id="PowerHA may be on file"),
]


@pytest.mark.parametrize(("fact", "evidence", "expected"), COPIES)
def test_a_copy_shows_what_does_not_run_and_never_what_is_not_on_file(
    fact: str, evidence: list[Evidence], expected: object
) -> None:
    assert says(facts(*evidence, lslpp()).fact(fact)) == expected


@pytest.mark.parametrize(("evidence", "expected"), CTRMC)
def test_ctrmc(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, lslpp()).fact("subsystem.ctrmc")) == expected


@pytest.mark.parametrize("reason", ["timeout", "command_absent", "not_collected", "denied", "truncated"])
def test_a_listing_without_an_answer_is_no_absence(reason: Reason) -> None:
    assert says(facts(broken(lssrc(ACTIVE), reason), lslpp()).fact("subsystem.ctrmc")) == f"?{reason}"


def test_a_cut_listing_proves_presence_and_no_absence() -> None:
    cut = broken(lssrc(ACTIVE), "truncated", partial=True)
    assert says(facts(cut, lslpp()).fact("subsystem.ctrmc")) == "active"
    assert says(facts(cut, lslpp()).fact("subsystem.domain_manager")) == "?truncated"


def test_proved_absence_of_rsct_replaces_fail_and_unknown_but_no_pass() -> None:
    assert says(facts(lssrc("syslogd ras active"), NOT_INSTALLED).fact("subsystem.ctrmc")) == "n/a"
    assert says(facts(NOT_INSTALLED).fact("subsystem.ctrmc")) == "n/a"
    assert says(facts(lssrc(ACTIVE), NOT_INSTALLED).fact("subsystem.ctrmc")) == "active"


NEW_AIX = [command("oslevel -s", "7100-05-10-2114\n")]
OLD_AIX = [command("oslevel -s", "6100-09-12-1846\n")]
MANAGERS = [
    # IBM.MgmtDomainRM, IBM.CSMAgentRM, on old levels, on new levels, where the level is unknown
    (["active"], [], "active", "active", "active"),
    (["active"], ["inoperative"], "active", "active", "active"),
    (["active"], ["active"], "active", "active", "active"),
    (["inoperative"], ["active"], "active", "inactive", "?not_collected"),
    (["stopping"], ["active"], "active", "inactive", "?not_collected"),
    ([], ["active"], "active", "inactive", "?not_collected"),
    ([], [], "absent", "absent", "absent"),
    ([], ["inoperative"], "inactive", "inactive", "inactive"),
    (["inoperative"], [], "inactive", "inactive", "inactive"),
    (["inoperative"], ["inoperative"], "inactive", "inactive", "inactive"),
]


def _managers(new: list[str], old: list[str]) -> Evidence:
    return lssrc(ACTIVE, *(MGMT + state for state in new), *(CSM + state for state in old))


@pytest.mark.parametrize(("new", "old", "before", "since", "level_unknown"), MANAGERS)
def test_management_domain_manager(new: list[str], old: list[str], before: str, since: str, level_unknown: str) -> None:
    listing, name = _managers(new, old), "subsystem.domain_manager"
    rpm3, rpm2 = linux_host(LPAR, "3.1.0.0"), linux_host(LPAR, "2.5.5.0")
    assert says(facts(listing, lslpp(), *OLD_AIX).fact(name)) == before
    assert says(facts(listing, *rpm2, platform="linux").fact(name)) == before
    assert says(facts(listing, lslpp(), *NEW_AIX).fact(name)) == since
    assert says(facts(listing, *rpm3, platform="linux").fact(name)) == since
    assert says(facts(listing, lslpp(), platform="vios").fact(name)) == since
    assert says(facts(listing, lslpp()).fact(name)) == level_unknown
    assert says(facts(listing, *rpm3[:3], platform="linux").fact(name)) == level_unknown


MANAGER_UNKNOWN = [
    pytest.param([SRC_DOWN], "?failed", id="0513-001"),
    pytest.param([], "?not_collected", id="not collected"),
    pytest.param([command("lssrc -g rsct", " ctrmc rsct 5 active\n")], "?not_collected", id="-g rsct says nothing"),
    pytest.param([command("lssrc -a", f" {CSM}5 active\n", None)], "?truncated", id="CSM active in a partial listing"),
    pytest.param(
        [command("lssrc -a", f" {MGMT}inoperative\n", None)], "?truncated", id="CSM not seen in a partial listing"
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), MANAGER_UNKNOWN)
def test_manager_of_a_partial_listing(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, lslpp(), *OLD_AIX).fact("subsystem.domain_manager")) == expected


def test_manager_is_judged_by_its_own_row_even_where_ctrmc_is_stopped() -> None:
    listing = lssrc("ctrmc rsct inoperative", MGMT + "active")
    assert says(facts(listing, lslpp()).fact("subsystem.domain_manager")) == "active"


CONNECTED, NOT_CONNECTED = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
UNKNOWN = broken(domain(), "timeout")
NO_DRM = lssrc(ACTIVE)
PARTIAL = command("lssrc -a", " ctrmc rsct 5 active\n", None)
NEVER_IN_BAND = command("oslevel -s", "7200-05-07-2346\n")
DRM_TABLE = [
    # connected, IBM.DRM active, other state, no row in a complete listing, not collected or partial
    pytest.param([CONNECTED], ["active", "inactive", "absent", "?not_collected"], id="connected"),
    pytest.param([NOT_CONNECTED], ["n/a", "n/a", "n/a", "n/a"], id="down"),
    pytest.param([domain()], ["n/a", "n/a", "n/a", "n/a"], id="no control point"),
    pytest.param([UNKNOWN], ["?timeout"] * 4, id="timeout"),
    pytest.param([], ["?not_collected"] * 4, id="not collected"),
    pytest.param([domain(f"Q A {IPV4}")], ["?unparsable"] * 4, id="state unknown"),
]


@pytest.mark.parametrize(("evidence", "expected"), DRM_TABLE)
def test_drm(evidence: list[Evidence], expected: list[str]) -> None:
    listings = [[lssrc(ACTIVE, DRM + "active")], [lssrc(ACTIVE, DRM + "inoperative")], [NO_DRM], []]
    found = [facts(*one, *evidence, lslpp(), NEVER_IN_BAND).fact("subsystem.drm") for one in listings]
    assert [says(fact) for fact in found] == expected


def test_drm_of_a_partial_listing() -> None:
    assert says(facts(CONNECTED, PARTIAL, lslpp(), NEVER_IN_BAND).fact("subsystem.drm")) == "?truncated"


def test_drm_where_in_band_is_unknown() -> None:
    listing = lssrc(ACTIVE, "mcproxy rsct active", DRM + "inoperative")
    assert says(facts(NOT_CONNECTED, listing, lslpp()).fact("subsystem.drm")) == "?not_collected"


def test_drm_is_due_where_the_console_is_in_band() -> None:
    listing = lssrc(ACTIVE, "mcproxy rsct active", DRM + "inoperative")
    proxy = command("lssrc -ls mcproxy", " mcproxy rsct 7 active\n Hostname: hmc1\n")
    assert says(facts(domain(), listing, proxy, lslpp()).fact("subsystem.drm")) == "inactive"


def test_losing_the_domain_never_lets_drm_pass_or_drop_out() -> None:
    assert says(aix(less=(SETTLE,)).fact("subsystem.drm")) == "?not_collected"


# table 2.1: kind of host to ctrmc, manager, DRM where all of them are stopped and a console is down
def _stopped(host: Facts) -> list[object]:
    return [says(host.fact(f"subsystem.{name}")) for name in ("ctrmc", "domain_manager", "drm")]


STOPPED = lssrc("ctrmc rsct inoperative", MGMT + "inoperative", DRM + "inoperative")
LINUX_KINDS = [
    pytest.param(linux_host(LPAR), ["inactive", "inactive", "inactive"], id="PowerVM"),
    pytest.param(linux_host(KVM), ["inactive", "n/a", "n/a"], id="KVM with RSCT"),
    pytest.param(linux_host(KVM, ""), ["n/a", "n/a", "n/a"], id="KVM without RSCT"),
    pytest.param(linux_host(OPAL), ["inactive", "n/a", "n/a"], id="OPAL with RSCT"),
    pytest.param(linux_host(OPAL, ""), ["n/a", "n/a", "n/a"], id="OPAL without RSCT"),
    pytest.param(linux_host(LPAR, "", "rhcos"), ["n/a", "n/a", "n/a"], id="RHCOS"),
    pytest.param(linux_host(LPAR, distribution="rhcos"), ["n/a", "n/a", "n/a"], id="RHCOS with RSCT"),
]


@pytest.mark.parametrize(("evidence", "expected"), LINUX_KINDS)
def test_subsystems_by_kind_of_linux(evidence: list[Evidence], expected: list[str]) -> None:
    assert _stopped(facts(*evidence, STOPPED, CONNECTED, platform="linux")) == expected


AIX_KINDS = [
    pytest.param([command("uname -L", "7 lpar1\n")], ["inactive", "inactive", "inactive"], id="partition"),
    pytest.param([command("uname -L", "-1 NULL\n")], ["inactive", "n/a", "n/a"], id="full system"),
    pytest.param([command("uname -W", "3\n")], ["n/a", "n/a", "n/a"], id="workload partition"),
]


@pytest.mark.parametrize(("evidence", "expected"), AIX_KINDS)
def test_subsystems_by_kind_of_aix(evidence: list[Evidence], expected: list[str]) -> None:
    assert _stopped(facts(*evidence, STOPPED, CONNECTED, lslpp())) == expected


def test_nobody_manages_it() -> None:
    assert _stopped(aix(STOPPED, management="none")) == ["inactive", "n/a", "n/a"]
    assert says(aix(management="none").fact("subsystem.drm")) == "active"


def test_the_row_proves_the_state() -> None:
    fact = linux().fact("subsystem.ctrmc")
    assert "ctrmc" in lines(fact.evidence)
    assert "active" in lines(fact.evidence)


RUNNING, EXITED = units(), units(sub="exited")
BY_SYSTEMD = [
    pytest.param([SRC_DOWN, RUNNING], "active", id="srcmstr does not answer, the unit runs"),
    pytest.param([RUNNING], "active", id="lssrc not collected, the unit runs"),
    pytest.param([SRC_DOWN, EXITED], "?failed", id="the unit has only ended well"),
    pytest.param([SRC_DOWN, units(active="inactive", sub="dead")], "?failed", id="the unit does not run"),
    pytest.param([SRC_DOWN, command("systemctl is-active ctrmc", "active\n")], "?failed", id="active may have ended"),
    pytest.param([lssrc("ctrmc rsct inoperative"), RUNNING], "?conflicting", id="lssrc says otherwise"),
    pytest.param([lssrc("ctcas rsct inoperative"), RUNNING], "?conflicting", id="not on file, and it runs"),
    pytest.param([lssrc("ctrmc rsct inoperative"), EXITED], "inactive", id="ended well is no contradiction"),
    pytest.param(
        [SRC_DOWN, RUNNING, command("systemctl is-active ctrmc", "failed\n", 3)], "?conflicting", id="two answers"
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), BY_SYSTEMD)
def test_systemd_answers_on_linux_where_lssrc_does_not(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*linux_host(), *evidence, platform="linux").fact("subsystem.ctrmc")) == expected


def test_systemd_does_not_speak_for_aix() -> None:
    assert says(facts(SRC_DOWN, RUNNING, lslpp()).fact("subsystem.ctrmc")) == "?failed"


def _subjects(fact: Fact) -> object:
    return [item.subject for item in fact.items] if fact.state == "known" else says(fact)


HOST, SERVICE = "IBM.HostRM rsct_rm ", "IBM.ServiceRM rsct_rm "
PACKAGE = "devices.chrp.base:devices.chrp.base.ServiceRM:3.2.6.2: : :C: :x: : : : : : :1:0:/:\n"
WITH_PACKAGE = command("lslpp -Lcq devices.chrp.base.ServiceRM", PACKAGE)
WITHOUT_PACKAGE = command(
    "lslpp -Lcq devices.chrp.base.ServiceRM", "", 1, "lslpp: Fileset devices.chrp.base.ServiceRM not installed.\n"
)
NOT_RUNNING = [
    pytest.param([lssrc(ACTIVE)], [], id="neither is on file"),
    pytest.param([lssrc(HOST + "active", SERVICE + "active")], [], id="both run"),
    pytest.param([lssrc(HOST + "inoperative"), *NEW_AIX], ["IBM.HostRM"], id="HostRM since 7.1"),
    pytest.param([lssrc(HOST + "inoperative"), *OLD_AIX], [], id="HostRM on 6.1"),
    pytest.param([lssrc(HOST + "inoperative")], "?not_collected", id="HostRM, release unknown"),
    pytest.param([lssrc(SERVICE + "inoperative"), WITH_PACKAGE], ["IBM.ServiceRM"], id="ServiceRM with its package"),
    pytest.param([lssrc(SERVICE + "inoperative"), WITHOUT_PACKAGE], [], id="ServiceRM without its package"),
    pytest.param([lssrc(SERVICE + "inoperative")], "?not_collected", id="ServiceRM, package unknown"),
    pytest.param([command("lssrc -a", f" {HOST}5 active\n", None)], "?truncated", id="a partial listing"),
    pytest.param([SRC_DOWN], "?failed", id="0513-001"),
]


@pytest.mark.parametrize(("evidence", "expected"), NOT_RUNNING)
def test_managers_that_do_not_run(evidence: list[Evidence], expected: object) -> None:
    assert _subjects(facts(lslpp(), *evidence).fact("subsystem.not_running")) == expected


def test_host_rm_may_be_due_where_nobody_says_that_it_is_no_vios() -> None:
    found = facts(lslpp(), lssrc(HOST + "inoperative", SERVICE + "active"), *OLD_AIX, platform="")
    assert says(found.fact("subsystem.not_running")) == "?inconclusive"


def test_host_rm_is_due_on_vios_and_linux() -> None:
    listing = lssrc(HOST + "inoperative")
    assert _subjects(facts(lslpp(), listing, platform="vios").fact("subsystem.not_running")) == ["IBM.HostRM"]
    assert _subjects(facts(*linux_host(), listing, platform="linux").fact("subsystem.not_running")) == ["IBM.HostRM"]


STUCK = [
    pytest.param([lssrc(ACTIVE)], [], id="none"),
    pytest.param([lssrc("ctrmc rsct warned to stop")], ["ctrmc"], id="warned to stop"),
    pytest.param([lssrc(HOST + "stopping", DRM + "stopping")], ["IBM.DRM", "IBM.HostRM"], id="two are stopping"),
    pytest.param([lssrc("sendmail mail stopping")], [], id="other software"),
    pytest.param(
        [lssrc(ACTIVE), command("lssrc -g rsct", " ctrmc rsct 5 stopping\n")], "?conflicting", id="two samples"
    ),
    pytest.param(
        [
            command("lssrc -g rsct", " ctrmc rsct 5 active\n"),
            command("lssrc -g rsct_rm", " IBM.DRM rsct_rm 6 active\n"),
        ],
        [],
        id="both groups",
    ),
    pytest.param([command("lssrc -g rsct", " ctrmc rsct 5 active\n")], "?not_collected", id="one group"),
    pytest.param([command("lssrc -g rsct", " ctrmc rsct 5 stopping\n")], ["ctrmc"], id="one group, stuck"),
    pytest.param([broken(lssrc(ACTIVE), "truncated", partial=True)], "?truncated", id="cut"),
]


@pytest.mark.parametrize(("evidence", "expected"), STUCK)
def test_subsystems_that_do_not_stop(evidence: list[Evidence], expected: object) -> None:
    assert _subjects(facts(lslpp(), *evidence).fact("subsystem.stuck")) == expected


def test_the_row_proves_that_it_is_stuck() -> None:
    (item,) = facts(lssrc("ctrmc rsct warned to stop")).fact("subsystem.stuck").items
    assert item.says == "ctrmc is warned to stop."
    assert "warned to stop" in lines(item.evidence)
