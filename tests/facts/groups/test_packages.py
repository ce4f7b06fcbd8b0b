"""The packages of Linux, and the definition of IBM.DRM. All evidence is constructed."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from tests.hosts.building import command, facts, file
from tests.hosts.cases import KVM, LPAR, OPAL, RPM_QUERY, aix, linux_host, lssrc, says

CORE = ("src", "rsct.core", "rsct.core.utils")
BESIDE = ("rsct.basic", "DynamicRM", "devices.chrp.base.ServiceRM")
MDEF = "/opt/rsct/cfg/rmdefs/IBM.DRM.mdef"
RUNS, STANDS = lssrc("IBM.DRM rsct_rm active"), lssrc("IBM.DRM rsct_rm inoperative")


def rpm(*names: str) -> Evidence:
    return command(RPM_QUERY, "".join(f"{name}\t3.2.6.2\t1\tppc64le\n" for name in (*names, "bash")))


def host(*evidence: Evidence, cpuinfo: str = LPAR, distribution: str = "rhel") -> Facts:
    return facts(*linux_host(cpuinfo, distribution=distribution)[:3], *evidence, platform="linux")


def missing(found: Facts, which: str = "core") -> object:
    fact = found.fact(f"packages.{which}_missing")
    return [item.subject for item in fact.items] if fact.state == "known" else says(fact)


TABLE = [
    pytest.param([rpm(*CORE, *BESIDE)], [], [], id="all"),
    pytest.param([rpm(*CORE)], [], [*BESIDE], id="the core alone"),
    pytest.param([rpm(*BESIDE)], [*CORE], [], id="without the core"),
    pytest.param([command(RPM_QUERY, "", 1)], "?failed", "?failed", id="failed"),
    pytest.param([], "?not_collected", "?not_collected", id="not collected"),
    pytest.param(
        [command("rpm -q src", "package src is not installed\n", 1)], ["src"], "?not_collected", id="one is asked"
    ),
    pytest.param(
        [
            rpm(*CORE, *BESIDE),
            command("rpm -q src rsct.basic", "package src is not installed\npackage rsct.basic is not installed\n", 2),
        ],
        "?conflicting",
        "?conflicting",
        id="listed and absent",
    ),
]


@pytest.mark.parametrize(("evidence", "core", "beside"), TABLE)
def test_what_is_missing(evidence: list[Evidence], core: object, beside: object) -> None:
    assert (missing(host(*evidence)), missing(host(*evidence), "others")) == (core, beside)


def test_debian_writes_lower_case() -> None:
    names = "".join(f"{name.lower()}\t3-1\tinstall ok installed\n" for name in (*CORE, *BESIDE))
    listing = command(r"dpkg-query -W -f '${Package}\t${Version}\t${Status}\n'", names)
    assert [missing(host(listing, distribution="ubuntu"), which) for which in ("core", "others")] == [[], []]


DPKG = r"dpkg-query -W -f '${Package}\t${Version}\t${db:Status-Abbrev}\n'"
STATES = [("ii ", []), ("hi ", []), ("it ", []), ("iH ", ["src"]), ("iHR", ["src"]), ("iU ", ["src"]), ("iF ", ["src"])]


@pytest.mark.parametrize(("letters", "expected"), STATES)
def test_an_installation_that_was_interrupted_is_none(letters: str, expected: list[str]) -> None:
    rows = "".join(f"{name}\t3-1\t{letters if name == 'src' else 'ii '}\n" for name in CORE)
    assert missing(host(command(DPKG, rows), distribution="ubuntu")) == expected


def test_one_listing_has_a_package_whole_and_another_has_half_of_it() -> None:
    listing = command(DPKG, "".join(f"{name}\t3-1\tii \n" for name in CORE))
    half = command(r"dpkg-query -W -f '${Package}\t${Version}\t${Status}\n' src", "src\t3-1\tinstall ok unpacked\n")
    assert missing(host(half, distribution="ubuntu")) == ["src"]
    (item,) = host(half, distribution="ubuntu").fact("packages.core_missing").items
    assert item.says == "The package src is not completely installed: its state is 'unpacked'."
    for pair in ((listing, half), (half, listing)):
        assert missing(host(*pair, distribution="ubuntu")) == "?conflicting"


def test_rpm_beside_dpkg_contradicts() -> None:
    listing = command(
        r"dpkg-query -W -f '${Package}\t${Version}\t${Status}\n'", "base-files\t1\tinstall ok installed\n"
    )
    assert missing(host(listing, rpm("DynamicRM"), distribution="ubuntu"), "others") == "?conflicting"
    assert missing(host(listing, rpm("DynamicRM"), distribution="ubuntu")) == [*CORE]


@pytest.mark.parametrize("cpuinfo", [KVM, OPAL])
def test_where_rmc_is_not_due_nothing_is_missing(cpuinfo: str) -> None:
    assert missing(host(rpm(), cpuinfo=cpuinfo)) == "n/a"
    assert missing(host(cpuinfo=cpuinfo)) == "n/a"
    assert missing(host(rpm(*CORE), cpuinfo=cpuinfo)) == []


def test_rhcos_and_aix_have_no_such_packages() -> None:
    assert missing(host(rpm(), distribution="rhcos")) == "n/a"
    assert missing(aix()) == "n/a"


def test_on_an_unknown_kind_of_host_missing_is_unknown() -> None:
    unknown_kind = facts(command("uname -m", "ppc64le\n"), rpm(), platform="linux")
    assert missing(unknown_kind) == "?inconclusive"
    fact = unknown_kind.fact("packages.core_missing")
    assert "Whether they should be is unknown: the kind of host is unknown" in fact.says
    assert {place.request for place in fact.evidence} == {rpm().request}
    assert missing(facts(command("uname -m", "ppc64le\n"), rpm(*CORE), platform="linux")) == []


DEFINED, UNDEFINED = file(MDEF, "Name=IBM.DRM\n"), file(MDEF, state="absent")
DEFINITION = [
    pytest.param([RUNS], "present", id="it runs"),
    pytest.param([STANDS, DEFINED], "present", id="its file is there"),
    pytest.param([STANDS, UNDEFINED], "absent", id="its file is not there"),
    pytest.param([UNDEFINED], "absent", id="its file is not there, lssrc not collected"),
    pytest.param([RUNS, UNDEFINED], "?conflicting", id="it runs without its file"),
    pytest.param(
        [STANDS, command("lssrc -s IBM.DRM", " IBM.DRM rsct_rm 5 active\n"), UNDEFINED],
        "?conflicting",
        id="by one of two listings it runs without its file",
    ),
    pytest.param(
        [STANDS, command("lssrc -s IBM.DRM", " IBM.DRM rsct_rm 5 active\n")], "?conflicting", id="two listings alone"
    ),
    pytest.param([STANDS], "?not_collected", id="its file not collected"),
    pytest.param([file(MDEF, state="unreadable", exit_status=126)], "?denied", id="its file not readable"),
]


@pytest.mark.parametrize(("evidence", "expected"), DEFINITION)
def test_the_definition_of_drm(evidence: list[Evidence], expected: str) -> None:
    assert says(host(rpm(*CORE, *BESIDE), *evidence).fact("packages.drm_definition")) == expected


def test_the_definition_is_due_with_its_package() -> None:
    name = "packages.drm_definition"
    assert says(host(rpm(*CORE), STANDS, UNDEFINED).fact(name)) == "n/a"
    assert says(host(STANDS, UNDEFINED).fact(name)) == "?not_collected"
    assert host(STANDS, UNDEFINED).fact(name).settle == "rpm -qa"
    assert says(host(rpm(*CORE, *BESIDE), STANDS, UNDEFINED, cpuinfo=KVM).fact(name)) == "n/a"
    assert says(aix().fact(name)) == "n/a"
