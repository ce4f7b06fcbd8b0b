"""Identity: machine, serial and partition, as far as the evidence shows them."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.identity import distribution, node_name, system
from rmccomply.sources.reading import Readings
from tests.hosts.building import command, facts, file, firmware, healthy_aix

Identity = tuple[str | None, str | None, int | None]


def identity(*evidence: Evidence, platform: str = "") -> Identity:
    found = facts(*evidence, platform=platform)
    number = found.fact("host.lpar_id").number
    model, serial = (found.fact(f"host.{name}").word or None for name in ("type_model", "serial"))
    return (model, serial, None if number is None else int(number))


def test_a_whole_identity() -> None:
    assert identity(*healthy_aix()) == ("9105-42A", "78A0000", 7)
    assert node_name(Readings(healthy_aix())) == "lpar1"


PRTCONF = "System Model: IBM,9105-42A\nMachine Serial Number: 78A0000\nLPAR Info: 7 lpar1\n"
CPUINFO = "processor : 0\ncpu : POWER10\n\nmodel : IBM,9105-42A\nmachine : CHRP IBM,9105-42A\n"
LPARCFG, MODEL, SERIAL = firmware()


def test_every_command_that_shows_it_tells_it() -> None:
    assert identity(command("prtconf", PRTCONF)) == ("9105-42A", "78A0000", 7)
    number = command("lparstat -i", "Node Name : lpar1\nPartition Number : 7\n")
    assert identity(file("/proc/cpuinfo", CPUINFO), number) == ("9105-42A", None, 7)
    old = CPUINFO.replace("model : IBM,9105-42A\n", "")
    assert identity(file("/proc/cpuinfo", old))[0] == "9105-42A"
    assert identity(LPARCFG) == ("9105-42A", "78A0000", 7)
    assert identity(MODEL, SERIAL) == ("9105-42A", "78A0000", None)


def test_what_two_answers_tell_differently_is_conflicting_with_the_lines_of_both() -> None:
    other = command("prtconf", PRTCONF.replace("78A0000", "78A0001").replace("7 lpar1", "8 lpar1"))
    assert identity(*healthy_aix(), other) == ("9105-42A", None, None)
    assert identity(*healthy_aix(), command("prtconf", PRTCONF))[1] == "78A0000"
    fact = facts(*healthy_aix(), other).fact("host.serial")
    assert (fact.state, fact.reason) == ("unknown", "conflicting")
    assert {place.request for place in fact.evidence} == {"uname -u", "prtconf"}
    assert fact.says == "The serial number of the machine is unknown: answers give 78A0000 and 78A0001."


@pytest.mark.parametrize("name", ["type_model", "serial", "lpar_id"])
def test_each_value_points_at_its_line(name: str) -> None:
    label = {"type_model": "system_type", "serial": "serial_number", "lpar_id": "partition_id"}[name]
    (place,) = facts(LPARCFG, platform="linux").fact(f"host.{name}").evidence
    assert place.text.startswith(f"{label}=")


def test_a_guest_has_no_machine_of_its_own() -> None:
    guest = firmware("IBM pSeries (emulated by qemu)", "5c1f2d0e-7a44", 0)
    assert identity(*guest, platform="linux") == (None, None, None)


def test_nothing_is_known_of_nothing() -> None:
    assert identity() == (None, None, None)
    assert node_name(Readings()) == ""


def test_two_answers_that_differ_name_nothing() -> None:
    both = Readings([command("uname -n", "lpar1\n"), command("uname -a", "AIX lpar2 2 7 00F9C2D54C00\n")])
    assert node_name(both) == ""
    assert node_name(Readings([command("uname -n", "lpar1\n"), command("uname -a", "AIX lpar1 2 7 00F9\n")])) == "lpar1"


def test_a_failed_answer_names_nothing() -> None:
    assert identity(command("uname -M", "IBM,9105-42A\n", 1))[0] is None


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("ID=ubuntu\nID_LIKE=debian\n", "ubuntu"),
        ('ID="rhcos"\nID_LIKE="rhel fedora"\n', "rhcos"),
        ('ID="almalinux"\nID_LIKE="rhel centos fedora"\n', "rhel"),
        ('ID="sles"\nID_LIKE="suse"\n', "sles"),
        ("ID=debian\n", ""),
        (None, ""),
    ],
)
def test_a_distribution_is_known_by_its_id_or_by_what_it_is_like(release: str | None, expected: str) -> None:
    answers = [] if release is None else [file("/etc/os-release", f'NAME="A Linux"\n{release}')]
    assert distribution(facts(*answers, platform="linux")) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([command("oslevel -s", "7100-03-05-1524\n")], "AIX 7.1"),
        ([command("oslevel", "7.2.0.0\n")], "AIX 7.2"),
        ([command("oslevel -s", "7200-05-01-2038\n"), command("ioscli ioslevel", "3.1.2.10\n")], "VIOS 3.1.2.10"),
        ([file("/etc/os-release", 'NAME="SLES"\nID="sles"\nVERSION_ID="15.4"\n')], "SLES 15.4"),
        ([file("/etc/os-release", 'NAME="Gentoo"\nID=gentoo\n')], "Gentoo"),
        ([file("/etc/os-release", "ID=x\n")], ""),
        ([file("/etc/os-release", "", state="absent")], ""),
        ([command("oslevel -s", "7100-03-05-1524\n"), command("oslevel", "7.2.0.0\n")], ""),
        ([], ""),
    ],
)
def test_the_system_is_told_as_its_maker_names_it(answers: list[Evidence], expected: str) -> None:
    platform = "vios" if expected.startswith("VIOS") else ""
    assert system(facts(*answers, platform=platform)) == expected
