"""RSCT and its level (tables 3.1 and 3.2): the level of one package, from the platform's own database."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from tests.hosts.building import command, facts, file, judge
from tests.hosts.cases import (
    KVM,
    LPAR,
    NOT_INSTALLED,
    OPAL,
    aix,
    broken,
    lines,
    linux_host,
    lslpp,
    says,
)

OTHER = "rsct.core:rsct.core.{name}:{level}: : :C: :RSCT: : : : : : :1:0:/:2015\n"
RMC = "rsct.core:rsct.core.rmc:{level}: : :{state}: :RSCT: : : : : : :1:0:/:2015\n"
QUERY = "lslpp -Lcq 'rsct.*'"

LSLPP = [
    pytest.param(lslpp("3.2.6.2", "C"), "installed", (3, 2, 6, 2), id="committed"),
    pytest.param(lslpp("3.2.6.2", "A"), "installed", (3, 2, 6, 2), id="applied is healthy"),
    pytest.param(lslpp("3.10", "C"), "installed", (3, 10, 0, 0), id="missing parts are 0"),
    pytest.param(lslpp("3.2.6.2", "B"), "installed", "?unparsable", id="broken"),
    pytest.param(lslpp("3.2.6.2", "?"), "installed", "?unparsable", id="inconsistent"),
    pytest.param(lslpp("3.2.6.2", "O"), "installed", "?unparsable", id="obsolete"),
    pytest.param(lslpp("3.2.x", "C"), "installed", "?unparsable", id="no level"),
    pytest.param(NOT_INSTALLED, "absent", "n/a", id="proved absent"),
    pytest.param(
        command(QUERY, OTHER.format(name="utils", level="3.0.0.0") + RMC.format(level="3.2.6.2", state="C")),
        "installed",
        (3, 2, 6, 2),
        id="never the minimum over rsct.*",
    ),
    pytest.param(command(QUERY, OTHER.format(name="utils", level="3.2.6.2")), "absent", "n/a", id="rsct without rmc"),
    pytest.param(
        command(QUERY, RMC.format(level="3.2.6.2", state="C") + RMC.format(level="3.2.5.0", state="C")),
        "installed",
        "?conflicting",
        id="two levels in one listing",
    ),
    pytest.param(
        command(QUERY, RMC.format(level="3.2.6.2", state="C") + RMC.format(level="3.2.6.2", state="B")),
        "installed",
        "?conflicting",
        id="broken beside committed",
    ),
    pytest.param(command(QUERY, "rsct.core:rsct.core.rmc:3.2\n"), "?unparsable", "?unparsable", id="cut in the level"),
    pytest.param(command(QUERY, ""), "?empty", "?empty", id="empty"),
    pytest.param(command(QUERY, "", 127), "?command_absent", "?command_absent", id="no such command"),
    pytest.param(
        command(QUERY, OTHER.format(name="sec", level="3.2.6.2"), None, whole=False),
        "?truncated",
        "?truncated",
        id="a filtered capture proves no absence",
    ),
    pytest.param(
        command(QUERY, RMC.format(level="3.2.6.2", state="C"), None, whole=False),
        "installed",
        (3, 2, 6, 2),
        id="a filtered capture proves presence",
    ),
]


@pytest.mark.parametrize(("evidence", "installed", "level"), LSLPP)
@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_lslpp(evidence: Evidence, installed: object, level: object, platform: str) -> None:
    found = aix(evidence, platform=platform)
    assert (says(found.fact("rsct.installed")), says(found.fact("rsct.level"))) == (installed, level)


def test_lslpp_not_collected() -> None:
    found = aix(less=("lslpp -Lcq rsct.*",))
    assert {says(found.fact(name)) for name in ("rsct.installed", "rsct.level")} == {"?not_collected"}


def test_one_answer_lists_it_and_another_says_that_it_is_absent() -> None:
    absent = command("lslpp -Lcq rsct.core.rmc", "", 1, err="lslpp: Fileset rsct.core.rmc not installed.\n")
    found = aix(absent)
    assert {says(found.fact(name)) for name in ("rsct.installed", "rsct.level")} == {"?conflicting"}
    assert {place.request for place in found.fact("rsct.level").evidence} == {
        "lslpp -Lcq rsct.*",
        "lslpp -Lcq rsct.core.rmc",
    }


def test_the_line_of_the_one_package_proves_the_level() -> None:
    text = OTHER.format(name="utils", level="3.0.0.0") + RMC.format(level="3.2.6.2", state="C")
    assert lines(aix(command(QUERY, text)).fact("rsct.level").evidence).startswith("rsct.core:rsct.core.rmc:3.2.6.2")


def _rpm(*evidence: Evidence, cpuinfo: str = LPAR, distribution: str = "rhel") -> Facts:
    base = [item for item in linux_host(cpuinfo, distribution=distribution) if not item.request.startswith("rpm")]
    return facts(*base, *evidence, platform="linux")


ABSENT = command("rpm -q rsct.core", "package rsct.core is not installed\n", 1)
RPM = [
    pytest.param(command("rpm -q rsct.core", "rsct.core-3.3.3.1-24355.ppc64le\n"), "installed", (3, 3, 3, 1), id="-q"),
    pytest.param(
        command("rpm -qa", "rsct.core-3.2.4.3-19120.ppc64le\nrsct.core.utils-3.3.0.0-1.ppc64le\n"),
        "installed",
        (3, 2, 4, 3),
        id="-qa, before the last hyphen",
    ),
    pytest.param(ABSENT, "absent", "n/a", id="proved absent"),
    pytest.param(command("rpm -qa", "bash-5.1.8-9.el9.ppc64le\n"), "absent", "n/a", id="a whole listing without it"),
    pytest.param(
        command("rpm -qa", "rsctools-3.2.6.4-1.noarch\nbash-5.1.8-9.el9.ppc64le\n"), "absent", "n/a", id="another name"
    ),
    pytest.param(command("rpm -qa", ""), "?empty", "?empty", id="empty"),
    pytest.param(command("rpm -qa", "", 1), "?failed", "?failed", id="failed"),
]


@pytest.mark.parametrize(("evidence", "installed", "level"), RPM)
def test_rpm(evidence: Evidence, installed: object, level: object) -> None:
    found = _rpm(evidence)
    assert (says(found.fact("rsct.installed")), says(found.fact("rsct.level"))) == (installed, level)


@pytest.mark.parametrize("distribution", ["debian", "ubuntu"])
def test_rpm_is_not_the_database_of_debian(distribution: str) -> None:
    found = _rpm(ABSENT, distribution=distribution)
    assert {says(found.fact(name)) for name in ("rsct.installed", "rsct.level")} == {"?not_collected"}


def test_lslpp_does_not_speak_for_linux() -> None:
    assert says(facts(*linux_host()[:3], lslpp(), platform="linux").fact("rsct.level")) == "?not_collected"


KINDS = [
    pytest.param(linux_host(KVM, level=""), "n/a", id="KVM, absent"),
    pytest.param(linux_host(OPAL, level=""), "n/a", id="OPAL, absent"),
    pytest.param(linux_host(LPAR, level=""), "absent", id="PowerVM, absent"),
    pytest.param([command("uname -m", "ppc64le\n"), ABSENT], "?inconclusive", id="kind unknown, absent"),
    pytest.param(linux_host(KVM), "installed", id="KVM, installed"),
]


@pytest.mark.parametrize(("evidence", "expected"), KINDS)
def test_where_rsct_is_not_due(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, platform="linux").fact("rsct.installed")) == expected


VER_001 = [
    ("aix", [lslpp("3.1.0.0")], "pass"),
    ("aix", [lslpp("3.0.9.9")], "unknown"),
    ("aix", [lslpp("3.0.9.9"), command("oslevel -s", "7100-05-10-2114\n")], "fail"),
    ("aix", [lslpp("3.0.9.9"), command("oslevel -s", "6100-09-12-1846\n")], "not_applicable"),
    ("aix", [lslpp("3.1.5.0"), command("oslevel -s", "6100-09-12-1846\n")], "pass"),
    ("aix", [NOT_INSTALLED, command("oslevel -s", "7200-05-07-2346\n")], "fail"),
    ("vios", [lslpp("3.0.9.9")], "fail"),
    ("linux", linux_host(LPAR, "3.0.0.0"), "fail"),
    ("linux", linux_host(LPAR, ""), "fail"),
    ("linux", linux_host(KVM, "3.0.0.0"), "not_applicable"),
    ("linux", linux_host(OPAL, "3.0.0.0"), "not_applicable"),
    ("linux", linux_host(LPAR, "3.0.0.0", "rhcos"), "not_applicable"),
    ("linux", linux_host(KVM)[:3], "not_applicable"),
    ("linux", linux_host(OPAL)[:3], "not_applicable"),
    ("linux", linux_host(LPAR, distribution="rhcos")[:3], "not_applicable"),
    ("linux", linux_host(KVM, "3.2.6.4"), "pass"),
    ("linux", linux_host(LPAR)[:3], "unknown"),
    ("linux", [command("uname -m", "ppc64le\n"), *linux_host(level="3.0.0.0")[3:]], "unknown"),
    ("linux", linux_host(level="3.0.0.0", machine="x86_64", cpuinfo="vendor_id\t: GenuineIntel\n"), "not_applicable"),
]


@pytest.mark.parametrize(("platform", "evidence", "expected"), VER_001)
def test_minimum_level_by_kind_of_host(platform: str, evidence: list[Evidence], expected: str) -> None:
    assert judge(evidence, platform=platform)["RMC-VER-001"].result == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([lslpp("3.2.6.2")], "pass"),
        ([lslpp("3.2.6.1")], "fail"),
        ([NOT_INSTALLED], "not_applicable"),
        ([], "unknown"),
    ],
)
def test_recommended_level(evidence: list[Evidence], expected: str) -> None:
    assert judge(evidence)["RMC-VER-002"].result == expected


def test_os_release_decides_which_database_speaks() -> None:
    with_rpm = [*linux_host()[:1], file("/etc/os-release", 'ID=neon\nID_LIKE="ubuntu debian"\n'), *linux_host()[2:]]
    assert says(facts(*with_rpm, platform="linux").fact("rsct.level")) == "?conflicting"


CTVERSION = "rsct_build_2611a 3.2.5.0\n"


def test_ctversion_without_an_answer_contradicts_nothing() -> None:
    silent = broken(command("ctversion", CTVERSION), "timeout")
    assert says(aix(silent).fact("rsct.level")) == (3, 2, 6, 2)
    unsound = command("ctversion", CTVERSION)
    assert says(aix(unsound, lslpp("3.2.6.2", "B")).fact("rsct.level")) == "?unparsable"


def test_a_contradiction_of_ctversion_shows_both_lines() -> None:
    fact = aix(command("ctversion", CTVERSION)).fact("rsct.level")
    assert fact.says.endswith("rsct.core.rmc is at 3.2.6.2. ctversion prints 3.2.5.0.")
    assert {place.request for place in fact.evidence} == {"lslpp -Lcq rsct.*", "ctversion"}


def test_two_answers_that_contradict_each_other_are_both_shown() -> None:
    found = aix(lslpp(), command("lslpp -L rsct.core.rmc", "", 1, err=NOT_INSTALLED.err.lines[0] + "\n"))
    for name in ("rsct.installed", "rsct.level"):
        fact = found.fact(name)
        assert says(fact) == "?conflicting"
        assert len({place.request for place in fact.evidence}) == 2
        assert fact.says.endswith("is unknown: one answer lists rsct.core.rmc, another says that it is not installed.")


def test_a_database_of_another_system_contradicts_presence_too() -> None:
    with_rpm = [*linux_host()[:1], file("/etc/os-release", 'ID=neon\nID_LIKE="ubuntu debian"\n'), *linux_host()[2:]]
    assert says(facts(*with_rpm, platform="linux").fact("rsct.installed")) == "?conflicting"


def test_states_that_differ_are_told_in_one_order() -> None:
    rows = [RMC.format(level="3.2.6.2", state="C"), RMC.format(level="3.2.6.2", state="B")]
    for order in (rows, rows[::-1]):
        fact = aix(command(QUERY, "".join(order))).fact("rsct.level")
        assert fact.says == "The RSCT level is unknown: it is given as 3.2.6.2 B and 3.2.6.2 C."
        assert len(fact.evidence) == 2


def test_what_follows_from_the_kind_of_host_rests_upon_it() -> None:
    found = facts(*linux_host(KVM, ""), platform="linux")
    fact = found.fact("rsct.installed")
    assert ([one.name for one in fact.basis], lines(fact.evidence) != "") == (["host.kind"], True)
    host = [item for item in linux_host(LPAR, "") if not item.request.startswith("/proc")]
    fact = facts(*host, platform="linux").fact("rsct.installed")
    assert says(fact) == "?inconclusive"
    assert ([one.name for one in fact.basis], lines(fact.evidence) != "") == (["host.kind"], True)
    assert fact.says.startswith("rsct.core is not in the list of installed packages. Whether it should be is unknown: ")
    assert fact.says.split("unknown: ")[1][0].islower()


def test_the_kind_of_host_that_needs_no_level_is_shown() -> None:
    fact = facts(*linux_host(KVM)[:3], platform="linux").fact("rsct.level")
    assert (fact.name, says(fact)) == ("rsct.level", "n/a")
    assert {place.request for place in fact.evidence} == {"/proc/cpuinfo"}
