"""The package database: which one speaks, and what the others can only contradict. All evidence is constructed."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.judging.database import database, listed, proofs_of_absence
from rmccomply.sources.reading import Readings
from tests.hosts.building import command, facts, file
from tests.hosts.cases import NOT_INSTALLED, RPM_QUERY, aix, linux_host, says

FORMAT = r"dpkg-query -W -f '${Package}\t${Version}\t${Status}\n'"
DEBS = "rsct.core\t{level}\tinstall ok installed\nbase-files\t13\tinstall ok installed\n"
DEB = command(FORMAT, DEBS.format(level="3.2.6.4-22081"))
NO_DEB = command("dpkg-query -W rsct.core", "", 1, "dpkg-query: no packages found matching rsct.core\n")
LISTING = """\
  Fileset                      Level  State      Description
  ----------------------------------------------------------------------------
Path: /usr/lib/objrepos
  rsct.core.rmc              {level}  COMMITTED  RSCT Resource Monitoring and Control
"""


def ubuntu(*evidence: Evidence) -> Facts:
    return facts(*linux_host(distribution="ubuntu")[:3], *evidence, platform="linux")


@pytest.mark.parametrize(
    ("evidence", "installed", "level"),
    [
        pytest.param([DEB], "installed", (3, 2, 6, 4), id="before the last hyphen"),
        pytest.param([NO_DEB], "absent", "n/a", id="not known"),
        pytest.param(
            [command(FORMAT, "base-files\t13\tinstall ok installed\n")], "absent", "n/a", id="whole, without it"
        ),
        pytest.param(
            [
                command(
                    FORMAT,
                    DEBS.format(level="3.2.6.4-22081").replace("install ok installed", "deinstall ok config-files", 1),
                )
            ],
            "absent",
            "n/a",
            id="removed",
        ),
        pytest.param(
            [command(FORMAT, DEBS.format(level="3.2.6.4-1").replace("ok installed", "ok half-configured", 1))],
            "installed",
            "?unparsable",
            id="half configured",
        ),
        pytest.param([DEB, NO_DEB], "?conflicting", "?conflicting", id="listed and not known"),
        pytest.param([], "?not_collected", "?not_collected", id="not collected"),
        pytest.param([command(FORMAT, "", 127)], "?command_absent", "?command_absent", id="no dpkg"),
    ],
)
def test_dpkg_speaks_for_ubuntu(evidence: list[Evidence], installed: object, level: object) -> None:
    found = ubuntu(*evidence)
    assert (says(found.fact("rsct.installed")), says(found.fact("rsct.level"))) == (installed, level)


RPM = command(RPM_QUERY, "rsct.core\t3.2.6.4\t1\tppc64le\nbash\t5\t1\tppc64le\n")


def test_another_database_only_contradicts() -> None:
    assert says(ubuntu(DEB, RPM).fact("rsct.level")) == "?conflicting"
    assert says(facts(*linux_host(), DEB, platform="linux").fact("rsct.level")) == "?conflicting"
    assert says(facts(*linux_host(), NO_DEB, platform="linux").fact("rsct.level")) == (3, 2, 6, 4)


def test_without_os_release_dpkg_alone_is_no_database() -> None:
    fact = facts(linux_host()[0], linux_host()[2], DEB, platform="linux").fact("rsct.level")
    assert (says(fact), fact.settle) == ("?not_collected", "cat /etc/os-release")
    assert {place.request for place in fact.evidence} == {DEB.request}


def test_dpkg_alone_contradicts_a_system_of_rpm() -> None:
    fact = facts(*linux_host()[:3], DEB, platform="linux").fact("rsct.level")
    assert (says(fact), {place.request for place in fact.evidence}) == (
        "?conflicting",
        {DEB.request, "/etc/os-release"},
    )


def test_without_os_release_two_databases_contradict_each_other() -> None:
    fact = facts(linux_host()[0], linux_host()[2], DEB, RPM, platform="linux").fact("rsct.level")
    assert says(fact) == "?conflicting"
    assert {place.request for place in fact.evidence} == {DEB.request, RPM.request}


@pytest.mark.parametrize(("level", "expected"), [("3.2.6.2", (3, 2, 6, 2)), ("3.2.5.0", "?conflicting")])
def test_a_listing_for_people_is_of_the_same_database(level: str, expected: object) -> None:
    assert says(aix(command("lslpp -l 'rsct.*'", LISTING.format(level=level))).fact("rsct.level")) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("rsct_build_2611a 3.2.6.2\n", (3, 2, 6, 2)),
        ("rsct_build_2611a 3.2.6.9\n", (3, 2, 6, 2)),
        ("rsct_build_2611a 3.2.5.0\n", "?conflicting"),
        ("rsct_build_2611a\n", (3, 2, 6, 2)),
    ],
)
def test_ctversion_confirms_the_release_and_supplies_nothing(said: str, expected: object) -> None:
    assert says(aix(command("ctversion", said)).fact("rsct.level")) == expected
    assert says(aix(command("ctversion", said), less=("lslpp -Lcq rsct.*",)).fact("rsct.level")) == "?not_collected"


def test_names_are_found_in_any_case_and_absence_is_asked_as_the_database_spells() -> None:
    found = ubuntu(command(FORMAT, DEBS.format(level="3-1") + "dynamicrm\t2.0.7-1\tinstall ok installed\n"))
    assert [row.level_text for row, _ in listed(found, "DynamicRM")] == ["2.0.7-1"]
    asked_wrongly = facts(
        *linux_host(level="")[:3],
        command("rpm -q dynamicrm", "package dynamicrm is not installed\n", 1),
        platform="linux",
    )
    assert proofs_of_absence(asked_wrongly, "DynamicRM") == ()
    assert proofs_of_absence(
        ubuntu(command("dpkg-query -W dynamicrm", "", 1, "dpkg-query: no packages found matching dynamicrm\n")),
        "DynamicRM",
    )


def test_the_command_that_asks_after_one_package() -> None:
    assert database(aix()).asking("rsct.basic") == "lslpp -Lcq rsct.basic"
    assert database(facts(*linux_host(), platform="linux")).asking("DynamicRM") == "rpm -q DynamicRM"
    assert database(ubuntu()).asking("DynamicRM") == "dpkg-query -W dynamicrm"
    assert database(facts(platform="")).asking("x") == "uname -a"


def test_the_command_that_asks_after_all() -> None:
    assert [database(one).settle for one in (aix(), ubuntu())] == ["lslpp -Lcq 'rsct.*'", "dpkg-query -W"]


def test_proved_absence_points_at_its_line() -> None:
    (place,) = proofs_of_absence(aix(NOT_INSTALLED), "rsct.core.rmc")
    assert place.text == "lslpp: Fileset rsct.* not installed."


def test_a_file_is_no_database() -> None:
    assert database(facts(file("/etc/os-release", "ID=rhel\n"))).readings == ()


def test_which_database_is_the_own_one_is_told() -> None:
    rpm = linux_host()[3]
    fact = ubuntu(DEB, rpm).fact("rsct.level")
    assert fact.says == "RSCT is unknown: this system keeps its packages in dpkg, but rpm lists rsct.core."
    assert {place.request for place in fact.evidence} == {rpm.request, "/etc/os-release"}
    fact = facts(*linux_host(), DEB, platform="linux").fact("rsct.level")
    assert fact.says == "RSCT is unknown: this system keeps its packages in rpm, but dpkg lists rsct.core."
    assert {place.request for place in fact.evidence} == {DEB.request, "/etc/os-release"}


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("rpm -qa", "unknown"),
        ("rpm --root /mnt -qa", "unknown"),
        ("rpm --root /mnt --dbpath /var/lib/rpm -qa", "known"),
        ("rpm --dbpath /var/lib/rpm -qa", "known"),
    ],
)
def test_below_a_root_only_a_database_that_was_found_there_proves_absence(line: str, state: str) -> None:
    evidence = [file("/etc/os-release", "ID=rhel\n"), command(line, "bash-5.1.8-9.el9.ppc64le\n")]
    settings = FactSettings(management="powervs")
    given = Facts(Readings(evidence), "linux", settings, image="mounted_root")
    assert given.fact("rsct.installed").state == state
